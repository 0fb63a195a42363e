"""From plates to the leaves of a document: rows pasted in, imprints printed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from toolkit_builder.catalogue import markdown
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.errors import Fault
from toolkit_builder.press.binding.document import BoundLeaf
from toolkit_builder.press.fault_report import clash_fault
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.html.rendered import RUNS_OVER
from toolkit_builder.press.plates.assembly import fits, imprinted, pasted
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.preflight.laid_over import Clash, clashes_of_imprints, clashes_of_rows
from toolkit_builder.press.store.plate_cache import PlateCache
from toolkit_builder.press.units import PreparedPlan

PASTED = 400
"""So many pages that rows were pasted into are kept in memory: packs with the same selection have the same."""


class LeafAssembly:
    """Puts leaves together from the plates that they are typeset as."""

    def __init__(self, plates: PlateCache) -> None:
        self.plates = plates
        self._pasted = lru_cache(PASTED)(self._paste)
        self._row_clashes = lru_cache(PASTED)(self._find_row_clashes)

    def bound_leaf(self, prepared: PreparedPlan, leaf: Leaf) -> BoundLeaf:
        """The finished plate of a leaf, its rows pasted in, its imprints printed over it.

        Raises KeyError if a plate is not there.
        """
        key, rows = prepared.unit(leaf).key, prepared.pasted_rows(leaf)
        plate = self.plates.plate(key)
        if rows:
            parts = (key, *(row.key for row in rows)), tuple(row.leaf.number for row in rows)
            key, plate = digest_of(*parts), self._pasted(*parts)
        if leaf.imprints:
            over = [self.plates.plate(prepared.unit(imprint).key) for imprint in leaf.imprints]
            key, plate = "", imprinted(plate, over)  # no key: what one pack has is not worth remembering
        return BoundLeaf(leaf.anchor, markdown.plain(leaf.bookmark), leaf.level, key, plate)

    def bound_leaves(self, prepared: PreparedPlan) -> tuple[BoundLeaf, ...]:
        """All leaves of a plan. Raises KeyError if a plate is not there."""
        return tuple(self.bound_leaf(prepared, leaf) for leaf in prepared.plan.leaves)

    def too_full(self, prepared: PreparedPlan) -> list[Leaf]:
        """The leaves whose rows do not have room below one another, and those that shrink with them.

        Raises KeyError if a plate is not there.
        """
        leaves = prepared.plan.leaves
        groups = {leaf.group_name for leaf in leaves if not self._has_room(prepared, leaf)}
        return [leaf for leaf in leaves if leaf.group_name in groups]

    def crowded(self, prepared: PreparedPlan) -> list[str]:
        """The names of leaves whose rows have no room below one another, and may be set closer.

        Raises KeyError if a plate is not there.
        """
        return [leaf.name for leaf in self.too_full(prepared) if leaf.closer_rows]

    def recounted(self, prepared: PreparedPlan) -> dict[str, int]:
        """How many pages those leaves of a settled plan take that may run over, by name, where it was not planned so.

        Raises KeyError if a plate is not there.
        """
        open_ended = [leaf for leaf in prepared.plan.leaves if leaf.may_run_over]
        counts = {leaf: len(self.plates.plate(prepared.unit(leaf).key).pages) for leaf in open_ended}
        return {leaf.name: count for leaf, count in counts.items() if count != leaf.pages}

    def levelled(self, prepared: PreparedPlan) -> dict[str, tuple[float, ...]]:
        """The sizes in pt that are left to leaves of a settled plan, by name, where others of their size group are
        smaller: the least that one of these was set in, and less. What ran over, in any size, counts for none.

        Raises KeyError if a plate is not there.
        """
        plates = {leaf: self.plates.plate(prepared.unit(leaf).key) for leaf in prepared.plan.leaves if leaf.size_group}
        least: dict[str, float] = {}
        for leaf, plate in plates.items():
            if plate.fit != RUNS_OVER:
                least[leaf.size_group] = min(plate.size, least.get(leaf.size_group, plate.size))
        return {
            leaf.name: tuple(size for size in leaf.sizes if size <= least[leaf.size_group])
            for leaf, plate in plates.items()
            if plate.size > least.get(leaf.size_group, plate.size)
        }

    def clashes(self, prepared: PreparedPlan, positions: Mapping[str, tuple[str, int, int]]) -> Iterator[Fault]:
        """What is wrong where rows and imprints are laid over pages, which preflight can see in neither of them.

        `positions` say where each text was written.
        """
        for leaf, page in prepared.plan.starts():
            key, rows = prepared.unit(leaf).key, prepared.pasted_rows(leaf)
            for clash in self._row_clashes(key, tuple(row.key for row in rows)):
                yield clash_fault(clash, rows[clash.at].leaf, page, positions)
            for clash in self._imprint_clashes(prepared, leaf):
                yield clash_fault(clash, leaf.imprints[clash.at] if clash.at >= 0 else leaf, page, positions)

    def _imprint_clashes(self, prepared: PreparedPlan, leaf: Leaf) -> Iterator[Clash]:
        if leaf.imprints:
            over = [self.plates.plate(prepared.unit(imprint).key) for imprint in leaf.imprints]
            yield from clashes_of_imprints(self.plates.plate(prepared.unit(leaf).key), over)

    def _find_row_clashes(self, shell: str, rows: tuple[str, ...]) -> tuple[Clash, ...]:
        if not rows:
            return ()
        return tuple(clashes_of_rows(self.plates.plate(shell), [self.plates.plate(row) for row in rows]))

    def _has_room(self, prepared: PreparedPlan, leaf: Leaf) -> bool:
        if not all(row in prepared.units for row in leaf.rows) or not leaf.rows:
            return True  # it has none, or they are in it already
        rows = [self.plates.plate(prepared.units[row].key) for row in leaf.rows]
        return fits(self.plates.plate(prepared.units[leaf].key), rows)

    def _paste(self, plates: tuple[str, ...], numbers: tuple[int, ...]) -> Plate:
        shell, *rows = map(self.plates.plate, plates)
        return pasted(shell, rows, numbers)
