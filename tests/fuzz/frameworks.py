"""Frameworks of all sizes and shapes, through every product in every layout: `python -m tests.fuzz.frameworks`.

Each is built, or refused with a message that names a text which is there; nothing else is right. What is built has all
its words: each framework is made twice, with its texts and with the mark alone that each begins with, and what another
program (PDFium) extracts from the pages of both is compared. Wherever a mark stands in the one, its whole text has to
stand in the other, and nowhere else. Where a leaf takes further pages, these end elsewhere with longer texts: there it
has to stand as often, and running heads whole wherever they begin.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests import reading
from tests.fuzz.framework_files import MARK, Writer
from tests.fuzz.framework_refusals import kind_of, unexplained
from tests.fuzz.framework_shapes import BEYOND, FEW, PROMISED, Bounds, Shape, of_product, shapes
from tests.typed import typed

Difference = tuple[str, str]
"""A mark, and what is different about its text."""
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

    @property
    def tried(self) -> int:
        """How many there were."""
        return sum(counts.total() for counts in (self.built, self.refused, self.unexplained, self.lost))

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
    with tempfile.TemporaryDirectory(prefix="fframwaith ŵŷ ") as folder:
        whole = made(shape, Path(folder) / "hir", cache, whole=True)
        if whole.status == 1 and not (wrong := unexplained(whole.said, whole.root)):
            figures.add(figures.refused, f"{shape.command[0]}: {kind_of(whole.said)}", shape)
            return []
        if whole.status != 0:
            wrong = wrong if whole.status == 1 else [f"status {whole.status}: {whole.said.strip()[-300:]}"]
            figures.add(figures.unexplained, f"{shape.command[0]}: {kind_of(wrong[0])}", shape)
            return wrong
        short = made(shape, Path(folder) / "byr", cache, whole=False)
        is_made = short.status == 0
        wrong = list(compared(whole, short)) if is_made else [f"refused without its texts: {short.said.strip()}"]
        if wrong:
            figures.add(figures.lost, f"{shape.command[0]}: {kind_of(wrong[0])}", shape)
        figures.built[shape.command[0]] += not wrong
        return wrong


@dataclass(frozen=True)
class Made:
    """What came of a command: its status, what it said; the texts of the framework by their marks, and the marks of
    what actions are for, of the titles of categories, and of what scales and their steps are called; of the steps
    that no action has.
    """

    root: Path
    texts: Mapping[str, str]
    purposes: frozenset[str]
    categories: frozenset[str]
    scales: frozenset[str]
    unused: frozenset[str]
    status: int
    said: str

    def documents(self) -> set[str]:
        """The names of the documents; sheets are made of their pages."""
        return {path.name for path in (self.root / "allan").glob("*.pdf") if not path.name.endswith(".sheets.pdf")}

    def pages(self, name: str, *, with_artifacts: bool = True, as_drawn: bool = False) -> list[str]:
        """The texts of a document's pages."""
        path = self.root / "allan" / name
        if not as_drawn:
            return reading.pages(path, with_artifacts=with_artifacts)
        pieces = reading.drawn(path, with_artifacts=with_artifacts)
        return ["".join(unturned(page, self.texts)) for page in pieces]

    def runs_over(self, name: str) -> bool:
        """Whether leaves of a document may take further pages: then these begin elsewhere with longer texts."""
        product = name.partition(".")[0]
        return "large-print" in name or any(
            line.startswith(f"{product}: ") and " further " in line for line in self.said.splitlines()
        )


def unturned(pieces: Iterable[str], texts: Mapping[str, str]) -> Iterator[str]:
    """Pieces of a page, squeezed, in the order in which they are read: beside words from right to left, PDFium turns
    the words of other languages round. A text, known by its mark, begins with it, and goes on in the next pieces.
    """
    rest = ""
    for piece in pieces:
        as_extracted, turned = reading.squeezed(piece), reading.squeezed("".join(reversed(piece.split(" "))))
        if (mark := MARK.match(as_extracted)) or (mark := MARK.match(turned)):
            rest = texts.get(mark[0], "")
        is_turned = not rest.startswith(as_extracted) and rest.startswith(turned)
        said = turned if is_turned and not reading.is_right_to_left(piece) else as_extracted
        rest = rest.removeprefix(said)
        yield said


def made(shape: Shape, root: Path, cache: Path, *, whole: bool) -> Made:
    """Write a framework, and make of it what its shape says."""
    writer = Writer(shape, whole=whole)
    writer.project(root)
    done = typed(*shape.command, "--project", root, "--output", root / "allan", "--cache", cache)
    purposes, categories, scales = map(frozenset, (writer.purposes, writer.categories, writer.scales))
    return Made(root, writer.texts, purposes, categories, scales, writer.unused(), done.status, done.err)


def compared(whole: Made, short: Made) -> Iterator[str]:
    """What is different between the documents of a framework and those of its marks alone."""
    if whole.documents() != short.documents():
        yield f"other files: {', '.join(sorted(whole.documents() ^ short.documents()))}"
    for name in sorted(whole.documents() & short.documents()):
        # Lines of two columns are extracted as one, or in the order of drawing: a text that is lost is so in both.
        as_it_stands, as_drawn = (dict(_compared(whole, short, name, as_drawn=drawn)) for drawn in (False, True))
        yield from (f"{name}: {why}" for mark, why in as_drawn.items() if mark in as_it_stands)


def _compared(whole: Made, short: Made, name: str, *, as_drawn: bool = False) -> Iterator[Difference]:
    """What is different between one document of a framework and that of its marks alone, by mark."""
    long, brief = (each.pages(name, as_drawn=as_drawn) for each in (whole, short))
    texts = {mark: text for mark, text in whole.texts.items() if mark not in left_out(whole, name, long)}
    # The map of a toolkit says what all its actions are for where it has room for that, beside their pages.
    at_times = whole.purposes if name.startswith("toolkit") else frozenset()
    if not (whole.runs_over(name) or short.runs_over(name) or len(long) != len(brief)):
        yield from differences(long, brief, texts, whole.scales, at_times)
        return
    proper, right = (each.pages(name, with_artifacts=False, as_drawn=as_drawn) for each in (whole, short))
    yield from differences_in_number(proper, right, texts, whole.scales | at_times)
    yield from cut_short(long, brief, texts)


def left_out(whole: Made, name: str, pages: list[str]) -> frozenset[str]:
    """The marks of texts that a document does without, as its layout says: the summary says what all actions are for,
    or none, as it has room, and steps that no action has where they head columns only; the box says all categories, or
    none; of a blank card's category, the shape is enough.
    """
    product, there = name.partition(".")[0], set(_places(pages, dict.fromkeys(whole.texts)))
    kind = {"summary": whole.purposes, "tuck-box": whole.categories}.get(product, frozenset())
    all_or_none = frozenset() if kind & there else kind
    single = {"summary": whole.unused, "blank-cards": whole.categories}.get(product, frozenset())
    return all_or_none | single - there


def differences(
    long: list[str],
    short: list[str],
    texts: Mapping[str, str],
    scales: frozenset[str] = frozenset(),
    at_times: frozenset[str] = frozenset(),
) -> Iterator[Difference]:
    """The texts that do not stand on the pages on which their marks do, page for page. What `scales` are called stands
    in the head of a column, or in every row, where columns have no room; what is said `at_times` may stand on one page
    less.
    """
    there, wanted = _places(long, texts), _places(short, dict.fromkeys(texts))
    for mark, text in texts.items():
        found, right = there[mark], wanted[mark]
        if mark in at_times and found and set(found) < set(right) and len(found) == len(right) - 1:
            continue
        if set(found) != set(right) if mark in scales else found != right:
            yield mark, f"“{text[:60]}” stands on pages {found or 'none'}, and should on {right or 'none'}"


def differences_in_number(
    long: list[str], short: list[str], texts: Mapping[str, str], scales: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    """The texts that do not stand in a document as often as their marks: pages may end elsewhere. What `scales` are
    called may stand in heads of columns, or in rows.
    """
    there, wanted = _places(long, texts), _places(short, dict.fromkeys(texts))
    for mark, text in texts.items():
        found, right = len(there[mark]), len(wanted[mark])
        if found != right and not (mark in scales and found and right):
            yield mark, f"“{text[:60]}” stands there {found} times, and should {right} times"


def cut_short(long: list[str], short: list[str], texts: Mapping[str, str]) -> Iterator[Difference]:
    """The texts whose mark stands somewhere without the rest, or not at all though it should: running heads are said as
    often as there are pages, but whole.
    """
    there, begun, wanted = (
        _places(long, texts),
        _places(long, dict.fromkeys(texts)),
        _places(short, dict.fromkeys(texts)),
    )
    for mark, text in texts.items():
        if there[mark] != begun[mark]:
            yield mark, f"“{text[:60]}” begins on pages {begun[mark]}, and is whole on {there[mark] or 'none'}"
        elif bool(there[mark]) != bool(wanted[mark]):
            yield mark, f"“{text[:60]}” stands on pages {there[mark] or 'none'}, and should on {wanted[mark] or 'none'}"


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
    told: set[str] = set()
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    still = list(HealthCheck)

    @seed(first)
    @settings(max_examples=examples, deadline=None, database=None, phases=phases, suppress_health_check=still)
    @given(shapes(bounds))
    def words_come_out(shape: Shape) -> None:
        if time.monotonic() < end:
            shape = shape if shrink else of_product(shape, figures.tried)
            wrong = attempt(shape, figures, cache)
            # A long run that is broken off has still told what it found, each kind once.
            new = {kind: fault for fault in wrong if (kind := kind_of(fault)) not in told}
            told.update(new)
            if new:
                print(*new.values(), f"  --again '{json.dumps(asdict(shape))}'", sep="\n", flush=True)
            if figures.tried % 10 == 0:
                print(f"{figures.tried} tried\n{figures}", file=sys.stderr, flush=True)
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
