"""Two pages side by side on a sheet that lies across: booklets, folded and stapled, or two up, to be read so.

A sheet of a booklet has four pages, and sheets lie in one another. What lies further in comes out further at the fore
edge, by the thickness of a sheet each (creep), and would be trimmed by as much: its pages are moved towards the fold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit_builder.documents.sheet_options import SheetOptions
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.pdf.writer import POINTS_PER_MM

FOUR = 4
Pages = Sequence[Placed | None]


def booklet(pages: Pages, options: SheetOptions, *, blanks_at: int | None = None, from_right: bool = False) -> Sheets:
    """A booklet of these pages, printed on both sides and turned over at the short edge; None is a blank page.

    `blanks_at`: before which page blank ones stand that make the number one of sheets; left out, at the end.
    `from_right`: it is bound at the right.
    """
    at = len(pages) if blanks_at is None else blanks_at
    filled = [*pages[:at], *[None] * (-len(pages) % FOUR), *pages[at:]]
    sides = []
    for sheet in range(len(filled) // FOUR):
        first, last = 2 * sheet, len(filled) - 1 - 2 * sheet
        creep = sheet * options.thickness
        for left, right in ((filled[last], filled[first]), (filled[first + 1], filled[last - 1])):
            sides.append(_side((right, left) if from_right else (left, right), options, creep))
    return Sheets(tuple(sides), "DuplexFlipShortEdge")


def two_up(pages: Pages, options: SheetOptions, *, is_facing: bool = False, from_right: bool = False) -> Sheets:
    """Two pages on each side, in order, to be read as they lie. `is_facing`: they open in pairs, the first alone."""
    shown = [*([None] if is_facing else []), *pages]
    shown += [None] * (len(shown) % 2)
    pairs = zip(shown[::2], shown[1::2], strict=True)
    sides = [_side(pair[::-1] if from_right else pair, options) for pair in pairs]
    return Sheets(tuple(sides), "DuplexFlipShortEdge")


def _side(pair: Sequence[Placed | None], options: SheetOptions, creep: float = 0) -> Side:
    """A side with a page in the middle of each half, no larger than that, and moved by so many mm towards the fold."""
    high, wide = (edge * POINTS_PER_MM for edge in options.size)
    return Side((wide, high), tuple(_placed(pair, wide / 2, high, creep * POINTS_PER_MM)))


def _placed(pair: Sequence[Placed | None], wide: float, high: float, creep: float) -> Iterator[Placed]:
    for at, page in enumerate(pair):
        if page is None:
            continue
        source = page.source
        scale = min(wide / source.width, high / source.height, 1.0)
        left = at * wide + (wide - source.width * scale) / 2 + (-creep if at else creep)
        bottom = (high - source.height * scale) / 2
        yield replace(page, x=left, y=bottom, scale=scale, clip=(at * wide, 0, (at + 1) * wide, high))
