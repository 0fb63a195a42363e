"""Fields to fill in are lifted out of laid-out pages: elements with `data-field`, which are laid out as all others.

A field takes the room of its element: from border to border or, where there are words in it, what these leave, below
them or, where no line has room there, beside their last line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint.document import Page

from toolkit_builder.press.plates.draft import FIELD_SCHEME, Face
from toolkit_builder.press.plates.plate import Field, PlateError
from toolkit_builder.press.typesetting.page_boxes import POINTS_PER_PIXEL
from toolkit_builder.press.typesetting.specimens import Specimen
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, PixelBox, add_link, page_box

KINDS = ("text", "tick")
LINE = 1.2
"""em: less high, a field has no room for a line."""
TWO_LINES = 3.2
"""em: less high, a field has one line; viewers set lines up to 1.45 em apart, and keep some pt from the edges."""
GAP = 4.0
"""CSS pixels between words and a field beside them."""
NOWHERE = (0.0, 0.0, 0.0, 0.0)
"""Of a field, until the engine has written where it stands."""
LEAST_WIDTH = 12.0
"""CSS pixels: less wide, nobody can hit a field, nor type a letter in it."""


@dataclass(frozen=True)
class _Placed:
    """A box of an element with `data-field`; `is_transformed`: it, or what it stands in, is turned or scaled."""

    box: LayoutBox
    is_transformed: bool


def lift_fields(page: Page, specimen_of: Callable[[Face], Specimen]) -> list[Field]:
    """The fields of a page, each told the engine as a link to its number, so that the structure tree has it too.

    Raises PlateError for a field that cannot be filled in: of an unknown kind, turned, or without room.
    """
    fields: list[Field] = []
    for placed in _placed(page_box(page)):
        box, element = placed.box, placed.box.element
        if element is None:
            continue
        name, kind = element.get("data-field", ""), element.get("data-field-kind", "text")
        if kind not in KINDS:
            raise PlateError(f"the field {name} is of the kind “{kind}”; there are: {', '.join(KINDS)}")
        if placed.is_transformed:
            raise PlateError(
                f"the field {name} is turned or scaled (transform), and viewers would not turn what is typed"
            )
        size = box.font_size
        *_, height = edge = _room(box, size * LINE, name)
        specimen = specimen_of(Face(box.families[0], 400, italic=False))
        field = Field(
            NOWHERE,
            name,
            element.get("data-field-name", ""),
            kind,
            specimen.font.name,
            size * POINTS_PER_PIXEL,
            box.colour,
            is_multiline=height >= size * TWO_LINES,
            from_right=box.is_from_right,
        )
        add_link(page, box, f"{FIELD_SCHEME}{len(fields)}", edge)
        fields.append(field)
    return fields


def _placed(box: LayoutBox, around: Element | None = None, *, is_transformed: bool = False) -> Iterator[_Placed]:
    """The fields in a box, which stands in that of the element `around`: boxes without a name of their own have the
    element of the one that they stand in.
    """
    is_transformed = is_transformed or box.is_transformed
    element = box.element
    if element is not None and element is not around and element.get("data-field") is not None and box.is_of_element:
        yield _Placed(box, is_transformed)
    for child in box.children:
        yield from _placed(child, element, is_transformed=is_transformed)


def _room(box: LayoutBox, line: float, name: str) -> PixelBox:
    """What the words of a box leave of it, for lines so high, in CSS pixels."""
    left, top, width, height = box.padding_edge()
    words = [text.text_edge() for text in _texts(box)]
    if words:
        left, top, width, height = box.content_edge()
        lowest = max(line_top + line_height for line_top, line_height in _lines(box))
        if top + height - lowest >= line:
            top, height = lowest, top + height - lowest
        else:
            last = [edge for edge in words if edge[1] + edge[3] > lowest - line / 2]
            line_top = max(start for start, _ in _lines(box))
            top, height = line_top, top + height - line_top
            if box.is_from_right:
                width = min(edge[0] for edge in last) - GAP - left
            else:
                end = max(edge[0] + edge[2] for edge in last) + GAP
                left, width = end, left + width - end
    if width < LEAST_WIDTH or height < line / 2:
        raise PlateError(f"the field {name} has no room: its words fill its element")
    return left, top, width, height


def _lines(box: LayoutBox) -> Iterator[tuple[float, float]]:
    """Top and height of each line with words."""
    for child in box.children:
        if child.is_line and child.first_text() is not None:
            _, top, _, height = child.margin_edge()
            yield top, height
        elif not child.is_line:
            yield from _lines(child)


def _texts(box: LayoutBox) -> Iterator[LayoutBox]:
    for child in box.children:
        if child.is_text and child.text.strip():
            yield child
        yield from _texts(child)
