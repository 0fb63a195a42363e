"""`batch`: a pack for every partnership."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.options import PLACE, cache_option, output_option, project_option
from toolkit_builder.cli.progress import BatchProgress
from toolkit_builder.cli.reporter import Reporter
from toolkit_builder.errors import BatchError, ExitStatus

if TYPE_CHECKING:
    from toolkit_builder.batch.orders import Order
    from toolkit_builder.batch.run import Batch
    from toolkit_builder.errors import Fault
    from toolkit_builder.partnerships.loading import Partnerships
    from toolkit_builder.press.store.storage import Where

MEMORY_OF_ONE = 400
"""MB that a process has at least: 200 were seen."""


@click.command()
@click.option("--from", "table", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="A partnership a row of a CSV or Excel file, over the base.")  # fmt: skip
@click.option("--base", metavar="ID|FILE", help="With --from: the partnership that rows are laid over.")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write an empty table for --from, as CSV or Excel, and end.")  # fmt: skip
@click.option("--only", multiple=True, metavar="ID", help="Only this partnership; repeatable.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many processes. Default: one a core.")
@click.option("--memory", type=click.IntRange(1), metavar="MB",
              help=f"Shared by all processes; each has {MEMORY_OF_ONE} MB or more, and takes no more.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", default="", help="The scheduler of a Dask cluster that does the work.")
@click.option("--results", type=PLACE, metavar="DIR|ADDRESS",
              help="Packs are written there by those who make them, not brought to --output.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--retry-failed", is_flag=True, help="Only packs that failed the last time.")
@click.option("--zip", "zipped", is_flag=True, help="Also a zip of each pack.")
@click.option("--force", is_flag=True, help="Make all packs, those that are current too.")
@project_option
@output_option
@cache_option
def batch(
    table: Path | None,
    base: str | None,
    template: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    memory: int | None,
    *,
    dry_run: bool,
    folder: Path | None,
    output: Path | None,
    cache: Where | None,
    **how: Any,
) -> None:
    """Make a pack for every partnership: of content/partnerships, or of a spreadsheet.

    A batch that was stopped goes on where it stopped. One pack that is wrong does not stop the others.
    """
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.partnerships.loading import Partnerships
    from toolkit_builder.project import Project, open_project

    project = Project(open_project(folder).root.absolute())
    catalogue = load(project)
    if template:
        from toolkit_builder.partnerships.spreadsheet import write_template

        write_template(template, catalogue.framework.language_ids)
        click.echo(f"{template}: a row a partnership; columns that are not needed may go", err=True)
        return
    partnerships = Partnerships(project, catalogue)
    with Reporter() as reporter:
        reporter.step("looking at what is there")
        orders = _orders(partnerships, table, base, only)
        from toolkit_builder.batch.run import Batch, Settings
        from toolkit_builder.build import default_output
        from toolkit_builder.press.store.store import default_folder
        from toolkit_builder.recall import project_state

        target = default_output(project, output).absolute()
        where = _absolute(cache or default_folder())
        how["results"] = _absolute(how["results"])
        processes, each = _shares(jobs, memory)
        run = Batch(Settings(project.root, target, where, project_state(project), processes, each, **how), orders)
        if dry_run:
            _tell(run, partnerships)
            return
        reporter.clear()
        _run(run, how["results"] or target)


def _run(run: Batch, target: Where) -> None:
    """Raises BatchError with a list if some packs could not be made."""
    progress = BatchProgress()
    with _interruptible(progress):
        with progress:
            done = run.run(progress)
        click.echo(f"{target}: {done.made} packs made, {done.current} current, {len(done.failed)} failed", err=True)
    if done.failed:
        entries = [run.record.entries[one] for one in sorted(done.failed)]
        raise BatchError("\n".join(f"{one.id}: {fault}" for one in entries for fault in one.faults))


@contextmanager
def _interruptible(progress: BatchProgress) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        made = progress.last.made if progress.last else 0
        click.echo(f"Interrupted; {made} packs were made. The same command goes on from there.", err=True)
        raise click.exceptions.Exit(ExitStatus.INTERRUPTED) from None


def _shares(jobs: int | None, memory: int | None) -> tuple[int, int]:
    """How many processes work for this one, which has its own share of the memory, and the MB that each may take."""
    processes = jobs or os.cpu_count() or 1
    if memory is None:
        return processes, 0
    processes = min(processes, max(1, memory // MEMORY_OF_ONE - 1))
    return processes, max(MEMORY_OF_ONE, memory // (processes + 1))


def _absolute(where: Where | None) -> Where | None:
    """The same for processes that are elsewhere."""
    return where.absolute() if isinstance(where, Path) else where


def _orders(partnerships: Partnerships, table: Path | None, base: str | None, only: tuple[str, ...]) -> list[Order]:
    from toolkit_builder.batch import orders

    if table is None:
        if base:
            raise click.UsageError("--base goes with --from.")
        return orders.of_files(partnerships, only)
    from toolkit_builder.partnerships.spreadsheet import read_rows

    under = partnerships.load(base).document if base else None
    folder = partnerships.path(base).parent.absolute() if base else partnerships.folder
    rows = [(one, document, folder) for one, document in read_rows(table, under, _warn)]
    return orders.of_documents(partnerships, rows, only)


def _warn(fault: Fault) -> None:
    click.echo(str(fault), err=True)


def _tell(run: Batch, partnerships: Partnerships) -> None:
    """A table of what would be made."""
    from toolkit_builder.cli.content import table
    from toolkit_builder.partnerships import preferences
    from toolkit_builder.products import PRODUCTS

    outstanding = {order.id for order in run.outstanding()}
    rows = []
    for order in run.orders:
        partnership = order.partnership(partnerships)
        rows.append(
            {
                "id": order.id,
                "state": "to be made" if order.id in outstanding else "current",
                "name": partnership.name[partnership.languages[0]],
                "languages": "-".join(partnership.languages),
                "products": ", ".join(preferences.products(partnership, tuple(PRODUCTS))),
            }
        )
    click.echo(table([*rows]) if rows else "No partnerships.\n", nl=False)
