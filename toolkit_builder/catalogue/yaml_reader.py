"""YAML to plain data, with the place of every key and value, and every fault in one pass.

The files are written by people who are not programmers, so less of YAML is allowed than there is: every
scalar is a string (`no`, `1.10` and `2026-01-01` stay what was typed), aliases and tags are refused, a key may
stand once. Data is built from the parser's events, without recursion: neither an alias bomb nor deep nesting
can hurt.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from toolkit_builder.catalogue.characters import MAXIMUM_CHARACTERS, MAXIMUM_NAME, doubt, harmless
from toolkit_builder.catalogue.decoding import read_text, refusal_of
from toolkit_builder.catalogue.documents import (
    MAXIMUM_DEPTH,
    START,
    Data,
    KeyPath,
    Position,
    RefusedError,
    SourceDocument,
    key_text,
)
from toolkit_builder.catalogue.syntax import TOO_DEEP, cut_off, refusal
from toolkit_builder.errors import Fault

MAXIMUM_VALUES = 20_000
"""Of a file: texts, lists and mappings. The largest that is shipped has 650."""
REMEMBERED = 400
"""So many files that were parsed last are kept, for whoever reads them again."""
_Parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path, file: str, faults: list[Fault]) -> SourceDocument | None:
    """Read one file; add what is wrong or doubtful in it to `faults` and return None if it cannot be used.

    `file` is the path as messages give it. What comes of a file is nobody's to change: whoever reads the same text
    again is given the same.
    """
    try:
        document, told = _parsed(read_text(path), file, _Parser)
    except RefusedError as refused:
        document, told = None, (refusal_of(file, refused),)
    faults += told
    return document


@lru_cache(maxsize=REMEMBERED)
def _parsed(text: str, file: str, loader: type[Any]) -> tuple[SourceDocument | None, tuple[Fault, ...]]:
    """What a text says, and what is wrong or doubtful in it. Remembered: of a project that is read again after each
    edit, one file has changed.
    """
    faults: list[Fault] = []
    try:
        return _parse(text, file, faults, loader), tuple(faults)
    except RefusedError as refused:  # what was doubtful before may come of what is refused
        return None, (*(fault for fault in faults if fault.severity == "error"), refusal_of(file, refused))


def _parse(text: str, file: str, faults: list[Fault], loader: type[Any]) -> SourceDocument:
    builder = _Builder(file, faults, text.splitlines() if " #" in text else [])
    parser = loader(text)
    try:
        while parser.check_event():
            builder.take(parser.get_event())
    except yaml.MarkedYAMLError as error:
        raise refusal(text, error) from None
    finally:
        parser.dispose()
    return builder.document()


def _refuse_properties(event: yaml.ScalarEvent | yaml.CollectionStartEvent, position: Position) -> None:
    """An anchor or a tag before a value (YAML 1.1, 6.9): most often the beginning of a text."""
    if event.tag:
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        message = f"a tag ({tag}); remove it, or put a text that begins with “!” in quotes"
        raise RefusedError(position, message)
    if event.anchor:
        message = f"an anchor (&{event.anchor}); remove it, or put a text that begins with “&” in quotes"
        raise RefusedError(position, message)


class _Open:
    """A list or mapping that has begun and not ended."""

    def __init__(self, path: KeyPath) -> None:
        self.path = path

    def place(self) -> KeyPath | None:
        """The path of the value that comes next; None where a key has to come first."""
        raise NotImplementedError

    def put(self, value: Data) -> None:
        raise NotImplementedError


class _OpenList(_Open):
    def __init__(self, path: KeyPath, data: list[Data]) -> None:
        super().__init__(path)
        self.data = data

    def place(self) -> KeyPath:
        return (*self.path, len(self.data))

    def put(self, value: Data) -> None:
        self.data.append(value)


class _OpenMapping(_Open):
    def __init__(self, path: KeyPath, data: dict[str, Data]) -> None:
        super().__init__(path)
        self.data = data
        self.keys: dict[str, Position] = {}
        self.key: str | None = None

    def place(self) -> KeyPath | None:
        return None if self.key is None else (*self.path, self.key)

    def put(self, value: Data) -> None:
        if self.key is not None:
            self.data.setdefault(self.key, value)  # of a key that stands twice, the first counts
        self.key = None


class _Builder:
    """Takes the parser's events one by one."""

    def __init__(self, file: str, faults: list[Fault], lines: list[str]) -> None:
        self.file = file
        self.faults = faults
        self.lines = lines
        """Those of the file, if one of them may have a comment behind a value."""
        self.cut_off: list[Fault] = []
        """Texts that a comment seems to cut off, which are told together."""
        self.values: dict[KeyPath, Position] = {}
        self.keys: dict[KeyPath, Position] = {}
        self.stack: list[_Open] = []
        self.count = 0
        self.root: Data | None = None

    def document(self) -> SourceDocument:
        if self.root is None:
            raise RefusedError(START, "is empty; keys and values are needed")
        if self.cut_off:
            first, *others = self.cut_off
            lines = ", ".join(str(fault.line) for fault in others)
            also = f"; so are texts in {'line' if len(others) == 1 else 'lines'} {lines}" if others else ""
            self.faults.append(replace(first, message=f"{first.message}{also}"))
        return SourceDocument(self.file, self.root, self.values, self.keys)

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else START
        if isinstance(event, yaml.AliasEvent):
            message = f"an alias (*{event.anchor}); write the value out, or put a text that begins with “*” in quotes"
            raise RefusedError(position, message)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _refuse_properties(event, position)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, position)
        elif isinstance(event, yaml.MappingStartEvent):
            mapping: dict[str, Data] = {}
            self.stack.append(_OpenMapping(self._begin(mapping, position), mapping))
        elif isinstance(event, yaml.SequenceStartEvent):
            sequence: list[Data] = []
            self.stack.append(_OpenList(self._begin(sequence, position), sequence))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise RefusedError(position, "a second document (---); one file holds one, so move it to a file of its own")

    def _scalar(self, event: yaml.ScalarEvent, position: Position) -> None:
        value = str(event.value)
        top = self.stack[-1] if self.stack else None
        if isinstance(top, _OpenMapping) and top.key is None:
            self._key(top, harmless(value, MAXIMUM_NAME), position)
            self._check(value, (*top.path, str(top.key)), position, MAXIMUM_NAME)
        else:
            path = self._value(harmless(value), position)
            self._check(value, path, position, MAXIMUM_CHARACTERS)
            if self.lines and not event.style and event.end_mark:
                self._check_end(value, path, event.end_mark)

    def _check_end(self, value: str, path: KeyPath, end: yaml.Mark | yaml._yaml.Mark) -> None:
        """A value without quotes ends where a comment begins, which may have been meant as part of it."""
        said = cut_off(value, self.lines[end.line][end.column :]) if end.line < len(self.lines) else ""
        if said:
            self.cut_off.append(Fault(self.file, end.line + 1, end.column + 2, key_text(path), said, "warning"))

    def _check(self, value: str, path: KeyPath, position: Position, maximum: int) -> None:
        """What may not stand in a file may not be written as an escape either."""
        said = doubt(value, maximum)
        if said:
            self.faults.append(Fault(self.file, position.line, position.column, key_text(path), said))

    def _key(self, top: _OpenMapping, key: str, position: Position) -> None:
        top.key = key
        path = (*top.path, key)
        if key in top.keys:
            message = f"a second time here (first in line {top.keys[key].line}); keep one of the two"
            self.faults.append(Fault(self.file, position.line, position.column, key_text(path), message))
        top.keys.setdefault(key, position)
        self.keys.setdefault(path, position)

    def _begin(self, data: Data, position: Position) -> KeyPath:
        if len(self.stack) >= MAXIMUM_DEPTH:
            raise RefusedError(position, TOO_DEEP)
        return self._value(data, position)

    def _value(self, value: Data, position: Position) -> KeyPath:
        self.count += 1
        if self.count > MAXIMUM_VALUES:
            raise RefusedError(position, f"more than {MAXIMUM_VALUES:,} values; divide the file")
        if not self.stack:
            self.root = value
            self.values[()] = position
            return ()
        path = self.stack[-1].place()
        if path is None:
            raise RefusedError(position, "a list or mapping where a key belongs; put the key in quotes")
        self.values.setdefault(path, position)
        self.stack[-1].put(value)
        return path
