"""Writes files of a project whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from toolkit_builder.errors import MachineError


def replace_bytes(path: Path, data: bytes) -> None:
    """Put a file in the place of another. Raises MachineError if it cannot be written."""
    _replace({path: data})


def replace_files(texts: Mapping[Path, str]) -> None:
    """Put files in the places of others: all are written beside these first, then moved; nobody sees half of one.

    Raises MachineError if one of them cannot be written; none is changed then.
    """
    _replace({path: text.encode("utf-8") for path, text in texts.items()})


def _replace(files: Mapping[Path, bytes]) -> None:
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    try:
        for path, draft in drafts.items():
            with draft.open("wb") as file:
                file.write(files[path])
                file.flush()
                os.fsync(file.fileno())
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        where = next((path for path, draft in drafts.items() if str(draft) == error.filename), next(iter(files)))
        raise MachineError(f"{where} cannot be written ({error.strerror}); nothing was changed") from None
