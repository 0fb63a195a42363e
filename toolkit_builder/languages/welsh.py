"""The rules of written Welsh that printing has to keep: its alphabet and order, its letters, its dates.

The alphabet as *Geiriadur Prifysgol Cymru* orders it: ch, dd, ff, ng, ll, ph, rh and th are letters of their own, ng
stands after g, and accents do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ALPHABET = (
    *("a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "l", "ll", "m", "n", "o", "p"),
    *("ph", "r", "rh", "s", "t", "th", "u", "w", "y"),
)
_PLACES = {letter: (number, 0) for number, letter in enumerate(ALPHABET)}
# Letters of names and loanwords stand where English has them: k after j, q after ph, v after u, x after w, z last.
_AFTER = {"k": "j", "q": "ph", "v": "u", "x": "w", "z": "y"}
_PLACES |= {letter: (ALPHABET.index(before), 1) for letter, before in _AFTER.items()}
_DIGRAPHS = tuple(letter for letter in ALPHABET if len(letter) == 2)

ACCENTED = "".join(
    unicodedata.normalize("NFC", vowel + accent)
    for vowel in "aeiouwyAEIOUWY"
    for accent in ("\u0302", "\u0301", "\u0300", "\u0308")  # circumflex, acute, grave, diaeresis
)
"""The letters that a font for Welsh has to have beside the plain ones."""

DIVIDER = "|"
"""Stands in a sort key between two letters that only look like one: `Ban|gor`."""


def letters(word: str) -> Iterator[str]:
    """The letters of a word in lower case and without accents, digraphs as one.

    Two letters are taken for a digraph wherever they can be: finding out whether they are needs a dictionary, so a word
    in which they are not is given with a divider (`Ban|gor`).
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter)
    )
    at = 0
    while at < len(plain):
        two = plain[at : at + 2]
        step = 2 if two in _DIGRAPHS else 1
        if plain[at] != DIVIDER:
            yield plain[at : at + step]
        at += step


def sort_key(text: str) -> tuple[object, ...]:
    """A key that puts texts in Welsh alphabetical order, word by word; accents decide only between equals."""

    def belongs(letter: str) -> bool:
        return letter.isalnum() or letter == DIVIDER or bool(unicodedata.combining(letter))

    words = "".join(letter if belongs(letter) else " " for letter in text).split()
    return (
        tuple(tuple(_PLACES.get(letter, (-1, ord(letter[0]))) for letter in letters(word)) for word in words),
        text.replace(DIVIDER, "").casefold(),
    )
