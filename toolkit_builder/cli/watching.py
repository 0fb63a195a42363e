"""`build --watch`: make what an edit touches, and report faults without stopping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from toolkit_builder.errors import ToolkitError

LOOK_EVERY = 100
"""So many ms at most pass before the watch answers, with no change if there was none."""


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
    for changes in watched:
        if not changes:
            continue
        names = sorted({project.file(Path(name)) for _, name in changes})
        click.echo(f"Changed: {', '.join(names)}", err=True)
        _try(build)


def _try(build: Callable[[], None]) -> None:
    try:
        build()
    except ToolkitError as error:
        error.show()
