"""`make bench`: how long the command takes, as whole processes, medians over several runs.

Prints a table and writes it to `docs/performance.md`. CPU time is the operating system's own accounting of the finished
process and its children; machines are noisy, so look at ratios and at CPU time rather than at the clock.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

COMMAND = [sys.executable, "-m", "toolkit_builder"]
RUNS = 5

HEAD = """\
# Performance

Made by `make bench`; do not edit. Whole processes, medians of {runs} runs after one that does not count.

Machine: {processor}, {cores} cores, Python {python}, WeasyPrint {weasyprint}.

| work | CPU time (s) | clock (s) | peak memory (MB) | to reach |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Work:
    """One command to be measured, and the figure that it has to reach."""

    name: str
    arguments: tuple[str, ...]
    runs: int = RUNS
    most_cpu: float | None = None


WORKS = (
    Work("`--help`", ("--help",), most_cpu=0.3),
    Work("`list`", ("list",), most_cpu=0.3),
    Work("`list --format json`", ("list", "--format", "json"), most_cpu=0.3),
    Work("`check`", ("check",)),
    Work("`summary`", ("summary", "--no-cache", "--force"), runs=3),
    Work("`handouts`", ("handouts", "--no-cache", "--force"), runs=3),
    Work("`cards`", ("cards", "--no-cache", "--force"), runs=3),
    Work("`cards --for print-shop`", ("cards", "--for", "print-shop", "--no-cache", "--force"), runs=3),
    Work("`toolkit`", ("toolkit", "--no-cache", "--force"), runs=3),
    Work("`build`", ("build", "--no-cache", "--force"), runs=3),
    Work("`build --action FM5`", ("build", "--action", "FM5", "--no-cache", "--force"), runs=3),
)


@dataclass(frozen=True)
class Figures:
    """What one run took: seconds of CPU time and by the clock, peak memory in MB."""

    cpu: float
    clock: float
    memory: float


def run(arguments: Sequence[str], output: Path) -> Figures:
    """Run the command once. Raises CalledProcessError if it fails."""
    makes = arguments[0] not in ("--help", "list", "check")
    command = [*COMMAND, *arguments, *(["--output", str(output)] if makes else [])]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return Figures(usage.ru_utime + usage.ru_stime, clock, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(work: Work, output: Path) -> str:
    """A row of the table."""
    run(work.arguments, output)
    figures = [run(work.arguments, output) for _ in range(work.runs)]
    cpu, clock, memory = (
        statistics.median(getattr(one, name) for one in figures) for name in ("cpu", "clock", "memory")
    )
    reach = f"under {work.most_cpu} s CPU: {'yes' if cpu < work.most_cpu else 'NO'}" if work.most_cpu else ""
    return f"| {work.name} | {cpu:.2f} | {clock:.2f} | {memory:.0f} | {reach} |"


COMPARED = """\
## Side by side

Each row is measured in turn within one run, so that both sides see the same machine; medians of three. Packs are
bilingual toolkits of different partnerships (`toolkit_builder.partnerships`, checked and planned within the time), ten
kinds of selection, 19.2 pages on average; all leaves but the partnership's imprint on the cover are in the store. Plain
WeasyPrint shares style sheets and fonts between documents and does not fit type; Typst keeps one compiler and what it
has laid out. Processes are started before the time runs. The last two rows: medians, in turn, of five runs with 100
packs and three with 1,000.

| work | ours | theirs | ratio | to reach |
|---|---|---|---|---|"""


def comparisons(folder: Path) -> Iterator[str]:
    """The rows of the table that sets the press beside others."""
    store = folder / "storfa"
    unit("packs", 10, store)
    typst = _typst()
    ours, plain_rate, theirs = [], [], []
    for _ in range(3):
        ours.append(rate(unit("packs", 60, store)))
        plain_rate.append(rate(unit("plain", 4)))
        if typst:
            theirs.append(typst("kinds", 60, 1))
        _forget(store)
    yield compared("60 packs, one process, packs/s, against WeasyPrint", ours, plain_rate, 100)
    yield compared("the same against Typst", ours, theirs, 5)
    cores = os.cpu_count() or 1
    ours, theirs = [], []
    for _ in range(3):
        ours.append(rate(unit("packs", 60, store, cores)))
        if typst:
            theirs.append(typst("kinds", 60, cores))
        _forget(store)
    yield compared(f"the same on {cores} cores each", ours, theirs, 5)
    for count in (60, 240):
        ours, theirs = [], []
        for _ in range(3):
            fresh = folder / "hap"
            ours.append(rate(unit("random", count, fresh)))
            shutil.rmtree(fresh)
            if typst:
                theirs.append(typst("random", count, 1))
        yield compared(f"{count} packs of 10 random actions, 35 pages, against Typst", ours, theirs, 1)
    empty, singles, edited = [], [], []
    for _ in range(3):
        cache, output, mine = folder / "cof", folder / "allan", folder / "mine"
        subprocess.run([*COMMAND, "new", str(mine)], check=True, capture_output=True)
        build = ("build", "--project", str(mine), "--cache", str(cache))
        empty.append(run(build, output).clock)
        singles.append(unit("singles")["seconds"])
        action = mine / "content" / "actions" / "SP1.yaml"
        action.write_text(action.read_text("utf-8").replace("Understand", "Know"), "utf-8")
        edited.append(run(build, output).clock)
        again = [run(build, output) for _ in range(3)]
        for used in (cache, output, mine):
            shutil.rmtree(used)
    yield compared("`build`, empty store, s, against the sum of WeasyPrint's documents", empty, singles, -0.6)
    yield compared("`build` after one action was edited, s, against an empty store", edited, empty, -0.2)
    nothing = statistics.median(one.clock for one in again)
    yield f"| `build`, nothing changed, s | {nothing:.2f} | | | under 0.4 s: {'yes' if nothing < 0.4 else 'NO'} |"
    yield from _warm()
    yield from _load()
    yield _sheets()
    yield from _editions(folder)
    yield _one_toolkit(folder)
    yield from _many(store)


def unit(*words: object) -> dict[str, float]:
    """A piece of the press's work (`tests.benchmarks.press_work`), in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.press_work", *map(str, words)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def rate(result: dict[str, float]) -> float:
    return result["documents"] / result["seconds"]


def compared(work: str, ours: Sequence[float], theirs: Sequence[float], reach: float) -> str:
    """A row. `reach`: at least so many times as much; negative: at most such a part."""
    if not theirs:
        return f"| {work} | {statistics.median(ours):.2f} | not installed | | |"
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    reached = ratio >= reach if reach > 0 else ratio <= -reach
    goal = f"at least {reach:g}" if reach > 0 else f"at most {-reach:g}"
    mine, other = statistics.median(ours), statistics.median(theirs)
    return f"| {work} | {mine:.2f} | {other:.2f} | {ratio:.2f} | {goal}: {'yes' if reached else 'NO'} |"


def _forget(store: Path) -> None:
    """Imprints of the last round are not to be in the store of the next."""
    shutil.rmtree(store, ignore_errors=True)
    unit("packs", 10, store)


def _typst() -> Callable[[str, int, int], float] | None:
    """Packs a second with Typst, if it is installed."""
    from tests.benchmarks.competitors import CompetitorMissingError
    from tests.benchmarks.typst_port import TypstPress

    try:
        TypstPress()
    except CompetitorMissingError as error:
        print(error)
        return None

    def measured(kind: str, count: int, processes: int) -> float:
        from tests.benchmarks import packs, typst_port
        from toolkit_builder.catalogue.loading import load
        from toolkit_builder.documents.layouts import Edition
        from toolkit_builder.project import Project, shipped

        if processes > 1:
            timing = typst_port.timed_in_processes(count // len(packs.KINDS), processes)
        else:
            catalogue = load(Project(shipped()))
            plans = [pack.plan for pack in packs.packs(catalogue, count // len(packs.KINDS))]
            if kind == "random":
                edition, names = Edition(catalogue.framework.language_ids), packs.partnership_names(count)
                chosen = packs.random_selections(catalogue, count, 7)
                plans = [packs.plan_for(one, edition, name) for one, name in zip(chosen, names, strict=True)]
            timing = typst_port.timed(TypstPress(), plans, catalogue)
        return timing.documents / timing.clock

    return measured


WARM = (
    ("text", "a text changed, warm: its cards are there", 0.4, ()),
    ("text, all", "the same: all products are", 1.5, ()),
    ("title, cards", "a title changed, warm: its cards are there", 0.6, ()),
    ("title", "the same, looking at the toolkit: its contents, map and openings too", 0.6, ("typst", "plain")),
    ("title, all", "the same: all products are", 2.0, ()),
    ("stage", "another stage chosen, warm: its toolkit", 0.15, ()),
)
"""What is measured, in words, its goal in seconds, and what it is held against."""
RIVALS = {"typst": "Typst, its compiler standing", "plain": "WeasyPrint as it comes"}


def _warm() -> Iterator[str]:
    """What a warm press takes from an edit to files, and others for the same edit."""
    command = [sys.executable, "-m", "tests.benchmarks.warm"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for key, work, most, rivals in WARM:
        reach = f"under {most:g} s: {'yes' if found[key] < most else 'NO'}"
        yield f"| {work}, s | {found[key]:.2f} | | | {reach} |"
        for rival in rivals:
            if theirs := found[rival]:
                ours = f"{found[key]:.2f} | {theirs:.2f} | {found[key] / theirs:.2f}"
                yield f"| the same against {RIVALS[rival]} | {ours} |  |"


LOAD = (
    ("preview, s", "a preview of the toolkit", 1.5),
    ("deck, s", "the first pictures of the deck", 1.0),
)
"""What is measured at the 95th percentile while several people work on the page in the browser, with its goal."""
MOST_MEMORY = 1_500
"""MB that all processes of the server may take then."""


def _load() -> Iterator[str]:
    """What people wait for who work on the page in the browser at once."""
    command = [sys.executable, "-m", "tests.benchmarks.load"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    among = f"{found['people']} people on the page in the browser for {found['seconds']:.0f} s"
    for key, work, most in LOAD:
        reach = f"under {most:g} s: {'yes' if found[key] < most else 'NO'}"
        yield f"| {among}: {work}, 95th percentile, s | {found[key]:.2f} | | | {reach} |"
    memory, lost = found["memory, MB"], len(found["lost"])
    reach = f"under {MOST_MEMORY} MB: {'yes' if memory < MOST_MEMORY else 'NO'}"
    yield f"| the same: peak memory of all processes, MB | {memory:.0f} | | | {reach} |"
    answered = found["previews"] + found["decks"] + found["downloads"]
    yield f"| the same: lost, of {answered} answers | {lost} | | | none: {'yes' if not lost else 'NO'} |"


def _sheets() -> str:
    """Cards on sheets, from their plates."""
    runs = [unit("sheets") for _ in range(3)]
    seconds, faces = statistics.median(one["seconds"] for one in runs), runs[0]["faces"]
    return (
        f"| imposition of {faces:.0f} faces, s | {seconds:.3f} | | | under 0.3 s: {'yes' if seconds < 0.3 else 'NO'} |"
    )


EDITIONS = (
    *(("toolkit", "html", 3.0, 1_500), ("toolkit", "epub", 0, 0), ("toolkit", "brf", 0, 0)),
    *(("handouts", "docx", 0, 0), ("worksheet", "docx", 0, 0)),
)
"""What is made of everything, the seconds and kB that it is to stay under; 0: whatever it takes."""


def _editions(folder: Path) -> Iterator[str]:
    """Editions of the whole framework, each by a command of its own, and how much room they take."""
    for product, edition, most, room in EDITIONS:
        output = folder / f"allan-{product}-{edition}"
        seconds = statistics.median(run((product, "--format", edition, "--force"), output).clock for _ in range(3))
        size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1000
        reached = "yes" if seconds < most and size < room else "NO"
        reach = f"under {most:g} s and {room} kB: {reached}" if most else ""
        what = f"`{product} --format {edition}` of everything, {size:.0f} kB, whole command, s"
        yield f"| {what} | {seconds:.2f} | | | {reach} |"


def _one_toolkit(folder: Path) -> str:
    """One toolkit, leaves in the store, the whole command, against Chromium from cold."""
    from tests import making
    from tests.benchmarks.chromium import ChromiumPrinter
    from tests.benchmarks.competitors import CompetitorMissingError
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.project import Project, shipped

    command = ("toolkit", "--force", "--cache", str(folder / "un"))
    run(command, folder / "un-allan")
    project = Project(shipped())
    catalogue = load(project)
    ours, theirs = [], []
    source = folder / "toolkit.html"
    try:
        printer = ChromiumPrinter(project, catalogue)
        plan = making.plan(catalogue, "toolkit")
        least = {leaf.name: leaf.sizes[-1] for leaf in plan.leaves}  # a browser does not fit type
        source.write_text(printer.html(plan, least), "utf-8")
    except CompetitorMissingError as error:
        print(error)
        printer = None
    for _ in range(3):
        ours.append(run(command, folder / "un-allan").clock)
        if printer:
            start = time.perf_counter()
            printer.print(source, folder / "chromium.pdf")
            theirs.append(time.perf_counter() - start)
    return compared("one toolkit, whole command, s, against Chromium from cold", ours, theirs, -1)


def _many(store: Path) -> Iterator[str]:
    """Whether time and memory stay flat, every pack with an imprint of its own."""
    runs: dict[int, list[tuple[float, float]]] = {100: [], 1000: [], 5000: []}
    for count in (100, 1000, 100, 5000, 100, 1000, 100, 1000, 100):
        _forget(store)
        result = unit("packs", count, store)
        runs[count].append((1000 * result["seconds"] / count, result["memory"]))
    found = [tuple(statistics.median(each) for each in zip(*some, strict=True)) for some in runs.values()]
    for what, each in (("ms a pack", [one for one, _ in found]), ("peak memory, MB", [one for _, one in found])):
        flat = max(each) <= 1.1 * min(each)
        values = " / ".join(f"{value:.1f}" for value in each)
        yield f"| {what}, 100 / 1,000 / 5,000 packs | {values} | | | flat within 10%: {'yes' if flat else 'NO'} |"


def main() -> None:
    head = HEAD.format(
        runs=f"{RUNS} (3 where files are made)",
        processor=platform.machine(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        weasyprint=metadata.version("weasyprint"),
    )
    print(head, end="")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for work in WORKS:
            rows.append(measure(work, Path(folder)))
            print(rows[-1], flush=True)
        compared = [COMPARED, *comparisons(Path(folder))]
    print("\n".join(compared))
    text = head + "\n".join([*rows, "", *compared]) + "\n"
    Path("docs/performance.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
