"""Finds and opens a project folder, and makes new ones.

A project is a folder with `content/`, `layouts/` and `styles/`. What a project's folder lacks of layouts and styles
is taken from the shipped project, which lies beside the package in a checkout and inside it when installed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.errors import ProjectError

PARTS = ("content", "layouts", "styles", "docs/schemas")
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
            if (place / name).is_file():
                return place / name
        raise ProjectError(f"no style sheet {name} in {' or '.join(map(str, self.styles))}")

    def has_style(self, name: str) -> bool:
        """Whether there is a style sheet of this name."""
        return any((place / name).is_file() for place in self.styles)

    def file(self, path: Path) -> str:
        """A path as messages give it: relative to the project where it lies in it."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()

    def _places(self, part: str) -> tuple[Path, ...]:
        own, packaged = self.root / part, shipped() / part
        return (own,) if own.resolve() == packaged.resolve() else (own, packaged)


def open_project(folder: Path | None = None) -> Project:
    """The project in `folder`; without one, that of the current folder, and failing that the shipped one.

    Raises ProjectError if `folder` holds no project.
    """
    if folder is not None:
        if not (folder / MARK).exists():
            raise ProjectError(
                f"no project in {folder}: it has no {MARK.as_posix()}. Make one with: toolkit-builder new {folder}"
            )
        return Project(folder)
    here = Path.cwd()
    return Project(here if (here / MARK).exists() else shipped())


def new_project(folder: Path) -> Project:
    """Copy the shipped project into a new folder, to be changed.

    Raises ProjectError if the folder exists and is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(f"{folder} exists and is not empty; name a new folder")
    for part in PARTS:
        shutil.copytree(shipped() / part, folder / part)
    return Project(folder)
