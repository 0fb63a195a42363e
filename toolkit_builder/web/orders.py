"""What is to be taken away: the fields of the form, and the request that the pipeline is given.

A field that does not concern what was chosen (the paper of cards, where there are none) is passed over; one with a
value that no form of this page has is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.edition_options import BOTH, EditionOptions
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.print_shop import USUAL_SHOP, ShopOptions
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.reading_options import READING_FORMATS
from toolkit_builder.documents.sheet_options import (
    BOOKLET,
    LONG_EDGE,
    NO_SHEETS,
    SHEET_PAPER,
    SIDES,
    USUAL_SHEETS,
    SheetOptions,
)
from toolkit_builder.print_shops.loading import PrintShops
from toolkit_builder.products.parts import GRID
from toolkit_builder.request import Request
from toolkit_builder.web.library import Reading

OFFICE, SHOP, SCREEN, PICTURES = "office", "shop", "screen", "pictures"
PAGED = (OFFICE, SHOP, SCREEN, PICTURES)
USES = (*PAGED, *READING_FORMATS)
"""What things are made for: an office's printer, a print shop, a screen, and pictures of every page; or for what has no
pages of paper.
"""
TICKS = ("large_print", "greyscale", "low_ink", "fillable", "booklet", "proof")
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
    """The fields of the form. Empty: as usual, or as the partnership wants it."""

    products: tuple[str, ...] = ()
    partnership: str = ""
    language: str = BOTH
    layout: str = ""
    use: str = OFFICE
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = False
    fillable: bool = False
    booklet: bool = False
    card_size: str = ""
    sheet: str = "a4"
    sides: str = LONG_EDGE
    copies: int = 1
    shop: str = USUAL_SHOP
    proof: bool = False

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
            return Request(
                reading.project,
                names,
                filters,
                edition,
                partnership,
                output,
                cache,
                file_format=self.use,  # type: ignore[arg-type]
            )
        return Request(
            reading.project,
            names,
            filters,
            EditionOptions(
                language,
                layout=layout or None,
                large_print=self.large_print,
                greyscale=self.greyscale,
                low_ink=self.low_ink,
                for_print=self.use == OFFICE and bool(layout) and LAYOUTS[layout].has_halves,
                fillable=self.fillable and self.use == SCREEN,
                card_size=self.card_size or None if any(product.file.resizable for product in products) else None,
            ),
            partnership,
            output,
            cache,
            sheets=self._sheets(products),
            print_shop=ShopOptions(self.shop, proof=self.proof) if self.use == SHOP else None,
            file_format="png" if self.use == PICTURES else "pdf",
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

    def _sheets(self, products: Sequence[Product]) -> SheetOptions:
        if self.use in (SHOP, PICTURES):
            return USUAL_SHEETS
        has_cards = any(product.file.sheets == GRID for product in products)
        pages = BOOKLET if self.booklet and self.use == OFFICE and any(each.file.in_pairs for each in products) else ""
        if self.use == SCREEN:
            return SheetOptions(NO_SHEETS) if has_cards else USUAL_SHEETS
        if not has_cards:
            return SheetOptions(pages=pages)
        return SheetOptions(self.sheet, self.sides, copies=self.copies, pages=pages)


def order_of(
    reading: Reading, asked: MultiDict[str, str], partnerships: Sequence[str], usual: Sequence[str]
) -> OrderForm:
    """The order of a form that was sent; `usual`: the products, if it says nothing of them.

    Raises ForgedError for a value that no form of this page has.
    """
    allowed: Mapping[str, Sequence[str]] = {
        "partnership": ("", *partnerships),
        "language": (BOTH, *reading.catalogue.framework.language_ids),
        "layout": ("", *LAYOUTS),
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
    ticks: dict[str, Any] = {name: name in asked for name in TICKS}
    chosen = products if "sent" in asked or products else tuple(usual)
    return OrderForm(products=chosen, copies=int(copies), **values, **ticks)


def usual_products(reading: Reading) -> tuple[str, ...]:
    """The products that `build` makes."""
    return tuple(name for name, product in reading.products.sound.items() if BUILD in product.file.made_by)


def shops(reading: Reading) -> tuple[str, ...]:
    """The presets of print shops that the project has, the usual one first."""
    return tuple(dict.fromkeys([USUAL_SHOP, *PrintShops(reading.project).files]))
