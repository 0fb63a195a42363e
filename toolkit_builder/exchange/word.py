"""Word files, by python-docx: a table of key, original, translation, state and note, languages marked.

A line of a text is a paragraph in its cell. The mark of what went out stands in the cell of the key, as hidden text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from toolkit_builder.catalogue.characters import doubt
from toolkit_builder.exchange.encodings import refuse_characters
from toolkit_builder.exchange.returning import Contents, NotThatError, exported, library
from toolkit_builder.exchange.tables import COLUMNS, contents_of, headings
from toolkit_builder.exchange.units import TranslationJob, Unit
from toolkit_builder.table_files import MAXIMUM_UNPACKED, Cell, Row, TableRows

_WIDTHS = (40, 75, 75, 22, 45)
"""Of the columns, in mm; on A4, landscape, with margins of 20 mm."""
_KEY = re.compile(r"<w:t[^>]*>(content/[^<#]+#[^<\s]+)")
_TEXTS = "word/document.xml"
_IN_PLACE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": ""}


# -- writing -----------------------------------------------------------------------------------------------------------


def write(job: TranslationJob) -> bytes:
    document = library("docx").Document()
    units, section = library("docx.shared"), document.sections[0]
    section.page_width, section.page_height = units.Mm(297), units.Mm(210)
    section.left_margin = section.right_margin = units.Mm(20)
    section.orientation = library("docx.enum.section").WD_ORIENT.LANDSCAPE
    document.core_properties.title = f"{job.original} – {job.language}"
    document.styles["Normal"].font.size = units.Pt(9)
    document.styles["Normal"].paragraph_format.space_after = units.Pt(0)
    table = document.add_table(rows=len(job.units) + 1, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = units.Mm(width)
    rows = table._tbl.tr_lst  # by python-docx's own cells a long table would take minutes
    _head(rows[0], headings(job)[: len(_WIDTHS)])
    for row, unit in zip(rows[1:], job.units, strict=True):
        _fill(row, unit, job)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(row: Any, names: list[str]) -> None:
    _with(row.get_or_add_trPr(), "w:tblHeader")  # stands again on each page
    for cell, name in zip(row.tc_lst, names, strict=True):
        run = _put(cell, name, "en")
        _properties(run).get_or_add_b()


def _fill(row: Any, unit: Unit, job: TranslationJob) -> None:
    _with(row.get_or_add_trPr(), "w:cantSplit")
    key, source, target, state, note = row.tc_lst
    _put(key, unit.key, "")
    hidden = key.p_lst[-1].add_r()
    hidden.text = f" {unit.mark}"
    _with(_properties(hidden), "w:vanish")
    _put(source, unit.source, job.original)
    _put(target, unit.target, job.language)
    _put(state, unit.state, "en")
    _put(note, unit.note, "en")


def _put(cell: Any, text: str, language: str) -> Any:
    """Put a text into a cell, a paragraph a line; the last run."""
    run: Any = None
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.p_lst[0] if number == 0 else cell.add_p()
        is_leftwards = bool(language) and _direction(language) == "rtl"
        if is_leftwards:
            _with(paragraph.get_or_add_pPr(), "w:bidi")
        run = paragraph.add_r()
        run.text = line
        if is_leftwards:
            _with(_properties(run), "w:rtl")
        if language:
            tag = language_tag(language)
            _with(_properties(run), "w:lang", **({"w:val": tag, "w:bidi": tag} if is_leftwards else {"w:val": tag}))
        else:
            _with(_properties(run), "w:noProof")  # a key is no word to be spelt
    return run


def _properties(run: Any) -> Any:
    return run.get_or_add_rPr()


def _with(parent: Any, name: str, **values: str) -> None:
    """Put an element into properties, in the order that ECMA-376 has for those that are used here."""
    element = library("docx.oxml").OxmlElement(name)
    for attribute, value in values.items():
        element.set(library("docx.oxml.ns").qn(attribute), value)
    parent.append(element)


def language_tag(language: str) -> str:
    """A language as Word has it, with a region: cy-GB, en-GB. Of English, that of this framework's country."""
    from babel.core import get_global

    if "-" in language or language == "en":
        return "en-GB" if language == "en" else language
    region = str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    return f"{language}-{region}" if region.isupper() else language


def _direction(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


# -- reading -----------------------------------------------------------------------------------------------------------


def read(data: bytes) -> Contents:
    """The first table of a Word file that has the columns; changes that were tracked are taken as accepted.

    Raises NotThatError if there is none, or it is no Word file.
    """
    _measure(data)
    try:
        document = library("docx").Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise NotThatError("is no Word file that can be read; save it again as .docx") from error
    body = document.element.body
    notes = ("has tracked changes; they are taken as accepted",) if _is_tracked(body) else ()
    for number, table in enumerate(_named(body, "tbl"), start=1):
        rows = tuple(_rows(table))
        names = {cell.value.partition(" ")[0].strip().lower() for cell in rows[0].cells} if rows else set()
        if names.issuperset(COLUMNS[:3]):
            found = contents_of(TableRows(rows, f"table {number}"), "row")
            return Contents(found.original, found.language, found.units, notes)
    raise NotThatError(f"has no table with the columns {', '.join(COLUMNS[:3])}; the first row has to name them")


def _measure(data: bytes) -> None:
    """Look at a file before it is read: how large it is, and for characters that XML cannot hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAXIMUM_UNPACKED:
                raise NotThatError(f"would have more than {MAXIMUM_UNPACKED:,} bytes when it is unpacked; divide it")
            if _TEXTS in archive.namelist():
                refuse_characters(archive.read(_TEXTS).decode(errors="replace"), _KEY, references=True)
    except zipfile.BadZipFile:
        raise NotThatError("is no Word file that can be read; save it again as .docx") from None


def _rows(table: Any) -> Iterator[Row]:
    """The rows of a table; the mark in the cell of the key becomes a cell of its own, named in the head."""
    for number, row in enumerate((child for child in table if _name(child) == "tr"), start=1):
        texts = ["\n".join(map(_text, _paragraphs(cell))).strip() for cell in _named(row, "tc")]
        if not any(texts):
            continue
        for column, text in enumerate(texts, start=1):
            if said := doubt(text):
                key = texts[0].partition(" ")[0]
                raise NotThatError(f"row {number}, column {column}: {f'{key}: ' if key else ''}{said}")
        mark = exported(texts[0])
        texts[0] = texts[0].partition(" exported:")[0]
        texts.append(COLUMNS[-1] if number == 1 else str(mark or ""))
        yield Row(number, tuple(Cell(column, text) for column, text in enumerate(texts, start=1)))


def _paragraphs(cell: Any) -> Iterator[Any]:
    return _named(cell, "p")


def _text(paragraph: Any) -> str:
    """The words of a paragraph as they would be without tracking: what was put in, not what was taken out."""
    parts = []
    for element in paragraph.iter():
        name = _name(element)
        if _is_taken_out(element, paragraph):
            continue
        if name == "t":
            parts.append(element.text or "")
        elif name in _IN_PLACE and _name(element.getparent()) == "r":
            parts.append(_IN_PLACE[name])
    return "".join(parts)


def _is_taken_out(element: Any, paragraph: Any) -> bool:
    for above in element.iterancestors():
        if above is paragraph:
            return False
        if _name(above) in ("del", "moveFrom"):
            return True
    return False


def _is_tracked(body: Any) -> bool:
    return any(_name(element) in ("ins", "del", "moveFrom", "moveTo") for element in body.iter())


def _named(element: Any, name: str) -> Iterator[Any]:
    return (found for found in element.iter() if _name(found) == name)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
