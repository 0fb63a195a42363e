"""From a file to its text. Refuses what is no plain file, too large, not UTF-8, or holds control characters."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit_builder.catalogue.documents import START, Position, RefusedError

MAXIMUM_BYTES = 1_000_000

# What YAML 1.1 (5.1) leaves out, and the line ends that no editor shows as such.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|\r|\n")


def read_text(path: Path) -> str:
    """The text of a file, without a byte order mark.

    Raises RefusedError with the place in the file.
    """
    raw = _bytes(path)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:2].count(0) == 1:
        raise RefusedError(START, "is encoded as UTF-16; save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        place = place_after(before)
        raise RefusedError(place, "is not encoded as UTF-8 here; save the file as UTF-8") from None
    control = _CONTROL.search(text)
    if control:
        place = place_after(text[: control.start()])
        raise RefusedError(place, f"the character U+{ord(control[0]):04X} is not allowed; remove it")
    return text


def place_after(before: str) -> Position:
    """The line and column of what follows this beginning of a text."""
    lines = _LINE_END.split(before)
    return Position(len(lines), len(lines[-1]) + 1)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise RefusedError(START, "is a folder, and a file is needed; rename or move the folder")
    try:
        if path.exists() and not path.is_file():
            raise RefusedError(START, "is not a plain file; put one in its place")
        with path.open("rb") as file:
            raw = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        message = "no such file; make it, or restore it from the shipped project"
        raise RefusedError(START, message) from None
    except OSError as error:
        raise RefusedError(START, f"cannot be read ({error.strerror}); check its permissions") from None
    if len(raw) > MAXIMUM_BYTES:
        raise RefusedError(START, f"has more than {MAXIMUM_BYTES:,} bytes; divide or shorten it")
    return raw


def listed_lines(path: Path) -> dict[str, int]:
    """The lines of a list, each with its number; without empty lines and comments (`#`). Empty if there is no file.

    Raises RefusedError with the place in the file.
    """
    lines = enumerate(read_text(path).splitlines(), start=1) if path.exists() else ()
    return {line.strip(): number for number, line in lines if line.strip() and not line.lstrip().startswith("#")}
