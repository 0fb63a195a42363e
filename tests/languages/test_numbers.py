"""Numbers in words, as both languages write them."""

from __future__ import annotations

import pytest

from toolkit_builder.languages.numbers import in_words


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("cy", "dau ddeg pump o bobl", [25]),
        ("cy", "pump ar hugain", [25]),
        ("cy", "pedair awr ar hugain a dwy awr", [24, 2]),
        ("cy", "un deg tri, pedwar ugain, hanner cant, deunaw", [13, 80, 50, 18]),
        ("cy", "tri ar ddeg a dau gant pum deg", [13, 250]),
        ("cy", "mil o bobl, dwy fil a thri chant", [1000, 2300]),
        ("cy", "un mlynedd ar bymtheg; deugain a dau", [16, 40, 2]),
        ("cy", "gan bobl, i ganu, dwywaith, y trydydd tro", []),
        ("en", "twenty-five or one hundred and fifty", [25, 150]),
        ("en", "two thousand and ten, a hundred, and two", [2010, 100, 2]),
        ("en", "often, weight, and stone", []),
        ("en", "Twelve of one, a dozen of the other", [12, 1, 12]),
        ("pl", "dwa", []),
    ],
)
def test_numbers(language: str, text: str, numbers: list[int]) -> None:
    assert in_words(text, language) == numbers
