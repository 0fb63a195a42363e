"""A few frameworks made at random; `make fuzz` tries many (`tests.fuzz.frameworks`)."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.framework_shapes import FEW
from tests.fuzz.frameworks import check

EXAMPLES = 4


def test_the_words_of_the_content_are_those_of_the_pages(tmp_path: Path) -> None:
    figures = check(EXAMPLES, FEW, 13, tmp_path / "cof")
    assert not figures.lost, figures
    assert figures.built.total() + figures.refused.total() + figures.unexplained.total() == EXAMPLES
