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
from toolkit_builder.press.typesetting.jobs import Extra, FontMaker, Outcome, TypesettingBackend, TypesettingJob
from toolkit_builder.press.typesetting.process_pool import end, pool
from toolkit_builder.progress import Phase, Progress, Report

if TYPE_CHECKING:
    from toolkit_builder.press.typesetting.typesetter import Typesetter

ALONE = 8
"""So many leaves of one style set are typeset by this process itself: another would take longer to start."""
LARGEST = 60
"""No document has more leaves than about so many: its memory grows with them."""
CHUNK = 12
"""About as many leaves make a document: enough to share its cost, few enough to spread over the cores."""


def local_processes(processes: int) -> TypesettingBackend:
    """So many processes of this machine, started for each call."""

    def typeset(jobs: Sequence[TypesettingJob], report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
        chunks = _chunks(jobs)
        total = sum(len(leaves) for _, leaves in chunks)
        if processes == 1 or len(chunks) == 1 or (total <= ALONE and len(jobs) == 1):
            yield from _alone(jobs, total, report)
        else:
            with pool(min(processes, len(chunks))) as workers:
                yield from _together(chunks, workers, report)

    return typeset


@contextlib.contextmanager
def at_hand(processes: int) -> Iterator[tuple[TypesettingBackend, FontMaker]]:
    """So many processes of this machine that load the engine at once, while leaves are still being rendered."""
    if processes == 1:
        yield local_processes(1), made_here
        return
    with pool(processes) as workers:
        for _ in range(processes):
            workers.submit(_get_ready)
        yield (
            lambda jobs, report: _together(_chunks(jobs), workers, report),
            lambda style_set, face, extra: partial(_font_of, workers.submit(make_font, style_set, face, extra)),
        )
        end(workers)  # what is not needed any more is not waited for


def _font_of(future: Future[FontParts]) -> FontParts:
    """Raises MachineError if the process that made it was ended."""
    with _endings():
        return future.result()


def _get_ready() -> None:
    importlib.import_module("toolkit_builder.press.typesetting.typesetter")


def _chunks(jobs: Sequence[TypesettingJob]) -> list[TypesettingJob]:
    return [(style_set, chunk) for style_set, leaves in jobs for chunk in in_chunks(leaves)]


def _alone(jobs: Sequence[TypesettingJob], total: int, report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
    """Typeset in this process. Raises MachineError if the machine lacks something."""
    report(Progress(Phase.TYPESETTING, total=total))
    for style_set, leaves in jobs:
        for chunk in in_chunks(leaves, LARGEST):
            yield style_set, work(style_set, chunk)


def _together(
    chunks: Sequence[TypesettingJob], workers: ProcessPoolExecutor, report: Report
) -> Iterator[tuple[StyleSet, Outcome]]:
    """Typeset in several processes. Raises MachineError if the machine lacks something, or kills one of them."""
    total = done = sum(len(leaves) for _, leaves in chunks)
    report(Progress(Phase.TYPESETTING, total=total))
    with _endings():
        waiting = {workers.submit(work, style_set, leaves): (style_set, len(leaves)) for style_set, leaves in chunks}
        for future in as_completed(waiting):
            style_set, count = waiting[future]
            done -= count
            yield style_set, future.result()
            if done:
                report(Progress(Phase.TYPESETTING, done=total - done, total=total))


@contextlib.contextmanager
def _endings() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise MachineError(
            "a process that was typesetting was ended from outside; perhaps memory ran out. Try again"
        ) from error


def make_font(style_set: StyleSet, face: str, extra: Extra) -> FontParts:
    """A font with its repertoire, and with glyphs beyond it."""
    return _typesetter(style_set, style_set_digest(style_set)).font(face, extra)


def made_here(style_set: StyleSet, face: str, extra: Extra) -> Callable[[], FontParts]:
    """A font that this process makes at once (`FontMaker`)."""
    font = make_font(style_set, face, extra)
    return lambda: font


def work(style_set: StyleSet, leaves: Sequence[RenderedLeaf]) -> Outcome:
    """Typeset leaves in this process."""
    return _typesetter(style_set, style_set_digest(style_set)).typeset(leaves)


@lru_cache(maxsize=4)
def _typesetter(style_set: StyleSet, digest: str) -> Typesetter:
    """A typesetter, kept for as long as its styles stay what they are (`digest`)."""
    from toolkit_builder.press.typesetting.typesetter import Typesetter

    return Typesetter(style_set)


def in_chunks(leaves: Sequence[RenderedLeaf], size: int = CHUNK) -> Iterator[list[RenderedLeaf]]:
    """Leaves in parts of about `size`, groups whole."""
    groups: dict[str, list[RenderedLeaf]] = {}
    for leaf in leaves:
        groups.setdefault(leaf.group, []).append(leaf)
    chunk: list[RenderedLeaf] = []
    for group in groups.values():
        chunk += group
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
