"""How documents are to be set, as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass

BOTH = "both"
"""All languages of the framework, however many."""


@dataclass(frozen=True)
class EditionOptions:
    """How documents are to be set. What is None or False is left to the partnership, or is as usual.

    `language`: the id of one, or `BOTH`; `first`: the language that comes first; `layout`: one of
    `documents.layouts.LAYOUTS`; `deck`: the name of a deck, for products that have several; `fillable`: with
    fields to fill in on a screen; `paper_weight`: of the cards, in
    g/m², for the box that holds them; `card_size`: a name in `documents.card_sizes.CARD_SIZES`, or `80x120mm`.
    """

    language: str | None = None
    first: str | None = None
    layout: str | None = None
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = False
    for_print: bool = False
    deck: str | None = None
    fillable: bool = False
    paper_weight: int | None = None
    card_size: str | None = None
