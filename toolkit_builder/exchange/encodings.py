"""Decodes translators' files by what they declare, and by what they are where they do not keep to it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from toolkit_builder.catalogue.characters import forbidden_in_file, not_allowed
from toolkit_builder.exchange.returning import NotThatError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_LAST = 0x10FFFF


def decoded(data: bytes, declared: Callable[[bytes], str | None]) -> str:
    """The text of a file: after its byte order mark, else as UTF-8 if it can be that, else as it declares.

    What is in UTF-8 throughout is so, whatever was declared: no other encoding with letters beyond ASCII looks like it
    by chance. Raises NotThatError, with the line, if it is in neither.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"line {_line(data, error.start)}" if encoding != "utf-16" else "its end"
    name = declared(data[:2000])
    if name is None or _is_utf_8(name):
        said = "is declared to be in UTF-8, and is not" if name else "is not encoded as UTF-8"
        raise NotThatError(f"{said} at {place}; save it as UTF-8")
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        raise NotThatError(
            f"is declared to be in “{name}”, and cannot be read so at {place}; save it as UTF-8"
        ) from None


def refuse_characters(text: str, key: re.Pattern[str], *, references: bool = False) -> None:
    """Raises NotThatError, with the key that stands before it, for a character that no text may hold.

    Readers would drop some of them without a word. `references`: also as XML's `&#x1;`.
    """
    found = forbidden_in_file(text)
    at, character = (found.start(), found[0]) if found else (len(text), "")
    for reference in _REFERENCE.finditer(text, 0, at) if references else ():
        number = int(reference[1], 16) if reference[1] else int(reference[2])
        if number > _LAST or forbidden_in_file(chr(number)):
            at, character = reference.start(), chr(min(number, _LAST))
            break
    if character:
        keys = [match[1] for match in key.finditer(text, 0, at)]
        place = keys[-1] if keys else f"line {text.count(chr(10), 0, at) + 1}"
        raise NotThatError(f"{place}: {not_allowed(character)}")


def _is_utf_8(name: str) -> bool:
    try:
        return codecs.lookup(name).name in ("utf-8", "utf-8-sig", "ascii")
    except LookupError:
        return False


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
