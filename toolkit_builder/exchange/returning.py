"""What a translator's file holds when it comes back, whatever its format."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import Any

from toolkit_builder.errors import MachineError

FINISHED = {"translated": "translated", "signed-off": "reviewed", "final": "reviewed", "reviewed": "reviewed"}
"""What formats call a translation that is finished, and what that is here."""
UNFINISHED = ("", "draft", "missing", "stale", "fuzzy")
"""What they call one that is not. Whatever else they say is a draft, and is told."""
RANKS = {"translated": 1, "reviewed": 2}
"""How far a translation has come; whatever else is 0."""
_MARK = re.compile(r"exported: ([a-z]+)-([0-9a-f]{12})-([0-9a-f]{12})")


@dataclass(frozen=True)
class Exported:
    """A unit as it went out: its state, and the hashes of original and translation (`catalogue.review.digest`)."""

    state: str
    original: str
    translation: str

    def __str__(self) -> str:
        return f"exported: {self.state}-{self.original}-{self.translation}"


def exported(text: str) -> Exported | None:
    """The mark of a unit, wherever in a text (a cell, notes) a program has put it; None if it has lost it."""
    found = _MARK.search(text)
    return Exported(*found.groups()) if found else None


@dataclass(frozen=True)
class Returned:
    """A unit as it came back: `place` says where in the file it stands, `doubt` why it cannot be used (if so), `notes`
    what is doubtful and told.
    """

    place: str
    key: str
    source: str
    target: str
    state: str
    doubt: str = ""
    exported: Exported | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The units of a file, and its languages; None where the format does not say. `notes`: what is told of the file."""

    original: str | None
    language: str | None
    units: list[Returned]
    notes: tuple[str, ...] = ()


class NotThatError(Exception):
    """A file is not what it says; the message is for the user."""


def state_named(name: str) -> tuple[str, tuple[str, ...]]:
    """The state that a file names in a word of its own, and what is to be told of it."""
    word = name.strip().lower()
    if word in FINISHED:
        return FINISHED[word], ()
    return "draft", () if word in UNFINISHED else (f"the state “{name.strip()}” is not known; it is taken as a draft",)


def library(name: str) -> Any:
    """A module that only translators' files need, and that is slow to import.

    Raises MachineError if its package is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        top = name.partition(".")[0]
        package = {"translate": "translate-toolkit", "docx": "python-docx"}.get(top, top)
        raise MachineError(f"{package} is not installed. Type: pip install 'toolkit-builder[translate]'") from None
