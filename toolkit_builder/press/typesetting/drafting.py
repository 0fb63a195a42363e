"""Laid-out pages are written as a draft, to make plates of: without fonts, and without page numbers."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from weasyprint.document import Document

from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.plates.draft import Draft, Face, Mark
from toolkit_builder.press.preflight.html_checks import Complaint, address_of_picture, of_leaf
from toolkit_builder.press.typesetting.engine_messages import engine_messages
from toolkit_builder.press.typesetting.field_lifting import lift_fields
from toolkit_builder.press.typesetting.number_lifting import lift_folio, lift_number
from toolkit_builder.press.typesetting.page_boxes import ink
from toolkit_builder.press.typesetting.specimens import VARIANT, Specimens
from toolkit_builder.press.typesetting.tab_lifting import lift_tab
from toolkit_builder.press.typesetting.weasyprint_internals import LayoutBox, document_fonts, fonts_left_out


class _Marks:
    """Notes the language of each piece of marked content while the engine builds the structure tree, which does not
    say it (ISO 32000-1, 14.9.2).
    """

    def __init__(self, root: Element) -> None:
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.pages: list[dict[int, Mark]] = []

    def note_page(self, marks: Iterable[tuple[int, LayoutBox]]) -> None:
        self.pages.append({number: self._mark(box) for number, box in marks})

    def _mark(self, box: LayoutBox) -> Mark:
        element = box.element
        values = {"lang": "", "data-leaf": "", "data-key": "", "data-language": ""}
        is_artifact = False
        while element is not None:
            for attribute, value in values.items():
                values[attribute] = value or element.get(attribute) or ""
            is_artifact = is_artifact or element.get("data-artifact") is not None
            element = self.parents.get(element)
        place = TextPlace(values["data-leaf"], values["data-key"], values["lang"], values["data-language"])
        if box.is_text:
            return Mark(values["lang"], is_artifact, place, box.text, ink(box), box.is_generated)
        return Mark(values["lang"], is_artifact, place, picture=address_of_picture(box.element))


def write_draft(
    document: Document, root: Element, specimens: Specimens, faces: Iterable[Face]
) -> tuple[Draft, list[Complaint]]:
    """Write the pages of a document as tagged PDF, and return what the engine complained of meanwhile.

    `root` is the HTML that it was laid out from, `faces` those in use. Page numbers and thumb tabs are
    gone from the document then.
    """
    used = {face: specimens.of(face) for face in sorted(set(faces))}
    folios = [lift_folio(page, used.__getitem__) for page in document.pages]
    numbers = [lift_number(page, used.__getitem__) for page in document.pages]
    fields = [lift_fields(page, lambda face: used.setdefault(face, specimens.of(face))) for page in document.pages]
    tabs = [lift_tab(page) for page in document.pages]
    for specimen in used.values():
        specimen.font.use_in(document)
    marks = _Marks(root)
    with engine_messages() as messages, fonts_left_out(marks.note_page):
        data = document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
    known = {specimen.font.name: face for face, specimen in used.items()}
    complaints = [of_leaf(message, root) for message in messages]
    complaints += [
        Complaint(f"the font {font.family} was used, which the styles do not declare")
        for font in document_fonts(document)
        if font.name not in known
    ]
    glyphs = {specimen.font.name: specimen.font.glyphs for specimen in used.values()}  # with those of these pages
    repertoires = {specimen.font.name: specimen.repertoire for specimen in used.values()}
    return Draft(data, marks.pages, folios, numbers, fields, tabs, known, glyphs, repertoires), complaints
