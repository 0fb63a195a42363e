"""Finds what programs have done to a text on its way: letters read in a wrong encoding, and letters that were lost.

Excel writes UTF-8 under one kind of CSV and an old code page under another, and reads both as it likes; ŵ and ŷ, which
no code page of western Europe has, come out as `Åµ`, as `�` or as `?`.
"""

from __future__ import annotations

import re

_FOREIGN = re.compile("[\u0080-\uffff]{2,}")
_EXPECTED = re.compile("[\u00a0-\u017f\u1e80-\u1e85\u1ef2\u1ef3\u2010-\u205e\u20ac\u2122]+")
"""Of what UTF-8 is likely to have stood for: letters of Europe, quotation marks, dashes."""
_LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])")
_OF_ADDRESSES = ("://", "www.", "@")


def mended(text: str) -> str:
    """A text as it was before UTF-8 was read as Windows-1252 (`Gwyneddâ€¦` was `Gwynedd…`); itself if it was not."""
    return _FOREIGN.sub(lambda found: _decoded(found[0]), text)


def _decoded(letters: str) -> str:
    try:
        was = b"".join(map(_byte, letters)).decode("utf-8")
    except UnicodeError:
        return letters
    return was if _EXPECTED.fullmatch(was) else letters


def _byte(letter: str) -> bytes:
    """Five numbers of Windows-1252 stand for nothing; programs take them for control characters."""
    return letter.encode("latin-1" if "\x80" <= letter < "\xa0" else "cp1252")


def has_lost_letters(text: str) -> bool:
    """Whether a letter was replaced by `�`, or by `?` between others; a `?` of an address is one."""
    words = (word for word in text.split() if not any(mark in word for mark in _OF_ADDRESSES))
    return any(_LOST.search(word) for word in words)
