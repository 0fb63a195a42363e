"""Two pages side by side on a sheet that lies across: booklets, folded and stapled, or two up, to be read so.

A sheet of a booklet has four pages, and sheets lie in one another. What lies further in comes out further at the fore
edge, by the thickness of a sheet each (creep), and would be trimmed by as much: its pages are moved towards the fold.
With bleed, pages meet at the fold, and are cut out on the other sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor

from toolkit_builder.documents.paper import Size
from toolkit_builder.documents.sheet_options import BULK, USUAL_PAPER, SheetOptions
from toolkit_builder.press.imposition.marks import drawn, ends_beyond
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.pdf.writer import POINTS_PER_MM

FOUR = 4
MOST_STITCHED = 2.0
"""How thick sheets may lie on one another, before they are folded, that are stapled in the fold, in mm: 16 of 100 g/m²
are 1.9. Binders advise 64 pages, so many sheets, at most (Imprint Digital), 64 to 80 (Quality Digital Press), about 72
(KNP Litho), and 100 on especially thin paper. What is thicker springs open.
"""
LIGHTEST = 60
"""No lighter paper is printed on both sides, in g/m²."""
Pages = Sequence[Placed | None]


def booklet(pages: Pages, options: SheetOptions, *, blanks_at: int | None = None, from_right: bool = False) -> Sheets:
    """A booklet of these pages, printed on both sides and turned over at the short edge; None is a blank page.

    `blanks_at`: before which page blank ones stand that make the number one of sheets; left out, at the end.
    `from_right`: it is bound at the right.
    """
    at = len(pages) if blanks_at is None else blanks_at
    filled = [*pages[:at], *[None] * (-len(pages) % FOUR), *pages[at:]]
    pairs = _Pairs.of(pages, options)
    sides = []
    for sheet in range(len(filled) // FOUR):
        first, last = 2 * sheet, len(filled) - 1 - 2 * sheet
        creep = sheet * options.thickness
        for left, right in ((filled[last], filled[first]), (filled[first + 1], filled[last - 1])):
            sides.append(pairs.side((right, left) if from_right else (left, right), creep))
    return Sheets(tuple(sides), "DuplexFlipShortEdge")


def too_thick(sheets: Sheets, options: SheetOptions) -> str:
    """What is said of a booklet that is too thick to be stapled in its fold; empty if it is not."""
    count = len(sheets.sides) // 2
    thickness = count * options.thickness
    if thickness <= MOST_STITCHED:
        return ""
    lighter = floor(MOST_STITCHED / count / BULK * 1000)
    advice = f"take {lighter} g/m² or less (--paper-weight), or " if lighter >= LIGHTEST else ""
    return (
        f"{count} sheets of {options.weight or USUAL_PAPER} g/m² are {thickness:.2f} mm thick, and staples in the fold "
        f"hold about {MOST_STITCHED:g} mm: {advice}have it bound at its edge (without --booklet)"
    )


def two_up(pages: Pages, options: SheetOptions, *, is_facing: bool = False, from_right: bool = False) -> Sheets:
    """Two pages on each side, in order, to be read as they lie. `is_facing`: they open in pairs, the first alone."""
    shown = [*([None] if is_facing else []), *pages]
    shown += [None] * (len(shown) % 2)
    pairs = _Pairs.of(pages, options)
    sides = [pairs.side(pair[::-1] if from_right else pair) for pair in zip(shown[::2], shown[1::2], strict=True)]
    return Sheets(tuple(sides), "DuplexFlipShortEdge")


@dataclass(frozen=True)
class _Pairs:
    """How two pages lie on each side of a job: their size as it is without being made smaller, in mm."""

    options: SheetOptions
    page: Size

    @classmethod
    def of(cls, pages: Pages, options: SheetOptions) -> _Pairs:
        source = next(page.source for page in pages if page)
        return cls(options, (source.width / POINTS_PER_MM, source.height / POINTS_PER_MM))

    @property
    def scale(self) -> float:
        return self.options.scale_in_pairs(self.page)

    @property
    def trim(self) -> tuple[float, float, float, float]:
        """Both pages as they meet in the middle, from left and bottom to right and top, in mm."""
        high, wide = self.options.size
        across, down = self.page[0] * self.scale, self.page[1] * self.scale
        return wide / 2 - across, (high - down) / 2, wide / 2 + across, (high + down) / 2

    def side(self, pair: Sequence[Placed | None], creep: float = 0) -> Side:
        """A side with a page on each half, moved by so many mm towards the fold."""
        high, wide = self.options.size
        size = wide * POINTS_PER_MM, high * POINTS_PER_MM
        placed = tuple(self._placed(pair, creep))
        if not self.options.bleed:
            return Side(size, placed)
        trim = tuple(edge * POINTS_PER_MM for edge in self.trim)
        return Side(size, placed, self._marks(), trim=trim, bleed=self.options.bleed * POINTS_PER_MM)

    def _placed(self, pair: Sequence[Placed | None], creep: float) -> Iterator[Placed]:
        """Each page in the middle of its half, which is all of it that is seen; with bleed, at the fold, and seen from
        there to the end of its bleed.
        """
        (high, wide), bleed = self.options.size, self.options.bleed
        left, bottom, right, top = self.trim
        windows = ((0.0, 0.0, wide / 2, high), (wide / 2, 0.0, wide, high))
        if bleed:
            below, above = bottom - bleed, top + bleed
            windows = ((left - bleed, below, wide / 2, above), (wide / 2, below, right + bleed, above))
        inset = 0 if bleed else left / 2
        for at, page in enumerate(pair):
            if page:
                x = wide / 2 + inset - creep if at else left - inset + creep
                clip = tuple(edge * POINTS_PER_MM for edge in windows[at])
                corner = x * POINTS_PER_MM, bottom * POINTS_PER_MM
                yield replace(page, x=corner[0], y=corner[1], scale=self.scale, clip=clip)

    def _marks(self) -> bytes:
        """Ticks for cuts at the corners of both pages, and for the fold between them."""
        (high, wide), bleed, marks = self.options.size, self.options.bleed, self.options.marks
        left, bottom, right, top = self.trim
        across, down = ends_beyond(left, right, wide, bleed), ends_beyond(bottom, top, high, bleed)
        cuts = [(x, start, x, end) for x in (left, right) for start, end in down]
        cuts += [(start, y, end, y) for y in (bottom, top) for start, end in across]
        folds = [(wide / 2, start, wide / 2, end) for start, end in down]
        return drawn(cuts if "cut" in marks else (), folds if "fold" in marks else ())
