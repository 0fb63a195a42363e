"""Spreadsheets that a session has sent: each has a folder of its own, with the packs that were made of it."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.regular_files import read_regular
from toolkit_builder.web.pages import session

MOST_UPLOADS = 8
"""Spreadsheets that a session has; older ones go, with their packs."""
_TABLES = ("table.xlsx", "table.csv")
_NAME = "name.txt"
_LONGEST_NAME = 80
_NO_CSV = (b"PK\3\4", bytes.fromhex("d0cf11e0a1b11ae1"))
"""What Excel files begin with, those of before 2007 too, which are told by their own reader."""


@dataclass(frozen=True)
class Upload:
    """A spreadsheet that was sent. `key` is its folder's name, which no form has any say in."""

    folder: Path

    @property
    def key(self) -> str:
        return self.folder.name

    @property
    def table(self) -> Path:
        """The spreadsheet; its ending says what it is, whatever it was called."""
        return next((path for name in _TABLES if (path := self.folder / name).exists()), self.folder / _TABLES[0])

    @property
    def output(self) -> Path:
        """Where its packs are made: outside of where its rows may name files."""
        return self.folder.parent.parent / "packs" / self.key

    @property
    def name(self) -> str:
        """What it was called where it came from, to be shown."""
        return read_regular(self.folder / _NAME, MAXIMUM_BYTES).decode("utf-8")


@dataclass(frozen=True)
class Uploads:
    """The spreadsheets of a session, in a folder of its own."""

    folder: Path

    def all(self) -> dict[str, Upload]:
        """By their keys, the newest first."""
        folders = sorted(self._tables().iterdir(), key=lambda path: -path.stat().st_mtime_ns)
        return {path.name: Upload(path) for path in folders if (path / _NAME).exists()}

    def keep(self, data: bytes, name: str, instead: Upload | None = None, busy: Collection[Path] = ()) -> Upload:
        """Keep a spreadsheet, `instead` of one that was sent before, or as another. `busy`: where packs are being made,
        whose spreadsheets stay.
        """
        if instead is None:
            self._make_room(busy)
            instead = Upload(self._tables() / secrets.token_hex(8))
            instead.folder.mkdir()
        kept, other = _TABLES if data.startswith(_NO_CSV) else _TABLES[::-1]
        replace_bytes(instead.folder / kept, data)
        (instead.folder / other).unlink(missing_ok=True)
        replace_bytes(instead.folder / _NAME, _shown(name).encode())
        return instead

    def _make_room(self, busy: Collection[Path]) -> None:
        kept = [*self.all().values()]
        for upload in [each for each in kept[MOST_UPLOADS - 1 :] if each.output not in busy]:
            shutil.rmtree(upload.folder, ignore_errors=True)
            shutil.rmtree(upload.output, ignore_errors=True)

    def _tables(self) -> Path:
        folder = self.folder / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def uploads() -> Uploads:
    """The spreadsheets of the session."""
    return Uploads(session().place("many"))


def _shown(name: str) -> str:
    """The last part of a file's name, as it may be shown."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    return " ".join(plain.split())[:_LONGEST_NAME] or "–"
