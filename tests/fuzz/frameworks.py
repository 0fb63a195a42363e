"""Frameworks of all sizes and shapes, through every product in every layout: `python -m tests.fuzz.frameworks`.

Each is built, or refused with a message that names a text which is there; nothing else is right. What is built has all
its words: each framework is made twice, with its texts and with the mark alone that each begins with, and what another
program (PDFium) extracts from the pages of both is compared. Wherever a mark stands in the one, its whole text has to
stand in the other, and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests import reading
from tests.fuzz.framework_files import MARK, Writer
from tests.fuzz.framework_refusals import kind_of, unexplained
from tests.fuzz.framework_shapes import BEYOND, FEW, PROMISED, Bounds, Shape, shapes
from tests.typed import typed

BOUNDS = {"few": FEW, "promised": PROMISED, "beyond": BEYOND}


@dataclass
class Figures:
    """What came of frameworks: how many were built, refused with a message that explains itself, refused otherwise, and
    built with other words than theirs.
    """

    built: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unexplained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    examples: dict[str, Shape] = field(default_factory=dict)
    """Of each of the latter, the smallest."""

    def add(self, counts: Counter[str], what: str, shape: Shape) -> None:
        counts[what] += 1
        known = self.examples.get(what)
        if known is None or shape.actions < known.actions:
            self.examples[what] = shape

    def __str__(self) -> str:
        lines = []
        for name in ("built", "refused", "unexplained", "lost"):
            counts: Counter[str] = getattr(self, name)
            lines.append(f"{name:12}{counts.total():5}")
            for what, count in counts.most_common():
                lines.append(f"  {count:5}  {what}")
                if what in self.examples:
                    lines.append(f"         --again '{json.dumps(asdict(self.examples[what]))}'")
        return "\n".join(lines)


def attempt(shape: Shape, figures: Figures, cache: Path) -> list[str]:
    """Make a framework; what is not as it should be, as it is counted too."""
    product = shape.command[0]
    with tempfile.TemporaryDirectory(prefix="fframwaith ŵŷ ") as folder:
        whole, short = Path(folder) / "hir", Path(folder) / "byr"
        texts, status, said = made(shape, whole, cache, whole=True)
        if status == 1 and not (wrong := unexplained(said, whole)):
            figures.add(figures.refused, f"{product}: {kind_of(said)}", shape)
            return []
        if status != 0:
            wrong = wrong if status == 1 else [f"status {status}: {said.strip()[-300:]}"]
            figures.add(figures.unexplained, f"{product}: {kind_of(wrong[0])}", shape)
            return wrong
        _, status, said = made(shape, short, cache, whole=False)
        wrong = list(_compared(whole, short, texts)) if status == 0 else [f"refused without its texts: {said.strip()}"]
        if wrong:
            figures.add(figures.lost, f"{product}: {kind_of(wrong[0])}", shape)
        figures.built[product] += not wrong
        return wrong


def made(shape: Shape, root: Path, cache: Path, *, whole: bool) -> tuple[Mapping[str, str], int, str]:
    """The texts of a framework, and what came of the command: its status, and what it said."""
    writer = Writer(shape, whole=whole)
    writer.project(root)
    done = typed(*shape.command, "--project", root, "--output", root / "allan", "--cache", cache)
    return writer.texts, done.status, done.err


def _compared(whole: Path, short: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """What is different between the documents of a framework and those of its marks alone."""
    names = {root: {path.name for path in (root / "allan").glob("*.pdf")} for root in (whole, short)}
    if names[whole] != names[short]:
        yield f"other files: {', '.join(sorted(names[whole] ^ names[short]))}"
    for name in sorted(names[whole] & names[short]):
        if not name.endswith(".sheets.pdf"):
            long, brief = (reading.pages(root / "allan" / name) for root in (whole, short))
            # In large print leaves take as many pages as they need: as many in all may be other ones.
            is_same = len(long) == len(brief) and "large-print" not in name
            yield from (f"{name}: {wrong}" for wrong in _differences(long, brief, texts, is_as_long=is_same))


def _differences(long: list[str], short: list[str], texts: Mapping[str, str], *, is_as_long: bool) -> Iterator[str]:
    there, wanted = _places(long, texts), _places(short, dict.fromkeys(texts))
    for mark, text in texts.items():
        found, right = there[mark], wanted[mark]
        # Where more pages are taken, titles and the heads of tables are said again on those that go on.
        if found != right if is_as_long else len(found) < len(right) or (found and not right):
            yield f"“{text[:60]}” stands on pages {found or 'none'}, and should on {right or 'none'}"


def _places(pages: list[str], texts: Mapping[str, str | None]) -> dict[str, list[int]]:
    """The pages on which each text stands, by its mark; None: the mark alone is looked for."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        for found in MARK.finditer(page):
            text = texts.get(found[0], "")
            if text is None or (text and page.startswith(text, found.start())):
                places[found[0]].append(number)
    return places


def check(
    examples: int, bounds: Bounds, first: int, cache: Path, *, shrink: bool = False, seconds: float = 1e9
) -> Figures:
    """Try so many frameworks, from a seed, for so many seconds at most.

    `shrink`: stop at the first that goes wrong, and look for a small one (raises AssertionError).
    """
    figures, end = Figures(), time.monotonic() + seconds
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    still = list(HealthCheck)

    @seed(first)
    @settings(max_examples=examples, deadline=None, database=None, phases=phases, suppress_health_check=still)
    @given(shapes(bounds))
    def words_come_out(shape: Shape) -> None:
        if time.monotonic() < end:
            wrong = attempt(shape, figures, cache)
            assert not (wrong and shrink), (wrong, shape)

    words_come_out()
    return figures


def main() -> int:
    """0 if nothing went wrong, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.frameworks", description=__doc__)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=1e9, help="how long at most")
    parser.add_argument("--bounds", choices=BOUNDS, default="promised", help="how large and full they are")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--shrink", action="store_true", help="look for the smallest that goes wrong, which takes long")
    parser.add_argument("--again", metavar="SHAPE", help="make one framework again, as it was printed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cof-") as cache:
        if asked.again:
            figures = Figures()
            print(*attempt(msgspec.json.decode(asked.again, type=Shape), figures, Path(cache)), sep="\n")
        else:
            print(f"seed {asked.seed}", flush=True)
            bounds = BOUNDS[asked.bounds]
            figures = check(asked.examples, bounds, asked.seed, Path(cache), shrink=asked.shrink, seconds=asked.seconds)
    print(figures)
    return 1 if figures.unexplained or figures.lost else 0


if __name__ == "__main__":
    sys.exit(main())
