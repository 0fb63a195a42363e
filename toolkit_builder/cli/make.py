"""The commands that make files: `build` and one for each product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.options import edition_options, making_options, selection_options
from toolkit_builder.cli.reporter import Reporter

if TYPE_CHECKING:
    from toolkit_builder.request import FinishedFile, Request

_ABOUT = {
    "cards": "Action cards, A6: for the screen, and four up on A4 for a duplex printer.",
    "handouts": "Handouts: one A4 page an action.",
    "summary": "The whole framework on one A4 page a language.",
    "toolkit": "The toolkit, A4: cover, guide, contents, all actions, worksheet, colophon.",
}


@click.command()
@selection_options
@edition_options
@making_options
@click.option("--watch", is_flag=True, help="Go on, and make what each change of the project touches. End with Ctrl-C.")
def build(*, watch: bool, **options: Any) -> None:
    """Make everything: cards, handouts, summary and toolkit."""
    if watch:
        from toolkit_builder.cli.watching import watch_project

        watch_project(options["folder"], lambda: make_files((), **options))
    else:
        make_files((), **options)


def product_commands() -> Iterator[click.Command]:
    """A command for each product."""
    for product, about in _ABOUT.items():
        yield _product_command(product, about)


def _product_command(product: str, about: str) -> click.Command:
    @click.command(product, help=about)
    @selection_options
    @edition_options
    @making_options
    def command(**options: Any) -> None:
        make_files((product,), **options)

    return command


def make_files(products: tuple[str, ...], **options: Any) -> None:
    """Make products; without any, all, or those that the partnership wants. `options` are those of the commands here.

    Raises what `build.make` raises, and FaultsError if content or a page is wrong.
    """
    from toolkit_builder.build import make

    with Reporter() as reporter:
        result = make(request(products, options), reporter.tell)
        result.raise_faults()
        for file in result.files:
            reporter.line(described(file))


def request(products: tuple[str, ...], options: dict[str, Any]) -> Request:
    """What the options of the commands here ask for."""
    from toolkit_builder.cli.selecting import filters
    from toolkit_builder.documents.edition_options import EditionOptions
    from toolkit_builder.project import open_project
    from toolkit_builder.request import Request

    return Request(
        open_project(options["folder"]),
        products,
        filters(options),
        EditionOptions(
            options["language"],
            options["first"],
            options["layout"],
            options["large_print"],
            options["greyscale"],
            options["for_print"],
        ),
        options["partnership"],
        options["output"],
        options["cache"],
        keep_pages=not options["no_cache"],
        force=options["force"],
        reviewed_only=options["reviewed_only"],
    )


def described(file: FinishedFile) -> str:
    """A finished file in a line: where it lies, and how many pages it has."""
    state = ", current" if file.was_current else ""
    return f"{file.path}: {file.pages} {'page' if file.pages == 1 else 'pages'}{state}"
