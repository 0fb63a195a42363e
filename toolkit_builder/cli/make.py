"""`build` and `workshop`, and what they share with the commands of single products (`cli.products`): making files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit_builder.cli.given_once import Command
from toolkit_builder.cli.options import (
    edition_options,
    making_options,
    reading_options,
    selection_options,
    sheet_choices,
)
from toolkit_builder.errors import FaultsError, UsageError

if TYPE_CHECKING:
    from toolkit_builder.project import Project
    from toolkit_builder.request import FinishedFile, ProductSet, Request
    from toolkit_builder.warm_press import WarmPress


keep_going_option = click.option(
    "--keep-going", is_flag=True, help="Make the products that are right, if others are not; it ends with 1."
)


@click.command(cls=Command)
@selection_options
@edition_options
@sheet_choices
@making_options
@keep_going_option
@click.option("--watch", is_flag=True, help="Go on, and make what each change of the project touches. End with Ctrl-C.")
@click.option(
    "--looking-at",
    default="",
    metavar="PRODUCT",
    help="With --watch: the product that is made before all others, as you look at it; otherwise the first.",
)
def build(*, watch: bool, **options: Any) -> None:
    """Make all products of the project to read and hand out; `workshop` makes those for its tables."""
    if options["looking_at"] and not watch:
        raise UsageError("--looking-at says what comes first while one watches: give --watch too.")
    if watch:
        from toolkit_builder.cli.watching import watch_project

        watch_project(options["folder"], lambda warm: make_files((), warm=warm, **options))
    else:
        make_files((), **options)


@click.command(cls=Command)
@selection_options
@edition_options
@sheet_choices
@making_options
@keep_going_option
def workshop(**options: Any) -> None:
    """Make all that a workshop's tables need: cards, mats, what hangs on the wall, the facilitator's guide."""
    make_files((), "workshop", **options)


def make_files(
    products: tuple[str, ...], product_set: ProductSet = "build", warm: WarmPress | None = None, **options: Any
) -> None:
    """Make products; without any, those of a set (`Request`). `options` are those of the commands here; `warm`: a press
    that stays.

    Raises what `build.make` raises, and FaultsError if content or a page is wrong.
    """
    from toolkit_builder.build import make
    from toolkit_builder.cli.reporter import Reporter

    with Reporter() as reporter:
        asked = request(products, product_set, options)
        result = make(asked, reporter.tell, warm=warm)
        for file in result.files:
            reporter.line(described(file))
        if not all(file.was_current for file in result.files) and (doubts := _doubts(asked.project)):
            reporter.line(doubts)
        result.raise_faults()


def _doubts(project: Project) -> str:
    """How much `check` would tell of the content that things were made of; empty if it is nothing."""
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.content import findings, severities

    try:
        faults = findings(project, load(project))
    except FaultsError as error:  # a language that was not asked for lacks texts
        faults = error.faults
    return f"{severities(faults)}: toolkit-builder check" if faults else ""


def request(products: tuple[str, ...], product_set: ProductSet, options: dict[str, Any]) -> Request:
    """What the options of the commands here ask for."""
    from toolkit_builder.cli.project import project_at_hand
    from toolkit_builder.cli.selecting import filters
    from toolkit_builder.cli.sheets import sheet_options, shop_options
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
            large_print=options["large_print"],
            greyscale=options["greyscale"],
            low_ink=options["low_ink"],
            for_print=options["for_print"],
            deck=options["deck"],
            fillable=options["fillable"],
            paper_weight=options["paper_weight"],
            card_size=options["card_size"],
        ),
        options["partnership"],
        options["output"],
        options["cache"],
        keep_pages=not options["no_cache"],
        force=options["force"],
        reviewed_only=options["reviewed_only"],
        keep_going=options.get("keep_going", False),
        looked_at=options.get("looking_at", ""),
        product_set=product_set,
        sheets=sheet_options(options),
        print_shop=shop_options(options),
        file_format=options["file_format"] or "pdf",
        reading=reading_options(options),
    )


def described(file: FinishedFile) -> str:
    """A finished file in a line: where it lies, and how many pages or pictures it has."""
    from toolkit_builder.file_names import PICTURE_FOLDERS

    state, noun = (
        ", current" if file.was_current else "",
        "picture" if file.path.suffix in PICTURE_FOLDERS.values() else "page",
    )
    if not file.pages:
        return f"{file.path}{state}"
    return f"{file.path}: {file.pages} {noun if file.pages == 1 else f'{noun}s'}{state}"
