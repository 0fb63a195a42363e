"""What is wrong with a spreadsheet, by cell, in the words of the page as far as it has some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit_builder.errors import Fault, cell_name
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.web.columns import Sheet
from toolkit_builder.web.words import PageWords

_MISSING = "tailor.fault_missing"
_SIGNS = (
    ("missing, and none can be made", "many.fault_no_id"),
    ("missing", _MISSING),
    ("is empty; the first row", "many.fault_no_rows"),
    ("is empty", _MISSING),
    ("is the same column as", "many.fault_twice"),
    ("there is neither a column", "many.fault_no_name"),
    ("there are no rows below", "many.fault_no_rows"),
    ("the formula has no result", "many.fault_formula"),
    ("the cell holds the error", "many.fault_error"),
    ("has no 0 before it, which", "many.doubt_zero"),
    ("has lost its last figures", "many.doubt_rounded"),
    ("letters that were read in a wrong encoding", "many.doubt_letters"),
    ("has lost a letter", "many.doubt_letters"),
    ("is kept as a date", "many.doubt_date"),
    ("is kept as a number", "many.doubt_number"),
    ("is no colour", "tailor.fault_colour"),
    ("a colour such as", "tailor.fault_colour"),
    ("name@example.org", "tailor.fault_email"),
    ("web address", "tailor.fault_web"),
    ("looks like #", "tailor.doubt_like"),
    ("a telephone number", "tailor.fault_telephone"),
    ("no date", "tailor.fault_date"),
    ("neither SVG nor PNG", "many.fault_logo_kind"),
    ("is no SVG", "many.fault_logo_kind"),
    ("outside of the partnership", "many.fault_logo_place"),
    ("has a password", "many.password"),
    ("not encoded as UTF-8", "many.encoding"),
    ("UTF-16 that is cut short", "many.encoding"),
    ("has more than", "many.too_much"),
    ("would have more than", "many.too_much"),
    ("is not a spreadsheet", "many.not_table"),
    ("is no CSV file", "many.not_table"),
    ("is a spreadsheet, and no CSV", "many.not_table"),
)
"""What the tool's messages have in them, and what the page says in their place; the first counts."""
_WITH_VALUES = (
    (re.compile("^“(?P<word>[^”]*)” is not among its words.*; it takes: (?P<allowed>.*)$"), "many.fault_word"),
    (re.compile("^“[^”]*” is also the id of row (?P<row>[0-9]+)"), "many.fault_same_id"),
    (re.compile("^no such file “(?P<name>[^”]*)”"), "many.fault_logo"),
    (re.compile("nearest colour that passes is (?P<nearest>#[0-9a-f]{6})"), "tailor.fault_contrast"),
)
"""The same with what a message says of the cell."""
_INTENDED = "the row is not read"
"""What somebody has marked so is as it should be: the example of a spreadsheet to fill in is."""


@dataclass(frozen=True)
class CellFault:
    """A fault: its cell as spreadsheets call it (`Sheet1!O6`; empty if it has none), whose row it is, what is
    wrong there, in the words of the page, and `rest`, what the tool says of it, where the page has no words for that.
    """

    cell: str
    subject: str
    text: str
    rest: str = ""
    partnership: str = ""


def by_cell(faults: Iterable[Fault], say: PageWords, headings: Headings, sheet: Sheet | None = None) -> list[CellFault]:
    """Faults in the order of their cells, each once. `headings`: what columns are called that have none in the file;
    `sheet`: the one that they are of, as far as it could be read.
    """
    ordered = sorted({*faults}, key=lambda fault: (fault.line, fault.column, fault.where, fault.message))
    usual = {headings.words(key): key for key in headings.known()}
    columns = sheet.matching.columns if sheet else {}
    names = sheet.names(say.language) if sheet else {}
    said = [
        replace(
            _said(fault, say, _subject(fault.where, columns.get(fault.column, ""), say.language, headings, usual)),
            partnership=names.get(fault.line, ""),
        )
        for fault in ordered
        if not fault.message.startswith(_INTENDED)
    ]
    missing = say(_MISSING)
    wrong = {(fault.cell, fault.subject) for fault in said if fault.text != missing}  # what cannot be read is not there
    return [fault for fault in said if fault.text != missing or (fault.cell, fault.subject) not in wrong]


def _subject(where: str, column: str, language: str, headings: Headings, usual: Mapping[str, str]) -> str:
    """A heading as the file has it; a usual one in the language of the page. What is missing in all languages is called
    by the column of the cell that is named for it.
    """
    key = usual.get(where, where)
    own = [column] if column.startswith(f"{key}.") else []
    known = next((each for each in (key, *own, f"{key}.{language}") if headings.words(each) != each), "")
    return headings.in_language(known, language) if known else where


def _said(fault: Fault, say: PageWords, subject: str) -> CellFault:
    sheet = fault.file.partition(": ")[2]
    cell = f"{sheet}{cell_name(fault.line, fault.column)}" if fault.line else ""
    for pattern, key in _WITH_VALUES:
        if found := pattern.search(fault.message):
            return CellFault(cell, subject, say(key, **found.groupdict()))
    for sign, key in _SIGNS:
        if sign in fault.message:
            return CellFault(cell, subject, say(key))
    key = "tailor.fault_other" if fault.severity == "error" else "tailor.doubt_other"
    return CellFault(cell, subject, say(key), fault.message)
