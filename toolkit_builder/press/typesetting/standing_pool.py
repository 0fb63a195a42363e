"""Processes of this machine that stay, the engine loaded and styles parsed, from one build to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self, TypeVar

from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.plates.plate import FontParts
from toolkit_builder.press.typesetting.chunks import spread
from toolkit_builder.press.typesetting.jobs import Extra, Outcome, TypesettingJob
from toolkit_builder.press.typesetting.parted_groups import PartedGroups
from toolkit_builder.press.typesetting.process_pool import end, pool
from toolkit_builder.press.typesetting.processes import (
    WorkerEndedError,
    font_of,
    get_ready,
    make_font,
    together,
)
from toolkit_builder.progress import Report

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Outcomes = TypeVar("Outcomes")


class StandingPool:
    """So many processes, for a `with` statement. If one is ended from outside, all are replaced, and what was not
    done is done again, once.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._stack = ExitStack()
        self._workers: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def typeset(self, jobs: Sequence[TypesettingJob], report: Report) -> Iterator[tuple[StyleSet, Outcome]]:
        """Typeset leaves (`TypesettingBackend`). Raises MachineError if processes are ended again and again."""
        chunks = spread(jobs, self.processes)
        parted = PartedGroups(chunks)
        for chunk, outcome in self._together(chunks, report):
            if not parted.hold(chunk, outcome):
                yield chunk[0], outcome
        yield from parted.agreed()
        if again := parted.again():
            for (style_set, _), outcome in self._together(again, report):
                yield style_set, outcome

    def _together(self, chunks: Sequence[TypesettingJob], report: Report) -> Iterator[tuple[TypesettingJob, Outcome]]:
        try:
            yield from together(chunks, self._at_hand(), report)
        except WorkerEndedError as error:
            self._restart()
            yield from together(error.left, self._at_hand(), report)

    def make_font(self, style_set: StyleSet, face: str, extra: Extra) -> Callable[[], FontParts]:
        """Have a font made (`FontMaker`)."""
        future = self._ordered(style_set, face, extra)

        def font() -> FontParts:
            try:
                return font_of(future)
            except WorkerEndedError:
                self._restart()
                return font_of(self._ordered(style_set, face, extra))

        return font

    def submit(self, work: Callable[..., Outcomes], *asked: object) -> Future[Outcomes]:
        """Have any work done by one of them. If one is ended from outside, the future has BrokenProcessPool."""
        try:
            return self._at_hand().submit(work, *asked)
        except BrokenProcessPool:
            self._restart()
            return self._at_hand().submit(work, *asked)

    def _ordered(self, style_set: StyleSet, face: str, extra: Extra) -> Future[FontParts]:
        return self.submit(make_font, style_set, face, extra)

    def _at_hand(self) -> ProcessPoolExecutor:
        if self._workers is None:
            raise ValueError("a standing pool is for a with statement")
        return self._workers

    def _start(self) -> None:
        self._workers = self._stack.enter_context(pool(self.processes))
        for _ in range(self.processes):
            self._workers.submit(get_ready)

    def _end(self) -> None:
        if self._workers is not None:
            end(self._workers)
            self._workers = None
        self._stack.close()

    def _restart(self) -> None:
        self._end()
        self._start()
