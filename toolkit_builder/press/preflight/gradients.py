"""The colours of gradients (shadings, ISO 32000-1, 8.7.4.5): those at the ends of each of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_builder.press.preflight.colours import Colour
from toolkit_builder.press.preflight.resources import Resources


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
        values = [float(each) for each in function.get(end, ())]
        if len(values) == 1:
            yield (values[0], values[0], values[0])
        elif len(values) == 3:
            yield (values[0], values[1], values[2])
