"""From options, typed or wished for, to a selection of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.errors import UsageError


def selection(catalogue: Catalogue, options: Mapping[str, Any], short_forms: Sequence[str]) -> Selection:
    """The actions that options select. `short_forms` are the scales that have an option of their own.

    Raises UsageError for what does not exist, SelectionError if nothing is left.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    asked = [(name, value) for name in short_forms for value in options[name]]
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


def _where(condition: str) -> tuple[str, str]:
    scale, equals, value = condition.partition("=")
    if not equals:
        raise UsageError(f"--where: “{condition}” does not have the form SCALE=VALUE, such as stage=early.")
    return scale.strip(), value.strip()


def _has_scale(catalogue: Catalogue, scale: str) -> None:
    scales = [column.id for column in catalogue.framework.scales if column.filter]
    if scale not in scales:
        raise UsageError(f"this framework has no scale “{scale}” to select by. It has: {', '.join(scales)}.")
