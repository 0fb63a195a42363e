"""Places where files lie: a folder, or an address of any file system that fsspec knows (`s3://…`, `memory://…`).

A file appears whole or not at all: in a folder it is written beside its name and renamed; elsewhere it is written in a
transaction of fsspec, which is as good as the file system is. Whatever goes wrong is an OSError.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from toolkit_builder.errors import MachineError, UsageError

Where = Path | str
"""A folder, or an address with `://` in it."""
DRAFT = ".new-"
_LOCAL = ("file://", "local://")
_TOUCH_AFTER = 3600
"""Seconds after which a use is worth writing down."""
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
"""What file systems call the time when a file was written."""


@dataclass(frozen=True)
class StoredFile:
    """A file: its name in its place, when it was written or last used (seconds since 1970), its bytes."""

    name: str
    time: float
    size: int


class Storage(Protocol):
    """What a place can do. Names have `/` between their parts. Every method raises OSError."""

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, data: bytes) -> None: ...

    def remove(self, name: str) -> None: ...

    def used(self, name: str) -> None:
        """Write down that a file was used, where that can be."""

    def age(self, name: str) -> float:
        """Seconds since a file was written or last used."""

    def find(self, pattern: str) -> Iterator[StoredFile]:
        """The files whose names match, as a shell matches."""


def storage_at(where: Where) -> Storage:
    """The place of a folder or of an address.

    Raises MachineError if what is needed for an address is not installed, UsageError for an unknown kind.
    """
    return _Folder(where) if isinstance(where, Path) else _Address(where)


def parse(text: str) -> Where:
    """What was typed: an address if it looks like one, otherwise a folder. `file://` is a folder too."""
    for prefix in _LOCAL:
        if text.startswith(prefix):
            return Path(unquote(text.removeprefix(prefix)))
    return text if "://" in text else Path(text)


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        number, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            Path(draft).replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            raise

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def used(self, name: str) -> None:
        if self.age(name) > _TOUCH_AFTER:
            os.utime(self.path / name)

    def age(self, name: str) -> float:
        return time.time() - (self.path / name).stat().st_mtime

    def find(self, pattern: str) -> Iterator[StoredFile]:
        for path in self.path.glob(pattern):
            with contextlib.suppress(OSError):
                facts = path.stat()
                yield StoredFile(path.relative_to(self.path).as_posix(), facts.st_mtime, facts.st_size)


class _Address:
    def __init__(self, address: str) -> None:
        try:
            fsspec: Any = importlib.import_module("fsspec")
            self.system, self.root = fsspec.url_to_fs(address)
        except ImportError as error:
            said = "pip install 'toolkit-builder[cluster]'" if error.name == "fsspec" else f"{error}"
            raise MachineError(f"{address}: what this address needs is not installed. Type: {said}") from None
        except Exception as error:  # each file system has errors of its own
            raise UsageError(f"{address}: {error}") from None

    def read(self, name: str) -> bytes:
        with _as_os_error():
            data: bytes = self.system.cat_file(self._path(name))
            return data

    def write(self, name: str, data: bytes) -> None:
        path = self._path(name)
        with _as_os_error():
            self.system.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                with self.system.transaction, self.system.open(path, "wb") as file:
                    file.write(data)
            except NotImplementedError:  # a file system without transactions
                self.system.pipe_file(path, data)

    def remove(self, name: str) -> None:
        with _as_os_error():
            self.system.rm_file(self._path(name))

    def used(self, name: str) -> None:
        """Most file systems cannot say it without writing the file anew."""

    def age(self, name: str) -> float:
        with _as_os_error():
            return time.time() - _time_in(self.system.info(self._path(name)))

    def find(self, pattern: str) -> Iterator[StoredFile]:
        with _as_os_error():
            self.system.invalidate_cache()
            facts_of: Mapping[str, Mapping[str, Any]] = self.system.glob(self._path(pattern), detail=True)
        for path, facts in facts_of.items():
            yield StoredFile(path.removeprefix(self.root).lstrip("/"), _time_in(facts), int(facts.get("size") or 0))

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each file system has errors of its own
        raise OSError(f"{type(error).__name__}: {error}") from error


def _time_in(facts: Mapping[str, Any]) -> float:
    value = next((facts[name] for name in _TIMES if facts.get(name)), 0)
    return value.timestamp() if isinstance(value, datetime.datetime) else float(value or 0)
