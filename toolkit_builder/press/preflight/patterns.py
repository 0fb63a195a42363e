"""Tiling patterns (ISO 32000-1, 8.7.3): where their tiles lie. Backgrounds that repeat are painted with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product as pairs
from math import ceil, floor
from typing import Any

from toolkit_builder.press.preflight.regions import IDENTITY, Bounds, Matrix, moved, product

MOST_TILES = 60
"""More are not looked at one by one: what is painted is taken for anything from black to white."""


def tiles(pattern: Any, area: Bounds, base: Matrix) -> list[Matrix] | None:
    """The matrix of each tile that meets an area of the page; None if they are not understood, or too many.

    `base` leads from where the pattern is named (a page or a form) to the page.
    """
    if int(pattern.get("/PatternType", 0)) != 1:
        return None
    matrix = product(_matrix(pattern.get("/Matrix", IDENTITY)), base)
    inverse = _inverse(matrix)
    across, down = abs(float(pattern["/XStep"])), abs(float(pattern["/YStep"]))
    if inverse is None or not across or not down:
        return None
    left, bottom, right, top = area
    corners = [moved(corner, inverse) for corner in ((left, bottom), (right, bottom), (right, top), (left, top))]
    box = [float(edge) for edge in pattern["/BBox"]]
    columns = _steps([x for x, _ in corners], box[0], box[2], across)
    rows = _steps([y for _, y in corners], box[1], box[3], down)
    if len(columns) * len(rows) > MOST_TILES:
        return None
    return [product((1, 0, 0, 1, column * across, row * down), matrix) for column, row in pairs(columns, rows)]


def _steps(values: Sequence[float], low: float, high: float, step: float) -> range:
    """Which repetitions of low…high meet what lies between the values."""
    return range(floor((min(values) - high) / step) + 1, ceil((max(values) - low) / step))


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _inverse(matrix: Matrix) -> Matrix | None:
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not size:
        return None
    return d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size
