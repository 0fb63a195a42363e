"""Opens what comes from outside: regular files of bounded size, and nothing else.

A pipe would be waited for without end, a device read without end. So a file is looked at before it is opened, opened
without waiting, and looked at again, since another may have taken its name in between.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path, PurePath

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
MAXIMUM_OWN_BYTES = 1_000_000_000
"""For files that this tool wrote itself: finished documents, manifests, records."""


class UnreadableFileError(Exception):
    """A file that cannot be used; the message says why and what to do. `is_missing`: there is none."""

    def __init__(self, message: str, *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.is_missing = is_missing


def read_regular(path: Path, maximum: int = MAXIMUM_OWN_BYTES) -> bytes:
    """The bytes of a regular file (or of one that a link leads to) of at most `maximum` bytes.

    Raises UnreadableFileError if it is another thing, is larger, or cannot be read. Nothing of a file that is too large
    is read.
    """
    try:
        _check(path.stat(), maximum)
        with os.fdopen(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb") as file:
            _check(os.fstat(file.fileno()), maximum)
            data = file.read(maximum + 1)
    except FileNotFoundError:
        raise UnreadableFileError("no such file", is_missing=True) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFileError(f"cannot be read ({reason}); check its permissions") from None
    if len(data) > maximum:  # it grew meanwhile, or lies about its size, as files of the system do
        raise _too_large(maximum)
    return data


def is_file(path: Path) -> bool:
    """Whether a name leads to a regular file. A name that no file can have, too long or with a NUL in it, does not."""
    return os.path.isfile(path)  # noqa: PTH113  (`Path.is_file` raises OSError for such names)


def exists(path: Path) -> bool:
    """Whether a name leads to anything. A name that no file can have does not."""
    return os.path.exists(path)  # noqa: PTH110  (`Path.exists` raises OSError for such names)


def on_disk(folder: Path, name: str) -> Path:
    """The path of a file below a folder, by its name: spelt as it stands on the disk, if only its letters are composed
    otherwise there (ŵ as one character or as two, UAX 15), as after a Mac has packed it; otherwise as it was written.
    """
    path = folder
    for part in PurePath(name).parts:
        path = path / part if exists(path / part) else path / _alike(path, part)
    return path


def _alike(folder: Path, part: str) -> str:
    """The name in a folder that is the same when both are composed; the name itself if there is none."""
    composed = unicodedata.normalize("NFC", part)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  (paths are not needed)
    except (OSError, ValueError):  # no folder, or a name that none can have
        return part
    return next((each for each in names if unicodedata.normalize("NFC", each) == composed), part)


def _check(facts: os.stat_result, maximum: int) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise UnreadableFileError("is a folder, and a file is needed; rename or move the folder")
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableFileError("is not a plain file; put one in its place")
    if facts.st_size > maximum:
        raise _too_large(maximum)


def _too_large(maximum: int) -> UnreadableFileError:
    return UnreadableFileError(f"has more than {maximum:,} bytes; divide or shorten it")
