"""The slug of a sheet (print shops' word for what is written outside of what is cut out): what it is, which sheet of
how many, which side, how the paper is turned, and a bar of 50 mm that tells whether the printer kept the size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit_builder.documents.sheet_options import CardGrid
from toolkit_builder.press.imposition.marks import EDGE, GAP, INK, TICK, drawn, numbers, turned_quarter
from toolkit_builder.press.pdf.outlined_text import outlined, width_of
from toolkit_builder.press.pdf.writer import POINTS_PER_MM

SIZES = (8.0, 7.5, 7.0, 6.5, 6.0)
"""In pt: it is read from the sheet in one's hand, and cut off. The first in which the line has room."""
BAR = 50.0
"""Length of the bar, in mm."""
HIGH, BASE = 3.0, 0.9
"""How high a line is, and how far above its foot its letters stand, which reach down so far, in mm."""
ROOM = EDGE + HIGH + GAP + TICK + GAP
"""So much white beside the cards and their bleed it takes, in mm, with the ticks between them and it."""


@dataclass(frozen=True)
class Slug:
    """What is written: `words` by name, as `cards.Words`; the sheet `number` of `count`; `side`: front or back; `sides`
    as in `SheetOptions`.
    """

    words: Mapping[str, str]
    number: int
    count: int
    side: str
    sides: str

    @property
    def line(self) -> str:
        """All of it."""
        said = self.words
        sheet = f"{said['sheet']} {self.number}/{self.count}"
        side = [said[self.side]] if self.sides != "fold" else []
        return "  ·  ".join([said["title"], sheet, *side, said[self.sides.replace("-", "_")], "100%"])


def slug(grid: CardGrid, told: Slug) -> bytes:
    """The slug as a content stream: below the cards, or beside them, turned; empty where neither has room for it."""
    width, height = grid.sheet
    beside, below = grid.margins
    white_beside, white_below = grid.white
    if white_below >= ROOM:
        start, size = _start(told, beside, width)
        return _written(told, b"1 0 0 1 %s cm" % numbers(start, EDGE + BASE), size, width - EDGE - start)
    if white_beside >= ROOM:
        start, size = _start(told, below, height)
        return _written(told, turned_quarter(width - EDGE - BASE, start), size, height - EDGE - start)
    return b""


def _start(told: Slug, margin: float, length: float) -> tuple[float, float]:
    """Where the slug begins along paper of a length, and its size: below the cards, or, where it would have no room so,
    at the edge of the paper. It may end beyond the cards, since ticks end before it.
    """
    starts = (max(margin, EDGE) + 2 * GAP, EDGE)
    fitting = ((start, size) for start in starts for size in SIZES if _width(told, size) <= length - EDGE - start)
    return next(fitting, (EDGE, SIZES[-1]))


def _line(told: Slug) -> str:
    return f"50 mm   {told.line}"


def _width(told: Slug, size: float) -> float:
    """How long the bar and the words are, in mm."""
    return BAR + 2 + width_of(_line(told), size) / POINTS_PER_MM


def _written(told: Slug, place: bytes, size: float, room: float) -> bytes:
    bar = drawn([(0, 1, BAR, 1), *((x, 0, x, 2) for x in (0.0, BAR / 2, BAR))])
    text = outlined(_line(told), size, (room - BAR - 2) * POINTS_PER_MM)
    return b"q %s %sq %s 1 0 0 1 %s cm %s Q Q\n" % (place, bar, INK, numbers(BAR + 2, 0), text)
