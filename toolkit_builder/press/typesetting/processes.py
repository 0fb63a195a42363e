"""Typesetting in several processes side by side.

The process that asks need not import the engine; each worker does, once.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from toolkit_builder.errors import MachineError
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.keys import style_set_digest
from toolkit_builder.press.plates.plate import FontParts
from toolkit_builder.press.typesetting.chunks import LARGEST, in_chunks, in_chunks_of
from toolkit_builder.press.typesetting.jobs import Extra, FontMaker, Outcome, TypesettingBackend, TypesettingJob
from toolkit_builder.press.typesetting.process_pool import end, pool
from toolkit_builder.progress import Phase, Progress, Report

if TYPE_CHECKING:
    from toolkit_builder.press.typesetting.typesetter import Typesetter

ALONE = 8
"""So many leaves of one style set are typeset by this process itself: another would take longer to start."""
TYPESETTERS = 8
"""So many style sets, at most, has a process parsed and at hand: `build` makes its products with five."""


def local_processes(processes: int) -> TypesettingBackend:
    """So many processes of this machine, started for each call."""

    def typeset(jobs: Sequence[TypesettingJob], report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
        chunks = in_chunks_of(jobs)
        total = sum(len(leaves) for _, leaves in chunks)
        if processes == 1 or len(chunks) == 1 or (total <= ALONE and len(jobs) == 1):
            yield from _alone(jobs, total, report)
        else:
            with pool(min(processes, len(chunks))) as workers:
                yield from _outcomes(together(chunks, workers, report))

    return typeset


class WorkerEndedError(MachineError):
    """A process that typesets was ended from outside. `left`: what it and the others had still to do."""

    def __init__(self, left: Sequence[TypesettingJob] = ()) -> None:
        super().__init__("a process that was typesetting was ended from outside; perhaps memory ran out. Try again")
        self.left = left


@contextlib.contextmanager
def at_hand(processes: int) -> Iterator[tuple[TypesettingBackend, FontMaker]]:
    """So many processes of this machine that load the engine at once, while leaves are still being rendered."""
    if processes == 1:
        yield local_processes(1), made_here
        return
    with pool(processes) as workers:
        for _ in range(processes):
            workers.submit(get_ready)
        yield (
            lambda jobs, report: _outcomes(together(in_chunks_of(jobs), workers, report)),
            lambda style_set, face, extra: partial(font_of, workers.submit(make_font, style_set, face, extra)),
        )
        end(workers)  # what is not needed any more is not waited for


def font_of(future: Future[FontParts]) -> FontParts:
    """A font that another process makes. Raises WorkerEndedError if that was ended."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerEndedError from error


def get_ready() -> None:
    importlib.import_module("toolkit_builder.press.typesetting.typesetter")


def _alone(jobs: Sequence[TypesettingJob], total: int, report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
    """Typeset in this process. Raises MachineError if the machine lacks something."""
    report(Progress(Phase.TYPESETTING, total=total))
    for style_set, leaves in jobs:
        for chunk in in_chunks(leaves, LARGEST):
            yield style_set, work(style_set, chunk)


def together(
    chunks: Sequence[TypesettingJob], workers: ProcessPoolExecutor, report: Report
) -> Iterator[tuple[TypesettingJob, Outcome]]:
    """Typeset in several processes: what comes of each of these parts, as it comes.

    Raises MachineError if the machine lacks something, WorkerEndedError if it kills one of them.
    """
    total = left = sum(len(leaves) for _, leaves in chunks)
    report(Progress(Phase.TYPESETTING, total=total))
    waiting: dict[Future[Outcome], TypesettingJob] = {}
    try:
        waiting |= {workers.submit(work, *chunk): chunk for chunk in chunks}
        for future in as_completed([*waiting]):
            outcome = future.result()
            chunk = waiting.pop(future)
            left -= len(chunk[1])
            yield chunk, outcome
            if left:
                report(Progress(Phase.TYPESETTING, done=total - left, total=total))
    except BrokenProcessPool as error:
        raise WorkerEndedError([*waiting.values()] or chunks) from error


def _outcomes(done: Iterator[tuple[TypesettingJob, Outcome]]) -> Iterator[tuple[StyleSet, Outcome]]:
    return ((style_set, outcome) for (style_set, _), outcome in done)


def make_font(style_set: StyleSet, face: str, extra: Extra) -> FontParts:
    """A font with its repertoire, and with glyphs beyond it."""
    return _typesetter(style_set).font(face, extra)


def made_here(style_set: StyleSet, face: str, extra: Extra) -> Callable[[], FontParts]:
    """A font that this process makes at once (`FontMaker`)."""
    font = make_font(style_set, face, extra)
    return lambda: font


def work(style_set: StyleSet, leaves: Sequence[RenderedLeaf]) -> Outcome:
    """Typeset leaves in this process."""
    return _typesetter(style_set).typeset(leaves)


def _typesetter(style_set: StyleSet) -> Typesetter:
    """A typesetter of styles as they are now."""
    while True:
        digest = style_set_digest(style_set)
        typesetter = _typesetter_of(style_set, digest)
        if style_set_digest(style_set) == digest:
            return typesetter
        _typesetter_of.cache_clear()  # they changed while they were read


@lru_cache(maxsize=TYPESETTERS)
def _typesetter_of(style_set: StyleSet, digest: str) -> Typesetter:
    """A typesetter, kept for as long as its styles stay what they are (`digest`)."""
    from toolkit_builder.press.typesetting.typesetter import Typesetter

    return Typesetter(style_set)
