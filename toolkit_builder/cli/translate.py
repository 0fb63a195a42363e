"""What translators and editors ask for: `translate status`, `accept`, `export`, `import`, `proof`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from toolkit_builder.cli.given_once import CommandGroup
from toolkit_builder.cli.options import NamedPath, output_option, project_option
from toolkit_builder.errors import UsageError, printable

_BY = click.option("--by", metavar="NAME", default="", help="Who accepts it.")
_PARTNERSHIP = click.option(
    "--partnership", metavar="ID", default="", help="The own texts of this partnership, not the catalogue's."
)


@click.group(cls=CommandGroup)
def translate() -> None:
    """Texts for translators, and how far they have come."""


@translate.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@_PARTNERSHIP
@project_option
def status(form: str, partnership: str, folder: Path | None) -> None:
    """How many strings of each file are missing, drafts, stale, translated, reviewed."""
    from toolkit_builder.catalogue.loading import load_languages
    from toolkit_builder.cli.content import table
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.exchange.strings import read_strings

    project = project_at_hand(folder)
    counts = read_strings(project, load_languages(project), partnership).counts()
    if form == "json":
        import json

        rows = [{"file": file, "language": language, **states} for (file, language), states in counts.items()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    totals: dict[tuple[str, str], Counter[str]] = {}
    for (_, language), states in counts.items():
        totals.setdefault(("all", language), Counter()).update(states)
    cells: list[Mapping[str, str]] = [
        {"file": file, "language": language, **{state: str(count) for state, count in states.items()}}
        for (file, language), states in [*counts.items(), *totals.items()]
    ]
    click.echo(table(cells), nl=False)


@translate.command()
@click.option("--action", "codes", multiple=True, metavar="CODE", help="Only the texts of this action; repeatable.")
@click.option("--file", "files", multiple=True, metavar="FILE", help="Only the texts of this file; repeatable.")
@click.option("--language", metavar="LANGUAGE", help="Only this language.")
@click.option("--state", type=click.Choice(["translated", "reviewed"]), default="reviewed", show_default=True)
@_BY
@_PARTNERSHIP
@project_option
def accept(codes: tuple[str, ...], files: tuple[str, ...], partnership: str, folder: Path | None, **how: Any) -> None:
    """Record that translations were accepted as they stand: in content/review.lock, or beside a partnership's file."""
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.exchange.accepting import accept_partnership, accept_texts

    if partnership and (codes or files):
        raise UsageError("--partnership: comes without --action and --file; all of its texts are accepted.")
    project = project_at_hand(folder, to_change=True)
    if partnership:
        count = accept_partnership(project, partnership, **how)
    else:
        count = accept_texts(project, load(project), codes=codes, files=files, **how)
    state = how["state"]
    click.echo(f"{count} {'string' if count == 1 else 'strings'} {state}.", err=True)


@translate.command("export")
@click.option("--format", "form", type=click.Choice(["xliff", "xliff2", "po", "xlsx", "csv", "docx"]), required=True)
@click.option("--only", type=click.Choice(["missing", "stale", "draft", "all"]), default="all", show_default=True)
@click.option("--language", metavar="LANGUAGE", help="To translate into. Default: the first that is not the original.")
@click.option("--action", "codes", multiple=True, metavar="CODE", help="Only the texts of this action; repeatable.")
@_PARTNERSHIP
@click.option("--output", type=NamedPath(dir_okay=False, path_type=Path), metavar="FILE", help="Where it goes.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@project_option
def export_texts(
    form: str,
    only: str,
    language: str | None,
    codes: tuple[str, ...],
    partnership: str,
    output: Path | None,
    *,
    force: bool,
    folder: Path | None,
) -> None:
    """Write the texts to a file for a translator's own tools.

    A language that the framework does not have yet can be exported too: all of its texts are missing.
    """
    from toolkit_builder.atomic_files import put_new
    from toolkit_builder.catalogue.loading import load_languages
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.exchange import formats
    from toolkit_builder.exchange.strings import read_strings
    from toolkit_builder.exchange.units import job

    project = project_at_hand(folder)
    strings = read_strings(project, load_languages(project), partnership)
    work = job(strings, language, only, [strings.file_of(code.upper()) for code in codes])
    if not work.units:
        click.echo("Nothing to translate.", err=True)
        return
    whose = f"{partnership}." if partnership else ""
    target = output or Path(f"texts.{whose}{work.original}-{work.language}{formats.ENDINGS[form]}")
    put_new(target, formats.write(work, form), force=force)
    count = len(work.units)
    click.echo(f"{target}: {count} {'string' if count == 1 else 'strings'}", err=True)
    if work.language not in strings.targets:
        advice = "before the file is imported, add it to “languages” in content/framework.yaml"
        click.echo(f"The framework does not have “{work.language}” yet; {advice}.", err=True)


@translate.command("import")
@click.argument("file", type=NamedPath(exists=True, dir_okay=False, path_type=Path))
@click.option("--allow-stale", is_flag=True, help="Also translations of an original that was changed since.")
@click.option("--force", is_flag=True, help="Also over texts that were accepted, or changed since the export.")
@_BY
@project_option
def import_texts(file: Path, *, allow_stale: bool, force: bool, by: str, folder: Path | None) -> None:
    """Take translations back into the content: only the texts that were changed in the file, or none if one is refused.

    A draft is not taken for a text that was accepted, nor a text for one that was changed since the export; they are
    listed. Texts of a partnership go into its own files.
    """
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.exchange.importing import import_file

    project = project_at_hand(folder, to_change=True)
    done = import_file(project, file, allow_stale=allow_stale, force=force, by=by)
    for note in done.notes:
        click.echo(printable(f"note: {note}"), err=True)
    for left in done.left:
        click.echo(printable(f"left: {left}; --force takes it"), err=True)
    for key in done.keys:
        click.echo(f"changed: {key}", err=True)
    stale = f", {done.stale} of them stale" if done.stale else ""
    click.echo(f"{len(done.keys)} {'string' if len(done.keys) == 1 else 'strings'} changed{stale}.", err=True)


@translate.command()
@click.option("--product", metavar="PRODUCT", default="toolkit", show_default=True, help="The product to look at.")
@click.option(
    "--language", metavar="LANGUAGE", help="The language to check. Default: the first that is not the original."
)
@click.option("--action", "codes", multiple=True, metavar="CODE", help="Only this action; repeatable.")
@output_option
@project_option
def proof(product: str, language: str | None, codes: tuple[str, ...], output: Path | None, folder: Path | None) -> None:
    """Make a PDF for the last check: finished pages, beside each the keys of its texts, with a box to tick."""
    from toolkit_builder.build import make
    from toolkit_builder.catalogue.selecting import Filters
    from toolkit_builder.cli.make import described
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.documents.edition_options import EditionOptions
    from toolkit_builder.request import Request

    request = Request(
        project_at_hand(folder),
        (product,),
        Filters(actions=tuple(code.upper() for code in codes)),
        EditionOptions(language),
        output=output,
        purpose="proof",
    )
    from toolkit_builder.cli.reporter import Reporter

    with Reporter() as reporter:
        result = make(request, reporter.tell)
        result.raise_faults()
        for file in result.files:
            reporter.line(described(file))
