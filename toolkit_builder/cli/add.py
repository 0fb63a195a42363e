"""`add`: files to fill in, for an action, a category, a language, a partnership."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit_builder.cli.asking import LATER, as_path, ask, ask_checked, ask_texts, is_asking
from toolkit_builder.cli.given_once import CommandGroup
from toolkit_builder.cli.options import project_option
from toolkit_builder.cli.project import project_at_hand
from toolkit_builder.errors import FaultsError, UsageError, printable

if TYPE_CHECKING:
    from toolkit_builder.adding.putting import Added
    from toolkit_builder.project import Project

_TITLE = click.option("--title", multiple=True, metavar="LANGUAGE=TEXT", help="Its title; repeatable.")


@click.group(cls=CommandGroup)
def add() -> None:
    """Add something to a project: a file to fill in, and a list of what is left to do.

    What is not given as an option is asked for on a terminal; elsewhere it is left empty, or as it says here.
    """


@add.command()
@click.option("--category", "belongs_to", metavar="ID", help="The category that it belongs to.")
@click.option("--code", metavar="CODE", help="Its code. Default: the next that is free in the category.")
@_TITLE
@project_option
def action(belongs_to: str | None, code: str | None, title: tuple[str, ...], folder: Path | None) -> None:
    """Add an action: content/actions/CODE.yaml, with every column to fill in."""
    from toolkit_builder.adding.action import add_action
    from toolkit_builder.adding.outline import outline_of

    project = project_at_hand(folder, to_change=True)
    outline = outline_of(project)
    category = ask("--category", belongs_to, "Category", allowed=[each.id for each in outline.categories])
    words = ask_texts("--title", title, "Title", outline.languages)
    _tell(project, add_action(project, category, code, words))


@add.command()
@click.option("--id", "own_id", metavar="ID", help="What files and --category call it.")
@click.option("--code", metavar="CODE", help="One to three capitals, with which the codes of its actions begin.")
@_TITLE
@click.option("--introduction", multiple=True, metavar="LANGUAGE=TEXT", help="A sentence about it; repeatable.")
@click.option("--colour", metavar="#RRGGBB", help="Default: one as unlike the others' as can be.")
@click.option("--shape", metavar="SHAPE", help="Default: one that no other category has, if there is one.")
@project_option
def category(
    own_id: str | None,
    code: str | None,
    title: tuple[str, ...],
    introduction: tuple[str, ...],
    colour: str | None,
    shape: str | None,
    folder: Path | None,
) -> None:
    """Add a category to content/framework.yaml. It needs an action besides."""
    from toolkit_builder.adding.category import SHAPES, NewCategory, add_category, free_colour, free_shape
    from toolkit_builder.adding.colours import check_colour
    from toolkit_builder.adding.outline import outline_of

    project = project_at_hand(folder, to_change=True)
    outline = outline_of(project)
    colours, shapes = ([getattr(each, key) for each in outline.categories] for key in ("colour", "shape"))
    new = NewCategory(
        ask("--id", own_id, "Id, such as shared-purpose"),
        ask("--code", code, "Code, one to three capitals"),
        ask_texts("--title", title, "Title", outline.languages),
        ask_texts("--introduction", introduction, "A sentence about it", outline.languages),
        ask_checked("--colour", colour, "Colour", lambda one: check_colour("colour", one), free_colour(colours)),
        ask("--shape", shape, "Shape", free_shape(shapes), SHAPES),
    )
    _tell(project, add_category(project, new))


@add.command()
@click.option("--id", "tag", metavar="TAG", help="Its BCP 47 tag, such as pl.")
@click.option("--name", metavar="NAME", help="Its name in itself. Default: as CLDR has it.")
@click.option("--direction", type=click.Choice(["ltr", "rtl"]), help="Default: as CLDR has it.")
@click.option("--font-family", metavar="FAMILY", default="", help="Its font. Default: the one that the styles have.")
@click.option("--font-file", metavar="FILE", default="", help="font:PACKAGE/FILE, or a path from content/.")
@project_option
def language(
    tag: str | None, name: str | None, direction: str | None, font_family: str, font_file: str, folder: Path | None
) -> None:
    """Add a language to content/framework.yaml, last in the order of reading. A translator gives it texts."""
    from toolkit_builder.adding.language import NewLanguage, add_language

    project = project_at_hand(folder, to_change=True)
    tag = ask("--id", tag, "Tag of the language (BCP 47), such as pl")
    new = NewLanguage(tag, name or "", direction or "", font_family, font_file)
    _tell(project, add_language(project, new))


@add.command()
@click.option("--id", "own_id", metavar="ID", help="What files and --partnership call it. Default: made from its name.")
@click.option("--name", "names", multiple=True, metavar="LANGUAGE=TEXT", help="Its whole name; repeatable.")
@click.option("--short-name", multiple=True, metavar="LANGUAGE=TEXT", help="For the tops of pages; repeatable.")
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE",
              help="A language of its pack; repeatable. Default: all.")  # fmt: skip
@click.option("--logo", metavar="FILE", help="SVG, PNG or JPEG; it is copied into the project.")
@click.option("--ground", metavar="#RRGGBB", help="Behind white text on the cover.")
@click.option("--band", metavar="#RRGGBB", help="Of bands that stand on white.")
@click.option("--email", metavar="ADDRESS", help="Whom to ask.")
@project_option
def partnership(
    own_id: str | None,
    names: tuple[str, ...],
    short_name: tuple[str, ...],
    languages: tuple[str, ...],
    logo: str | None,
    ground: str | None,
    band: str | None,
    email: str | None,
    folder: Path | None,
) -> None:
    """Add a partnership: content/partnerships/ID.yaml. Its logo and colours are looked at at once."""
    from toolkit_builder.adding.outline import outline_of
    from toolkit_builder.adding.partnership import NewPartnership, add_partnership, logo_doubts
    from toolkit_builder.partnerships.ids import id_from_names

    project = project_at_hand(folder, to_change=True)
    outline = outline_of(project)
    outline.check_languages("--language", dict.fromkeys(languages, ""))
    known = {each: name for each, name in outline.languages.items() if not languages or each in languages}
    words = ask_texts("--name", names, "Its whole name", known)
    outline.check_languages("--name", words)
    made = id_from_names(words, known) or None
    if not (own_id or made or is_asking()):
        raise UsageError(
            "--id is needed, since no id can be made from the name."
            if words
            else f"--name is needed, such as --name {next(iter(known))}=…; or --id, and the name can follow."
        )
    new = NewPartnership(
        ask("--id", own_id, "Id, in lower-case letters with hyphens", made),
        words,
        ask_texts("--short-name", short_name, "A short name", known),
        languages,
        as_path(ask_checked("--logo", logo, f"File of its logo ({LATER})", lambda one: logo_doubts(Path(one)))),
        _asked_colour("ground", ground, f"Colour behind white text ({LATER})"),
        _asked_colour("band", band, f"Colour of bands on white ({LATER})"),
        ask("--email", email, f"E-mail address to ask at ({LATER})", ""),
    )
    _tell(project, add_partnership(project, new))


def _asked_colour(option: str, given: str | None, question: str) -> str:
    """A colour, looked at at once if there is somebody to give another; otherwise all are looked at together, later."""
    from toolkit_builder.adding.colours import check_colour

    if not is_asking():
        return given or ""
    return ask_checked(f"--{option}", given, question, lambda one: check_colour(option, one))


def _tell(project: Project, added: Added) -> None:
    """Say what was written, and what is left to do; editors are told of it by the project's schemas, if it has them."""
    _write_schemas(project)
    for file in added.files:
        click.echo(printable(f"Written: {project.file(file)}"), err=True)
    click.echo("Left to do:" if added.left else "Nothing is left to do.", err=True)
    for step in added.left:
        click.echo(printable(f"- {step}"), err=True)


def _write_schemas(project: Project) -> None:
    """Write those schemas anew that the project has. Where its framework has faults, they stay as they are."""
    from toolkit_builder.catalogue import schemas
    from toolkit_builder.documents import product_schema
    from toolkit_builder.partnerships import schemas as partnership_schemas
    from toolkit_builder.print_shops import schemas as shop_schemas

    if (project.root / schemas.FOLDER).is_dir():
        with contextlib.suppress(FaultsError):
            made = {**schemas.schemas(project), product_schema.NAME: product_schema.schema(project)}
            made[shop_schemas.NAME] = shop_schemas.schema(project)
            schemas.write(project, made)
            schemas.write(project, {partnership_schemas.NAME: partnership_schemas.schema(project)})
