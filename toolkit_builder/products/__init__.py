"""Products: which leaves each is made of. `PRODUCTS` maps the name of a product to the function that plans it."""

from __future__ import annotations

from typing import Protocol

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import Edition, Plan
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import cards, handouts, summary, toolkit


class Planner(Protocol):
    """Plans a product, for everyone or tailored to a partnership."""

    def __call__(self, selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan: ...


PRODUCTS: dict[str, Planner] = {
    "cards": cards.plan,
    "handouts": handouts.plan,
    "summary": summary.plan,
    "toolkit": toolkit.plan,
}
