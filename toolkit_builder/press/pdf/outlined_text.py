"""Text as outlines: for marks beside a page, which belong to no plate and have no font there."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from toolkit_builder.press.fonts import font_file
from toolkit_builder.press.pdf.writer import format_number

FONT = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"
"""That of the shipped styles, a dependency of this tool."""


def outlined(text: str, size: float, room: float) -> bytes:
    """A line of text as a path that is filled, from the origin, in a `size` in pt; as much of it as has `room`, in pt.

    Empty if the font lacks a letter, or if letters would have to be joined or go from right to left: that takes more
    than a line of outlines.
    """
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return b""
    font = _Font.at_hand()
    text = unicodedata.normalize("NFC", text)
    if any(ord(letter) not in font.names for letter in text):
        return b""
    scale, pieces, x = size / font.em, [], 0.0
    for letter in text:
        path, width = font.glyph(letter)
        if (x + width) * scale > room:
            break
        pieces.append(b"1 0 0 1 %s 0 cm %s" % (format_number(x), path) if path else b"")
        pieces[-1] = b"q %s Q\n" % pieces[-1] if path else b""
        x += width
    return b"%s 0 0 %s 0 0 cm\n%s" % (format_number(scale), format_number(scale), b"".join(pieces))


def width_of(text: str, size: float) -> float:
    """How wide a line of text is in a `size` in pt, in pt; letters that the font lacks have no width."""
    font = _Font.at_hand()
    letters = [letter for letter in unicodedata.normalize("NFC", text) if ord(letter) in font.names]
    return sum(font.glyph(letter)[1] for letter in letters) * size / font.em


class _Font:
    """The font, with the outlines of its letters as they are asked for."""

    def __init__(self) -> None:
        from fontTools.ttLib import TTFont  # slow to import

        font = TTFont(font_file(FONT), lazy=True)
        self.em: int = font["head"].unitsPerEm
        self.names: dict[int, str] = font.getBestCmap()
        self._glyphs: Any = font.getGlyphSet(location={"wght": 600})
        self._drawn: dict[str, tuple[bytes, float]] = {}

    @staticmethod
    @lru_cache(maxsize=1)
    def at_hand() -> _Font:
        """It is read once."""
        return _Font()

    def glyph(self, letter: str) -> tuple[bytes, float]:
        """The outline of a letter as a path that is filled, and its width, in units of the font."""
        if letter not in self._drawn:
            name = self.names[ord(letter)]
            self._drawn[letter] = _path(self._glyphs, name), self._glyphs[name].width
        return self._drawn[letter]


def _path(glyphs: Any, name: str) -> bytes:
    from fontTools.pens.basePen import BasePen

    pieces: list[bytes] = []

    def said(operator: bytes, *points: tuple[float, float]) -> None:
        numbers = b" ".join(format_number(round(each, 1)) for point in points for each in point)
        pieces.append(b"%s %s" % (numbers, operator))

    class Pen(BasePen):  # type: ignore[misc]
        """Writes what it draws as operators (ISO 32000-1, 8.5.2)."""

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            said(b"m", point)

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            said(b"l", point)

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
            said(b"c", *points)

        def _closePath(self) -> None:  # noqa: N802
            pieces.append(b"h")

    glyphs[name].draw(Pen(glyphs))
    return b" ".join([*pieces, b"f"]) if pieces else b""
