"""Paths of a content stream while they are drawn (ISO 32000-1, 8.5.2), in the units of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot

from toolkit_builder.press.preflight.regions import Matrix, Point, curve, moved


class Path:
    """The lines drawn so far, each a sequence of points on the page, in pt. Operands are in the units that `matrix`
    leads to the page.
    """

    def __init__(self) -> None:
        self.lines: list[list[Point]] = []

    def move(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        self.lines.append(_points(operands, matrix))

    def line(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        self.lines[-1] += _points(operands, matrix)

    def curve(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        line = self.lines[-1]
        first, second, end = _points(operands, matrix)
        line.extend(curve(line[-1], first, second, end))

    def curve_from_start(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        line = self.lines[-1]
        second, end = _points(operands, matrix)
        line.extend(curve(line[-1], line[-1], second, end))

    def curve_to_end(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        line = self.lines[-1]
        first, end = _points(operands, matrix)
        line.extend(curve(line[-1], first, end, end))

    def close(self, _: Sequence[bytes] = (), __: Matrix | None = None) -> None:
        if self.lines:
            self.lines[-1].append(self.lines[-1][0])

    def rectangle(self, operands: Sequence[bytes], matrix: Matrix) -> None:
        x, y, width, height = map(float, operands)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.lines.append([moved(corner, matrix) for corner in corners])

    def thickness(self, matrix: Matrix) -> float:
        """How thick its lines on the page are, at most, if they are drawn one unit thick before the matrix.

        A matrix that stretches one way more than another makes lines across that way thinner than those along it: the
        pen is an ellipse then, as high across a direction as the matrix's area divided by its length along it.
        """
        a, b, c, d, _, _ = matrix
        most = 0.0
        for line in self.lines:
            for (x1, y1), (x2, y2) in pairwise(line):
                length = hypot(x2 - x1, y2 - y1)
                if length:
                    x, y = (x2 - x1) / length, (y2 - y1) / length
                    most = max(most, hypot(d * x - c * y, a * y - b * x))
        return most or abs(a * d - b * c) ** 0.5


CONSTRUCTION: dict[bytes, Callable[[Path, Sequence[bytes], Matrix], None]] = {
    b"m": Path.move,
    b"l": Path.line,
    b"c": Path.curve,
    b"v": Path.curve_from_start,
    b"y": Path.curve_to_end,
    b"h": Path.close,
    b"re": Path.rectangle,
}
"""The operators that draw a path (table 59)."""


def _points(operands: Sequence[bytes], matrix: Matrix) -> list[Point]:
    values = [float(each) for each in operands]
    return [moved(point, matrix) for point in zip(values[::2], values[1::2], strict=True)]
