"""What the Tab key offers after an option: values of the project at hand, read cheaply. Whatever is wrong with the
project, completing it is no error: nothing is offered then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from toolkit_builder.cli.options import SHORT_FORMS
from toolkit_builder.documents.edition_options import BOTH
from toolkit_builder.documents.product_files import product_files
from toolkit_builder.project import MARK, Project, open_project

Offered = Mapping[str, str]
"""Values, each with a word about it that zsh and fish show."""
MAXIMUM = 1_000_000
"""Bytes of a framework that is read; as loading has it."""


def complete_values(command: click.Command) -> None:
    """Have the options of a command, and of its subcommands, offer the values of the project at hand."""
    for parameter in command.params:
        option = next((name for name in parameter.opts if name in OFFERS), "")
        if option and parameter.type is click.STRING:
            parameter.type = _ProjectValue(option)
    for subcommand in command.commands.values() if isinstance(command, click.Group) else ():
        complete_values(subcommand)


class _ProjectValue(click.ParamType):  # type: ignore[type-arg]
    """Any text; what is offered are the values that the project has."""

    name = "text"

    def __init__(self, option: str) -> None:
        self.option = option

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if self.option in ("--partnership", "--base") and ("/" in incomplete or incomplete.endswith(".yaml")):
            return [CompletionItem(incomplete, type="file")]
        try:
            offered = dict(OFFERS[self.option](open_project(ctx.params.get("folder"))))
        except Exception:  # whatever it is, the command itself will say it
            return []
        if self.option == "--language" and BOTH in (param.metavar or ""):
            offered[BOTH] = "all languages"
        begun = incomplete.casefold()
        return [
            CompletionItem(value, help=said) for value, said in offered.items() if value.casefold().startswith(begun)
        ]


def _framework(project: Project) -> dict[str, Any]:
    import yaml  # slow to import

    with (project.root / MARK).open("rb") as file:
        loaded = yaml.load(file.read(MAXIMUM), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (texts)
    return dict(loaded)


def _labelled(entries: Iterable[Mapping[str, Any]], key: str = "label") -> Offered:
    """Ids with what they are called in each language."""
    return {entry["id"]: " / ".join(dict(entry.get(key) or {}).values()) for entry in entries}


def _scales(project: Project) -> dict[str, Offered]:
    columns = _framework(project)["columns"]
    return {one["id"]: _labelled(one["steps"]) for one in columns if one["kind"] == "scale"}


def _steps(scale: str) -> Callable[[Project], Offered]:
    return lambda project: _scales(project)[scale]


def _conditions(project: Project) -> Offered:
    return {f"{scale}={step}": said for scale, steps in _scales(project).items() for step, said in steps.items()}


def _categories(project: Project) -> Offered:
    return _labelled(_framework(project)["categories"], "title")


def _sectors(project: Project) -> Offered:
    people = [column for column in _framework(project)["columns"] if column["kind"] == "people"]
    return {value: said for column in people for value, said in _labelled(column["sectors"]).items()}


def _languages(project: Project) -> Offered:
    return {language["id"]: language.get("name", "") for language in _framework(project)["languages"]}


def _codes(project: Project) -> Offered:
    return _stems(project, "actions")


def _partnerships(project: Project) -> Offered:
    return _stems(project, "partnerships")


def _stems(project: Project, folder: str) -> Offered:
    paths = sorted((project.content / folder).glob("*.yaml"))
    return {path.stem: "" for path in paths if not path.name.startswith(".")}


def _decks(project: Project) -> Offered:
    import yaml  # slow to import

    decks: dict[str, str] = {}
    for name, path in product_files(project).items():
        said = yaml.load(path.read_bytes()[:MAXIMUM], getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (texts)
        if said.get("deck"):
            decks |= dict.fromkeys((said["deck"], *said.get("other_decks", {})), name)
    return decks


def _shops(project: Project) -> Offered:
    from toolkit_builder.print_shops.loading import PrintShops

    return dict.fromkeys(PrintShops(project).files, "")


def _files(project: Project) -> Offered:
    names = [path.relative_to(project.root).as_posix() for path in sorted(project.content.rglob("*.yaml"))]
    return {name: "" for name in names if not name.startswith(("content/partnerships/", "content/shops/"))}


def _products(project: Project) -> Offered:
    return dict.fromkeys(product_files(project), "")


OFFERS: Mapping[str, Callable[[Project], Offered]] = {
    **{f"--{scale}": _steps(scale) for scale in SHORT_FORMS},
    "--where": _conditions,
    "--category": _categories,
    "--sector": _sectors,
    "--action": _codes,
    "--exclude": _codes,
    "--language": _languages,
    "--first": _languages,
    "--partnership": _partnerships,
    "--base": _partnerships,
    "--only": _partnerships,
    "--product": _products,
    "--looking-at": _products,
    "--deck": _decks,
    "--shop": _shops,
    "--file": _files,
}
"""What each option offers, in every command that has it and takes any text there."""


def option_of_value(word: str, options: Collection[str], folder: Path | None) -> str:
    """The first of these options that has this value in the project, or calls it so in a language, as it is typed:
    `--stage early`. Empty if none has. Languages are known by their English names too.
    """
    for option in (*(f"--{scale}" for scale in SHORT_FORMS), "--language", "--category", "--sector", "--action"):
        if option not in options:
            continue
        try:
            offered = OFFERS[option](open_project(folder))
        except Exception:  # whatever it is, it is no help here
            offered = {}
        for value, said in offered.items():
            called = {value, *said.split(" / "), *(_english(value) if option == "--language" else ())}
            if word.casefold() in {one.casefold().replace(" ", "-") for one in called if one}:
                return f"{option} {value}"
    return ""


def _english(language: str) -> tuple[str, ...]:
    from babel import Locale, UnknownLocaleError  # slow to import

    try:
        return (Locale.parse(language, sep="-").get_display_name("en") or "",)
    except (ValueError, UnknownLocaleError):
        return ()
