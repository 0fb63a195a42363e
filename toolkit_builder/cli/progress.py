"""How far a batch is: a bar on a terminal, otherwise a line now and then."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from toolkit_builder.batch.run import BatchProgress

EVERY = 10
"""Seconds between lines."""


class ProgressLine:
    """Told of each pack that is finished, shows it on standard error."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar:
            self.bar.render_finish()

    def __call__(self, progress: BatchProgress) -> None:
        if sys.stderr.isatty():
            self._draw(progress)
        elif time.monotonic() - self.said > EVERY:
            self.said = time.monotonic()
            click.echo(str(progress), err=True)

    def _draw(self, progress: BatchProgress) -> None:
        if self.bar is None:
            self.bar = click.progressbar(
                length=progress.total,
                file=sys.stderr,
                show_eta=False,  # it counts what is current as if it had been made
                show_percent=False,
                item_show_func=lambda progress: str(progress or ""),
            )
            self.bar.render_progress()
        self.bar.update(progress.done - self.bar.pos, progress)
