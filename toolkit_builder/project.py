"""Finds and opens a project folder.

A project is a folder with `content/`, `layouts/` and `styles/`. What a project's folder lacks of layouts and styles
is taken from the shipped project, which lies beside the package in a checkout and inside it when installed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.errors import MachineError, ProjectError
from toolkit_builder.regular_files import exists

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
