"""Makes packs: plans several together, has the leaves that they lack typeset together, then binds each."""

from __future__ import annotations

import contextlib
import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from toolkit_builder.batch.orders import Order
from toolkit_builder.build import PACKS, Report, Target, edition, plans, targets
from toolkit_builder.catalogue.asking import selection
from toolkit_builder.catalogue.loading import load
from toolkit_builder.documents.plan import Plan
from toolkit_builder.errors import FaultsError, MachineError, ToolkitError
from toolkit_builder.output import FileFacts, MadeFile
from toolkit_builder.partnerships import preferences
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.store.store import OverlayStore
from toolkit_builder.press.typesetting.jobs import TypesettingBackend
from toolkit_builder.products import PRODUCTS, tailoring
from toolkit_builder.project import Project

_NOTHING_TYPED: Mapping[str, Any] = {
    **dict.fromkeys(("stage", "resource", "time", "category", "sector", "where", "action", "exclude"), ()),
    **dict.fromkeys(("source_only", "large_print", "greyscale", "for_print"), False),
    **dict.fromkeys(("language", "first", "layout")),
    "unstated": "exclude",
}
_SHORT_FORMS = ("stage", "resource", "time")
Work = Callable[[list[Plan]], list[Plan]]


@dataclass(frozen=True)
class PackFile:
    """A finished file: what the manifest says of it, and its bytes; None if these were written already."""

    made: MadeFile
    data: bytes | None


@dataclass(frozen=True)
class Pack:
    """What came of an order: files, or faults; and the seconds that it took."""

    id: str
    files: tuple[PackFile, ...]
    faults: tuple[str, ...]
    seconds: float


@dataclass
class Planned:
    """Numbered plans by the ids of their orders, and what is wrong with the orders that have none."""

    plans: dict[str, list[Plan]] = field(default_factory=dict)
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def every(self) -> list[Plan]:
        return [plan for each in self.plans.values() for plan in each]


class Bindery:
    """Makes packs of one project, one batch of orders after the other; `backend` typeset for it."""

    def __init__(self, project: Project, store: OverlayStore, backend: TypesettingBackend | None = None) -> None:
        self.store = store
        self.catalogue = load(project)
        self.partnerships = Partnerships(project, self.catalogue)
        self.press = Press(project, self.catalogue, store, processes=1, backend=backend)

    def unpack(self, where: Where | None, plates: Mapping[str, bytes]) -> None:
        """Take plates from these from now on, and from the store there."""
        self.store = self.press.store = OverlayStore(where, dict(plates))

    def make(self, orders: Sequence[Order], *, zipped: bool = False) -> Iterator[Pack]:
        """The packs of these orders. One that is wrong does not keep the others from being made.

        Raises MachineError if the machine lacks something.
        """
        start = time.perf_counter()
        planned = self.plan(orders)
        self._for_all(planned, self._typeset)
        share = (time.perf_counter() - start) / max(1, len(orders))
        for order in orders:
            begun = time.perf_counter()
            files: tuple[PackFile, ...] = ()
            try:
                files = self._files(order, planned.plans.get(order.id, []), zipped)
            except Exception as error:
                planned.faults[order.id] = _said(error)
            yield Pack(order.id, files, planned.faults.get(order.id, ()), share + time.perf_counter() - begun)

    def prepare(self, orders: Sequence[Order], say: Report) -> Planned:
        """Have all leaves typeset that these orders want and that are not there. What is wrong is left for `make`."""
        planned = self.plan(orders, say)
        with contextlib.suppress(FaultsError, KeyError):  # KeyError: a leaf that nobody could typeset
            self.press.typeset(planned.every(), say)
        say("")
        return planned

    def plates(self, planned: Planned, orders: Sequence[Order], *, everything: bool) -> dict[str, bytes]:
        """What binding these orders takes out of the store: everything, or only what the store's place has refused."""
        if not everything and not self.store.entries:
            return {}
        needed: set[str] = set()
        for order in orders:
            for plan in planned.plans.get(order.id, ()):
                with contextlib.suppress(KeyError):  # what is wrong has no plate
                    needed |= self.press.needs(plan)
        chosen = needed if everything else needed & self.store.entries.keys()
        return {key: data for key in chosen if (data := self.store.get(key)) is not None}

    def forget(self, but: Collection[str]) -> None:
        """Keep nothing of what the store's place has refused but this."""
        self.store.entries = {key: data for key, data in self.store.entries.items() if key in but}

    def plan(self, orders: Sequence[Order], say: Report = lambda _: None) -> Planned:
        """The plans of packs, their open-ended leaves typeset and counted."""
        planned = Planned()
        positions: dict[str, tuple[str, int, int]] = {}
        for order in orders:
            try:
                partnership = order.partnership(self.partnerships)
                positions |= partnership.positions
                planned.plans[order.id] = self._plans(partnership)
            except Exception as error:
                planned.faults[order.id] = _said(error)
        self.press.learn(positions)
        self._for_all(planned, lambda found: self.press.numbered(found, say))
        return planned

    def _plans(self, partnership: Partnership) -> list[Plan]:
        options = preferences.options(partnership, _NOTHING_TYPED, (), _SHORT_FORMS)
        selected = tailoring.selection(selection(self.catalogue, options, _SHORT_FORMS), partnership)
        names = ("language", "first", "layout", "large_print", "greyscale", "for_print")
        chosen = edition(selected, **{name: options[name] for name in names})
        return plans(selected, preferences.products(partnership, tuple(PRODUCTS)), chosen, partnership)

    def _typeset(self, found: list[Plan]) -> list[Plan]:
        self.press.typeset(found, lambda _: None)
        return found

    def _for_all(self, planned: Planned, work: Work) -> None:
        """Do it for all orders together; if that fails, for each by itself, which shows whose fault it is."""
        try:
            done = iter(work(planned.every()))
            planned.plans = {one: list(islice(done, len(each))) for one, each in planned.plans.items()}
        except MachineError:
            raise
        except Exception:
            for one, each in list(planned.plans.items()):
                try:
                    planned.plans[one] = work(each)
                except Exception as error:
                    planned.faults[one] = _said(error)
                    del planned.plans[one]

    def _files(self, order: Order, found: list[Plan], zipped: bool) -> tuple[PackFile, ...]:
        files = [self._file(target) for target in targets(self.press, found, None, lambda _: None)]
        return (*files, _zipped(order.id, files)) if zipped and files else tuple(files)

    def _file(self, target: Target) -> PackFile:
        made = self.press.impose(target.plan) if target.is_sheets else self.press.bind(target.plan)
        return _file_of(target.name, target.facts, made.pages, made.data)


def _said(error: Exception) -> tuple[str, ...]:
    """What is told of a pack that cannot be made.

    Raises the error again if it is one of the machine, which all packs would meet.
    """
    if isinstance(error, MachineError):
        raise error
    if isinstance(error, ToolkitError):
        return tuple(error.message.splitlines())
    if isinstance(error, MemoryError):
        return ("it takes more memory than a process may have; give --memory more, or make the pack smaller",)
    return (f"a defect of this tool, not of your content: {type(error).__name__}: {error}",)


def _file_of(name: str, facts: FileFacts, pages: int, data: bytes) -> PackFile:
    return PackFile(MadeFile(name, facts, pages, hashlib.sha256(data).hexdigest()), data)


def _zipped(pack: str, files: Sequence[PackFile]) -> PackFile:
    """All files of a pack in one, the same bytes each time: no times, the files in order, not packed twice."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for one in sorted(files, key=lambda one: one.made.path):
            entry = zipfile.ZipInfo(one.made.path.rpartition("/")[2], (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, one.data or b"")
    first = files[0].made.facts
    facts = FileFacts("zip", first.languages, "", first.partnership, first.actions)
    return _file_of(f"{PACKS}/{pack}/{pack}.zip", facts, sum(one.made.pages for one in files), data.getvalue())
