"""Writes files of a project whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from toolkit_builder.errors import MachineError, UsageError

DRAFT = ".writing-"
"""What the names of files begin with that are not yet in their places."""


def replace_bytes(path: Path, data: bytes) -> None:
    """Put a file in the place of another. Raises MachineError if it cannot be written."""
    _replace({path: data})


def put_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file that a user asked for, with the folders that it lies in: over another only with `force`.

    Raises UsageError if there is one already, MachineError if it cannot be written.
    """
    refuse_special(path)
    if path.exists() and not force:
        raise UsageError(f"{path} is there already, and may hold somebody's work; name another file, or use --force.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"the folder {path.parent} cannot be made ({error.strerror}); name another place") from None
    replace_bytes(path, data)


def replace_files(texts: Mapping[Path, str]) -> None:
    """Put files in the places of others: all are written beside these first, then moved; nobody sees half of one.

    Raises MachineError if one of them cannot be written; none is changed then.
    """
    _replace({path: text.encode("utf-8") for path, text in texts.items()})


def refuse_special(path: Path) -> None:
    """Raises MachineError if a name is that of something else than a regular file. A file that is moved there would
    take the place of a device, a pipe or a folder, or of a link and not of what it leads to.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:  # there is none, or whatever else is wrong is told when it is written
        return
    if not stat.S_ISREG(mode):
        kind = next((said for is_kind, said in _KINDS if is_kind(mode)), "something else")
        raise MachineError(f"{path}: {kind} is in the way, and a file has to be there; remove it or name another place")


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def _replace(files: Mapping[Path, bytes]) -> None:
    # A short name of its own: that of the file may be as long as names can be.
    drafts = {path: path.with_name(f"{DRAFT}{os.getpid()}-{number}") for number, path in enumerate(files)}
    at = next(iter(files), Path())
    try:
        for path in files:
            at = path
            refuse_special(path)
        for path, draft in drafts.items():
            at = path
            with draft.open("wb") as file:
                file.write(files[path])
                file.flush()
                os.fsync(file.fileno())
        for path, draft in drafts.items():
            at = path
            draft.replace(path)
    except OSError as error:
        raise MachineError(f"{at} cannot be written ({error.strerror}); nothing was changed") from None
    finally:
        for draft in drafts.values():
            with contextlib.suppress(OSError):  # what cannot be cleared away does no harm
                draft.unlink(missing_ok=True)
