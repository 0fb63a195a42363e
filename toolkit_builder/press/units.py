"""Pieces: what of a plan is typeset by itself, each under its key.

Strips, imprints, and leaves without either. A leaf with more strips than it has room for is typeset in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.press import keys
from toolkit_builder.press.html.rendered import PrintedLeaf, Workshop
from toolkit_builder.press.html.rendering import Printer


@dataclass(frozen=True)
class Piece:
    """What is typeset by itself. `leaf` is the leaf, strip or imprint of the plan, `key` the name of its plate."""

    leaf: Leaf
    printed: PrintedLeaf
    key: str


class Pieces:
    """The pieces of plans, worked out once for each plan."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self._known: WeakKeyDictionary[Plan, dict[Leaf, Piece]] = WeakKeyDictionary()
        self._digests: dict[Workshop, str] = {}

    def of(self, plan: Plan, workshop: Workshop) -> dict[Leaf, Piece]:
        """All that is typeset for a plan if strips have room where they are pasted in.

        In large print they do not: leaves are pieces with their strips in them.
        """
        if plan not in self._known:
            printed = [*self._printed(plan)]
            self._known[plan] = self._keyed(printed, workshop)
        return self._known[plan]

    def wholes(self, leaves: Iterable[Leaf], workshop: Workshop) -> dict[Leaf, Piece]:
        """Leaves with their strips in them."""
        return self._keyed([(leaf, self.printer.whole(leaf)) for leaf in leaves], workshop)

    def _printed(self, plan: Plan) -> Iterator[tuple[Leaf, PrintedLeaf]]:
        for leaf in plan.typeset_leaves():
            if plan.large_print and leaf.strips:
                yield leaf, self.printer.whole(leaf)
            else:
                yield leaf, self.printer.leaf(leaf)

    def _keyed(self, printed: list[tuple[Leaf, PrintedLeaf]], workshop: Workshop) -> dict[Leaf, Piece]:
        found = keys.leaf_keys([one for _, one in printed], self._digest(workshop))
        return {leaf: Piece(leaf, one, found[leaf.name]) for leaf, one in printed}

    def _digest(self, workshop: Workshop) -> str:
        if workshop not in self._digests:
            self._digests[workshop] = keys.workshop_digest(workshop)
        return self._digests[workshop]


def jobs(pieces: Iterable[Piece]) -> dict[str, PrintedLeaf]:
    """Pieces to be typeset, named by their keys: leaves of several plans may have one name."""
    pieces = list(pieces)
    groups: dict[str, list[str]] = {}
    for piece in pieces:
        groups.setdefault(piece.printed.group, []).append(piece.key)
    return {piece.key: piece.printed.named(piece.key, min(groups[piece.printed.group])) for piece in pieces}
