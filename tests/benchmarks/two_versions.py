"""What each product takes in two checkouts of this project, measured in turn within one run, so that both see the same
machine: `python -m tests.benchmarks.two_versions BEFORE AFTER [--runs N] [PRODUCT ...]` prints a table. For what new
layouts cost: the folder of a commit before them (`git worktree add ../before COMMIT`), and this one.

Each makes its own shipped project, all files anew and with an empty store, in whole processes of this interpreter:
medians after one run that does not count. CPU time of a process and its children, and the time by the clock.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
SETS = ("build", "workshop")
"""All products: what these two make together."""
HEAD = """\
| work | CPU before (s) | after (s) | ratio | clock before (s) | after (s) | ratio |
|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Took:
    """Seconds of CPU time, and by the clock."""

    cpu: float
    clock: float


def took(checkout: Path, words: Sequence[str]) -> Took:
    """What a command of a checkout takes. Raises CalledProcessError, with what it said, if it fails."""
    with tempfile.TemporaryDirectory() as output, tempfile.TemporaryFile() as said:
        command = [sys.executable, "-m", "toolkit_builder", *words, "--no-cache", "--force", "--output", output]
        environment = {**os.environ, "PYTHONPATH": str(checkout)}
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=checkout, env=environment, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, said.read().decode("utf-8", "replace"))
    return Took(usage.ru_utime + usage.ru_stime, clock)


def rows(before: Path, after: Path, products: Sequence[str], runs: int) -> Iterator[str]:
    """A row for each product; what only one of the checkouts has is said in place of figures."""
    for product in products:
        measured: dict[Path, list[Took]] = {before: [], after: []}
        try:
            for run in range(runs + 1):
                # Whoever comes first finds colder files: by turns.
                for checkout in (before, after) if run % 2 else (after, before):
                    measured[checkout].append(took(checkout, product.split()))
        except subprocess.CalledProcessError as error:
            last = (error.output.strip().splitlines() or ["no word"])[-1]
            yield f"| `{product}` | {'before' if checkout == before else 'after'}: {last} | | | | | |"
            continue
        cells = []
        for figure in ("cpu", "clock"):
            one, other = (
                statistics.median(getattr(each, figure) for each in measured[checkout][1:])
                for checkout in (before, after)
            )
            cells += [f"{one:.2f}", f"{other:.2f}", f"{other / one:.2f}"]
        yield f"| `{product}` | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("products", nargs="*", default=SETS, help='such as cards, or "cards --deck text"')
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_intermixed_args()
    for checkout in (asked.before, asked.after):
        if not (checkout / "toolkit_builder" / "__main__.py").is_file():
            parser.error(f"{checkout} is no checkout of this project: it has no toolkit_builder/__main__.py")
    print(HEAD)
    for row in rows(asked.before.resolve(), asked.after.resolve(), asked.products, asked.runs):
        print(row, flush=True)


if __name__ == "__main__":
    main()
