"""`build --watch`: make what an edit touches, and report faults without stopping."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from toolkit_builder.errors import ExitStatus, ToolkitError

LOOK_EVERY = 100
"""So many ms at most pass before the watch answers, with no change if there was none."""


_OF_SED = re.compile(r"sed[A-Za-z0-9]{6}")


def watch_project(folder: Path | None, build: Callable[[], None]) -> None:
    """Build, and build again whenever content, layouts or styles change, until Ctrl-C."""
    import watchfiles  # slow to import

    from toolkit_builder.project import open_project

    project = open_project(folder)
    folders = [place for place in (project.content, *project.layouts, *project.styles) if place.is_dir()]
    # Watched from before the first build, so that no change during it is lost: the first answer, that nothing came in
    # time, says that the watch has begun.
    watched = watchfiles.watch(*folders, raise_interrupt=True, yield_on_timeout=True, rust_timeout=LOOK_EVERY)
    next(watched)
    _try(build)
    click.echo(f"Watching {', '.join(map(str, folders))}. End with Ctrl-C.", err=True)
    try:
        for changes in watched:
            names = sorted({project.file(path) for _, name in changes if not is_passing(path := Path(name))})
            if names:
                click.echo(f"Changed: {', '.join(names)}", err=True)
                _try(build)
    except KeyboardInterrupt:
        click.echo("No longer watching.", err=True)
        raise click.exceptions.Exit(ExitStatus.INTERRUPTED) from None


def is_passing(path: Path) -> bool:
    """Whether a file is one that an editor, or sed, writes for a moment beside the one that is changed."""
    name, ending = path.name, path.suffix
    is_swap = len(ending) == len(".swp") and ending.startswith(".sw")
    is_backup = name.startswith((".", "#", "~")) or name.endswith(("~", ".tmp", ".bak"))
    return is_backup or is_swap or name == "4913" or bool(_OF_SED.fullmatch(name))


def _try(build: Callable[[], None]) -> None:
    try:
        build()
    except ToolkitError as error:
        error.show()
