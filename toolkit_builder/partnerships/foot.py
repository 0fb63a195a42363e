"""The line at the foot of cards and handouts that says whose pack it is: how much room names take on it."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit_builder.languages import widths

FOOT_SIZE = 9.5
"""Size in pt of the name, but in large print."""
FOOT_GAP = 4.0
"""In mm, between names, and before a logo."""
_EM = 25.4 / 72
"""Of a type of 1 pt, in mm."""


def line_width(names: Iterable[str], size: float = FOOT_SIZE) -> float:
    """About how many mm names take side by side in a size in pt."""
    each = [widths.width(name) * size * _EM for name in names]
    return sum(each) + FOOT_GAP * (len(each) - 1)
