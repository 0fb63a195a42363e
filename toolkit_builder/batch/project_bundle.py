"""What a task takes along to another machine: the project's files, packed, and the versions that it needs there."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from toolkit_builder.batch.orders import Order
from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import font_file
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.keys import versions
from toolkit_builder.project import shipped
from toolkit_builder.version import __version__

PARTS = ("content", "layouts", "styles")
FONT = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"


@dataclass(frozen=True)
class ProjectBundle:
    """Files, packed; where each of their folders lay and what it is called within; the versions that are needed."""

    data: bytes
    folders: tuple[tuple[Path, str], ...]
    shipped: Path
    versions: dict[str, str]

    def check(self) -> None:
        """Raises MachineError if this machine has other versions: a worker that joined late was not looked at."""
        compare("that took a task", _installed(), self.versions)

    def find(self, path: Path) -> Path:
        """Where a file lies on this machine; the bundle is unpacked for it."""
        for folder, name in self.folders:
            if path.is_relative_to(folder):
                return Path(_unpacked(self.data).name) / name / path.relative_to(folder)
        return shipped() / path.relative_to(self.shipped) if path.is_relative_to(self.shipped) else path


def packed(root: Path, orders: Sequence[Order]) -> ProjectBundle:
    """The folders of a project that are needed, and the files elsewhere that orders name."""
    data = io.BytesIO()
    elsewhere = sorted({order.folder for order in orders if not order.folder.is_relative_to(root)})
    folders = ((root, "project"), *((folder, f"folder-{number}") for number, folder in enumerate(elsewhere)))
    with tarfile.open(fileobj=data, mode="w:xz") as archive:
        for part in PARTS:
            if (root / part).is_dir():
                archive.add(root / part, f"project/{part}", filter=partial(_within, (root / part).resolve(), root))
        for folder, name in folders[1:]:
            archive.addfile(_empty_folder(name))
            for file in sorted({file for order in orders if order.folder == folder for file in order.files()}):
                archive.add((folder / file).resolve(), f"{name}/{file}")
    return ProjectBundle(data.getvalue(), folders, shipped(), installed())


def _within(part: Path, root: Path, entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """An entry, if it is a file, a folder, or a link that leads to one within the same part of the project."""
    if entry.isreg() or entry.isdir():
        return entry
    target = (root / Path(entry.name).relative_to("project")).resolve()
    return entry if entry.issym() and target.is_relative_to(part) else None


def unpack(data: bytes, folder: Path) -> None:
    """Unpack what was packed into a folder."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        # Debian 12 has Python 3.11.2, and filters came with 3.11.4. What is unpacked here came as a pickle from the
        # machine that packed it: a filter is a second lock, and where it is missing nothing is left open.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)  # noqa: S202


def installed() -> dict[str, str]:
    """The versions on which pages depend."""
    font = hashlib.sha256(font_file(FONT).read_bytes()).hexdigest()[:12]
    return {"toolkit-builder": f"{__version__} ({_own()})", **versions(), "font": font}


def compare(worker: str, there: dict[str, str], here: dict[str, str]) -> None:
    """Raises MachineError if a worker has other versions than this machine."""
    differing = [f"{name} {there.get(name)} instead of {here[name]}" for name in here if there.get(name) != here[name]]
    if differing:
        raise MachineError(f"the worker {worker} has {', '.join(differing)}; install the same there")


def _own() -> str:
    """A hash of the tool's own modules, layouts and styles: a checkout may differ from a release of the same number."""
    package = Path(__file__).parents[1]
    files = [*package.rglob("*.py"), *(path for part in PARTS[1:] for path in (shipped() / part).rglob("*.*"))]
    return digest_of(sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files))[:12]


def _empty_folder(name: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, 0o755
    return entry


_installed = lru_cache(maxsize=1)(installed)


@lru_cache(maxsize=1)
def _unpacked(data: bytes) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="toolkit-builder-")
    unpack(data, Path(folder.name))
    return folder
