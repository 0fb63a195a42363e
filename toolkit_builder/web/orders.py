"""What is to be taken away: the fields of the form, and the request that the pipeline is given.

A field that does not concern what was chosen (the paper of cards, where there are none) is passed over; one with a
value that no form of this page has is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.card_sizes import CARD_SIZES, card_size
from toolkit_builder.documents.edition_options import BOTH, EditionOptions
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.print_shop import USUAL_SHOP, ShopOptions
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.reading_options import (
    GRADES,
    READING_FORMATS,
    USUAL_GRADE,
    USUAL_READING,
    ReadingOptions,
    braille_page,
)
from toolkit_builder.documents.sheet_options import (
    BLANK,
    BOOKLET,
    EMPTY,
    LONG_EDGE,
    MARKS,
    MOST_BLEED,
    NO_SHEETS,
    READING,
    SHEET_PAPER,
    SIDES,
    STACK,
    TWO_UP,
    USUAL_MARKS,
    USUAL_SHEETS,
    SheetOptions,
)
from toolkit_builder.errors import UsageError
from toolkit_builder.print_shops.loading import PrintShops
from toolkit_builder.products.parts import GRID
from toolkit_builder.request import Request
from toolkit_builder.web.library import Reading
from toolkit_builder.web.partnership_choices import decks_of

OFFICE, SHOP, SCREEN, PICTURES, DRAWINGS = "office", "shop", "screen", "pictures", "drawings"
PAGED = (OFFICE, SHOP, SCREEN, PICTURES, DRAWINGS)
USES = (*PAGED, *READING_FORMATS)
"""What things are made for: an office's printer, a print shop, a screen, pictures of every page, or outlines; or for
what has no pages of paper.
"""
TICKS = (
    *("large_print", "greyscale", "low_ink", "fillable", "proof"),
    *("stack", "blanks", "single_file", "reviewed_only"),
)
PAIRS = ("", BOOKLET, TWO_UP)
BETWEEN: Mapping[str, tuple[int, int]] = {"paper_weight": (60, 600), "bleed": (0, MOST_BLEED), "gap": (0, 50)}
"""What is typed as a number, and between which it has to be."""
TYPED = (*BETWEEN, "own_size", "own_copies", "braille_page")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")
_COPIES = re.compile(r"(?<![\w-])(?P<card>[\w-]+)=(?P<count>[0-9]{1,2})")
MOST_COPIES = 50
BUILD = "build"


class ForgedError(ValueError):
    """A value that no form of this page has."""


class NothingError(ValueError):
    """No product was chosen, or none that comes so. `why`: a phrase of the page (`take.NAME`)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class OrderForm:
    """The fields of the form. Empty: as usual, or as the partnership wants it. What is typed stays as it was typed."""

    products: tuple[str, ...] = ()
    partnership: str = ""
    language: str = BOTH
    layout: str = ""
    use: str = OFFICE
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = False
    fillable: bool = False
    first: str = ""
    deck: str = ""
    pages: str = ""
    card_size: str = ""
    own_size: str = ""
    sheet: str = "a4"
    sides: str = LONG_EDGE
    copies: int = 1
    shop: str = USUAL_SHOP
    proof: bool = False
    stack: bool = False
    blanks: bool = False
    marks: tuple[str, ...] = USUAL_MARKS
    paper_weight: str = ""
    bleed: str = ""
    gap: str = ""
    own_copies: str = ""
    single_file: bool = False
    grade: str = str(USUAL_GRADE)
    braille_page: str = ""
    reviewed_only: bool = False

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields in which something is typed that cannot stand there."""
        found = [name for name, bounds in BETWEEN.items() if not _is_between(getattr(self, name), bounds)]
        found += [] if not self.own_size or _is(card_size, self.own_size) else ["own_size"]
        found += [] if all(map(_COPIES.fullmatch, _split(self.own_copies))) else ["own_copies"]
        found += [] if not self.braille_page or _is(braille_page, self.braille_page) else ["braille_page"]
        return tuple(found)

    @property
    def has_more(self) -> bool:
        """Whether it says anything that is seldom said."""
        plain = OrderForm()
        return any(getattr(self, name) != getattr(plain, name) for name in _SELDOM)

    def request(
        self,
        reading: Reading,
        filters: Filters,
        output: Path,
        partnership_file: Path | None,
        cache: Path | None = None,
    ) -> Request:
        """What the pipeline is asked for. `partnership_file`: the file of the partnership, if it is for one.

        Raises NothingError if no product is left.
        """
        products = self._products(reading)
        layout = self.layout if self.language == BOTH else ""  # one language needs none
        names = tuple(product.name for product in products)
        partnership = str(partnership_file) if partnership_file else None
        language = self.language if self.language != BOTH or not partnership_file else None
        if self.use not in PAGED:  # its readers choose how it looks
            edition = EditionOptions(language)
            page = braille_page(self.braille_page) if self.braille_page else USUAL_READING.braille_page
            return Request(
                reading.project,
                names,
                filters,
                edition,
                partnership,
                output,
                cache,
                file_format=self.use,  # type: ignore[arg-type]
                reviewed_only=self.reviewed_only,
                reading=ReadingOptions(self.single_file, int(self.grade), page).of(self.use),
            )
        size = self.own_size or self.card_size or None
        return Request(
            reading.project,
            names,
            filters,
            EditionOptions(
                language,
                first=(self.first or None) if self.language == BOTH else None,
                layout=layout or None,
                large_print=self.large_print,
                greyscale=self.greyscale,
                low_ink=self.low_ink,
                for_print=self.use == OFFICE and bool(layout) and LAYOUTS[layout].has_halves,
                fillable=self.fillable and self.use == SCREEN,
                deck=self.deck or None if any(product.file.other_decks for product in products) else None,
                paper_weight=self._weight if any(product.asks_for_paper for product in products) else None,
                card_size=size if any(product.file.resizable for product in products) else None,
            ),
            partnership,
            output,
            cache,
            sheets=self._sheets(products),
            print_shop=ShopOptions(self.shop, proof=self.proof) if self.use == SHOP else None,
            file_format="png" if self.use == PICTURES else "svg" if self.use == DRAWINGS else "pdf",
            reviewed_only=self.reviewed_only,
        )

    def _products(self, reading: Reading) -> list[Product]:
        table = reading.products
        chosen = [table[name] for name in self.products]
        if not chosen:
            raise NothingError("nothing")
        is_paged = self.use in PAGED
        for is_asked, those, why in (
            (not is_paged, table.coming_as(self.use), "none_in_format"),
            (is_paged and self.large_print, table.in_large_print, "none_in_large_print"),
            (self.use == SHOP, table.for_print_shops, "none_for_print_shops"),
            (self.use == SCREEN and self.fillable, table.with_fields, "none_with_fields"),
            (
                is_paged and bool(self.layout) and self.language == BOTH,
                self._taking(chosen),
                "none_in_layout",
            ),
        ):
            if is_asked and not any(product.name in those for product in chosen):
                raise NothingError(why)
        return chosen

    def _taking(self, products: Sequence[Product]) -> list[str]:
        """The names of those that take the layout."""
        return [each.name for each in products if self.layout in each.takes(large_print=self.large_print)]

    @property
    def _weight(self) -> int | None:
        return round(float(self.paper_weight)) if self.paper_weight else None

    def _sheets(self, products: Sequence[Product]) -> SheetOptions:
        if self.use in (SHOP, PICTURES, DRAWINGS):
            return USUAL_SHEETS
        has_cards = any(product.file.sheets == GRID for product in products)
        has_pairs = self.use == OFFICE and any(each.file.in_pairs for each in products)
        pages = self.pages if has_pairs else ""
        weight = (self._weight or 0) if pages == BOOKLET else 0
        if self.use == SCREEN:
            return SheetOptions(NO_SHEETS) if has_cards else USUAL_SHEETS
        bleed, gap = float(self.bleed or 0), float(self.gap) if self.gap else None
        if not has_cards:
            return SheetOptions(self.sheet, marks=self.marks, pages=pages, weight=weight, bleed=bleed).of_pages
        return SheetOptions(
            self.sheet,
            self.sides,
            gap=None if gap == 2 * bleed else gap,
            order=STACK if self.stack else READING,
            copies=self.copies,
            own_copies=tuple(sorted(_own_copies(self.own_copies))),
            marks=self.marks,
            pages=pages,
            weight=weight,
            bleed=bleed,
            fill=BLANK if self.blanks else EMPTY,
        )


_SELDOM = (
    *("card_size", "sheet", "sides", "copies", "pages", "shop", "proof", "stack", "blanks", "marks", *TYPED),
    *("single_file", "grade", "reviewed_only", "first", "deck"),
)


def _is_between(typed: str, bounds: tuple[int, int]) -> bool:
    least, most = bounds
    return not typed or (bool(_NUMBER.fullmatch(typed)) and least <= float(typed) <= most)


def _is(kind: Callable[[str], object], typed: str) -> bool:
    try:
        kind(typed)
    except UsageError:
        return False
    return True


def _split(typed: str) -> list[str]:
    return re.sub(r"\s*=\s*", "=", typed).replace(",", " ").replace(";", " ").split()


def _own_copies(typed: str) -> Iterator[tuple[str, int]]:
    for each in _split(typed):
        if found := _COPIES.fullmatch(each):
            yield found["card"], int(found["count"])


def order_of(
    reading: Reading, asked: MultiDict[str, str], partnerships: Sequence[str], usual: Sequence[str]
) -> OrderForm:
    """The order of a form that was sent; `usual`: the products, if it says nothing of them.

    Raises ForgedError for a value that no form of this page has.
    """
    allowed: Mapping[str, Sequence[str]] = {
        "partnership": ("", *partnerships),
        "language": (BOTH, *reading.catalogue.framework.language_ids),
        "first": ("", *reading.catalogue.framework.language_ids),
        "layout": ("", *LAYOUTS),
        "deck": ("", *decks_of(reading.products.sound)),
        "pages": PAIRS,
        "grade": tuple(map(str, GRADES)),
        "use": USES,
        "card_size": ("", *CARD_SIZES),
        "sheet": tuple(SHEET_PAPER),
        "sides": SIDES,
        "shop": shops(reading),
    }
    products = tuple(name for name in reading.products.sound if name in asked.getlist("product"))
    if len(products) != len({*asked.getlist("product")}):
        raise ForgedError("product")
    plain = OrderForm()
    values: dict[str, Any] = {name: asked.get(name, getattr(plain, name)) for name in allowed}
    for name, value in values.items():
        if value not in allowed[name]:
            raise ForgedError(name)
    copies = asked.get("copies", "1")
    if not (copies.isascii() and copies.isdigit() and 1 <= int(copies[:4]) <= MOST_COPIES):
        raise ForgedError("copies")
    values |= {name: " ".join(asked.get(name, "").split()) for name in TYPED}
    if "marks" in asked:
        values["marks"] = tuple(mark for mark in MARKS if mark in asked.getlist("marks"))
    ticks: dict[str, Any] = {name: name in asked for name in TICKS}
    chosen = products if "sent" in asked or products else tuple(usual)
    return OrderForm(products=chosen, copies=int(copies), **values, **ticks)


def usual_products(reading: Reading) -> tuple[str, ...]:
    """The products that `build` makes."""
    return tuple(name for name, product in reading.products.sound.items() if BUILD in product.file.made_by)


def shops(reading: Reading) -> tuple[str, ...]:
    """The presets of print shops that the project has, the usual one first."""
    return tuple(dict.fromkeys([USUAL_SHOP, *PrintShops(reading.project).files]))
