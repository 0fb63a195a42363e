"""YAML to plain data, with the place of every value and every fault in one pass.

The files are written by people who are not programmers, so less of YAML is allowed than there is: every scalar is
a string (`no`, `1.10` and `2026-01-01` stay what was typed), aliases and tags are refused, a key may stand once.
Data is built from the parser's events, without recursion: neither an alias bomb nor deep nesting can hurt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from toolkit_builder.errors import Fault

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 20

Data = dict[str, "Data"] | list["Data"] | str
Path_ = tuple[str | int, ...]

_Parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Position:
    """Line and column, both counted from 1."""

    line: int
    column: int


@dataclass
class Document:
    """One file's data, with the position of each value by its path (`("examples", 0, "cy")`)."""

    file: str
    data: Data
    positions: dict[Path_, Position] = field(default_factory=dict)

    def position(self, path: Path_) -> Position:
        """Where the value at `path` stands, or the nearest thing around it that stands somewhere."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position(1, 1))


def key_text(path: Path_) -> str:
    """`("examples", 0, "cy")` as it is written in messages: `examples[1].cy`, items counted from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


class _Refused(Exception):  # noqa: N818  (never leaves this module)
    def __init__(self, position: Position, message: str, where: str = "") -> None:
        self.position, self.message, self.where = position, message, where


def read_yaml(path: Path, file: str, faults: list[Fault]) -> Document | None:
    """Read one file; add what is wrong with it to `faults` and return None if it cannot be used.

    `file` is the path as messages give it.
    """
    try:
        return _parse(_text(path), file, faults)
    except _Refused as refused:
        place = refused.position
        faults.append(Fault(file, place.line, place.column, refused.where, refused.message))
        return None


def _text(path: Path) -> str:
    start = Position(1, 1)
    if path.is_dir():
        raise _Refused(start, "is a folder, and a file is needed; rename or move the folder")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _Refused(start, "no such file; make it, or restore it from the shipped project") from None
    except OSError as error:
        raise _Refused(start, f"cannot be read ({error.strerror}); check its permissions") from None
    if len(raw) > MAXIMUM_BYTES:
        raise _Refused(start, f"has {len(raw):,} bytes; at most {MAXIMUM_BYTES:,} are read")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Refused(start, "is encoded as UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        place = Position(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise _Refused(place, "is not encoded as UTF-8 here; save the file as UTF-8") from None


def _parse(text: str, file: str, faults: list[Fault]) -> Document:
    builder = _Builder(file, faults)
    parser = _Parser(text)
    try:
        while parser.check_event():
            builder.take(parser.get_event())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        raise _Refused(position, _syntax_message(text, position, error)) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        position = Position(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise _Refused(position, f"the character U+{_code(error):04X} is not allowed; remove it") from None
    finally:
        parser.dispose()
    return builder.document()


def _code(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character)


def _syntax_message(text: str, position: Position, error: yaml.MarkedYAMLError) -> str:
    lines = text.splitlines()
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[position.column - 1 : position.column] == "\t":
        return "a tab; YAML is indented with spaces only, so put two spaces for each step"
    if ": " in line[position.column - 1 :] or line.rstrip().endswith(":"):
        hint = "if the text has a colon in it, put the whole text in quotes"
    else:
        hint = "look for a missing quote, colon or space just before this place"
    return f"not YAML: {error.problem or error.context}; {hint}"


class _Open:
    """A mapping or list that has begun and not ended."""

    def __init__(self, data: dict[str, Data] | list[Data], path: Path_) -> None:
        self.data = data
        self.path = path
        self.key: str | None = None
        self.skip = False

    def next_path(self) -> Path_:
        if isinstance(self.data, list):
            return (*self.path, len(self.data))
        return (*self.path, self.key or "")

    def put(self, value: Data) -> None:
        if isinstance(self.data, list):
            self.data.append(value)
        else:
            if not self.skip and self.key is not None:
                self.data[self.key] = value
            self.key, self.skip = None, False


class _Builder:
    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults
        self.positions: dict[Path_, Position] = {}
        self.stack: list[_Open] = []
        self.root: Data | None = None

    def document(self) -> Document:
        if self.root is None:
            raise _Refused(Position(1, 1), "is empty; a mapping of keys and values is needed")
        return Document(self.file, self.root, self.positions)

    def take(self, event: yaml.Event) -> None:
        position = Position(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(position, f"an alias (*{event.anchor}); write the value out instead")
        if getattr(event, "tag", None) and not _implicit(event):
            raise _Refused(position, f"a tag ({event.tag}); plain values only, so remove it")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event.value, position)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, position)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], position)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _Refused(position, "a second document (---); one file holds one, so move it to a file of its own")

    def _scalar(self, value: str, position: Position) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.data, dict) and top.key is None:
            self._key(top, value, position)
        else:
            self._place(value, position)

    def _key(self, top: _Open, key: str, position: Position) -> None:
        assert isinstance(top.data, dict)  # noqa: S101  (for the type checker)
        top.key = key
        path = (*top.path, key)
        if key in top.data:
            first = self.positions[path]
            message = f"a second time in this mapping (first in line {first.line}); keep one of the two"
            self.faults.append(Fault(self.file, position.line, position.column, key_text(path), message))
            top.skip = True

    def _start(self, data: dict[str, Data] | list[Data], position: Position) -> None:
        top = self.stack[-1] if self.stack else None
        if len(self.stack) >= MAXIMUM_DEPTH:
            raise _Refused(position, f"nested more than {MAXIMUM_DEPTH} deep")
        if top is not None and isinstance(top.data, dict) and top.key is None:
            raise _Refused(position, "a list or mapping where a key belongs; put the key in quotes")
        path = top.next_path() if top else ()
        self._place(data, position)
        self.stack.append(_Open(data, path))

    def _place(self, value: Data, position: Position) -> None:
        if not self.stack:
            self.root = value
            self.positions[()] = position
            return
        top = self.stack[-1]
        if not top.skip:
            self.positions[top.next_path()] = position
        top.put(value)


def _implicit(event: yaml.Event) -> bool:
    """Whether a tag was put by the parser itself rather than typed."""
    implicit = getattr(event, "implicit", True)
    return any(implicit) if isinstance(implicit, tuple) else bool(implicit)
