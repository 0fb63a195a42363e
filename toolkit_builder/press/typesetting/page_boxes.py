"""From the engine's boxes to geometry: which texts and boxes a page has, where, and what leaf, key, language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.document import Page

from toolkit_builder.press.geometry import Box, LiftedBox, PageGeometry, Rectangle, TextPlace, TextRun
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, PixelBox, page_box

MM_PER_PIXEL = 25.4 / 96
POINTS_PER_PIXEL = 72 / 96
ASCENDER, DESCENDER = 0.74, 0.22
"""Room above and below the baseline that ink takes, in em (Source Sans 3: ascender 0.73, descender 0.21)."""
_ATTRIBUTES = (("data-leaf", "leaf"), ("data-key", "key"), ("lang", "language"), ("data-language", "printed"))
"""What layouts write on elements, and what it says of the text within them."""
_NOWHERE = Rectangle(0, 0, 0, 0)


@dataclass(frozen=True)
class _Surroundings:
    """What surrounds a box: the leaf and text it belongs to, the frames around it, the block that it stands in."""

    leaf: str = ""
    key: str = ""
    language: str = ""
    printed: str = ""
    frames: tuple[Rectangle, ...] = ()
    column: Rectangle = _NOWHERE
    block: int = 0
    bleed: bool = False
    lifted: frozenset[int] = frozenset()

    @property
    def place(self) -> TextPlace:
        return TextPlace(self.leaf, self.key, self.language, self.printed)


def page_geometry(number: int, page: Page, parents: Mapping[Element, Element]) -> PageGeometry:
    """The geometry of a page, which is the `number`th of its document. `parents`: of each element of its HTML.

    What was placed and runs over the end of its page, goes on in a box of the next page itself: its leaf is then
    known by its element alone.
    """
    size = Rectangle(0, 0, page.width * MM_PER_PIXEL, page.height * MM_PER_PIXEL)
    walk = _Walk(parents, size, page.bleed["left"] * MM_PER_PIXEL)
    walk.visit(page_box(page), _Surroundings(frames=(size,), column=size))
    return PageGeometry(
        number,
        walk.leaf,
        size,
        tuple(walk.texts),
        tuple(walk.boxes),
        tuple(walk.lifted),
        tuple(walk.languages),
        walk.extent,
        walk.breadth,
        walk.row_area,
        walk.rows_from_right,
        tuple(walk.frames),
    )


class _Walk:
    """Goes through the boxes of a page from the outside inwards, and notes what preflight and plates need."""

    def __init__(self, parents: Mapping[Element, Element], page: Rectangle, bleed: float) -> None:
        self.parents = parents
        self.page = page
        self.bleed = bleed
        """How far, in mm, boxes may reach beyond the page: what is printed there is cut off."""
        self.texts: list[TextRun] = []
        self.boxes: list[Box] = []
        self.lifted: list[LiftedBox] = []
        self.languages: list[str] = []
        self.leaf = ""
        self.extent = self.breadth = 0.0
        self.row_area: Rectangle | None = None
        self.rows_from_right = False
        self.frames: list[int] = []

    def visit(self, box: LayoutBox, around: _Surroundings) -> None:
        if box.is_text:
            self._text(box, around)
            return
        within = self._enter(box, around)
        for child in box.children:
            self.visit(child, within)

    def _enter(self, box: LayoutBox, around: _Surroundings) -> _Surroundings:
        """What surrounds the children of a box; notes the box itself."""
        values = dict(vars(around))
        element = None if box.is_page else box.element
        if element is not None:
            self._read_attributes(element, box, values)
        if box.is_block_container:
            values["column"] = _rectangle(box.content_edge())
            values["block"] = box.identity
        if element is not None and not box.is_within_a_line:
            border = _rectangle(box.border_edge())
            values["bleed"] = around.bleed or element.get("data-bleed") is not None
            if not values["bleed"] and box.is_of_element and element.tag not in ("html", "body"):
                self._note_box(element, box, border, values)
            if element.get("data-frame") is not None or element.get("data-leaf") is not None:
                values["frames"] = (*around.frames, border)
            self._measure(element, box, border)
        return _Surroundings(**values)

    def _read_attributes(self, element: Element, box: LayoutBox, values: dict[str, Any]) -> None:
        for attribute, name in _ATTRIBUTES:
            values[name] = element.get(attribute, values[name])
        if element.get("data-leaf") is not None:  # a leaf says its language itself, and inherits none
            values["language"] = element.get("lang", "")
        self.leaf = self.leaf or values["leaf"]
        if element.tag in ("section", "article") and box.is_of_element:
            self.languages.append(values["language"])

    def _note_box(self, element: Element, box: LayoutBox, border: Rectangle, values: dict[str, Any]) -> None:
        around = _Surroundings(**values)
        place = around.place if around.leaf else self._place_by_element(box, around)
        classes = (element.get("class") or "").split()
        seen = self._trimmed(border) if self.bleed else border
        self.boxes.append(Box(place, ".".join([str(element.tag), *classes]), seen, around.frames))
        if box.is_out_of_flow:
            self.lifted.append(LiftedBox(box.identity, _rectangle(box.margin_edge()), place.leaf))
            values["lifted"] = around.lifted | {box.identity}

    def _trimmed(self, box: Rectangle) -> Rectangle:
        """What is left of a box that runs on into the bleed, and no further."""
        page, most = self.page, self.bleed + 0.01
        return Rectangle(
            page.left if page.left - most <= box.left < page.left else box.left,
            page.top if page.top - most <= box.top < page.top else box.top,
            page.right if page.right < box.right <= page.right + most else box.right,
            page.bottom if page.bottom < box.bottom <= page.bottom + most else box.bottom,
        )

    def _measure(self, element: Element, box: LayoutBox, border: Rectangle) -> None:
        """Note how far down a leaf goes, how wide it is, and where it leaves room for rows."""
        if element.get("data-leaf") is not None:
            self.extent, self.breadth = self.extent or border.bottom, self.breadth or border.right - border.left
        if element.get("data-frame") is not None and box.is_of_element:
            self.frames.append(id(element))
        if element.get("data-rows") is not None:
            self.row_area = _rectangle(box.content_edge())
            self.rows_from_right = self._direction(element) == "rtl"

    def _direction(self, element: Element) -> str:
        """What the nearest element around it that says so says of the direction of writing."""
        around: Element | None = element
        while around is not None and not around.get("dir"):
            around = self.parents.get(around)
        return "" if around is None else str(around.get("dir"))

    def _text(self, box: LayoutBox, around: _Surroundings) -> None:
        text = box.text.strip()
        if not text or not box.is_visible:
            return
        self.texts.append(
            TextRun(
                around.place if around.leaf else self._place_by_element(box, around),
                text,
                ink(box),
                around.column,
                around.block,
                box.families,
                box.weight,
                box.is_italic,
                box.font_size * POINTS_PER_PIXEL,
                around.frames,
                around.lifted,
            )
        )

    def _place_by_element(self, box: LayoutBox, around: _Surroundings) -> TextPlace:
        values = dict.fromkeys((name for name, _ in _ATTRIBUTES), "")
        element = box.element
        while element is not None:
            for name, value in values.items():
                values[name] = value or element.get(name, "")
            element = self.parents.get(element)
        leaf, key, language, printed = values.values()
        return TextPlace(leaf, around.key or key, around.language or language, around.printed or printed)


def ink(text: LayoutBox) -> Rectangle:
    """The room that the letters of a box of text take, from ascender to descender."""
    left, _, width, _ = text.text_edge()
    top = text.baseline - ASCENDER * text.font_size
    return _rectangle((left, top, width, (ASCENDER + DESCENDER) * text.font_size))


def _rectangle(edge: PixelBox) -> Rectangle:
    left, top, width, height = edge
    return Rectangle(*(value * MM_PER_PIXEL for value in (left, top, left + width, top + height)))
