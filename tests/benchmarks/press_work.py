"""Work for the press, each piece in a process of its own: `python -m tests.benchmarks.press_work NAME ...` prints a
line of JSON with seconds, documents, pages, bytes and peak memory.

    packs COUNT STORE [PROCESSES]  COUNT packs of the ten kinds, bound from the plates in STORE
    random COUNT STORE             as many with random selections of ten actions, the pages of actions in STORE
    plain COUNT                    packs of the ten kinds, each a document of its own, typeset by WeasyPrint
    sheets                         84 faces of cards, a deck in each of two languages, imposed from their plates
    singles                        the four products of `build`, each a document of its own, typeset by WeasyPrint
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests import making
from tests.benchmarks import packs
from tests.making import whole_leaf
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.selecting import Filters, select
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Plan
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project, shipped

TOGETHER = 60
"""So many packs have their covers typeset in one document."""


class Bench:
    """The press with the shipped project, and plans for partnerships with names of their own."""

    def __init__(self, store: Path | None) -> None:
        self.project = Project(shipped())
        self.catalogue = load(self.project)
        self.edition = Edition(self.catalogue.framework.language_ids)
        self.press = Press(self.project, self.catalogue, Store(store), processes=1)

    def plans(self, count: int, start: int = 0) -> Iterator[Plan]:
        """Packs from number `start` on, made one by one: thousands need no more memory than some."""
        kinds = list(packs.kinds(self.catalogue).values())
        names = packs.partnership_names(count)
        for number, name in enumerate(names[start:], start=start):
            yield packs.plan_for(kinds[number % len(kinds)], self.edition, name)

    def random(self, count: int) -> Iterator[Plan]:
        names = packs.partnership_names(count)
        for selection, name in zip(packs.random_selections(self.catalogue, count, 7), names, strict=True):
            yield packs.plan_for(selection, self.edition, name)

    def bind(self, plans: Iterable[Plan]) -> Iterator[tuple[int, int]]:
        """Typeset what is missing and bind; the size and pages of each document."""
        waiting = iter(plans)
        while some := self.press.numbered(list(itertools.islice(waiting, TOGETHER))):
            for prepared in self.press.typeset(some):
                made = self.press.bind(prepared)
                yield len(made.data), made.pages


def warm(bench: Bench) -> None:
    """Leaves in the store, and the engine at work: what a long batch has after its first packs."""
    whole = select(bench.catalogue, Filters())
    names = packs.partnership_names(1)[0], dict.fromkeys(bench.edition.languages, f"{os.getpid()}")
    list(bench.bind([*bench.plans(10), *(packs.plan_for(whole, bench.edition, name) for name in names)]))


def timed(work: Callable[[], Iterator[tuple[int, int]]]) -> dict[str, float]:
    start, before = time.perf_counter(), time.process_time()
    made = list(work())
    return {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - before,
        "documents": len(made),
        "bytes": sum(size for size, _ in made),
        "pages": sum(pages for _, pages in made),
        "memory": _peak_memory(),
    }


def _peak_memory() -> float:
    """In MB. What the system says of a process's resources begins with the memory of its parent; this does not."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [line] = [line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def packs_of_kinds(count: int, store: Path) -> dict[str, float]:
    bench = Bench(store)
    warm(bench)
    plans = bench.plans(count + 10, start=10)
    return timed(lambda: bench.bind(plans))


def random_packs(count: int, store: Path) -> dict[str, float]:
    bench = Bench(store)
    warm(bench)
    plans = bench.random(count)
    return timed(lambda: bench.bind(plans))


def plain(plans: Sequence[Plan], press: Press) -> Iterator[tuple[int, int]]:
    """Each plan as one document by WeasyPrint, style sheets and fonts shared; in the largest size, unfitted."""
    from toolkit_builder.press.typesetting.typesetter import Typesetter

    engines = {}
    for plan in plans:
        style_set = press.prepare(plan).style_set
        if plan.product not in engines:
            engines[plan.product] = Typesetter(style_set).engine
        html = "\n".join(whole_leaf(press.templates, leaf, {}) for leaf in plan.leaves)
        laid_out = engines[plan.product].lay_out(
            f"{style_set.head}{html}{style_set.tail}", style_set.base, leaf_links=False
        )
        data = laid_out.document.write_pdf(pdf_variant="pdf/ua-1")
        yield len(data), len(laid_out.document.pages)


def plain_packs(count: int) -> dict[str, float]:
    bench = Bench(None)
    list(plain(list(bench.plans(1)), bench.press))
    plans = list(bench.plans(10))[:count]
    return timed(lambda: plain(plans, bench.press))


def singles() -> dict[str, float]:
    project = Project(shipped())
    catalogue = load(project)
    press = Press(project, catalogue, Store(None), processes=1)
    edition = Edition(catalogue.framework.language_ids)
    plans = [making.planned(name, select(catalogue, Filters()), edition) for name in making.PRODUCTS]
    return timed(lambda: plain(plans, press))


def sheets() -> dict[str, float]:
    """Twenty cards, a guide and a colophon in each language: 42 faces, laid on A4 from their plates."""
    bench = Bench(None)
    chosen = select(bench.catalogue, Filters(exclude=("FM7",)))
    plans = [making.planned("cards", chosen, Edition((language,))) for language in bench.edition.languages]
    ready = bench.press.typeset(bench.press.numbered(plans))
    faces = sum(len(leaf.plate.pages) for plan in ready for leaf in bench.press.assembly.bound_leaves(plan))

    def imposed() -> Iterator[tuple[int, int]]:
        for plan in ready:
            made = bench.press.impose(plan)
            yield len(made.data), made.pages

    return {**timed(imposed), "faces": faces}


def side_by_side(count: int, store: Path, processes: int) -> dict[str, float]:
    """The same work in several processes at once: their documents, and the seconds of the slowest."""
    with ProcessPoolExecutor(processes) as pool:
        parts = list(pool.map(packs_of_kinds, [count // processes] * processes, [store] * processes))
    return {"seconds": max(part["seconds"] for part in parts), "documents": sum(part["documents"] for part in parts)}


def main() -> None:
    name, *rest = sys.argv[1:]
    if name == "packs" and len(rest) == 3:
        result = side_by_side(int(rest[0]), Path(rest[1]), int(rest[2]))
    elif name == "packs":
        result = packs_of_kinds(int(rest[0]), Path(rest[1]))
    elif name == "random":
        result = random_packs(int(rest[0]), Path(rest[1]))
    elif name == "plain":
        result = plain_packs(int(rest[0]))
    elif name == "sheets":
        result = sheets()
    else:
        result = singles()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
