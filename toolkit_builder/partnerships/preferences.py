"""What a partnership wants, and what was asked for: what was asked for goes before, option by option."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.edition_options import BOTH, EditionOptions
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.product import Product
from toolkit_builder.errors import UsageError

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import Partnership


def products(partnership: Partnership, everything: tuple[str, ...]) -> tuple[str, ...]:
    """The products that it lists for a whole build, in the order of `everything`; none if it leaves that open."""
    wanted = partnership.file.products or ()
    return tuple(product for product in everything if product in wanted)


def filters(partnership: Partnership, asked: Filters) -> Filters:
    """The filters that were asked for; those that were not, as the partnership wants them.

    Actions that it leaves out are left out whatever was asked for.
    """
    wanted = partnership.wanted
    exclude = asked.exclude or wanted.exclude
    return Filters(
        categories=asked.categories or wanted.category,
        sectors=asked.sectors or wanted.sector,
        scales={**wanted.scales, **asked.scales},
        actions=asked.actions or wanted.action,
        exclude=tuple(dict.fromkeys((*exclude, *partnership.left_out))),
        source_only=asked.source_only or wanted.source_only,
        unstated=asked.unstated or wanted.unstated,
        named=asked.named,
    )


def kept(partnership: Partnership) -> Filters:
    """The actions that it wants where nothing else is asked for."""
    wanted = partnership.wanted
    return Filters(
        categories=wanted.category,
        sectors=wanted.sector,
        scales=wanted.scales,
        actions=wanted.action,
        exclude=wanted.exclude,
        source_only=wanted.source_only,
        unstated=wanted.unstated,
    )


def edition_options(partnership: Partnership, asked: EditionOptions) -> EditionOptions:
    """How its products are set.

    Raises UsageError for a language that its texts do not have.
    """
    known, edition, language = partnership.languages, partnership.file.edition, asked.language
    if (language == BOTH and len(known) == 1) or language not in (None, BOTH, *known):
        allowed = ", ".join([*known, *([BOTH] if len(known) > 1 else [])])
        raise UsageError(f"--language: the texts of {partnership.id} are not in “{language}”. Allowed: {allowed}.")
    language = language or (known[0] if len(known) == 1 else BOTH)
    return EditionOptions(
        language=language,
        first=asked.first or edition.first,
        layout=asked.layout or (edition.layout if language == BOTH else None),
        large_print=asked.large_print or edition.large_print,
        greyscale=asked.greyscale or edition.greyscale,
        low_ink=asked.low_ink or edition.low_ink,
        for_print=asked.for_print,
        deck=asked.deck or edition.deck,
        paper_weight=asked.paper_weight,
        fillable=asked.fillable,
        card_size=asked.card_size,
    )


def edition_for(product: Product, chosen: Edition, partnership: Partnership | None) -> Edition:
    """The edition of one product. The layout that a partnership wants is for the products that take it."""
    takes = product.asked(chosen).takes(large_print=chosen.large_print)
    is_wanted = partnership is not None and chosen.layout and chosen.layout == partnership.file.edition.layout
    return replace(chosen, layout="") if is_wanted and chosen.layout not in takes else chosen
