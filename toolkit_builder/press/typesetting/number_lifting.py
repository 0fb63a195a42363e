"""Page numbers are lifted out of laid-out pages, since a leaf does not know on which page it will stand.

How they stood there is kept, so that binding stamps them alike.
"""

from __future__ import annotations

from collections.abc import Callable

from weasyprint.document import Page

from toolkit_builder.press.plates.draft import Face
from toolkit_builder.press.plates.plate import Folio
from toolkit_builder.press.typesetting.page_boxes import POINTS_PER_PIXEL
from toolkit_builder.press.typesetting.specimens import Specimen
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, page_box

RIGHT_FROM, LEFT_UNTIL = 0.6, 0.4
"""Parts of the page's width. A number that begins behind the first is set to its right edge, one that ends before the
second to its left edge, any other to its middle: what has more or fewer digits grows the other way.
"""


def lift_folio(page: Page, specimen_of: Callable[[Face], Specimen]) -> Folio | None:
    """Take the page number out of a page's margin boxes, and say how it stood there."""
    box, lifted = page_box(page), None
    for margin_box in [child for child in box.children if child.is_margin_box and child.shows_page_number]:
        box.remove(margin_box)
        lifted = _folio(page, margin_box, specimen_of) or lifted
    return lifted


def lift_number(page: Page, specimen_of: Callable[[Face], Specimen]) -> Folio | None:
    """Take the number that stands for a page number (`data-number`) out of the text, and say how it stood there."""
    for box in page_box(page).with_descendants():
        if box.element is not None and box.element.get("data-number") is not None and box.children:
            lifted = _folio(page, box, specimen_of)
            box.clear()
            return lifted
    return None


def _folio(page: Page, box: LayoutBox, specimen_of: Callable[[Face], Specimen]) -> Folio | None:
    """How the text of a box stands on its page, if it has one."""
    text = box.first_text()
    if text is None:
        return None
    left, _, width, _ = text.text_edge()
    right = left + width
    align = "right" if left > page.width * RIGHT_FROM else "left" if right < page.width * LEFT_UNTIL else "centre"
    edge = {"right": right, "left": left, "centre": (left + right) / 2}[align]
    specimen = specimen_of(Face(text.families[0], text.weight, text.is_italic))
    return Folio(
        align,
        edge * POINTS_PER_PIXEL,
        (page.height - text.baseline) * POINTS_PER_PIXEL,
        specimen.font.name,
        text.font_size * POINTS_PER_PIXEL,
        text.colour,
        specimen.digits,
    )
