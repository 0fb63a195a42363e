"""The key of a set of pictures."""

from __future__ import annotations

from importlib import metadata

from toolkit_builder.press.hashing import digest_of, modules_digest
from toolkit_builder.press.pictures import vectors


def pictures_key(document: str, kind: str) -> str:
    """32 hexadecimal digits for a set of pictures (`png`, `svg`): of the key of their document, and of what draws and
    writes them.

    Raises MachineError if that is missing.
    """
    drawn_with = [metadata.version(package) for package in ("pypdfium2", "pillow")]
    if kind == "svg":
        drawn_with.append(vectors.version())
    return digest_of(document, modules_digest("press/pictures"), kind, drawn_with)[:32]
