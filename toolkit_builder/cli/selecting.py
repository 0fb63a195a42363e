"""What is asked for by the options of `selection_options`, and what is said of it."""

from __future__ import annotations

from typing import Any

from toolkit_builder.catalogue import asking
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.cli.options import SHORT_FORMS


def selection(catalogue: Catalogue, options: dict[str, Any]) -> Selection:
    """The actions that the options of `selection_options` select.

    Raises UsageError for what does not exist, SelectionError if nothing is left.
    """
    return asking.selection(catalogue, options, SHORT_FORMS)


def report_selection(selected: Selection) -> str:
    """How many actions were selected, and which were left out for want of a value."""
    line = f"{len(selected.actions)} of {len(selected.catalogue.actions)} actions selected"
    if selected.left_out:
        line += f"; {len(selected.left_out)} left out, for which a value is not stated: {', '.join(selected.left_out)}"
    return line
