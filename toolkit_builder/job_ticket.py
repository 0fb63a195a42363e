"""From a request to a job ticket: everything settled that a request may leave open.

What was asked for goes before what the partnership wants, option by option; what neither says is as usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit_builder import file_names
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import original_language
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.documents.card_sizes import card_size
from toolkit_builder.documents.edition_options import BOTH, EditionOptions
from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.print_shop import PrintShop
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.product_table import Products
from toolkit_builder.documents.product_values import ONCE
from toolkit_builder.documents.reading_options import READING_FORMATS
from toolkit_builder.documents.sheet_options import (
    BLANK,
    EMPTY,
    NO_SHEETS,
    TWO_UP,
    USUAL_SHEETS,
    SheetOptions,
    card_grid,
    holding_papers,
)
from toolkit_builder.errors import UsageError
from toolkit_builder.file_names import Usual
from toolkit_builder.partnerships import preferences
from toolkit_builder.products import planning, tailoring
from toolkit_builder.products.parts import GRID, shop_words
from toolkit_builder.products.planners import planner_of
from toolkit_builder.request import Request

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import Partnership


@dataclass(frozen=True)
class JobTicket:
    """What is to be made: which actions, which products, how they are set, and for whom; `notices` say what of it was
    left out. `print_shop`: the one that it is for, if it is for one. `fillers`: the card that takes the places which
    are left on the sheets of a product, as a product of its own, by the name of the former.
    """

    selection: Selection
    products: tuple[Product, ...]
    edition: Edition
    partnership: Partnership | None = None
    notices: tuple[str, ...] = ()
    sheets: SheetOptions = USUAL_SHEETS
    print_shop: PrintShop | None = None
    fillers: Mapping[str, Product] = field(default_factory=dict)

    def plans(self) -> list[Plan]:
        """The plans of the products, tailored to the partnership if there is one.

        Products that do not take the layout that a partnership wants are laid out as usual. Where sheets take other
        pages than the screen, a product has a plan for each.
        """
        return [plan for product in self.products for plan in self._plans(product)]

    def _plans(self, product: Product) -> Iterator[Plan]:
        plan = self._plan(product)
        if plan.sheet_options.bleed or plan.sheet_options.fill == BLANK:
            yield replace(plan, has_sheets=False, sheet_options=USUAL_SHEETS)
            yield self._for_sheets(product, plan)
        else:
            yield plan

    def _for_sheets(self, product: Product, plan: Plan) -> Plan:
        """The plan for sheets alone, of pages with bleed, and with what fills the last sheet."""
        options = plan.sheet_options
        scale = options.scale_in_pairs(plan.page) if options.pages else 1.0
        edition = replace(self.edition, bleed=round(options.bleed / scale, 2))
        made = self._plan(product, edition)
        filler = None
        if options.fill == BLANK:
            blank = self.fillers[product.name]
            filler = planning.plan(blank, self.selection, replace(edition, layout="", deck=""), self.partnership)
        return replace(made, is_for_sheets=True, filler=filler)

    def _plan(self, product: Product, edition: Edition | None = None) -> Plan:
        """The plan of a product, in the ticket's edition or a variant of it."""
        chosen = preferences.edition_for(product, edition or self.edition, self.partnership)
        plan = planning.plan(product, self.selection, chosen, self.partnership)
        usual = self._usual(product, plan.deck)
        set_so = self.edition if product.asks_for_paper else replace(self.edition, paper_weight=0)
        if product.sized(self.edition) is product:
            set_so = replace(set_so, card_size=None)
        marks = file_names.marks(self.selection, set_so, plan.layout, plan.deck, usual)
        plan = replace(plan, marks=marks)
        if self.print_shop:
            marks, words = (*marks, *self.print_shop.names), shop_words(self.selection, product, self.partnership)
            return replace(plan, print_shop=self.print_shop, shop_words=words, marks=marks, has_sheets=False)
        if product.file.in_pairs and self.sheets.pages:
            if plan.half_starts and product.file.halves != "whole":
                each = f"each leaf of {product.name} is turned by itself in {plan.layout}"
                raise UsageError(f"--{self.sheets.pages}: {each}; take another layout.")
            return replace(plan, sheet_options=self.sheets.of_pages, has_sheets=True)
        options = self.sheets.of_cards
        if product.name not in self.fillers:
            options = replace(options, fill=EMPTY)
        if product.file.sheets != GRID or options == USUAL_SHEETS:
            return plan
        if options.paper == NO_SHEETS:
            return replace(plan, has_sheets=False)
        return replace(plan, sheet_options=options, has_sheets=True)  # a pack that has none usually, too

    def _usual(self, product: Product, chosen_deck: str) -> Usual:
        """How a product in these languages is for everyone, or as the partnership wants it; laid out as the chosen deck
        usually is.
        """
        catalogue, languages = self.selection.catalogue, self.edition.languages
        options = EditionOptions(BOTH if len(languages) > 1 else languages[0])
        filters = Filters()
        if self.partnership:
            filters = preferences.filters(self.partnership, filters)
            options = preferences.edition_options(self.partnership, options)
        usual = edition(catalogue, options, self.partnership.languages if self.partnership else ())
        as_large = replace(usual, large_print=self.edition.large_print)
        deck, _ = product.laid_out(preferences.edition_for(product, as_large, self.partnership))
        in_deck = preferences.edition_for(product, replace(as_large, deck=chosen_deck), self.partnership)
        _, layout = product.laid_out(in_deck)
        return Usual(
            filters,
            usual.languages[0],
            layout,
            usual.large_print,
            usual.greyscale,
            low_ink=usual.low_ink,
            deck=deck.deck,
        )


def job_ticket(
    request: Request, catalogue: Catalogue, table: Products, partnership: Partnership | None = None
) -> JobTicket:
    """The ticket of a request for some of the products in the table, for a partnership or for everyone.

    Raises UsageError for what does not exist or cannot be, SelectionError if no action is left, FaultsError if what
    describes a product is wrong.
    """
    filters, options = request.filters, request.edition
    names = _known(request.products, table)
    if partnership:
        filters = preferences.filters(partnership, filters)
        options = preferences.edition_options(partnership, options)
        wanted = preferences.products(partnership, tuple(table)) if request.product_set == "build" else ()
        names = names or wanted
    names = names or _made_by(request.product_set, table)
    _check_deck(options.deck, names, table)
    if not request.sheets.weight:
        _check_paper(options.paper_weight, names, table)
    _check_format(request)
    medium = request.file_format if request.file_format in READING_FORMATS else ""
    shop = _print_shop(request, catalogue, partnership)
    selection = tailoring.selection(select(catalogue, filters), partnership)
    if request.purpose == "proof":
        options = replace(options, language=_translated_language(catalogue, options.language))
    chosen = edition(catalogue, options, partnership.languages if partnership else ())
    if shop:
        chosen = replace(chosen, print_shop=True, bleed=shop.bleed)
    notices = [] if request.purpose == "proof" else [selection.in_words()]
    if medium:  # what a partnership wants of its pages is no concern of what has none
        notices += _of_paper(medium, chosen, partnership)
        chosen = replace(chosen, medium=medium, large_print=False, greyscale=False, low_ink=False, card_size=None)

    _check_sheets(request.sheets, names, table, chosen)
    _check_card_size(chosen, names, table)

    def edition_for(product: Product) -> Edition:
        return preferences.edition_for(product, chosen, partnership)

    if len(names) > 1:
        coming, left_out = table.coming(names, edition_for)
        if not coming:
            raise UsageError("; ".join(f"{', '.join(those)}: not {lacks}" for lacks, those in left_out.items()) + ".")
        names = tuple(coming)
        notices = [f"Not {lacks}, and left out: {', '.join(those)}" for lacks, those in left_out.items()] + notices
    products = table.chosen(
        names,
        large_print=chosen.large_print,
        fillable=chosen.fillable,
        print_shop=chosen.print_shop,
        medium=medium,
    )
    if shop:
        _check_trim(shop, products)
    notices = [*filter(None, (product.substitution(edition_for(product)) for product in products)), *notices]
    notices += _of_selection(products, selection, request)
    _check_copies(request.sheets, selection, products)
    fillers = _fillers(products, table, chosen) if request.sheets.fill == BLANK else {}
    return JobTicket(selection, tuple(products), chosen, partnership, tuple(notices), request.sheets, shop, fillers)


def _of_selection(products: Sequence[Product], selection: Selection, request: Request) -> Iterator[str]:
    """What has to be said of products of a selection; a proof is of the texts."""
    for product in products if request.purpose != "proof" else ():
        yield from planner_of(product).notices(product, selection)


def edition(catalogue: Catalogue, options: EditionOptions, spoken: Sequence[str] = ()) -> Edition:
    """The edition in one language, or in all: those that the texts of a pack are `spoken` in, or else all that the
    framework names.

    Raises UsageError for a language that it does not name, if only what is tilted and turned can be arranged so, and
    for sheets of what is to be filled in.
    """
    languages = catalogue.framework.language_ids
    language, first = options.language or BOTH, options.first
    if language not in (*languages, BOTH):
        raise UsageError(f"--language: no language “{language}”. Allowed: {', '.join([*languages, BOTH])}.")
    if first and first not in languages:
        raise UsageError(f"--first: no language “{first}”. Allowed: {', '.join(languages)}.")
    if options.for_print and not (options.layout and LAYOUTS[options.layout].has_halves):
        turned = " or ".join(layout.name for layout in LAYOUTS.values() if layout.has_halves)
        raise UsageError(f"--for-print turns the second half of what is laid out with --layout {turned}.")
    if options.for_print and options.fillable:
        raise UsageError("--for-print makes sheets of paper, which nobody fills in on a screen: leave out --fillable.")
    chosen = (tuple(spoken) or languages) if language == BOTH else (language,)
    in_order = tuple(sorted(chosen, key=lambda known: known != first))
    return Edition(
        in_order,
        options.layout or "",
        large_print=options.large_print,
        greyscale=options.greyscale,
        low_ink=options.low_ink,
        for_print=options.for_print,
        deck=options.deck or "",
        fillable=options.fillable,
        paper_weight=options.paper_weight or 0,
        card_size=card_size(options.card_size) if options.card_size else None,
    )


def _check_deck(deck: str | None, names: Sequence[str], table: Products) -> None:
    """That one of these products has decks, if one is asked for; whether it has that one is for each to say."""
    if deck and not any(table[name].file.other_decks for name in names):
        having = [
            f"{name} ({', '.join(each.deck for each in product.decks)})"
            for name, product in table.sound.items()
            if product.file.other_decks
        ]
        told = f" It is for {', '.join(having)}." if having else ""
        raise UsageError(f"--deck: {', '.join(names)} {'has' if len(names) == 1 else 'have'} one deck only.{told}")


def _check_paper(weight: int | None, names: Sequence[str], table: Products) -> None:
    """That the weight of the cards' paper matters to one of these products, if one is given."""
    if weight and not any(table[name].asks_for_paper for name in names):
        asking = ", ".join(name for name, product in table.sound.items() if product.asks_for_paper)
        told = f" It is for {asking}." if asking else ""
        raise UsageError(
            f"--paper-weight: {', '.join(names)} {'has' if len(names) == 1 else 'have'} no use for it.{told}"
        )


def _check_card_size(edition: Edition, names: Sequence[str], table: Products) -> None:
    """That the cards of one of these products may have another size, if one is asked for."""
    if edition.card_size and not any(table[name].file.resizable for name in names if name in table.sound):
        having = ", ".join(name for name, product in table.sound.items() if product.file.resizable)
        told = f" It is for {having}." if having else ""
        raise UsageError(f"--card-size: {', '.join(names)} {'has' if len(names) == 1 else 'have'} one size.{told}")


def _check_sheets(options: SheetOptions, names: Sequence[str], table: Products, edition: Edition) -> None:
    """That one of these products has cards on sheets, if it is said how they are to lie, and that they have room."""
    if options.paper == NO_SHEETS:
        _check_none(options)
    if options.pages:
        _check_pairs(options, names, table, edition)
        if options.of_cards == replace(options.of_pages, pages="", weight=0):
            return
    options = options.of_cards
    if options == USUAL_SHEETS and edition.card_size is None:
        return
    with_grid = [name for name in names if name in table.sound and table[name].file.sheets == GRID]
    if not with_grid and options == USUAL_SHEETS:
        return
    if not with_grid:
        having = ", ".join(name for name, product in table.sound.items() if product.file.sheets == GRID)
        told = f" They are for {having}." if having else ""
        raise UsageError(f"Options of sheets: {', '.join(names)} has no sheets of cards.{told}")
    for name in with_grid if options.paper != NO_SHEETS else ():
        card = table[name].sized(edition).file.page
        grid = card_grid(card, options)
        if not grid.count:
            holding = ", ".join(holding_papers(card, options))
            told = f"They have on {holding}." if holding else "No sheet is large enough."
            so = f" with {options.bleed:g} mm of bleed" if options.bleed else " so"
            raise UsageError(f"--sheet {options.paper}: {name} ({card[0]:g} × {card[1]:g} mm) have no room{so}. {told}")
        if grid.measures(options.printer) is None:
            lying = ("across", "--across") if grid.is_across else ("upright", "without --across")
            raise UsageError(
                f"--printer: {name} lie {lying[0]} on {options.paper}, and it was not measured so: "
                f"toolkit-builder calibrate {lying[1]}."
            )


def _print_shop(request: Request, catalogue: Catalogue, partnership: Partnership | None) -> PrintShop | None:
    """The print shop that is asked for, if one is, with the inks of the palette.

    Raises UsageError if there is none of this name, and for what nobody prints, FaultsError for colours of more ink
    than it takes.
    """
    if request.print_shop is None:
        return None
    if request.sheets != USUAL_SHEETS:
        raise UsageError("--for print-shop: the shop lays cards on its sheets itself; leave the options of sheets out.")
    if request.edition.fillable or request.edition.for_print:
        option = "--fillable" if request.edition.fillable else "--for-print"
        raise UsageError(f"--for print-shop and {option} are for different ends: leave one out.")
    from toolkit_builder.print_shops.loading import PrintShops
    from toolkit_builder.print_shops.palette import with_palette

    return with_palette(PrintShops(request.project).settled(request.print_shop), catalogue, partnership)


def _check_trim(shop: PrintShop, products: Sequence[Product]) -> None:
    """That a shop cuts pages of this size, if it says what it cuts; whichever way they lie."""
    sizes = {tuple(sorted(size)) for size in shop.trim}
    for product in products:
        width, height = product.file.page
        if sizes and tuple(sorted((width, height))) not in sizes:
            cut = ", ".join(f"{size[0]:g} × {size[1]:g} mm" for size in shop.trim)
            raise UsageError(f"--shop {shop.name}: {product.name} is {width:g} × {height:g} mm, and it cuts {cut}.")


def _check_format(request: Request) -> None:
    """That pictures are not to lie on sheets of paper, nor to be filled in; nor what has no pages, whose readers choose
    size and colours themselves.
    """
    request.reading.check((request.file_format,))
    if request.file_format == "pdf":
        return
    asked = f"--format {request.file_format}"
    if request.file_format in READING_FORMATS:
        edition, sheets = request.edition, request.sheets != USUAL_SHEETS
        of_pages = {
            "the options of sheets": sheets or edition.for_print,
            "--for print-shop": request.print_shop,
            "--layout": edition.layout,
            "--large-print": edition.large_print,
            "--greyscale": edition.greyscale,
            "--low-ink": edition.low_ink,
            "--fillable": edition.fillable,
            "--deck": edition.deck,
            "--card-size": edition.card_size,
            "--paper-weight": edition.paper_weight,
        }
        if given := [option for option, value in of_pages.items() if value]:
            raise UsageError(
                f"{asked} has no pages of paper, and its readers choose how it looks: leave out {given[0]}."
            )
        return
    if request.sheets != USUAL_SHEETS or request.edition.for_print:
        raise UsageError(f"{asked} makes a picture of each page, none of print sheets: leave their options out.")
    if request.print_shop:
        raise UsageError(f"{asked} and --for print-shop are for different ends: leave one out.")
    if request.edition.fillable:
        raise UsageError(f"{asked} makes pictures, which nobody fills in: leave out --fillable.")


def _of_paper(medium: str, edition: Edition, partnership: Partnership | None) -> Iterator[str]:
    """A line about what a partnership wants of its pages, if that is a matter of paper."""
    found = {
        "large print": edition.large_print,
        "greyscale": edition.greyscale,
        "little ink": edition.low_ink,
        "another size of cards": edition.card_size,
    }
    wanted = ", ".join(name for name, is_so in found.items() if is_so)
    if partnership and wanted:
        whose = f"{partnership.id} wants its pages with {wanted}"
        yield f"--format {medium} has no pages of paper, and its readers choose how it looks; {whose}"


def _check_none(options: SheetOptions) -> None:
    """That nothing is said of sheets that are not made."""
    if options != SheetOptions(NO_SHEETS):
        raise UsageError(
            f"--sheet {NO_SHEETS} makes no sheets, only cards, a side a page: leave the other options of sheets out. "
            "A print shop gets such pages with bleed (--for print-shop)."
        )


def _fillers(products: Sequence[Product], table: Products, edition: Edition) -> dict[str, Product]:
    """The cards that take the places which are left on the sheets of these products, by the names of the products:
    those of another product that stand once.

    Raises UsageError if none has any, or if they are not as large as the others.
    """
    found = {}
    for product in products:
        name = product.file.filled_with
        if product.file.sheets != GRID or name is None or name not in table:
            continue
        blank, cards = table[name].sized(edition), product.sized(edition)
        if blank.file.page != cards.file.page:
            sizes = [f"{each.name} have {each.file.page[0]:g} × {each.file.page[1]:g} mm" for each in (cards, blank)]
            raise UsageError(f"--fill {BLANK}: {' and '.join(sizes)}; leave it out, and places stay empty.")
        once = {
            key: tuple(entry for entry in getattr(blank.file, key) if entry.subject == ONCE)
            for key in ("leaves", "one_language")
        }
        found[product.name] = replace(blank, file=blank.file.model_copy(update=once))
    if not found:
        raise UsageError(
            f"--fill {BLANK}: {', '.join(each.name for each in products)} has no blank cards to fill with."
        )
    return found


def _check_pairs(options: SheetOptions, names: Sequence[str], table: Products, edition: Edition) -> None:
    """That one of these products has pages of which two lie on a side of a sheet."""
    how = options.pages
    if how == TWO_UP and options.bleed:
        raise UsageError("--two-up lays pages on sheets that are not cut: leave --bleed out, or take --booklet.")
    if edition.fillable:
        raise UsageError(f"--{how} makes sheets of paper, which nobody fills in on a screen: leave out --fillable.")
    if not any(table[name].file.in_pairs for name in names if name in table.sound):
        having = ", ".join(name for name, product in table.sound.items() if product.file.in_pairs)
        told = f" It is for {having}." if having else ""
        raise UsageError(f"--{how}: {', '.join(names)} has no pages to lie in pairs.{told}")


def _check_copies(options: SheetOptions, selection: Selection, products: Sequence[Product]) -> None:
    """That there are the cards of which another number is wanted: those of actions, and those that stand once."""
    entries = (entry for product in products for deck in product.decks for entry in deck.file.leaves)
    known = dict.fromkeys(
        (*selection.codes, *(entry.role for entry in entries if entry.subject == ONCE and entry.role))
    )
    for code, _ in options.own_copies:
        if code not in known:
            raise UsageError(f"--copies {code}=…: no card {code}. There are: {', '.join(known)}.")


def _translated_language(catalogue: Catalogue, language: str | None) -> str:
    """The language of which a translator wants a proof; without one, the first that is not the original."""
    languages = catalogue.framework.language_ids
    original = original_language(catalogue.framework)
    wanted = language or next((known for known in languages if known != original), original)
    if wanted not in languages:
        raise UsageError(f"--language: no language “{wanted}”. Allowed: {', '.join(languages)}.")
    return wanted


def _made_by(product_set: str, table: Products) -> tuple[str, ...]:
    """The products of a set. One whose file has faults is taken to be in every set, so that they are told.

    Raises UsageError if there are none.
    """
    sound = table.sound
    names = tuple(name for name in table if name not in sound or product_set in sound[name].file.made_by)
    if not names:
        raise UsageError(
            f"{product_set}: this project has no products for it. A product is in it whose layouts/NAME/product.yaml "
            f"has {product_set} in made_by; see docs/products.md."
        )
    return names


def _known(names: Sequence[str], table: Products) -> tuple[str, ...]:
    for name in names:
        if name not in table:
            raise UsageError(f"--product: no product “{name}”. Allowed: {', '.join(table)}.")
    return tuple(names)
