"""`serve`: the page in the browser."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import project_option
from toolkit_builder.errors import ExitStatus, MachineError

NEEDED = ("flask", "waitress", "ruamel.yaml")
"""Packages of the extra `serve`."""


@click.command(cls=Command)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at. Default: this machine alone."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0: any that is free.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name by which browsers may ask for the page, such as that of a proxy; repeatable.",
)
@click.option("--base-path", default="", metavar="PATH", help="Behind a proxy: what comes before its addresses there.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@project_option
def serve(host: str, port: int, names: tuple[str, ...], base_path: str, no_browser: bool, folder: Path | None) -> None:
    """Open a page in the browser that chooses, tailors and makes packs, for those who do not type commands."""
    for package in NEEDED:
        if importlib.util.find_spec(package.partition(".")[0]) is None:
            raise MachineError(f"{package} is not installed. Type: pip install 'toolkit-builder[serve]'")
    from toolkit_builder.cli.project import is_shipped, project_at_hand
    from toolkit_builder.web.server import Place, serve

    project = project_at_hand(folder)
    told = 0

    def ready(address: str) -> None:
        nonlocal told
        first = told == 0
        told += 1
        click.echo(f"{'The page is at' if first else 'For another browser:'} {address}", err=True)
        if first:
            click.echo("End with Ctrl-C.", err=True)
        if first and not no_browser:
            import webbrowser  # slow to import

            webbrowser.open(address)
        sys.stderr.flush()

    serve(project, Place(host, port, base_path, names), is_own=not is_shipped(project, folder), ready=ready)
    raise click.exceptions.Exit(ExitStatus.INTERRUPTED)
