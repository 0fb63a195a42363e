"""Zip files: the same files give the same bytes, and a large one is never in memory as a whole."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can say."""


def write_zip(place: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a zip of files, each with its name within, stored as they are: PDF is packed already. It appears whole."""
    draft = place.with_name(f".{place.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
            for name, path in files:
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.file_size = path.stat().st_size  # by which it is known whether large sizes are needed
                with path.open("rb") as source, archive.open(entry, "w") as inner:
                    shutil.copyfileobj(source, inner, 1 << 20)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
