"""What is mistyped in a style sheet is told by `check` already, at its line; what is shipped is right."""

from __future__ import annotations

import pytest

from tests.making import Copy
from tests.proofreading.reading import doubts

PLANTED = (
    ("p { color: var(--acent) }", "error", "no style defines --acent; did you mean “--accent”?"),
    ("p { background: url(ruled-lagre.svg) }", "error", "“ruled-lagre.svg” is not there"),
    ('@import "arall.css";', "error", "“arall.css” is not there"),
    (".card .purpsoe { color: #000 }", "warning", "no layout has the class “purpsoe”; did you mean “purpose”?"),
)
RIGHT = "/* .purpsoe var(--acent) url(dim.svg) */ .my-own-rosette { color: var(--mine) } html { --mine: #000 }"


@pytest.mark.parametrize(("css", "severity", "said"), PLANTED)
def test_what_is_mistyped_in_a_style_is_told_at_its_line(mine: Copy, css: str, severity: str, said: str) -> None:
    style = mine.root / "styles" / "cards.css"
    text = style.read_text("utf-8")
    assert not [fault for fault in doubts(mine.project) if fault.file.startswith("styles/")]
    mine.write("styles/cards.css", f"{text}\n{RIGHT}\n{css}\n")
    [found] = [fault for fault in doubts(mine.project) if fault.file.startswith("styles/")]
    assert (found.file, found.line) == ("styles/cards.css", text.count("\n") + 3)
    assert (found.severity, said in found.message) == (severity, True), found.message
