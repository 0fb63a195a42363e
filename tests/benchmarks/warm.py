"""How long a warm press takes from a changed text to files: `python -m tests.benchmarks.warm [PROCESSES]` prints a line
of JSON with medians, in seconds.

    text           a purpose is changed: the cards, the product that is looked at
    text, all      the same, with all products that `build` makes
    title          a title is changed, which contents, summary and openings say too: the toolkit
    title, all     the same, with all products
    stage          another stage is chosen, all pages of it in the store: its toolkit

With `PROCESSES COUNT`, also how much memory this process holds after COUNT edits, and how much more that is than after
a tenth of them.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.making import Copy
from toolkit_builder.build import make
from toolkit_builder.catalogue.selecting import Filters
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

    def make(self, *products: str, stage: str = "") -> float:
        """Make these products, or all; in how many seconds."""
        filters = Filters(scales={"stage": (stage,)}) if stage else Filters()
        request = Request(self.copy.project, products, filters, output=self.folder / "allan", cache=self.folder / "cof")
        start = time.perf_counter()
        make(request, warm=self.warm).raise_faults()
        return time.perf_counter() - start

    def retell(self, key: str) -> None:
        """Other words for a text of an action, about as long as those before."""
        self.number += 1
        self.copy.retell("SP4", key, f"Penderfynwch gyda’ch gilydd {self.number}", f"Decide together {self.number}")

    def edits(self, key: str, *products: str) -> float:
        """The median of several edits of a text."""
        seconds = []
        for _ in range(RUNS):
            self.retell(key)
            seconds.append(self.make(*products))
        return statistics.median(seconds)

    def stages(self) -> float:
        """Stages in turn, each time after an edit elsewhere has made its toolkit old; leaves are in the store."""
        seconds = []
        for stage in ("early", "mid", "mature"):
            self.make("toolkit", stage=stage)
        for stage in ("early", "mid", "mature", "early", "mid"):
            for made in (self.folder / "allan").glob(f"toolkit*{stage}*"):
                made.unlink()
            seconds.append(self.make("toolkit", stage=stage))
        return statistics.median(seconds)


def resident() -> float:
    """Memory that this process holds, in MB. Linux only; elsewhere 0."""
    status = Path("/proc/self/statm")
    return int(status.read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if status.exists() else 0.0


def figures(processes: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="cynnes-") as name, WarmPress(processes) as warm:
        bench = WarmBench(Path(name), warm)
        found = {
            "text": bench.edits("purpose", "cards"),
            "text, all": bench.edits("purpose"),
            "title": bench.edits("title", "toolkit"),
            "title, all": bench.edits("title"),
            "stage": bench.stages(),
        }
    return {what: round(seconds, 3) for what, seconds in found.items()}


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
