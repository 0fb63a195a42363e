"""Those who do a batch's tasks, here or elsewhere, and what happens when one of them dies.

Typesetting is waited for; packs are bound in the meantime, and taken as they are finished. A process that dies is
replaced. Leaves that were lost with it are typeset once more; packs are tried once more at the end, each by itself,
so that the one with which processes die is known and reported.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from toolkit_builder.batch.packs import Pack
from toolkit_builder.batch.tasks import Binding, Task, Typesetting, run
from toolkit_builder.errors import MachineError
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.chunks import CHUNK, LARGEST, in_chunks
from toolkit_builder.press.typesetting.jobs import Outcome, TypesettingJob
from toolkit_builder.press.typesetting.process_pool import pool
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.progress import Phase, Progress, Report

_TRIES = 3
"""So often processes are started that end at once."""
_LOOK_EVERY = 0.3
"""Seconds after which those who are waited for are looked at."""
_SHOWN = digest_of("does everybody see this?")
_DIED_TWICE = "the process that made it was ended from outside, twice; perhaps memory ran out"


@dataclass(frozen=True)
class RunningWorkers:
    """Processes at work: how to submit a task, how many they are, whether all of them see the store, and what it
    looks like when one dies. `check` is called while they are waited for; it raises MachineError if that is in vain.
    """

    submit: Callable[[Task], Future[Any]]
    processes: int
    share_store: bool
    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool, MemoryError)
    check: Callable[[], None] = lambda: None


StartWorkers = Callable[[], AbstractContextManager[RunningWorkers]]


@contextmanager
def local_workers(processes: int, memory: int, cache: Where | None) -> Iterator[RunningWorkers]:
    """Processes of this machine, each of which may take `memory` MB (0: any)."""
    with pool(processes, memory) as executor:
        executor.submit(can_see, cache, b"").result()  # what is shown after they began is not in their memory already
        share_store = executor.submit(can_see, cache, show(cache)).result()
        yield RunningWorkers(lambda task: executor.submit(run, task), processes, share_store)


@contextmanager
def standing_workers(
    standing: StandingPool, cache: Where | None, check: Callable[[], None] = lambda: None
) -> Iterator[RunningWorkers]:
    """Processes that stay when the batch is over; what they have not begun then is not done. `check`: as
    `RunningWorkers` has it; it may raise StoppedError.
    """
    submitted: list[Future[Any]] = []

    def submit(task: Task) -> Future[Any]:
        submitted.append(standing.submit(run, task))
        return submitted[-1]

    try:
        share_store = standing.submit(can_see, cache, show(cache)).result()
        yield RunningWorkers(submit, standing.processes, share_store, check=check)
    finally:
        for future in submitted:
            future.cancel()


def show(cache: Where | None) -> bytes:
    """Put something into the store that others can look for; empty if the store does not take it."""
    shown = secrets.token_bytes(8)
    return shown if Store(cache).put(_SHOWN, shown) else b""


def can_see(cache: Where | None, shown: bytes) -> bool:
    """Whether this process finds in the store what another has shown."""
    return shown != b"" and Store(cache).get(_SHOWN) == shown


class WorkerPool:
    """The processes that `start_workers` gives; `take` is given each pack that is finished."""

    def __init__(self, start_workers: StartWorkers, take: Callable[[Pack], None]) -> None:
        self._start_workers = start_workers
        self._take = take
        self._stack = ExitStack()
        self._binding: dict[Future[Any], Binding] = {}
        self._lost: list[Binding] = []

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def typeset(self, jobs: Sequence[TypesettingJob], report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
        """Typesets for a press (`TypesettingBackend`). Leaves with which processes die twice are left untypeset."""
        waiting: dict[Future[Any], tuple[TypesettingJob, bool]] = {}
        for job in self._chunks(jobs):
            waiting[self._submit(Typesetting(*job))] = job, True
        total = sum(len(job[1]) for job, _ in waiting.values())
        while waiting:
            left = sum(len(job[1]) for job, _ in waiting.values())
            report(Progress(Phase.TYPESETTING, done=total - left, total=total))
            for future in self._done(waiting):
                job, may_try_again = waiting.pop(future)
                try:
                    yield job[0], future.result()
                except self.running.deaths:
                    if may_try_again:
                        waiting[self._submit(Typesetting(*job))] = job, False

    def bind(self, task: Binding) -> None:
        """Have packs bound; they are taken as they are finished."""
        self._binding[self._submit(task)] = task

    def finish(self) -> None:
        """Wait for all packs, and try those once more that were lost."""
        while self._binding:
            self._done(())
        for task in self._lost:
            future = self._submit(task)
            self._wait([future])
            try:
                packs = future.result()
            except self.running.deaths:
                packs = [Pack(order.id, (), (_DIED_TWICE,), 0) for order in task.orders]
            for pack in packs:
                self._take(pack)

    def _chunks(self, jobs: Sequence[TypesettingJob]) -> Iterator[TypesettingJob]:
        """Few large documents, but as many for each process."""
        total = sum(len(leaves) for _, leaves in jobs)
        rounds = math.ceil(total / LARGEST / self.running.processes)
        size = math.ceil(total / max(1, rounds * self.running.processes))
        for style_set, leaves in jobs:
            for chunk in in_chunks(leaves, max(size, CHUNK)):
                yield style_set, chunk

    def _done(self, awaited: Collection[Future[Any]]) -> list[Future[Any]]:
        """Those of the awaited that are done, once something is. Packs that are finished are taken."""
        done = self._wait([*awaited, *self._binding])
        for future in done & self._binding.keys():
            task = self._binding.pop(future)
            try:
                packs = future.result()
            except self.running.deaths:
                self._lost += task.singly()
            else:
                for pack in packs:
                    self._take(pack)
        return [future for future in done if future in awaited]

    def _wait(self, futures: Sequence[Future[Any]]) -> set[Future[Any]]:
        while True:
            self.running.check()
            done = wait(futures, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED).done
            if done:
                return done

    def _submit(self, task: Task) -> Future[Any]:
        try:
            return self.running.submit(task)
        except BrokenProcessPool:
            self._stack.close()
            self._begin()
            return self.running.submit(task)

    def _begin(self) -> None:
        for _ in range(_TRIES):
            with suppress(BrokenProcessPool):
                self.running = self._stack.enter_context(self._start_workers())
                return
        raise MachineError(
            "processes are ended from outside as soon as they begin; perhaps memory ran out: try --jobs 1"
        )
