"""The project that a command works on: says when it is the shipped one, which no command changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit_builder.errors import ProjectError

if TYPE_CHECKING:
    from toolkit_builder.project import Project

_TOLD = "toolkit_builder.project_told"
"""Where the context keeps whether it was said already."""


def project_at_hand(folder: Path | None, *, to_change: bool = False) -> Project:
    """The project in `folder`, in the current folder, or the shipped one, of which it is said once.

    Raises ProjectError if there is none in `folder`, or the command is to change it and it is the shipped one.
    """
    from toolkit_builder.project import open_project

    project = open_project(folder)
    if is_shipped(project, folder) and to_change:
        raise ProjectError(
            "this would change the shipped project, since the current folder is none. Make one of your own with "
            "“toolkit-builder new FOLDER”, then name it: --project FOLDER"
        )
    context = click.get_current_context(silent=True)
    told = context.find_root().meta if context else {}
    if is_shipped(project, folder) and not told.get(_TOLD):
        told[_TOLD] = True
        click.echo("Project: the shipped one.", err=True)
    return project


def is_shipped(project: Project, folder: Path | None) -> bool:
    """Whether a project is the shipped one, which nobody named: it is not to be changed."""
    return project.is_packaged or (folder is None and project.root != Path.cwd())
