"""Frameworks with long, short, many and few texts, through every product: a page whose words are not those of the
content is never made with exit status 0. `python -m tests.fuzz.frameworks --examples 200`.

Each framework is made twice: with its texts, and with the first word of each alone, which no other text has. What
another program (PDFium) extracts from the pages of both is compared: wherever the first word of a text stands in the
one, the whole of it has to stand in the other, and nowhere else.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import reading
from tests.making import LONG_WORD
from tests.typed import typed
from toolkit_builder.project import shipped

T = TypeVar("T")
SHAPES = ("circle", "square", "diamond", "hexagon", "triangle", "pentagon")
COLOURS = ("#0b6468", "#4a3a8c", "#9a3b12", "#305010", "#7a1f4d", "#1f3d7a")
WORDS = (
    *("y", "a’r", "llesiant", "cydweithio", "ŵyn", "tŷ", "gweithgareddau", "ymgysylltu", "cyfrifoldebau", "the", "of"),
    *(
        "people",
        "partnership",
        "£3.50",
        "2026–27",
        "responsibilities",
        "‘doing to’",
        "third-sector",
        "affinity",
        "WCPP",
    ),
)
PRODUCTS = (
    ("cards",),
    ("cards", "--language", "cy"),
    ("cards", "--layout", "tilt-and-turn"),
    ("handouts",),
    ("handouts", "--layout", "block-by-block"),
    ("handouts", "--layout", "top-and-bottom"),
    ("handouts", "--language", "en"),
    ("handouts", "--large-print"),
    ("summary",),
    ("summary", "--greyscale"),
    ("summary", "--large-print"),
    ("toolkit",),
    ("toolkit", "--layout", "back-to-back"),
    ("toolkit", "--language", "cy"),
    ("toolkit", "--large-print"),
)


@dataclass(frozen=True)
class Text:
    """A text to be made: so many words, of which some may be long."""

    words: int
    seed: int


@dataclass(frozen=True)
class Action:
    title: Text
    purpose: Text
    examples: tuple[Text, ...]
    keys: tuple[Text, ...]


@dataclass(frozen=True)
class Category:
    title: Text
    introduction: Text
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Framework:
    title: Text
    subtitle: Text
    categories: tuple[Category, ...]
    first_shape: int
    product: tuple[str, ...]


@dataclass
class Figures:
    """What came of frameworks: how many were built, and refused by what."""

    built: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def texts(usual: int, most: int) -> st.SearchStrategy[Text]:
    count = st.one_of(st.integers(1, usual), st.integers(1, usual), st.integers(1, most))
    return st.builds(Text, count, st.integers(0, 10**6))


def several(each: st.SearchStrategy[T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, min_size=1, max_size=most).map(tuple)


ACTIONS = st.builds(Action, texts(5, 24), texts(14, 90), several(texts(4, 30), 7), several(texts(9, 40), 6))
FEW = several(ACTIONS, 2)
CATEGORIES = st.builds(Category, texts(6, 24), texts(16, 80), st.one_of(FEW, FEW, several(ACTIONS, 12)))
FRAMEWORKS = st.builds(
    Framework,
    texts(4, 30),
    texts(8, 40),
    st.one_of(several(CATEGORIES, 2), several(CATEGORIES, 5)),
    st.integers(0, len(SHAPES) - 1),
    st.sampled_from(PRODUCTS),
)


class Writer:
    """Writes a framework as a project; `whole` or with the first word of each text alone."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.texts: dict[str, str] = {}
        """All texts by their first words, squeezed."""

    def text(self, text: Text) -> dict[str, str]:
        return {language: self._in(language, text) for language in ("cy", "en")}

    def _in(self, language: str, text: Text) -> str:
        first = f"{'Ŵyl' if language == 'cy' else 'Word'}{len(self.texts):04d}"
        words = [first, *(self._word(text.seed + at) for at in range(text.words - 1))]
        self.texts[reading.squeezed(first)] = reading.squeezed(" ".join(words if self.whole else words[:1]))
        return " ".join(words if self.whole else words[:1])

    @staticmethod
    def _word(seed: int) -> str:
        return LONG_WORD if seed % 199 == 0 else WORDS[seed * 7919 % len(WORDS)]

    def project(self, framework: Framework, root: Path) -> None:
        content = root / "content"
        (content / "actions").mkdir(parents=True)
        (content / "labels.yaml").write_bytes((shipped() / "content" / "labels.yaml").read_bytes())
        data = yaml.safe_load((shipped() / "content" / "framework.yaml").read_text("utf-8"))
        data |= {"title": self.text(framework.title), "subtitle": self.text(framework.subtitle), "categories": []}
        for at, category in enumerate(framework.categories):
            code = f"{chr(65 + at)}X"
            data["categories"].append(
                {
                    "id": f"category-{at + 1}",
                    "code": code,
                    "title": self.text(category.title),
                    "introduction": self.text(category.introduction),
                    "colour": COLOURS[at],
                    "shape": SHAPES[(framework.first_shape + at) % len(SHAPES)],
                }
            )
            for number, action in enumerate(category.actions, start=1):
                written = self._action(action, f"{code}{number}", f"category-{at + 1}")
                _write(content / "actions" / f"{code}{number}.yaml", written)
        _write(content / "framework.yaml", data)

    def _action(self, action: Action, code: str, category: str) -> dict[str, Any]:
        return {
            "code": code,
            "category": category,
            "title": self.text(action.title),
            "purpose": self.text(action.purpose),
            "examples": [self.text(one) for one in action.examples],
            "keys": [self.text(one) for one in action.keys],
            "who": [{"sectors": ["citizens"]}],
            "stage": "early",
            "resource": "low",
            "time": "short",
        }


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10000), "utf-8")


def made(framework: Framework, root: Path, *, whole: bool) -> tuple[Mapping[str, str], Path | None, str]:
    """The texts of a framework, the document that was made of it, or what was said against it."""
    writer = Writer(whole=whole)
    writer.project(framework, root)
    done = typed(*framework.product, "--project", root, "--output", root / "allan")
    if done.status == 0:
        [path] = (path for path in (root / "allan").glob("*.pdf") if not path.name.endswith(".sheets.pdf"))
        return writer.texts, path, ""
    assert done.status == 1, done.err
    assert re.search(r"^(content|layouts|styles)/\S+: error: ", done.err, re.MULTILINE), done.err
    return writer.texts, None, done.err


def differences(framework: Framework, figures: Figures) -> list[str]:
    """The texts of a framework that are not on its pages as they are to be."""
    with tempfile.TemporaryDirectory(prefix="fframwaith-") as folder:
        texts, path, refusal = made(framework, Path(folder) / "hir", whole=True)
        if path is None:
            figures.refused[_reason(refusal)] += 1
            return []
        figures.built += 1
        _, short, said = made(framework, Path(folder) / "byr", whole=False)
        assert short is not None, said
        return list(_compared(reading.pages(path), reading.pages(short), texts, "--large-print" in framework.product))


def _compared(long: list[str], short: list[str], texts: Mapping[str, str], is_large: bool) -> Iterator[str]:
    for first, text in texts.items():
        wanted = _count(short, first)
        there = _count(long, text)
        # In large print a title is said again on each page that its leaf goes on to.
        if not (there >= wanted > 0 or there == wanted == 0 if is_large else there == wanted):
            yield f"“{text[:60]}” stands {there} times on the pages, and should {wanted} times"
        if not is_large and len(long) == len(short):
            wrong = [
                at + 1
                for at, (one, other) in enumerate(zip(long, short, strict=True))
                if text in one and first not in other
            ]
            if wrong:
                yield f"“{text[:60]}” stands on page {wrong[0]}, where it does not belong"


def _count(pages: list[str], text: str) -> int:
    return sum(page.count(text) for page in pages)


REASONS = (
    *("mm outside", "wider than its column", "and 1 was planned", "runs over the end", "too faint", "over one another"),
    *("stands under", "is not on its page", "have room", "is covered", "fails"),
)


def _reason(refusal: str) -> str:
    return next((reason for reason in REASONS if reason in refusal), refusal.splitlines()[1][:120])


def check(examples: int, *, derandomize: bool, shrink: bool = False) -> Figures:
    """Try so many frameworks. Raises AssertionError if a page differs; `shrink` looks for a small one that does."""
    figures = Figures()
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=derandomize,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    @given(FRAMEWORKS)
    def words_come_out(framework: Framework) -> None:
        wrong = differences(framework, figures)
        assert not wrong, (wrong, framework)

    words_come_out()
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.frameworks", description=__doc__)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--shrink", action="store_true", help="look for the smallest that goes wrong, which takes long")
    asked = parser.parse_args()
    figures = check(asked.examples, derandomize=False, shrink=asked.shrink)
    print(f"{figures.built} built, {sum(figures.refused.values())} refused")
    for reason, count in figures.refused.most_common():
        print(f"{count:5}  {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
