"""What of a table's cells is perhaps not what was typed: told once a column and kind, with the cells that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit_builder.catalogue.colours import as_hex
from toolkit_builder.errors import Fault, cell_name
from toolkit_builder.partnerships.lost_letters import has_lost_letters, mended
from toolkit_builder.table_files import MOST_TOLD, Cell

_NUMBERS = ("order",)
_DATES = ("date",)
_TELEPHONE = "telephone"
"""Ends of keys."""
_WITHOUT_ZERO = re.compile(r"[1-9][0-9]{8,9}")
"""Nine or ten figures: the numbers of the United Kingdom have a 0 and as many more."""
_ROUNDED = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_SHOWN = 60
"""Characters of a value in a message."""


@dataclass
class _Doubt:
    """A kind of doubt in a column: the message about its first cell, what to do, and all of its cells."""

    heading: str
    message: str
    advice: str
    cells: list[tuple[int, int]] = field(default_factory=list)


class Doubts:
    """Adds doubts up; `file` is what faults of the table begin with."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[tuple[int, str], _Doubt] = {}

    def look(self, row: int, column: int, heading: str, key: str, cell: Cell, has_words: bool) -> None:
        """Note what is doubtful about the cell of a column. `has_words`: it takes words or values of its own kind."""
        for kind, message, advice in _doubts(key, cell, has_words):
            found = self._found.setdefault((column, kind), _Doubt(heading, message, advice))
            found.cells.append((row, column))

    def told(self) -> Iterator[Fault]:
        """A warning for each column and kind, at its first cell."""
        for doubt in self._found.values():
            (row, column), *others = doubt.cells
            named = [cell_name(*cell) for cell in others[:MOST_TOLD]]
            more = f" and {len(others) - MOST_TOLD} more" if len(others) > MOST_TOLD else ""
            also = f"; so in {', '.join(named)}{more}" if others else ""
            yield Fault(self.file, row, column, doubt.heading, f"{doubt.message}{also}; {doubt.advice}", "warning")


def _doubts(key: str, cell: Cell, has_words: bool) -> Iterator[tuple[str, str, str]]:
    """The kinds of doubt about a cell, each with a message and what to do."""
    last, value = key.rpartition(".")[2], cell.value.strip()
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    again = "format the column as text, and type it again"
    if cell.kept_as == "number" and last not in _NUMBERS and not (has_words or as_hex(value)):
        lost = ", which has no 0 before it" if last == _TELEPHONE else ""
        yield "number", f"{shown} is kept as a number{lost}", again
    elif cell.kept_as == "date" and last not in _DATES:
        yield "date", f"{shown} is kept as a date, and will be printed so", "format the column as text"
    elif last == _TELEPHONE and _ROUNDED.fullmatch(value):
        yield "rounded", f"{shown} has lost its last figures", again
    elif last == _TELEPHONE and _WITHOUT_ZERO.fullmatch(re.sub(r"[\s()-]", "", value)):
        yield "zero", f"{shown} has no 0 before it, which spreadsheets take away from numbers", again
    if has_words:
        return
    if (whole := mended(value)) != value:
        meant = whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"
        message = f"“{shown}” has letters that were read in a wrong encoding; “{meant}” may be meant"
        yield "encoding", message, "save it again as .xlsx or “CSV UTF-8”"
    elif has_lost_letters(value):
        yield "lost", f"“{shown}” has lost a letter, for which ? or � stands", "type it again, and save it as .xlsx"
