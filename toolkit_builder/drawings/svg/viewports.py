"""The size of a drawing, and how drawings within it fit into their windows."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.matrices import Matrix, rounded
from toolkit_builder.drawings.svg.shapes import Viewport, extent
from toolkit_builder.drawings.svg.values import length, numbers

ViewBox = tuple[float, float, float, float]
"""Left, top, width, height."""
LEAST = 0.01
"""The least width or height: numbers are written to a billionth of a unit."""
_SIDES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


@dataclass(frozen=True)
class Fitting:
    """Where a window stands and how large it is, the matrix of what is in it, and what percentages are of there."""

    corner: tuple[float, float]
    size: tuple[float, float]
    matrix: Matrix
    viewport: Viewport


def size_of_drawing(root: Element) -> ViewBox:
    """The part of the plane that a drawing shows: its viewBox, otherwise its width and height.

    Its proportions are those that it is printed in. Raises RefusedError if it says neither.
    """
    try:
        box = _view_box(root)
        if box is None:
            box = (0, 0, length(root.get("width", "0"), 0), length(root.get("height", "0"), 0))
    except RefusedError:
        box = (0, 0, 0, 0)
    if min(box[2:]) < LEAST:
        raise refused("does not say how large it is; give it a viewBox")
    if not 0.1 <= box[2] / box[3] <= 10:
        raise refused(f"is {box[2]:g} × {box[3]:g}, too long and narrow to be printed")
    return box


def fitting(element: Element, used_by: Element | None, viewport: Viewport) -> Fitting | None:
    """How an `<svg>` or `<symbol>` within a drawing stands there; None if it has no size. Raises RefusedError."""
    said = dict(element.attrib)
    if used_by is not None:
        said.update({name: used_by.attrib[name] for name in ("width", "height") if name in used_by.attrib})
    x, y, width, height = (
        length(said.get(name, default), extent(name, viewport))
        for name, default in (("x", "0"), ("y", "0"), ("width", "100%"), ("height", "100%"))
    )
    box = _view_box(element)
    if width <= 0 or height <= 0 or (box is not None and min(box[2:]) < LEAST):
        return None
    if box is None:
        return Fitting((x, y), (width, height), (1, 0, 0, 1, 0, 0), (width, height))
    matrix = _fitted(box, (width, height), said.get("preserveAspectRatio", "xMidYMid"))
    return Fitting((x, y), (width, height), matrix, (box[2], box[3]))


def _view_box(element: Element) -> ViewBox | None:
    if not element.get("viewBox", "").strip():
        return None
    values = numbers(element.get("viewBox", ""), 4)
    if len(values) != 4:
        raise refused("has a viewBox of other than four numbers; save it again")
    return values[0], values[1], values[2], values[3]


def _fitted(box: ViewBox, size: tuple[float, float], aspect: str) -> Matrix:
    """The matrix of a viewBox in a window (SVG 1.1, 7.8)."""
    words = [word for word in aspect.split() if word != "defer"] or ["xMidYMid"]
    across, down = size[0] / box[2], size[1] / box[3]
    if words[0] == "none":
        return rounded((across, 0, 0, down, -box[0] * across, -box[1] * down))
    scale = max(across, down) if "slice" in words else min(across, down)
    left = (size[0] - box[2] * scale) * _SIDES.get(words[0][1:4], 0.5)
    top = (size[1] - box[3] * scale) * _SIDES.get(words[0][5:8], 0.5)
    return rounded((scale, 0, 0, scale, left - box[0] * scale, top - box[1] * scale))
