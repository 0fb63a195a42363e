"""Shapes as outlines: lines, curves and arcs in absolute numbers, whatever element they come from.

What the engine is given is written from them, one letter a segment, so that it has nothing left to guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.matrices import Matrix, mapped
from toolkit_builder.drawings.svg.values import bounded, written

Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]
"""A letter of path data (SVG 1.1, 8.3), upper case: M, L, C, Q, A or Z, and its numbers."""
Measure = Callable[[str, str], float]
"""The length that an attribute says, by its name and a default; 0 if neither says any."""

LONGEST_OUTLINE = 5_000
"""Lines and curves of one outline: the engine measures one in a time that grows with the square of its length."""
_CURVED = 4 / 3 * (math.sqrt(2) - 1)
"""How far the handles of a quarter of a circle reach, of its radius."""
_SAMPLES = 8
"""Points of a curve that are looked at, to know where ink may fall."""


@dataclass
class PathOutline:
    """Segments; also the pen that fontTools draws with."""

    segments: list[Segment] = field(default_factory=list)
    _start: Point = (0, 0)
    _here: Point = (0, 0)

    def moveTo(self, point: Point) -> None:  # noqa: N802  (the protocol of pens)
        self._add("M", point)
        self._start = self._here

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._add("L", point)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._add("C", *points)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802
        self._add("Q", *points)

    def arcTo(  # noqa: N802
        self, rx: float, ry: float, rotation: float, large: float, sweep: float, end: Point
    ) -> None:
        """An arc of an ellipse; a line if it has no radius, nothing if it leads nowhere (SVG 1.1, F.6.2)."""
        if math.dist(self._here, end) < 1e-6:
            return
        if min(abs(rx), abs(ry)) < 1e-6:
            self.lineTo(end)
            return
        flags = (float(bool(large)), float(bool(sweep)))
        self._add("A", (abs(rx), abs(ry)), (rotation % 180, *flags), end)

    def closePath(self) -> None:  # noqa: N802
        """Closing draws the line to the start. fontTools has drawn it already, and there would be a join too many."""
        if self.segments and self.segments[-1] == ("L", self._start):
            self.segments.pop()
        self.segments.append(("Z", ()))
        self._here = self._start

    def endPath(self) -> None:  # noqa: N802
        """An open outline needs no mark."""

    def _add(self, letter: str, *points: tuple[float, ...]) -> None:
        values = tuple(bounded(value) for point in points for value in point)
        if len(self.segments) == LONGEST_OUTLINE:
            raise refused(f"has an outline of more than {LONGEST_OUTLINE:,} lines and curves; simplify it")
        self.segments.append((letter, values))
        self._here = (values[-2], values[-1])

    @property
    def subpaths(self) -> int:
        return sum(letter == "M" for letter, _ in self.segments)

    def text(self) -> str:
        """As path data."""
        return " ".join(f"{letter} {written(*values)}".strip() for letter, values in self.segments)

    def points(self, matrix: Matrix) -> list[Point]:
        """Points along it, in the coordinates that a matrix leads to."""
        return [mapped(matrix, point) for point in self._along()]

    def length(self) -> float:
        """About how long it is: the sum of the lines between its points."""
        points = list(self._along())
        return sum(math.dist(a, b) for a, b in pairwise(points))

    def _along(self) -> Iterator[Point]:
        here: Point = (0, 0)
        for letter, values in self.segments:
            if letter == "Z":
                continue
            end = (values[-2], values[-1])
            if letter in "CQ":
                pairs = [here, *zip(values[::2], values[1::2], strict=True)]
                yield from (_bezier(pairs, n / _SAMPLES) for n in range(1, _SAMPLES))
            elif letter == "A":
                yield from _around_arc(here, end, max(values[:2]))
            yield end
            here = end

    def mapped(self, matrix: Matrix) -> PathOutline:
        """The outline in other coordinates. It must have no arcs: see `without_arcs`."""
        moved = []
        for letter, values in self.segments:
            pairs = zip(values[::2], values[1::2], strict=True)
            moved.append((letter, tuple(bounded(part) for pair in pairs for part in mapped(matrix, pair))))
        return PathOutline(moved)

    def clockwise(self) -> PathOutline:
        """The same, drawn the other way round if it was drawn against the clock; only of a single outline.

        Where two outlines of one clip overlap, they would cancel each other if they were drawn against each other.
        """
        points = list(self._along())
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, *points[:1]]))
        if self.subpaths != 1 or area >= 0:
            return self
        drawn = [segment for segment in self.segments if segment[0] != "Z"]
        turned: list[Segment] = [("M", drawn[-1][1][-2:])]
        for (_, before), (letter, values) in reversed(list(pairwise(drawn))):
            controls = [values[n : n + 2] for n in range(len(values) - 4, -1, -2)]
            turned.append((letter, (*(part for control in controls for part in control), *before[-2:])))
        return PathOutline([*turned, ("Z", ())])

    def without_arcs(self) -> PathOutline:
        """The same with curves in the place of arcs."""
        from fontTools.svgLib.path.arc import EllipticalArc  # slow to import

        plain, here = PathOutline(), complex(0, 0)
        for letter, values in self.segments:
            if letter == "A":
                rx, ry, rotation, large, sweep, x, y = values
                EllipticalArc(here, rx, ry, rotation, int(large), int(sweep), complex(x, y)).draw(plain)
            else:
                plain.segments.append((letter, values))
            here = complex(*values[-2:]) if values else here
        return plain


def _bezier(points: list[Point], place: float) -> Point:
    """De Casteljau."""
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * place, a[1] + (b[1] - a[1]) * place) for a, b in pairwise(points)]
    return points[0]


def _around_arc(start: Point, end: Point, radius: float) -> Iterator[Point]:
    """Corners of a square that no arc between two points leaves, if anything too large."""
    reach = 2 * max(radius, math.dist(start, end) / 2)
    for sign in (1, -1):
        yield bounded(start[0] + sign * reach), bounded(start[1] - reach)
        yield bounded(start[0] + sign * reach), bounded(start[1] + reach)


def line(measure: Measure) -> PathOutline:
    outline = PathOutline()
    outline.moveTo((measure("x1", "0"), measure("y1", "0")))
    outline.lineTo((measure("x2", "0"), measure("y2", "0")))
    return outline


def ellipse(cx: float, cy: float, rx: float, ry: float) -> PathOutline:
    return _rounded(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)


def rectangle(x: float, y: float, width: float, height: float, rx: float = 0, ry: float = 0) -> PathOutline:
    if rx and ry:
        return _rounded(x, y, width, height, rx, ry)
    outline = PathOutline()
    outline.moveTo((x, y))
    for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
        outline.lineTo(corner)
    outline.closePath()
    return outline


def _rounded(x: float, y: float, width: float, height: float, rx: float, ry: float) -> PathOutline:
    """A rectangle whose corners are quarters of ellipses."""
    outline, right, bottom = PathOutline(), x + width, y + height
    dx, dy = rx * (1 - _CURVED), ry * (1 - _CURVED)
    outline.moveTo((x + rx, y))
    outline.lineTo((right - rx, y))
    outline.curveTo((right - dx, y), (right, y + dy), (right, y + ry))
    outline.lineTo((right, bottom - ry))
    outline.curveTo((right, bottom - dy), (right - dx, bottom), (right - rx, bottom))
    outline.lineTo((x + rx, bottom))
    outline.curveTo((x + dx, bottom), (x, bottom - dy), (x, bottom - ry))
    outline.lineTo((x, y + ry))
    outline.curveTo((x, y + dy), (x + dx, y), (x + rx, y))
    outline.closePath()
    return outline
