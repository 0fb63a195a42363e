"""The bilingual layouts: the six of the Welsh Language Commissioner's *Bilingual Design Guide* (2014), in one table.

Commands, partnerships' files, products and docs/bilingual.md take them from here. Which of them a product takes stands
in its `product.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit_builder.documents.card_sizes import CardSize

Arrangement = Literal["together", "interleaved", "halves"]
"""`together`: all languages on each page. `interleaved`: each page of a text is followed by the same page in the next
language. `halves`: each language is complete before the next begins.
"""


@dataclass(frozen=True)
class BilingualLayout:
    """How several languages are laid out.

    `languages`: for so many languages and no other number, or None for any. `is_facing`: pages of two languages lie
    open in pairs, the first language on the left.
    """

    name: str
    arrangement: Arrangement
    languages: int | None = None
    is_facing: bool = False

    def holds(self, count: int) -> bool:
        """Whether it is for so many languages, whatever the product."""
        return self.languages in (None, count)

    @property
    def is_together(self) -> bool:
        return self.arrangement == "together"

    @property
    def is_interleaved(self) -> bool:
        return self.arrangement == "interleaved"

    @property
    def has_halves(self) -> bool:
        """Whether print sheets have the second half upside down, to be turned over and read from its own front."""
        return self.arrangement == "halves"


LAYOUTS: Mapping[str, BilingualLayout] = {
    layout.name: layout
    for layout in (
        BilingualLayout("parallel-columns", "together"),
        BilingualLayout("block-by-block", "together"),
        BilingualLayout("parallel-pages", "interleaved", is_facing=True),
        BilingualLayout("top-and-bottom", "together"),
        BilingualLayout("back-to-back", "interleaved"),
        # A sheet has two sides to be read from, so two languages and no more can be turned.
        BilingualLayout("tilt-and-turn", "halves", languages=2),
    )
}
"""By name, in the order in which docs and help list them."""


@dataclass(frozen=True)
class Edition:
    """How a document is set: its languages in the order of reading, how they are laid out (empty: as the product has
    it if nothing is said), in large print or not, in colour or in grey, on grounds of colour or on white. `for_print`:
    what is turned comes on sheets too. `deck`: which of a product's decks, or empty for the usual one. `fillable`:
    with fields to fill in on a screen. `print_shop`: as a print shop wants it; `bleed`: how far artwork runs on beyond
    the edge, in mm. `paper_weight`: of the cards that a box is for, in g/m², or 0 for the usual one. `card_size`: of
    cards, or None for the usual one. `medium`: what it is made for where that is no paper (`html`), or empty.

    Layouts are given it as `edition`.
    """

    languages: tuple[str, ...] = ()
    layout: str = ""
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = False
    for_print: bool = False
    deck: str = ""
    fillable: bool = False
    paper_weight: int = 0
    print_shop: bool = False
    bleed: float = 0.0
    card_size: CardSize | None = None
    medium: str = ""

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) > 1
