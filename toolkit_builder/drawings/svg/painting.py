"""How a shape is painted: its computed properties as the attributes that are written, nothing left to be inherited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.gradients import Gradients, Solid
from toolkit_builder.drawings.svg.shapes import Viewport, extent
from toolkit_builder.drawings.svg.styles import local_address
from toolkit_builder.drawings.svg.values import BLACK, LEAST, colour, length, number, share, written

FAINTEST = 0.001
"""The least opacity that leaves anything to be seen: a quarter of the least step of 8 bits."""
MOST_DASHES = 32
"""Lengths in a pattern of dashes."""


@dataclass(frozen=True)
class ShapePaint:
    """A colour (`#rrggbb`) or gradient (`url(#…)`), and its opacity."""

    value: str
    opacity: float

    @property
    def is_gradient(self) -> bool:
        return self.value.startswith("url")


@dataclass(frozen=True)
class Stroke:
    paint: ShapePaint
    width: float
    dashes: tuple[float, ...]
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Look:
    """What a shape is filled and stroked with; neither, and it is not seen."""

    fill: ShapePaint | None
    is_even_odd: bool
    stroke: Stroke | None

    @property
    def paints(self) -> list[ShapePaint]:
        return [paint for paint in (self.fill, self.stroke.paint if self.stroke else None) if paint]

    def attributes(self, opacity: float = 1) -> dict[str, str]:
        """As attributes. `opacity` is that of the whole shape, if it has but one paint."""
        said = {"fill": self.fill.value if self.fill else "none"}
        if self.fill and self.fill.opacity * opacity < 1:
            said["fill-opacity"] = written(self.fill.opacity * opacity)
        if self.fill and self.is_even_odd:
            said["fill-rule"] = "evenodd"
        if self.stroke:
            said |= {"stroke": self.stroke.paint.value, "stroke-width": written(self.stroke.width)}
            said |= self.stroke.attributes
            if self.stroke.paint.opacity * opacity < 1:
                said["stroke-opacity"] = written(self.stroke.paint.opacity * opacity)
        return said


def look(said: Mapping[str, str], gradients: Gradients, viewport: Viewport) -> Look:
    """The look of a shape from its computed properties. Raises RefusedError."""
    fill = _paint(said, "fill", BLACK, gradients, viewport)
    is_even_odd = said.get("fill-rule", "nonzero") == "evenodd"
    return Look(fill, is_even_odd, _stroke(said, gradients, viewport))


def _paint(
    said: Mapping[str, str], name: str, default: str, gradients: Gradients, viewport: Viewport
) -> ShapePaint | None:
    value = said.get(name, default)
    opacity = share(said.get(f"{name}-opacity", "1"))
    if value.lower() in ("none", "transparent", "") or opacity < FAINTEST:
        return None
    identifier = local_address(value)
    if identifier:
        made = gradients.paint(identifier, viewport)
        if isinstance(made, Solid):
            return _seen(ShapePaint(made.colour, made.opacity * opacity))
        return ShapePaint(made, opacity) if made else None
    shade, alpha = colour(said.get("color", BLACK) if value.lower() == "currentcolor" else value)
    return _seen(ShapePaint(shade, alpha * opacity))


def _seen(paint: ShapePaint) -> ShapePaint | None:
    return paint if paint.opacity >= FAINTEST else None


def _stroke(said: Mapping[str, str], gradients: Gradients, viewport: Viewport) -> Stroke | None:
    paint = _paint(said, "stroke", "none", gradients, viewport)
    width = length(said.get("stroke-width", "1"), extent("r", viewport))
    if width < 0:
        raise refused("has a stroke of a negative width; save it again")
    if paint is None or width < LEAST:
        return None
    attributes = {}
    for name, allowed in (("stroke-linecap", ("round", "square")), ("stroke-linejoin", ("round", "bevel"))):
        if said.get(name) in allowed:
            attributes[name] = said[name]
    miter = number(said.get("stroke-miterlimit", "4"))
    if miter >= 1 and miter != 4:  # 4 is what SVG begins with; less than 1 is a mistake (SVG 1.1, 11.4)
        attributes["stroke-miterlimit"] = written(miter)
    dashes = _dashes(said, viewport)
    if dashes:
        attributes["stroke-dasharray"] = written(*dashes)
        offset = length(said.get("stroke-dashoffset", "0"), extent("r", viewport))
        if offset:
            attributes["stroke-dashoffset"] = written(offset % (sum(dashes) * 2))
    return Stroke(paint, width, dashes, attributes)


def _dashes(said: Mapping[str, str], viewport: Viewport) -> tuple[float, ...]:
    """The pattern of dashes; none if it is all gaps, or has negative lengths (SVG 1.1, 11.4)."""
    value = said.get("stroke-dasharray", "none")
    if value == "none":
        return ()
    pieces = value.replace(",", " ").split()
    if len(pieces) > MOST_DASHES:
        raise refused(f"has a pattern of more than {MOST_DASHES} dashes (“{shown(value)}”); simplify it")
    lengths = tuple(length(piece, extent("r", viewport)) for piece in pieces)
    return lengths if sum(lengths) > 0 and min(lengths) >= 0 else ()
