"""What is said while work goes on: on standard error; what is passing only if somebody is watching."""

from __future__ import annotations

import sys
from typing import Self

import click

from toolkit_builder.progress import Event, Notice


class Reporter:
    """Says what is being done. On a terminal the passing step stands in one line that is written over."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr.isatty()
        self.passing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def tell(self, event: Event) -> None:
        """Show what the pipeline tells: notices stay, progress passes."""
        (self.line if isinstance(event, Notice) else self.step)(str(event))

    def step(self, text: str) -> None:
        """A passing step; silent when standard error is not a terminal."""
        if self.is_watched:
            click.echo(f"\r\033[K{text}…", err=True, nl=False)
            self.passing = True

    def line(self, text: str) -> None:
        """A line that stays."""
        self.clear()
        click.echo(text, err=True)

    def clear(self) -> None:
        """Wipe the passing step away."""
        if self.passing:
            click.echo("\r\033[K", err=True, nl=False)
            self.passing = False
