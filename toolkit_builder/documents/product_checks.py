"""What the shape of a product's file alone cannot say: that its parts agree, and that what it names is there."""

from __future__ import annotations

import os
from collections.abc import Sequence

from toolkit_builder.catalogue.documents import KeyPath, SourceDocument
from toolkit_builder.catalogue.explaining import not_allowed
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.card_checks import check_sides
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.product import LargePrint, Product, ProductFile, Variation
from toolkit_builder.documents.product_entries import PlacedEntry, placed_entries
from toolkit_builder.documents.product_files import COMMANDS
from toolkit_builder.documents.product_values import ACTION, LOCAL, ONCE, SUBJECTS
from toolkit_builder.errors import Fault

FRAMEWORK_TITLE = "framework.title"
"""What `title` says for the framework's own title, which is no label."""


def check_name(file: str, name: str) -> Fault:
    """The fault of a product that cannot be called so."""
    taken = "is a command of this tool’s own" if name in COMMANDS else "cannot be the name of a product"
    message = f"“{name}” {taken}; call its folder something else, in lower-case letters with hyphens between words"
    return Fault(file, 1, 1, "", message)


def check_product(files: ContentFiles, document: SourceDocument, product: Product, catalogue: Catalogue | None) -> None:
    """Note what does not agree in a product's file, and what it names that is not there."""
    _check_decks(files, document, product)
    _check_languages(files, document, product, catalogue)
    _check_own_sheets(files, document, product)
    for deck in product.decks:
        path: KeyPath = ("other_decks", deck.deck) if deck.deck in product.file.other_decks else ()
        _check_deck(files, document, deck, path, catalogue)
    if catalogue and product.label not in catalogue.labels.get("product", {}):
        message = f"content/labels.yaml has no product.{product.label}; write there what it is called in every language"
        files.fault(document, (), message)


def _check_decks(files: ContentFiles, document: SourceDocument, product: Product) -> None:
    """Decks are of cards, and each has a name."""
    file = product.file
    if file.other_decks and file.sides != "front-and-back":
        files.fault(document, ("other_decks",), "is for sides: front-and-back; leave it out", of_key=True)
    if bool(file.other_decks) != bool(file.deck):
        there, missing = ("other_decks", "deck") if file.other_decks else ("deck", "other_decks")
        files.fault(document, (there,), f"goes with {missing}; write both, or leave this out", of_key=True)
    if file.deck in file.other_decks:
        files.fault(document, ("deck",), f"there is one of other_decks called {file.deck}; give it another name")


def _check_deck(
    files: ContentFiles, document: SourceDocument, product: Product, path: KeyPath, catalogue: Catalogue | None
) -> None:
    """What a deck says, which stands at `path`; without decks, all that the product says."""
    file = product.file
    files.no_doubles(document, {(*path, "layouts", n): layout for n, layout in enumerate(file.layouts)})
    _check_most(files, document, path, file)
    placed = [*placed_entries((*path, "leaves"), file.leaves)]
    others = [*placed_entries((*path, "one_language"), file.one_language)]
    check_sides(files, document, product, path, placed, others)
    for entries in (placed, others):
        _check_names(files, document, entries)
    for each in (*placed, *others):
        _check_entry(files, document, product, each)
        _check_template(files, document, each)
        if catalogue:
            _check_subject(files, document, catalogue, each)
            _check_titles(files, document, catalogue, each)


def _check_languages(
    files: ContentFiles, document: SourceDocument, product: Product, catalogue: Catalogue | None
) -> None:
    """It is doubtful if none of its layouts has room for the languages of the framework."""
    count = len(catalogue.framework.languages) if catalogue else 1
    if count > 1 and not any(product.holds(layout, count, large_print=False) for layout in LAYOUTS):
        place = document.position(("layouts",))
        message = f"none of them holds the {count} languages of the framework; it is made in one language only"
        files.faults.append(Fault(document.file, place.line, place.column, "layouts", message, "warning"))
    if product.file.large_print:
        _check_most(files, document, ("large_print",), product.file.large_print)


def _check_own_sheets(files: ContentFiles, document: SourceDocument, product: Product) -> None:
    """Sheets of one's own are for pages that are read one by one: a card is a sheet, and pages that face each other
    begin on the back of one.
    """
    if not product.file.own_sheets:
        return
    if product.file.sides == "front-and-back":
        files.fault(document, ("own_sheets",), "is for sides: pages; leave it out", of_key=True)
    takes = {*product.takes(large_print=False), *product.takes(large_print=True)}
    for layout in (name for name in takes if LAYOUTS[name].is_facing):
        message = f"in {layout}, pages begin on the back of a sheet to face each other; leave {layout} or this out"
        files.fault(document, ("own_sheets",), message, of_key=True)


def _check_most(files: ContentFiles, document: SourceDocument, path: KeyPath, said: ProductFile | LargePrint) -> None:
    """How many languages layouts hold: those that it takes, and that are not for a number of their own."""
    for layout in said.most_languages:
        here: KeyPath = (*path, "most_languages", layout)
        if layout not in said.layouts:
            files.fault(document, here, f"is not among layouts; add {layout} there, or leave this out", of_key=True)
        elif LAYOUTS[layout].languages:
            message = f"{layout} is for {LAYOUTS[layout].languages} languages, whatever the product; leave this out"
            files.fault(document, here, message, of_key=True)


def _check_names(files: ContentFiles, document: SourceDocument, entries: Sequence[PlacedEntry]) -> None:
    """Leaves are told apart by what they are for and by their role."""
    names = {
        path: " ".join(filter(None, (each.entry.subject, face.role))) for each in entries for path, face in each.faces()
    }
    last = {name: path for path, name in names.items()}
    for name, path in last.items():
        if list(names.values()).count(name) > 1:
            message = f"more than one leaf is for {name}; give each a role of its own"
            files.fault(document, (*path, "role"), message)


def _check_entry(files: ContentFiles, document: SourceDocument, product: Product, each: PlacedEntry) -> None:
    entry, takes = each.entry, (*product.takes(large_print=False), *product.takes(large_print=True))
    for layout in entry.in_layout:
        if layout not in takes:
            message = f"the product does not take {layout}; add it to layouts, or leave this out"
            files.fault(document, (*each.path, "in_layout", layout), message, of_key=True)
    for layout in dict.fromkeys(layout for layout in takes if LAYOUTS[layout].has_halves):
        variation = entry.in_layout.get(layout, Variation())
        if "all" in (variation.languages or entry.languages, entry.large_print.languages):
            message = f"a leaf in all languages cannot be turned; leave {layout} out of layouts, or write each"
            files.fault(document, (*each.path, "languages"), message)
    if entry.times > 1 and entry.subject != ONCE:
        files.fault(
            document,
            (*each.path, "times"),
            f"is for leaves that stand once, not for each {entry.subject}; leave it out",
        )
    subjects = {above.subject for above in (*each.above, entry)}
    if entry.local and ACTION not in subjects:
        files.fault(document, (*each.path, "local"), "is for leaves about an action; leave it out")
    if entry.subject == LOCAL and ACTION not in {above.subject for above in each.above}:
        files.fault(document, (*each.path, "for"), "local stands under the then of a leaf for each action")
    elif each.above and each.above[-1].subject == ACTION and entry.subject not in (ONCE, LOCAL):
        files.fault(document, (*each.path, "for"), f"{entry.subject} cannot follow each action; write once or local")


def _check_template(files: ContentFiles, document: SourceDocument, each: PlacedEntry) -> None:
    named: dict[KeyPath, str] = {(*path, "layout"): face.layout for path, face in each.faces()}
    variations: dict[KeyPath, Variation] = {(*each.path, "large_print"): each.entry.large_print}
    if each.entry.reading:
        named[*each.path, "reading"] = each.entry.reading
    for layout, variation in each.entry.in_layout.items():
        variations[*each.path, "in_layout", layout] = variation
    named |= {(*path, "layout"): variation.layout for path, variation in variations.items() if variation.layout}
    for path, name in named.items():
        if not any(os.path.lexists(place / name) for place in files.project.layouts):
            places = " or ".join(files.project.file(place) for place in files.project.layouts)
            files.fault(document, path, f"no such layout in {places}; make {name}, or name another")


def _check_subject(files: ContentFiles, document: SourceDocument, catalogue: Catalogue, each: PlacedEntry) -> None:
    allowed = [*SUBJECTS, *(scale.id for scale in catalogue.framework.scales)]
    if each.entry.subject not in allowed:
        files.fault(document, (*each.path, "for"), not_allowed(each.entry.subject, allowed))


def _check_titles(files: ContentFiles, document: SourceDocument, catalogue: Catalogue, each: PlacedEntry) -> None:
    for path, face in each.faces():
        if face.title is None or face.title == FRAMEWORK_TITLE:
            continue
        group, _, name = face.title.partition(".")
        if each.entry.subject != ONCE:
            message = (
                f"is for leaves that stand once; one for each {each.entry.subject} has the title of that; leave it out"
            )
            files.fault(document, (*path, "title"), message)
        elif name not in catalogue.labels.get(group, {}):
            message = (
                f"content/labels.yaml has no {face.title}; write it there in every language, or name another label"
            )
            files.fault(document, (*path, "title"), message)
