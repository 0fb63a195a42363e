"""`build --watch`: make what an edit touches, with a press that stays warm, and report faults without stopping."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit_builder.errors import ExitStatus, FaultsError, ToolkitError

if TYPE_CHECKING:
    from toolkit_builder.warm_press import WarmPress

LOOK_EVERY = 100
"""So many ms at most pass before the watch answers, with no change if there was none."""
SETTLED = 0.3
"""Seconds without a change after which a fault is one: before, the file that has it may be half-written."""


_OF_SED = re.compile(r"sed[A-Za-z0-9]{6}")


def watch_project(folder: Path | None, build: Callable[[WarmPress], None]) -> None:
    """Build, and build again whenever content, layouts or styles change, until Ctrl-C."""
    import watchfiles  # slow to import

    from toolkit_builder.project import open_project
    from toolkit_builder.warm_press import WarmPress

    project = open_project(folder)
    folders = [place for place in (project.content, *project.layouts, *project.styles) if place.is_dir()]
    with WarmPress() as warm:
        # Watched from before the first build, so that no change during it is lost: the first answer, that nothing came
        # in time, says that the watch has begun.
        watched = watchfiles.watch(*folders, raise_interrupt=True, yield_on_timeout=True, rust_timeout=LOOK_EVERY)
        next(watched)
        waiting = _WaitingFault()
        waiting.take(_try(build, warm))
        click.echo(f"Watching {', '.join(map(str, folders))}. End with Ctrl-C.", err=True)
        try:
            for changes in watched:
                names = sorted({project.file(path) for _, name in changes if not is_passing(path := Path(name))})
                if names:
                    click.echo(f"Changed: {', '.join(names)}", err=True)
                    waiting.take(_try(build, warm))
                waiting.show_if_settled()
        except KeyboardInterrupt:
            click.echo("No longer watching.", err=True)
            raise click.exceptions.Exit(ExitStatus.INTERRUPTED) from None


def is_passing(path: Path) -> bool:
    """Whether a file is one that an editor, or sed, writes for a moment beside the one that is changed."""
    name, ending = path.name, path.suffix
    is_swap = len(ending) == len(".swp") and ending.startswith(".sw")
    is_backup = name.startswith((".", "#", "~")) or name.endswith(("~", ".tmp", ".bak"))
    return is_backup or is_swap or name == "4913" or bool(_OF_SED.fullmatch(name))


class _WaitingFault:
    """The last fault of content, until it is known that it is not that of a file that is being written."""

    def __init__(self) -> None:
        self._error: ToolkitError | None = None
        self._since = 0.0

    def take(self, error: ToolkitError | None) -> None:
        """What came of a build."""
        self._error, self._since = error, time.monotonic()

    def show_if_settled(self) -> None:
        """Show it, once, if nothing has changed for long enough."""
        if self._error and (time.monotonic() - self._since >= SETTLED or not isinstance(self._error, FaultsError)):
            self._error.show()
            self._error = None


def _try(build: Callable[[WarmPress], None], warm: WarmPress) -> ToolkitError | None:
    """Build; what went wrong."""
    try:
        build(warm)
    except ToolkitError as error:
        return error
    return None
