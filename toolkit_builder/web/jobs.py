"""Work for the press: a queue with bounds, and two threads that work it off, one thing at a time each. One has a warm
press, for what somebody waits for; the other makes the packs of spreadsheets, which takes longer.
"""

from __future__ import annotations

import datetime
import itertools
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit_builder.batch.pool import StartWorkers, standing_workers
from toolkit_builder.batch.request import BatchRequest, open_batch
from toolkit_builder.batch.run import Batch, BatchProgress
from toolkit_builder.build import make
from toolkit_builder.errors import Fault, FaultsError, StoppedError, ToolkitError
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.progress import Event, Notice, Phase, Progress
from toolkit_builder.request import Request, Result
from toolkit_builder.warm_press import WarmPress

MOST_WAITING = 20
"""Jobs of all sessions together that wait or are worked at."""
MOST_OF_ONE = 4
"""Jobs of one session that wait or are worked at."""
MOST_PAGES = 3_000
"""Pages that one job may have to typeset."""
MOST_SECONDS = 900.0
"""What one job may take."""
MOST_KEPT = 30
"""Finished jobs of a session that can still be fetched; older ones go, with their files."""
MOST_PREVIEWS = 3
"""The same of previews: those before the last are still being looked at for a moment."""


class State(StrEnum):
    """Where a job is. The last three are its ends."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    WRONG = "wrong"
    STOPPED = "stopped"


class Trouble(StrEnum):
    """Why a job was ended that nobody stopped: words of the page (`job.NAME`)."""

    NONE = ""
    PAGES = "too_many_pages"
    TIME = "too_long"
    DEFECT = "defect"


class BusyError(Exception):
    """The queue has no room; `own`: since this session has as many jobs as it may."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("own" if own else "all")
        self.own = own


@dataclass
class PackOfJob:
    """A pack that a job makes: the partnership's names, and what became of it (waiting, made, current, failed)."""

    names: tuple[str, ...]
    state: str = "waiting"


@dataclass
class Job:
    """Something to make, whose it is, and how far it has come. `version` grows with each change; `query`: the form that
    asked for it; `packs`: of a spreadsheet, by their ids, which `done` and `total` count then; `look_for`: a text whose
    place on the pages is looked for; `causes`: where what a fault is about can be changed, by its file, `#` and its
    key: `#FIELD` beside the pages, or the address of a page; `subjects`: by the fields of the form beside it, what
    stands on the page that a field is about, the text itself and what it is said of; `is_of_sheets`: of what it makes,
    only sheets are looked at.
    """

    request: Request | BatchRequest
    owner: str
    is_preview: bool = False
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: State = State.WAITING
    phase: Phase | None = None
    done: int = 0
    total: int = 0
    result: Result | None = None
    message: str = ""
    trouble: Trouble = Trouble.NONE
    notices: list[Notice] = field(default_factory=list)
    version: int = 0
    is_unwanted: bool = False
    query: str = ""
    packs: dict[str, PackOfJob] = field(default_factory=dict)
    step: Progress | None = None
    look_for: str = ""
    causes: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    is_of_sheets: bool = False
    asked_at: datetime.datetime = field(default_factory=datetime.datetime.now)

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.WRONG, State.STOPPED)

    @property
    def is_of_packs(self) -> bool:
        """Whether it makes the packs of a spreadsheet."""
        return isinstance(self.request, BatchRequest)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.result.faults if self.result else ()

    def cause(self, fault: Fault) -> str:
        """Where what a fault is about can be changed; empty if that is not known."""
        return self.causes.get(f"{fault.file}#{fault.where}", "")


class JobQueue:
    """All jobs, for a `with` statement: one thread works them off, those of previews first; another those of
    spreadsheets, which `packers` do (None: processes that are started for each).
    """

    def __init__(self, warm: WarmPress | None = None, packers: StandingPool | None = None) -> None:
        self._warm = warm
        self._packers = packers
        self._changed = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: list[tuple[bool, int, Job]] = []
        self._numbers = itertools.count()
        self._is_closing = False
        self._workers = [
            threading.Thread(target=self._work, args=(of_packs,), name=name, daemon=True)
            for of_packs, name in ((False, "press"), (True, "packs"))
        ]

    def __enter__(self) -> JobQueue:
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, wait: float = 1.0) -> None:
        """Stop what is worked at and take no more; wait so many seconds at most for it to end."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        end = time.monotonic() + wait
        for worker in self._workers:
            if worker.is_alive():
                worker.join(max(end - time.monotonic(), 0))

    @property
    def is_warm(self) -> bool:
        """Whether its press stays from one job to the next."""
        return self._warm is not None

    @property
    def is_closing(self) -> bool:
        return self._is_closing

    def submit(self, job: Job) -> Job:
        """Put a job in the queue. A preview takes the place of those that its session asked for before.

        Raises BusyError if there is no room.
        """
        with self._changed:
            if job.is_preview:
                for other in self._jobs.values():
                    if other.owner == job.owner and other.is_preview and not other.is_over:
                        self._stop(other)
            open_jobs = [other for other in self._jobs.values() if not other.is_over and not other.is_unwanted]
            if len(open_jobs) >= MOST_WAITING:
                raise BusyError(own=False)
            if sum(other.owner == job.owner for other in open_jobs) >= MOST_OF_ONE:
                raise BusyError(own=True)
            self._forget_old(job.owner)
            self._jobs[job.key] = job
            self._waiting.append((not job.is_preview, next(self._numbers), job))
            self._waiting.sort(key=lambda each: each[:2])
            self._changed.notify_all()
        return job

    def find(self, key: str, owner: str) -> Job | None:
        """A job of a session."""
        job = self._jobs.get(key)
        return job if job and job.owner == owner else None

    def of(self, owner: str, *, of_packs: bool = False) -> list[Job]:
        """The jobs of a session that are no previews, the newest first: those of spreadsheets, or the others."""
        mine = [job for job in reversed([*self._jobs.values()]) if job.owner == owner and not job.is_preview]
        return [job for job in mine if job.is_of_packs is of_packs]

    def previews(self, owner: str) -> list[Job]:
        """The previews of a session that are there still, the newest first."""
        return [
            job for job in reversed([*self._jobs.values()]) if job.owner == owner and job.is_preview and job.is_over
        ]

    def ahead(self, job: Job) -> int:
        """How many jobs come before one that waits."""
        with self._changed:
            waiting = [each.key for _, _, each in self._waiting if each.is_of_packs is job.is_of_packs]
            if job.key not in waiting:
                return 0
            others = [other for other in self._jobs.values() if other.is_of_packs is job.is_of_packs]
            return waiting.index(job.key) + sum(other.state is State.WORKING for other in others)

    def stop(self, job: Job) -> None:
        """Have a job ended, whatever it is at. What it had made already is not kept."""
        with self._changed:
            self._stop(job)

    def forget(self, owner: str) -> None:
        """Stop all jobs of a session, and forget them."""
        with self._changed:
            for job in [job for job in self._jobs.values() if job.owner == owner]:
                self._stop(job)
                del self._jobs[job.key]

    def wait(self, job: Job, version: int, seconds: float) -> None:
        """Wait until a job has changed since a version, is over, or the time has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing or job.is_over or job.version != version, timeout=seconds)

    # -- the threads ---------------------------------------------------------------------------------------------------

    def _work(self, of_packs: bool) -> None:
        for job in self._next(of_packs):
            self._do(job)

    def _next(self, of_packs: bool) -> Iterator[Job]:
        def mine() -> list[tuple[bool, int, Job]]:
            return [each for each in self._waiting if each[2].is_of_packs is of_packs]

        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closing or bool(mine()))
                if self._is_closing:
                    return
                first = mine()[0]
                self._waiting.remove(first)
                job = first[2]
                if job.is_over:
                    continue
                self._tell(job, state=State.WORKING)
            yield job

    def _do(self, job: Job) -> None:
        end = time.monotonic() + MOST_SECONDS

        def is_stopped() -> bool:
            if time.monotonic() > end:
                job.trouble = Trouble.TIME
            return self._is_closing or job.is_unwanted or bool(job.trouble)

        try:
            if isinstance(job.request, BatchRequest):
                result = self._make_packs(job, job.request, is_stopped)
            else:
                result = make(job.request, self._ear(job), is_stopped, warm=self._warm)
        except StoppedError:
            self._change(job, state=State.WRONG if job.trouble else State.STOPPED)
        except ToolkitError as error:
            self._change(job, state=State.WRONG, message=error.format_message())
        except Exception:  # a defect of this tool is told to whoever asked, and the next job is done all the same
            if self._is_closing:  # the session's files have gone meanwhile
                return
            logging.getLogger(__name__).exception("a job could not be done")
            self._change(job, state=State.WRONG, trouble=Trouble.DEFECT)
        else:
            has_none = job.is_of_packs and not any(pack.state in ("made", "current") for pack in job.packs.values())
            self._change(job, state=State.WRONG if result.faults or has_none else State.DONE, result=result)

    def _make_packs(self, job: Job, request: BatchRequest, is_stopped: Callable[[], bool]) -> Result:
        """Make the packs of a spreadsheet, as the command does; what is wrong with its rows is among the faults.

        Raises StoppedError if it was stopped; packs that were made by then stay.
        """

        def look() -> None:
            if is_stopped():
                raise StoppedError

        def hear(progress: BatchProgress) -> None:
            look()
            if progress.step and progress.step.total > MOST_PAGES:
                job.trouble = Trouble.PAGES
                raise StoppedError
            packs = {name: PackOfJob(pack.names, progress.over.get(name, pack.state)) for name, pack in all_.items()}
            self._change(job, done=progress.done, total=progress.total, step=progress.step, packs=packs)

        self._change(job, phase=Phase.READING)
        try:
            batch = open_batch(request)
        except FaultsError as error:
            return Result(faults=tuple(error.faults))
        all_ = packs_of(batch)
        self._change(job, packs=all_, phase=None)
        look()
        done = batch.run(hear, self._packing(batch, look))
        hear(done)
        batch.tabulate()
        return Result()

    def _packing(self, batch: Batch, look: Callable[[], None]) -> StartWorkers | None:
        packers = self._packers
        return (lambda: standing_workers(packers, batch.settings.cache, look)) if packers else None

    def _ear(self, job: Job) -> Callable[[Event], None]:
        def hear(event: Event) -> None:
            if isinstance(event, Notice):
                job.notices.append(event)
            elif isinstance(event, Progress):
                if event.phase is Phase.TYPESETTING and event.total > MOST_PAGES:
                    job.trouble = Trouble.PAGES
                    raise StoppedError
                self._change(job, phase=event.phase, done=event.done, total=event.total)

        return hear

    def _change(self, job: Job, **values: object) -> None:
        with self._changed:
            self._tell(job, **values)

    def _tell(self, job: Job, **values: object) -> None:
        for name, value in values.items():
            setattr(job, name, value)
        job.version += 1
        self._changed.notify_all()

    def _stop(self, job: Job) -> None:
        job.is_unwanted = True
        if job.state is State.WAITING:
            self._waiting = [each for each in self._waiting if each[2] is not job]
            self._tell(job, state=State.STOPPED)

    def _forget_old(self, owner: str) -> None:
        """Forget what a session has had for longest, with its files: previews follow one another as somebody types."""
        for is_preview, most in ((False, MOST_KEPT), (True, MOST_PREVIEWS)):
            over = [job for job in self._jobs.values() if job.is_over and job.is_preview is is_preview]
            mine = [job for job in over if job.owner == owner]
            for job in mine[: max(len(mine) - most, 0)]:
                del self._jobs[job.key]
                if job.request.output and not job.is_of_packs:  # what is made of a spreadsheet goes with it
                    shutil.rmtree(job.request.output, ignore_errors=True)


def packs_of(batch: Batch) -> dict[str, PackOfJob]:
    """The packs that a batch is to make, as a job has them at first."""
    found = batch.pack_table.found if batch.pack_table else ()
    names = {each.id: each.names for each in found}
    return {order.id: PackOfJob(names.get(order.id, ())) for order in batch.orders}
