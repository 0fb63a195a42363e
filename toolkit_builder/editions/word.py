"""A document for Word, by python-docx: headings as headings, tables with heads, every word in its language.

Pages of one thing stand together, a language after the other, each on a page of its own. Drawings are pictures in
pixels, since Word takes no SVG alone, within the text and with what is said of them.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from toolkit_builder.catalogue import markdown
from toolkit_builder.documents.plan import Plan
from toolkit_builder.editions.archive import archive
from toolkit_builder.editions.edition_file import EditionFile
from toolkit_builder.editions.pages import ReadingOrder
from toolkit_builder.editions.pixels import PlacedPicture, pixel_pictures
from toolkit_builder.editions.rendering import BLOCKS, PageRenderer, RenderedPage, shown, text_of
from toolkit_builder.exchange.returning import library
from toolkit_builder.exchange.word import language_tag
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.press.pictures.drawings import DrawingError
from toolkit_builder.press.store.store import Store

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FONT, _SIZE = "Arial", 12.0
"""What every machine has, in pt: clear print."""
_ABOVE = 8.0
"""Above headings, in pt."""
_INK = "1C1F24"
_LONGEST = 255
"""Characters of a property, as python-docx has it."""
_ROOM = 2
"""Lines that are left to write on."""
_ROW, _ROW_BROAD = 14.0, 22.0
"""How high an empty row of a table is at least, in mm: on a page that stands, and on one that lies broadside."""
_GAP = 4.0
"""The size of the empty line below a table, in pt."""
_BRIEF = 0.45
"""How wide a column of brief entries is, of another's width."""
_BULLET, _BELOW = "List Bullet", 3
"""A style of python-docx's, and how deep lists may stand in one another in it."""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def word(
    plan: Plan, ticket: JobTicket, order: ReadingOrder, renderer: PageRenderer, store: Store
) -> tuple[EditionFile, list[str]]:
    """The document of a plan, and what there is to tell. `store` keeps drawings that were drawn.

    Raises MachineError if python-docx is not installed or drawings cannot be drawn, FaultsError if a template is wrong.
    """
    rendered = [renderer.rendered(order, page) for pages in zip(*order.pages.values(), strict=True) for page in pages]
    notices = []
    pictures: Mapping[str, PlacedPicture] = {}
    try:
        pictures = pixel_pictures((page.body for page in rendered), store)
    except DrawingError as error:
        notices.append(f"{plan.product}: the engine fails over a drawing ({error})")
    writer = _WordDocument(plan, ticket, pictures)
    for page in rendered:
        writer.page(page)
    if writer.in_words:
        said = f"in docx these pictures are words: {'; '.join(dict.fromkeys(writer.in_words))}"
        notices.append(f"{plan.product}: {said}")
    return EditionFile("", writer.data(), plan.languages, plan.actions, len(rendered)), notices


class _WordDocument:
    """Writes pages into one document."""

    def __init__(self, plan: Plan, ticket: JobTicket, pictures: Mapping[str, PlacedPicture]) -> None:
        self.document = library("docx").Document()
        self.in_words: list[str] = []
        """What is said of each picture that could not be put in, and stands in its place."""
        self._pictures = pictures
        self._framework = ticket.selection.catalogue.framework
        self._language = plan.languages[0]
        self._is_first = True
        self._begins = False
        self._title: Any = None
        self._describe(plan)
        is_broad = plan.page[0] > plan.page[1]
        self._row = _ROW_BROAD if is_broad else _ROW
        self._dress(is_broad=is_broad)

    def _describe(self, plan: Plan) -> None:
        """What the document says of itself. Its date is that of the content."""
        said = self.document.core_properties
        said.title, said.author = _short(plan.title), _short(plan.author)
        said.subject, said.keywords = _short(plan.subject), _short(", ".join(plan.keywords))
        said.comments, said.last_modified_by, said.revision = "", "", 1
        said.language = language_tag(plan.languages[0])
        said.created = said.modified = datetime.datetime.combine(plan.date, datetime.time())

    def _dress(self, *, is_broad: bool) -> None:
        """A4, as it lies in office printers, broadside if the product's pages are."""
        shared, styles = library("docx.shared"), self.document.styles
        section = self.document.sections[0]
        width, height = (297, 210) if is_broad else (210, 297)
        section.page_width, section.page_height = shared.Mm(width), shared.Mm(height)
        section.orientation = library("docx.enum.section").WD_ORIENTATION(int(is_broad))
        section.left_margin = section.right_margin = shared.Mm(22)
        section.top_margin = section.bottom_margin = shared.Mm(14)
        normal = styles["Normal"]
        normal.font.name, normal.font.size = _FONT, shared.Pt(_SIZE)
        normal.paragraph_format.space_after = shared.Pt(5)
        for level, size in ((1, 22), (2, 15), (3, 13)):
            style = styles[f"Heading {level}"]
            style.font.size, style.font.bold, style.font.italic = shared.Pt(size), True, False
            style.paragraph_format.space_before, style.paragraph_format.space_after = shared.Pt(_ABOVE), shared.Pt(2)
            style.font.color.rgb = shared.RGBColor.from_string(_INK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            style.font.name = _FONT

    def page(self, page: RenderedPage) -> None:
        """A page, which begins on a page of its own."""
        self._language = page.language
        action = page.page.action
        category = self._framework.category(action.category) if action else None
        self._begins, self._title = not self._is_first, None
        self._parts(shown(page.body))
        if category and self._title is not None:
            colour = library("docx.shared").RGBColor.from_string(str(category.colour)[1:].upper())
            for run in self._title.runs:
                run.font.color.rgb = colour
        self._is_first = False

    # -- blocks --------------------------------------------------------------------------------------------------------

    def _parts(self, element: Element) -> None:
        """What stands in an element: blocks, and between them runs of words, each a paragraph."""
        run = Element("p")
        run.text = element.text
        for child in element:
            if child.tag in BLOCKS:
                self._paragraph(run)
                self._block(child)
                run = Element("p")
                run.text = child.tail
            else:
                run.append(child)
        self._paragraph(run)

    def _block(self, element: Element, depth: int = 0) -> None:
        if element.tag in _HEADINGS:
            heading = self._placed(self.document.add_heading(level=min(3, int(element.tag[1]))))
            self._runs(heading, element)
            self._title = heading if element.tag == "h1" else self._title
        elif element.tag in ("ul", "ol"):
            self._list(element, depth + 1)
        elif element.tag == "dl":
            self._terms(element)
        elif element.tag == "table":
            self._table(element)
        elif element.tag == "p" and element.get("class") == "room":
            for _ in range(_ROOM):
                self._placed(self.document.add_paragraph())
        elif any(child.tag in BLOCKS for child in element):
            self._parts(element)
        else:
            self._paragraph(element)

    def _paragraph(self, element: Element, style: str | None = None) -> None:
        if text_of(element):
            self._runs(self._placed(self.document.add_paragraph(style=style)), element)

    def _list(self, element: Element, depth: int) -> None:
        number = 0
        style = _BULLET if depth == 1 else f"{_BULLET} {min(depth, _BELOW)}"
        for item in element:
            number = int(item.get("value", number + 1))
            line = Element("p")
            line.text = f"{number}. {item.text or ''}" if element.tag == "ol" else item.text
            below = []
            for child in item:
                if child.tag in BLOCKS:
                    below.append(child)
                else:
                    line.append(child)
            self._paragraph(line, style if element.tag == "ul" else None)
            for child in below:
                self._block(child, depth)

    def _terms(self, element: Element) -> None:
        """Terms with what is said of them, as a table of two rows: heads, and values."""
        pairs = [
            (" ".join(map(text_of, pair.findall("dt"))), " ".join(map(text_of, pair.findall("dd"))))
            for pair in element.iter("div")
        ]
        self._rows([[term for term, _ in pairs], [said for _, said in pairs]])

    def _table(self, element: Element) -> None:
        heads = [[text_of(cell) for cell in row] for row in element.findall("thead/tr")]
        shares = [_BRIEF if cell.get("class") == "brief" else 1.0 for cell in element.findall("thead/tr[1]/*")]
        self._rows([*heads, *([_lines(cell) for cell in row] for row in element.findall("tbody/tr"))], shares)

    def _rows(self, rows: Sequence[Sequence[str]], shares: Sequence[float] = ()) -> None:
        """A table whose first row is its head, which stands again on further pages; empty rows have room to write in.
        `shares`: how wide columns are, in proportion; none: all alike.
        """
        shared, columns = library("docx.shared"), max(map(len, rows))
        table = self.document.add_table(len(rows), columns, style="Table Grid")
        placed = list(table.rows)
        if len(shares) == columns:
            section = self.document.sections[0]
            width = section.page_width - section.left_margin - section.right_margin
            for at, share in enumerate(shares):
                table.columns[at].width = shared.Emu(int(width * share / sum(shares)))
                for cell in table.columns[at].cells:
                    cell.width = table.columns[at].width
        for at, row in enumerate(rows):
            if not any(row):
                placed[at].height = shared.Mm(self._row)
            for cell, text in zip(placed[at].cells, row, strict=False):
                self._said(self._placed(cell.paragraphs[0]), text, bold=at == 0)
        head = placed[0]._tr.get_or_add_trPr()
        head.append(library("docx.oxml").OxmlElement("w:tblHeader"))
        below = self.document.add_paragraph()  # tables that follow one another would be one
        below.paragraph_format.space_after = 0
        below.paragraph_format.line_spacing = shared.Pt(_GAP)

    def _placed(self, paragraph: Any) -> Any:
        """A paragraph, written in the direction of its language."""
        if self._begins:
            paragraph.paragraph_format.page_break_before = True
            self._begins = False
        if self._framework.language(self._language).direction == "rtl":
            paragraph._p.get_or_add_pPr().append(library("docx.oxml").OxmlElement("w:bidi"))
        return paragraph

    # -- words ---------------------------------------------------------------------------------------------------------

    def _runs(self, paragraph: Any, element: Element, *, bold: bool = False) -> None:
        self._said(paragraph, element.text or "", bold=bold)
        for child in element:
            href = child.get("href", "")
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "a" and not href.startswith("#"):
                self._link(paragraph, text_of(child), href)
            elif child.tag == "img":
                self._picture(paragraph, child)
            elif child.tag == "svg":
                self.in_words += filter(None, [child.get("aria-label", "")])
                self._said(paragraph, child.get("aria-label", ""))
            else:
                self._runs(paragraph, child, bold=bold or child.tag in ("strong", "em"))
            self._said(paragraph, child.tail or "", bold=bold)

    def _picture(self, paragraph: Any, element: Element) -> None:
        """A picture within the text, with its words, which a voice reads out; those alone if there is no picture."""
        words, picture = element.get("alt", ""), self._pictures.get(element.get("src", ""))
        if not picture:
            self.in_words += filter(None, [words])
            self._said(paragraph, words)
            return
        mm, run = library("docx.shared").Mm, paragraph.add_run()
        shape = run.add_picture(io.BytesIO(picture.data), mm(picture.width), mm(picture.height))
        shape._inline.docPr.set("descr", words)
        for side in ("distT", "distB", "distL", "distR"):  # programs think of different ones where none is given
            shape._inline.set(side, "0")
        paragraph.paragraph_format.keep_with_next = True
        self._in_language(run._r)

    def _said(self, paragraph: Any, text: str, *, bold: bool = False) -> None:
        if text:
            run = paragraph.add_run(text)
            run.bold = True if bold else None
            self._in_language(run._r)

    def _in_language(self, run: Any) -> None:
        """Say which language words are in (ECMA-376, 17.3.2.20)."""
        tag, qn = language_tag(self._language), library("docx.oxml.ns").qn
        properties, element = run.get_or_add_rPr(), library("docx.oxml").OxmlElement("w:lang")
        element.set(qn("w:val"), tag)
        if self._framework.language(self._language).direction == "rtl":
            properties.append(library("docx.oxml").OxmlElement("w:rtl"))
            element.set(qn("w:bidi"), tag)
        properties.append(element)

    def _link(self, paragraph: Any, text: str, address: str) -> None:
        oxml, qn = library("docx.oxml"), library("docx.oxml.ns").qn
        link = oxml.OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.document.part.relate_to(address, _LINK, is_external=True))
        run = paragraph.add_run(text)
        run.underline = True
        self._in_language(run._r)
        link.append(run._r)
        paragraph._p.append(link)

    def data(self) -> bytes:
        """The document, the same bytes each time."""
        out = io.BytesIO()
        self.document.save(out)
        with zipfile.ZipFile(out) as made:
            return archive({name: made.read(name) for name in made.namelist()})


def _short(text: str) -> str:
    """A text as properties of a document may have it."""
    plain = markdown.plain(text)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _lines(cell: Element) -> str:
    """What a cell of a table says, an item a line."""
    items = [text_of(item) for item in cell.iter("li")]
    return "\n".join(items or [text_of(cell)])
