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
from toolkit_builder.documents.paper import Size
from toolkit_builder.documents.product_values import (
    AS_MANY,
    ONCE,
    Given,
    LabelKey,
    LayoutName,
    Level,
    MostLanguages,
    Pages,
    PageSize,
    PlannerName,
    SheetScheme,
    Sizes,
    Template,
    Times,
)
from toolkit_builder.documents.reading_options import ReadingFormat
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
    one_size: bool = Field(
        default=False,
        description="All of these in a document are set in one size: the largest in which each has room; what runs "
        "over does not count",
    )
    resized: Variation = Field(
        default=Variation(),
        description="What is otherwise on a card of another size than the product’s; sizes are those of a smaller one",
    )
    named: bool = Field(
        default=False,
        description="In a pack, the partnership’s short name is printed at its foot (partnership/mark.html) if it has "
        "room on a line, and the template is given is_pack, to leave that line free",
    )


class LeafEntry(CardFace):
    """A leaf of a product, or one for each of several things."""

    subject: str = Field(
        default=ONCE,
        alias="for",
        description="once; category, action: one for each; a scale: one for each step; first-scale: one for each step "
        "of the framework’s first scale, if it has one; local: one for each action of which a partnership says "
        "something",
    )
    times: Times = Field(
        default=1,
        description="Of a leaf that stands once: so many of it, each given its number, from 1; left out, one without",
    )
    pages: Pages = Field(default=1, description="How many pages it takes")
    reading: Template | None = Field(
        default=None,
        description="The template of the same content where there are no pages (formats); left out, it is not there",
    )
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
    most_languages: dict[LayoutName, MostLanguages] = Field(default={}, description="As the product’s own")
    sizes: Sizes = Field(default=(18.0,), description="Sizes of type in pt; left out, 18")
    pages: Pages = Field(
        default=0,
        description=f"How many pages a leaf takes; left out, {AS_MANY}",
        json_schema_extra={"default": AS_MANY},
    )


class OtherDeck(Shape):
    """Another deck of a product of cards: what is otherwise than in the usual one."""

    layouts: tuple[LayoutName, ...] = Field(min_length=1, description="As the product’s own")
    most_languages: dict[LayoutName, MostLanguages] = Field(default={}, description="As the product’s own")
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
    resizable: bool = Field(
        default=False,
        description="With front-and-back: --card-size may give its cards another size. styles/NAME-resized.css lays "
        "them out then, by --width, --height, --scale and --type",
    )
    in_pairs: bool = Field(
        default=False,
        description="With pages: two of them may lie on a side of a sheet (--booklet, --two-up)",
    )
    own_sheets: bool = Field(
        default=False,
        description="With pages: where a leaf takes more than one, in all its languages together, each begins on the "
        "front of a sheet, with a blank page before it if need be. Where each takes one, nothing is added",
    )
    made_by: tuple[Literal["build", "workshop"], ...] = Field(
        default=("build",),
        min_length=1,
        description="Which commands for several products make it, besides its own; a partnership may want it all the "
        "same",
    )
    sheets: SheetScheme | None = Field(
        default=None,
        description="Also on print sheets. grid: cards, as many as have room, to be cut; tent: a front and its back "
        "on one side of A4, the back above and turned, to be folded; tiles: pages larger than A4, each cut up on A4 at "
        "its own size, to be joined",
    )
    filled_with: Id | None = Field(
        default=None,
        description="With grid: the product whose cards that stand once take the places which are left on the last "
        "sheet (--fill blank); they are as large as these",
    )
    layouts: tuple[LayoutName, ...] = Field(min_length=1, description="Bilingual layouts; the first is the usual one")
    most_languages: dict[LayoutName, MostLanguages] = Field(
        default={},
        description="How many languages a layout has room for at most; with more, the first of layouts that holds them "
        "is taken. Left out, any number",
    )
    halves: Literal["each-leaf", "whole"] = Field(
        default="each-leaf",
        description="What tilt-and-turn turns: each leaf for itself, or the whole, with page numbers of its own",
    )
    large_print: LargePrint | None = Field(default=None, description="Left out, it does not come in large print")
    fillable: bool = Field(
        default=False,
        description="Its templates have fields (marks.field), so that it can be made to be filled in on a screen",
    )
    print_shop: bool = Field(
        default=False,
        description="It can be printed by a shop (--for print-shop): what reaches the edge of its pages runs on beyond "
        "it, by var(--bleed, 0mm) in its style",
    )
    formats: tuple[ReadingFormat, ...] = Field(
        default=(),
        description="What it comes as besides pages (--format): what its leaves have a reading template for",
    )
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
    it stands for, if it has several. `usual_page`: the size of its page, if it was given another.
    """

    name: str
    file: ProductFile
    deck: str = ""
    usual_page: Size | None = None

    @property
    def label(self) -> str:
        """The name of the label under `product` that says what it is called: `tent_cards` for tent-cards."""
        return self.name.replace("-", "_")

    @property
    def asks_for_paper(self) -> bool:
        """Whether the weight of the cards' paper matters to it: it has the net of a box for them."""
        return any("tuck_box" in entry.given for entry in self.file.leaves)

    @property
    def decks(self) -> tuple[Product, ...]:
        """Its decks, each a product by itself, the usual one first; only itself where there are no others."""
        alone = self.file.model_copy(update={"other_decks": {}})
        usual = replace(self, file=alone, deck=self.deck or self.file.deck or "")
        others = (
            replace(usual, file=usual.file.model_copy(update=_said(deck)), deck=name)
            for name, deck in self.file.other_decks.items()
        )
        return (usual, *others)

    def sized(self, edition: Edition) -> Product:
        """The product with cards of the size that was asked for, if it may have another than its own."""
        asked = edition.card_size
        if asked is None or not self.file.resizable or asked.size == self.file.page:
            return self
        return replace(self, file=self.file.model_copy(update={"page": asked.size}), usual_page=self.file.page)

    @property
    def scale(self) -> float:
        """By how much its cards are larger than usual in the direction in which they are so least; 0 if they have the
        usual size.
        """
        if self.usual_page is None:
            return 0.0
        return min(side / usual for side, usual in zip(self.file.page, self.usual_page, strict=True))

    def laid_out(self, edition: Edition) -> tuple[Product, str]:
        """Its deck and its bilingual layout in an edition: those that were asked for, otherwise the first that do.

        Raises UsageError as `asked` and `layout_in` do.
        """
        asked = self.asked(edition).sized(edition)
        layout, count, large = asked.layout_in(edition), len(edition.languages), edition.large_print
        decks = (deck for deck in asked.decks if count == 1 or deck.holds(layout, count, large_print=large))
        return next(decks), layout

    def asked(self, edition: Edition) -> Product:
        """The deck that was asked for; without one, and where there are no others, the product itself.

        Raises UsageError if it has no deck of this name.
        """
        if not (edition.deck and self.file.other_decks):
            return self
        decks = {deck.deck: deck for deck in self.decks}
        if edition.deck not in decks:
            raise UsageError(f"--deck: {self.name} has no deck “{edition.deck}”. It has: {', '.join(decks)}.")
        return decks[edition.deck]

    def takes(self, *, large_print: bool) -> tuple[str, ...]:
        """The bilingual layouts that it takes in any of its decks, the usual one first; none if it does not come so."""
        if not large_print:
            others = (layout for deck in self.file.other_decks.values() for layout in deck.layouts)
            return tuple(dict.fromkeys((*self.file.layouts, *others)))
        return self.file.large_print.layouts if self.file.large_print else ()

    def holds(self, layout: str, languages: int, *, large_print: bool) -> bool:
        """Whether it takes a layout, in one of its decks, and has room in it for so many languages."""
        if self.file.other_decks and not large_print:
            return any(deck.holds(layout, languages, large_print=False) for deck in self.decks)
        large = self.file.large_print if large_print else None
        most = (large or self.file).most_languages.get(layout, languages)
        is_taken = layout in self.takes(large_print=large_print)
        return is_taken and languages <= most and LAYOUTS[layout].holds(languages)

    def lacks(self, edition: Edition) -> str:
        """What of an edition it does not come in: `as html`, `to fill in`, `for a print shop`, `in large print`, `in
        top-and-bottom`, `in 4 languages`; empty if it comes in all of it.
        """
        if edition.medium and edition.medium not in self.file.formats:
            return f"as {edition.medium}"
        if edition.fillable and not self.file.fillable:
            return "to fill in"
        if edition.print_shop and not self.file.print_shop:
            return "for a print shop"
        takes = self.takes(large_print=edition.large_print)
        if not takes:
            return "in large print"
        how = " in large print" if edition.large_print else ""
        if edition.layout and edition.layout not in takes:
            return f"in {edition.layout}{how}"
        return "" if self._holding(edition) else f"in {len(edition.languages)} languages{how}"

    def layout_in(self, edition: Edition) -> str:
        """The bilingual layout that it has in an edition: the one that was asked for, or else its usual one; where that
        has no room for so many languages, the first that has.

        Raises UsageError if there is none, or if it does not take the one that was asked for, with those that it takes.
        """
        takes = self.takes(large_print=edition.large_print)
        how = " in large print" if edition.large_print else ""
        if not takes:
            raise UsageError(f"--large-print: {self.name} does not come in large print.")
        if edition.fillable and not self.file.fillable:
            raise UsageError(f"--fillable: {self.name} has no fields to fill in.")
        if edition.layout and edition.layout not in takes:
            listed = ", ".join(takes)
            raise UsageError(f"--layout: {self.name} does not take {edition.layout}{how}. It takes: {listed}.")
        if edition.layout and not edition.is_bilingual:
            raise UsageError(f"--layout {edition.layout} is for several languages, and this has one; leave it out.")
        if lacks := self.lacks(edition):
            raise UsageError(f"{self.name} does not come {lacks}: none of its layouts has room for them.")
        wanted, holding = self._wanted(edition), self._holding(edition)
        return wanted if wanted in holding else holding[0]

    def substitution(self, edition: Edition) -> str:
        """That it is laid out otherwise than was asked for, or than is usual, and why; empty if it is not."""
        wanted, layout = self._wanted(edition), self.layout_in(edition)
        if layout == wanted:
            return ""
        return f"{self.name}: {wanted} does not hold {len(edition.languages)} languages; laid out {layout}"

    def _wanted(self, edition: Edition) -> str:
        """The layout that was asked for, or the usual one."""
        return edition.layout or self.takes(large_print=edition.large_print)[0]

    def _holding(self, edition: Edition) -> list[str]:
        """The layouts that it takes and that have room for the languages of an edition. One language is in none."""
        takes, large, count = self.takes(large_print=edition.large_print), edition.large_print, len(edition.languages)
        if not edition.is_bilingual:
            return list(takes)
        return [layout for layout in takes if self.holds(layout, count, large_print=large)]

    def sizes_in(self, edition: Edition) -> tuple[float, ...]:
        """The sizes of type in pt of leaves that have none of their own."""
        large = self.file.large_print
        return large.sizes if large and edition.large_print else self.file.sizes


def _said(deck: OtherDeck) -> dict[str, object]:
    """What a deck says itself. What it leaves out of one_language and most_languages is not the usual deck's."""
    said = deck.model_fields_set | {"one_language", "most_languages"}
    return {name: getattr(deck, name) for name in said if getattr(deck, name) is not None}
