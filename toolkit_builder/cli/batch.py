"""`batch`: a pack for every partnership."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import (
    PLACE,
    SHORT_FORMS,
    F,
    NamedPath,
    cache_option,
    output_option,
    project_option,
    reading_choices,
    reading_options,
)
from toolkit_builder.cli.progress import ProgressLine
from toolkit_builder.documents.reading_options import READING_FORMATS
from toolkit_builder.errors import BatchError, ExitStatus, counted, printable

if TYPE_CHECKING:
    from toolkit_builder.batch.run import Batch
    from toolkit_builder.press.store.storage import Where


MOST_LEFT = 30
"""Things from earlier runs that are named."""


def _short_forms(command: F) -> F:
    """Add `--stage early` for `--where stage=early`, and its like."""
    for scale in reversed(SHORT_FORMS):
        described = f"Only partnerships that ask for this {scale}; repeatable."
        command = click.option(f"--{scale}", f"wanted_{scale}", multiple=True, metavar="VALUE", help=described)(command)
    return command


@click.command(cls=Command)
@click.option("--from", "table", type=NamedPath(dir_okay=False, path_type=Path), metavar="FILE",
              help="A partnership a row of a CSV or Excel file, over the base.")  # fmt: skip
@click.option("--base", metavar="ID|FILE", help="With --from: the partnership that rows are laid over.")
@click.option("--base-texts", is_flag=True,
              help="Rows also take the base's own texts and logo, where they have none.")  # fmt: skip
@click.option("--template", type=NamedPath(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write a table for --from to fill in, as Excel or CSV, and end.")  # fmt: skip
@click.option("--only", multiple=True, metavar="ID|NAME", help="Only this partnership; repeatable.")
@click.option("--where", "conditions", multiple=True, metavar="COLUMN=VALUE",
              help="Only partnerships that ask for this, such as stage=early; repeatable.")  # fmt: skip
@_short_forms
@click.option("--product", "products", multiple=True, metavar="NAME",
              help="A product of those whose row or file names none; repeatable.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes. Default: one a core.")
@click.option("--memory", type=click.IntRange(1), metavar="MB",
              help="Shared by all processes; each has 400 MB or more, and takes no more.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", default="", help="The scheduler of a Dask cluster that does the work.")
@click.option("--results", type=PLACE, metavar="DIR|ADDRESS",
              help="Packs are written there by those who make them, not brought to --output.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--retry-failed", is_flag=True, help="Only packs that failed the last time.")
@click.option("--format", "formats", type=click.Choice(["pdf", *READING_FORMATS]), multiple=True,
              help="What packs come as; repeatable.  [default: pdf]")  # fmt: skip
@reading_choices
@click.option("--zip", "zipped", is_flag=True, help="Also a zip of each pack.")
@click.option(
    "--force", is_flag=True, help="Make all packs, those that are current too; write over a table with --template."
)
@project_option
@output_option
@cache_option
def batch(
    template: Path | None,
    *,
    dry_run: bool,
    folder: Path | None,
    output: Path | None,
    cache: Where | None,
    conditions: tuple[str, ...],
    **asked: Any,
) -> None:
    """Make a pack for every partnership: of content/partnerships, or of a spreadsheet.

    A batch that was stopped goes on where it stopped. One pack that is wrong does not stop the others.
    """
    from toolkit_builder.cli.project import project_at_hand

    wanted = (*conditions, *(f"{scale}={value}" for scale in SHORT_FORMS for value in asked.pop(f"wanted_{scale}")))
    project = project_at_hand(folder)
    if template:
        from toolkit_builder.catalogue.loading import load
        from toolkit_builder.partnerships.template import write_template

        write_template(template, project, load(project), force=asked["force"])
        click.echo(f"{template}: a row a partnership; columns that are not needed may go", err=True)
        return
    from toolkit_builder.cli.reporter import Reporter

    with Reporter() as reporter:
        reporter.step("looking at what is there")
        from toolkit_builder.batch.packs import PackFormats
        from toolkit_builder.batch.request import BatchRequest, open_batch, overview

        reading = reading_options({name: asked.pop(name) for name in ("single_file", "grade", "braille_page")})
        formats = PackFormats(tuple(dict.fromkeys(asked.pop("formats"))) or ("pdf",), reading)
        batch = open_batch(
            BatchRequest(project, output=output, cache=cache, where=wanted, formats=formats, **asked),
            lambda fault: reporter.line(str(fault)),
        )
        if dry_run:
            from toolkit_builder.cli.content import table

            rows = [
                {
                    "id": pack.id,
                    "state": "current" if pack.is_current else "to be made",
                    "name": pack.names[pack.languages[0]],
                    "languages": "-".join(pack.languages),
                    "products": ", ".join(pack.products),
                }
                for pack in overview(batch)
            ]
            click.echo(table([*rows]) if rows else "No partnerships.\n", nl=False)
            return
        reporter.clear()
        _run(batch)


def _run(batch: Batch) -> None:
    """Raises BatchError with a list if some packs could not be made."""
    progress = ProgressLine()
    with _interruptible(batch):
        with progress:
            done = batch.run(progress)
        target = batch.settings.results or batch.settings.output
        click.echo(
            f"{target}: {counted(done.made, 'pack')} made, {done.current} current, {len(done.failed)} failed", err=True
        )
    for text, count in done.notices.items():
        click.echo(printable(f"{text} ({counted(count, 'pack')})"), err=True)
    _tell_what_is_beside(batch)
    if done.failed:
        entries = [batch.record.entries[pack] for pack in sorted(done.failed)]
        raise BatchError("\n".join(f"{entry.id}: {fault}" for entry in entries for fault in entry.faults))


def _tell_what_is_beside(batch: Batch) -> None:
    """Write the table of packs, and say what stands beside them from earlier runs."""
    if said := batch.tabulate():
        click.echo(
            printable(f"warning: {said}; the packs are whole. Close it where it is open, and type the same again"),
            err=True,
        )
    left = batch.left_over()
    if left:
        folder = batch.settings.output
        click.echo(printable(f"{folder}: from earlier runs, of no pack of this batch; nothing was deleted:"), err=True)
        for name in left[:MOST_LEFT]:
            click.echo(printable(f"  {name}"), err=True)
        if len(left) > MOST_LEFT:
            click.echo(f"  and {len(left) - MOST_LEFT} more", err=True)


@contextmanager
def _interruptible(batch: Batch) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo(
            f"Interrupted; {counted(batch.progress.made, 'pack')} made. The same command goes on from there.", err=True
        )
        raise click.exceptions.Exit(ExitStatus.INTERRUPTED) from None
