"""About how wide texts are in bold, in em: letters as Source Sans 3 Bold has them. Other fonts are near enough."""

from __future__ import annotations

import unicodedata
from functools import cache

_WIDTHS = {
    0.2: " \N{NO-BREAK SPACE}",
    0.29: "ijlI.,:;'’‘",
    0.34: "-f/()!",
    0.39: "tr",
    0.45: "szc?",
    0.52: "xevyagFLJY0123456789",
    0.61: "CBPKR",
    0.67: "DGHNUOQ",
    0.78: "wMW",
    0.86: "m",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_USUAL = 0.57
SPACE = _WIDTH[" "]
LATIN_ENDS = "\u0250"
"""After the letters of all languages in Latin script, but for the Vietnamese and others with two marks on one."""


def width(text: str) -> float:
    """About how wide a text is in bold, in em."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    return _WIDTH.get(unicodedata.normalize("NFD", letter)[0], _USUAL)


def are_known(text: str) -> bool:
    """Whether all letters of a text are such as are told apart by width: Latin ones, with whatever marks."""
    return all(letter < LATIN_ENDS or not letter.isalpha() for letter in text)
