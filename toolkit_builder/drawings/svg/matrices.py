"""Transforms: read, multiplied, and used on points."""

from __future__ import annotations

import math
import re

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.values import bounded, numbers

Matrix = tuple[float, float, float, float, float, float]
"""SVG 1.1, 7.4: a, b, c, d, e, f; x' = a·x + c·y + e, y' = b·x + d·y + f."""
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_SEPARATORS = re.compile(r"[\s,]*")
_FUNCTION = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
_ARGUMENTS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}


def multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that maps by `inner` first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    values = a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f
    return tuple(bounded(value) for value in values)  # type: ignore[return-value]


def mapped(matrix: Matrix, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def flattens(matrix: Matrix) -> bool:
    """Whether a matrix leaves nothing to be seen: it squeezes the plane to a line or a point (SVG 1.1, 7.4)."""
    a, b, c, d, *_ = matrix
    return abs(a * d - b * c) < 1e-12


def transform(text: str) -> Matrix:
    """SVG 1.1, 7.6. Raises RefusedError for what is none."""
    matrix, place, text = IDENTITY, 0, text.strip().rstrip(",")
    count = 0
    while place < len(text):
        separators = _SEPARATORS.match(text, place)
        place = separators.end() if separators else place
        match = _FUNCTION.match(text, place)
        count += 1
        if match is None or count > 20:
            raise refused(f"has a transform that is not understood: “{shown(text[place:])}”; save it again")
        matrix = multiplied(matrix, _function(match[1], match[2]))
        place = match.end()
    return rounded(matrix)


def rounded(matrix: Matrix) -> Matrix:
    """A matrix as it will be written."""
    a, b, c, d, e, f = (round(part, 9) for part in matrix)
    return a, b, c, d, e, f


def _function(name: str, arguments: str) -> Matrix:
    values = numbers(arguments.replace("px", "").replace("deg", ""), 6)
    if len(values) not in _ARGUMENTS[name]:
        raise refused(f"has a transform that is not understood: “{shown(f'{name}({arguments})')}”; save it again")
    if name == "matrix":
        return tuple(values)  # type: ignore[return-value]
    if name == "translate":
        return (1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
    if name == "scale":
        return (values[0], 0, 0, values[-1], 0, 0)
    angle = math.radians(values[0])
    if name == "rotate":
        turn: Matrix = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0, 0)
        if len(values) == 1:
            return turn
        x, y = values[1:]
        return multiplied(multiplied((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))
    slant = bounded(math.tan(angle))
    return (1, 0, slant, 1, 0, 0) if name == "skewX" else (1, slant, 0, 1, 0, 0)
