"""The commands about the machine and the project folder: `doctor` and `new`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import NamedPath
from toolkit_builder.errors import ExitStatus


@click.command(cls=Command)
def doctor() -> None:
    """Say what the machine lacks, and the command that mends it."""
    from toolkit_builder.doctor import examine

    lacking = False
    for finding in examine():
        click.echo(f"{'ok ' if finding.is_well else 'NO '} {finding.what}")
        if not finding.is_well:
            lacking = True
            click.echo(f"    Type: {finding.mend}")
    if lacking:
        raise click.exceptions.Exit(ExitStatus.MACHINE)


@click.command(cls=Command)
@click.argument("folder", type=NamedPath(path_type=Path))
@click.option(
    "--force", is_flag=True, help="Into a folder that is not empty; files of the same names are written over."
)
def new(folder: Path, force: bool) -> None:
    """Make a project folder of your own, a copy of the shipped one, to change. Its README says what is where."""
    from toolkit_builder.new_project import new_project

    new_project(folder, force=force)
    click.echo(
        f"Made {folder}. Change content, layouts and styles there ({folder / 'README.md'} says what is where), "
        f"then: toolkit-builder build --project {shlex.quote(str(folder))}"
    )
