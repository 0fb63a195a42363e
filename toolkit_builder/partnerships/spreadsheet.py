"""Partnerships from a spreadsheet: a row each, laid over a base partnership. CSV, or a sheet of an Excel file.

The row of headings names the columns (`headings.py`); titles may stand above it. Where a list may stand, `;`, a comma
or a new line parts its values. An empty cell leaves what the base has. A row whose id begins with `#` is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from toolkit_builder.catalogue.characters import MAXIMUM_NAME, doubt
from toolkit_builder.catalogue.colours import as_hex
from toolkit_builder.catalogue.documents import MAXIMUM_DEPTH, Data, KeyPath, Position, SourceDocument, key_text
from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.errors import Fault, FaultsError, cell_name
from toolkit_builder.partnerships.doubts import Doubts
from toolkit_builder.partnerships.headings import ID, NAME, OWN, Headings
from toolkit_builder.partnerships.ids import id_from_names
from toolkit_builder.partnerships.lost_letters import mended
from toolkit_builder.partnerships.model import PartnershipFile
from toolkit_builder.partnerships.words import CellWords, UnknownWordError
from toolkit_builder.table_files import Cell, Row, TableError, TableRows, read_table

SHEET = "Partneriaethau · Partnerships"
"""What the template calls the sheet that is read; of a file without one, the first is."""
NOT_READ = "#"
LISTS = ("products", "selection.", "edition.languages")
"""Columns, or what they begin with, whose cells may hold several ids."""
TEXT_LISTS = re.compile(r"actions\.([^.]+)\.(examples|who)\.([^.]+)")
"""Columns whose cells may hold several texts."""
_LOGO = "logo.file"
OF_ONE = ("name", "short_name", "logo", "contact", "web", "foreword", "introduction", "workshop", "pages")
"""What a partnership's file says of it alone."""
OF_ACTIONS = ("order", "leave_out")
"""What it says of actions that may be so for others."""
TITLES = 20
"""Rows that may stand above the headings."""


@dataclass(frozen=True)
class Column:
    """A column with a heading: its number from 1, the way to its values, and the heading as it was typed."""

    number: int
    key: str
    heading: str

    @property
    def path(self) -> KeyPath:
        return tuple(self.key.split("."))


@dataclass
class RowDocument(SourceDocument):
    """The data of a row, each value with its cell, and what is wrong with its cells.

    `headings`: what the columns are called in the file. `table`: what they are usually called, and what they take.
    """

    headings: Mapping[KeyPath, str] = field(default_factory=dict)
    table: TableTerms | None = None
    faults: list[Fault] = field(default_factory=list)

    def position(self, path: KeyPath) -> Position:
        """The cell of the value; of one that is missing, the cell where it would be."""
        return self.values.get(path) or super().position(_without_numbers(path))

    def subject(self, path: KeyPath) -> str:
        """The heading that the value at `path` stands under, or would, as the file has it or as it usually is."""
        bare, key = _without_numbers(path), _key(path)
        numbers = [part for part in path if isinstance(part, int)]
        heading = self.headings.get(bare) or (self.table and self.table.headings.words(key))
        if not heading or heading == key:
            return self.headings.get(bare, key_text(path))
        return f"{heading}, {numbers[-1] + 1}" if numbers else heading

    def word(self, path: KeyPath, value: str) -> str:
        """What a value is called in the cells of its column."""
        return self.table.words.word(_key(path), value) if self.table else value


@dataclass(frozen=True)
class TableTerms:
    """In what terms tables of partnerships are written: their headings, and the words that may stand under these."""

    headings: Headings
    words: CellWords = field(default_factory=CellWords)

    def column(self, heading: str) -> str:
        """The key of a column by its heading, or by the last part of its key (`stage` for `selection.stage`)."""
        key = self.headings.key(heading)
        short = [each for each in self.words.columns if each.rpartition(".")[2] == heading.strip().casefold()]
        return key if key in self.words.columns or not short else short[0]


@dataclass(frozen=True)
class Matching:
    """Which row has the headings, and which column is which, by its number (`name.cy`), as somebody has said who has
    looked at the table. Other columns are not read. `logos`: files beside the table by what cells call them
    (`file_called`).
    """

    row: int
    columns: Mapping[int, str]
    logos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartnershipRows:
    """The rows of a table: the id of each and its data, which has its own faults; and those of the table itself."""

    documents: list[tuple[str, RowDocument]]
    faults: list[Fault]


def file_called(name: str) -> str:
    """The same for what people take for the same name of a file: without its folders, in small letters, composed."""
    return unicodedata.normalize("NFC", re.split(r"[/\\]", name.strip())[-1]).casefold()


def _stands(places: dict[KeyPath, Position], path: KeyPath, here: Position) -> None:
    """Note where a value stands, and with it what is around it and stands nowhere yet."""
    for end in range(1, len(path) + 1):
        places.setdefault(path[:end], here)


def _key(path: KeyPath) -> str:
    """The key of the column of a value: `actions.SP1.examples.cy` for each of the examples."""
    return ".".join(part for part in path if isinstance(part, str))


def _without_numbers(path: KeyPath) -> KeyPath:
    """The way to the column of an item of a list."""
    return tuple(part for part in path if isinstance(part, str))


def shared(base: SourceDocument) -> tuple[SourceDocument, list[str]]:
    """What of a partnership's file may be so for others too, and the keys of what is not."""
    data: dict[str, Data] = dict(base.data) if isinstance(base.data, dict) else {}
    left = [key for key in OF_ONE if data.pop(key, None)]
    actions = data.get("actions")
    if isinstance(actions, dict):
        kept = {code: _only(said) for code, said in actions.items()}
        left += [f"actions.{code}" for code, said in actions.items() if kept[code] != said]
        data["actions"] = {code: said for code, said in kept.items() if said}
    return replace(base, data=data), left


def _only(said: Data) -> Data:
    return {key: value for key, value in said.items() if key in OF_ACTIONS} if isinstance(said, dict) else said


def read_rows(
    path: Path,
    table: TableTerms,
    base: SourceDocument | None = None,
    warn: Callable[[Fault], None] = lambda _: None,
    matching: Matching | None = None,
) -> PartnershipRows:
    """The partnerships of a spreadsheet: the id of each and its data, every value with its row and column.

    `warn` is told what is doubtful. `matching`: which columns there are; None: those that the headings name. Raises
    FaultsError if nothing of the table can be read.
    """
    return _Reading(path.name, cells_of(path), table, base, warn, matching).rows_read()


def cells_of(path: Path, most: int | None = None) -> TableRows:
    """The sheet of partnerships of a file, as it is. Raises FaultsError if it cannot be read, or has more cells."""
    try:
        return read_table(path, (SHEET, "Partnerships"), most)
    except TableError as error:
        file = f"{path.name}: " if error.row else path.name
        raise FaultsError([Fault(file, error.row, error.column, "", str(error))]) from None


def guessed(rows: TableRows, headings: Headings, row: int = 0) -> Matching:
    """What the headings of a table are likely to mean: what they name, or come near to. `row`: the one that they stand
    in; 0: the first that has one for an id or a name, or else the first of all.
    """
    at, columns = _headings(rows, headings)
    if row:
        at = next((number for number, each in enumerate(rows.rows) if each.number == row), at)
        columns = _columns(rows.rows[at], headings) if rows.rows else []
    known = {column.number: _guess(column, headings) for column in columns}
    return Matching(rows.rows[at].number if rows.rows else 0, {number: key for number, key in known.items() if key})


def _guess(column: Column, headings: Headings) -> str:
    """The key of a column, or the one whose heading it comes near to; empty if it comes near to none."""
    if column.heading.startswith(OWN):
        return ""
    if column.key == ID or (column.key.partition(".")[0] in PartnershipFile.model_fields and column.key != NAME):
        return column.key
    near = headings.meant(mended(column.heading))
    return headings.key(near) if near else ""


class _Reading:
    """One table; `faults` adds up those of the table, `doubts` what is told a column at a time."""

    def __init__(
        self,
        name: str,
        rows: TableRows,
        table: TableTerms,
        base: SourceDocument | None,
        warn: Callable[[Fault], None],
        matching: Matching | None,
    ) -> None:
        self.file = f"{name}: {rows.prefix}"
        self.name = name
        self.base, self.warn, self.table = base, warn, table
        self.languages = tuple(table.headings.languages)
        self.faults: list[Fault] = []
        self.doubts = Doubts(self.file)
        self.is_matched = matching is not None
        self.logos = matching.logos if matching else {}
        at, columns = _matched(rows, matching, table.headings) if matching else _headings(rows, table.headings)
        self.heads: Row | None = rows.rows[at] if rows.rows else None
        self.rows = rows.rows[at + 1 :]
        self.with_heads = {column.number for column in columns}
        own = () if matching else (OWN,)
        self.columns = [column for column in columns if not column.heading.startswith(own)]
        self.number_of = {column.key: column.number for column in reversed(self.columns)}

    def rows_read(self) -> PartnershipRows:
        if self.heads is None:
            raise FaultsError([Fault(self.name, 0, 0, "", "is empty; the first row has to name the columns")])
        wrong = list(self._wrong_heads(self.heads.number))
        self.faults += wrong
        if not {ID, *(f"{NAME}.{language}" for language in self.languages)} & set(self.number_of):
            raise FaultsError(self.faults)
        unread = {fault.column for fault in wrong}
        self.columns = [column for column in self.columns if column.number not in unread]
        self._warn_of_what_is_not_read()
        found: list[tuple[str, RowDocument]] = []
        rows: dict[str, int] = {}
        for row in self._wanted():
            document, partnership_id = self._document(row)
            if partnership_id in rows:
                message = (
                    f"“{partnership_id}” is also the id of row {rows[partnership_id]}; give each row an id of its own"
                )
                place = document.position((ID,))
                document.faults.append(Fault(self.file, row.number, place.column, self._id_heading(), message))
            rows.setdefault(partnership_id, row.number)
            found.append((partnership_id, document))
        for warning in self.doubts.told():
            self.warn(warning)
        if not found and not self.faults:
            message = f"there are no rows below the headings in row {self.heads.number}"
            raise FaultsError([Fault(self.name, 0, 0, "", f"{message} but those whose id begins with {NOT_READ}")])
        return PartnershipRows(found, self.faults)

    def _id_heading(self) -> str:
        return next((column.heading for column in self.columns if column.key == ID), ID)

    # -- headings ------------------------------------------------------------------------------------------------------

    def _wrong_heads(self, row: int) -> Iterator[Fault]:
        known = tuple(PartnershipFile.model_fields)
        names = [f"{NAME}.{language}" for language in self.languages]
        if not {ID, *names} & set(self.number_of):
            yield Fault(self.file, row, 0, "", f"there is neither a column “ID” nor “Name”; {_TEMPLATE}")
            return
        seen: dict[str, int] = {}
        for column in self.columns:
            key, where = column.key, column.heading
            if key in seen:
                other = cell_name(row, seen[key])
                message = f"is the same column as {other}; remove one of them"
                yield Fault(self.file, row, column.number, where[:MAXIMUM_NAME], message)
            seen[key] = column.number
            if said := doubt(key, MAXIMUM_NAME):
                yield Fault(self.file, row, column.number, f"{where[:MAXIMUM_NAME]}…", said)
            elif key.count(".") >= MAXIMUM_DEPTH:
                message = f"has more than {MAXIMUM_DEPTH} parts; see docs/batch.md for names"
                yield Fault(self.file, row, column.number, where, message)
            elif key != ID and key.partition(".")[0] not in known:
                yield Fault(self.file, row, column.number, where, f"unknown column; {self._meant(where)}{_YOURS}")

    def _meant(self, heading: str) -> str:
        """What to do with a heading that is not known."""
        headings = self.table.headings
        whole = mended(heading)
        if whole != heading and headings.key(whole) != whole:
            return f"its letters were read in a wrong encoding; call it “{whole}”"
        near = headings.meant(heading) or nearest(heading, (ID, *PartnershipFile.model_fields))
        return f"did you mean “{near}”?" if near else _TEMPLATE

    def _warn_of_what_is_not_read(self) -> None:
        if self.is_matched:
            return  # somebody has said so
        told: set[int] = set()
        for row in self.rows:
            for cell in row.cells:
                if cell.column not in self.with_heads and cell.column not in told:
                    told.add(cell.column)
                    message = "is not read, since its column has no heading"
                    self.warn(Fault(self.file, row.number, cell.column, "", message, "warning"))

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _wanted(self) -> Iterator[Row]:
        """The rows that say something under a heading, but for those that are not to be read."""
        read = {column.number for column in self.columns}
        at = self.number_of.get(ID, 0)
        for row in self.rows:
            cells = tuple(cell for cell in row.cells if cell.column in read)
            said = next((cell.value.strip() for cell in cells if cell.column == at), "")
            if said.startswith(NOT_READ):
                message = f"the row is not read, since its id begins with {NOT_READ}"
                self.warn(Fault(self.file, row.number, at, "", message, "warning"))
            elif cells:
                yield replace(row, cells=cells)

    def _document(self, row: Row) -> tuple[RowDocument, str]:
        """The base's data with a row's over it, and its id. Faults of what the base says are told at the row.

        What a row does not change is shared with the base and all other rows: a long base costs no memory a row.
        """
        data: dict[str, Data] = dict(self.base.data) if self.base and isinstance(self.base.data, dict) else {}
        places: dict[KeyPath, Position] = {(): Position(row.number, 0)}
        headings = {one.path: one.heading for one in self.columns}
        document = RowDocument(self.file, data, places, headings=headings, table=self.table)
        cells = {cell.column: cell for cell in row.cells}
        said_id, empty = "", list[tuple[KeyPath, Position]]()
        for column in self.columns:
            cell = cells.get(column.number, Cell(column.number, ""))
            if cell.fault:
                document.faults.append(Fault(self.file, row.number, column.number, column.heading, cell.fault))
            value = "" if cell.fault else cell.value.strip()
            if column.key.startswith(_LOGO):
                value = self.logos.get(file_called(value), value)
            here = Position(row.number, column.number)
            if column.key == ID:
                said_id = value
            elif value:
                self._put(document, column, value, here)
                self.doubts.look(row.number, column.number, column.heading, column.key, cell, self._takes(column))
            else:
                empty.append((column.path, here))
            if value:
                _stands(places, column.path, here)
        # Where a value is missing, its cell is the place; what is around several stands where the first value does, or
        # else where the first is missing.
        for path, here in empty:
            _stands(places, path, here)
        _join_languages(data)
        return document, said_id or self._made_id(row, document)

    def _takes(self, column: Column) -> bool:
        """Whether a column takes values of its own kind, not texts."""
        return column.key.startswith("colours.") or self.table.words.choices(column.key) is not None

    def _put(self, document: RowDocument, column: Column, value: str, here: Position) -> None:
        """Put the value of a cell in its place in the data; or note, in the words of the table, why it has none."""
        data: Any = document.data
        choices = self.table.words.choices(column.key)
        if TEXT_LISTS.fullmatch(column.key):
            *above, language = column.path
            texts = _texts(value)
            document.values |= {(*above, number, language): here for number in range(len(texts))}
            _put(data, column.path, texts)
        elif choices:
            try:
                ids = choices.read(value)
            except UnknownWordError as unknown:
                document.faults.append(Fault(self.file, here.line, here.column, column.heading, str(unknown)))
            else:
                _put(data, column.path, (ids if len(ids) > 1 else ids[0]) if ids else None)
        elif column.key.startswith(LISTS):
            values = [part.strip() for part in re.split(r"[;,\n]", value) if part.strip()]
            _put(data, column.path, values if len(values) > 1 else "".join(values))
        elif column.key.startswith("colours."):
            colour = as_hex(value)
            if colour:
                _put(data, column.path, colour)
            else:
                message = f"“{value[:80]}” is no colour; write its six figures, such as #0b6468"
                document.faults.append(Fault(self.file, here.line, here.column, column.heading, message))
        else:
            _put(data, column.path, value)

    def _made_id(self, row: Row, document: RowDocument) -> str:
        """An id made from the name; if it gives none, which is then a fault, one that is no other row's."""
        name = document.data.get(NAME) if isinstance(document.data, dict) else None
        own = [language for language in self.languages if (NAME, language) in document.values]
        made = id_from_names(name, own) if isinstance(name, dict) else ""
        if not made:
            column = self.number_of.get(ID, 0)
            message = "missing, and none can be made from the name; give the partnership an id"
            document.faults.append(Fault(self.file, row.number, column, self._id_heading(), message))
        return made or f"row-{row.number}"


_TEMPLATE = "take a heading from the template (toolkit-builder batch --template FILE)"
_YOURS = f"; if the column is yours alone, begin its heading with {OWN}, and it is not read"


def _headings(table: TableRows, headings: Headings) -> tuple[int, list[Column]]:
    """Which row has the headings, counted from 0, and the columns: the first row that has one for an id or a name."""
    names = {ID, *(f"{NAME}.{language}" for language in headings.languages)}
    found = [_columns(row, headings) for row in table.rows[:TITLES]]
    at = next((number for number, columns in enumerate(found) if names & {one.key for one in columns}), 0)
    return at, found[at] if found else []


def _columns(row: Row, headings: Headings) -> list[Column]:
    return [Column(cell.column, headings.key(cell.value), cell.value.strip()) for cell in row.cells]


def _matched(table: TableRows, matching: Matching, headings: Headings) -> tuple[int, list[Column]]:
    """The same as somebody has said it; a column without a heading is called what it is usually called."""
    at = next((number for number, row in enumerate(table.rows) if row.number == matching.row), 0)
    heads = {cell.column: cell.value.strip() for cell in table.rows[at].cells} if table.rows else {}
    return at, [
        Column(number, key, heads.get(number) or headings.words(key))
        for number, key in sorted(matching.columns.items())
    ]


def _texts(value: str) -> list[str]:
    """Several texts of a cell: one a line, or parted by `;` if it has one line."""
    parts = value.split("\n") if "\n" in value else value.split(";")
    return [text for part in parts if (text := part.strip().removeprefix("- ").removeprefix("• ").strip())]


def _join_languages(data: dict[str, Data]) -> None:
    """What was put as a list for each language becomes a list of texts in all of them, as files have it."""
    actions = data.get("actions")
    for local in actions.values() if isinstance(actions, dict) else ():
        for key, value in local.items() if isinstance(local, dict) else ():
            said = value if isinstance(value, dict) else {}
            lists = {language: texts for language, texts in said.items() if isinstance(texts, list)}
            if isinstance(local, dict) and lists:
                local[key] = [dict(pairs) for pairs in _by_item(lists)]


def _by_item(lists: Mapping[str, Sequence[Data]]) -> Iterator[list[tuple[str, Data]]]:
    """The first text in each language, the second…; a language that has fewer is left out."""
    for at in range(max(map(len, lists.values()))):
        yield [(language, texts[at]) for language, texts in lists.items() if at < len(texts)]


def _put(data: dict[Any, Any], path: KeyPath, value: Any) -> None:
    """Put a value in its place; None takes away what is there."""
    for part in path[:-1]:
        inner = data.get(part)
        data[part] = dict(inner) if isinstance(inner, dict) else {}
        data = data[part]
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value
