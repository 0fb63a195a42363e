"""What a product is: the shape of `layouts/NAME/product.yaml`.

Its name in each language stands with all other words, in `labels.yaml` under `product`. Templates and products are
shared by projects in any languages, and words are translated in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from toolkit_builder.catalogue.model import Filled, Id, Shape
from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.documents.product_values import (
    AS_MANY,
    ONCE,
    Given,
    LabelKey,
    LayoutName,
    Level,
    Pages,
    PageSize,
    PlannerName,
    Sizes,
    Template,
)
from toolkit_builder.errors import UsageError


class Variation(Shape):
    """What is otherwise about a leaf, in one bilingual layout or in large print."""

    layout: Template | None = Field(default=None, description="Another template")
    sizes: Sizes | None = Field(default=None, description="Other sizes of type")
    pages: Pages | None = Field(default=None, description="Another number of pages")
    languages: Literal["each", "all"] | None = Field(default=None, description="As the leaf’s own")
    local: Literal["on-the-page", "may-run-over"] | None = Field(default=None, description="As the leaf’s own")


class CardFace(Shape):
    """The back of a card: one leaf about the same as the front."""

    role: Id | None = Field(default=None, description="What it is, such as cover; where a product has several leaves")
    layout: Template = Field(description="The template, a path in layouts/")
    title: LabelKey | None = Field(
        default=None,
        description="Of a leaf that stands once: the label that is its bookmark, or framework.title; left out, the "
        "product’s name",
    )
    level: Level = Field(default="1", description="Of its bookmark: 2 stands below the bookmark of level 1 before it")
    given: tuple[Given, ...] = Field(default=(), description="What of the selection the template prints")
    sizes: Sizes | None = Field(default=None, description="Sizes of type; left out, the product’s")
    may_run_over: bool = Field(
        default=False,
        description="With one page: where it has no room on that in its least size, it takes as many as it needs, in "
        "its largest; its element has the class runs-over then",
    )


class LeafEntry(CardFace):
    """A leaf of a product, or one for each of several things."""

    subject: str = Field(
        default=ONCE,
        alias="for",
        description="once; category, action: one for each; a scale: one for each step; local: one for each action of "
        "which a partnership says something",
    )
    pages: Pages = Field(default=1, description="How many pages it takes")
    languages: Literal["each", "all"] | None = Field(
        default=None,
        description="each: one for each language; all: one with all of them; left out, as the bilingual layout has it",
    )
    local: Literal["on-the-page", "may-run-over"] | None = Field(
        default=None,
        description="Of an action: what a partnership says of it is printed too, and either has to have room on the "
        "page or may run over to the next",
    )
    fills: bool = Field(
        default=False,
        description="Where the other language takes more pages, it is given more_pages, to print as many to write on; "
        "otherwise these are blank",
    )
    in_layout: dict[LayoutName, Variation] = Field(default={}, description="What is otherwise in a bilingual layout")
    large_print: Variation = Field(default=Variation(), description="What is otherwise in large print")
    back: CardFace | None = Field(default=None, description="Under one_language: the back of this front")
    then: tuple[LeafEntry, ...] = Field(default=(), description="Leaves that follow each of these")


class LargePrint(Shape):
    """How a product comes in large print."""

    layouts: tuple[LayoutName, ...] = Field(min_length=1, description="Bilingual layouts; the first is the usual one")
    sizes: Sizes = Field(default=(18.0,), description="Sizes of type in pt; left out, 18")
    pages: Pages = Field(
        default=0,
        description=f"How many pages a leaf takes; left out, {AS_MANY}",
        json_schema_extra={"default": AS_MANY},
    )


class OtherDeck(Shape):
    """Another deck of a product of cards: what is otherwise than in the usual one."""

    layouts: tuple[LayoutName, ...] = Field(min_length=1, description="As the product’s own")
    sizes: Sizes | None = Field(default=None, description="Sizes of type; left out, the product’s")
    leaves: tuple[LeafEntry, ...] = Field(min_length=1, description="As the product’s own")
    one_language: tuple[LeafEntry, ...] = Field(default=(), description="As the product’s own")


class ProductFile(Shape):
    """A product as its file has it."""

    help: Filled = Field(description="A sentence for --help")
    page: PageSize = Field(description="The size of a page: a name such as a3, or [width, height] in mm")
    sides: Literal["pages", "front-and-back"] = Field(
        default="pages",
        description="front-and-back: leaves in pairs, the two sides of a card; in two languages one on each side",
    )
    sheets: Literal["four-up"] | None = Field(default=None, description="Also on print sheets: four on A4, to be cut")
    layouts: tuple[LayoutName, ...] = Field(min_length=1, description="Bilingual layouts; the first is the usual one")
    halves: Literal["each-leaf", "whole"] = Field(
        default="each-leaf",
        description="What tilt-and-turn turns: each leaf for itself, or the whole, with page numbers of its own",
    )
    large_print: LargePrint | None = Field(default=None, description="Left out, it does not come in large print")
    sizes: Sizes = Field(description="Sizes of type in pt, the largest first; less is taken where a text does not fit")
    planner: PlannerName | None = Field(default=None, description="Code that adds what a file cannot say")
    leaves: tuple[LeafEntry, ...] = Field(min_length=1, description="The leaves, in order")
    one_language: tuple[LeafEntry, ...] = Field(
        default=(),
        description="With front-and-back: the leaves instead where a card has one language on both sides, since there "
        "are not two",
    )
    deck: Id | None = Field(default=None, description="What the cards above are called, where there are other_decks")
    other_decks: dict[Id, OtherDeck] = Field(
        default={},
        description="With front-and-back: other cards with the same content, by the name that --deck asks for",
    )


@dataclass(frozen=True)
class Product:
    """A product: its name, which is its folder's and its command's, and what its file says. `deck`: which of its decks
    it stands for, if it has several.
    """

    name: str
    file: ProductFile
    deck: str = ""

    @property
    def decks(self) -> tuple[Product, ...]:
        """Its decks, each a product by itself, the usual one first; only itself where there are no others."""
        usual = replace(self, file=self.file.model_copy(update={"other_decks": {}}), deck=self.file.deck or "")
        others = (
            replace(usual, file=usual.file.model_copy(update=_said(deck)), deck=name)
            for name, deck in self.file.other_decks.items()
        )
        return (usual, *others)

    def in_deck(self, edition: Edition) -> Product:
        """The deck that was asked for; otherwise the first that takes the layout that was asked for, or the usual one.

        Raises UsageError if it has no deck of this name.
        """
        decks = {deck.deck: deck for deck in self.decks}
        usual, *_ = decks.values()
        if edition.deck and self.file.other_decks:
            if edition.deck not in decks:
                raise UsageError(f"--deck: {self.name} has no deck “{edition.deck}”. It has: {', '.join(decks)}.")
            return decks[edition.deck]
        taking = (deck for deck in decks.values() if edition.layout in deck.takes(large_print=edition.large_print))
        return next(taking, usual) if edition.layout else usual

    def takes(self, *, large_print: bool) -> tuple[str, ...]:
        """The bilingual layouts that it takes in any of its decks, the usual one first; none if it does not come so."""
        if not large_print:
            others = (layout for deck in self.file.other_decks.values() for layout in deck.layouts)
            return tuple(dict.fromkeys((*self.file.layouts, *others)))
        return self.file.large_print.layouts if self.file.large_print else ()

    def layout_in(self, edition: Edition) -> str:
        """The bilingual layout that it has in an edition.

        Raises UsageError, with those that it takes, if it does not take the one that was asked for.
        """
        takes = self.takes(large_print=edition.large_print)
        if not takes:
            raise UsageError(f"--large-print: {self.name} does not come in large print.")
        count = len(edition.languages)
        suits = [each for each in takes if LAYOUTS[each].languages in (None, count)]
        usual = suits[0] if suits and edition.is_bilingual else takes[0]
        layout = edition.layout or usual
        if layout not in takes:
            how = " in large print" if edition.large_print else ""
            raise UsageError(f"--layout: {self.name} does not take {layout}{how}. It takes: {', '.join(takes)}.")
        if edition.layout and not edition.is_bilingual:
            raise UsageError(f"--layout {layout} is for several languages, and this has one; leave it out.")
        if edition.is_bilingual and LAYOUTS[layout].languages not in (None, count):
            raise UsageError(f"--layout {layout} is for two languages, and this has {count}.")
        return layout

    def sizes_in(self, edition: Edition) -> tuple[float, ...]:
        """The sizes of type in pt of leaves that have none of their own."""
        large = self.file.large_print
        return large.sizes if large and edition.large_print else self.file.sizes


def _said(deck: OtherDeck) -> dict[str, object]:
    """What a deck says itself."""
    return {name: getattr(deck, name) for name in deck.model_fields_set if getattr(deck, name) is not None}
