"""`build`, and what it shares with the commands of single products (`cli.products`): making files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import edition_options, making_options, selection_options

if TYPE_CHECKING:
    from toolkit_builder.project import Project
    from toolkit_builder.request import FinishedFile, Request


@click.command(cls=Command)
@selection_options
@edition_options
@making_options
@click.option("--keep-going", is_flag=True, help="Make the products that are right, if others are not; it ends with 1.")
@click.option("--watch", is_flag=True, help="Go on, and make what each change of the project touches. End with Ctrl-C.")
def build(*, watch: bool, **options: Any) -> None:
    """Make everything: all products of the project."""
    if watch:
        from toolkit_builder.cli.watching import watch_project

        watch_project(options["folder"], lambda: make_files((), **options))
    else:
        make_files((), **options)


def make_files(products: tuple[str, ...], **options: Any) -> None:
    """Make products; without any, all, or those that the partnership wants. `options` are those of the commands here.

    Raises what `build.make` raises, and FaultsError if content or a page is wrong.
    """
    from toolkit_builder.build import make
    from toolkit_builder.cli.reporter import Reporter

    with Reporter() as reporter:
        asked = request(products, options)
        result = make(asked, reporter.tell)
        for file in result.files:
            reporter.line(described(file))
        if not all(file.was_current for file in result.files) and (doubts := _doubts(asked.project)):
            reporter.line(doubts)
        result.raise_faults()


def _doubts(project: Project) -> str:
    """How much `check` would tell of the content that things were made of; empty if it is nothing."""
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.content import findings, severities

    faults = findings(project, load(project))
    return f"{severities(faults)}: toolkit-builder check" if faults else ""


def request(products: tuple[str, ...], options: dict[str, Any]) -> Request:
    """What the options of the commands here ask for."""
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.cli.selecting import filters
    from toolkit_builder.documents.edition_options import EditionOptions
    from toolkit_builder.request import Request

    return Request(
        project_at_hand(options["folder"]),
        products,
        filters(options),
        EditionOptions(
            options["language"],
            options["first"],
            options["layout"],
            options["large_print"],
            options["greyscale"],
            options["for_print"],
            options["deck"],
        ),
        options["partnership"],
        options["output"],
        options["cache"],
        keep_pages=not options["no_cache"],
        force=options["force"],
        reviewed_only=options["reviewed_only"],
        keep_going=options.get("keep_going", False),
    )


def described(file: FinishedFile) -> str:
    """A finished file in a line: where it lies, and how many pages it has."""
    state = ", current" if file.was_current else ""
    return f"{file.path}: {file.pages} {'page' if file.pages == 1 else 'pages'}{state}"
