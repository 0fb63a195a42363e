"""How cards lie on print sheets, as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

from toolkit_builder.documents.paper import PAPER, Size

SHEET_PAPER: dict[str, Size] = {
    "a4": PAPER["a4"],
    "a3": PAPER["a3"],
    "sra4": (225, 320),
    "sra3": (320, 450),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
}
"""Sheets by name, in mm: ISO 216 and 217 (SRA), and the North American sizes."""
LONG_EDGE, SHORT_EDGE, SINGLE, FOLD = "long-edge", "short-edge", "single", "fold"
NO_SHEETS = "none"
"""In place of a paper: nothing is laid on sheets."""
SIDES = (LONG_EDGE, SHORT_EDGE, SINGLE, FOLD)
READING, STACK = "reading", "stack"
ORDERS = (READING, STACK)
BOOKLET, TWO_UP = "booklet", "two-up"
BULK = 1.2
"""Volume of uncoated paper by its mass, in cm³/g (ISO 534: thickness by grammage): 1.0 if coated to 1.3 if rough."""
USUAL_PAPER = 100
"""Of the paper of booklets, in g/m²."""
MARKS = ("cut", "fold", "text", "registration", "colour")
"""What may be drawn beside cards; what is not folded has no marks for folds."""
USUAL_MARKS = ("cut", "fold", "text")
TICK_ROOM = 7.5
"""What ticks for cuts and folds take beyond the bleed at least, in mm: 1 away from it, 1.5 long, 5 from the edge."""
MOST_BLEED = 20
"""In mm: no shop asks for more."""
EMPTY, BLANK = "empty", "blank"
FILLS = (EMPTY, BLANK)
"""What becomes of the places that a deck leaves on its last sheet."""
PLAY = 0.5
"""In mm: half a millimetre is what sizes of paper may miss a sheet by, and no printer is as exact."""


@dataclass(frozen=True)
class Offset:
    """How far a printer shifts one side of its sheets, in mm to the right and up as one looks at it, and how far it
    turns it, in degrees against the clock.
    """

    right: float = 0.0
    up: float = 0.0
    turn: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.right or self.up or self.turn)


UNSHIFTED = Offset()


@dataclass(frozen=True)
class Measures:
    """By how much a printer shifts fronts on the paper, and backs on their fronts: the latter as it is read on the
    front when the sheet is held against the light.
    """

    fronts: Offset = UNSHIFTED
    backs: Offset = UNSHIFTED

    def behind(self, *, turns_over_upright_edge: bool) -> Offset:
        """By how much backs are shifted on the paper, as one looks at them.

        Whoever turns a sheet over an upright edge sees right and left change places, over a level one top and bottom; a
        turn goes the other way round in both.
        """
        right, up = self.fronts.right + self.backs.right, self.fronts.up + self.backs.up
        turn = -(self.fronts.turn + self.backs.turn)
        return Offset(-right, up, turn) if turns_over_upright_edge else Offset(right, -up, turn)


@dataclass(frozen=True)
class Printer:
    """What is known of a printer with one paper, turned over one way. `name`: as it stands in names of files.

    `upright`, `across`: its measures where the sheet lies so; None if it was not measured so. Which way a sheet that
    lies across is turned for the paper is the printer's own affair, so one does not follow from the other.
    """

    name: str
    upright: Measures | None = None
    across: Measures | None = None


@dataclass(frozen=True)
class SheetOptions:
    """How cards lie on print sheets.

    `paper`: a name in `SHEET_PAPER`; `sides`: how the printer prints both sides, or `single` (fronts, then backs) or
    `fold` (front and back side by side); `gap`: between cards, in mm, None for twice the bleed; `order`: `reading`, or
    `stack`: cut, the piles lie in order when one is put on the other; `copies`: so many decks; `own_copies`: of these
    cards so many in each deck; `marks`: which are drawn; `printer`: what it shifts is made good; `bleed`: how far
    artwork runs on beyond what is cut out, in mm; `fill`: what becomes of places that are left (`FILLS`). Of other
    products: `pages`, how two of them lie on a side (`BOOKLET` or `TWO_UP`), or empty; `weight`: of a booklet's paper,
    in g/m², 0 for the usual one.
    """

    paper: str = "a4"
    sides: str = LONG_EDGE
    gap: float | None = None
    order: str = READING
    copies: int = 1
    own_copies: tuple[tuple[str, int], ...] = ()
    marks: tuple[str, ...] = USUAL_MARKS
    printer: Printer | None = None
    pages: str = ""
    weight: int = 0
    bleed: float = 0.0
    fill: str = EMPTY

    @property
    def of_cards(self) -> SheetOptions:
        """What of it is about cards."""
        return replace(self, pages="", weight=0)

    @property
    def of_pages(self) -> SheetOptions:
        """What of it is about pages that are not cards: marks are, where pages are cut out for their bleed."""
        marks = self.marks if self.bleed else USUAL_MARKS
        return SheetOptions(self.paper, marks=marks, pages=self.pages, weight=self.weight, bleed=self.bleed)

    @property
    def between(self) -> float:
        """The gap between cards, in mm."""
        return 2 * self.bleed if self.gap is None else self.gap

    @property
    def around(self) -> float:
        """What has to be white beside all that is cut out, in mm: nothing if there is no bleed, since marks stand on
        the cuts then; otherwise the bleed, and the room of marks beyond it.
        """
        has_ticks = {"cut", "fold"} & {*self.marks}
        return self.bleed + (TICK_ROOM if has_ticks else 0) if self.bleed else 0.0

    def scale_in_pairs(self, page: Size) -> float:
        """By how much pages of which two lie on a side are made smaller: each is as large as has room on its half, and
        no larger than it is. With bleed, both meet in the middle, and bleed and marks have room around them.
        """
        high, wide = self.size
        return min((wide / 2 - self.around) / page[0], (high - 2 * self.around) / page[1], 1.0)

    @property
    def thickness(self) -> float:
        """Of a sheet of a booklet, in mm."""
        return (self.weight or USUAL_PAPER) * BULK / 1000

    @property
    def size(self) -> Size:
        """The sheet, upright, in mm."""
        return SHEET_PAPER[self.paper]

    @property
    def names(self) -> tuple[str, ...]:
        """What of it is not as usual, in the words of a file's name."""
        found = (
            self.pages,
            self.paper if self.paper != SheetOptions.paper else "",
            self.sides if self.sides != SheetOptions.sides else "",
            f"bleed-{self.bleed:g}mm" if self.bleed else "",
            f"gap-{self.gap:g}mm" if self.gap is not None and self.gap != 2 * self.bleed else "",
            self.order if self.order != SheetOptions.order else "",
            f"{self.copies}-copies" if self.copies > 1 else "",
            *(f"{code}x{count}" for code, count in self.own_copies),
            self._marks_name,
            self.fill if self.fill != SheetOptions.fill else "",
            f"printer-{self.printer.name}" if self.printer else "",
            f"{self.weight}gsm" if self.weight else "",
        )
        return tuple(filter(None, found))

    @property
    def _marks_name(self) -> str:
        """Which of the marks that it can have are drawn; empty if they are as usual."""
        is_folded = self.sides == FOLD or self.pages == BOOKLET
        possible = [mark for mark in MARKS if is_folded or mark != "fold"]
        drawn, usual = ([mark for mark in possible if mark in some] for some in (self.marks, USUAL_MARKS))
        if drawn == usual:
            return ""
        return f"{'all' if drawn == possible else '-'.join(drawn) or 'no'}-marks"


USUAL_SHEETS = SheetOptions()


@dataclass(frozen=True)
class CardGrid:
    """Where cards lie on a sheet: so many across and down, one cutting grid for all sheets. Lengths are in mm.

    `sheet`: as it lies; `cell`: a card, or with `fold` its two faces side by side; `bleed`: how far artwork runs on
    beyond it.
    """

    sheet: Size
    cell: Size
    columns: int
    rows: int
    gap: float
    bleed: float = 0.0

    @property
    def count(self) -> int:
        """So many cards on a sheet."""
        return self.columns * self.rows

    @property
    def is_across(self) -> bool:
        """Whether the sheet lies across."""
        return self.sheet[0] > self.sheet[1]

    def turns_over_upright_edge(self, sides: str) -> bool:
        """Whether the printer turns the sheet over an edge that is upright as the sheet lies; `sides` as in
        `SheetOptions`.
        """
        return (sides == SHORT_EDGE) == self.is_across

    def measures(self, printer: Printer | None) -> Measures | None:
        """What a printer shifts on sheets that lie so: nothing, of none; None if it was not measured so."""
        if printer is None:
            return Measures()
        return printer.across if self.is_across else printer.upright

    @property
    def margins(self) -> Size:
        """The paper beside the cards, at the left and right, and above and below."""
        across = self.columns * (self.cell[0] + self.gap) - self.gap
        down = self.rows * (self.cell[1] + self.gap) - self.gap
        return (self.sheet[0] - across) / 2, (self.sheet[1] - down) / 2

    def corner(self, row: int, column: int) -> Size:
        """The left lower corner of a card, from that of the sheet; rows are counted from the top, from 0."""
        left, below = self.margins
        up = self.rows - 1 - row
        return left + column * (self.cell[0] + self.gap), below + up * (self.cell[1] + self.gap)

    @property
    def white(self) -> Size:
        """What is white of the margins, since no artwork runs on so far."""
        beside, below = self.margins
        return beside - self.bleed, below - self.bleed

    @property
    def trim(self) -> tuple[float, float, float, float]:
        """All cards together, from left and bottom to right and top."""
        (width, height), (beside, below) = self.sheet, self.margins
        return beside, below, width - beside, height - below

    def window(self, row: int, column: int) -> tuple[float, float, float, float]:
        """A card with its bleed, from left and bottom to right and top. Neighbours share the gap between them: where
        that is narrower than the bleed of both, each has half of it.
        """
        (x, y), (width, height), inner = self.corner(row, column), self.cell, min(self.bleed, self.gap / 2)
        left, right = (self.bleed if column == end else inner for end in (0, self.columns - 1))
        above, below = (self.bleed if row == end else inner for end in (0, self.rows - 1))
        return x - left, y - below, x + width + right, y + height + above


def card_grid(card: Size, options: SheetOptions) -> CardGrid:
    """As many cards as have room on a sheet, whichever way it lies; if both hold as many, upright.

    A grid of none if there is no room for one.
    """
    width, height = options.size
    cell = (2 * card[0], card[1]) if options.sides == FOLD else card
    ways = [_grid(sheet, cell, options) for sheet in ((width, height), (height, width))]
    return max(ways, key=lambda way: way.count)


def holding_papers(card: Size, options: SheetOptions) -> list[str]:
    """The sheets that have room for a card of this size, so printed."""
    return [paper for paper in SHEET_PAPER if card_grid(card, replace(options, paper=paper)).count]


def _grid(sheet: Size, cell: Size, options: SheetOptions) -> CardGrid:
    gap, around = options.between, 2 * options.around
    rooms = ((room - around, edge) for room, edge in zip(sheet, cell, strict=True))
    columns, rows = (max(floor((room + gap + PLAY) / (edge + gap)), 0) for room, edge in rooms)
    return CardGrid(sheet, cell, columns, rows, gap, options.bleed)
