"""Exit statuses, faults, and one exception for each cause.

Every exception here is a `click.ClickException`: the command prints it and ends with its status; a program
can catch it. No traceback ever reaches a user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import IO, Any, Literal

import click

_NOT_FOR_TERMINALS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    """A text for a terminal: what would move the cursor, change colours or answer for the user is shown as its number.

    Names of files and what other programs say may hold any character; tabs and line feeds stay.
    """
    return _NOT_FOR_TERMINALS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def counted(number: int, noun: str) -> str:
    """`1 pack`, `2 packs`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cell_name(row: int, column: int = 0) -> str:
    """A cell as spreadsheets call it, `C5`; a whole row, `5:5`, without a column. Both count from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}" if letters else f"{row}:{row}"


_BREAKS = re.compile("[\t\n]+")
"""Line ends, and tabs, which keys of a file may have: a fault is a line."""


class ExitStatus(IntEnum):
    """What the command ends with (docs/commands.md)."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    MACHINE = 3
    BATCH = 4
    INTERRUPTED = 130


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where, what, and what to do.

    `file` is relative to the project; `line` and `column` count from 1, and are 0 where no place is known.
    `where` is the key in the file (`title.cy`) or the place on a page. Of a table, `file` ends with what is written
    before a cell (`rows.xlsx: Sheet1!`, `rows.csv: `), and line and column are told as spreadsheets call them.
    """

    file: str
    line: int
    column: int
    where: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}{self._place()}" if self.line else self.file
        subject = f"{self.where}: " if self.where else ""
        return printable(_BREAKS.sub(" ", f"{place}: {self.severity}: {subject}{self.message}"))

    def _place(self) -> str:
        is_table = self.file.endswith(("!", ": "))
        return cell_name(self.line, self.column) if is_table else f":{self.line}:{self.column}"

    def as_dict(self) -> dict[str, str | int]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "where": self.where,
            "message": self.message,
        }


class ToolkitError(click.ClickException):
    """The base of all that this tool raises for its users."""

    exit_code = ExitStatus.CONTENT

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(printable(self.format_message()), file=file, err=True)


class FaultsError(ToolkitError):
    """Content, a layout or a page is wrong: every fault that was found, sorted by place, and what came of it."""

    def __init__(self, faults: Iterable[Fault], outcome: str = "nothing was written") -> None:
        self.faults = sorted(set(faults))
        self.outcome = outcome
        super().__init__("\n".join(map(str, self.faults)))

    def format_message(self) -> str:
        return f"{self.message}\n{counted(len(self.faults), 'fault')}; {self.outcome}."


class SelectionError(ToolkitError):
    """The filters leave no action."""


class UsageError(ToolkitError):
    """An unknown option value, with the values that exist."""

    exit_code = ExitStatus.USAGE

    def format_message(self) -> str:
        return f"Error: {self.message}"


class ProjectError(ToolkitError):
    """There is no project where one was asked for, or a folder is in the way of a new one."""

    exit_code = ExitStatus.USAGE

    def format_message(self) -> str:
        return f"Error: {self.message}"


class MachineError(ToolkitError):
    """The machine lacks something: a library, a font, room on the disk, the right to write."""

    exit_code = ExitStatus.MACHINE

    def format_message(self) -> str:
        return f"Error: {self.message}"


class ChangedError(MachineError):
    """A file was changed while pages were being made of it: what they would be kept as would not be what they are."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} changed while pages were being made of it. Try again")


class StoppedError(ToolkitError):
    """The work is not wanted any more, and was ended; nothing was changed."""

    exit_code = ExitStatus.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("Stopped; nothing was changed.")


class BatchError(ToolkitError):
    """Some packs of a batch could not be made; the others were."""

    exit_code = ExitStatus.BATCH
