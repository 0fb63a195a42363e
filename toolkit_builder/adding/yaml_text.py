"""YAML as text, so that whatever stands in a file already stays as it is, comments and all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.regular_files import UnreadableFileError, read_regular

Words = Mapping[str, str]
"""A text by language; what it lacks is left empty, to be filled in."""


def scalar(text: str) -> str:
    """A text as it stands after a colon, in quotes where YAML needs them; nothing for an empty one."""
    if not text or "\n" in text:
        return json.dumps(text, ensure_ascii=False) if text else ""
    written: str = yaml.safe_dump(text, allow_unicode=True, width=1_000_000)
    return written.removesuffix("...\n").strip()


def entry(key: str, value: str) -> str:
    """A key with a value; nothing stands after the colon if there is none."""
    return f"{key}: {scalar(value)}".rstrip()


def texts(key: str, words: Words, languages: Iterable[str]) -> list[str]:
    """The lines of a key with a text in every language."""
    return [f"{key}:", *(f"  {entry(language, words.get(language, ''))}" for language in languages)]


def with_item(path: Path, file: str, key: str, lines: Sequence[str]) -> str:
    """The text of a YAML file with one more item in the list under a key of its top level; all else stays as it is.

    `lines` are those of a mapping. Raises FaultsError if the file cannot be read, or the list is not written a line an
    item, so that a person has to add it.
    """
    try:
        text = read_regular(path, MAXIMUM_BYTES).decode("utf-8")
    except (UnreadableFileError, UnicodeDecodeError) as error:
        raise FaultsError([Fault(file, 0, 0, "", str(error))]) from None
    end = "\r\n" if "\r\n" in text else "\n"
    before = text.split(end)
    start = next((at for at, line in enumerate(before) if re.fullmatch(rf"\ufeff?{key}:\s*(#.*)?", line)), None)
    items = [] if start is None else _block(before[start + 1 :])
    first = next((item for item in map(_ITEM.match, items) if item), None)
    if start is None or first is None:
        message = f"is not written a line an item, and cannot be added to; add this by hand: {' / '.join(lines)}"
        raise FaultsError([Fault(file, 0 if start is None else start + 1, 1, key, message)])
    indent, gap = first[1], first[2]
    added = [f"{indent}{f'-{gap}' if at == 0 else ' ' * (1 + len(gap))}{line}" for at, line in enumerate(lines)]
    at = start + 1 + len(items)
    return end.join([*before[:at], *added, *before[at:]])


_ITEM = re.compile(r"( {0,40})-( {1,40})\S")


def _block(lines: Sequence[str]) -> Sequence[str]:
    """Of the lines after a key those that belong to it; comments at the margin are of what follows."""
    count = 0
    for at, line in enumerate(lines, start=1):
        if re.match(r"[^\s#-]|---|\.\.\.", line):
            break
        if line.strip() and not line.startswith("#"):
            count = at
    return lines[:count]
