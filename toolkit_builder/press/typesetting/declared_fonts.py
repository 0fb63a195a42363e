"""Whether what pages were set in is what the styles declare: by the font files themselves, not by their names.

A family of the same name from elsewhere (the machine's own, or one that a document brought with it) has other glyphs
under the same numbers, and what is set in it would come out as nonsense once the declared font is put beside it.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from toolkit_builder.press.fonts import FontFace
from toolkit_builder.press.preflight.html_checks import Complaint

_TABLES = ("cmap", "glyf", "CFF ", "CFF2", "hmtx", "gvar")
"""What says which glyphs a font has, how they look and how wide they are (OpenType 1.9). The rest may change when a
font is unpacked: `head` is stamped with the time.
"""


def other_files(used: Iterable[tuple[str, bytes]], declared: Iterable[FontFace]) -> list[Complaint]:
    """A complaint for each font in use (its family, its file's bytes) that is none of the declared files."""
    files = {_of_file(path) for path in {face.path for face in declared}}
    others = {family for family, content in used if _of_content(content) not in files}
    return [
        Complaint(f"the font {family} came from a file that the styles do not declare, and was not printed")
        for family in sorted(others)
    ]


def _of_file(path: Path) -> str:
    status = path.stat()
    return _of_file_as_it_is(path, status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _of_file_as_it_is(path: Path, size: int, time: int) -> str:
    return _of_content(path.read_bytes())


def _of_content(content: bytes) -> str:
    """What two files of the same font have in common, packed (WOFF) or not."""
    digest = hashlib.sha256(content).hexdigest()
    if digest not in _FINGERPRINTS:
        _FINGERPRINTS[digest] = _fingerprint(content)
    return _FINGERPRINTS[digest]


def _fingerprint(content: bytes) -> str:
    from fontTools.ttLib import TTFont  # slow to import

    with TTFont(io.BytesIO(content), lazy=True, fontNumber=0) as font:
        tables = [font.reader[tag] for tag in _TABLES if tag in font.reader]
    return hashlib.sha256(b"".join(hashlib.sha256(table).digest() for table in tables)).hexdigest()


_FINGERPRINTS: dict[str, str] = {}
"""By the hash of a file: a process meets few fonts, and each with every document."""
