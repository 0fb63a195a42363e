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
        waiting = WaitingFault()
        waiting.take(_try(build, warm), time.monotonic())
        click.echo(f"Watching {', '.join(map(str, folders))}. End with Ctrl-C.", err=True)
        try:
            for changes in watched:
                names = sorted({project.file(path) for _, name in changes if not is_passing(path := Path(name))})
                if names:
                    click.echo(f"Changed: {', '.join(names)}", err=True)
                    waiting.take(_try(build, warm), time.monotonic())
                if error := waiting.settled(time.monotonic()):
                    error.show()
        except KeyboardInterrupt:
            click.echo("No longer watching.", err=True)
            raise click.exceptions.Exit(ExitStatus.INTERRUPTED) from None


def is_passing(path: Path) -> bool:
    """Whether a file is one that an editor, or sed, writes for a moment beside the one that is changed."""
    name, ending = path.name, path.suffix
    is_swap = len(ending) == len(".swp") and ending.startswith(".sw")
    is_backup = name.startswith((".", "#", "~")) or name.endswith(("~", ".tmp", ".bak"))
    return is_backup or is_swap or name == "4913" or bool(_OF_SED.fullmatch(name))


class WaitingFault:
    """What went wrong last, until it is known that it is not that of a file that is being written. Times in seconds."""

    def __init__(self) -> None:
        self._error: ToolkitError | None = None
        self._since = 0.0

    def take(self, error: ToolkitError | None, now: float) -> None:
        """What came of a build: nothing, or what is wrong."""
        self._error, self._since = error, now

    def settled(self, now: float) -> ToolkitError | None:
        """What is to be told now, once: a fault of content only if nothing has changed for long enough."""
        if isinstance(self._error, FaultsError) and now - self._since < SETTLED:
            return None
        error, self._error = self._error, None
        return error


def _try(build: Callable[[WarmPress], None], warm: WarmPress) -> ToolkitError | None:
    """Build; what went wrong."""
    try:
        build(warm)
    except ToolkitError as error:
        return error
    return None
