"""The walk over a drawing: for each element that is drawn, what is written in its place.

Plain shapes in groups come of it: a group has a matrix, an opacity or a clip, or is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.allow_list import (
    CONTAINERS,
    DOUBTFUL_PROPERTIES,
    INHERITED,
    REFUSED_PROPERTIES,
    SHAPES,
)
from toolkit_builder.drawings.svg.budget import Budget
from toolkit_builder.drawings.svg.clipping import Clips
from toolkit_builder.drawings.svg.gradients import Gradients
from toolkit_builder.drawings.svg.matrices import IDENTITY, Matrix, flattens, multiplied, transform
from toolkit_builder.drawings.svg.outlines import PathOutline, rectangle
from toolkit_builder.drawings.svg.painting import FAINTEST, look
from toolkit_builder.drawings.svg.shapes import Viewport, extent
from toolkit_builder.drawings.svg.styles import Styles
from toolkit_builder.drawings.svg.survey import Survey, name_of, reference
from toolkit_builder.drawings.svg.values import length, share, written
from toolkit_builder.drawings.svg.viewports import ViewBox, fitting
from toolkit_builder.drawings.svg.windows import Window, around, common, has_room, is_seen


@dataclass(frozen=True)
class _Inherited:
    """Where an element stands: what it inherits, what its percentages are of, where it is on the drawing, what of the
    drawing can be seen there, how deep it is, how many opacities lie over it and what they come to, how many groups
    that are written are around it, and which parts are being used.
    """

    said: Mapping[str, str]
    viewport: Viewport
    matrix: Matrix
    window: Window
    depth: int = 0
    opacities: int = 0
    opacity: float = 1
    groups: int = 0
    using: frozenset[str] = frozenset()

    def moved(self, matrix: Matrix) -> _Inherited:
        return replace(self, matrix=multiplied(self.matrix, matrix))

    def clipped(self, outline: PathOutline) -> _Inherited:
        return replace(self, window=common(self.window, around(outline.points(self.matrix))))


@dataclass
class Builder:
    """Builds a drawing anew. `is_seen`: whether any of it would be; `doubts`: what is not drawn as it was meant."""

    seen: Survey
    styles: Styles
    budget: Budget
    gradients: Gradients
    clips: Clips
    doubts: set[str] = field(default_factory=set)
    is_seen: bool = False

    def drawn(self, root: Element, box: ViewBox) -> list[Element]:
        """The parts of the whole drawing."""
        window = (box[0], box[1], box[0] + box[2], box[1] + box[3])
        return self._part(root, _Inherited({}, (box[2], box[3]), IDENTITY, window), is_group=True)

    def _part(
        self, element: Element, place: _Inherited, used_by: Element | None = None, *, is_group: bool = False
    ) -> list[Element]:
        """What is written for an element, with all that is in it; nothing if nothing of it is drawn."""
        name = "g" if is_group else name_of(element)
        if name not in SHAPES | CONTAINERS or (name == "symbol" and used_by is None):
            return []
        self.budget.part(place.depth)
        self.budget.nested(place.groups, place.opacities)
        said = self.styles.of(element, name_of(element))
        self._check(said)
        matrix, opacity = transform(said.get("transform", "")), share(said.get("opacity", "1"))
        if said.get("display") == "none" or opacity < FAINTEST or flattens(matrix):
            return []
        if place.opacity * opacity < FAINTEST:
            return []
        inner = self._inside(place, said, matrix)
        outlines = self.clips.outlines(said, place.viewport, place.depth)
        for outline in outlines:
            inner = inner.clipped(outline)
        if not has_room(inner.window):
            return []
        if name in SHAPES:
            parts, opacity = self._shape(element, name, inner, opacity)
        else:
            groups = max(len(outlines), int(matrix != IDENTITY or opacity < 1))
            inner = replace(
                inner,
                opacities=inner.opacities + (opacity < 1),
                opacity=inner.opacity * opacity,
                groups=inner.groups + groups,
            )
            parts = self._container(element, name, inner, said, used_by)
        return self._grouped(parts, matrix, opacity, outlines)

    def _inside(self, place: _Inherited, said: Mapping[str, str], matrix: Matrix) -> _Inherited:
        own = {name: value for name, value in said.items() if name in INHERITED and value != "inherit"}
        return replace(place.moved(matrix), said={**place.said, **own}, depth=place.depth + 1)

    def _check(self, said: Mapping[str, str]) -> None:
        for name, what in REFUSED_PROPERTIES.items():
            if said.get(name, "none") != "none":
                raise refused(f"has {what}")
        for name, (nothing, what) in DOUBTFUL_PROPERTIES.items():
            if said.get(name, nothing).split()[:1] not in ([word] for word in nothing.split()):
                self.doubts.add(what)

    def _shape(self, element: Element, name: str, place: _Inherited, opacity: float) -> tuple[list[Element], float]:
        """A shape, and the opacity that is still to be laid over it: over a single paint it is the paint's."""
        made = self.clips.shapes.of(element, name, place.viewport)
        if made is None or place.said.get("visibility", "visible") != "visible":
            return [], 1
        painted, outline = look(place.said, self.gradients, place.viewport), made[1]
        paints = painted.paints
        if not paints or (len(paints) == 1 and paints[0].opacity * opacity < FAINTEST):
            return [], 1
        alone = opacity if len(paints) == 1 else 1.0
        remaining = 1.0 if len(paints) == 1 else opacity
        gradients = sum(paint.is_gradient for paint in paints)
        self.budget.outline(len(outline.segments), place.opacities + gradients + (remaining < 1))
        if painted.stroke and painted.stroke.dashes:
            self.budget.dashes(outline.length() / sum(painted.stroke.dashes) * len(painted.stroke.dashes))
        self.is_seen = self.is_seen or is_seen(outline, painted, place.matrix, place.window)
        made[0].attrib.update(painted.attributes(alone))
        return [made[0]], remaining

    def _container(
        self, element: Element, name: str, place: _Inherited, said: Mapping[str, str], used_by: Element | None
    ) -> list[Element]:
        if name == "use":
            return self._use(element, place)
        if name in ("svg", "symbol"):
            return self._viewport(element, place, said, used_by)
        return [part for child in element for part in self._part(child, place)]

    def _use(self, element: Element, place: _Inherited) -> list[Element]:
        identifier = reference(element)
        if not identifier:
            return []
        if identifier in place.using:
            raise refused(f"has a part that uses itself (#{identifier}); save it again")
        target = self.seen.target(identifier)
        if name_of(target) not in SHAPES | CONTAINERS:
            raise refused(f"uses a <{name_of(target)}> where a shape belongs; save it again")
        x, y = (length(element.get(key, "0"), extent(key, place.viewport)) for key in ("x", "y"))
        move: Matrix = (1, 0, 0, 1, x, y)
        groups = place.groups + (move != IDENTITY)
        inner = replace(place.moved(move), using=place.using | {identifier}, groups=groups)
        return self._grouped(self._part(target, inner, element), move, 1, [])

    def _viewport(
        self, element: Element, place: _Inherited, said: Mapping[str, str], used_by: Element | None
    ) -> list[Element]:
        """An `<svg>` within the drawing, or a `<symbol>`: a window of its own (SVG 1.1, 7.9; its size may be said by
        what uses it, 5.6).
        """
        fitted = fitting(element, used_by, place.viewport)
        if fitted is None:
            return []
        frame = [] if said.get("overflow", "hidden") in ("visible", "auto") else [rectangle(0, 0, *fitted.size)]
        inner = place.moved((1, 0, 0, 1, *fitted.corner))
        for outline in frame:
            inner = inner.clipped(outline)
        if not has_room(inner.window):
            return []
        inner = replace(inner.moved(fitted.matrix), viewport=fitted.viewport, groups=inner.groups + 2)
        parts = [part for child in element for part in self._part(child, inner)]
        within = self._grouped(parts, fitted.matrix, 1, [])
        return self._grouped(within, (1, 0, 0, 1, *fitted.corner), 1, frame)

    def _grouped(
        self, parts: list[Element], matrix: Matrix, opacity: float, outlines: Iterable[PathOutline]
    ) -> list[Element]:
        """Parts in a group with what goes for all of them; as they are if nothing does."""
        if not parts:
            return []
        addresses = [self.clips.address(outline) for outline in reversed(list(outlines))]  # the innermost first
        for address in addresses[:-1]:
            parts = [with_children(Element("g", {"clip-path": address}), parts)]
        said = {"clip-path": addresses[-1]} if addresses else {}
        if opacity < 1:
            said["opacity"] = written(opacity)
        if matrix != IDENTITY:
            said["transform"] = f"matrix({written(*matrix)})"
        return [with_children(Element("g", said), parts)] if said else parts


def with_children(element: Element, children: Iterable[Element]) -> Element:
    element.extend(children)
    return element
