"""How pages may lie on print sheets: a table of schemes by the names that `product.yaml` gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.documents.sheet_options import SheetOptions
from toolkit_builder.press.imposition.cards import Words, cards
from toolkit_builder.press.imposition.folded import tents
from toolkit_builder.press.imposition.sheets import Placed, Sheets
from toolkit_builder.press.imposition.tiling import tiles


@dataclass(frozen=True)
class ImpositionJob:
    """What is to be imposed: pages in order, None for a blank one; how somebody wants it; what is written beside it.

    `turned_backs`: the backs of cards stand on their heads. `filler`: the two sides of the card that takes the places
    which are left.
    """

    pages: Sequence[Placed | None]
    options: SheetOptions
    words: Words
    turned_backs: bool = False
    filler: Sequence[Placed | None] = ()


SCHEMES: Mapping[str, Callable[[ImpositionJob], Sheets]] = {
    "grid": lambda job: cards(job.pages, job.options, job.words, turned_backs=job.turned_backs, filler=job.filler),
    "tent": lambda job: tents(job.pages),
    "tiles": lambda job: tiles(job.pages),
}
"""Each takes a job. `documents.product_values.SHEETS` lists their names, which are known without the press."""
