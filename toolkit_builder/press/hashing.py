"""Hashes of things that shape pages: of several values at once, of files and the files that they name in turn, of this
tool's own modules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.text_memory import TextMemory
from toolkit_builder.regular_files import is_file

_PACKAGE = Path(__file__).parents[1]
_NAMED = re.compile(r"""url\(\s*["']?([^"')]+)|(?:src|href|data|poster)\s*=\s*["']([^"']+)|@import\s+["']([^"']+)""")
_TEXTS = (".css", ".svg", ".html")
"""Files that may name other files."""


def digest_of(*parts: Any) -> str:
    """One hash (SHA-256, in hexadecimal digits) of several things, that no other splitting into parts gives."""
    return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()


@lru_cache
def modules_digest(*rooms: str) -> str:
    """The hash of this tool's own modules in these rooms (`press/plates`) and of these modules (`press/fonts.py`).

    It stands in keys for what the code does, so that no number has to be raised by hand when that changes. A changed
    comment counts too: pages that are made anew for nothing cost seconds, pages that are not would be wrong.
    """
    paths = [path for room in rooms for path in ([_PACKAGE / room] if room.endswith(".py") else _modules(room))]
    return digest_of([(path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in paths])


def _modules(room: str) -> list[Path]:
    return sorted((_PACKAGE / room).rglob("*.py"))


def leaf_digest(html: str, sizes: tuple[float, ...], pages: int, base: Path) -> str:
    """What a leaf says, in which sizes (pt), on how many pages, and the files that it names, from `base` on."""
    return digest_of(html, sizes, pages, files_digest(html, base))


def files_digest(text: str, base: Path) -> str:
    """The contents of all files that an HTML or CSS text names, addresses beginning at `base`."""
    return digest_of(sorted(file_digest(path) for path in set(_named(text, base))))


def file_digest(path: Path) -> str:
    """The hash of a file, and of the files that it names in turn if it is a text."""
    facts = path.stat()
    own = _digest_at(path, facts.st_mtime_ns, facts.st_size)
    if path.suffix.lower() not in _TEXTS:
        return own
    return digest_of(own, files_digest(path.read_text("utf-8", "replace"), path.parent))


@lru_cache(maxsize=1000)
def _digest_at(path: Path, modified: int, size: int) -> str:
    """Remembered by time and size, since one build asks for the same fonts and pictures hundreds of times."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


_known_addresses: TextMemory[str, tuple[str, ...]] = TextMemory()


def _addresses(text: str) -> tuple[str, ...]:
    """The addresses that a text names, remembered: the same leaves and styles are asked about again and again."""
    found = _known_addresses.get(text)
    if found is None:
        found = tuple(next(filter(None, groups)) for groups in _NAMED.findall(text))
        _known_addresses.put(text, found, len(text))
    return found


def _named(text: str, base: Path) -> Iterator[Path]:
    for address in _addresses(text):
        if address.startswith(SCHEME):
            try:
                yield font_file(address)
            except MachineError:
                continue  # typesetting will say so
        elif not address.startswith(("data:", "#", "http:", "https:", "mailto:")):
            path = base / unquote(address.removeprefix("file://"))
            if is_file(path):
                yield path
