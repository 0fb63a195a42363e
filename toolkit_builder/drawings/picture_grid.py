"""Grids of squares: how the pictures of a selection lie in a room. All lengths are in mm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

MOST_IN_LINE = 7
"""Of one category, where categories begin new lines."""
LEAST_OF_LARGEST = 0.75
"""By how much pictures may be smaller for that."""
FULLNESS = 0.2
"""The part of a grid's worth that is lost with the places that stay empty."""


@dataclass(frozen=True)
class PictureGrid:
    """Lines of so many squares, one below the other, each `square` wide. `is_by_category`: categories begin new
    ones.
    """

    square: float
    lines: tuple[int, ...]
    is_by_category: bool = False


def picture_grid(
    counts: Sequence[int],
    width: float,
    height: float,
    largest: float,
    *,
    by_category: bool = False,
    wide_in_middle: bool = False,
) -> PictureGrid:
    """The grid for categories of so many actions in a room of `width` by `height`: squares are as large as they can be,
    up to `largest`, and lines as even as they can be, fuller ones first or in the middle (`wide_in_middle`). With
    `by_category`, categories begin new lines, of seven at most, unless squares would be much smaller then.
    """
    count = sum(counts)
    if not count:
        return PictureGrid(0, ())

    def square(across: int, down: int) -> float:
        return min(width / across, height / down, largest)

    def worth(down: int) -> float:
        across = ceil(count / down)
        return square(across, down) * (1 - FULLNESS + FULLNESS * count / (across * down))

    down = max(range(1, count + 1), key=worth)
    usual = square(ceil(count / down), down)
    if by_category:
        lines = tuple(few for each in counts for few in _evenly(each, ceil(each / MOST_IN_LINE)))
        own = square(max(lines), len(lines))
        if own >= LEAST_OF_LARGEST * usual:
            return PictureGrid(_rounded(own), lines, is_by_category=True)
    lines = _wide_in_middle(count, down) if wide_in_middle else tuple(_evenly(count, down))
    return PictureGrid(_rounded(usual), lines)


def _evenly(count: int, lines: int) -> Iterator[int]:
    """So many in so many lines, fuller ones first."""
    return (count // lines + (line < count % lines) for line in range(lines)) if lines else iter(())


def _wide_in_middle(count: int, lines: int) -> tuple[int, ...]:
    across = ceil(count / lines)
    fuller = count - lines * (across - 1)
    above = (lines - fuller) // 2
    return tuple(across if above <= line < above + fuller else across - 1 for line in range(lines))


def _rounded(square: float) -> float:
    return floor(100 * square) / 100
