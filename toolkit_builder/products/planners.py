"""What products add in Python to what their files say: `planner: toolkit` in `product.yaml` names one of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product import Product
from toolkit_builder.products import toolkit
from toolkit_builder.products.context import LeafSet, PlanContext

Completion = Callable[[Plan], Sequence[Leaf]]
"""Makes the leaves anew that need the numbers of pages, from the plan that has them."""


def _as_it_is(leaf: Leaf, _: PlanContext) -> Leaf:
    return leaf


def _nothing(product: Product, selection: Selection) -> Iterable[str]:
    return ()


def _as_they_are(leaf_sets: Iterable[LeafSet], _: PlanContext) -> Iterable[LeafSet]:
    return leaf_sets


@dataclass(frozen=True)
class Planner:
    """`furnish` gives a leaf its rows and imprints; `tailor` puts a partnership's own leaves among the others;
    `complete` is done when the numbers of pages are known; `notices`: what has to be said of a product of a selection.
    """

    furnish: Callable[[Leaf, PlanContext], Leaf] = _as_it_is
    tailor: Callable[[Iterable[LeafSet], PlanContext], Iterable[LeafSet]] = _as_they_are
    complete: Completion | None = None
    notices: Callable[[Product, Selection], Iterable[str]] = _nothing


PLAIN = Planner()
REGISTRY: Mapping[str, Planner] = {
    "toolkit": Planner(toolkit.furnished, toolkit.tailored, toolkit.with_contents, toolkit.notices),
}


def planner_of(product: Product) -> Planner:
    """The planner that the product's file names, or one that adds nothing."""
    return REGISTRY[product.file.planner] if product.file.planner else PLAIN
