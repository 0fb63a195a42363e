"""Makes a project folder: the shipped one, copied to be changed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from toolkit_builder.errors import MachineError, ProjectError
from toolkit_builder.project import Project, shipped
from toolkit_builder.regular_files import exists

PARTS = ("content", "layouts", "styles", "docs")
"""The folders of a new project."""
_README = Path(__file__).with_name("project_readme.md")


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
