"""Makes all packs of a batch: recorded one by one, gone on with where it stopped.

Orders are taken in windows, which bounds the memory: the leaves that a window lacks are typeset, each once, then its
packs are bound while those of the next are planned and typeset.
"""

from __future__ import annotations

import errno
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit_builder.atomic_files import refuse_special, replace_bytes
from toolkit_builder.batch import pack_table, pool
from toolkit_builder.batch.orders import Order
from toolkit_builder.batch.pack_table import PackTable
from toolkit_builder.batch.packs import PAGES, Bindery, Pack, PackFile, PackFormats, set_of, zip_name
from toolkit_builder.batch.pool import StartWorkers, WorkerPool
from toolkit_builder.batch.record import BatchRecord, PackEntry, undivided
from toolkit_builder.batch.tasks import Binding
from toolkit_builder.errors import MachineError
from toolkit_builder.output import MANIFEST, Stage, list_made, made_from, manifest_of, stage
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.store.storage import Where, storage_at
from toolkit_builder.press.store.store import OverlayStore
from toolkit_builder.progress import Event, Progress, Report
from toolkit_builder.project import Project

TOGETHER = 20
"""No task is of more packs: so few are soon made, and so few are lost with a process."""
_OF_ALL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""Errors that the next pack would meet too."""
WINDOW = 100
"""At least so many packs are typeset together, so that no process waits long for another."""


@dataclass(frozen=True)
class Settings:
    """Where a batch is made and how: `project_state` stands for all that its packs have in common.

    `jobs` processes may take `memory` MB each (0: any). `results`: where packs are written by those who make them;
    None: they come back, and go to `output`. `formats`: what packs come as.
    """

    root: Path
    output: Path
    cache: Where | None
    project_state: str
    jobs: int
    memory: int = 0
    force: bool = False
    zipped: bool = False
    retry_failed: bool = False
    cluster: str = ""
    results: Where | None = None
    formats: PackFormats = PAGES


@dataclass
class BatchProgress:
    """How far a batch is. `over`: what became of each pack so far, by its id (made, current, failed); `step`: the one
    that it is at, if it is one that is counted; `notices`: what editions do not show, and in how many packs.
    """

    total: int
    made: int = 0
    current: int = 0
    failed: list[str] = field(default_factory=list)
    over: dict[str, str] = field(default_factory=dict)
    step: Progress | None = None
    begun: float = field(default_factory=time.monotonic)
    notices: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        return self.made + self.current + len(self.failed)

    def __str__(self) -> str:
        rate = (self.made + len(self.failed)) / max(0.001, time.monotonic() - self.begun)
        parts = [f"{self.done} of {self.total} packs"]
        parts += [f"{len(self.failed)} failed"] if self.failed else []
        parts += [f"{rate:.1f} a second", f"{(self.total - self.done) / rate:.0f} s left"] if rate else []
        parts += [str(self.step)] if self.step else []
        return ", ".join(parts)


class Batch:
    """One run."""

    def __init__(self, settings: Settings, orders: Sequence[Order], pack_table: PackTable | None = None) -> None:
        """`pack_table`: what `packs.csv` is made from, with packs that are not to be made too; None: no table."""
        self.settings = settings
        self.pack_table = pack_table
        self.record = BatchRecord(settings.output)
        state = settings.project_state, settings.formats
        self.keys = {order.id: digest_of(state, order.digest) for order in orders}
        self.orders = list(orders)
        self.place = storage_at(settings.results or settings.output)
        self.progress = BatchProgress(len(self.orders))

    def outstanding(self) -> list[Order]:
        """The orders whose packs are not there as they would be made now. With `retry_failed`, of those that failed."""
        chosen = [order for order in self.orders if not self.is_current(order)]
        if self.settings.retry_failed:
            entries = self.record.entries
            chosen = [order for order in chosen if order.id in entries and entries[order.id].state == "failed"]
        return chosen

    def is_current(self, order: Order) -> bool:
        entry = self.record.entries.get(order.id)
        if self.settings.force or not entry or entry.state != "made" or entry.key != self.keys[order.id]:
            return False
        if self.settings.zipped and all(file["path"] != zip_name(order.id) for file in entry.files):
            return False
        return all(self._digest(made.path) == made.sha256 for made in map(made_from, entry.files))

    def run(self, report: Callable[[BatchProgress], None], workers: StartWorkers | None = None) -> BatchProgress:
        """Make what is outstanding. The record and the manifest are true however this ends.

        `workers`: who does the work; None: processes of its own, or the cluster of its settings. Raises MachineError if
        files cannot be written.
        """
        orders = self.outstanding()
        there = {} if self.settings.retry_failed else {order.id: "current" for order in self.orders}
        over = {pack: state for pack, state in there.items() if pack not in {order.id for order in orders}}
        progress = self.progress = BatchProgress(len(orders) + len(over), current=len(over), over=over)
        try:
            with stage(self.settings.output) as files:
                refuse_special(self.record.path)

                def take(pack: Pack) -> None:
                    with undivided():  # an interruption waits: nothing has its name that is not recorded and counted
                        pack = self._kept(files, pack)
                        progress.made += 0 if pack.faults else 1
                        progress.failed += [pack.id] if pack.faults else []
                        progress.notices.update(pack.notices)
                        progress.over[pack.id] = "failed" if pack.faults else "made"
                    report(progress)

                def say(event: Event) -> None:
                    progress.step = event if isinstance(event, Progress) and event.total else None
                    report(progress)

                if orders:
                    report(progress)
                    self._make(orders, take, say, workers or self._start_workers(orders))
        finally:
            self.record.compact()
            self._list()
        return progress

    def tabulate(self) -> str:
        """Write `packs.csv` beside the packs; why that cannot be, which harms no pack, or nothing."""
        if self.pack_table is None or not self.record.entries:
            return ""
        data = self.pack_table.csv(self.record.entries)
        try:
            if self.settings.results is None:
                replace_bytes(self.settings.output / pack_table.FILE, data)
            else:
                self.place.write(pack_table.FILE, data)
        except MachineError as error:
            return error.message
        except OSError as error:
            return f"{pack_table.FILE} cannot be written ({error.strerror})"
        return ""

    def left_over(self) -> list[str]:
        """What of earlier runs stands in the output folder and is not of these packs. Nothing is ever deleted."""
        if self.pack_table is None or self.settings.results is not None:
            return []
        return list(pack_table.left_over(self.settings.output, self.pack_table.ids, self.record.entries))

    def _make(
        self, orders: Sequence[Order], take: Callable[[Pack], None], say: Report, start_workers: StartWorkers
    ) -> None:
        settings = self.settings
        zipped = self._to_be_zipped(orders)
        task = Binding(
            settings.root, settings.project_state, settings.cache, settings.results, zipped, settings.formats
        )
        with WorkerPool(start_workers, take) as workers:
            store = OverlayStore(settings.cache, {})
            bindery = Bindery(Project(settings.root), store, workers.typeset, settings.formats)
            for window in _parts(orders, max(WINDOW, TOGETHER * workers.running.processes)):
                planned = bindery.prepare(window, say)
                kept: set[str] = set()
                for part in _parts(window, max(1, min(TOGETHER, len(window) // workers.running.processes))):
                    plates = bindery.plates(planned, part, everything=not workers.running.share_store)
                    workers.bind(replace(task, orders=part, plates=plates))
                    kept |= plates.keys()
                bindery.forget(but=kept)
            workers.finish()

    def _to_be_zipped(self, orders: Sequence[Order]) -> frozenset[str]:
        """All if that was asked for, and those that have a zip: one that was left would disagree with its pack."""
        return frozenset(order.id for order in orders if self.settings.zipped or self._is_there(zip_name(order.id)))

    def _start_workers(self, orders: Sequence[Order]) -> StartWorkers:
        settings = self.settings
        if not settings.cluster:
            return lambda: pool.local_workers(settings.jobs, settings.memory, settings.cache)
        from toolkit_builder.batch.dask_cluster import cluster_workers
        from toolkit_builder.batch.project_bundle import packed

        bundle = packed(settings.root, orders)
        return lambda: cluster_workers(settings.cluster, bundle, settings.cache)

    def _kept(self, files: Stage, pack: Pack) -> Pack:
        """Give a pack's files their names, all of them together, and record it; the pack as it was recorded."""
        for file in pack.files:
            fault = self._write(files, file)
            if fault:
                pack = replace(pack, files=(), faults=(fault,))
                break
        for file in pack.files:
            fault = self._name(files, file)
            if fault:
                pack = replace(pack, files=(), faults=(fault,))
                break
        self._clear_sets(pack)
        state = "failed" if pack.faults else "made"
        entries = tuple(file.made.entry() for file in pack.files)
        self.record.add(PackEntry(pack.id, state, self.keys[pack.id], round(pack.seconds, 3), entries, pack.faults))
        return pack

    def _write(self, files: Stage, file: PackFile) -> str:
        """Write a file to the stage, if it was brought back; or say why it cannot have its name."""
        path = file.made.path
        if file.data is None:
            lacking = f"{path} was written, but {self.settings.results} does not have it from here"
            return "" if self._is_there(path) else f"{lacking}; name a place that all machines see"
        try:
            refuse_special(self.settings.output / path)
            files.path(path).write_bytes(file.data)
        except MachineError as error:
            return error.message
        except OSError as error:
            if error.errno not in (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ):
                raise self._stopped(path, error) from None
            return f"no file can be called {path} ({error.strerror}); give the partnership a shorter id"
        return ""

    def _name(self, files: Stage, file: PackFile) -> str:
        """Give a file that was written to the stage its final name; or say why it cannot have it."""
        path = file.made.path
        try:
            if file.data is not None:
                files.move(path)
        except MachineError as error:
            return error.message
        except OSError as error:
            if error.errno in _OF_ALL:
                raise self._stopped(path, error) from None
            where = self.settings.output / path
            return f"{where} cannot be written ({error.strerror}); see to its folder, or whether a program has it open"
        return ""

    def _clear_sets(self, pack: Pack) -> None:
        """Remove from folders that were made anew what was made in them before and is not in them any more: somebody
        publishes them as they are.
        """
        before, now = self.record.entries.get(pack.id), {file.made.path for file in pack.files}
        sets = {set_of(path) for path in now} - {""}
        if before is None or not sets or self.settings.results is not None:
            return
        for old in map(made_from, before.files):
            if set_of(old.path) in sets and old.path not in now and self._digest(old.path) == old.sha256:
                with suppress(OSError):
                    (self.settings.output / old.path).unlink()

    def _stopped(self, path: str, error: OSError) -> MachineError:
        """What no pack could be written for. Those that were are whole, and recorded."""
        where = f"{self.settings.output / path} cannot be written ({error.strerror})"
        return MachineError(f"{where}; packs that were made are whole, and the same command goes on from there")

    def _list(self) -> None:
        made = [made_from(file) for entry in self.record.entries.values() for file in entry.files]
        if self.settings.results is None:
            list_made(self.settings.output, made)
        else:
            self.place.write(MANIFEST, manifest_of(made).encode())

    def _digest(self, name: str) -> str:
        try:
            return hashlib.sha256(self.place.read(name)).hexdigest()
        except OSError:
            return ""

    def _is_there(self, name: str) -> bool:
        try:
            self.place.age(name)
        except OSError:
            return False
        return True


def _parts(orders: Sequence[Order], size: int) -> Iterator[Sequence[Order]]:
    return (orders[at : at + size] for at in range(0, len(orders), size))
