"""Nothing that reads a text from outside takes much longer when the text gets longer.

What is measured is the processor's time of this thread, for a text and for one four times as long: four times as much
where time grows with the length, sixteen times with its square. The engines of `re` and of the YAML parser count no
steps that a program could ask for, and a count by an engine of our own would say nothing of theirs; a ratio needs no
deadline that a slow machine would miss.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import toolkit_builder
from tests.proofreading.reading import doubts_of
from toolkit_builder.catalogue import markdown
from toolkit_builder.proofreading import glossary, spelling
from toolkit_builder.proofreading.glossary import Term
from toolkit_builder.table_files import TableError, csv_cell, read_csv

SEEDS = (
    *("](", "[", "[a](", "[a](b", "![", "**a ", "*a_ ", "_", "* ", "- ", "1. ", "\n", "\n ", " \n", "  ", "\t", "a"),
    *(
        "ŵ’",
        "a-",
        "a@",
        "http://",
        "#",
        "a#",
        "<",
        "<a ",
        "<p data-rows",
        "&",
        "&#",
        "{",
        "{{a",
        "%(",
        "%(a",
        "1",
        "1.",
    ),
    *("'", '"', "/*", "url(", "=", "1-", ";", "`", "[a]: ", "> ", "a\n", "|a|\n", " at 1:", "\\"),
)
LENGTH = 2_000
"""Characters of the shorter text."""
SOON = 0.004
"""Seconds: what is done in so few for the longer text cannot have grown with its square."""
MOST = 9.0
"""Between four times and sixteen."""


OF_THE_PROJECT = ("proofreading.styles", "press.fonts", "press.html.templates", "press.keys", "press.typesetting")
"""Modules whose patterns meet layouts and styles alone, which are the project's own."""


def seconds(read: Callable[[], object]) -> float:
    """The least of three, since whatever else a processor does only adds to it."""
    least = float("inf")
    for _ in range(3):
        begun = time.thread_time()
        read()
        least = min(least, time.thread_time() - begun)
        if least < SOON:
            break
    return least


def growth(read: Callable[[str], object], seed: str, least: int = LENGTH) -> float:
    """How many times longer a text takes that is four times as long; 0 if both take next to nothing."""
    short, long = (seed * (length // len(seed)) + "¦" for length in (least, 4 * least))
    taken = seconds(lambda: read(long))
    return taken / max(SOON / 20, seconds(lambda: read(short))) if taken >= SOON else 0


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern for text that a module of the tool has under a name."""
    for module in pkgutil.walk_packages(toolkit_builder.__path__, "toolkit_builder."):
        if module.name.endswith("__main__"):
            continue
        for name, value in sorted(vars(importlib.import_module(module.name)).items()):
            if module.name.removeprefix("toolkit_builder.").startswith(OF_THE_PROJECT):
                continue
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name.removeprefix('toolkit_builder.')}.{name}", value


PATTERNS = dict(patterns())


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(name: str) -> None:
    grown = {seed: growth(lambda text: PATTERNS[name].sub("", text), seed) for seed in SEEDS}
    assert {seed: times for seed, times in grown.items() if times > MOST} == {}


def test_the_measure_finds_a_pattern_that_grows_with_the_square() -> None:
    assert growth(lambda text: re.sub(r"a*b", "", text), "a", 3 * LENGTH) > MOST


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_has_a_possessive_group(name: str) -> None:
    """Python 3.11.2, which Debian 12 has, matches some of them wrongly (gh-100061, gh-106052); `a*+` is right there."""
    assert not re.search(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>", PATTERNS[name].pattern)


def _outline(text: str) -> object:
    try:
        return markdown.page(text), markdown.inline(text), markdown.outline(text), markdown.plain(text)
    except markdown.MarkdownError as error:
        return error


def _table(text: str) -> object:
    try:
        return read_csv(text.encode())
    except TableError as error:
        return error


PROSE = (
    "i plant ",
    "I ",
    "dau ddeg ",
    "one hundred and ",
    "https://a.b/c ",
    "[a](https://b.c) ",
    "- a.\n",
    "GA1 ",
    "30-20 ",
)
TERM = Term("community wealth building", ("meithrin cyfoeth cymunedol", "cyfoeth*"))
READERS: dict[str, Callable[[str], object]] = {
    "Markdown": _outline,
    "spelling": lambda text: list(spelling.words(text)),
    "glossary": lambda text: list(glossary.doubts([TERM], f"community wealth building {text}", text)),
    "proofreading": doubts_of,
    "table": _table,
    "cell": csv_cell,
}


@pytest.mark.parametrize("name", READERS)
def test_readers(name: str) -> None:
    grown = {
        seed: growth(READERS[name], seed, 500)
        for seed in (*SEEDS, "community wealth ", "cyfoeth", "community - ", *PROSE)
    }
    assert {seed: times for seed, times in grown.items() if times > MOST} == {}
