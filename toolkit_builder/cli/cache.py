"""The command that shows and clears the store of finished pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import cache_option

if TYPE_CHECKING:
    from toolkit_builder.press.store.storage import Where


@click.command(cls=Command)
@cache_option
@click.option("--clear", is_flag=True, help="Throw all finished pages away.")
def cache(cache: Where | None, clear: bool) -> None:
    """Show where finished pages are kept and what room they take, or clear them."""
    from toolkit_builder.errors import MachineError
    from toolkit_builder.press.store.store import Store, default_folder

    where = cache or default_folder()
    store = Store(where)
    if clear:
        try:
            store.clear()
        except OSError as error:
            raise MachineError(f"cannot clear {where} ({error.strerror or error}); delete it yourself") from error
    usage = store.usage()
    click.echo(f"{where}: {usage.entries} entries, {usage.size / 1e6:.1f} MB of at most {store.limit / 1e6:.0f} MB")
