"""Units: what of a plan is typeset by itself, each under its key.

Rows, imprints, and leaves without either. A leaf with more rows than it has room for is typeset in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.press import keys
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.html.rendering import Renderer


@dataclass(frozen=True)
class TypesettingUnit:
    """What is typeset by itself. `leaf` is the leaf, row or imprint of the plan, `key` the name of its plate."""

    leaf: Leaf
    rendered: RenderedLeaf
    key: str


class Units:
    """The pieces of plans, worked out once for each plan."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self._known: WeakKeyDictionary[Plan, dict[Leaf, TypesettingUnit]] = WeakKeyDictionary()
        self._digests: dict[StyleSet, str] = {}

    def of(self, plan: Plan, style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        """All that is typeset for a plan if rows have room where they are pasted in.

        In large print they do not: leaves are pieces with their rows in them.
        """
        if plan not in self._known:
            rendered = [*self._rendered(plan)]
            self._known[plan] = self._keyed(rendered, style_set)
        return self._known[plan]

    def one_piece_units(self, leaves: Iterable[Leaf], style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        """Leaves with their rows in them."""
        return self._keyed([(leaf, self.renderer.one_piece(leaf)) for leaf in leaves], style_set)

    def _rendered(self, plan: Plan) -> Iterator[tuple[Leaf, RenderedLeaf]]:
        over = {each for leaf in plan.leaves for each in (*leaf.rows, *leaf.imprints)}
        for leaf in plan.typeset_leaves():
            if plan.large_print and leaf.rows:
                yield leaf, self.renderer.one_piece(leaf)
            else:
                rendered = self.renderer.leaf(leaf)
                yield leaf, replace(rendered, is_over=True) if leaf in over else rendered

    def _keyed(self, rendered: list[tuple[Leaf, RenderedLeaf]], style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        found = keys.leaf_keys([one for _, one in rendered], self._digest(style_set))
        return {leaf: TypesettingUnit(leaf, one, found[leaf.name]) for leaf, one in rendered}

    def _digest(self, style_set: StyleSet) -> str:
        if style_set not in self._digests:
            self._digests[style_set] = keys.style_set_digest(style_set)
        return self._digests[style_set]


def jobs(units: Iterable[TypesettingUnit]) -> dict[str, RenderedLeaf]:
    """Units to be typeset, named by their keys: leaves of several plans may have one name."""
    units = list(units)
    groups: dict[str, list[str]] = {}
    for unit in units:
        groups.setdefault(unit.rendered.group, []).append(unit.key)
    return {unit.key: unit.rendered.named(unit.key, min(groups[unit.rendered.group])) for unit in units}
