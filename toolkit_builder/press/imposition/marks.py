"""Marks on print sheets, drawn outside of what is cut out: where to cut and to fold. All lengths are in mm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number

GAP, TICK = 1.0, 4.0
"""How far a tick keeps from what is cut out, and how long it is."""
EDGE = 5.0
"""So far from the edge of the paper a mark stays: office printers leave 4.2 mm white, and a printer that reaches for
the edge makes all of the page smaller.
"""
INK = b"0.2 G 0.2 g"

Line = tuple[float, float, float, float]
"""From left and bottom to left and bottom."""


def drawn(cuts: Iterable[Line] = (), folds: Iterable[Line] = ()) -> bytes:
    """Lines to cut, and dashed ones to fold, as a content stream."""
    solid, dashed = b"".join(map(_line, cuts)), b"".join(map(_line, folds))
    return b"q %s 0.35 w %s[1.4 1.1] 0 d %sQ\n" % (INK, solid, dashed)


def ends_beyond(
    first: float, last: float, length: float, bleed: float = 0
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where ticks begin and end that stand before and after what is cut out, beyond its bleed, on paper so long. They
    are as long as they have room.
    """
    before, after = first - bleed - GAP, last + bleed + GAP
    tick = min(TICK, before - EDGE, length - EDGE - after)
    return (before - tick, before), (after, after + tick)


def ticks_across(y: float, left: float, right: float) -> list[Line]:
    """Level ticks at both ends of something that reaches from left to right."""
    return [(left - GAP - TICK, y, left - GAP, y), (right + GAP, y, right + GAP + TICK, y)]


def ticks_down(x: float, bottom: float, top: float) -> list[Line]:
    """Upright ticks at both ends of something that reaches from bottom to top."""
    return [(x, bottom - GAP - TICK, x, bottom - GAP), (x, top + GAP, x, top + GAP + TICK)]


def numbers(*lengths: float) -> bytes:
    """Lengths in mm as they stand in a content stream, in pt."""
    return b" ".join(format_number(length * POINTS_PER_MM) for length in lengths)


def turned_quarter(x: float, y: float) -> bytes:
    """The matrix (8.3.4) for what is read from the right, from this point upwards."""
    return b"0 1 -1 0 %s cm" % numbers(x, y)


def _line(line: Sequence[float]) -> bytes:
    return b"%s m %s l S\n" % (numbers(*line[:2]), numbers(*line[2:]))
