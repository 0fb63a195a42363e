"""What has to agree in the file of a product of cards: two sides, whatever the number of languages."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.paper import PAPER
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.product_entries import PlacedEntry

_FOUR_UP = (PAPER["a4"][0] / 2, PAPER["a4"][1] / 2)
"""The room of a card of four on A4, in mm."""


def check_sides(
    files: ContentFiles,
    document: SourceDocument,
    product: Product,
    placed: Sequence[PlacedEntry],
    others: Sequence[PlacedEntry],
) -> None:
    """Cards have two sides, whatever the number of languages; pages do not."""
    if product.file.sides == "front-and-back":
        _check_cards(files, document, product, placed, others)
    elif others:
        files.fault(document, ("one_language",), "is for sides: front-and-back; leave it out", of_key=True)
    _check_sheets(files, document, product)
    for each in placed:
        if each.entry.back:
            files.fault(document, (*each.path, "back"), "stands under one_language only; leave it out", of_key=True)


def _check_cards(
    files: ContentFiles,
    document: SourceDocument,
    product: Product,
    placed: Sequence[PlacedEntry],
    others: Sequence[PlacedEntry],
) -> None:
    """A side has one language; where there are not two, every front has a back of its own."""
    for n, layout in enumerate(product.file.layouts):
        if LAYOUTS[layout].is_together:
            message = f"{layout} has all languages on a page, and a side of a card has one; leave it out"
            files.fault(document, ("layouts", n), message)
    if product.file.large_print and product.file.large_print.pages != 1:
        files.fault(document, ("large_print", "pages"), "a side of a card is one page; write pages: 1")
    _check_faces(files, document, [*placed, *others])
    if not others:
        message = "missing; with front-and-back, write the cards here that have one language on both sides"
        files.fault(document, ("one_language",), message)
    for each in others:
        if not each.entry.back:
            files.fault(document, (*each.path, "back"), "missing; say what stands on the back of it")


def _check_faces(files: ContentFiles, document: SourceDocument, entries: Sequence[PlacedEntry]) -> None:
    """Each is one page in one language."""
    for each in entries:
        if each.entry.languages == "all":
            files.fault(document, (*each.path, "languages"), "a side of a card has one language; leave it out")
        if each.entry.pages != 1:
            files.fault(document, (*each.path, "pages"), "a side of a card is one page; leave it out")
        if each.entry.local == "may-run-over":
            files.fault(document, (*each.path, "local"), "a side of a card is one page; write on-the-page")


def _check_sheets(files: ContentFiles, document: SourceDocument, product: Product) -> None:
    file = product.file
    if file.sheets and file.sides != "front-and-back":
        files.fault(document, ("sheets",), f"{file.sheets} is for sides: front-and-back; leave it out")
    elif file.sheets and any(side > room for side, room in zip(file.page, _FOUR_UP, strict=True)):
        message = f"four pages of this size have no room on A4; take a6 or smaller, or leave {file.sheets} out"
        files.fault(document, ("sheets",), message)
