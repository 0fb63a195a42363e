"""What a partnership wants, and what was typed: what was typed goes before, option by option."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.product import Product
from toolkit_builder.errors import UsageError
from toolkit_builder.partnerships.model import Partnership

BOTH = "both"


def products(partnership: Partnership, everything: tuple[str, ...]) -> tuple[str, ...]:
    """The products that a whole build makes, in the order of `everything`."""
    wanted = partnership.file.products
    return tuple(product for product in everything if product in wanted) if wanted else everything


def options(
    partnership: Partnership, typed: Mapping[str, Any], were_typed: Collection[str], short_forms: Collection[str]
) -> dict[str, Any]:
    """The options of a command (`cli.options`), those that were not typed as the partnership wants them.

    `short_forms` are the scales that have an option of their own; others are asked for by `where`.
    Raises UsageError for a language that its texts do not have.
    """
    merged = dict(typed)
    wanted = partnership.wanted
    scales = {
        scale: steps
        for scale, steps in wanted.scales.items()
        if scale not in were_typed and not any(_is_of(scale, one) for one in typed["where"])
    }
    merged |= {scale: steps for scale, steps in scales.items() if scale in short_forms}
    others = [f"{scale}={step}" for scale, steps in scales.items() if scale not in short_forms for step in steps]
    merged["where"] = (*typed["where"], *others)
    for name in ("category", "sector", "action", "exclude", "source_only", "unstated"):
        value = getattr(wanted, name)
        if value and name not in were_typed:
            merged[name] = value
    merged |= _edition(partnership, typed, were_typed)
    merged["exclude"] = tuple(dict.fromkeys((*merged["exclude"], *partnership.left_out)))
    return merged


def _is_of(scale: str, condition: str) -> bool:
    return condition.partition("=")[0].strip() == scale


def _edition(partnership: Partnership, typed: Mapping[str, Any], were_typed: Collection[str]) -> dict[str, Any]:
    """The options that say how products are set."""
    known, edition = partnership.languages, partnership.file.edition
    language = typed["language"] if "language" in were_typed else None
    if (language == BOTH and len(known) == 1) or language not in (None, BOTH, *known):
        allowed = ", ".join([*known, *([BOTH] if len(known) > 1 else [])])
        raise UsageError(f"--language: the texts of {partnership.id} are not in “{language}”. Allowed: {allowed}.")
    merged: dict[str, Any] = {"language": language or (known[0] if len(known) == 1 else BOTH)}
    is_one = merged["language"] != BOTH
    for name, wanted in (
        ("first", edition.first),
        ("layout", None if is_one else edition.layout),
        ("large_print", edition.large_print),
        ("greyscale", edition.greyscale),
    ):
        merged[name] = typed[name] if name in were_typed else wanted
    return merged


def edition_for(product: Product, chosen: Edition, partnership: Partnership | None) -> Edition:
    """The edition of one product. The layout that a partnership wants is for the products that take it."""
    takes = product.takes(large_print=chosen.large_print)
    is_wish = partnership is not None and chosen.layout and chosen.layout == partnership.file.edition.layout
    return replace(chosen, layout="") if is_wish and chosen.layout not in takes else chosen
