"""Spreadsheets: Excel by openpyxl, and CSV. A row a string; the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping

from toolkit_builder import table_files
from toolkit_builder.exchange.returning import Contents, NotThatError, Returned, exported, library, state_named
from toolkit_builder.exchange.units import TranslationJob, Unit
from toolkit_builder.table_files import Row, TableError, TableRows, csv_cell, xlsx_cell

COLUMNS = ("key", "source", "target", "state", "note", "exported")
"""The last is not for people: it says what went out (`Unit.mark`)."""
SHEET = "texts"


def write_csv(job: TranslationJob) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings(job))
    writer.writerows([csv_cell(value) for value in row] for row in _rows(job.units))
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def write_xlsx(job: TranslationJob) -> bytes:
    openpyxl, styles = library("openpyxl"), library("openpyxl.styles")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(headings(job))
    for row in _rows(job.units):
        sheet.append([xlsx_cell(value) for value in row])
    for column, width in zip("ABCDEF", (42, 60, 60, 12, 60, 8), strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column]:
            cell.data_type = "s"  # what begins with = is no formula
            cell.alignment = styles.Alignment(wrap_text=column != "F", vertical="top")
            cell.font = styles.Font(bold=cell.row == 1)
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def headings(job: TranslationJob) -> list[str]:
    return ["key", f"source ({job.original})", f"target ({job.language})", *COLUMNS[3:]]


def _rows(units: Iterable[Unit]) -> Iterator[list[str]]:
    return ([unit.key, unit.source, unit.target, unit.state, unit.note, unit.mark] for unit in units)


def read_csv(data: bytes) -> Contents:
    return _contents("line", lambda: table_files.read_csv(data))


def read_xlsx(data: bytes) -> Contents:
    return _contents("row", lambda: table_files.read_xlsx(data, (SHEET,)))


def _contents(what: str, read: Callable[[], TableRows]) -> Contents:
    """Raises NotThatError, naming the cell if there is one, if the table cannot be used."""
    try:
        table = read().sound()
    except TableError as error:
        place = f"{what} {error.row}{f', column {error.column}' if error.column else ''}: " if error.row else ""
        raise NotThatError(f"{place}{error}") from None
    return contents_of(table, what)


def contents_of(table: TableRows, what: str) -> Contents:
    """The units of a table whose first row names the columns; `what` its rows are called. Raises NotThatError."""
    heads, rows = _heads(table), table.rows[1:]
    named = {head.partition(" ")[0].strip().lower(): column for column, head in heads.items()}
    if lacking := [name for name in COLUMNS[:3] if name not in named]:
        raise NotThatError(f"has no column {', '.join(lacking)}; the first row has to name them")
    original, language = (_language(heads[named[name]]) for name in ("source", "target"))
    sheet = f"{table.sheet}, " if table.sheet else ""
    return Contents(original, language, [_returned(f"{sheet}{what} {row.number}", row, named) for row in rows])


def _heads(table: TableRows) -> dict[int, str]:
    return {cell.column: cell.value for cell in table.rows[0].cells} if table.rows else {}


def _returned(place: str, row: Row, named: Mapping[str, int]) -> Returned:
    values = {cell.column: cell.value for cell in row.cells}
    key, source, target, word, _, mark = (values.get(named.get(name, 0), "") for name in COLUMNS)
    state, notes = state_named(word)
    return Returned(place, key.strip(), source, target, state, exported=exported(mark), notes=notes)


def _language(head: str) -> str | None:
    """The language in a heading such as `target (cy)`."""
    return head.partition("(")[2].rstrip(") ") or None
