"""The plate store: a folder of finished plates and fonts, named by their keys.

Entries appear whole (written beside and renamed), carry a checksum of their own, and are touched when they are used,
so that the oldest use can go first when the store grows too large. Several processes may use one store. Whatever the
disk refuses only costs speed: the store then keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIMIT = 500_000_000
"""Bytes that a store may take."""
_MARK = b"toolkit-builder plate 1\n"
_STAMP = ".trimmed"
_TOUCH_AFTER = 3600
"""Seconds after which a use is worth writing down."""


@dataclass(frozen=True)
class Usage:
    """What a store holds: the number of entries and their bytes."""

    entries: int
    size: int


class Store:
    """A folder of entries. `folder` None: nothing is kept beyond this process."""

    def __init__(self, folder: Path | None, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self._written = 0
        self._has_looked = False

    def get(self, key: str) -> bytes | None:
        """The entry, or None if there is none, or if it is damaged (it is thrown away then)."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            data = path.read_bytes()
            stale = time.time() - path.stat().st_mtime > _TOUCH_AFTER
        except OSError:
            return None
        head = len(_MARK) + 32
        payload = data[head:]
        if data[:head] != _MARK + hashlib.sha256(key.encode() + payload).digest():
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        if stale:
            with contextlib.suppress(OSError):
                os.utime(path)
        return payload

    def put(self, key: str, payload: bytes) -> bool:
        """Keep an entry, if the disk lets it; whether it did."""
        if self.folder is None:
            return False
        path = self._path(key)
        draft = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            draft = Path(name)
            with os.fdopen(number, "wb") as file:
                file.write(_MARK + hashlib.sha256(key.encode() + payload).digest() + payload)
            draft.replace(path)
        except OSError:
            if draft is not None:
                with contextlib.suppress(OSError):
                    draft.unlink()
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
        if self.folder is not None:
            with contextlib.suppress(OSError):
                (self.folder / _STAMP).touch()
        kept = []
        for path in self._files():
            with contextlib.suppress(OSError):
                facts = path.stat()
                if path.name.startswith(".new-"):
                    if time.time() - facts.st_mtime > _TOUCH_AFTER:
                        path.unlink()
                else:
                    kept.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if total <= self.limit:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size

    def usage(self) -> Usage:
        sizes = []
        for path in self._files():
            with contextlib.suppress(OSError):
                sizes.append(path.stat().st_size)
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> None:
        """Throw all entries away. Raises OSError if the folder does not let it."""
        for path in list(self._files()):
            path.unlink(missing_ok=True)

    def _is_due(self) -> bool:
        """Whether nobody trimmed for a while: what processes write that each write little is much in the end."""
        if self._has_looked or self.folder is None:
            return False
        self._has_looked = True
        try:
            return time.time() - (self.folder / _STAMP).stat().st_mtime > _TOUCH_AFTER
        except OSError:
            return True

    def _path(self, key: str) -> Path:
        return (self.folder or Path()) / key[:2] / key[2:]

    def _files(self) -> Iterator[Path]:
        """The files of the store, and of nothing else that may lie in the folder."""
        if self.folder is not None:
            for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
                if len(path.name) == 62 or path.name.startswith(".new-"):
                    yield path


def default_folder() -> Path:
    """The store in the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("toolkit-builder", appauthor=False) / "plates"
