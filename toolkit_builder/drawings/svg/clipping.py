"""Clips, and masks that do no more than a clip, as single outlines.

The engine clips by outlines alone: it lets one transform within a clip run on into the next, and lays a mask over
single shapes only. So both become one outline in plain numbers, and what that cannot say (shades, holes) is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.allow_list import INHERITED, SHAPES
from toolkit_builder.drawings.svg.budget import Budget
from toolkit_builder.drawings.svg.matrices import IDENTITY, Matrix, flattens, multiplied, transform
from toolkit_builder.drawings.svg.outlines import PathOutline, rectangle
from toolkit_builder.drawings.svg.shapes import Shapes, Viewport, extent
from toolkit_builder.drawings.svg.styles import Styles, local_address
from toolkit_builder.drawings.svg.survey import Survey, name_of, reference
from toolkit_builder.drawings.svg.values import BLACK, colour, length, share

_NESTED = "has clips or masks within one another; save it with plain shapes"
_SOFT = "has a mask with shades or colours; only masks of plain white are printed: save it with clips or plain shapes"
_HOLES = "has a clip with holes (evenodd); save it with plain shapes"


@dataclass(frozen=True)
class _ClipSurroundings:
    """Where in a clip an element stands."""

    matrix: Matrix
    said: Mapping[str, str]
    mask: str
    """What kind of mask it is in: `luminance` or `alpha`; nothing if it is a clip."""
    depth: int
    using: frozenset[str] = frozenset()


@dataclass
class Clips:
    """The clips that a drawing uses, each written once."""

    seen: Survey
    styles: Styles
    budget: Budget
    shapes: Shapes
    written: dict[str, Element] = field(default_factory=dict)

    def outlines(self, said: Mapping[str, str], viewport: Viewport, depth: int) -> list[PathOutline]:
        """What an element is clipped to by its properties, in its own coordinates. Raises RefusedError."""
        outlines = []
        for name, kind in (("clip-path", "clipPath"), ("mask", "mask")):
            value = said.get(name, "none")
            if value == "none":
                continue
            identifier = local_address(value)
            if not identifier:
                raise refused(f"has a {name} that is no part of it (“{shown(value)}”); save it with plain shapes")
            element = self.seen.target(identifier)
            if name_of(element) != kind:
                raise refused(f"has a {name} that is no <{kind}>; save it again")
            outlines += self._region(element, viewport) if kind == "mask" else []
            outlines.append(self._outline(element, viewport, depth))
        return outlines

    def address(self, outline: PathOutline) -> str:
        """`url(#…)` of the clip to an outline."""
        text = outline.text()
        if text not in self.written:
            self.budget.definition("clips")
            clip = Element("clipPath", {"id": f"c{len(self.written)}"})
            clip.append(Element("path", {"d": text}))
            self.written[text] = clip
        return f"url(#{self.written[text].get('id')})"

    def _outline(self, element: Element, viewport: Viewport, depth: int) -> PathOutline:
        kind = name_of(element)
        said = self.styles.of(element, kind)
        units = element.get("clipPathUnits" if kind == "clipPath" else "maskContentUnits", "userSpaceOnUse")
        if units != "userSpaceOnUse":
            raise refused("has a clip or mask that is measured by what it covers (objectBoundingBox); save it again")
        self._check_plain(said)
        mask = said.get("mask-type", "luminance") if kind == "mask" else ""
        matrix = transform(said.get("transform", "")) if kind == "clipPath" else IDENTITY
        inherited = {name: value for name, value in said.items() if name in INHERITED}
        outline = PathOutline()
        if not flattens(matrix):
            for child in element:
                self._collect(child, _ClipSurroundings(matrix, inherited, mask, depth + 1), viewport, outline)
        return outline

    def _collect(self, element: Element, place: _ClipSurroundings, viewport: Viewport, outline: PathOutline) -> None:
        """Add the outlines of an element, and of those within it, to that of a clip."""
        name = name_of(element)
        if name not in SHAPES and name not in ("g", "use"):
            return
        self.budget.part(place.depth)
        said = self.styles.of(element, name)
        self._check_plain(said)
        matrix = multiplied(place.matrix, transform(said.get("transform", "")))
        if said.get("display") == "none" or flattens(matrix):
            return
        own = {key: value for key, value in said.items() if key in INHERITED and value != "inherit"}
        inner = _ClipSurroundings(matrix, {**place.said, **own}, place.mask, place.depth + 1, place.using)
        if name == "g":
            for child in element:
                self._collect(child, inner, viewport, outline)
        elif name == "use":
            self._use(element, inner, viewport, outline)
        elif inner.said.get("visibility", "visible") == "visible":
            self._add(element, inner, viewport, outline)

    def _use(self, element: Element, place: _ClipSurroundings, viewport: Viewport, outline: PathOutline) -> None:
        identifier = reference(element)
        if identifier in place.using:
            raise refused(f"has a part that uses itself (#{identifier}); save it again")
        x, y = (length(element.get(key, "0"), extent(key, viewport)) for key in ("x", "y"))
        matrix = multiplied(place.matrix, (1, 0, 0, 1, x, y))
        using = place.using | {identifier}
        target = self.seen.target(identifier)
        self._collect(target, _ClipSurroundings(matrix, place.said, place.mask, place.depth, using), viewport, outline)

    def _add(self, element: Element, place: _ClipSurroundings, viewport: Viewport, outline: PathOutline) -> None:
        made = self.shapes.of(element, name_of(element), viewport)
        rule = place.said.get("fill-rule" if place.mask else "clip-rule", "nonzero")
        if place.mask and not _is_plain(place):
            raise refused(_SOFT)
        if made is None:
            return
        if rule == "evenodd" and made[1].subpaths > 1:
            raise refused(_HOLES)
        self.budget.outline(len(made[1].segments), 0)
        outline.segments += made[1].without_arcs().mapped(place.matrix).clockwise().segments

    def _region(self, mask: Element, viewport: Viewport) -> list[PathOutline]:
        """The rectangle beyond which a mask hides everything, where it says one (SVG 1.1, 14.4)."""
        names = ("x", "y", "width", "height")
        is_own = mask.get("maskUnits") == "userSpaceOnUse"
        whole: Viewport = viewport if is_own else (1, 1)
        defaults = ("-10%", "-10%", "120%", "120%")
        values = [
            length(mask.get(name, default), extent(name, whole)) for name, default in zip(names, defaults, strict=True)
        ]
        x, y, width, height = values
        if is_own:
            return [rectangle(x, y, width, height)] if width > 0 and height > 0 else [PathOutline()]
        if x > 0 or y > 0 or x + width < 1 or y + height < 1:
            raise refused("has a mask that is measured by what it covers (objectBoundingBox); save it again")
        return []

    def _check_plain(self, said: Mapping[str, str]) -> None:
        if any(said.get(name, "none") != "none" for name in ("clip-path", "mask")):
            raise refused(_NESTED)
        if share(said.get("opacity", "1")) < 1:
            raise refused(_SOFT)


def _is_plain(place: _ClipSurroundings) -> bool:
    """Whether a shape in a mask lets all through: white, or of any colour where opacity alone counts."""
    said = place.said
    value = said.get("fill", BLACK)
    if said.get("stroke", "none") != "none" or share(said.get("fill-opacity", "1")) < 1 or "url" in value.lower():
        return False
    if value.lower() == "none":
        return False
    shade, alpha = colour(said.get("color", BLACK) if value.lower() == "currentcolor" else value)
    return alpha == 1 and (place.mask == "alpha" or shade == "#ffffff")
