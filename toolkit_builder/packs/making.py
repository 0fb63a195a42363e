"""Makes packs in one process: leaves that are missing are typeset for several packs together, then each is bound."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit_builder.build import Target, edition, plans, targets
from toolkit_builder.catalogue.asking import selection
from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import FaultsError, ToolkitError
from toolkit_builder.output import Facts
from toolkit_builder.packs import wishes
from toolkit_builder.packs.loading import Partnerships
from toolkit_builder.packs.orders import Order
from toolkit_builder.press.press import Press
from toolkit_builder.press.store import Store
from toolkit_builder.products import PRODUCTS, tailoring
from toolkit_builder.products.plan import Plan
from toolkit_builder.project import Project

TOGETHER = 20
"""So many packs have what is their own typeset in one document, which costs each of them least."""

_NOTHING_TYPED: Mapping[str, Any] = {
    **dict.fromkeys(("stage", "resource", "time", "category", "sector", "where", "action", "exclude"), ()),
    **dict.fromkeys(("source_only", "large_print", "greyscale", "for_print"), False),
    **dict.fromkeys(("language", "first", "layout")),
    "unstated": "exclude",
}
_SHORT_FORMS = ("stage", "resource", "time")


@dataclass(frozen=True)
class File:
    """A finished file: its path in the output folder, what the manifest says of it, its pages and its bytes."""

    name: str
    facts: Facts
    pages: int
    data: bytes


@dataclass(frozen=True)
class Pack:
    """What came of an order: files, or faults; and the seconds that it took."""

    id: str
    files: tuple[File, ...]
    faults: tuple[str, ...]
    seconds: float


class Bindery:
    """Makes packs of one project, one batch of orders after the other."""

    def __init__(self, project: Project, cache: Path | None, processes: int = 1) -> None:
        self.catalogue = load(project)
        self.partnerships = Partnerships(project, self.catalogue)
        self.press = Press(project, self.catalogue, Store(cache), processes)

    def make(self, orders: Sequence[Order]) -> Iterator[Pack]:
        """The packs of these orders. One that is wrong does not keep the others from being made."""
        start = time.perf_counter()
        planned: dict[str, list[Plan]] = {}
        failed: dict[str, ToolkitError] = {}
        for order in orders:
            try:
                planned[order.id] = self.plans(order)
            except ToolkitError as error:
                failed[order.id] = error
        try:
            self.press.typeset([plan for each in planned.values() for plan in each], lambda _: None)
        except FaultsError:
            for one, each in planned.items():  # whose fault it is shows when each is typeset by itself
                try:
                    self.press.typeset(each, lambda _: None)
                except FaultsError as error:
                    failed[one] = error
        share = (time.perf_counter() - start) / max(1, len(orders))
        for order in orders:
            begun = time.perf_counter()
            files: tuple[File, ...] = ()
            if order.id not in failed:
                wanted = targets(self.press, planned[order.id], None, lambda _: None)
                files = tuple(map(self._file, wanted))
            faults = tuple(failed[order.id].message.splitlines()) if order.id in failed else ()
            yield Pack(order.id, files, faults, share + time.perf_counter() - begun)

    def plans(self, order: Order) -> list[Plan]:
        """The plans of a pack, its open-ended leaves typeset and counted.

        Raises FaultsError or UsageError if what it asks for cannot be.
        """
        partnership = order.partnership(self.partnerships)
        options = wishes.options(partnership, _NOTHING_TYPED, (), _SHORT_FORMS)
        selected = tailoring.selection(selection(self.catalogue, options, _SHORT_FORMS), partnership)
        names = ("language", "first", "layout", "large_print", "greyscale", "for_print")
        chosen = edition(selected, **{name: options[name] for name in names})
        products = wishes.products(partnership, tuple(PRODUCTS))
        self.press.learn(partnership.positions)
        return self.press.numbered(plans(selected, products, chosen, partnership), lambda _: None)

    def _file(self, target: Target) -> File:
        made = self.press.impose(target.plan) if target.is_sheets else self.press.bind(target.plan)
        return File(target.name, target.facts, made.pages, made.data)


@lru_cache(maxsize=1)
def bindery(root: Path, cache: Path | None) -> Bindery:
    """The process's own bindery for a project: it remembers what it has read, printed and bound."""
    return Bindery(Project(root), cache)


def make_packs(root: Path, cache: Path | None, orders: Sequence[Order]) -> list[Pack]:
    """The work of one task."""
    return list(bindery(root, cache).make(orders))
