"""How long a warm press takes from a changed text to files: `python -m tests.benchmarks.warm [PROCESSES]` prints a line
of JSON with medians, in seconds.

    text           a purpose is changed: all products are made; until the one that is looked at, the cards, is there
    text, all      until all are there
    title          a title is changed, which contents, map and openings say too: the same, looking at the toolkit
    title, cards   looking at the cards
    title, all     looking at the toolkit, until all are there
    stage          another stage is chosen, all pages of it in the store: its toolkit
    typst          a title is changed, and Typst, its compiler standing, makes the toolkit (None: it is not installed)
    plain          the same toolkit by WeasyPrint as it comes, in this process

With `PROCESSES COUNT`, also how much memory this process and those that it has started hold after COUNT edits, in MB,
and how much more that is than after a tenth of them.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests import making
from tests.benchmarks.competitors import CompetitorMissingError
from tests.benchmarks.press_work import plain
from tests.making import Copy
from toolkit_builder.build import make
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.progress import Event, Phase, Progress
from toolkit_builder.request import Request
from toolkit_builder.warm_press import WarmPress

RUNS = 5


class WarmBench:
    """A copy of the shipped project, and what was made of it already."""

    def __init__(self, folder: Path, warm: WarmPress) -> None:
        self.copy = Copy(folder)
        self.folder = folder
        self.warm = warm
        self.number = 0
        self.make()

    def make(self, *products: str, stage: str = "", looked_at: str = "") -> tuple[float, float]:
        """Make these products, or all: seconds until the one that is looked at is there, and until all are."""
        filters = Filters(scales={"stage": (stage,)}) if stage else Filters()
        output, cache = self.folder / "allan", self.folder / "cof"
        request = Request(self.copy.project, products, filters, output=output, cache=cache, looked_at=looked_at)
        start, published = time.perf_counter(), list[float]()

        def look(event: Event) -> None:
            if isinstance(event, Progress) and event.phase is Phase.PUBLISHED:
                published.append(time.perf_counter() - start)

        make(request, look, warm=self.warm).raise_faults()
        whole = time.perf_counter() - start
        return (published or [whole])[0], whole

    def retell(self, key: str) -> None:
        """Other words for a text of an action, about as long as those before."""
        self.number += 1
        self.copy.retell("SP4", key, f"Penderfynwch gyda’ch gilydd {self.number}", f"Decide together {self.number}")

    def edits(self, key: str, looked_at: str) -> tuple[float, float]:
        """The medians of several edits of a text: until what is looked at is there, and until all is."""
        seconds = []
        for _ in range(RUNS):
            self.retell(key)
            seconds.append(self.make(looked_at=looked_at))
        first, whole = zip(*seconds, strict=True)
        return statistics.median(first), statistics.median(whole)

    def stages(self) -> float:
        """Stages in turn, each time after an edit elsewhere has made its toolkit old; leaves are in the store."""
        seconds = []
        for stage in ("early", "mid", "mature"):
            self.make("toolkit", stage=stage)
        for stage in ("early", "mid", "mature", "early", "mid"):
            for made in (self.folder / "allan").glob(f"toolkit*{stage}*"):
                made.unlink()
            seconds.append(self.make("toolkit", stage=stage)[1])
        return statistics.median(seconds)

    def elsewhere(self, toolkit: Callable[[], object]) -> float:
        """The median of several edits of a title, each until this has made the toolkit."""
        toolkit()
        seconds = []
        for _ in range(RUNS):
            self.retell("title")
            start = time.perf_counter()
            toolkit()
            seconds.append(time.perf_counter() - start)
        return statistics.median(seconds)

    def typst(self) -> float | None:
        from tests.benchmarks.typst_port import TypstPress

        try:
            press = TypstPress()
        except CompetitorMissingError as error:
            print(error, file=sys.stderr)
            return None

        def toolkit() -> None:
            catalogue = load(self.copy.project)
            press.compile(making.plan(catalogue, "toolkit"), catalogue)

        return self.elsewhere(toolkit)

    def plain(self) -> float:
        from toolkit_builder.press.press import Press
        from toolkit_builder.press.store.store import Store

        def toolkit() -> None:
            catalogue = load(self.copy.project)
            press = Press(self.copy.project, catalogue, Store(None), processes=1)
            list(plain([making.plan(catalogue, "toolkit")], press))

        return self.elsewhere(toolkit)


def resident(first: int | None = None) -> float:
    """Memory that a process and those that it has started hold, in MB; of what they share, each its part. None: this
    process. Linux only; elsewhere 0.
    """
    total, first = 0, first or os.getpid()
    for process in [first, *_children(first)]:
        rollup = Path(f"/proc/{process}/smaps_rollup")
        try:
            lines = rollup.read_text("utf-8").splitlines()
        except OSError:  # it has just ended
            lines = []
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def _children(process: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = tasks.read_text("utf-8").split()
        except OSError:  # a thread that has just ended
            continue
        for child in map(int, children):
            found += [child, *_children(child)]
    return found


def figures(processes: int) -> dict[str, float | None]:
    with tempfile.TemporaryDirectory(prefix="cynnes-") as name, WarmPress(processes) as warm:
        bench = WarmBench(Path(name), warm)
        found: dict[str, float | None] = {}
        found["text"], found["text, all"] = bench.edits("purpose", "cards")
        found["title, cards"], _ = bench.edits("title", "cards")
        found["title"], found["title, all"] = bench.edits("title", "toolkit")
        found["stage"] = bench.stages()
        found["typst"], found["plain"] = bench.typst(), bench.plain()
    return {what: seconds and round(seconds, 3) for what, seconds in found.items()}


def rebuilds(count: int) -> dict[str, float]:
    """So many edits of one card, and what memory they took."""
    with tempfile.TemporaryDirectory(prefix="cynnes-") as name, WarmPress(1) as warm:
        bench = WarmBench(Path(name), warm)
        early = 0.0
        for number in range(count):
            bench.retell("purpose")
            bench.make("summary")
            if number == count // 10:
                early = resident()
        late = resident()
    return {"memory, MB": round(late, 1), "more than after a tenth": round(late - early, 1)}


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    print(json.dumps(figures(asked[0] if asked else os.cpu_count() or 1) | (rebuilds(asked[1]) if asked[1:] else {})))
