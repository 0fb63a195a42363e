"""Logos that are sent with a spreadsheet: single files, or in a zip. They are kept under names of the page's own; what
they were called is compared with what stands in cells, and never part of a path.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.partnerships.pictures import is_picture
from toolkit_builder.partnerships.spreadsheet import file_called

MOST_LOGOS = 600
MOST_OF_ONE = 2_000_000
"""Bytes, as of any logo."""
MOST_TOGETHER = 60_000_000
_ZIP = b"PK\3\4"
_ENDINGS = re.compile(r"\.(svg|png|jpe?g)$", re.IGNORECASE)
_LIST, _FOLDER = "logos.json", "logos"


class LogosError(Exception):
    """They cannot be taken. `what`: a phrase of the page."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def logos_in(folder: Path) -> dict[str, str]:
    """The files of logos beside a spreadsheet, from its folder, by what they were called."""
    known = folder / _LIST
    return msgspec.json.decode(known.read_bytes(), type=dict[str, str]) if known.exists() else {}


def keep_logos(folder: Path, sent: Iterable[tuple[str, bytes]]) -> int:
    """Keep logos beside a spreadsheet, with those that were sent before; how many there are now.

    Raises LogosError if there are too many, a zip cannot be read, or there is none among what was sent.
    """
    kept, found = dict[str, bytes](), logos_in(folder)
    for name, data in _unpacked(sent):
        kept[file_called(name)] = data
        if len({*kept, *found}) > MOST_LOGOS or sum(map(len, kept.values())) > MOST_TOGETHER:
            raise LogosError("many.too_many_logos")
    if not kept:
        raise LogosError("many.no_logos")
    (folder / _FOLDER).mkdir(exist_ok=True)
    for name, data in kept.items():
        found[name] = f"{_FOLDER}/{hashlib.sha256(data).hexdigest()[:16]}.{_ending(data)}"
        replace_bytes(folder / found[name], data)
    replace_bytes(folder / _LIST, msgspec.json.encode(found))
    return len(found)


def _unpacked(sent: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """What is called as pictures are, out of zips too."""
    for name, data in sent:
        files = _in_zip(data) if data.startswith(_ZIP) else [(name, data)]
        yield from ((each, content) for each, content in files if _ENDINGS.search(each) and content)


def _in_zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for number, member in enumerate(archive.infolist()):
                if number > 2 * MOST_LOGOS:
                    raise LogosError("many.too_many_logos")
                if member.filename.startswith("__MACOSX/") or not _ENDINGS.search(member.filename):
                    continue
                with archive.open(member) as file:  # what is said of its size may be wrong
                    content = file.read(MOST_OF_ONE + 1)
                if len(content) > MOST_OF_ONE:
                    raise LogosError("many.large_logo")
                yield member.filename, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise LogosError("many.bad_zip") from None


def _ending(data: bytes) -> str:
    return "svg" if not is_picture(data) else "png" if data.startswith(b"\x89PNG") else "jpg"
