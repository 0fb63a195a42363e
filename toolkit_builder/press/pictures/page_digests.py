"""Which pages of bound documents look the same: a hash of what each draws."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import pikepdf


@lru_cache(maxsize=64)
def page_digests(path: Path) -> tuple[str, ...]:
    """A hash for each page of a document that binding made: of two with the same, one picture does for both. What lies
    at the path is taken to stay as it is.

    What pages draw with has a name made from its content, which the name stands for here (`press/binding`). Not so of
    sheets.
    """
    with pikepdf.open(path) as pdf:
        return tuple(_digest(page) for page in pdf.pages)


def _digest(page: pikepdf.Page) -> str:
    said = hashlib.sha256(repr([float(edge) for edge in page.mediabox]).encode())
    contents = page.obj.get("/Contents", pikepdf.Array())  # a blank page has none
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        said.update(stream.read_bytes())
    for kind, named in sorted(page.resources.items()):
        names = sorted(named.keys()) if isinstance(named, pikepdf.Dictionary) else repr(named)
        said.update(repr((kind, names)).encode())
    return said.hexdigest()[:32]
