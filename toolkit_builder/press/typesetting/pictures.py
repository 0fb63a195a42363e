"""The pictures of a laid-out page: elements of their own, and backgrounds; and those that its HTML names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit_builder.press.geometry import Picture, Rectangle, TextPlace
from toolkit_builder.press.plates.draft import NOWHERE
from toolkit_builder.press.preflight.html_checks import address_of_picture
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, PixelBox

MM_PER_PIXEL = 25.4 / 96


@dataclass(frozen=True)
class _Enclosing:
    place: TextPlace = NOWHERE
    within: tuple[int, ...] = ()
    may_overlap: bool = False


def pictures_of(page: LayoutBox) -> list[Picture]:
    """The pictures of a page, in the order of its boxes."""
    return list(_pictures(page, _Enclosing()))


def _pictures(box: LayoutBox, around: _Enclosing) -> Iterator[Picture]:
    element = None if box.is_page else box.element
    if element is not None and box.is_of_element:
        around = _entered(element, around)
        here = (around.place, address_of_picture(element))
        over = around.within, around.may_overlap
        if box.is_replaced:
            yield Picture(*here, _rectangle(box.content_edge()), True, *over, False)
        elif box.is_visible:
            named = bool(here[1])
            for edge in box.background_pictures:
                yield Picture(*here, _rectangle(edge), named, *over, True)
    if not box.is_text:
        for child in box.children:
            yield from _pictures(child, around)


def _entered(element: Element, around: _Enclosing) -> _Enclosing:
    place = around.place
    if element.get("data-leaf") or element.get("lang"):
        place = TextPlace(element.get("data-leaf") or place.leaf, "", element.get("lang") or place.language)
    over = around.may_overlap or element.get("data-over") is not None
    return _Enclosing(place, (*around.within, id(element)), over)


def _rectangle(edge: PixelBox) -> Rectangle:
    left, top, width, height = edge
    return Rectangle(*(value * MM_PER_PIXEL for value in (left, top, left + width, top + height)))
