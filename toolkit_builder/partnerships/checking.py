"""What the shape of a partnership's file alone cannot say."""

from __future__ import annotations

from toolkit_builder.catalogue.checking import check_inks
from toolkit_builder.catalogue.documents import KeyPath, SourceDocument
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.documents.product_table import Products
from toolkit_builder.partnerships.colours import check_colours, warn_of_likeness
from toolkit_builder.partnerships.model import Contact, PartnershipFile


def check_partnership(
    files: ContentFiles,
    document: SourceDocument,
    file: PartnershipFile[Text],
    catalogue: Catalogue,
    products: Products,
) -> None:
    """Note what does not agree within a partnership's file."""
    check_colours(files, document, file.colours)
    check_inks(files, document, file.colours.palette, catalogue.framework.palette.values())
    warn_of_likeness(files, document, file.colours, catalogue.framework.categories)
    _check_contacts(files, document, file, catalogue)
    _check_order(files, document, file, catalogue)
    _check_pages(files, document, file)
    _check_edition(files, document, file, products)


def _check_contacts(
    files: ContentFiles, document: SourceDocument, file: PartnershipFile[Text], catalogue: Catalogue
) -> None:
    contacts: dict[KeyPath, Contact[Text] | None] = {("contact",): file.contact}
    for action in catalogue:
        local = getattr(file.actions, action.code, None)
        contacts["actions", action.code, "contact"] = local.contact if local else None
    for path, contact in contacts.items():
        if contact is not None and not any(contact.model_dump().values()):
            message = f"says nothing; write one of: {', '.join(Contact.model_fields)}"
            files.fault(document, path, message)


def _check_order(
    files: ContentFiles, document: SourceDocument, file: PartnershipFile[Text], catalogue: Catalogue
) -> None:
    """Two actions of a category cannot have one place."""
    taken: dict[tuple[str, int], str] = {}
    for action in catalogue:
        local = getattr(file.actions, action.code, None)
        if local is None or local.order is None:
            continue
        first = taken.setdefault((action.category, local.order), action.code)
        if first != action.code:
            path: KeyPath = ("actions", action.code, "order")
            files.fault(document, path, f"{local.order} is the place of {first} too; give each a place of its own")


def _check_pages(files: ContentFiles, document: SourceDocument, file: PartnershipFile[Text]) -> None:
    ids: dict[KeyPath, str] = {("pages", n, "id"): page.id for n, page in enumerate(file.pages)}
    files.no_doubles(document, ids)
    for n, page in enumerate(file.pages):
        if (page.before is None) == (page.after is None):
            what = "neither before nor after" if page.before is None else "both before and after"
            message = f"stands {what} a category; write one of before and after"
            files.fault(document, ("pages", n), message)


def _check_edition(
    files: ContentFiles, document: SourceDocument, file: PartnershipFile[Text], products: Products
) -> None:
    """A product with faults of its own may take anything: these are told elsewhere."""
    edition = file.edition
    wanted = file.products or tuple(products)
    is_clear = all(name in products.sound for name in wanted)
    taking = {
        name: takes
        for name in wanted
        if name in products.sound and (takes := products[name].takes(large_print=edition.large_print))
    }
    if edition.large_print and not taking and is_clear:
        those = ", ".join(document.word(("products",), name) for name in products.in_large_print)
        message = f"none of its products comes in large print; these do: {those}"
        files.fault(document, ("edition", "large_print"), message)
    elif edition.layout and is_clear and not any(edition.layout in takes for takes in taking.values()):
        path: KeyPath = ("edition", "layout")
        those = "; ".join(
            f"{document.word(('products',), name)}: {', '.join(document.word(path, one) for one in takes)}"
            for name, takes in taking.items()
        )
        files.fault(document, path, f"none of its products takes {document.word(path, edition.layout)} ({those})")
    if edition.layout and edition.languages and len(edition.languages) == 1:
        files.fault(document, ("edition", "layout"), "is for several languages, and the pack is in one; leave it out")
    decks = [deck.deck for name in taking for deck in products[name].decks if deck.deck]
    if edition.deck and is_clear and edition.deck not in decks:
        asked, *known = (document.word(("edition", "deck"), one) for one in (edition.deck, *decks))
        message = f"none of its products has the deck “{asked}”; there are: {', '.join(known) or 'none'}"
        files.fault(document, ("edition", "deck"), message)
    if edition.first and edition.languages and edition.first not in edition.languages:
        first, *others = (document.word(("edition", "languages"), one) for one in (edition.first, *edition.languages))
        message = f"“{first}” is not among the pack’s languages ({', '.join(others)})"
        files.fault(document, ("edition", "first"), message)
