"""From a file to its text. Refuses what is no plain file, too large, not UTF-8, or holds what no text may."""

from __future__ import annotations

import os
import re
from pathlib import Path

from toolkit_builder.catalogue.characters import composed, forbidden_in_file, not_allowed
from toolkit_builder.catalogue.documents import START, Position, RefusedError
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.project import Project
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MAXIMUM_BYTES = 1_000_000

_PRINTED = (".html", ".css", ".svg")
_LINE_END = re.compile("\r\n|\r|\n")


def read_text(path: Path, maximum: int = MAXIMUM_BYTES) -> str:
    """The text of a file of at most `maximum` bytes, without a byte order mark.

    Raises RefusedError with the place in the file.
    """
    raw = _bytes(path, maximum)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:2].count(0) == 1:
        raise RefusedError(START, "is encoded as UTF-16; save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        place = place_after(before)
        raise RefusedError(place, "is not encoded as UTF-8 here; save the file as UTF-8") from None
    character = forbidden_in_file(text)
    if character:
        raise RefusedError(place_after(text[: character.start()]), not_allowed(character[0]))
    return text


def place_after(before: str) -> Position:
    """The line and column of what follows this beginning of a text."""
    lines = _LINE_END.split(before)
    return Position(len(lines), len(lines[-1]) + 1)


def _bytes(path: Path, maximum: int) -> bytes:
    try:
        return read_regular(path, maximum)
    except UnreadableFileError as error:
        hint = "; make it, or restore it from the shipped project" if error.is_missing else ""
        raise RefusedError(START, f"{error}{hint}") from None


def project_text(project: Project, path: Path) -> str:
    """The text of a file of a project, such as a layout or a style sheet.

    Raises FaultsError with the place in the file.
    """
    try:
        return read_text(path)
    except RefusedError as refused:
        raise FaultsError([refusal_of(project.file(path), refused)]) from None


def unreadable_texts(project: Project) -> list[Fault]:
    """What is wrong with the layouts and style sheets of a project as files, used or not."""
    places = [place for place in (project.layouts[0], project.styles[0]) if place.is_dir()]
    paths = sorted(path for place in places for path in place.rglob("*") if path.suffix in _PRINTED)
    faults: list[Fault] = []
    for path in paths:
        try:
            project_text(project, path)
        except FaultsError as error:
            faults += error.faults
    return faults


def listed_lines(path: Path) -> dict[str, int]:
    """The lines of a list in `content/`, composed (NFC), each with its number; without empty lines and comments (`#`).
    Empty if there is no file.

    Raises FaultsError with the place in the file.
    """
    try:
        lines = composed(read_text(path)).splitlines() if os.path.lexists(path) else []
    except RefusedError as refused:
        raise FaultsError([refusal_of(f"content/{path.name}", refused)]) from None
    numbered = enumerate(lines, start=1)
    return {line.strip(): number for number, line in numbered if line.strip() and not line.lstrip().startswith("#")}


def refusal_of(file: str, refused: RefusedError) -> Fault:
    """The fault of a file that cannot be used as a whole."""
    return Fault(file, refused.position.line, refused.position.column, "", refused.message)
