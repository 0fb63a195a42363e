"""Cards on sheets: as many as have room, one cutting grid for all sheets, backs where they meet their fronts.

On which side of the sheet a back comes to lie follows from the edge over which the printer turns the sheet: over an
upright edge, left and right change places; over a level one, top and bottom do, and the back stands on its head, so
that a card is always turned over like a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product
from math import ceil

from toolkit_builder.documents.paper import Size
from toolkit_builder.documents.sheet_options import (
    FOLD,
    SHORT_EDGE,
    SINGLE,
    STACK,
    CardGrid,
    Measures,
    SheetOptions,
    card_grid,
)
from toolkit_builder.press.imposition.marks import EDGE, GAP, TICK, Line, drawn, ends_beyond
from toolkit_builder.press.imposition.press_marks import ROOM as PRESS_ROOM
from toolkit_builder.press.imposition.press_marks import press_marks
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.imposition.slug import ROOM as SLUG_ROOM
from toolkit_builder.press.imposition.slug import Slug, slug
from toolkit_builder.press.pdf.writer import POINTS_PER_MM

ROOM = EDGE + GAP + TICK
"""White beside the cards that a tick needs, in mm."""
Window = tuple[float, float, float, float]
"""A part of a sheet, from left and bottom to right and top, in mm."""
Words = Mapping[str, str]
"""What slugs say, by name: `title`, `sheet`, `front`, `back`, and each of `documents.sheet_options.SIDES`."""


@dataclass(frozen=True)
class Card:
    """The two faces of a card; None is a blank one."""

    front: Placed | None
    back: Placed | None

    @property
    def code(self) -> str:
        """The code of its action, or what it is in its product (guide, colophon)."""
        return next((face.code for face in (self.front, self.back) if face and face.code), "")


def cards(
    pages: Sequence[Placed | None],
    options: SheetOptions,
    words: Words,
    *,
    turned_backs: bool = False,
    filler: Sequence[Placed | None] = (),
) -> Sheets:
    """Cards on both sides of sheets, or on one.

    The pages are fronts and backs in turn; None is a blank one. `turned_backs`: backs stand on their heads, for cards
    that are turned over at their foot. `filler`: the front and the back of the card that takes the places which are
    left on the last sheet, if there is one.
    Nothing is imposed if no card has room on the sheet.
    """
    deck = list(_copied([Card(*pair) for pair in zip(pages[::2], [*pages[1::2], None], strict=False)], options))
    grid = card_grid(_size(pages), options)
    if not grid.count:
        return Sheets(())
    if filler:
        deck += [Card(*filler)] * (-len(deck) % grid.count)
    stacks = list(_on_sheets(deck, grid.count, options.order))
    job = _CardJob(grid, options, turned_backs, words, len(stacks))
    fronts = [job.fronts(number, sheet) for number, sheet in enumerate(stacks, start=1)]
    if options.sides == FOLD:
        return Sheets(tuple(fronts), "Simplex")
    backs = [job.backs(number, sheet) for number, sheet in enumerate(stacks, start=1)]
    if options.sides == SINGLE:
        return Sheets((*fronts, *backs), "Simplex")
    duplex = "DuplexFlipShortEdge" if options.sides == SHORT_EDGE else "DuplexFlipLongEdge"
    return Sheets(tuple(side for both in zip(fronts, backs, strict=True) for side in both), duplex)


def _copied(deck: Sequence[Card], options: SheetOptions) -> Iterator[Card]:
    """Each deck after the other, with more of some of its cards, or none of them."""
    own = dict(options.own_copies)
    for _ in range(options.copies):
        for card in deck:
            yield from [card] * own.get(card.code, 1)


def _on_sheets(deck: Sequence[Card], places: int, order: str) -> Iterator[list[Card]]:
    """The cards of each sheet, by its places. In a stack every place has cards that follow on one another, so that the
    piles that a cut makes are put one on the other.
    """
    count = ceil(len(deck) / places)
    for sheet in range(count):
        yield list(deck[sheet::count] if order == STACK else deck[sheet * places : (sheet + 1) * places])


def _size(pages: Sequence[Placed | None]) -> tuple[float, float]:
    """The size of a face, in mm; all have one."""
    face = next(page.source for page in pages if page)
    return face.width / POINTS_PER_MM, face.height / POINTS_PER_MM


@dataclass(frozen=True)
class _CardJob:
    """What all sheets of a job have in common."""

    grid: CardGrid
    options: SheetOptions
    turned_backs: bool
    words: Words
    count: int

    def fronts(self, number: int, sheet: Sequence[Card]) -> Side:
        """The side with fronts; with `fold`, each has its back at its left."""
        placed = []
        for at, card in enumerate(sheet):
            place = divmod(at, self.grid.columns)
            (x, y), window = self.grid.corner(*place), self.grid.window(*place)
            width, _ = self._face
            if self.options.sides == FOLD:  # artwork of both runs on to the fold, and no further
                left, bottom, right, top = window
                before = (left, bottom, x + width, top)
                placed.append(self._placed(card.back, (x, y), before, turned=self.turned_backs))
                x += width
                window = (x, bottom, right, top)
            placed.append(self._placed(card.front, (x, y), window))
        return self._side(number, "front", placed)

    def backs(self, number: int, sheet: Sequence[Card]) -> Side:
        """The side with backs, each behind its front."""
        placed = []
        for at, card in enumerate(sheet):
            row, column = divmod(at, self.grid.columns)
            is_upright = self.grid.turns_over_upright_edge(self.options.sides)
            place = (row, self.grid.columns - 1 - column) if is_upright else (self.grid.rows - 1 - row, column)
            turned = self.turned_backs if is_upright else not self.turned_backs
            corner, window = self.grid.corner(*place), self.grid.window(*place)
            placed.append(self._placed(card.back, corner, window, turned=turned))
        return self._side(number, "back", placed)

    @property
    def _face(self) -> tuple[float, float]:
        width, height = self.grid.cell
        return (width / 2 if self.options.sides == FOLD else width), height

    def _placed(self, face: Placed | None, corner: Size, window: Window, *, turned: bool = False) -> Placed | None:
        """A face in the middle of its place, with as much of its bleed as is within the window, in mm."""
        if face is None:
            return None
        width, height = self._face
        left = corner[0] * POINTS_PER_MM + (width * POINTS_PER_MM - face.source.width) / 2
        bottom = corner[1] * POINTS_PER_MM + (height * POINTS_PER_MM - face.source.height) / 2
        clip = tuple(edge * POINTS_PER_MM for edge in window) if self.grid.bleed else ()
        return replace(face, x=left, y=bottom, turned=turned, clip=clip)

    def _side(self, number: int, which: str, placed: Sequence[Placed | None]) -> Side:
        width, height = self.grid.sheet
        options, drawing = self.options, b""
        cuts = list(cut_lines(self.grid)) if "cut" in options.marks else []
        folds = list(fold_lines(self.grid)) if "fold" in options.marks and options.sides == FOLD else []
        if cuts or folds:
            drawing += drawn(cuts, folds)
        text = b""
        if "text" in options.marks and self.words:
            text = slug(self.grid, Slug(self.words, number, self.count, which, options.sides))
        drawing += text + press_marks(self.grid, options.marks, has_text=bool(text))
        measures = self.grid.measures(options.printer) or Measures()
        is_upright = self.grid.turns_over_upright_edge(options.sides)
        offset = measures.fronts if which == "front" else measures.behind(turns_over_upright_edge=is_upright)
        size = width * POINTS_PER_MM, height * POINTS_PER_MM
        trim = tuple(edge * POINTS_PER_MM for edge in self.grid.trim)
        bleed = self.grid.bleed * POINTS_PER_MM
        return Side(size, tuple(page for page in placed if page), drawing, offset, trim, bleed)


def without_room(card: Size, options: SheetOptions) -> list[str]:
    """The marks among these options that the paper has no room for beside cards of this size, in mm."""
    white = max(card_grid(card, options).white)
    needed = {"text": SLUG_ROOM, "registration": PRESS_ROOM, "colour": PRESS_ROOM}
    return [mark for mark in options.marks if needed.get(mark, 0) > white]


# -- marks -------------------------------------------------------------------------------------------------------------


def cut_lines(grid: CardGrid) -> Iterator[Line]:
    """Where to cut: ticks beyond the cards and their bleed, at every edge of theirs. Where the paper has no room beyond
    them, ticks on the cuts themselves, where these begin, as far from the edge of the paper as printers need it; and
    where cards touch one another, where cuts cross. What is no farther from the edge of the paper than that is not
    marked.
    """
    xs = _edges((grid.corner(0, column)[0] for column in range(grid.columns)), grid.cell[0])
    ys = _edges((grid.corner(row, 0)[1] for row in range(grid.rows)), grid.cell[1])
    (width, height), (beside, below) = grid.sheet, grid.margins
    yield from ((x, start, x, end) for x in _clear(xs, width) for start, end in _ends(ys, height, grid.bleed))
    yield from ((start, y, end, y) for y in _clear(ys, height) for start, end in _ends(xs, width, grid.bleed))
    if not (grid.gap or grid.bleed) and min(beside, below) < ROOM:
        for x, y in product(xs[1:-1], ys[1:-1]):
            yield (x - TICK, y, x + TICK, y)
            yield (x, y - TICK, x, y + TICK)


def _clear(places: Sequence[float], length: float) -> list[float]:
    """The places that a mark may stand at, on paper of this length."""
    return [place for place in places if EDGE <= place <= length - EDGE]


def _ends(along: Sequence[float], length: float, bleed: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the two marks of a cut begin and end. `along`: the edges of cards that it passes, on paper so long. Beyond
    bleed there is always room for them (`SheetOptions.around`).
    """
    if bleed or along[0] >= ROOM:
        return ends_beyond(along[0], along[-1], length, bleed)
    first, last = EDGE + TICK, length - EDGE - TICK
    return (first - TICK, first), (last, last + TICK)


def _edges(starts: Iterable[float], length: float) -> list[float]:
    """Where cards begin and end, each once."""
    return [edge for edge, _ in groupby(sorted(round(end, 3) for start in starts for end in (start, start + length)))]


def fold_lines(grid: CardGrid) -> Iterator[Line]:
    """Where to fold, between back and front: above and below the cards, or where there is no room, at the edges of each
    row, on the fold itself.
    """
    _, below = grid.margins
    for column in range(grid.columns):
        x = grid.corner(0, column)[0] + grid.cell[0] / 2
        if below >= ROOM or grid.bleed:
            ends = _ends((below, grid.sheet[1] - below), grid.sheet[1], grid.bleed)
            yield from ((x, start, x, end) for start, end in ends)
            continue
        for row in range(grid.rows):
            foot = grid.corner(row, column)[1]
            for start in (max(foot, EDGE), min(foot + grid.cell[1], grid.sheet[1] - EDGE) - TICK):
                yield (x, start, x, start + TICK)
