"""The palette in the inks of a press: those that framework and partnership give, and those that a shop has instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.palette import Ink, percent
from toolkit_builder.documents.print_shop import PrintShop
from toolkit_builder.errors import Fault, FaultsError

if TYPE_CHECKING:
    from toolkit_builder.catalogue.model import Catalogue
    from toolkit_builder.partnerships.model import Partnership


def with_palette(shop: PrintShop, catalogue: Catalogue, partnership: Partnership | None) -> PrintShop:
    """The shop with the inks of the palette. Its own go before: it knows its paper.

    Raises FaultsError with each colour of more ink than it takes.
    """
    colours, positions = [*catalogue.framework.palette.values()], dict(catalogue.positions)
    if partnership:
        colours += partnership.file.colours.palette.values()
        positions |= partnership.positions
    own, faults = dict(shop.inks), []
    inks = dict(own)
    for colour in colours:
        screen, ink = colour.lower(), colour.ink
        if ink is None or screen in own:
            continue
        inks[screen] = ink
        if percent(ink) > shop.most_ink:
            place = positions.get(f"{colour.origin}.ink", (colour.origin.file, 0, 0))
            faults.append(Fault(*place, f"{colour.origin.key}.ink", too_much(ink, shop.name, shop.most_ink)))
    if faults:
        raise FaultsError(faults)
    return replace(shop, inks=tuple(sorted(inks.items())))


def too_much(ink: Ink, shop: str, most: float) -> str:
    """That inks are more than a shop takes (percent)."""
    return f"{percent(ink):g} % of ink at one place, and {shop} takes {most:g} %; write less"
