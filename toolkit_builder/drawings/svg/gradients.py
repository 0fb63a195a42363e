"""Gradients, resolved: what one takes from another by `href` is copied, numbers are plain, stops follow one another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.allow_list import GRADIENTS
from toolkit_builder.drawings.svg.matrices import IDENTITY, Matrix, flattens, transform
from toolkit_builder.drawings.svg.styles import Styles
from toolkit_builder.drawings.svg.survey import Survey, name_of, reference
from toolkit_builder.drawings.svg.values import BLACK, colour, length, share, written

MOST_STOPS = 100
DEEPEST = 10
"""Gradients that take from one another."""
_STEP = 0.0001
"""Between stops that stand at one place: PDF's functions are of stretches (ISO 32000-1, 7.10.4), not of points."""


@dataclass(frozen=True)
class Solid:
    """What a gradient comes to if it has one colour only: `#rrggbb` and an opacity."""

    colour: str
    opacity: float


@dataclass
class Gradients:
    """The gradients that a drawing uses, each written once for all that use it alike."""

    seen: Survey
    styles: Styles
    written: dict[tuple[str, float, float], Element] = field(default_factory=dict)

    def paint(self, identifier: str, viewport: tuple[float, float]) -> str | Solid | None:
        """`url(#…)` of a gradient as it is written, or the one colour that it comes to, or None: nothing.

        `viewport` is what percentages are of where the gradient has the drawing's own units. Raises RefusedError.
        """
        chain = self._chain(identifier)
        attributes: dict[str, str] = {}
        for element in chain:
            attributes = {**element.attrib, **attributes}
        stops = next((stops for stops in map(self._stops, chain) if stops), [])
        matrix = transform(attributes.get("gradientTransform", ""))
        if not stops or all(stop.opacity == 0 for _, stop in stops) or flattens(matrix):
            return None
        is_own = attributes.get("gradientUnits") == "userSpaceOnUse"
        if attributes.get("spreadMethod", "pad").strip() != "pad":
            raise refused("has a gradient that repeats (spreadMethod); save it with one that does not")
        wide, high = viewport if is_own else (1.0, 1.0)
        made = self.written.get((identifier, wide, high))
        if made is None:
            made = _gradient(name_of(chain[0]), attributes, stops, (wide, high))
            if made is None or len(stops) == 1:
                return stops[-1][1]
            self.styles.budget.definition("gradients")
            made.set("id", f"g{len(self.written)}")
            if matrix != IDENTITY:
                made.set("gradientTransform", _matrix(matrix))
            if is_own:
                made.set("gradientUnits", "userSpaceOnUse")
            self.written[(identifier, wide, high)] = made
        return f"url(#{made.get('id')})"

    def _chain(self, identifier: str) -> list[Element]:
        chain: list[Element] = []
        while identifier:
            element = self.seen.target(identifier)
            if name_of(element) not in GRADIENTS:
                raise refused(f"paints with a <{name_of(element)}>; only colours and gradients are printed")
            if element in chain or len(chain) == DEEPEST:
                raise refused("has a gradient that refers to itself; save it again")
            chain.append(element)
            identifier = reference(element)
        return chain

    def _stops(self, gradient: Element) -> list[tuple[float, Solid]]:
        stops: list[tuple[float, Solid]] = []
        for element in gradient:
            if name_of(element) != "stop":
                continue
            said = self.styles.of(element, "stop")
            value = said.get("stop-color", BLACK)
            shade, alpha = colour(said.get("color", BLACK) if value.lower() == "currentcolor" else value)
            place = max(share(element.get("offset", "0")), stops[-1][0] if stops else 0.0)
            stops.append((place, Solid(shade, alpha * share(said.get("stop-opacity", "1")))))
            if len(stops) > MOST_STOPS:
                raise refused(f"has a gradient of more than {MOST_STOPS} colours; simplify it")
        return stops


def _gradient(
    name: str, attributes: Mapping[str, str], stops: list[tuple[float, Solid]], whole: tuple[float, float]
) -> Element | None:
    """The element of a gradient; None if it has no extent, and is all of its last colour (SVG 1.1, 13.2.2, 13.2.3)."""
    wide, high = whole
    diagonal = math.hypot(wide, high) / math.sqrt(2)
    if name == "linearGradient":
        measures = {"x1": ("0%", wide), "y1": ("0%", high), "x2": ("100%", wide), "y2": ("0%", high)}
    else:
        measures = {"cx": ("50%", wide), "cy": ("50%", high), "r": ("50%", diagonal), "fr": ("0%", diagonal)}
    values = {key: length(attributes.get(key, default), extent) for key, (default, extent) in measures.items()}
    if name == "radialGradient":
        values["fx"] = length(attributes["fx"], wide) if "fx" in attributes else values["cx"]
        values["fy"] = length(attributes["fy"], high) if "fy" in attributes else values["cy"]
        if values["r"] <= 1e-6 or not 0 <= values["fr"] < values["r"]:
            return None
        _draw_focus_in(values)
    elif math.dist((values["x1"], values["y1"]), (values["x2"], values["y2"])) <= 1e-6:
        return None
    element = Element(name, {key: written(value) for key, value in values.items()})
    for place, stop in _in_steps(stops):
        said = {"offset": written(place), "stop-color": stop.colour}
        opacity = {} if stop.opacity == 1 else {"stop-opacity": written(stop.opacity)}
        element.append(Element("stop", {**said, **opacity}))
    return element


def _draw_focus_in(values: dict[str, float]) -> None:
    """The focus lies within the circle (SVG 1.1, 13.2.3): beyond it PDF would draw a cone."""
    dx, dy = values["fx"] - values["cx"], values["fy"] - values["cy"]
    most = (values["r"] - values["fr"]) * 0.99
    distance = math.hypot(dx, dy)
    if distance > most:
        values["fx"] = values["cx"] + dx / distance * most
        values["fy"] = values["cy"] + dy / distance * most


def _in_steps(stops: list[tuple[float, Solid]]) -> list[tuple[float, Solid]]:
    """Stops at places that grow by a step at least, the last of them at 1 or before."""
    places: list[float] = []
    for place, _ in stops:
        places.append(max(place, places[-1] + _STEP) if places else place)
    for n in reversed(range(len(places))):
        most = 1 - _STEP * (len(places) - 1 - n)
        places[n] = min(places[n], most)
    return [(place, stop) for place, (_, stop) in zip(places, stops, strict=True)]


def _matrix(matrix: Matrix) -> str:
    return f"matrix({written(*matrix)})"
