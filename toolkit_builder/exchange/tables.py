"""Spreadsheets: Excel by openpyxl, and CSV. A row a string; the first row names the columns."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

from toolkit_builder.exchange.returning import FINISHED, Contents, NotThatError, Returned, library
from toolkit_builder.exchange.units import TranslationJob, Unit

COLUMNS = ("key", "source", "target", "state", "note")
SHEET = "texts"
MAXIMUM_UNPACKED = 200_000_000
"""bytes"""


def write_csv(job: TranslationJob) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_headings(job))
    writer.writerows(_rows(job.units))
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def write_xlsx(job: TranslationJob) -> bytes:
    openpyxl, styles = library("openpyxl"), library("openpyxl.styles")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(_headings(job))
    for row in _rows(job.units):
        sheet.append(row)
    for column, width in zip("ABCDE", (42, 60, 60, 12, 60), strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column]:
            cell.data_type = "s"  # what begins with = is no formula
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            cell.font = styles.Font(bold=cell.row == 1)
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(job: TranslationJob) -> list[str]:
    return ["key", f"source ({job.original})", f"target ({job.language})", "state", "note"]


def _rows(units: Iterable[Unit]) -> Iterator[list[str]]:
    return ([unit.key, unit.source, unit.target, unit.state, unit.note] for unit in units)


def read_csv(data: bytes) -> Contents:
    text = data.decode("utf-8-sig")
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _table([(f"line {reader.line_num}", row) for row in reader])
    except csv.Error as error:
        raise NotThatError(f"is no CSV file that can be read (line {reader.line_num}: {error})") from None


def read_xlsx(data: bytes) -> Contents:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MAXIMUM_UNPACKED:
            raise NotThatError("would be too large when it is unpacked")
    book = library("openpyxl").load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    rows = [
        (f"{sheet.title}, row {number}", ["" if cell is None else str(cell) for cell in row])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    book.close()
    return _table(rows)


def _table(rows: list[tuple[str, list[str]]]) -> Contents:
    heads = [head.partition(" ")[0].strip().lower() for head in rows[0][1]] if rows else []
    if lacking := [name for name in COLUMNS[:3] if name not in heads]:
        raise NotThatError(f"has no column {', '.join(lacking)}; the first row has to name them")
    original, language = (_language(rows[0][1][heads.index(name)]) for name in ("source", "target"))
    units = []
    for place, row in rows[1:]:
        cells = dict(zip(heads, row, strict=False))
        if any(row):
            state = FINISHED.get(cells.get("state", "").strip().lower(), "draft")
            units.append(
                Returned(place, cells.get("key", "").strip(), cells.get("source", ""), cells.get("target", ""), state)
            )
    return Contents(original, language, units)


def _language(head: str) -> str | None:
    """The language in a heading such as `target (cy)`."""
    return head.partition("(")[2].rstrip(") ") or None
