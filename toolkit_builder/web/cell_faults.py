"""What is wrong with a spreadsheet, by cell, in the words of the page as far as it has some."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit_builder.errors import Fault, cell_name
from toolkit_builder.web.words import PageWords

_SIGNS = (
    (re.compile("missing, and none can be made"), "many.fault_no_id"),
    (re.compile("missing|is empty$"), "tailor.fault_missing"),
    (re.compile("“(?P<word>[^”]*)” is not among its words.*it takes: (?P<allowed>.*)", re.DOTALL), "many.fault_word"),
    (re.compile("“[^”]*” is also the id of row (?P<row>[0-9]+)"), "many.fault_same_id"),
    (re.compile("is the same column as"), "many.fault_twice"),
    (re.compile("there is neither a column"), "many.fault_no_name"),
    (re.compile("there are no rows below"), "many.fault_no_rows"),
    (re.compile("the formula has no result"), "many.fault_formula"),
    (re.compile("the cell holds the error"), "many.fault_error"),
    (re.compile(".*is kept as a number", re.DOTALL), "many.doubt_number"),
    (re.compile("the row is not read"), "many.doubt_row"),
    (re.compile(".*nearest colour that passes is (?P<nearest>#[0-9a-f]{6})", re.DOTALL), "tailor.fault_contrast"),
    (re.compile("“[^”]*” is no colour|.*a colour such as", re.DOTALL), "tailor.fault_colour"),
    (re.compile(r".*name@example\.org", re.DOTALL), "tailor.fault_email"),
    (re.compile(".*web address", re.DOTALL), "tailor.fault_web"),
    (re.compile(".*no date", re.DOTALL), "tailor.fault_date"),
    (re.compile("(?:has a password)"), "many.password"),
    (re.compile(".*(?:not encoded as UTF-8|UTF-16 that is cut short)", re.DOTALL), "many.encoding"),
    (re.compile("has more than|would have more than"), "many.too_much"),
    (re.compile("is not a spreadsheet|is no CSV file|is a spreadsheet, and no CSV"), "many.not_table"),
)
"""What the tool's messages begin with, and what the page says in their place."""


@dataclass(frozen=True)
class CellFault:
    """A fault: its cell as spreadsheets call it (`Sheet1!O6`; empty if it has none), what is wrong there, in the words
    of the page, and `rest`, what the tool says of it, where the page has no words for that.
    """

    cell: str
    subject: str
    text: str
    rest: str = ""


def by_cell(faults: Iterable[Fault], say: PageWords) -> list[CellFault]:
    """Faults in the order of their cells, each once."""
    ordered = sorted({*faults}, key=lambda fault: (fault.line, fault.column, fault.where, fault.message))
    return [_said(fault, say) for fault in ordered]


def _said(fault: Fault, say: PageWords) -> CellFault:
    sheet = fault.file.partition(": ")[2]
    cell = f"{sheet}{cell_name(fault.line, fault.column)}" if fault.line else ""
    for sign, key in _SIGNS:
        if found := sign.match(fault.message):
            return CellFault(cell, fault.where, say(key, **found.groupdict()))
    key = "tailor.fault_other" if fault.severity == "error" else "tailor.doubt_other"
    return CellFault(cell, fault.where, say(key), fault.message)
