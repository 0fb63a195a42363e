"""`make bench`: how long the command takes, as whole processes, medians over several runs.

Prints a table and writes it to `docs/performance.md`. CPU time is the operating system's own accounting of the finished
process and its children; machines are noisy, so look at ratios and at CPU time rather than at the clock.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
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
    Work("`summary`", ("summary",), runs=3),
    Work("`handouts`", ("handouts",), runs=3),
    Work("`cards`", ("cards",), runs=3),
    Work("`toolkit`", ("toolkit",), runs=3),
    Work("`build`", ("build",), runs=3),
    Work("`build --action FM5`", ("build", "--action", "FM5"), runs=3),
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
    Path("docs/performance.md").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
