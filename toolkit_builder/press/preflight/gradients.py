"""Gradients (shadings, ISO 32000-1, 8.7.4.5): which colours they have where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from toolkit_builder.press.preflight.colours import Colour
from toolkit_builder.press.preflight.regions import Point
from toolkit_builder.press.preflight.resources import Resources

AXIAL = 2
FAR = 20_000.0
"""In the gradient's own units (pt or pixels): further than any page reaches."""


@dataclass(frozen=True)
class Band:
    """A part of a gradient: its outline, and the colours that it goes between."""

    outline: Sequence[Point]
    colours: tuple[Colour, ...]


def bands(shading: Any, resources: Resources) -> list[Band]:
    """An axial gradient in parts, each as wide as the plane; empty for any other, and if it is not understood."""
    function = resources.resolved(shading.get("/Function"))
    if int(shading.get("/ShadingType", 0)) != AXIAL or function is None:
        return []
    x0, y0, x1, y1 = (float(value) for value in shading["/Coords"])
    if hypot(x1 - x0, y1 - y0) == 0:
        return []
    stops = [float(value) for value in function.get("/Bounds", ())]
    domain = [float(value) for value in function.get("/Domain", (0, 1))]
    parts = function.get("/Functions", [function])
    edges = [domain[0], *stops, domain[1]]
    if len(edges) != len(parts) + 1:
        return []
    before, after = _extended(shading)
    found = []
    for at, ((start, end), part) in enumerate(zip(pairwise(edges), parts, strict=True)):
        colours = tuple(dict.fromkeys(_colours(resources.resolved(part), resources)))
        if not colours:
            return []
        low = -FAR if at == 0 and before else start
        high = FAR if at == len(parts) - 1 and after else end
        if high > low:
            found.append(Band(_slab((x0, y0), (x1, y1), domain, low, high), colours))
    return found


def _extended(shading: Any) -> tuple[bool, bool]:
    before, after = shading.get("/Extend", (False, False))
    return bool(before), bool(after)


def _slab(start: Point, end: Point, domain: Sequence[float], low: float, high: float) -> list[Point]:
    """What lies between two values of the gradient's variable, as wide as the plane."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    across = (-dy / length * FAR, dx / length * FAR)

    def along(value: float) -> Point:
        part = (value - domain[0]) / (domain[1] - domain[0] or 1)
        part = max(-FAR / length, min(FAR / length, part))
        return start[0] + dx * part, start[1] + dy * part

    near, far = along(low), along(high)
    return [
        (near[0] + across[0], near[1] + across[1]),
        (far[0] + across[0], far[1] + across[1]),
        (far[0] - across[0], far[1] - across[1]),
        (near[0] - across[0], near[1] - across[1]),
    ]


def colours_of_shading(shading: Any, resources: Resources) -> tuple[Colour, ...]:
    """All colours that a gradient goes between; none if they are not understood."""
    return tuple(dict.fromkeys(_colours(resources.resolved(shading.get("/Function")), resources)))


def _colours(function: Any, resources: Resources) -> Iterator[Colour]:
    if function is None:
        return
    if "/Functions" in function:
        for part in function["/Functions"]:
            yield from _colours(resources.resolved(part), resources)
        return
    for end in ("/C0", "/C1"):
        values = [float(value) for value in function.get(end, ())]
        if len(values) == 1:
            yield (values[0], values[0], values[0])
        elif len(values) == 3:
            yield (values[0], values[1], values[2])
