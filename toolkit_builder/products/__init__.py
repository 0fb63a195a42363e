"""Products: which leaves each is made of. `PRODUCTS` maps the name of a product to the function that plans it."""

from __future__ import annotations

from collections.abc import Callable

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.products import cards, handouts, summary, toolkit
from toolkit_builder.products.plan import Edition, Plan

Planner = Callable[[Selection, Edition], Plan]

PRODUCTS: dict[str, Planner] = {
    "cards": cards.plan,
    "handouts": handouts.plan,
    "summary": summary.plan,
    "toolkit": toolkit.plan,
}
