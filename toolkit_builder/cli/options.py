"""Options that several commands share, and what they mean together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from toolkit_builder.catalogue.model import Catalogue, ScaleColumn, Text
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])

SHORT_FORMS = ("stage", "resource", "time")
"""Scales that have an option of their own: `--stage early` is `--where stage=early`."""

_FOLDER = click.Path(file_okay=False, path_type=Path)

project_option = click.option(
    "--project",
    "folder",
    type=_FOLDER,
    metavar="DIR",
    help="The project folder. Default: the current folder if it is one, otherwise the project that comes with this tool.",
)
output_option = click.option(
    "--output", type=_FOLDER, metavar="DIR", help="Where the files go. Default: output in the project folder."
)
language_option = click.option(
    "--language", default="both", metavar="cy|en|both", help="The language, or both.", show_default=True
)

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
        default="exclude",
        show_default=True,
        help="What to do with an action that has no value for a filter.",
    ),
]


def selection_options(command: F) -> F:
    """Add the options that say which actions to take."""
    for option in reversed(_SELECTION):
        command = option(command)
    return command


def selection(catalogue: Catalogue, options: dict[str, Any]) -> Selection:
    """The actions that the options of `selection_options` select.

    Raises UsageError for what does not exist, SelectionError if nothing is left.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    asked = [(name, value) for name in SHORT_FORMS for value in options[name]]
    for scale, value in [*asked, *map(_where, options["where"])]:
        _has_scale(catalogue, scale)
        wanted[scale] = (*wanted.get(scale, ()), value)
    return select(
        catalogue,
        Filters(
            categories=options["category"],
            sectors=options["sector"],
            scales=wanted,
            actions=tuple(code.upper() for code in options["action"]),
            exclude=tuple(code.upper() for code in options["exclude"]),
            source_only=options["source_only"],
            unstated=options["unstated"],
        ),
    )


def report_selection(selected: Selection) -> str:
    """How many actions were selected, and which were left out for want of a value."""
    line = f"{len(selected.actions)} of {len(selected.catalogue.actions)} actions selected"
    if selected.left_out:
        line += f"; {len(selected.left_out)} left out, for which a value is not stated: {', '.join(selected.left_out)}"
    return line


def _where(condition: str) -> tuple[str, str]:
    scale, equals, value = condition.partition("=")
    if not equals:
        raise UsageError(f"--where: “{condition}” does not have the form SCALE=VALUE, such as stage=early.")
    return scale.strip(), value.strip()


def _has_scale(catalogue: Catalogue, scale: str) -> None:
    scales: list[ScaleColumn[Text]] = [column for column in catalogue.framework.scales if column.filter]
    if scale not in [column.id for column in scales]:
        allowed = ", ".join(column.id for column in scales)
        raise UsageError(f"this framework has no scale “{scale}” to select by. It has: {allowed}.")
