"""What is painted on a page, and what of it is seen at a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from toolkit_builder.press.preflight.colours import PAPER, Colour, blended
from toolkit_builder.press.preflight.regions import Bounds, Matrix, Region

UNKNOWN: tuple[Colour, ...] = ((0.0, 0.0, 0.0), PAPER)
"""What is not understood may be as dark or as light as can be."""


class Kind(Enum):
    FILL = "fill"
    STROKE = "stroke"
    PICTURE = "picture"
    """Pixels."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Something painted: where, and in which colours it may be there (several for a gradient or a picture).

    `alpha`: how much it covers; below 1, or where it is `is_masked`, something of what is below shows. `clips` bound it
    beside its region. `mark`: the marked content that it is in, -1 for none; `form`: the drawing (form) that it is part
    of, counted from 1, 0 for none. `picture`: the part that has its pixels.
    """

    kind: Kind
    region: Region
    bounds: Bounds
    colours: tuple[Colour, ...]
    alpha: float
    clips: tuple[Region, ...]
    mark: int
    form: int
    is_masked: bool = False
    picture: str = ""

    def covers(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.bounds
        if not (left <= x <= right and bottom <= y <= top):
            return False
        return self.region.has(x, y) and all(clip.has(x, y) for clip in self.clips)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text as it was drawn: its font and size in pt, its glyphs, its colours, what bounds it.

    `matrix` leads from text space to the page, `after` is how many paints came before it, `shown` the operand of its
    operator. Runs with the same `line` follow one another on it: each begins where the one before it ends. `em`: the
    size in text space; `rise`: how far it is raised, there.
    """

    font: str
    size: float
    em: float
    rise: float
    line: int
    matrix: Matrix
    shown: bytes
    colours: tuple[Colour, ...]
    alpha: float
    window: Bounds
    clips: tuple[Region, ...]
    mark: int
    after: int
    is_invisible: bool = False


@dataclass(frozen=True)
class Painting:
    """A page: its size in pt, what is painted and what is set on it, in order, and how far paper reaches beyond it
    (`bleed`, in pt).
    """

    width: float
    height: float
    paints: Sequence[Paint]
    runs: Sequence[Run]
    bleed: float = 0.0


def seen_at(x: float, y: float, paints: Sequence[Paint]) -> tuple[set[Colour], bool]:
    """The colours that may be seen at a point of some paints, the last on top, and whether paper shows there."""
    for at in range(len(paints) - 1, -1, -1):
        paint = paints[at]
        if not paint.covers(x, y):
            continue
        if paint.alpha >= 1 and not paint.is_masked:
            return set(paint.colours), False
        below, is_bare = seen_at(x, y, paints[:at])
        seen = {blended(over, under, paint.alpha) for over in paint.colours for under in below}
        return (seen | below if paint.is_masked else seen), is_bare
    return {PAPER}, True
