"""Each slip in each kind of place: whatever is printed is read with the same eyes, wherever it was written."""

from __future__ import annotations

import pytest

from tests.making import Copy
from tests.proofreading.reading import doubts
from tests.proofreading.test_texts import plant
from toolkit_builder.errors import Fault

PLACES = {
    "a text of the framework": ("framework.yaml", "Man cychwyn ydyw"),
    "a label": ("labels.yaml", "Piniwch y cardiau"),
    "an action": ("actions/FM5.yaml", "cy: Rhoddion preifat"),
    "a reason": ("provisional.yaml", "Mae angen yr wybodaeth hon ar bartneriaid"),
    "a partnership": ("partnerships/example-early.yaml", "Enghraifft yw’r bartneriaeth hon"),
    "a note": ("partnerships/example-early.yaml", "Byddwn yn dechrau arni"),
    "an example": ("partnerships/example-early.yaml", "cy: Taith gerdded"),
    "an alternative text": ("partnerships/example-early.yaml", "Logo Partneriaeth Enghreifftiol"),
    "a workshop": ("partnerships/example-early.yaml", "cy: Neuadd y Pentref"),
    "a page": ("partnerships/example-mature/y-gronfa.md", "i bawb yn y rhwydwaith"),
}
SLIPS = {
    "gair gair": "“gair gair”: a word stands twice",
    "pell  iawn": "two spaces or more at",
    "<br>": "“<br>” is HTML or like it",
    "GA99": "there is no action GA99",
    "2027–2026": "“2027–2026” runs from more to less",
    "i pobl": "“i pobl” lacks the soft mutation; write “i bobl”",
    "gyda’u ysgol": "“gyda’u ysgol” lacks h before a vowel; write “gyda’u hysgol”",
    "o’r partneriaeth": "“o’r partneriaeth” lacks the soft mutation of a feminine noun; write “o’r bartneriaeth”",
    "oddi\u200btano": "the invisible character U+200B",
    "漢": "has no “漢” (U+6F22)",
    "**agored": "a mark of emphasis is left open at “**agored",
    "mae'n": "a straight apostrophe",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Fault]]:
    """What is said of each file, with all the slips in each of the places."""
    copy = Copy(tmp_path_factory.mktemp("places"), "content")
    for file, before in PLACES.values():
        plant(copy, file, before, f"{before} {', '.join(SLIPS)}")
    by_file: dict[str, list[Fault]] = {}
    for fault in doubts(copy.project):
        by_file.setdefault(fault.file, []).append(fault)
    return by_file


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_wherever_it_stands(found: dict[str, list[Fault]], slip: str) -> None:
    for file in {file for file, _ in PLACES.values()}:
        told = [fault for fault in found[f"content/{file}"] if SLIPS[slip] in fault.message]
        assert len({(fault.line, fault.where) for fault in told}) == sum(each == file for each, _ in PLACES.values()), (
            file,
            [str(fault) for fault in told],
        )
