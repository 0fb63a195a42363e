"""What is asked for by the options of `selection_options`."""

from __future__ import annotations

from typing import Any

from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.cli.options import SHORT_FORMS
from toolkit_builder.errors import UsageError


def filters(options: dict[str, Any]) -> Filters:
    """The filters that the options of `selection_options` ask for.

    Raises UsageError for a condition that is not of the form SCALE=VALUE.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    asked = [(scale, value) for scale in SHORT_FORMS for value in options[scale]]
    for scale, value in [*asked, *map(_condition, options["where"])]:
        wanted[scale] = (*wanted.get(scale, ()), value)
    return Filters(
        categories=options["category"],
        sectors=options["sector"],
        scales=wanted,
        actions=tuple(code.upper() for code in options["action"]),
        exclude=tuple(code.upper() for code in options["exclude"]),
        source_only=options["source_only"],
        unstated=options["unstated"],
        named=tuple(scale for scale in SHORT_FORMS if options[scale]),
    )


def _condition(condition: str) -> tuple[str, str]:
    scale, equals, value = condition.partition("=")
    if not equals:
        raise UsageError(f"--where: “{condition}” does not have the form SCALE=VALUE, such as stage=early.")
    return scale.strip(), value.strip()
