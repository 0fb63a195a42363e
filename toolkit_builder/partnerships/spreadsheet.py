"""Partnerships from a spreadsheet: a row each, laid over a base partnership. CSV, or the first sheet of an Excel file.

The first row names the columns: `id`, and the way to a value in a partnership's file (`name.cy`, `workshop.date`,
`actions.SP1.note.en`). Where a list may stand, `;` parts its values. An empty cell leaves what the base has.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.catalogue.characters import MAXIMUM_NAME, doubt
from toolkit_builder.catalogue.documents import MAXIMUM_DEPTH, Data, KeyPath, Position, SourceDocument
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.partnerships.model import PartnershipFile
from toolkit_builder.table_files import Row, TableError, excel, read_table

ID = "id"
LISTS = ("products", "selection", "edition.languages")
"""Columns, or what they begin with, whose cells may hold several values."""
TELEPHONE = "telephone"
Heads = list[tuple[int, str]]
"""The number of each column, from 1, and its name."""


def template(languages: Sequence[str]) -> list[str]:
    """The columns of a new spreadsheet."""
    by_language = ("name", "short_name", "logo.alternative", "web", "introduction", "workshop.place")
    return [
        ID,
        *(f"{column}.{language}" for column in by_language for language in languages),
        *("logo.file", "colours.ground", "colours.band", "contact.name", "contact.email", "contact.telephone"),
        *("workshop.date", "products", "selection.stage", "selection.category", "selection.action"),
        *("selection.exclude", "edition.languages", "edition.layout"),
    ]


def write_template(path: Path, languages: Sequence[str]) -> None:
    """Write a spreadsheet with columns and no rows, as CSV or Excel by its ending.

    Raises FaultsError for another ending.
    """
    columns = template(languages)
    if path.suffix.lower() == ".csv":
        replace_bytes(path, f"{','.join(columns)}\n".encode("utf-8-sig"))  # the mark tells Excel that it is UTF-8
    elif path.suffix.lower() == ".xlsx":
        book, file = excel().Workbook(), io.BytesIO()
        book.active.append(columns)
        book.save(file)
        replace_bytes(path, file.getvalue())
    else:
        raise FaultsError([Fault(path.name, 0, 0, "", "unknown ending; known: .csv, .xlsx")])


def read_rows(
    path: Path, base: SourceDocument | None, warn: Callable[[Fault], None] = lambda _: None
) -> list[tuple[str, SourceDocument]]:
    """The partnerships of a spreadsheet: the id of each and its data, every value with its row and column.

    `warn` is told what is doubtful. Raises FaultsError with all that is wrong with the table itself.
    """
    try:
        table = read_table(path)
    except TableError as error:
        raise FaultsError([Fault(path.name, error.row, error.column, "", str(error))]) from None
    name = f"{path.name}[{table.sheet}]" if table.sheet else path.name
    if not table.rows:
        raise FaultsError([Fault(name, 1, 1, "", "is empty; the first row has to name the columns")])
    first, *others = table.rows
    heads = [(cell.column, cell.value.strip()) for cell in first.cells]
    faults = list(_heads(name, first.number, heads))
    if faults:
        raise FaultsError(faults)
    found: list[tuple[str, SourceDocument]] = []
    rows: dict[str, int] = {}
    for row in others:
        document, partnership_id = _document(name, row, heads, base)
        if not partnership_id:
            column = next(column for column, head in heads if head == ID)
            faults.append(Fault(name, row.number, column, ID, "missing; give each partnership an id"))
        elif partnership_id in rows:
            message = f"“{partnership_id}” is also the id of row {rows[partnership_id]}; change one of them"
            faults.append(Fault(name, row.number, heads[0][0], ID, message))
        rows.setdefault(partnership_id, row.number)
        found.append((partnership_id, document))
        for fault in _doubts(name, row, heads):
            warn(fault)
    if not found:
        faults.append(Fault(name, first.number + 1, 1, "", "there are no rows below the names of the columns"))
    if faults:
        raise FaultsError(faults)
    return found


def _heads(name: str, row: int, heads: Heads) -> Iterator[Fault]:
    known = tuple(PartnershipFile.model_fields)
    if ID not in [head for _, head in heads]:
        yield Fault(name, row, 1, ID, "there is no column of this name; add it")
    seen: dict[str, int] = {}
    for number, head in heads:
        if head in seen:
            yield Fault(name, row, number, head, f"is also the name of column {seen[head]}; remove one of them")
        seen[head] = number
        if said := doubt(head, MAXIMUM_NAME):
            yield Fault(name, row, number, f"{head[:MAXIMUM_NAME]}…", said)
        elif head.count(".") >= MAXIMUM_DEPTH:
            yield Fault(name, row, number, head, f"has more than {MAXIMUM_DEPTH} parts; see docs/batch.md for names")
        elif head != ID and head.partition(".")[0] not in known:
            yield Fault(name, row, number, head, f"unknown column; a name begins with one of: {', '.join(known)}")


def _doubts(name: str, row: Row, heads: Heads) -> Iterator[Fault]:
    named = dict(heads)
    for cell in row.cells:
        head = named.get(cell.column, "")
        if cell.is_number and head.rpartition(".")[2] == TELEPHONE:
            message = f"{cell.value} is kept as a number, which has no 0 before it; format the column as text"
            yield Fault(name, row.number, cell.column, head, message, "warning")


def _document(name: str, row: Row, heads: Heads, base: SourceDocument | None) -> tuple[SourceDocument, str]:
    """The base's data with a row's over it. Faults of what the base says are told at the row.

    What a row does not change is shared with the base and all other rows, so that a long base costs no memory a row.
    """
    data: dict[str, Data] = dict(base.data) if base and isinstance(base.data, dict) else {}
    places: dict[KeyPath, Position] = {(): Position(row.number, 1)}
    values = {cell.column: cell.value.strip() for cell in row.cells}
    partnership_id = ""
    for column, head in heads:
        value = values.get(column, "")
        if head == ID:
            partnership_id = value
        elif value:
            path: KeyPath = tuple(head.split("."))
            is_list = ";" in value and any(head == one or head.startswith(f"{one}.") for one in LISTS)
            _put(data, path, [part.strip() for part in value.split(";") if part.strip()] if is_list else value)
            for end in range(1, len(path) + 1):
                places.setdefault(path[:end], Position(row.number, column))
    return SourceDocument(name, data, places), partnership_id


def _put(data: dict[Any, Any], path: KeyPath, value: Any) -> None:
    for part in path[:-1]:
        inner = data.get(part)
        data[part] = dict(inner) if isinstance(inner, dict) else {}
        data = data[part]
    data[path[-1]] = value
