"""Shapes: the element that is written for one, and its outline."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from toolkit_builder.drawings.svg.outlines import PathOutline, ellipse, line, rectangle
from toolkit_builder.drawings.svg.path_data import path, polygon
from toolkit_builder.drawings.svg.values import LEAST, length, written

Viewport = tuple[float, float]
"""What percentages are of: width and height, in user units."""
_ACROSS = frozenset(("x", "x1", "x2", "cx", "rx", "width"))
_DOWN = frozenset(("y", "y1", "y2", "cy", "ry", "height"))


def extent(attribute: str, viewport: Viewport) -> float:
    """What 100 % are for an attribute (SVG 1.1, 7.10)."""
    if attribute in _ACROSS:
        return viewport[0]
    return viewport[1] if attribute in _DOWN else math.hypot(*viewport) / math.sqrt(2)


@dataclass
class Shapes:
    """The shapes of a drawing, each read once however often it is used."""

    read: dict[tuple[Element, Viewport], tuple[Element, PathOutline] | None] = field(default_factory=dict)

    def of(self, element: Element, name: str, viewport: Viewport) -> tuple[Element, PathOutline] | None:
        """A new element to be written for a shape, and its outline; None if it draws nothing. Raises RefusedError."""
        key = (element, viewport)
        if key not in self.read:
            self.read[key] = _shape(name, element.attrib, viewport)
        made = self.read[key]
        return made and (Element(made[0].tag, made[0].attrib), made[1])


def _shape(name: str, attributes: Mapping[str, str], viewport: Viewport) -> tuple[Element, PathOutline] | None:

    def measure(attribute: str, default: str = "0") -> float:
        return length(attributes.get(attribute, default), extent(attribute, viewport))

    if name == "rect":
        return _rectangle(attributes, viewport)
    if name in ("circle", "ellipse"):
        cx, cy = measure("cx"), measure("cy")
        rx, ry = (measure("r"), measure("r")) if name == "circle" else (measure("rx"), measure("ry"))
        if min(rx, ry) < LEAST:
            return None
        radii = {"r": written(rx)} if name == "circle" else {"rx": written(rx), "ry": written(ry)}
        return Element(name, {"cx": written(cx), "cy": written(cy), **radii}), ellipse(cx, cy, rx, ry)
    if name == "line":
        outline = line(measure)
    elif name == "path":
        outline = path(attributes.get("d", ""))
    else:
        outline = polygon(attributes.get("points", ""), is_closed=name == "polygon")
    if all(letter in "MZ" for letter, _ in outline.segments):
        return None
    return Element("path", {"d": outline.text()}), outline


def _rectangle(attributes: Mapping[str, str], viewport: Viewport) -> tuple[Element, PathOutline] | None:
    def measure(attribute: str) -> float | None:
        said = attributes.get(attribute, "auto").strip()
        return None if said == "auto" else length(said, extent(attribute, viewport))

    x, y, width, height, rx, ry = (measure(key) for key in ("x", "y", "width", "height", "rx", "ry"))
    if not width or not height or min(width, height) < LEAST:
        return None
    rx, ry = (rx if rx is not None else ry), (ry if ry is not None else rx)  # SVG 1.1, 9.2
    rx, ry = min(max(rx or 0, 0), width / 2), min(max(ry or 0, 0), height / 2)
    said = {"x": x or 0, "y": y or 0, "width": width, "height": height}
    round_corners = {"rx": rx, "ry": ry} if min(rx, ry) >= LEAST else {}
    element = Element("rect", {key: written(value) for key, value in {**said, **round_corners}.items()})
    return element, rectangle(x or 0, y or 0, width, height, rx, ry)
