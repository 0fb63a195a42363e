"""Options that several commands share. Nothing heavy is imported here: help has to answer at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.print_shop import PRINT_SHOP, USUAL_SHOP
from toolkit_builder.documents.reading_options import (
    BRAILLE_PAGE,
    READING_FORMATS,
    USUAL_GRADE,
    ReadingOptions,
    braille_page,
)
from toolkit_builder.documents.sheet_options import (
    FILLS,
    MARKS,
    MOST_BLEED,
    NO_SHEETS,
    ORDERS,
    SHEET_PAPER,
    SIDES,
    USUAL_MARKS,
)

F = TypeVar("F", bound=Callable[..., Any])

SHORT_FORMS = ("stage", "resource", "time")
"""Scales that have an option of their own: `--stage early` is `--where stage=early`."""

SELECTION_NAMES = (*SHORT_FORMS, "category", "sector", "where", "action", "exclude", "source_only", "unstated")
"""The parameters that `selection_options` adds."""


class NamedPath(click.Path):
    """A path that is not empty: `--output "$FOLDER"` without a value would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("it is empty; name a place, or leave the option out", param, ctx)
        return super().convert(value, param, ctx)


_FOLDER = NamedPath(file_okay=False, path_type=Path)


class _PlaceType(click.ParamType):  # type: ignore[type-arg]
    """A folder, or an address that fsspec knows."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from toolkit_builder.press.store.storage import parse

        where = parse(str(value)) if str(value) else ""  # which _FOLDER refuses
        return _FOLDER.convert(where, param, ctx) if isinstance(where, Path) or not where else where


PLACE = _PlaceType()

project_option = click.option(
    "--project",
    "folder",
    type=_FOLDER,
    metavar="DIR",
    help="The project folder. Default: the current folder if it is one, otherwise the shipped project.",
)
output_option = click.option(
    "--output", type=_FOLDER, metavar="DIR", help="Where the files go. Default: output in the project folder."
)
language_option = click.option("--language", metavar="cy|en|both", help="The language, or both.  [default: both]")

_EDITION = [
    language_option,
    click.option("--first", metavar="LANGUAGE", help="The language that comes first. Default: the framework's first."),
    click.option(
        "--layout",
        type=click.Choice([*LAYOUTS]),
        help="How several languages are laid out; see docs/bilingual.md for what each product takes.",
    ),
    click.option("--deck", metavar="NAME", help="Which deck, of products that have several: picture or text cards."),
    click.option(
        "--card-size",
        metavar="NAME|WxHmm",
        help=f"Of cards: {', '.join(CARD_SIZES)}, or such as 80x120mm.  [default: as the product has it]",
    ),
    click.option(
        "--paper-weight",
        type=click.IntRange(60, 600),
        metavar="GSM",
        help="Of paper, in g/m²: of cards, for their box (tuck-box) [default: 300]; of a booklet [default: 100].",
    ),
    click.option("--large-print", is_flag=True, help="In 18 pt, laid out anew, for products that come so."),
    click.option("--greyscale", is_flag=True, help="In grey."),
    click.option("--low-ink", is_flag=True, help="White grounds in place of large areas of colour."),
    click.option("--fillable", is_flag=True, help="With fields to fill in on a screen, for products that have some."),
    click.option("--for-print", is_flag=True, help="With tilt-and-turn: print sheets too, the second half turned."),
]

cache_option = click.option(
    "--cache",
    type=PLACE,
    metavar="DIR|ADDRESS",
    help="Where finished pages are kept: a folder, or an address such as s3://…. Default: the user's cache folder.",
)
_PRINT_SHOP = [
    click.option(
        "--for",
        "made_for",
        type=click.Choice([PRINT_SHOP]),
        help="print-shop: files for a print shop, PDF/X-4 in CMYK with bleed, in place of those for the screen.",
    ),
    click.option("--shop", metavar="NAME", help=f"Which print shop, of content/shops.  [default: {USUAL_SHOP}]"),
    click.option(
        "--profile",
        type=NamedPath(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="The print shop's own output profile (ICC).  [default: ISO Coated v2 300%]",
    ),
    click.option("--proof", is_flag=True, help="For a print shop: also a proof to be signed, with the trim shown."),
]
_READING = [
    click.option("--single-file", is_flag=True, help="With --format html: all in one file."),
    click.option(
        "--grade", type=click.IntRange(1, 2), help="Of braille: 1, letter for letter; 2, contracted.  [default: 2]"
    ),
    click.option(
        "--braille-page", metavar="CELLSxLINES", help="Of braille: cells across and lines down.  [default: 40x25]"
    ),
]
_MAKING = [
    click.option(
        "--format",
        "file_format",
        type=click.Choice(["pdf", "png", "svg", *READING_FORMATS]),
        help="png: every face or page as a picture, 300 pixels an inch, with a table of alternative texts; svg: as "
        "outlines; html: web pages; epub: for e-readers; docx: for Word; brf: braille (docs/editions.md)."
        "  [default: pdf]",
    ),
    *_READING,
    click.option(
        "--partnership",
        metavar="ID|FILE",
        help="Tailor it to a partnership: the id of one in content/partnerships, or a file.",
    ),
    project_option,
    output_option,
    cache_option,
    click.option("--no-cache", is_flag=True, help="Keep no finished pages, and use none."),
    click.option("--reviewed-only", is_flag=True, help="Refuse to print a translation that was not reviewed."),
    click.option("--force", is_flag=True, help="Make all files, those that are current too."),
]

_SELECTION = [
    *(
        click.option(
            f"--{name}", name, multiple=True, metavar="VALUE", help=f"Only actions with this {name}; repeatable."
        )
        for name in SHORT_FORMS
    ),
    click.option("--category", multiple=True, metavar="ID", help="Only actions of this category; repeatable."),
    click.option("--sector", multiple=True, metavar="ID", help="Only actions that involve this sector; repeatable."),
    click.option("--where", multiple=True, metavar="SCALE=VALUE", help="Only actions with this value; repeatable."),
    click.option("--action", multiple=True, metavar="CODE", help="Only this action; repeatable."),
    click.option("--exclude", multiple=True, metavar="CODE", help="Not this action; repeatable."),
    click.option("--source-only", is_flag=True, help="Take no account of provisional values."),
    click.option(
        "--unstated",
        type=click.Choice(["include", "exclude", "only"]),
        help="What to do with an action that has no value for a filter.  [default: exclude]",
    ),
]


_SHEETS = [
    click.option(
        "--sheet",
        type=click.Choice([*SHEET_PAPER, NO_SHEETS]),
        help="Of cards and booklets: the paper; none: cards one a page, and no sheets.  [default: a4]",
    ),
    click.option(
        "--sides",
        type=click.Choice(SIDES),
        help="Of cards: over which edge the printer turns sheets; or fronts, then backs; or side by side to be folded."
        "  [default: long-edge]",
    ),
    click.option(
        "--bleed",
        type=click.FloatRange(0, MOST_BLEED),
        metavar="MM",
        help="Of cards and booklets: how far artwork runs on beyond the cuts of their sheets.  [default: 0]",
    ),
    click.option(
        "--gap",
        type=click.FloatRange(0, 50),
        metavar="MM",
        help="Between cards on their sheets; bleeds share it.  [default: twice the bleed]",
    ),
    click.option(
        "--order",
        type=click.Choice(ORDERS),
        help="Of cards on their sheets; stack: the piles of a cut lie in order.  [default: reading]",
    ),
    click.option(
        "--fill",
        type=click.Choice(FILLS),
        help="What becomes of places that cards leave on their last sheet: blank cards, or nothing.  [default: empty]",
    ),
    click.option(
        "--copies",
        multiple=True,
        metavar="N|CARD=N",
        help="So many decks, or of a card (SP1=3, guide=0); repeatable.",
    ),
    click.option(
        "--marks",
        metavar="MARK[,MARK]",
        help=f"Beside cards on their sheets: {', '.join(MARKS)}; all, none.  [default: {','.join(USUAL_MARKS)}]",
    ),
    click.option("--booklet", is_flag=True, help="Also a booklet, two pages on a side: A5 on A4, A4 on A3."),
    click.option("--two-up", is_flag=True, help="Also sheets with two pages on a side, not to be folded."),
    click.option("--printer", metavar="NAME", help="Make good what it shifts; see toolkit-builder calibrate."),
]


def sheet_choices(command: F) -> F:
    """Add the options that say how things are printed: how cards lie on sheets, and by which print shop."""
    for option in reversed([*_SHEETS, *_PRINT_SHOP]):
        command = option(command)
    return command


def making_options(command: F) -> F:
    """Add the options of every command that makes files."""
    for option in reversed(_MAKING):
        command = option(command)
    return command


def reading_choices(command: F) -> F:
    """Add the options of editions without pages."""
    for option in reversed(_READING):
        command = option(command)
    return command


def reading_options(options: dict[str, Any]) -> ReadingOptions:
    """What these options ask for. Raises UsageError for a page of braille that is none."""
    given = options["braille_page"]
    page = braille_page(given) if given else BRAILLE_PAGE
    return ReadingOptions(options["single_file"], options["grade"] or USUAL_GRADE, page)


def edition_options(command: F) -> F:
    """Add the options that say how a document is set."""
    for option in reversed(_EDITION):
        command = option(command)
    return command


def selection_options(command: F) -> F:
    """Add the options that say which actions to take."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


def typed_folder(args: list[str]) -> Path | None:
    """The project folder that was typed, before options are parsed: it says which commands and values there are."""
    for word, following in zip(args, [*args[1:], ""], strict=True):
        name, is_joined, value = word.partition("=")
        if name == "--project" and (value if is_joined else following):
            return Path(value if is_joined else following)
    return None
