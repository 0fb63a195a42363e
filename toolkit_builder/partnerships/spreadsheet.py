"""Partnerships from a spreadsheet: a row each, laid over a base partnership. CSV, or the first sheet of an Excel file.

The first row names the columns: `id`, and the way to a value in a partnership's file (`name.cy`, `workshop.date`,
`actions.SP1.note.en`). Where a list may stand, `;` parts its values. An empty cell leaves what the base has.
"""

from __future__ import annotations

import copy
import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit_builder.catalogue.documents import Data, KeyPath, Position, SourceDocument
from toolkit_builder.errors import Fault, FaultsError, MachineError
from toolkit_builder.partnerships.model import PartnershipFile

ID = "id"
LISTS = ("products", "selection", "edition.languages")
"""Columns, or what they begin with, whose cells may hold several values."""
MAXIMUM_BYTES = 50_000_000
MAXIMUM_ROWS = 100_000

Row = list[tuple[int, str]]
"""The number of each column, from 1, and what its cell holds."""


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
        path.write_text(",".join(columns) + "\n", encoding="utf-8-sig")
    elif path.suffix.lower() == ".xlsx":
        book = _excel().Workbook()
        book.active.append(columns)
        book.save(path)
    else:
        raise FaultsError([Fault(path.name, 0, 0, "", "unknown ending; known: .csv, .xlsx")])


def read_rows(path: Path, base: SourceDocument | None) -> list[tuple[str, SourceDocument]]:
    """The partnerships of a spreadsheet: the id of each and its data, every value with its row and column.

    Raises FaultsError with all that is wrong with the table itself.
    """
    name, table = _table(path)
    if not table:
        raise FaultsError([Fault(name, 1, 1, "", "is empty; the first row has to name the columns")])
    heads = [(number, head.strip()) for number, head in table[0][1] if head.strip()]
    faults = list(_heads(name, heads))
    if faults:
        raise FaultsError(faults)
    found: list[tuple[str, SourceDocument]] = []
    rows: dict[str, int] = {}
    for number, cells in table[1:]:
        row = dict(cells)
        if not any(value.strip() for value in row.values()):
            continue
        document, partnership_id = _document(name, number, heads, row, base)
        if not partnership_id:
            faults.append(Fault(name, number, heads[0][0], ID, "missing; give each partnership an id"))
        elif partnership_id in rows:
            message = f"“{partnership_id}” is also the id of row {rows[partnership_id]}; change one of them"
            faults.append(Fault(name, number, heads[0][0], ID, message))
        rows.setdefault(partnership_id, number)
        found.append((partnership_id, document))
    if not found:
        faults.append(Fault(name, 2, 1, "", "there are no rows below the names of the columns"))
    if faults:
        raise FaultsError(faults)
    return found


def _heads(name: str, heads: Row) -> Iterator[Fault]:
    known = tuple(PartnershipFile.model_fields)
    if ID not in [head for _, head in heads]:
        yield Fault(name, 1, 1, ID, "there is no column of this name; add it")
    seen: dict[str, int] = {}
    for number, head in heads:
        if head in seen:
            yield Fault(name, 1, number, head, f"is also the name of column {seen[head]}; remove one of them")
        seen[head] = number
        if head != ID and head.partition(".")[0] not in known:
            yield Fault(name, 1, number, head, f"unknown column; a name begins with one of: {', '.join(known)}")


def _document(
    name: str, number: int, heads: Row, row: dict[int, str], base: SourceDocument | None
) -> tuple[SourceDocument, str]:
    """The base's data with a row's over it. Faults of what the base says are told at the row."""
    data: Data = copy.deepcopy(base.data) if base else {}
    places: dict[KeyPath, Position] = {(): Position(number, 1)}
    partnership_id = ""
    for column, head in heads:
        value = row.get(column, "").strip()
        if head == ID:
            partnership_id = value
        elif value:
            path: KeyPath = tuple(head.split("."))
            is_list = ";" in value and any(head == one or head.startswith(f"{one}.") for one in LISTS)
            _put(data, path, [part.strip() for part in value.split(";") if part.strip()] if is_list else value)
            for end in range(1, len(path) + 1):
                places.setdefault(path[:end], Position(number, column))
    return SourceDocument(name, data, places), partnership_id


def _put(data: Any, path: KeyPath, value: Any) -> None:
    for part in path[:-1]:
        if not isinstance(data.get(part), dict):
            data[part] = {}
        data = data[part]
    data[path[-1]] = value


# -- reading -----------------------------------------------------------------------------------------------------------


def _table(path: Path) -> tuple[str, list[tuple[int, Row]]]:
    """What messages call the table, and its rows with their numbers."""
    try:
        data = path.read_bytes()
        if len(data) > MAXIMUM_BYTES:
            raise FaultsError([Fault(path.name, 0, 0, "", f"has more than {MAXIMUM_BYTES:,} bytes")])
        if path.suffix.lower() == ".csv":
            return path.name, _csv(data)
        if path.suffix.lower() == ".xlsx":
            return _xlsx(path.name, data)
    except (OSError, ValueError, KeyError, TypeError, csv.Error, zipfile.BadZipFile) as error:
        message = f"cannot be read as a {path.suffix[1:]} file ({error})"
        raise FaultsError([Fault(path.name, 0, 0, "", message)]) from None
    raise FaultsError([Fault(path.name, 0, 0, "", "unknown ending; known: .csv, .xlsx")])


def _csv(data: bytes) -> list[tuple[int, Row]]:
    text = data.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    return [(number, list(enumerate(row, start=1))) for number, row in enumerate(reader, start=1)][:MAXIMUM_ROWS]


def _xlsx(name: str, data: bytes) -> tuple[str, list[tuple[int, Row]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > 10 * MAXIMUM_BYTES:
            raise ValueError("it would be too large when it is unpacked")
    book = _excel().load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = [
        (number, [(column, _cell(value)) for column, value in enumerate(row, start=1)])
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAXIMUM_ROWS), start=1)
    ]
    book.close()
    return f"{name}[{sheet.title}]", rows


def _cell(value: Any) -> str:
    """What a cell holds as it would be typed: dates as 2026-01-31, whole numbers without a point."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _excel() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MachineError("openpyxl is not installed. Type: pip install 'toolkit-builder[translate]'") from None
    return openpyxl
