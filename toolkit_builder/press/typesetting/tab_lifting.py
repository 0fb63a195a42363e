"""Thumb tabs are lifted out of laid-out pages, as page numbers are: which edge is the outer one is known when a page
has its place in a document.

A tab is an element with `data-tab`: a rectangle in its background colour, framed by its border, and in its content box,
in its colour, a shape. The attribute has the corners of the shape in a square of 100 by 100, as the points of a polygon
in SVG (`50,0 100,50 50,100 0,50`); without corners it is a circle.
"""

from __future__ import annotations

import math

from weasyprint.document import Page

from toolkit_builder.press.pdf.writer import format_number
from toolkit_builder.press.plates.plate import PlateError, ThumbTab
from toolkit_builder.press.typesetting.page_boxes import POINTS_PER_PIXEL
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, PixelBox, page_box

Colour = tuple[float, float, float]
Point = tuple[float, float]

CURVED = 4 / 3 * (math.sqrt(2) - 1)
"""How far the handles of a quarter of a circle reach, of its radius."""


def lift_tab(page: Page) -> ThumbTab | None:
    """Take the tab of a page out of its boxes, and say how it stood there; of several, the last is kept.

    Raises PlateError if its shape is no polygon.
    """
    lifted = None
    for parent in page_box(page).with_descendants():
        for box in parent.children:
            if box.is_of_element and box.element is not None and box.element.get("data-tab") is not None:
                lifted = _tab(page, box, box.element.get("data-tab", ""))
                parent.remove(box)
    return lifted


def _tab(page: Page, box: LayoutBox, corners: str) -> ThumbTab:
    left, top, width, height = (edge * POINTS_PER_PIXEL for edge in box.border_edge())
    radius, line = box.corner_radius * POINTS_PER_PIXEL, box.frame_width * POINTS_PER_PIXEL
    drawing = b""
    if box.background_colour:
        drawing += b"%s rg\n%s\nf\n" % (_numbers(*box.background_colour), _rounded((0, 0, width, height), radius))
    if line:
        frame = _rounded((line / 2, line / 2, width - line, height - line), max(0, radius - line / 2))
        drawing += b"%s RG\n%s w\n%s\nS\n" % (_numbers(*box.frame_colour), _numbers(line), frame)
    outline = _outline(corners, _square(box, left, top, height))
    drawing += b"%s rg\n%s\nf\n" % (_numbers(*box.colour), outline)
    return ThumbTab(left, page.height * POINTS_PER_PIXEL - top - height, width, drawing)


def _square(box: LayoutBox, left: float, top: float, height: float) -> PixelBox:
    """The square in the middle of a tab's content box: left, bottom, width and height in pt, from the left and the
    bottom of the tab.
    """
    x, y, wide, high = (edge * POINTS_PER_PIXEL for edge in box.content_edge())
    side = min(wide, high)
    return x - left + (wide - side) / 2, height - (y - top) - (high + side) / 2, side, side


def _outline(corners: str, square: PixelBox) -> bytes:
    """A closed path: lines from corner to corner, or a circle."""
    left, bottom, side, _ = square
    try:
        points = [_point(corner) for corner in corners.split()]
    except ValueError:
        raise PlateError(f"the shape of a tab is “{corners}”, and no polygon: 0,0 100,0 50,100") from None
    if not points:
        return _rounded(square, side / 2)
    placed = [_numbers(left + x / 100 * side, bottom + (1 - y / 100) * side) for x, y in points]
    return placed[0] + b" m\n" + b"".join(point + b" l\n" for point in placed[1:]) + b"h"


def _point(corner: str) -> Point:
    x, y = corner.split(",")
    return float(x), float(y)


def _rounded(rectangle: PixelBox, radius: float) -> bytes:
    """A rectangle (left, bottom, width and height) whose corners are quarters of a circle, from the left of its foot
    on; a circle if there is nothing between them.
    """
    left, bottom, width, height = rectangle
    right, top, short = left + width, bottom + height, radius * (1 - CURVED)
    path = _numbers(left + radius, bottom) + b" m\n"
    for (x, y), (across, up) in zip(
        ((right, bottom), (right, top), (left, top), (left, bottom)), ((1, 0), (0, 1), (-1, 0), (0, -1)), strict=True
    ):
        # Along one edge towards the corner at x, y, and from there along the next, a quarter turn to the left.
        path += _numbers(x - across * radius, y - up * radius) + b" l\n"
        first, second = (x - across * short, y - up * short), (x - up * short, y + across * short)
        path += _numbers(*first, *second, x - up * radius, y + across * radius) + b" c\n"
    return path + b"h"


def _numbers(*numbers: float) -> bytes:
    return b" ".join(map(format_number, numbers))
