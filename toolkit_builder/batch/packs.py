"""Makes packs: plans several together, has the leaves that they lack typeset together, then binds each."""

from __future__ import annotations

import contextlib
import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from toolkit_builder.batch.orders import Order
from toolkit_builder.build import document, targets
from toolkit_builder.catalogue.loading import load
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.reading_options import USUAL_READING, ReadingOptions
from toolkit_builder.editions.making import Editions
from toolkit_builder.errors import FaultsError, MachineError, ToolkitError, UsageError
from toolkit_builder.file_names import PACKS
from toolkit_builder.job_ticket import JobTicket, job_ticket
from toolkit_builder.output import FileFacts, MadeFile
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.store.store import OverlayStore
from toolkit_builder.press.typesetting.jobs import TypesettingBackend
from toolkit_builder.press.units import PreparedPlan
from toolkit_builder.progress import Event, Notice, Phase, Progress, Report, silent
from toolkit_builder.project import Project
from toolkit_builder.request import FileFormat, Request
from toolkit_builder.target import Target

PDF: FileFormat = "pdf"
_PACKED = (".pdf", ".epub", ".docx", ".png", ".woff2")
"""Files that a zip does not make smaller."""

Before = TypeVar("Before")
After = TypeVar("After")


@dataclass(frozen=True)
class PackFile:
    """A finished file: what the manifest says of it, and its bytes; None if these were written already."""

    made: MadeFile
    data: bytes | None


@dataclass(frozen=True)
class Pack:
    """What came of an order: files, or faults; the seconds that it took; and what there is to tell of its editions."""

    id: str
    files: tuple[PackFile, ...]
    faults: tuple[str, ...]
    seconds: float
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackFormats:
    """What the products of a pack come as: pages (`pdf`), and editions without pages, which are made as `reading`
    says. A product that does not come in a format is left out of it.
    """

    formats: tuple[FileFormat, ...] = (PDF,)
    reading: ReadingOptions = USUAL_READING

    @property
    def has_pages(self) -> bool:
        return PDF in self.formats

    @property
    def editions(self) -> tuple[FileFormat, ...]:
        return tuple(each for each in self.formats if each != PDF)

    def tickets(self, request: Request, ticket_of: Callable[[Request], JobTicket]) -> dict[FileFormat, JobTicket]:
        """A ticket for each format in which any of the products come. Raises UsageError if there is none."""
        found: dict[FileFormat, JobTicket] = {}
        refusals: list[UsageError] = []
        for each in self.formats:
            try:
                found[each] = ticket_of(replace(request, file_format=each))
            except UsageError as error:
                refusals.append(error)
        if refusals and not found:
            raise UsageError(" ".join(error.message for error in refusals))
        return found


PAGES = PackFormats()


@dataclass
class Planned:
    """Numbered plans by the ids of their orders, and what is wrong with the orders that have none. `typeset`: the same
    plans as they were in the end, with leaves in one size and those that ran over counted.
    """

    plans: dict[str, list[PreparedPlan]] = field(default_factory=dict)
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    typeset: dict[str, list[PreparedPlan]] = field(default_factory=dict)

    def every(self) -> list[PreparedPlan]:
        return [plan for plans in self.plans.values() for plan in plans]

    def note_typeset(self, plans: Iterable[PreparedPlan]) -> None:
        """Take in what came of `every`, in its order."""
        done = iter(plans)
        self.typeset = {order: list(islice(done, len(some))) for order, some in self.plans.items()}

    def stages_of(self, order: str) -> list[PreparedPlan]:
        """The plans of an order, as they were numbered and as they were typeset: binding goes through both."""
        return [*self.plans.get(order, ()), *self.typeset.get(order, ())]


class Bindery:
    """Makes packs of one project, one batch of orders after the other; `backend` typesets for it."""

    def __init__(
        self,
        project: Project,
        store: OverlayStore,
        backend: TypesettingBackend | None = None,
        formats: PackFormats = PAGES,
    ) -> None:
        self.project = project
        self.formats = formats
        self.store = store
        self.catalogue = load(project)
        self.partnerships = Partnerships(project, self.catalogue)
        self.press = Press(project, self.catalogue, store, processes=1, backend=backend)

    def unpack(self, where: Where | None, plates: Mapping[str, bytes]) -> None:
        """Take plates from these from now on, and from the store there."""
        self.store = self.press.store = OverlayStore(where, dict(plates))

    def make(self, orders: Sequence[Order], *, zipped: Collection[str] = ()) -> Iterator[Pack]:
        """The packs of these orders, those of the ids in `zipped` with a zip. One that is wrong stops no other.

        Raises MachineError if the machine lacks something.
        """
        start = time.perf_counter()
        planned = self.plan(orders) if self.formats.has_pages else Planned()
        planned.plans = _for_all(planned.plans, self.press.typeset, planned.faults)
        share = (time.perf_counter() - start) / max(1, len(orders))
        for order in orders:
            begun = time.perf_counter()
            files: tuple[PackFile, ...] = ()
            told: list[str] = []
            try:
                if order.id not in planned.faults:
                    files = self.files(order, planned.plans.get(order.id, []), order.id in zipped, told.append)
            except Exception as error:
                planned.faults[order.id] = _said(error)
            seconds = share + time.perf_counter() - begun
            yield Pack(order.id, files, planned.faults.get(order.id, ()), seconds, tuple(told))

    def prepare(self, orders: Sequence[Order], report: Report) -> Planned:
        """Have all leaves typeset that these orders want and that are not there. What is wrong is left for `make`."""
        if not self.formats.has_pages:
            return Planned()
        planned = self.plan(orders, report)
        with contextlib.suppress(FaultsError, KeyError):  # KeyError: a leaf that nobody could typeset
            planned.note_typeset(self.press.typeset(planned.every(), report))
        report(Progress(Phase.BINDING))
        return planned

    def plates(self, planned: Planned, orders: Sequence[Order], *, everything: bool) -> dict[str, bytes]:
        """What binding these orders takes out of the store: everything, or only what the store's place has refused."""
        if not everything and not self.store.entries:
            return {}
        needed: set[str] = set()
        for order in orders:
            for plan in planned.stages_of(order.id):
                with contextlib.suppress(KeyError):  # what is wrong has no plate
                    needed |= self.press.needs(plan)
        chosen = needed if everything else needed & self.store.entries.keys()
        return {key: data for key in chosen if (data := self.store.get(key)) is not None}

    def forget(self, but: Collection[str]) -> None:
        """Keep nothing of what the store's place has refused but this."""
        self.store.entries = {key: data for key, data in self.store.entries.items() if key in but}

    def plan(self, orders: Sequence[Order], report: Report = silent) -> Planned:
        """The plans of packs, their open-ended leaves typeset and counted."""
        planned = Planned()
        plans: dict[str, list[Plan]] = {}
        positions: dict[str, tuple[str, int, int]] = {}
        for order in orders:
            try:
                partnership = order.partnership(self.partnerships)
                positions |= partnership.positions
                plans[order.id] = self.tickets(partnership)[PDF].plans()
            except Exception as error:
                planned.faults[order.id] = _said(error)
        self.press.learn(positions)
        planned.plans = _for_all(plans, lambda some: self.press.numbered(some, report), planned.faults)
        return planned

    def tickets(self, partnership: Partnership) -> dict[FileFormat, JobTicket]:
        """The tickets of a pack, by format. Raises UsageError if its products come in none."""
        products = self.partnerships.products
        return self.formats.tickets(
            Request(self.project), lambda request: job_ticket(request, self.catalogue, products, partnership)
        )

    def files(
        self, order: Order, plans: Sequence[PreparedPlan], zipped: bool, tell: Callable[[str], None] = lambda _: None
    ) -> tuple[PackFile, ...]:
        """The finished files of an order whose plans are typeset; with `zipped` also one with all of them in it. `tell`
        is told what editions do not show.
        """
        files = [self._file(target) for target in targets(self.press, plans)]
        if self.formats.editions:
            files += self._editions(order, tell)
        return (*files, _zipped(order.id, files)) if zipped and files else tuple(files)

    def _file(self, target: Target) -> PackFile:
        made = document(self.press, target)
        return _file_of(target.name, target.facts, made.pages, made.data)

    def _editions(self, order: Order, tell: Callable[[str], None]) -> Iterator[PackFile]:
        """The files of an order's editions without pages."""

        def report(event: Event) -> None:
            if isinstance(event, Notice):
                tell(event.text)

        for file_format, ticket in self.tickets(order.partnership(self.partnerships)).items():
            if file_format == PDF:
                continue
            editions = Editions(
                self.project, ticket, self.formats.reading.of(file_format), self.store, self.press.templates
            )
            for plan in ticket.plans():
                for name, facts, file in editions.made(plan, file_format, report).listed():
                    yield _file_of(name, facts, file.pages, file.data)


def _for_all(
    plans: Mapping[str, list[Before]],
    work: Callable[[list[Before]], list[After]],
    faults: dict[str, tuple[str, ...]],
) -> dict[str, list[After]]:
    """Do it for the plans of all orders together; if that fails, for each by itself, to see whose fault it is.

    Faults are added to `faults`; orders that have some are left out. Raises MachineError if the machine lacks
    something.
    """
    try:
        done = iter(work([plan for some in plans.values() for plan in some]))
        return {order: list(islice(done, len(some))) for order, some in plans.items()}
    except MachineError:
        raise
    except Exception:
        done_singly: dict[str, list[After]] = {}
        for order, some in plans.items():
            try:
                done_singly[order] = work(some)
            except Exception as error:
                faults[order] = _said(error)
        return done_singly


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


def zip_name(pack: str) -> str:
    """What the zip of a pack is called, relative to the output folder."""
    return f"{PACKS}/{pack}/{pack}.zip"


def within_pack(path: str) -> str:
    """What a file is called in the folder of its pack: a name, or a path in a folder of web pages."""
    return path.split("/", 2)[2]


def set_of(path: str) -> str:
    """The folder of web pages or of braille that a file lies in; empty if it lies in none."""
    folder, slash, _ = within_pack(path).partition("/")
    return folder if slash else ""


def _zipped(pack: str, files: Sequence[PackFile]) -> PackFile:
    """All files of a pack in one, the same bytes each time: no times, the files in order, not packed twice."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files, key=lambda file: file.made.path):
            entry = zipfile.ZipInfo(within_pack(file.made.path), (1980, 1, 1, 0, 0, 0))
            is_packed = entry.filename.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.data or b"")
    first = files[0].made.facts
    facts = FileFacts("zip", first.languages, "", first.partnership, first.actions)
    return _file_of(zip_name(pack), facts, sum(file.made.pages for file in files), data.getvalue())
