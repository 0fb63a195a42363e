"""Makes all packs of a batch: by several processes, recorded one by one, gone on with where it stopped.

A process that dies is replaced, and each of its packs tried once more by itself; one with which a process dies twice is
reported as failed.
"""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from toolkit_builder.output import Facts, Made, Stage, list_made, stage
from toolkit_builder.packs.cluster import cluster, make_elsewhere, packed
from toolkit_builder.packs.making import TOGETHER, File, Pack, make_packs
from toolkit_builder.packs.orders import Order
from toolkit_builder.packs.record import Entry, Record
from toolkit_builder.press.plates import digest_of
from toolkit_builder.press.workers import pool

AHEAD = 2
"""So many tasks a process wait for it; more would only be kept in memory."""


@dataclass(frozen=True)
class Settings:
    """Where a batch is made and how: `project_state` stands for all that its packs have in common."""

    root: Path
    output: Path
    cache: Path | None
    project_state: str
    jobs: int
    force: bool = False
    zipped: bool = False
    retry_failed: bool = False
    cluster: str = ""


@dataclass
class Progress:
    """How far a batch is."""

    total: int
    made: int = 0
    current: int = 0
    failed: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        return self.made + self.current + len(self.failed)

    def __str__(self) -> str:
        seconds = time.monotonic() - self.begun
        rate = (self.made + len(self.failed)) / seconds if seconds else 0
        left = f", {(self.total - self.done) / rate:.0f} s left" if rate else ""
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"{self.done} of {self.total} packs{failed}, {rate:.1f} a second{left}"


class Batch:
    """One run."""

    def __init__(self, settings: Settings, orders: Sequence[Order]) -> None:
        self.settings = settings
        settings.output.mkdir(parents=True, exist_ok=True)
        self.record = Record(settings.output)
        self.keys = {order.id: digest_of(settings.project_state, order.digest, settings.zipped) for order in orders}
        self.orders = list(orders)

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
        return all(_digest(self.settings.output / one["path"]) == one["sha256"] for one in entry.files)

    def run(self, report: Callable[[Progress], None]) -> Progress:
        """Make what is outstanding. The record and the manifest are true however this ends.

        Raises MachineError if files cannot be written.
        """
        orders = self.outstanding()
        progress = Progress(len(self.orders), current=len(self.orders) - len(orders))
        if self.settings.retry_failed:
            progress = Progress(len(orders))
        try:
            with stage(self.settings.output) as files:
                for pack in self._packs(orders):
                    self._keep(files, pack)
                    if pack.faults:
                        progress.failed.append(pack.id)
                    else:
                        progress.made += 1
                    report(progress)
        finally:
            self.record.compact()
            self._list()
        return progress

    def _packs(self, orders: Sequence[Order]) -> Iterator[Pack]:
        """Packs as they are finished; what was lost with a process is tried once more, each pack by itself."""
        size = max(1, min(TOGETHER, len(orders) // self.settings.jobs or 1))
        lost: list[Order] = []
        yield from self._tasks([orders[at : at + size] for at in range(0, len(orders), size)], lost)
        for order in lost:
            again: list[Order] = []
            yield from self._tasks([[order]], again)
            if again:
                fault = "the process that made it was ended from outside, twice; perhaps memory ran out"
                yield Pack(order.id, (), (fault,), 0)

    def _tasks(self, tasks: Sequence[Sequence[Order]], lost: list[Order]) -> Iterator[Pack]:
        waiting = list(tasks)
        while waiting:
            with self._workers() as executor:
                running: dict[Future[list[Pack]], Sequence[Order]] = {}
                try:
                    while waiting or running:
                        while waiting and len(running) < AHEAD * self.settings.jobs:
                            orders = waiting.pop(0)
                            running[self._submit(executor, orders)] = orders
                        for future in wait(running, return_when=FIRST_COMPLETED).done:
                            packs = future.result()
                            del running[future]
                            yield from packs
                except BrokenProcessPool:
                    done = [future for future in running if future.done() and not future.exception()]
                    for future in done:
                        running.pop(future)
                        yield from future.result()
                    lost += [order for orders in running.values() for order in orders]

    def _workers(self) -> AbstractContextManager[Executor]:
        return cluster(self.settings.cluster) if self.settings.cluster else pool(self.settings.jobs)

    def _submit(self, executor: Executor, orders: Sequence[Order]) -> Future[list[Pack]]:
        settings = self.settings
        if settings.cluster:
            return executor.submit(make_elsewhere, self._project, settings.root, settings.cache, orders)
        return executor.submit(make_packs, settings.root, settings.cache, orders)

    @cached_property
    def _project(self) -> bytes:
        return packed(self.settings.root)

    def _keep(self, files: Stage, pack: Pack) -> None:
        """Give a pack's files their names, all of them together, and record it."""
        made = list(pack.files)
        if self.settings.zipped and made:
            made.append(_zipped(pack.id, made))
        entries = []
        for one in made:
            files.path(one.name).write_bytes(one.data)
            digest = hashlib.sha256(one.data).hexdigest()
            entries.append(Made(one.name, one.facts, one.pages, digest).entry())
        for one in made:
            target = self.settings.output / one.name
            target.parent.mkdir(parents=True, exist_ok=True)
            files.path(one.name).replace(target)
        state = "failed" if pack.faults else "made"
        key = self.keys[pack.id]
        self.record.add(Entry(pack.id, state, key, round(pack.seconds, 3), tuple(entries), pack.faults))

    def _list(self) -> None:
        made = []
        for entry in self.record.entries.values():
            for one in entry.files:
                languages, actions = tuple(one["languages"]), tuple(one["actions"])
                facts = Facts(one["product"], languages, one["layout"], one["partnership"], actions)
                made.append(Made(one["path"], facts, one["pages"], one["sha256"]))
        list_made(self.settings.output, made)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _zipped(pack: str, files: Sequence[File]) -> File:
    """All files of a pack in one, the same bytes each time: no times, the files in order, not packed twice."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for one in sorted(files, key=lambda one: one.name):
            entry = zipfile.ZipInfo(one.name.rpartition("/")[2], (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, one.data)
    first = files[0].facts
    facts = Facts("zip", first.languages, "", first.partnership, first.actions)
    return File(f"packs/{pack}/{pack}.zip", facts, sum(one.pages for one in files), data.getvalue())
