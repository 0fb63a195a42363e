"""What of the selection a leaf is given if its product says so (`given` in `product.yaml`).

A leaf that is given nothing is the same whatever was selected, so that all documents share it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit_builder.catalogue.model import Action
from toolkit_builder.products import parts
from toolkit_builder.products.chart import chart
from toolkit_builder.products.context import PlanContext
from toolkit_builder.products.tuck_box import USUAL_WEIGHT, TuckBox, deck_cards
from toolkit_builder.products.wall_map import wall_map

_Giver = Callable[[PlanContext, Sequence[Action]], Mapping[str, Any]]


def given(names: Sequence[str], context: PlanContext, actions: Sequence[Action]) -> dict[str, Any]:
    """What a template is given under these names. `actions` are those that the leaf is about."""
    data: dict[str, Any] = {}
    for name in names:
        data |= _GIVERS[name](context, actions)
    return data


def _about(context: PlanContext, _: Sequence[Action]) -> Mapping[str, Any]:
    return {"about": parts.about(context.selection, context.edition)}


def _has_provisional(context: PlanContext, _: Sequence[Action]) -> Mapping[str, Any]:
    return {"has_provisional": parts.has_provisional(context.selection)}


def _review(context: PlanContext, actions: Sequence[Action]) -> Mapping[str, Any]:
    others = parts.other_languages(context.selection, context.edition)
    return {"about": parts.review(context.selection, actions, context.edition), "has_others": bool(others)}


def _partnership(context: PlanContext, _: Sequence[Action]) -> Mapping[str, Any]:
    """The partnership and its colours, which leaves have in bands and grounds."""
    if context.partnership is None:
        return {}
    return {"partnership": context.partnership, **parts.colours(context.partnership)}


def _tuck_box(context: PlanContext, actions: Sequence[Action]) -> Mapping[str, Any]:
    partnership, edition = context.partnership, context.edition
    local = sum(partnership.local_to(action.code) is not None for action in actions) if partnership else 0
    cards = deck_cards(len(actions), local, len(edition.languages))
    return {"tuck_box": TuckBox(cards, edition.paper_weight or USUAL_WEIGHT)}


def _wall_map(context: PlanContext, actions: Sequence[Action]) -> Mapping[str, Any]:
    placed = chart(context.selection.catalogue.framework, actions)
    groups = parts.by_category(context.selection, actions)
    return {"wall_map": wall_map(placed, groups, len(context.edition.languages))}


_GIVERS: Mapping[str, _Giver] = {
    "groups": lambda context, actions: {"groups": parts.by_category(context.selection, actions)},
    "actions": lambda _, actions: {"actions": tuple(actions)},
    "categories": lambda context, actions: {
        "categories": [category for category, _ in parts.by_category(context.selection, actions)]
    },
    "chart": lambda context, actions: {"chart": chart(context.selection.catalogue.framework, actions)},
    "about": _about,
    "has_provisional": _has_provisional,
    "review": _review,
    "partnership": _partnership,
    "tuck_box": _tuck_box,
    "wall_map": _wall_map,
}
