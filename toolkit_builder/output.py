"""The output folder: files appear there whole or not at all, and `manifest.json` says what they are.

Everything is made in a folder beside the final names and moved there when all of it is done, so that what was there
before stays whole when something goes wrong.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec

from toolkit_builder.atomic_files import DRAFT, refuse_special, replace_bytes
from toolkit_builder.errors import Fault, MachineError
from toolkit_builder.own_state import DamagedError, damage, from_json, of_type, unreadable
from toolkit_builder.regular_files import UnreadableFileError, is_file, read_regular
from toolkit_builder.version import __version__

MANIFEST = "manifest.json"
PICTURE_KEY = "toolkit-builder key"
"""The keyword under which a PNG has its key, and an SVG or a web page in a comment before its root."""
_STAGE = ".making-"
_open_stages: set[Path] = set()
"""Of this process. It may look at a folder, in one thread, in which it is making files in another."""


@dataclass(frozen=True)
class FileFacts:
    """What the manifest says of a file that is known before the file is made."""

    product: str
    languages: tuple[str, ...]
    layout: str
    partnership: str | None
    actions: tuple[str, ...]


@dataclass(frozen=True)
class MadeFile:
    """A finished file, as the manifest lists it. `path` is relative to the output folder."""

    path: str
    facts: FileFacts
    pages: int
    sha256: str

    def entry(self) -> dict[str, Any]:
        return {"path": self.path, **asdict(self.facts), "pages": self.pages, "sha256": self.sha256}


class Output:
    """An output folder as it is, without what killed processes left there."""

    def __init__(self, folder: Path) -> None:
        """Raises MachineError for a name that no folder can have."""
        try:
            _clear_dead_stages(folder)
        except OSError as error:
            raise MachineError(_explained(folder, error)) from None
        self.folder = folder
        self.entries, self.damage = _listed(folder)
        """What the manifest says, by path; and what of it cannot be read, None if nothing."""

    def is_current(self, name: str, key: str, facts: FileFacts) -> bool:
        """Whether a file is there as it was made, from what it would be made from now (`key`: its identifier)."""
        if name not in self.entries:
            return False
        try:
            data = read_regular(self.folder / name)
        except UnreadableFileError:
            return False
        made = made_from(self.entries[name])
        return made.sha256 == hashlib.sha256(data).hexdigest() and made.facts == facts and identifier(data) == key

    def is_set_current(self, folder: str, key: str) -> bool:
        """Whether a set of files is there as it was made, all of it and from what it would be made from now: those that
        can have a key have this one.
        """
        listed = [(name, made_from(entry)) for name, entry in self.entries.items() if _is_in(folder, name)]
        found: set[str] = set()
        for name, made in listed:
            try:
                data = read_regular(self.folder / name)
            except UnreadableFileError:
                return False
            if made.sha256 != hashlib.sha256(data).hexdigest():
                return False
            found.add(identifier(data))
        return found - {""} == {key}

    def pages_in(self, folder: str) -> int:
        """How many pages or pictures a current set has."""
        return sum(made_from(self.entries[name]).pages for name in self.entries if _is_in(folder, name))

    def pages(self, name: str) -> int:
        """How many pages a current file has."""
        return made_from(self.entries[name]).pages


class Stage:
    """A folder in which files are made before they get their final names."""

    def __init__(self, output: Path, folder: Path) -> None:
        self.output = output
        self.folder = folder
        self.made: list[MadeFile] = []
        self.sets: list[str] = []

    def replace_set(self, folder: str) -> None:
        """Say that what is made in this folder is all that it will have: what was listed in it before, and is as it was
        made, goes when the rest is published.
        """
        self.sets.append(folder)

    def path(self, name: str) -> Path:
        """Where the file `name` is made; it may lie in folders of the output folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def add(self, name: str, facts: FileFacts, pages: int) -> None:
        """Declare the file `name` finished, with the facts that the manifest gives of it."""
        digest = hashlib.sha256(self.path(name).read_bytes()).hexdigest()
        self.made.append(MadeFile(name, facts, pages, digest))

    def move(self, name: str) -> None:
        """Give one finished file its final name."""
        target = self.output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        refuse_special(target)
        self.path(name).replace(target)

    def publish(self) -> None:
        """Give the finished files their final names, and list them in the manifest.

        All that can fail comes first: what is left then are changes of name within one folder.
        """
        manifest = self.path(MANIFEST)
        gone = [path for path in _listed(self.output)[0] if self._is_superseded(path)]
        manifest.write_text(_manifest(self.output, self.made, gone), encoding="utf-8")
        names = [*(made.path for made in self.made), MANIFEST]
        for name in names:
            refuse_special(self.output / name)
            (self.output / name).parent.mkdir(parents=True, exist_ok=True)
        for name in names:
            self.path(name).replace(self.output / name)
        for path in gone:
            with contextlib.suppress(OSError):
                (self.output / path).unlink()

    def _is_superseded(self, path: str) -> bool:
        """Whether a listed file belongs to a set that was made anew without it, and nobody changed it."""
        is_old = any(_is_in(folder, path) for folder in self.sets) and path not in {made.path for made in self.made}
        if not is_old or not is_file(self.output / path):
            return False
        made = made_from(_listed(self.output)[0][path])
        return made.sha256 == hashlib.sha256((self.output / path).read_bytes()).hexdigest()


@contextmanager
def stage(output: Path) -> Iterator[Stage]:
    """A stage in the output folder; what was not published is thrown away.

    Raises MachineError if the folder cannot be written, or if there is no room.
    """
    folder = output / f"{_STAGE}{os.getpid()}"
    try:
        output.mkdir(parents=True, exist_ok=True)
        _clear_dead_stages(output)
        folder.mkdir()
        _open_stages.add(folder.absolute())
        refuse_special(output / MANIFEST)
        yield Stage(output, folder)
    except OSError as error:
        raise MachineError(_explained(output, error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _open_stages.discard(folder.absolute())


def list_made(output: Path, made: list[MadeFile]) -> None:
    """List files that have their final names already in the manifest. Raises MachineError if it cannot be written."""
    replace_bytes(output / MANIFEST, _manifest(output, made).encode())


def made_from(entry: object) -> MadeFile:
    """A file from its entry in a manifest (`MadeFile.entry`).

    Raises DamagedError if it is none, or names a file outside the output folder.
    """
    listed = of_type(entry, _Listed)
    if Path(listed.path).is_absolute() or ".." in Path(listed.path).parts or not Path(listed.path).name:
        raise DamagedError(f"{listed.path} lies outside the output folder")
    facts = FileFacts(listed.product, listed.languages, listed.layout, listed.partnership, listed.actions)
    return MadeFile(listed.path, facts, listed.pages, listed.sha256)


class _Listed(msgspec.Struct):
    """An entry of a manifest; what another version of this tool adds to it is passed over."""

    path: str
    product: str
    languages: tuple[str, ...]
    layout: str
    partnership: str | None
    actions: tuple[str, ...]
    pages: Annotated[int, msgspec.Meta(ge=0)]
    sha256: str


class _Manifest(msgspec.Struct):
    files: list[msgspec.Raw]


def manifest_of(made: Iterable[MadeFile]) -> str:
    """A manifest of these files and no others."""
    return _as_text({one.path: one.entry() for one in made})


def identifier(data: bytes) -> str:
    """The first part of the /ID in a PDF's trailer, or the key in a PNG or SVG, a web page, or the comment of a zip
    archive (EPUB, Word), in hexadecimal digits; of a report, what its last line says; empty without one.
    """
    if data.startswith(b"\x89PNG"):
        key = re.search(re.escape(PICTURE_KEY.encode()) + rb"\0{5}([0-9a-f]{32})", data.partition(b"IDAT")[0])
        return key[1].decode() if key else ""
    if data.startswith((b"<?xml", b"<!DOCTYPE html>")):
        key = re.search(PICTURE_KEY.encode() + rb" ([0-9a-f]{32}) -->", data[:200])
        return key[1].decode() if key else ""
    if data.startswith(b"PK"):
        key = re.search(PICTURE_KEY.encode() + rb" ([0-9a-f]{32})\Z", data[-100:])
        return key[1].decode() if key else ""
    if said := re.search(rb"^Identifier: ([0-9a-f]{32})\n\Z", data[-64:], re.MULTILINE):
        return said[1].decode()
    return _identifier_of_pdf(data)


def _identifier_of_pdf(pdf: bytes) -> str:
    start = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf[-64:])
    found = re.compile(rb"/ID\s*\[\s*<([0-9a-f]{32})>").search(pdf, int(start[1])) if start else None
    return found[1].decode() if found else ""


def _explained(output: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    file = Path(os.fsdecode(error.filename)) if error.filename else output
    if not file.is_relative_to(output) and not output.is_relative_to(file):
        return f"cannot read {file} ({reason}); nothing was changed."
    if error.errno == errno.ENAMETOOLONG:
        return f"no file can be called {file} ({reason}); give it, or what it is called after, a shorter name."
    return (
        f"cannot write to {output} ({reason}). Make room or choose another folder with --output; nothing was changed."
    )


def _clear_dead_stages(output: Path) -> None:
    """Throw away what processes left that were killed."""
    for left in (*output.glob(f"{_STAGE}*"), *output.glob(f"{DRAFT}*")):
        number = left.name.removeprefix(_STAGE).removeprefix(DRAFT).partition("-")[0].partition(".")[0]
        is_open = left.absolute() in _open_stages
        if number.isascii() and number.isdigit() and not is_open and not _is_alive(number):
            shutil.rmtree(left, ignore_errors=True)
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _is_alive(number: str) -> bool:
    if number == str(os.getpid()):
        return False  # an earlier process had its number: its own stages are known
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError, ValueError):  # the last two: no process has such a number
        return False
    except OSError:
        return True
    return True


def _is_in(folder: str, path: str) -> bool:
    return path.startswith(f"{folder}/")


def _manifest(output: Path, made: list[MadeFile], gone: Iterable[str] = ()) -> str:
    """The manifest with these files added; files that are there no longer, or will not be, are left out."""
    before = _listed(output)[0]
    entries = {path: entry for path, entry in before.items() if path not in gone and is_file(output / path)}
    entries |= {one.path: one.entry() for one in made}
    return _as_text(entries)


def _as_text(entries: Mapping[str, Mapping[str, Any]]) -> str:
    listed = {"tool": __version__, "files": [entries[path] for path in sorted(entries)]}
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def _listed(output: Path) -> tuple[dict[str, dict[str, Any]], Fault | None]:
    """What the manifest of a folder says, by path, without entries that are none; and what is wrong with it."""
    path = output / MANIFEST
    try:
        listed = from_json(read_regular(path), _Manifest).files
    except UnreadableFileError as error:
        return {}, None if error.is_missing else unreadable(path, str(error))
    except DamagedError as error:
        return {}, unreadable(path, f"is not as this tool writes it ({error})")
    found: dict[str, dict[str, Any]] = {}
    lost = 0
    for raw in listed:
        try:
            entry = from_json(raw, dict[str, Any])
            found[made_from(entry).path] = entry
        except DamagedError:
            lost += 1
    return found, damage(path, lost, len(listed))
