"""Tiling: a page larger than A4 on sheets of A4 at its own size, to be trimmed and joined with an overlap.

All tiles of a page are of one size, as many across and down as need the fewest sheets, upright or broadside. Around a
tile are marks where to cut it, and dashes where the edge of its neighbour comes to lie; below it what it is: a drawing
of all tiles with this one filled, its code (B2: the second of row B) and the name of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from toolkit_builder.press.imposition.marks import INK, drawn, numbers, ticks_across, ticks_down
from toolkit_builder.press.imposition.sheets import A4, Placed, Sheets, Side
from toolkit_builder.press.pdf.outlined_text import outlined
from toolkit_builder.press.pdf.writer import POINTS_PER_MM

OVERLAP = 10.0
"""How far a tile goes on where the next has begun, in mm."""
MARGIN = 5.0
"""What office printers leave white at the edges, in mm."""
BORDER = 10.0
"""Around a tile, in mm: the margin, and room for marks and the label."""
_SHEET = tuple(edge / POINTS_PER_MM for edge in A4)
_LABEL, _BASE, _TYPE = 4.0, 5.3, 9.5
"""In mm: the height of the drawing of tiles, and where its foot is; in pt: the size of the name."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Grid:
    """How a page is cut up: how many tiles across and down, each so wide and high, on A4 either way; in mm."""

    columns: int
    rows: int
    width: float
    height: float
    sheet: tuple[float, float]

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def corner(self, row: int, column: int, page_height: float) -> tuple[float, float]:
        """The left lower corner of a tile on its page, in mm from the page's; rows count from the top, from 0."""
        return column * (self.width - OVERLAP), page_height - self.height - row * (self.height - OVERLAP)

    @property
    def place(self) -> tuple[float, float]:
        """The left lower corner of a tile on its sheet: in the middle of it, in mm."""
        return (self.sheet[0] - self.width) / 2, (self.sheet[1] - self.height) / 2


def grid(width: float, height: float) -> Grid:
    """How a page of this size, in mm, is cut up: on as few sheets as can be; of two ways with as many, upright."""
    upright, broadside = (_SHEET[0], _SHEET[1]), (_SHEET[1], _SHEET[0])
    return min((_grid(width, height, sheet) for sheet in (upright, broadside)), key=lambda one: one.count)


def tiles(pages: Sequence[Placed | None]) -> Sheets:
    """Each page on sheets of A4, row by row from the left upper corner; None is a blank page, and has none. They are
    printed on one side.
    """
    sides = []
    shown = [page for page in pages if page]
    for number, page in enumerate(shown, start=1):
        of_all = f" ({number}/{len(shown)})" if len(shown) > 1 else ""
        width, height = (edge / POINTS_PER_MM for edge in (page.source.width, page.source.height))
        cut = grid(width, height)
        for row in range(cut.rows):
            for column in range(cut.columns):
                size = A4 if cut.sheet[0] < cut.sheet[1] else (A4[1], A4[0])
                drawing = _marks(cut, row, column) + _label(cut, row, column, f"{page.title}{of_all}")
                sides.append(Side(size, (_tile(page, cut, row, column, height),), drawing))
    return Sheets(tuple(sides), "Simplex")


def code(row: int, column: int) -> str:
    """What a tile is called, by its row and column from 0: `A1` at the left of the top; `27-1` where letters end."""
    return f"{_LETTERS[row]}{column + 1}" if row < len(_LETTERS) else f"{row + 1}-{column + 1}"


def _grid(width: float, height: float, sheet: tuple[float, float]) -> Grid:
    columns, rows = (
        max(1, ceil(round((edge - OVERLAP) / (room - 2 * BORDER - OVERLAP), 3)))
        for edge, room in zip((width, height), sheet, strict=True)
    )
    return Grid(
        columns, rows, (width + (columns - 1) * OVERLAP) / columns, (height + (rows - 1) * OVERLAP) / rows, sheet
    )


def _tile(page: Placed, cut: Grid, row: int, column: int, page_height: float) -> Placed:
    """The page, moved so that this part of it stands in the middle of the sheet, and nothing else of it is seen."""
    from_left, from_bottom = cut.corner(row, column, page_height)
    x, y = cut.place
    left, bottom = _points(x - from_left, y - from_bottom)
    return Placed(
        page.plate, page.page, left, bottom, number=page.number, clip=_points(x, y, x + cut.width, y + cut.height)
    )


def _marks(cut: Grid, row: int, column: int) -> bytes:
    """Where to cut: a tick either way at each corner. Where a neighbour's edge comes to lie: a dashed one."""
    (left, bottom), width, height = cut.place, cut.width, cut.height
    right, top = left + width, bottom + height
    cuts = [
        tick
        for x, y in ((left, bottom), (right, top))
        for tick in (*ticks_down(x, bottom, top), *ticks_across(y, left, right))
    ]
    joins = []
    if column:
        joins += ticks_down(left + OVERLAP, bottom, top)
    if column < cut.columns - 1:
        joins += ticks_down(right - OVERLAP, bottom, top)
    if row:
        joins += ticks_across(top - OVERLAP, left, right)
    if row < cut.rows - 1:
        joins += ticks_across(bottom + OVERLAP, left, right)
    return drawn(cuts, joins)


def _label(cut: Grid, row: int, column: int, title: str) -> bytes:
    """In the margin below the tile, between the marks: all tiles with this one filled, its code and its name."""
    left = cut.place[0] + OVERLAP + 3
    cell = _LABEL / cut.rows
    wide = cell * cut.width / cut.height
    drawing = []
    for at in range(cut.count):
        down, across = divmod(at, cut.columns)
        corner = left + across * wide, _BASE + (cut.rows - 1 - down) * cell
        paint = b"B" if (down, across) == (row, column) else b"S"
        drawing.append(b"%s re %s\n" % (numbers(*corner, wide, cell), paint))
    room = cut.place[0] + cut.width - OVERLAP - 3 - left - cut.columns * wide - 3
    name = outlined(f"{code(row, column)}   {title}", _TYPE, room * POINTS_PER_MM) or outlined(
        code(row, column), _TYPE, room * POINTS_PER_MM
    )
    where = numbers(left + cut.columns * wide + 3, _BASE + 0.9)
    return b"q %s 0.3 w %sQ q %s 1 0 0 1 %s cm %s Q\n" % (INK, b"".join(drawing), INK, where, name)


def _points(*lengths: float) -> tuple[float, ...]:
    return tuple(length * POINTS_PER_MM for length in lengths)
