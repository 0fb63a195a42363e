"""What has to agree in the file of a product of cards: two sides, whatever the number of languages."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit_builder.catalogue.documents import KeyPath, SourceDocument
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.paper import PAPER
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.product_entries import PlacedEntry

_WIDE, _HIGH = PAPER["a4"]
_ROOM = {
    "grid": ((_WIDE, _HIGH), "a card of this size has no room on A4; take a5 or smaller"),
    "tent": ((_WIDE, _HIGH / 2), "a page of this size has no room on half of A4; take [210, 148] or smaller"),
}
"""The room of a card on its sheet, in mm, and what is said of one that has none, by `sheets`."""


def check_sides(
    files: ContentFiles,
    document: SourceDocument,
    product: Product,
    path: KeyPath,
    placed: Sequence[PlacedEntry],
    others: Sequence[PlacedEntry],
) -> None:
    """Cards have two sides, whatever the number of languages; pages do not. `path`: where the deck is in the file."""
    if product.file.sides == "front-and-back":
        _check_cards(files, document, product, path, placed, others)
    else:
        if others:
            files.fault(document, ("one_language",), "is for sides: front-and-back; leave it out", of_key=True)
        _check_no_backs(files, document, placed, "is for sides: front-and-back; leave it out")
    _check_sheets(files, document, product)


def _check_cards(
    files: ContentFiles,
    document: SourceDocument,
    product: Product,
    path: KeyPath,
    placed: Sequence[PlacedEntry],
    others: Sequence[PlacedEntry],
) -> None:
    """Either a side has all languages, and every front its back, or it has one (`languages: each`, and all layouts that
    have one language on a page), and the next is on its back. Where there are not two, every front has its own back.
    """
    together = [layout for layout in product.file.layouts if LAYOUTS[layout].is_together]
    if together and len(together) < len(product.file.layouts):
        message = f"{together[0]} has all languages on a side, and the others have one; make them two decks"
        files.fault(document, (*path, "layouts"), message)
    if product.file.large_print and product.file.large_print.pages != 1:
        files.fault(document, ("large_print", "pages"), "a side of a card is one page; write pages: 1")
    _check_faces(files, document, [*placed, *others])
    if not others:
        message = "missing; with front-and-back, write the cards here that have one language on both sides"
        files.fault(document, (*path, "one_language"), message)
    shared = [each for each in placed if together and each.entry.languages != "each"]
    _check_backs(files, document, [*shared, *others])
    alone = [each for each in placed if each not in shared]
    _check_no_backs(files, document, alone, "the back has the other language; leave it out")
    for each in [*others, *([] if together else placed)]:
        if each.entry.languages:
            files.fault(document, (*each.path, "languages"), "a side of a card has one language; leave it out")


def _check_backs(files: ContentFiles, document: SourceDocument, entries: Sequence[PlacedEntry]) -> None:
    for each in entries:
        if not each.entry.back:
            files.fault(document, (*each.path, "back"), "missing; say what stands on the back of it")


def _check_no_backs(
    files: ContentFiles, document: SourceDocument, entries: Sequence[PlacedEntry], message: str
) -> None:
    for each in entries:
        if each.entry.back:
            files.fault(document, (*each.path, "back"), message, of_key=True)


def _check_faces(files: ContentFiles, document: SourceDocument, entries: Sequence[PlacedEntry]) -> None:
    """Each is one page."""
    for each in entries:
        if each.entry.languages == "all":
            files.fault(document, (*each.path, "languages"), "the layout says whether a side has all; leave it out")
        if each.entry.pages != 1:
            files.fault(document, (*each.path, "pages"), "a side of a card is one page; leave it out")
        if each.entry.local == "may-run-over":
            files.fault(document, (*each.path, "local"), "a side of a card is one page; write on-the-page")


def _check_sheets(files: ContentFiles, document: SourceDocument, product: Product) -> None:
    file = product.file
    if file.filled_with and file.sheets != "grid":
        files.fault(document, ("filled_with",), "is for sheets: grid; leave it out", of_key=True)
    if file.sheets == "tiles":
        _check_tiles(files, document, product)
    elif file.sheets and file.sides != "front-and-back":
        files.fault(document, ("sheets",), f"{file.sheets} is for sides: front-and-back; leave it out")
    elif file.sheets:
        room, message = _ROOM[file.sheets]
        if any(side > most for side, most in zip(file.page, room, strict=True)):
            files.fault(document, ("sheets",), f"{message}, or leave {file.sheets} out")


def _check_tiles(files: ContentFiles, document: SourceDocument, product: Product) -> None:
    """Pages that are printed on one side, and that A4 has no room for, whichever way it lies."""
    if product.file.sides == "front-and-back":
        files.fault(document, ("sheets",), "tiles is for sides: pages; leave it out")
    elif all(side <= room for side, room in zip(sorted(product.file.page), (_WIDE, _HIGH), strict=True)):
        files.fault(document, ("sheets",), "the page is no larger than A4, and needs no tiles; leave it out")
