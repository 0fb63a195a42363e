"""A spreadsheet to be looked at: its columns with their headings and first rows, and what each may be."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit_builder.catalogue.model import Action, Catalogue
from toolkit_builder.errors import FaultsError, cell_name
from toolkit_builder.partnerships.headings import ID, NAME, Headings
from toolkit_builder.partnerships.spreadsheet import TITLES, Matching, TableTerms, cells_of, guessed
from toolkit_builder.partnerships.words import CellWords
from toolkit_builder.table_files import Row, TableRows
from toolkit_builder.web.library import Reading

MOST_ROWS = 300
"""Partnerships that a spreadsheet may have here; the command takes more."""
MOST_COLUMNS = 150
MOST_CELLS = 100_000
"""Of a file, empty ones too, before more is known of it: it is taken apart while somebody waits."""
SAMPLES = 3
_LONGEST_SAMPLE = 70
GROUPS = (
    ("tailor.who", ("id", "name", "short_name", "web")),
    ("tailor.logo", ("logo",)),
    ("tailor.colours", ("colours",)),
    ("tailor.contact", ("contact",)),
    ("tailor.workshop", ("workshop",)),
    ("tailor.words", ("foreword", "introduction")),
    ("many.choice", ("products", "selection", "edition", "sheets")),
)
"""Fields by what they begin with, each group with its title among the page's words."""
_reading = threading.Lock()
"""One spreadsheet at a time is taken apart: what it may take of the memory is bounded, and not taken many times."""


class TooLargeError(Exception):
    """More rows or columns than this page takes. `what`: a phrase of the page."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class ColumnField:
    """What a column may be matched to: its key, and what it is called."""

    key: str
    name: str


@dataclass(frozen=True)
class SheetColumn:
    """A column: its number and letter, its heading, what stands in its first rows, what it is matched to (a key, or
    empty), and whether its heading says so itself.
    """

    number: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    key: str
    is_certain: bool


@dataclass(frozen=True)
class Sheet:
    """The sheet of a file, with what its columns are matched to."""

    cells: TableRows
    matching: Matching
    headings: Headings

    @property
    def heads(self) -> list[tuple[int, str]]:
        """The rows that may have the headings, each with what it says."""
        return [(row.number, _short(" · ".join(cell.value for cell in row.cells))) for row in self.cells.rows[:TITLES]]

    @property
    def below(self) -> list[Row]:
        """The rows below the headings."""
        return [row for row in self.cells.rows if row.number > self.matching.row]

    def names(self, language: str) -> dict[int, str]:
        """What the partnership of each row is called: in a language, or else in another that it has, or its id."""
        keys = {number: key for number, key in self.matching.columns.items() if key == ID or key.startswith(f"{NAME}.")}
        liked = sorted(keys, key=lambda number: (keys[number] == ID, keys[number] != f"{NAME}.{language}"))
        return {
            row.number: _short(next((said[number] for number in liked if said.get(number)), ""))
            for row in self.below
            for said in [{cell.column: cell.value.strip() for cell in row.cells}]
        }

    def columns(self) -> Iterator[SheetColumn]:
        """Those that say anything, from left to right."""
        at = [row for row in self.cells.rows if row.number == self.matching.row]
        heads = {cell.column: cell.value.strip() for row in at for cell in row.cells}
        rows = [{cell.column: cell.value.strip() for cell in row.cells if not cell.fault} for row in self.below]
        for number in sorted({*heads, *(column for row in rows for column in row)}):
            key, heading = self.matching.columns.get(number, ""), heads.get(number, "")
            said = [row[number] for row in rows if row.get(number)][:SAMPLES]
            is_certain = not key or self.headings.key(heading) == key
            letter = cell_name(1, number)[:-1]
            yield SheetColumn(number, letter, _short(heading), tuple(map(_short, said)), key, is_certain)

    def matched(self, columns: Mapping[int, str]) -> Sheet:
        """The same with other matches."""
        return Sheet(self.cells, replace(self.matching, columns=columns), self.headings)

    def with_logos(self, logos: Mapping[str, str]) -> Sheet:
        """The same with files of logos that lie beside it, by what cells call them."""
        return Sheet(self.cells, replace(self.matching, logos=logos), self.headings)


def terms(reading: Reading) -> TableTerms:
    """In what terms spreadsheets of a project's partnerships are written."""
    return TableTerms(Headings.of(reading.catalogue), CellWords.of(reading.catalogue, reading.products))


def sheet_of(path: Path, reading: Reading, row: int = 0) -> Sheet:
    """A spreadsheet with its columns as their headings are understood. `row`: the one with the headings, if somebody
    has said so.

    Raises FaultsError if it cannot be read, TooLargeError if it has too much in it.
    """
    headings = Headings.of(reading.catalogue)
    with _reading:
        cells = cells_of(path, MOST_CELLS)
    if not cells.rows:
        raise FaultsError([])
    if max(cell.column for each in cells.rows for cell in each.cells) > MOST_COLUMNS:
        raise TooLargeError("many.too_many_columns")
    sheet = Sheet(cells, guessed(cells, headings, row), headings)
    if len(sheet.below) > MOST_ROWS:
        raise TooLargeError("many.too_many_rows")
    return sheet


def fields(catalogue: Catalogue, language: str) -> dict[str, list[ColumnField]]:
    """What columns may be matched to, by the titles of their groups, each as it is called in a language."""
    headings = Headings.of(catalogue)
    keys = [key for key in headings.known() if not key.startswith("selection.sector") or _has_sectors(catalogue)]
    return {
        title: [_field(headings, key, language) for key in keys if key.partition(".")[0] in beginnings]
        for title, beginnings in GROUPS
    }


def fields_of(catalogue: Catalogue, language: str) -> list[tuple[Action, list[ColumnField]]]:
    """The same for what a partnership says of each action."""
    headings = Headings.of(catalogue)
    plain = len(headings.known())
    return [
        (action, [_field(headings, key, language) for key in headings.known([action.code])[plain:]])
        for action in catalogue
    ]


def _field(headings: Headings, key: str, language: str) -> ColumnField:
    name = headings.in_language(key, language)
    code, colon, rest = name.partition(": ")
    return ColumnField(key, rest if colon and key.startswith(f"actions.{code}.") else name)


def keys_of(
    groups: Mapping[str, Sequence[ColumnField]], of_actions: Sequence[tuple[Action, Sequence[ColumnField]]]
) -> set[str]:
    """All keys that a form may send."""
    return {field.key for each in (*groups.values(), *(fields for _, fields in of_actions)) for field in each}


def _has_sectors(catalogue: Catalogue) -> bool:
    return any(column.filter for column in catalogue.framework.people)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SAMPLE else f"{line[: _LONGEST_SAMPLE - 1].rstrip()}…"
