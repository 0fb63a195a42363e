"""Where a length is cut up into tiles, so that no seam goes through what should stay whole if that can be.

A seam is where a tile ends, and its cut edge is seen: the next tile begins an overlap before it, below that edge. All
lengths are in mm, from the left or from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf

CLEAR = 0.5
"""How far a seam keeps from what it does not cut."""
LEAST = 30.0
"""How long a tile is at least, with its overlaps: a shorter one is awkward to join."""
_UNEVEN = 1e-6
"""What it costs, by mm², that a tile is not as long as if all were of one length: less than any cut."""
_Way = tuple[float, tuple[float, ...]]
"""What tiles up to a place cost, and their seams, one for each of them."""


@dataclass(frozen=True)
class Obstacle:
    """What a seam should not go through, and what a cut through it costs."""

    start: float
    end: float
    cost: float


@dataclass(frozen=True)
class Span:
    """A tile along one edge of its page: where it begins, and how long it is."""

    start: float
    length: float

    @property
    def end(self) -> float:
        return self.start + self.length


@dataclass(frozen=True)
class Division:
    """A length as tiles, and what its seams cost."""

    spans: tuple[Span, ...]
    cost: float = 0


def fewest(length: float, room: float, overlap: float) -> int:
    """How many tiles it takes, each no longer than `room`."""
    return max(1, ceil(round((length - overlap) / (room - overlap), 3)))


def divided(length: float, room: float, overlap: float, obstacles: Sequence[Obstacle] = ()) -> Division:
    """As few tiles as can be, their seams where they cut least; of places that cut as little, where tiles are most
    nearly of one length.
    """
    count = fewest(length, room, overlap)
    even = [(length - overlap) / count * at + overlap for at in range(1, count)]
    if not obstacles:
        return Division(_spans(even, length, overlap))
    places = sorted({*even, *_candidates(obstacles, length, room - overlap, count)})
    costs = [sum(one.cost for one in obstacles if one.start - CLEAR < at < one.end + CLEAR) for at in places]
    mean = (length - overlap) / count + overlap

    def following(ways: Iterable[tuple[float, _Way]], at: float, dear: float) -> _Way | None:
        """The best of these ways, by where it has come to, with a further tile that ends here."""
        tiles = [(at - last + overlap, way) for last, way in ways]
        fitting = [(long, way) for long, way in tiles if LEAST <= long <= room + 0.001]
        further = [(way[0] + dear + _UNEVEN * (long - mean) ** 2, (*way[1], at)) for long, way in fitting]
        return min(further, default=None)

    best: dict[float, _Way] = {overlap: (0.0, ())}
    for _ in even:
        ways = best.items()
        best = {at: way for at, dear in zip(places, costs, strict=True) if (way := following(ways, at, dear))}
    cost, seams = following(best.items(), length, 0.0) or (inf, (*even, length))
    return Division(_spans(seams[:-1], length, overlap), cost)


def _candidates(obstacles: Iterable[Obstacle], length: float, step: float, count: int) -> list[float]:
    """Beside each obstacle, as near as may be, and whole tiles before and behind: a seam in the open may have to be
    there for the next to reach a gap.
    """
    beside = {edge for one in obstacles for edge in (one.start - CLEAR, one.end + CLEAR)}
    reached = {round(edge + step * at, 3) for edge in beside for at in range(1 - count, count)}
    return [edge for edge in reached if 0 < edge < length]


def _spans(seams: Sequence[float], length: float, overlap: float) -> tuple[Span, ...]:
    starts = [0.0, *(seam - overlap for seam in seams)]
    return tuple(Span(start, end - start) for start, end in zip(starts, [*seams, length], strict=True))
