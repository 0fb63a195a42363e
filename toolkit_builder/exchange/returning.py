"""What a translator's file holds when it comes back, whatever its format."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from toolkit_builder.errors import MachineError

FINISHED = {"translated": "translated", "signed-off": "reviewed", "final": "reviewed", "reviewed": "reviewed"}
"""What formats call a translation that is finished, and what that is here. Whatever else they say is a draft."""


@dataclass(frozen=True)
class Returned:
    """A unit as it came back: `place` says where in the file it stands, `doubt` why it cannot be used (if so)."""

    place: str
    key: str
    source: str
    target: str
    state: str
    doubt: str = ""


@dataclass(frozen=True)
class Contents:
    """The units of a file, and its languages; None where the format does not say."""

    original: str | None
    language: str | None
    units: list[Returned]


class NotThatError(Exception):
    """A file is not what it says; the message is for the user."""


def library(name: str) -> Any:
    """A module that only translators' files need, and that is slow to import.

    Raises MachineError if its package is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        package = "translate-toolkit" if name.startswith("translate.") else name.partition(".")[0]
        raise MachineError(f"{package} is not installed. Type: pip install 'toolkit-builder[translate]'") from None
