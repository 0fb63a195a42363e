"""Tiling: a page larger than A4 on sheets of A4 at its own size, to be trimmed and joined with an overlap.

A page is cut up on as few sheets as can be, upright or broadside: into rows, and each row by itself into as many tiles
as the others. Its seams (`seams.py`) are where they go through no text and no frame, if there are such places. Around a
tile are marks where to cut it, and dashes where the edge of its neighbour comes to lie; below it what it is: a drawing
of all tiles with this one filled, its code (B2: the second of row B) and the name of the document; and a bar of 50 mm,
which tells whether the printer kept the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit_builder.press.imposition.marks import GAP, INK, TICK, drawn, numbers, ticks_across, ticks_down
from toolkit_builder.press.imposition.seams import Division, Obstacle, Span, divided, fewest
from toolkit_builder.press.imposition.sheets import A4, Placed, Sheets, Side
from toolkit_builder.press.imposition.slug import BAR, SIZES
from toolkit_builder.press.pdf.outlined_text import outlined, width_of
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import Plate

OVERLAP = 10.0
"""How far a tile goes on where the next has begun, in mm."""
MARGIN = 5.0
"""What office printers leave white at the edges, in mm."""
BORDER = 10.0
"""Around a tile, in mm: the margin, and room for marks and the label."""
TEXT, FRAME = 100.0, 1.0
"""What a cut through a text costs, and one through a frame, by mm of the cut."""
_SHEET = tuple(edge / POINTS_PER_MM for edge in A4)
_LABEL, _BASE = 4.0, 5.3
"""In mm: the height of the drawing of tiles, and where its foot is."""
_TYPES = (9.5, *SIZES)
"""In pt: the sizes of the name."""
_BAR_SAYS = f"{BAR:.0f} mm"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Area = tuple[float, float, float, float]
"""Left, top, right, bottom, in mm from the left and the top of a page."""


@dataclass(frozen=True)
class Whole:
    """What of a page should stay whole: where its texts and pictures stand, and the frames that these are in."""

    texts: tuple[Area, ...] = ()
    frames: tuple[Area, ...] = ()

    @classmethod
    def of(cls, plate: Plate, page: int) -> Whole:
        """Of a page of a plate; only of the first it is known."""
        if page:
            return cls()
        return cls(tuple(map(_mm, plate.ink)), tuple(map(_mm, plate.frames)))

    def down(self) -> list[Obstacle]:
        """What seams between rows should not go through, from the top: as dear as it is broad."""
        return [Obstacle(top, bottom, cost * (right - left)) for (left, top, right, bottom), cost in self._areas()]

    def across(self, top: float, bottom: float) -> list[Obstacle]:
        """What seams within the row that is seen between these should not go through, from the left: as dear as what
        is seen of it there is high.
        """
        seen = [(area, min(area[3], bottom) - max(area[1], top), cost) for area, cost in self._areas()]
        return [Obstacle(area[0], area[2], cost * high) for area, high, cost in seen if high > 0]

    def _areas(self) -> list[tuple[Area, float]]:
        return [(area, cost) for areas, cost in ((self.texts, TEXT), (self.frames, FRAME)) for area in areas]


NOTHING = Whole()


@dataclass(frozen=True)
class Grid:
    """How a page is cut up: its rows from the top, and the tiles of each from the left, as many in every row; on A4
    either way; in mm.
    """

    down: tuple[Span, ...]
    across: tuple[tuple[Span, ...], ...]
    sheet: tuple[float, float]
    cost: float = 0

    @property
    def columns(self) -> int:
        return len(self.across[0])

    @property
    def rows(self) -> int:
        return len(self.down)

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def area(self, row: int, column: int) -> Area:
        """What of its page is on a tile; rows and columns count from 0."""
        across, down = self.across[row][column], self.down[row]
        return across.start, down.start, across.end, down.end

    def size(self, row: int, column: int) -> tuple[float, float]:
        return self.across[row][column].length, self.down[row].length

    def place(self, row: int, column: int) -> tuple[float, float]:
        """The left lower corner of a tile on its sheet: in the middle of it."""
        width, height = self.size(row, column)
        return (self.sheet[0] - width) / 2, (self.sheet[1] - height) / 2


def grid(width: float, height: float, whole: Whole = NOTHING) -> Grid:
    """How a page of this size, in mm, is cut up: on as few sheets as can be; of two ways with as many, the one whose
    seams cut less, or else upright.
    """
    upright, broadside = (_SHEET[0], _SHEET[1]), (_SHEET[1], _SHEET[0])
    counts = {sheet: _count(width, sheet[0]) * _count(height, sheet[1]) for sheet in (upright, broadside)}
    best = [sheet for sheet, count in counts.items() if count == min(counts.values())]
    return min((_grid(width, height, sheet, whole) for sheet in best), key=lambda one: round(one.cost, 2))


def tiles(pages: Sequence[Placed | None]) -> Sheets:
    """Each page on sheets of A4, row by row from the left upper corner; None is a blank page, and has none. They are
    printed on one side.
    """
    sides = []
    shown = [page for page in pages if page]
    for number, page in enumerate(shown, start=1):
        of_all = f" ({number}/{len(shown)})" if len(shown) > 1 else ""
        width, height = (edge / POINTS_PER_MM for edge in (page.source.width, page.source.height))
        cut = grid(width, height, Whole.of(page.plate, page.page))
        for row in range(cut.rows):
            for column in range(cut.columns):
                size = A4 if cut.sheet[0] < cut.sheet[1] else (A4[1], A4[0])
                drawing = _marks(cut, row, column) + _label(cut, row, column, f"{page.title}{of_all}")
                sides.append(Side(size, (_tile(page, cut, row, column, height),), drawing))
    return Sheets(tuple(sides), "Simplex")


def code(row: int, column: int) -> str:
    """What a tile is called, by its row and column from 0: `A1` at the left of the top; `27-1` where letters end."""
    return f"{_LETTERS[row]}{column + 1}" if row < len(_LETTERS) else f"{row + 1}-{column + 1}"


def _count(edge: float, room: float) -> int:
    return fewest(edge, room - 2 * BORDER, OVERLAP)


def _grid(width: float, height: float, sheet: tuple[float, float], whole: Whole) -> Grid:
    """Rows first. What of one lies below the edge of the row above is not seen, and stands in the way of no seam."""
    rows = _divided(height, sheet[1], whole.down())
    seams = [0.0, *(row.end for row in rows.spans)]
    across = [_divided(width, sheet[0], whole.across(*seen)) for seen in pairwise(seams)]
    cost = rows.cost + sum(row.cost for row in across)
    return Grid(rows.spans, tuple(row.spans for row in across), sheet, cost)


def _divided(edge: float, room: float, obstacles: Sequence[Obstacle]) -> Division:
    return divided(edge, room - 2 * BORDER, OVERLAP, obstacles)


def _tile(page: Placed, cut: Grid, row: int, column: int, page_height: float) -> Placed:
    """The page, moved so that this part of it stands in the middle of the sheet, and nothing else of it is seen."""
    from_left, _, _, end = cut.area(row, column)
    x, y = cut.place(row, column)
    width, height = cut.size(row, column)
    left, bottom = _points(x - from_left, y - (page_height - end))
    return Placed(page.plate, page.page, left, bottom, number=page.number, clip=_points(x, y, x + width, y + height))


def _marks(cut: Grid, row: int, column: int) -> bytes:
    """Where to cut: a tick either way at each corner. Where a neighbour's edge comes to lie: a dashed one."""
    (left, bottom), (width, height) = cut.place(row, column), cut.size(row, column)
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
    """In the margin below the tile, clear of the marks: all tiles with this one filled, its code and its name; at the
    right, where there is room, the bar.
    """
    left, end = _label_room(cut, row, column)
    drawing, scale = [], _LABEL / cut.down[-1].end
    for at in range(cut.count):
        down, across = divmod(at, cut.columns)
        x, y, right, bottom = (edge * scale for edge in _cell(cut, down, across))
        paint = b"B" if (down, across) == (row, column) else b"S"
        drawing.append(b"%s re %s\n" % (numbers(left + x, _BASE + _LABEL - bottom, right - x, bottom - y), paint))
    x = left + cut.across[row][-1].end * scale + 3
    says = _width(_BAR_SAYS, _TYPES[0])
    room = end - x - BAR - says - 5
    bar = b""
    if room >= _width(code(row, column), _TYPES[0]):
        bar = _bar(end - BAR, end - BAR - says - 2)
    else:
        room = end - x
    name = _name(code(row, column), title, room)
    return b"q %s 0.3 w %sQ q %s 1 0 0 1 %s cm %s Q\n%s" % (
        INK,
        b"".join(drawing),
        INK,
        numbers(x, _BASE + 0.9),
        name,
        bar,
    )


def _label_room(cut: Grid, row: int, column: int) -> tuple[float, float]:
    """Where the label begins and ends: between the marks of a tile as high as paper has room for; below those of a
    lower one, where it may go on to the margin.
    """
    (left, bottom), (width, _) = cut.place(row, column), cut.size(row, column)
    start, end = left + OVERLAP + 3, left + width - OVERLAP - 3
    is_below_marks = bottom - GAP - TICK >= _BASE + _LABEL + GAP
    return start, cut.sheet[0] - MARGIN - GAP if is_below_marks else end


def _name(tile: str, title: str, room: float) -> bytes:
    """The code of a tile and the name of its document in the largest type in which all of it has room, in mm, or the
    code alone; as outlines.
    """
    text = f"{tile}   {title}"
    size = next((size for size in _TYPES if _width(text, size) <= room), 0)
    return (outlined(text, size, room * POINTS_PER_MM) if size else b"") or _written(tile, room)


def _cell(cut: Grid, row: int, column: int) -> Area:
    """A tile in the drawing of all of them: from seam to seam."""
    ends = [0.0, *(one.end for one in cut.across[row])], [0.0, *(one.end for one in cut.down)]
    return ends[0][column], ends[1][row], ends[0][column + 1], ends[1][row + 1]


def _bar(x: float, says: float) -> bytes:
    """The bar, with ticks at its ends and in its middle, and how long it is before it."""
    y = _BASE + 0.9
    lines = drawn([(x, y, x + BAR, y), *((x + at, y - 1, x + at, y + 1.4) for at in (0.0, BAR / 2, BAR))])
    return lines + b"q %s 1 0 0 1 %s cm %s Q\n" % (INK, numbers(says, y), _written(_BAR_SAYS, BAR))


def _written(text: str, room: float) -> bytes:
    """A line as outlines, if it has room, in mm; otherwise as much of it as has."""
    return outlined(text, _TYPES[0], room * POINTS_PER_MM)


def _width(text: str, size: float) -> float:
    """How long a line of text is, in mm."""
    return width_of(text, size) / POINTS_PER_MM


def _mm(area: Area) -> Area:
    left, top, right, bottom = (edge / POINTS_PER_MM for edge in area)
    return left, top, right, bottom


def _points(*lengths: float) -> tuple[float, ...]:
    return tuple(length * POINTS_PER_MM for length in lengths)
