"""The plate store: finished plates and fonts, named by their keys, in a folder or at an address that fsspec knows.

Entries appear whole, carry a checksum of their own, and are touched when they are used, so that the oldest use can go
first when the store grows too large (at an address: the oldest). Several processes, on several machines, may use one
store. Whatever the disk refuses only costs speed: the store then keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.press.store.storage import DRAFT, StoredFile, Where, storage_at

LIMIT = 500_000_000
"""Bytes that a store may take."""
_MARK = b"toolkit-builder plate 1\n"
_STAMP = ".trimmed"
_DUE_AFTER = 3600
"""Seconds after which a store is looked through again, and a draft is that of a process that was killed."""
_FILES = "[0-9a-f][0-9a-f]/*"
_NAME_LENGTH = 65
"""A key has 64 hexadecimal digits; a stroke after the first two makes folders of a size that file systems like."""


@dataclass(frozen=True)
class Usage:
    """What a store holds: the number of entries and their bytes."""

    entries: int
    size: int


class Store:
    """Entries by their keys. `where` None: nothing is kept beyond this process."""

    def __init__(self, where: Where | None, limit: int = LIMIT) -> None:
        self.where = where
        self.limit = limit
        self._place = None if where is None else storage_at(where)
        self.damaged = 0
        """How many entries were found damaged, and thrown away."""
        self._written = 0
        self._has_looked = False

    def get(self, key: str) -> bytes | None:
        """The entry, or None if there is none, or if it is damaged (it is thrown away then)."""
        if self._place is None:
            return None
        try:
            data = self._place.read(_name(key))
        except OSError:
            return None
        head = len(_MARK) + 32
        payload = data[head:]
        if data[:head] != _MARK + hashlib.sha256(key.encode() + payload).digest():
            self.refuse(key)
            return None
        with contextlib.suppress(OSError):
            self._place.used(_name(key))
        return payload

    def refuse(self, key: str) -> None:
        """Throw an entry away that is not what it should be."""
        self.damaged += 1
        if self._place is not None:
            with contextlib.suppress(OSError):
                self._place.remove(_name(key))

    def put(self, key: str, payload: bytes) -> bool:
        """Keep an entry, if the disk lets it; whether it did."""
        if self._place is None:
            return False
        try:
            self._place.write(_name(key), _MARK + hashlib.sha256(key.encode() + payload).digest() + payload)
        except OSError:
            return False
        self._written += len(payload)
        if self._written > self.limit // 20 or self._is_due():
            self._written = 0
            self.trim()
        return True

    def trim(self) -> None:
        """Throw away what was not used for longest, until the store is within its limit, and what killed processes
        left half-written.
        """
        if self._place is None:
            return
        with contextlib.suppress(OSError):
            self._place.write(_STAMP, b"")
        files = list(self._files())
        drafts = [file for file in files if DRAFT in file.name and time.time() - file.time > _DUE_AFTER]
        entries = sorted((file for file in files if DRAFT not in file.name), key=lambda file: file.time)
        for file in drafts:
            with contextlib.suppress(OSError):
                self._place.remove(file.name)
        over = sum(file.size for file in entries) - self.limit
        for file in entries:
            if over <= 0:
                break
            with contextlib.suppress(OSError):
                self._place.remove(file.name)
                over -= file.size

    def usage(self) -> Usage:
        sizes = [file.size for file in self._files()]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> None:
        """Throw all entries away. Raises OSError if the place does not let it."""
        for file in list(self._files()):
            if self._place:
                self._place.remove(file.name)

    def _is_due(self) -> bool:
        """Whether nobody trimmed for a while: what processes write that each write little is much in the end."""
        if self._has_looked or self._place is None:
            return False
        self._has_looked = True
        try:
            return self._place.age(_STAMP) > _DUE_AFTER
        except OSError:
            return True

    def _files(self) -> Iterator[StoredFile]:
        """The files of the store, and of nothing else that may lie in its place."""
        with contextlib.suppress(OSError):
            for file in self._place.find(_FILES) if self._place else ():
                if len(file.name) == _NAME_LENGTH or DRAFT in file.name:
                    yield file


class OverlayStore(Store):
    """A store with entries of its own beside those in its place: what came with a task, and what the place refuses."""

    def __init__(self, where: Where | None, entries: dict[str, bytes]) -> None:
        super().__init__(where)
        self.entries = entries

    def get(self, key: str) -> bytes | None:
        return self.entries[key] if key in self.entries else super().get(key)

    def put(self, key: str, payload: bytes) -> bool:
        if not super().put(key, payload):
            self.entries[key] = payload
        return True


def default_folder() -> Path:
    """The store in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("toolkit-builder", appauthor=False) / "plates"


def _name(key: str) -> str:
    return f"{key[:2]}/{key[2:]}"
