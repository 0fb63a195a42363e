"""Marks for those who run a press: where inks have to meet (registration), and how much of each is printed (colour).

They stand beside the cards, away from the ticks for the cuts, and as far from the edge of the paper as these. Where
there is no room for them there are none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from toolkit_builder.documents.sheet_options import CardGrid
from toolkit_builder.press.imposition.marks import EDGE, GAP, numbers
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number

HIGH = 5.0
"""How high and wide they are at most, in mm."""
ROOM = EDGE + HIGH + GAP
"""So much white beside the cards and their bleed they take, in mm."""
PATCHES = (
    (1, 0, 0, 0),
    (0, 1, 0, 0),
    (0, 0, 1, 0),
    (0, 0, 0, 1),
    (1, 1, 0, 0),
    (0, 1, 1, 0),
    (1, 0, 1, 0),
    (0, 0, 0, 0.5),
)
"""The inks alone, two at a time, and half of black: cyan, magenta, yellow and black of each."""
_ALL_INKS = b"1 1 1 1 K 0.25 w"
_CURVE = 0.5523
"""How far the handles of a curve reach that is a quarter of a circle, in radii."""


def press_marks(grid: CardGrid, marks: Collection[str], *, has_text: bool) -> bytes:
    """What of `registration` and `colour` is among these marks, as a content stream: above and below the cards,
    or beside them. `has_text`: the place below the cards is taken, or that at the right.
    """
    (width, height), (beside, below) = grid.sheet, grid.margins
    white_beside, white_below = grid.white
    if white_below >= ROOM:
        along, length, near, far = beside, grid.cell[0], height - EDGE - HIGH, EDGE
        turned = b""
    elif white_beside >= ROOM:
        along, length, near, far = below, grid.cell[1], width - EDGE - HIGH, EDGE
        turned = b"0 1 1 0 0 0 cm\n"  # left and bottom change places
        near, far = far, near
    else:
        return b""
    end = (height if turned else width) - along
    drawing = b""
    if "registration" in marks:
        places = [near] if has_text else [near, far]
        spots = (along + length / 8, end - length / 8)
        drawing += b"".join(_cross(x, y + HIGH / 2) for y in places for x in spots)
    if "colour" in marks:
        drawing += b"".join(_patches(along + length * 0.2, near, length * 0.6 / len(PATCHES)))
    return b"q %s%sQ\n" % (turned, drawing) if drawing else b""


def _cross(x: float, y: float) -> bytes:
    """A cross in a circle, in all inks."""
    arm, radius = HIGH / 2, HIGH / 4
    handle = radius * _CURVE
    curves = b"".join(
        b"%s c\n" % numbers(x + a, y + b, x + c, y + d, x + e, y + f)
        for a, b, c, d, e, f in (
            (radius, handle, handle, radius, 0, radius),
            (-handle, radius, -radius, handle, -radius, 0),
            (-radius, -handle, -handle, -radius, 0, -radius),
            (handle, -radius, radius, -handle, radius, 0),
        )
    )
    lines = ((x - arm, y, x + arm, y), (x, y - arm, x, y + arm))
    drawn = b"".join(b"%s m %s l S\n" % (numbers(*line[:2]), numbers(*line[2:])) for line in lines)
    return b"%s %s%s m\n%sS\n" % (_ALL_INKS, drawn, numbers(x + radius, y), curves)


def _patches(x: float, y: float, wide: float) -> Iterator[bytes]:
    """The inks, side by side."""
    side = min(wide, HIGH)
    for at, inks in enumerate(PATCHES):
        colour = b" ".join(format_number(ink) for ink in inks)
        area = b" ".join(format_number(value * POINTS_PER_MM) for value in (x + at * side, y, side, side))
        yield b"%s k %s re f\n" % (colour, area)
