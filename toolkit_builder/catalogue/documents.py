"""A content file's data, and the place in the file of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field

Data = dict[str, "Data"] | list["Data"] | str
KeyPath = tuple[str | int, ...]
"""The way to a value through mappings and lists: `("examples", 0, "cy")`."""


@dataclass(frozen=True)
class Position:
    """Line and column, both counted from 1."""

    line: int
    column: int


START = Position(1, 1)
MAXIMUM_DEPTH = 20
"""Lists and mappings may stand within each other so deep."""


class RefusedError(Exception):
    """A file cannot be used as a whole; never leaves this package."""

    def __init__(self, position: Position, message: str) -> None:
        super().__init__(message)
        self.position, self.message = position, message


@dataclass
class SourceDocument:
    """One file's data, with the positions of its values and of its keys."""

    file: str
    data: Data
    values: dict[KeyPath, Position] = field(default_factory=dict)
    keys: dict[KeyPath, Position] = field(default_factory=dict)

    def position(self, path: KeyPath) -> Position:
        """Where the value at `path` stands, or the nearest thing around it that stands somewhere."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, START)

    def key_position(self, path: KeyPath) -> Position:
        """Where the key at the end of `path` stands."""
        return self.keys.get(path) or self.position(path)

    def subject(self, path: KeyPath) -> str:
        """What a message calls the value at `path`."""
        return key_text(path)

    def word(self, path: KeyPath, value: str) -> str:
        """What a message calls a value that could stand at `path`."""
        return value

    def entry(self, key: str) -> str | None:
        """The single text under a key of the top level, if there is one."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        return value if isinstance(value, str) else None


@dataclass(frozen=True)
class Origin:
    """Where something was written: the file (relative to the project) and the key in it."""

    file: str
    key: str

    def __str__(self) -> str:
        return f"{self.file}#{self.key}"


def key_text(path: KeyPath) -> str:
    """`("examples", 0, "cy")` as it is written in messages: `examples[1].cy`, items counted from 1."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
