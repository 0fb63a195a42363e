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
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit_builder.catalogue.characters import doubt
from toolkit_builder.errors import MachineError
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MAXIMUM_BYTES = 20_000_000
MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 1_000
MAXIMUM_CELLS = 1_000_000
"""Empty ones too, where they stand before one that is not."""
MAXIMUM_UNPACKED = 100_000_000
"""Bytes of all parts of an Excel file."""
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
_SEPARATOR = re.compile("sep=([,;])\\s*")
"""What Excel writes above a table to say how its cells are parted."""


class TableError(Exception):
    """A table that cannot be used; the message is for the user. `row` and `column` from 1, 0 where none is meant."""

    def __init__(self, message: str, row: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.row, self.column = row, column


@dataclass(frozen=True)
class Cell:
    """What a cell holds, as it would be typed. `is_number`: it was kept as a number, and lost any zeros before it."""

    column: int
    value: str
    is_number: bool = False


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


def read_table(path: Path, sheet: str = "") -> TableRows:
    """A table from a file, by its ending: CSV, or Excel, of which `sheet` if there is one of this name, or the first.

    Raises TableError if it cannot be used, MachineError if the package for Excel is not installed.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise TableError("unknown ending; known: .csv, .xlsx")
    try:
        data = read_regular(path, MAXIMUM_BYTES)
        return read_csv(data) if ending == ".csv" else read_xlsx(data, sheet)
    except UnreadableFileError as error:
        raise TableError(str(error)) from None


# -- CSV ---------------------------------------------------------------------------------------------------------------


def read_csv(data: bytes) -> TableRows:
    """A table from the bytes of a CSV file in UTF-8, with commas or semicolons; rows are numbered by their lines.

    Raises TableError.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TableError("is not encoded as UTF-8 here; save it as “CSV UTF-8”, or as .xlsx", line) from None
    head = text[: text.find("\n")]
    told = _SEPARATOR.fullmatch(head)
    separator = told[1] if told else ";" if head.count(";") > head.count(",") else ","
    if text.count(separator) > MAXIMUM_CELLS:  # else they would all be in memory before they can be counted
        raise _too_many_cells()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        if told:
            next(reader)
        return TableRows(tuple(_rows((reader.line_num, map(_typed, row)) for row in reader)))
    except csv.Error as error:
        raise TableError(f"is no CSV file that can be read ({error})", reader.line_num) from None


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


def read_xlsx(data: bytes, sheet: str = "") -> TableRows:
    """A table from the bytes of an Excel file. Raises TableError, MachineError as `read_table` does."""
    load = excel().load_workbook
    try:
        has_formulas = _measure(data)
        with warnings.catch_warnings(action="ignore"):  # of what it does not know in other programs' files
            formulas = _formulas(_sheet(load(io.BytesIO(data), read_only=True), sheet)) if has_formulas else set()
            chosen = _sheet(load(io.BytesIO(data), read_only=True, data_only=True), sheet)
            numbered = enumerate(chosen.iter_rows(), start=1)
            cells = ((number, (_cell(number, at, formulas) for at in enumerate(row, 1))) for number, row in numbered)
            return TableRows(tuple(_rows(cells)), str(chosen.title))
    except TableError:
        raise
    # Whatever a damaged zip, XML or workbook makes the readers raise is that file's fault.
    except Exception as error:
        said = str(error).partition("\n")[0][:120] or type(error).__name__
        raise TableError(f"is no Excel file that can be read ({said}); save it again as .xlsx") from None


def _sheet(book: Any, name: str) -> Any:
    chosen = book[name] if name in book.sheetnames else book.worksheets[0]
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
    """A cell as it would be typed: dates as 2026-01-31, whole numbers without a point.

    Raises TableError for one that has no value but an error, or a formula without its result.
    """
    column, cell = at
    value = cell.value
    if cell.data_type == "e":
        raise TableError(f"the cell holds the error {value}; put a text or nothing there", row, column)
    if value is None:
        if (row, column) in formulas:
            raise TableError("the formula has no result; open and save the file, or put a text there", row, column)
        return Cell(column, "")
    if isinstance(value, datetime.datetime):
        return Cell(column, value.date().isoformat())
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Cell(column, str(value).replace("\r\n", "\n").replace("\r", "\n"), is_number)


def _measure(data: bytes) -> bool:
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
                    if elements > 2 * MAXIMUM_ELEMENTS:  # each has a beginning and an end
                        raise TableError(f"has more than {MAXIMUM_ELEMENTS:,} elements; divide it")
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
            if cell.value and not cell.value.isspace():
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
    wrong = doubt(cell.value)
    if wrong:
        raise TableError(wrong, row, column)
    return replace(cell, column=column)


def _too_many_cells(row: int = 0) -> TableError:
    message = f"has more than {MAXIMUM_CELLS:,} cells; divide it, and delete columns far to the right"
    return TableError(message, row)
