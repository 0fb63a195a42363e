"""The commands that read content and make nothing: `list` and `check`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import project_option, selection_options
from toolkit_builder.errors import ExitStatus, Fault, FaultsError, counted, printable

if TYPE_CHECKING:
    from toolkit_builder.catalogue.model import Catalogue
    from toolkit_builder.project import Project


@click.command("list", cls=Command)
@selection_options
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--sort", type=click.Choice(["code", "title"]), default="code", show_default=True, help="The order.")
@click.option("--language", metavar="LANGUAGE", help="The language of --sort title. Default: the framework's first.")
@project_option
def list_actions(form: str, sort: str, language: str | None, folder: Path | None, **options: Any) -> None:
    """List the selected actions, with all their texts as JSON, or the main ones as a table or CSV."""
    from toolkit_builder.catalogue import listing
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.catalogue.selecting import select
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.cli.selecting import filters

    selected = select(load(project_at_hand(folder)), filters(options))
    if sort == "title":
        selected = listing.by_title(selected, language)
    if form == "json":
        import json

        click.echo(json.dumps(listing.as_objects(selected), ensure_ascii=False, indent=2))
    else:
        rows = listing.as_rows(selected)
        click.echo(_csv(rows) if form == "csv" else table(rows), nl=False)
    if selected.left_out:
        click.echo(selected.in_words(), err=True)


@click.command(cls=Command)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="End with 1 for warnings too.")
@click.option("--spelling", is_flag=True, help="Also Welsh words that the spelling dictionary (aspell) does not know.")
@project_option
def check(form: str, strict: bool, spelling: bool, folder: Path | None) -> None:
    """Report all that is wrong or doubtful in the content."""
    from toolkit_builder.catalogue.decoding import unreadable_texts
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.documents.product_table import products_of
    from toolkit_builder.print_shops.loading import PrintShops

    project = project_at_hand(folder)
    try:
        catalogue = load(project)
    except FaultsError as error:
        others = (*products_of(project).faults, *PrintShops(project).faults(), *unreadable_texts(project))
        faults = sorted({*error.faults, *others})
        closing = f"{severities(faults)}. Other checks wait until these are mended: check again."
    else:
        faults = findings(project, catalogue)
        if spelling:
            from toolkit_builder.proofreading.spelling import spell

            faults = sorted({*faults, *spell(project, catalogue)})
        actions = counted(len(catalogue.actions), "action")
        closing = f"{actions}: {severities(faults)}." if faults else f"No fault in {actions}."
    if form == "json":
        import json

        click.echo(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            click.echo(str(fault))
        click.echo(closing, err=True)
    if any(strict or fault.severity == "error" for fault in faults):
        raise click.exceptions.Exit(ExitStatus.CONTENT)


def findings(project: Project, catalogue: Catalogue) -> list[Fault]:
    """All that is wrong or doubtful in content that can be loaded, sorted by place."""
    from toolkit_builder.catalogue.decoding import unreadable_texts
    from toolkit_builder.drawings.pictograms import pictogram_faults
    from toolkit_builder.partnerships.loading import Partnerships
    from toolkit_builder.print_shops.loading import PrintShops
    from toolkit_builder.proofreading.texts import proofread
    from toolkit_builder.proofreading.today import today

    partnerships = Partnerships(project, catalogue)
    loaded, faults = partnerships.load_all()
    are_all = len(loaded) == len(partnerships.ids())
    faults += proofread(project, catalogue, loaded, today(), are_all=are_all)
    faults += [
        *partnerships.products.faults,
        *PrintShops(project).faults(),
        *unreadable_texts(project),
        *pictogram_faults(project, catalogue),
    ]
    return sorted(set(faults))


def severities(faults: list[Fault]) -> str:
    """`0 errors, 1 warning`."""
    errors = sum(fault.severity == "error" for fault in faults)
    return f"{counted(errors, 'error')}, {counted(len(faults) - errors, 'warning')}"


def _csv(rows: list[Mapping[str, str]]) -> str:
    import csv
    import io

    from toolkit_builder.table_files import csv_cell

    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: csv_cell(value) for name, value in row.items()} for row in rows)
    return f"\ufeff{text.getvalue()}"  # the mark tells Excel that it is UTF-8


def table(rows: list[Mapping[str, str]]) -> str:
    """Columns as wide as what stands in them."""
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join(map(printable, lines)) + "\n"
