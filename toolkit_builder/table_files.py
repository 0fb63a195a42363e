"""Tables from outside: CSV, and the sheets of Excel files, within bounds that are looked at before anything is read.

An Excel file is a zip of XML: 10 kB of it can stand for gigabytes. So what it unpacks to, how many elements its parts
have, rows, columns and cells are all counted first, or as they come. Terms of the format after ECMA-376.
"""

from __future__ import annotations

import csv
import datetime
import importlib
import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from toolkit_builder.catalogue.characters import doubt
from toolkit_builder.errors import MachineError, cell_name
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MAXIMUM_BYTES = 20_000_000
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 1_000
MAXIMUM_CELLS = 1_000_000
"""Empty ones too, where they stand before one that is not."""
MAXIMUM_UNPACKED = 100_000_000
"""Bytes of all parts of an Excel file."""
ELEMENTS = 3
"""For a cell, where fewer cells are allowed."""
MAXIMUM_ELEMENTS = 3_000_000
"""Of all its parts: two a cell, and a few for the strings."""
MAXIMUM_PARTS = 1_000
LAST_ROW = 1_048_576
"""ECMA-376 has no more; a file may claim any."""
_CHUNK = 1_000_000
_LONGEST_MARK = 20
"""Bytes of what is looked for, which may stand where two chunks meet."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_FORMULAS_BEGIN_WITH = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = ",;\t"
_SEPARATOR = re.compile("sep=([,;|\t])\\s*")
"""What Excel writes above a table to say how its cells are parted; it shows no row for it."""
_ZERO = "\ufffe"
"""Stands for a 0 that a format of numbers has in quotes, and that is no place for a figure."""
_LONGEST_FORMAT = 40
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_TELEPHONE = re.compile(rf"[+() 0{_ZERO}-]*")
"""A format of nothing but places that are filled with zeros, and what stands in telephone numbers."""
_BEFORE_PLACES = re.compile(f"[+{_ZERO}]")
"""What stands before all places that are filled."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile('"[^"]*"')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""What files of Excel before 2007 begin with, and encrypted ones (MS-CFB, 2.2)."""
ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
"""Of files that are tables; Excel’s “Unicode Text” ends with .txt."""
MOST_TOLD = 10
"""Cells that a message names."""
NO_EXCEL = "is not a spreadsheet that can be read; open it and save it again as .xlsx"


class TableError(Exception):
    """A table that cannot be used; the message is for the user. `row` and `column` from 1, 0 where none is meant."""

    def __init__(self, message: str, row: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.row, self.column = row, column


@dataclass(frozen=True)
class Cell:
    """What a cell holds, as it would be typed.

    `kept_as`: what its file keeps it as, if not as a text: a number has lost any zeros before it, unless its format
    has them; a date the form that it was typed in. `fault`: why it cannot be used, and what to do; whether it is needed
    is for others to say.
    """

    column: int
    value: str
    kept_as: Literal["text", "number", "date"] = "text"
    fault: str = ""


@dataclass(frozen=True)
class Row:
    """The cells of a row that hold something; `number` from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableRows:
    """The rows of a table that hold something; `sheet` is the name of the sheet, empty for CSV."""

    rows: tuple[Row, ...]
    sheet: str = ""

    @property
    def prefix(self) -> str:
        """What is written before a cell of the table: `Sheet1!`, nothing for CSV."""
        return f"{self.sheet}!" if self.sheet else ""

    def sound(self) -> TableRows:
        """The same. Raises TableError, naming the cells, if there are some that cannot be used."""
        wrong = [f"{self.prefix}{cell_name(row.number, cell.column)}: {cell.fault}"
                 for row in self.rows for cell in row.cells if cell.fault]  # fmt: skip
        if wrong:
            more = f"; and {len(wrong) - MOST_TOLD} more cells" if len(wrong) > MOST_TOLD else ""
            raise TableError("; ".join(wrong[:MOST_TOLD]) + more)
        return self


def read_table(path: Path, sheets: Sequence[str] = (), most: int | None = None) -> TableRows:
    """A table from a file, by its ending: CSV, or Excel, of which the first of `sheets` that is there, or its first.
    `most`: cells that it may have, if fewer than any.

    Raises TableError if it cannot be used, MachineError if the package for Excel is not installed.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise TableError(f"unknown ending; known: {', '.join(ENDINGS)}. Save it as .xlsx")
    try:
        data = read_regular(path, MAXIMUM_BYTES)
        return read_xlsx(data, sheets, most) if ending in (".xlsx", ".xlsm") else read_csv(data, most)
    except UnreadableFileError as error:
        raise TableError(str(error)) from None


# -- CSV ---------------------------------------------------------------------------------------------------------------


def read_csv(data: bytes, most: int | None = None) -> TableRows:
    """A table from the bytes of a CSV file in UTF-8 or UTF-16, with commas, semicolons or tabs.

    Rows are numbered as spreadsheet programs show them. Raises TableError.
    """
    text = _decoded(data)
    head = text[: text.find("\n") + 1] or text
    told = _SEPARATOR.fullmatch(head)
    separator = told[1] if told else _separator(head)
    if text.count(separator) > (most or MAXIMUM_CELLS):  # else they would all be in memory before they can be counted
        raise _too_many_cells(most=most)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        if told:
            next(reader)
        return TableRows(tuple(_rows((number, map(_typed, row)) for number, row in enumerate(reader, start=1))))
    except csv.Error as error:
        raise TableError(f"is no CSV file that can be read: line {reader.line_num}, {error}") from None


def _decoded(data: bytes) -> str:
    """Raises TableError for other encodings: nothing in a file says which of the old ones it is in."""
    is_utf_16 = data.startswith(_UTF_16)
    if data.startswith((b"PK\3\4", _OLE)):
        raise TableError("is a spreadsheet, and no CSV file; save it as .xlsx")
    try:
        return data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        where = "is UTF-16 that is cut short" if is_utf_16 else f"is not encoded as UTF-8 in line {line}"
        advice = "save it as .xlsx, or as “CSV UTF-8”: older kinds of CSV have no ŵ and ŷ"
        raise TableError(f"{where}; {advice}") from None


def _separator(head: str) -> str:
    """What parts the cells of the first line; what stands in quotes does not count."""
    return max(_SEPARATORS, key=_QUOTED.sub("", head).count)


def csv_cell(text: str) -> str:
    """A text as a cell of a CSV file: a spreadsheet program would take some for formulas, and work them out."""
    return f"'{text}" if _is_like_a_formula(text) else text


def _is_like_a_formula(text: str) -> bool:
    """With the apostrophes that may have been put before it, so that each is taken away again."""
    return text.lstrip("'").startswith(_FORMULAS_BEGIN_WITH)


def _typed(value: str) -> Cell:
    text = value[1:] if value.startswith("'") and _is_like_a_formula(value) else value
    return Cell(0, text.replace("\r\n", "\n").replace("\r", "\n"))


# -- Excel -------------------------------------------------------------------------------------------------------------


def read_xlsx(data: bytes, sheets: Sequence[str] = (), most: int | None = None) -> TableRows:
    """A table from the bytes of an Excel file. Raises TableError, MachineError as `read_table` does."""
    load = excel().load_workbook
    try:
        has_formulas = _measure(data, ELEMENTS * most if most else MAXIMUM_ELEMENTS)
        with warnings.catch_warnings(action="ignore"):  # of what it does not know in other programs' files
            formulas = _formulas(_sheet(load(io.BytesIO(data), read_only=True), sheets)) if has_formulas else set()
            chosen = _sheet(load(io.BytesIO(data), read_only=True, data_only=True), sheets)
            numbered = enumerate(chosen.iter_rows(), start=1)
            cells = ((number, (_cell(number, at, formulas) for at in enumerate(row, 1))) for number, row in numbered)
            return TableRows(tuple(_rows(cells)), str(chosen.title))
    except (TableError, MachineError):
        raise
    # Whatever a damaged zip, XML or workbook makes the readers raise is that file's fault; what they say of it is for
    # their own developers.
    except Exception:
        raise TableError(_not_excel(data)) from None


def _not_excel(data: bytes) -> str:
    if data.startswith(_OLE):
        return "has a password, or is of Excel before 2007; take the password off, and save it as .xlsx"
    return NO_EXCEL


def _sheet(book: Any, names: Sequence[str]) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}  # those that are charts have no rows
    chosen = next((sheets[name] for name in names if name in sheets), book.worksheets[0])
    chosen.reset_dimensions()  # what a file says of the size of a sheet need not be so
    return chosen


def _formulas(sheet: Any) -> set[tuple[int, int]]:
    """Row and column of the cells with formulas."""
    found, cells = set(), 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells += len(row)
        if cells > MAXIMUM_CELLS or number > LAST_ROW:
            raise _too_many_cells(number)
        found |= {(number, column) for column, cell in enumerate(row, start=1) if cell.data_type == "f"}
    return found


def _cell(row: int, at: tuple[int, Any], formulas: Container[tuple[int, int]]) -> Cell:
    """A cell as it would be typed: dates as 2026-01-31, whole numbers without a point."""
    column, cell = at
    value = cell.value
    if cell.data_type == "e":
        return Cell(column, str(value), fault=f"the cell holds the error {value}; put a text or nothing there")
    if value is None:
        # A formula whose result is an empty text says that it is a text (`t="str"`; ECMA-376, 18.18.11).
        is_open = (row, column) in formulas and cell.data_type != "str"
        fault = "the formula has no result; open and save the file, or put a text there" if is_open else ""
        return Cell(column, "", fault=fault)
    if isinstance(value, bool):
        return Cell(column, str(value).lower())
    if isinstance(value, datetime.datetime):
        return Cell(column, value.date().isoformat(), "date")
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Cell(column, str(value), "date")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    kept_as: Literal["text", "number"] = "number" if isinstance(value, int | float) else "text"
    if isinstance(value, int) and (shown := zero_filled(value, str(cell.number_format))):
        return Cell(column, shown)
    return Cell(column, _unescaped(str(value)).replace("\r\n", "\n").replace("\r", "\n"), kept_as)


def _is_filled(number_format: str) -> bool:
    """Whether a format has two places or more that are filled with zeros, as telephone numbers do."""
    last = _BEFORE_PLACES.split(number_format)[-1]
    return bool(_TELEPHONE.fullmatch(number_format)) and last.count("0") > 1


def zero_filled(value: int, number_format: str) -> str:
    """A whole number as a format shows it that fills it with zeros, `00000 000000` (ECMA-376, 18.8.31); empty if the
    format does not, or does more.
    """
    first = _LITERAL.sub(lambda found: (found[1] or found[2]).replace("0", _ZERO), number_format.partition(";")[0])
    if value < 0 or len(first) > _LONGEST_FORMAT or not _is_filled(first):
        return ""
    figures, places = str(value), first.count("0")
    figures = figures.zfill(places)
    before, rest = figures[: len(figures) - places], iter(figures[len(figures) - places :])
    shown = "".join(next(rest) if letter == "0" else letter for letter in first)
    at = len(first) - len(first.lstrip("+() -" + _ZERO))
    return (shown[:at] + before + shown[at:]).replace(_ZERO, "0").strip()


def _unescaped(text: str) -> str:
    """A text of a cell with the characters that XML cannot hold, which are written by their numbers: `_x0007_`, and
    `_x005F_` for an underscore that would begin such a number (ST_Xstring; ECMA-376, 22.9.2.19).
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def xlsx_cell(text: str) -> str:
    """A text as a cell of an Excel file: what could be taken for such a number is none."""
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text) if "_x" in text else text


def _measure(data: bytes, most: int) -> bool:
    """Look at all parts of an Excel file, and keep nothing of them: whether there are formulas.

    Raises TableError if they have more in them than is allowed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAXIMUM_PARTS or sum(part.file_size for part in parts) > MAXIMUM_UNPACKED:
            raise TableError(f"would have more than {MAXIMUM_UNPACKED:,} bytes when it is unpacked; divide it")
        elements, has_formulas = 0, False
        for part in parts:
            with archive.open(part) as opened:  # of which no more is read than the size that was added up
                before = b""
                while chunk := opened.read(_CHUNK):
                    elements += chunk.count(b"<")
                    if elements > 2 * most:  # each has a beginning and an end
                        raise TableError(f"has more than {most:,} elements; divide it")
                    if b"<!DOCTYPE" in before + chunk:
                        raise TableError("has a document type, which no Excel file has; save it again as .xlsx")
                    has_formulas |= bool(_FORMULA.search(before + chunk))
                    before = chunk[-_LONGEST_MARK:]
    return has_formulas


def excel() -> Any:
    """The package for Excel files. Raises MachineError if it is not installed."""
    try:
        return importlib.import_module("openpyxl")
    except ImportError:
        raise MachineError("openpyxl is not installed. Type: pip install 'toolkit-builder[translate]'") from None


# -- both --------------------------------------------------------------------------------------------------------------


def _rows(rows: Iterable[tuple[int, Iterable[Cell]]]) -> Iterator[Row]:
    """The rows that hold something. Raises TableError as soon as there are too many, or cells that no text may be."""
    count = cells = 0
    for number, row in rows:
        held = []
        for column, cell in enumerate(row, start=1):
            cells += 1
            if cell.fault or (cell.value and not cell.value.isspace()):
                held.append(_checked(number, column, cell))
        if cells > MAXIMUM_CELLS or number > LAST_ROW:
            raise _too_many_cells(number)
        count += bool(held)
        if count > MAXIMUM_ROWS:
            raise TableError(f"has more than {MAXIMUM_ROWS:,} rows; divide it", number)
        if held:
            yield Row(number, tuple(held))


def _checked(row: int, column: int, cell: Cell) -> Cell:
    if column > MAXIMUM_COLUMNS:
        raise TableError(f"has more than {MAXIMUM_COLUMNS:,} columns; delete those that are not needed", row)
    return replace(cell, column=column, fault=cell.fault or doubt(cell.value))


def _too_many_cells(row: int = 0, most: int | None = None) -> TableError:
    message = f"has more than {most or MAXIMUM_CELLS:,} cells; divide it, and delete columns far to the right"
    return TableError(message, row)
