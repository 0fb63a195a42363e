"""What a finished PDF says: its texts, its structure tree, its links. Independent of the code that writes it."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from page import validate_pdf
from PIL import Image
from pydantic import BaseModel

from toolkit_builder.catalogue.model import Action, Catalogue, Party, Text

BLOCKS = frozenset({"/P", "/H1", "/H2", "/H3", "/LBody", "/TH", "/TD"})


def squeezed(text: str) -> str:
    """A text without white space and hyphens: lines are broken as the layout likes, at hyphens too."""
    return re.sub(r"[\s\-\x02\xad\ufffe]+", "", text)


def pages(path: Path, *, with_artifacts: bool = True) -> list[str]:
    """The text of each page, squeezed, from line to line across whatever is side by side; without artifacts, what is
    part of the document proper: no running heads.
    """
    with pdfium.PdfDocument(path) as document:
        kept = (page if with_artifacts else _without_artifacts(page) for page in document)
        return [squeezed(page.get_textpage().get_text_range()) for page in kept]


def drawn(path: Path, *, with_artifacts: bool = True) -> list[list[str]]:
    """The pieces of text of each page in the order of drawing."""
    with pdfium.PdfDocument(path) as document:
        kept = (page if with_artifacts else _without_artifacts(page) for page in document)
        return [[word.text for word in _words(page)] for page in kept]


def _without_artifacts(page: Any) -> Any:
    for unit in [unit for unit in page.get_objects(max_depth=1) if _is_artifact(unit)]:
        page.remove_obj(unit)
    return page


def is_right_to_left(text: str) -> bool:
    """Whether there are letters in it that are read from right to left."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def _is_artifact(unit: Any) -> bool:
    """Whether something drawn stands within marked content that is an artifact."""
    length = ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(unit)):
        mark = raw.FPDFPageObj_GetMark(unit, index)
        buffer = (ctypes.c_ushort * 50)()
        raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        if bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le") == "Artifact":
            return True
    return False


def smallest_type(path: Path) -> tuple[float, str]:
    """The smallest size of type in pt, and a text that is set in it."""
    found = []
    with pdfium.PdfDocument(path) as document:
        for page in document:
            text_page = page.get_textpage()
            for index in range(text_page.count_chars()):
                character = chr(raw.FPDFText_GetUnicode(text_page, index))
                if character.strip() and character not in "\x02\ufffe":
                    matrix = raw.FS_MATRIX()
                    raw.FPDFText_GetMatrix(text_page, index, matrix)
                    size = raw.FPDFText_GetFontSize(text_page, index) * abs(matrix.d or matrix.b)
                    found.append((round(size, 2), text_page.get_text_range(max(0, index - 10), 20)))
    return min(found)


def sizes(path: Path) -> set[tuple[float, float]]:
    """The sizes of the pages in mm."""
    with pdfium.PdfDocument(path) as document:
        return {(round(page.get_width() / 72 * 25.4, 1), round(page.get_height() / 72 * 25.4, 1)) for page in document}


def tile_areas(path: Path) -> list[tuple[float, float, float, float]]:
    """What of their page is on each of the tiles of a page that is cut up: left, top, right, bottom in mm from its left
    and its top, from what sheets say of where the page is placed and clipped.
    """
    mm = 25.4 / 72
    areas = []
    with pikepdf.open(path) as pdf:
        for sheet in pdf.pages:
            drawn = re.search(rb"q ([\d. -]+) re W n 1 0 0 1 ([\d. -]+) cm", sheet.Contents.read_bytes())
            assert drawn
            left, bottom, width, height = map(float, drawn[1].split())
            x, y = map(float, drawn[2].split())
            high = float(sheet.Resources.XObject.F0.BBox[3])
            start, foot = left - x, high - (bottom - y)
            areas.append((start * mm, (foot - height) * mm, (start + width) * mm, foot * mm))
    return areas


def picture(path: Path, page: int, scale: float = 2) -> Image.Image:
    """A page as a picture; `scale` in pixels a pt."""
    with pdfium.PdfDocument(path) as document:
        image: Image.Image = document[page].render(scale=scale).to_pil()
        return image


def failures(path: Path) -> str:
    """What PDF/UA-1 has against this file; empty if nothing."""
    report = validate_pdf(str(path))
    return "" if "0 failed" in str(report) and "no failures" in str(report) else str(report)


@dataclass(frozen=True)
class FoundText:
    """Where a text stands on a page: the lower left corner of its first letter, and how high that is, in pt."""

    text: str
    left: float
    bottom: float
    height: float


def find(path: Path, page: int, pattern: str) -> list[FoundText]:
    """Where texts stand that match a pattern, in the order of drawing."""
    with pdfium.PdfDocument(path) as document:
        text_page = document[page].get_textpage()
        text = "".join(text_page.get_text_range(index, 1) or " " for index in range(text_page.count_chars()))
        places = [(match[0], text_page.get_charbox(match.start())) for match in re.finditer(pattern, text)]
    return [FoundText(matched, box[0], box[1], box[3] - box[1]) for matched, box in places]


def font_of(path: Path, page: int, pattern: str) -> str:
    """The name of the font in which the first letter of a text is set."""
    with pdfium.PdfDocument(path) as document:
        text_page = document[page].get_textpage()
        text = "".join(text_page.get_text_range(index, 1) or " " for index in range(text_page.count_chars()))
        found = re.search(pattern, text)
        assert found, pattern
        name = ctypes.create_string_buffer(200)
        raw.FPDFText_GetFontInfo(text_page, found.start(), name, len(name), None)
        return name.value.decode()


@dataclass(frozen=True)
class Word:
    """A piece of text as it was drawn, and the marked content that it belongs to."""

    text: str
    mark: int


def words(path: Path, page: int) -> list[Word]:
    """The pieces of text of a page, as they were drawn."""
    with pdfium.PdfDocument(path) as document:
        return list(_words(document[page]))


def _words(page: Any) -> Iterator[Word]:
    text_page = page.get_textpage()
    for unit in page.get_objects(max_depth=8):
        if unit.type == raw.FPDF_PAGEOBJ_TEXT:
            length = raw.FPDFTextObj_GetText(unit, text_page, None, 0)
            buffer = (ctypes.c_ushort * (length // 2 + 1))()
            raw.FPDFTextObj_GetText(unit, text_page, buffer, length)
            text = bytes(buffer)[: length - 2].decode("utf-16-le")
            yield Word(text, raw.FPDFPageObj_GetMarkedContentID(unit))


@dataclass(frozen=True)
class FoundElement:
    """An element of the structure tree: its type, the language in force, the text in it, squeezed."""

    kind: str
    language: str
    own_language: str
    text: str


def tree(path: Path) -> list[FoundElement]:
    """The elements of the structure tree in reading order, a parent before what is in it."""
    found: list[FoundElement] = []
    with pikepdf.open(path) as pdf, pdfium.PdfDocument(path) as drawn:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        marked: dict[tuple[int, int], str] = {}
        for number, page in enumerate(drawn):
            for word in _words(page):
                marked[number, word.mark] = marked.get((number, word.mark), "") + word.text

        def visit(element: Any, language: str, page: int) -> str:
            own = str(element.get("/Lang", ""))
            language = own or language
            page = numbers[element.Pg.objgen] if "/Pg" in element else page
            place = len(found)
            found.append(FoundElement(str(element.S), language, own, ""))
            text = ""
            for kid in _kids(element):
                if isinstance(kid, int):
                    text += marked.get((page, kid), "")
                elif "/S" in kid:
                    text += visit(kid, language, page)
                elif "/MCID" in kid:
                    text += marked.get((numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)), "")
            found[place] = FoundElement(str(element.S), language, own, squeezed(text))
            return text

        for kid in _kids(pdf.Root.StructTreeRoot):
            visit(kid, str(pdf.Root.Lang), 0)
    return found


def shape(path: Path) -> str:
    """The structure tree as text, `L(LI(Lbl, LBody:gair))`, each element with the text that is in it alone."""
    with pikepdf.open(path) as pdf, pdfium.PdfDocument(path) as drawn:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        marked: dict[tuple[int, int], str] = {}
        for number, page in enumerate(drawn):
            for word in _words(page):
                marked[number, word.mark] = marked.get((number, word.mark), "") + word.text

        def drawing(element: Any, page: int) -> str:
            page = numbers[element.Pg.objgen] if "/Pg" in element else page
            own = [marked.get((page, kid), "") for kid in _kids(element) if isinstance(kid, int)]
            kids = [drawing(kid, page) for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid]
            inside = f"({', '.join(kids)})" if kids else ""
            said = f":{squeezed(''.join(own))}" if own else ""
            return f"{str(element.S)[1:]}{said}{inside}"

        return ", ".join(drawing(kid, 0) for kid in _kids(pdf.Root.StructTreeRoot))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


@dataclass(frozen=True)
class FoundLink:
    """A link within a document: the page that it stands on, the one it leads to (from 0), what it is said to be."""

    page: int
    target: int
    contents: str
    is_tagged: bool


def links(path: Path) -> list[FoundLink]:
    """The links of a document that lead to one of its own pages."""
    with pikepdf.open(path) as pdf:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        tagged = set(_tagged(pdf.Root.StructTreeRoot))
        destinations = pikepdf.NameTree(pdf.Root.Names.Dests) if "/Dests" in pdf.Root.get("/Names", {}) else {}
        found = []
        for number, page in enumerate(pdf.pages):
            for note in page.get("/Annots", ()):
                if note.Subtype == "/Link" and "/Dest" in note:
                    target = destinations[str(note.Dest)]
                    target = target.D if isinstance(target, pikepdf.Dictionary) else target
                    is_tagged = note.objgen in tagged and "/StructParent" in note
                    found.append(
                        FoundLink(number, numbers[target[0].objgen], str(note.get("/Contents", "")), is_tagged)
                    )
        return found


def untagged_annotations(path: Path) -> int:
    """How many annotations, links to the web among them, the structure tree does not know."""
    with pikepdf.open(path) as pdf:
        tagged = set(_tagged(pdf.Root.StructTreeRoot))
        return sum(note.objgen not in tagged for page in pdf.pages for note in page.get("/Annots", ()))


def _tagged(element: Any) -> Iterator[tuple[int, int]]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary):
            if "/Obj" in kid:
                yield kid.Obj.objgen
            yield from _tagged(kid)


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """The bookmarks: level, title and page, both numbers from 0."""
    with pdfium.PdfDocument(path) as document:
        return [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]


def fonts(path: Path) -> set[str]:
    """The names of the fonts of a document, without the mark of a subset."""
    with pikepdf.open(path) as pdf:
        found = [font for item in pdf.objects if isinstance(item, pikepdf.Dictionary) for font in [item]]
        return {str(font.BaseFont).partition("+")[2] for font in found if font.get("/Type") == "/Font"}


def unembedded_fonts(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        descriptors = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        return sum(not any(f"/FontFile{kind}" in item for kind in ("", "2", "3")) for item in descriptors)


# -- texts of the catalogue -------------------------------------------------------------------------------------------


def texts_of(action: Action) -> list[Text]:
    """The title of an action and every text of its columns."""
    found = [action.title]
    for value in action.values.values():
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Text):
                found.append(item)
            elif isinstance(item, Party) and item.role:
                found.append(item.role)
    return found


def plain(text: str) -> str:
    """A text as it is read: without Markdown's asterisks, squeezed."""
    return squeezed(re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_]{1,2}([^*_]+)[*_]{1,2}", r"\1\2", text))


def languages_of(catalogue: Catalogue) -> dict[str, set[str]]:
    """Every text of the catalogue, squeezed, with the languages in which somebody wrote just that."""
    found: dict[str, set[str]] = {}
    texts = [*_texts_in(catalogue.framework), *_texts_in(catalogue.labels)]
    for text in [*texts, *(text for action in catalogue for text in texts_of(action))]:
        for language, written in text.as_dict().items():
            for part in written.split("\n\n"):
                found.setdefault(plain(part), set()).add(language)
    return found


def _texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
        return
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, tuple | list):
        parts = value
    elif isinstance(value, BaseModel):
        parts = [getattr(value, name) for name in type(value).model_fields]
    for part in parts:
        yield from _texts_in(part)
