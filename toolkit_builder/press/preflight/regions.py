"""Regions of a page: what a path encloses or a line covers, in pt from the page's left and bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
STEPS = 8
"""So many straight lines stand for a curve: of a circle of 50 mm they miss 0.1 mm."""
EVERYWHERE: Bounds = (-1e9, -1e9, 1e9, 1e9)


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, and `then` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def curve(start: Point, one: Point, two: Point, end: Point) -> Iterable[Point]:
    """Points of a cubic Bézier curve after its start (8.5.2.2)."""
    for step in range(1, STEPS + 1):
        t = step / STEPS
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


def common(one: Bounds, other: Bounds) -> Bounds:
    """What two rectangles both cover; with its sides in wrong order if that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def is_empty(bounds: Bounds) -> bool:
    return bounds[0] >= bounds[2] or bounds[1] >= bounds[3]


def touch(one: Bounds, other: Bounds) -> bool:
    """Whether two rectangles have a point in common, if only on their edges."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def meet(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True, slots=True)
class Region:
    """What a path encloses, or with a `width` what a line along it covers.

    `is_box`: it is the rectangle that its bounds say.
    """

    bounds: Bounds
    outlines: tuple[Sequence[Point], ...] = ()
    is_box: bool = False
    even_odd: bool = False
    width: float = 0

    def has(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.bounds
        if not (left <= x <= right and bottom <= y <= top):
            return False
        if self.is_box:
            return True
        if self.width:
            return any(_distance(x, y, line) <= self.width / 2 for line in self.outlines)
        turns = sum(_turns(x, y, line) for line in self.outlines)
        return bool(turns % 2) if self.even_odd else turns != 0


def region(outlines: Iterable[Sequence[Point]], *, even_odd: bool = False, width: float = 0) -> Region:
    """The region of a path, or of a line of `width` along it."""
    lines = tuple(line for line in outlines if line)
    if not lines:
        return Region((0, 0, 0, 0))
    xs = [point[0] for line in lines for point in line]
    ys = [point[1] for line in lines for point in line]
    half = width / 2
    bounds = (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)
    is_box = not width and len(lines) == 1 and _is_box(lines[0], bounds)
    return Region(bounds, lines, is_box, even_odd, width)


def _is_box(line: Sequence[Point], bounds: Bounds) -> bool:
    corners = {(x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])}
    return len(line) in (4, 5) and set(line) == corners


def _turns(x: float, y: float, line: Sequence[Point]) -> int:
    """How often an outline goes around a point, counter-clockwise (the nonzero winding rule, 8.5.3.3.2)."""
    count = 0
    x1, y1 = line[-1]
    for x2, y2 in line:
        if (y1 <= y) != (y2 <= y):
            is_left = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            if y1 <= y and is_left > 0:
                count += 1
            elif y2 <= y and is_left < 0:
                count -= 1
        x1, y1 = x2, y2
    return count


def _distance(x: float, y: float, line: Sequence[Point]) -> float:
    """How far a point is from the nearest piece of a line."""
    least = hypot(x - line[0][0], y - line[0][1])
    for (x1, y1), (x2, y2) in pairwise(line):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        part = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
        least = min(least, hypot(x - x1 - part * dx, y - y1 - part * dy))
    return least
