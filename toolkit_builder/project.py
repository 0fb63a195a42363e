"""Finds and opens a project folder, and makes new ones.

A project is a folder with `content/`, `layouts/` and `styles/`. What a project's folder lacks of layouts and styles
is taken from the shipped project, which lies beside the package in a checkout and inside it when installed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.errors import MachineError, ProjectError
from toolkit_builder.regular_files import exists

PARTS = ("content", "layouts", "styles", "docs")
"""The folders of a new project."""
_README = Path(__file__).with_name("project_readme.md")
MARK = Path("content") / "framework.yaml"


def shipped() -> Path:
    """The folder of the project that comes with this tool."""
    package = Path(__file__).resolve().parent
    packaged = package / "shipped"
    return packaged if packaged.is_dir() else package.parent


@dataclass(frozen=True)
class Project:
    """An opened project: where its content, layouts and styles are looked for, first place first."""

    root: Path

    @property
    def is_packaged(self) -> bool:
        """Whether this is the project inside the installed package, where nothing may be written."""
        return self.root.name == "shipped" and self.root == shipped()

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def layouts(self) -> tuple[Path, ...]:
        return self._places("layouts")

    @property
    def styles(self) -> tuple[Path, ...]:
        return self._places("styles")

    def style(self, name: str) -> Path:
        """The style sheet of this name: the project's own, or the shipped one.

        Raises ProjectError if there is neither.
        """
        for place in self.styles:
            if os.path.lexists(place / name):  # whatever it is: one that cannot be read is told, not passed over
                return place / name
        raise ProjectError(f"no style sheet {name} in {' or '.join(map(str, self.styles))}")

    def has_style(self, name: str) -> bool:
        """Whether there is a style sheet of this name."""
        return any(os.path.lexists(place / name) for place in self.styles)

    def file(self, path: Path) -> str:
        """A path as messages give it: relative to the project where it lies in it."""
        try:
            return _resolved(path).relative_to(_resolved(self.root)).as_posix()
        except ValueError:
            return path.as_posix()

    def _places(self, part: str) -> tuple[Path, ...]:
        own, packaged = self.root / part, shipped() / part
        return (own,) if _resolved(own) == _resolved(packaged) else (own, packaged)


def _resolved(path: Path) -> Path:
    """A path without links; with them where they lead nowhere, as a link to itself does."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.parent.resolve() / path.name if path.name else path


def open_project(folder: Path | None = None) -> Project:
    """The project in `folder`; without one, that of the current folder, and failing that the shipped one.

    Raises ProjectError if `folder` holds no project, MachineError if the current folder is gone.
    """
    if folder is not None:
        if not exists(folder / MARK):
            raise ProjectError(
                f"no project in {folder}: it has no {MARK.as_posix()}. Make one with: toolkit-builder new {folder}"
            )
        return Project(folder)
    try:
        here = Path.cwd()
    except OSError as error:
        raise MachineError(f"the current folder cannot be read ({error.strerror}); go to another one") from None
    return Project(here if exists(here / MARK) else shipped())


def new_project(folder: Path, *, force: bool = False) -> Project:
    """Copy the shipped project into a folder, to be changed, with a README of its own.

    Everything is copied to a folder within it first, so that the disk is full before anything has its name, or not at
    all. Raises ProjectError if the folder exists and is not empty, MachineError if it cannot be written. With `force`
    files of the same names are written over, and all others stay.
    """
    if os.path.lexists(folder) and (not folder.is_dir() or (any(folder.iterdir()) and not force)):
        advice = "; with --force files of the same names are written over" if folder.is_dir() else ""
        raise ProjectError(f"{folder} exists and is not empty; name a new folder{advice}")
    fresh = [place for place in (folder, *folder.parents) if not exists(place)]
    draft = folder / f".making-{os.getpid()}"
    moved: list[Path] = []
    try:
        for part in PARTS:
            shutil.copytree(shipped() / part, draft / part)
        shutil.copyfile(_README, draft / "README.md")
        _move(draft, folder, moved)
    except BaseException as error:
        _clear(draft, [] if force else moved, fresh)
        if not isinstance(error, OSError):
            raise
        left = "" if force and moved else "; nothing was changed there"
        raise MachineError(f"cannot make {folder} ({_reason(error)}){left}") from None
    shutil.rmtree(draft, ignore_errors=True)
    return Project(folder)


def _move(draft: Path, folder: Path, moved: list[Path]) -> None:
    """Give files and folders their names: whole folders where there is none, otherwise what is in them."""
    targets = {path: folder / path.relative_to(draft) for path in draft.rglob("*")}
    for path, target in targets.items():
        if os.path.lexists(target) and (target.is_dir() != path.is_dir() or target.is_symlink()):
            raise FileExistsError(0, f"{target} is in the way; move it")
    for path, target in targets.items():
        if path.is_dir() and not target.exists():
            moved.append(target)
            path.rename(target)
        elif path.is_file():
            moved.append(target)
            path.replace(target)


def _clear(draft: Path, moved: Iterable[Path], fresh: Iterable[Path]) -> None:
    for place in (draft, *moved):
        shutil.rmtree(place, ignore_errors=True)
        with contextlib.suppress(OSError):
            place.unlink(missing_ok=True)
    for place in fresh:
        with contextlib.suppress(OSError):
            place.rmdir()


def _reason(error: OSError) -> str:
    """Of the many that `copytree` gathers, as texts, the first, without its number and names."""
    gathered = error.args[0] if isinstance(error, shutil.Error) and error.args else ()
    said = str(gathered[0][2]) if gathered and isinstance(gathered, list) else error.strerror or str(error)
    found = re.fullmatch(r"\[Errno \d+\] ([^:]*)(: .*)?", said, re.DOTALL)
    return found[1] if found else said
