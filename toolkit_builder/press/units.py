"""Units: what of a plan is typeset by itself, each under its key.

Rows, imprints, and leaves without either. A leaf with more rows than it has room for is typeset in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.errors import ChangedError
from toolkit_builder.press import keys
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.html.rendering import Renderer


@dataclass(frozen=True)
class TypesettingUnit:
    """What is typeset by itself. `leaf` is the leaf, row or imprint of the plan, `key` the name of its plate."""

    leaf: Leaf
    rendered: RenderedLeaf
    key: str


@dataclass(frozen=True, eq=False)
class PreparedPlan:
    """A plan with all that is worked out for it: what it is typeset with, and its units by their leaves.

    `one_piece` are the leaves whose rows have no room where they are to be pasted in, and those that shrink with them:
    they are typeset with their rows in them. Which these are is known only when the units are typeset. `filler`: that
    of the plan's filler.
    """

    plan: Plan
    style_set: StyleSet
    units: Mapping[Leaf, TypesettingUnit]
    one_piece: Mapping[Leaf, TypesettingUnit] = field(default_factory=dict)
    filler: PreparedPlan | None = None

    def unit(self, leaf: Leaf) -> TypesettingUnit:
        """What a leaf, a row or an imprint is printed from."""
        return self.one_piece.get(leaf) or self.units[leaf]

    def pasted_rows(self, leaf: Leaf) -> list[TypesettingUnit]:
        """The rows that are pasted into a leaf; none if they are in it already."""
        if leaf in self.one_piece:
            return []
        return [self.units[row] for row in leaf.rows if row in self.units]

    def every_unit(self) -> Iterator[TypesettingUnit]:
        """All that has to be typeset before the plan can be bound."""
        yield from self.units.values()
        yield from self.one_piece.values()


class Units:
    """Divides plans into units."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self._digests: dict[StyleSet, str] = {}

    def of(self, plan: Plan, style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        """All that is typeset for a plan if rows have room where they are pasted in.

        In large print they do not: leaves are units with their rows in them.
        """
        over = {part for leaf in plan.leaves for part in (*leaf.rows, *leaf.imprints)}
        rendered = [(leaf, self._rendered(leaf, plan.large_print)) for leaf in plan.typeset_leaves()]
        return self._keyed([(leaf, _laid_over(html) if leaf in over else html) for leaf, html in rendered], style_set)

    def in_one_piece(self, leaves: Iterable[Leaf], style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        """Leaves with their rows in them."""
        return self._keyed([(leaf, self.renderer.one_piece(leaf)) for leaf in leaves], style_set)

    def refuse_changed(self, style_set: StyleSet, units: Iterable[TypesettingUnit]) -> None:
        """Raises ChangedError if styles, or a file that a leaf names, are not what keys were made of any more: pages
        may have been made of either.
        """
        if keys.style_set_digest(style_set) != self._digest(style_set):
            raise ChangedError("a style sheet")
        for unit in units:
            if not self.renderer.is_as_it_was(unit.rendered):
                raise ChangedError(f"a file that {unit.leaf.name} names")

    def _rendered(self, leaf: Leaf, large_print: bool) -> RenderedLeaf:
        return self.renderer.one_piece(leaf) if large_print and leaf.rows else self.renderer.leaf(leaf)

    def _keyed(self, rendered: Sequence[tuple[Leaf, RenderedLeaf]], style_set: StyleSet) -> dict[Leaf, TypesettingUnit]:
        by_name = keys.leaf_keys([html for _, html in rendered], self._digest(style_set))
        return {leaf: TypesettingUnit(leaf, html, by_name[leaf.name]) for leaf, html in rendered}

    def _digest(self, style_set: StyleSet) -> str:
        if style_set not in self._digests:
            self._digests[style_set] = keys.style_set_digest(style_set)
        return self._digests[style_set]


@lru_cache(maxsize=2000)  # rows are shared by many plans
def _laid_over(rendered: RenderedLeaf) -> RenderedLeaf:
    """A row or an imprint, marked as such."""
    return replace(rendered, is_over=True)


def named_by_key(units: Iterable[TypesettingUnit]) -> dict[str, RenderedLeaf]:
    """Units to be typeset together, named by their keys: leaves of several plans may have one name."""
    units = list(units)
    groups: dict[str, list[str]] = {}
    for unit in units:
        groups.setdefault(unit.rendered.group, []).append(unit.key)
    return {unit.key: unit.rendered.named(unit.key, min(groups[unit.rendered.group])) for unit in units}
