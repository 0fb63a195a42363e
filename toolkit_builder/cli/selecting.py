"""From the options that say which actions to take, to a selection and what is said of it."""

from __future__ import annotations

from typing import Any

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.cli.options import SHORT_FORMS
from toolkit_builder.errors import UsageError


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
    scales = [column.id for column in catalogue.framework.scales if column.filter]
    if scale not in scales:
        raise UsageError(f"this framework has no scale “{scale}” to select by. It has: {', '.join(scales)}.")
