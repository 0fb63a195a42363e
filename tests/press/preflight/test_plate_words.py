"""What glyphs say that were drawn from right to left, held against what was to be set."""

from __future__ import annotations

import pytest

from toolkit_builder.press.preflight.plate_words import says

MADE = "أُعدّ بواسطة"
"""“Made with”: the first letter and the last of the first word carry a vowel mark."""


@pytest.mark.parametrize(
    "drawn",
    [
        MADE[::-1],
        f"{MADE[:0:-1]}أُأ",  # the mark's glyph has the text of letter and mark, and the letter's its own
        f"ةطساوب {MADE[4]}دعأُ",
        "ةطساوب دّعأُ",  # the letter's glyph has no text of its own
        "ةطساوب لّدعأُ",  # the mark was met first with another letter
    ],
)
def test_letters_with_marks_may_be_read_in_several_ways(drawn: str) -> None:
    assert says(drawn, MADE, from_right=True) == says(MADE, MADE, from_right=True)


@pytest.mark.parametrize(
    ("drawn", "missing"),
    [("ةطساو دّعأُ", "a letter is not there"), ("ةةطساوب لللّدعأُ", "letters are there that were not to be set")],
)
def test_other_letters_are_held_one_by_one(drawn: str, missing: str) -> None:
    assert says(drawn, MADE, from_right=True) != says(MADE, MADE, from_right=True), missing


def test_from_left_to_right_nothing_is_let_pass() -> None:
    assert says("Gwnâed", "Gwnaed", from_right=False) == "Gwnâed"
