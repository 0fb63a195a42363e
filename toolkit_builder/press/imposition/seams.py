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
"""What it costs, by mm², that a seam is not where it would be if all tiles were of one length: less than any cut."""


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
    places = sorted({*even, *_candidates(obstacles, length)})
    costs = [sum(one.cost for one in obstacles if one.start - CLEAR < at < one.end + CLEAR) for at in places]
    # The best way to each place, seam by seam: what it costs so far, and the seams before it.
    best: dict[float, tuple[float, tuple[float, ...]]] = {overlap: (0.0, ())}
    for wanted in even:
        reached: dict[float, tuple[float, tuple[float, ...]]] = {}
        for at, cost in zip(places, costs, strict=True):
            before = [way for last, way in best.items() if LEAST <= at - last + overlap <= room + 0.001]
            if before:
                so_far, seams = min(before)
                reached[at] = (so_far + cost + _UNEVEN * (at - wanted) ** 2, (*seams, at))
        best = reached
    ends = [way for last, way in best.items() if LEAST <= length - last + overlap <= room + 0.001]
    cost, seams = min(ends, default=(inf, tuple(even)))
    return Division(_spans(seams, length, overlap), cost)


def _candidates(obstacles: Iterable[Obstacle], length: float) -> list[float]:
    """Beside each obstacle, as near as may be."""
    beside = {round(edge, 3) for one in obstacles for edge in (one.start - CLEAR, one.end + CLEAR)}
    return [edge for edge in beside if 0 < edge < length]


def _spans(seams: Sequence[float], length: float, overlap: float) -> tuple[Span, ...]:
    starts = [0.0, *(seam - overlap for seam in seams)]
    return tuple(Span(start, end - start) for start, end in zip(starts, [*seams, length], strict=True))
