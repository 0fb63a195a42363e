"""Which bilingual layouts a product takes: the six of the Welsh Language Commissioner's design guide (2014)."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_builder.documents.plan import Edition
from toolkit_builder.errors import UsageError

LAYOUTS = (
    "parallel-columns",
    "block-by-block",
    "parallel-pages",
    "top-and-bottom",
    "back-to-back",
    "tilt-and-turn",
)
TAKES: Mapping[str, tuple[str, ...]] = {
    "cards": ("back-to-back", "tilt-and-turn"),
    "handouts": ("parallel-columns", "block-by-block", "top-and-bottom", "back-to-back", "tilt-and-turn"),
    "summary": ("back-to-back", "tilt-and-turn"),
    "toolkit": ("parallel-pages", "back-to-back", "tilt-and-turn"),
}
"""The first is the one that a product has if nothing is said."""
TAKES_IN_LARGE_PRINT: Mapping[str, tuple[str, ...]] = {
    "handouts": ("back-to-back", "block-by-block", "tilt-and-turn"),
    "summary": ("back-to-back", "tilt-and-turn"),
    "toolkit": ("parallel-pages", "back-to-back", "tilt-and-turn"),
}
"""In columns or half pages, large print would have lines of three words."""


def layout_of(product: str, edition: Edition) -> str:
    """The layout that a product has in an edition.

    Raises UsageError, with those that it takes, if it does not take the one that was asked for.
    """
    takes = TAKES_IN_LARGE_PRINT if edition.large_print else TAKES
    if product not in takes:
        raise UsageError(f"--large-print: {product} do not come in large print; these do: {', '.join(takes)}.")
    layout = edition.layout or takes[product][0]
    if layout not in takes[product]:
        how = " in large print" if edition.large_print else ""
        raise UsageError(f"--layout: {product} does not take {layout}{how}. It takes: {', '.join(takes[product])}.")
    if edition.layout and not edition.is_bilingual:
        raise UsageError(f"--layout {layout} is for several languages, and this has one; leave it out.")
    if edition.layout == "tilt-and-turn" and len(edition.languages) != 2:
        raise UsageError(f"--layout {layout} is for two languages, and this has {len(edition.languages)}.")
    return layout
