"""What differs between a text and the one that it was translated from, and ought not to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from toolkit_builder.catalogue.markdown import MarkdownOutline
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, Written
from toolkit_builder.proofreading.links import differing_links
from toolkit_builder.proofreading.lists import stop

LONGEST = 1.6
LONG = 60
"""Ratios say nothing of a word or two: a text is held against its pair when the longer has so many characters."""
COUNTS: dict[str, Callable[[MarkdownOutline], int]] = {
    "paragraphs": lambda text: text.blocks,
    "list items": lambda text: text.items,
    "emphasised words or phrases": lambda text: text.strong,
}
_ENDS = {".": "a stop", "?": "a question mark", "!": "an exclamation mark", ":": "a colon", "": "no stop"}


def differences(text: Written, original: Written) -> Iterator[Doubt]:
    """What does not correspond in a text and its original."""
    yield from _numbers(text, original)
    for what, count in COUNTS.items():
        here, there = count(text.outline), count(original.outline)
        if here != there:
            yield Doubt(Check.COUNTS, f"{here} {what} where {original.language} has {there}; let them correspond")
    yield from differing_links(text, original)
    end, their_end = stop(text.words), stop(original.words)
    if end is not None and their_end is not None and end != their_end:
        message = f"ends with {_ENDS[end]}, and {original.language} with {_ENDS[their_end]}; let them agree"
        yield Doubt(Check.ENDS, message, text.source)
    longer, shorter = sorted(
        [(len(text.source), text.language), (len(original.source), original.language)], reverse=True
    )
    if longer[0] >= LONG and longer[0] > LONGEST * shorter[0]:
        ratio = longer[0] / shorter[0]
        said = f"{longer[1]} is {ratio:.1f} times as long as {shorter[1]}"
        yield Doubt(Check.LENGTH, f"{said}; something may be missing ({LONGEST} at most)")


def _numbers(text: Written, original: Written) -> Iterator[Doubt]:
    """Numbers in figures have to be in both, in figures or in words. Of numbers in words it is certain only that
    something is wrong if each text has one that the other has not: *dwy ochr* is *both sides*.
    """
    if text.figures == original.figures and text.numbers == original.numbers:
        return
    figures, words = Counter(text.figures), Counter(text.numbers)
    their_figures, their_words = Counter(original.figures), Counter(original.numbers)
    here, there = figures - their_figures, their_figures - figures
    _settle(here, their_words)
    _settle(there, words)
    if here or there:
        mine, theirs = _listed(figures.elements()), _listed(their_figures.elements())
        yield Doubt(Check.NUMBERS, f"the numbers {mine} where {original.language} has {theirs}; check which is right")
        return
    rest, their_rest = (sorted(set(some) - {1}) for some in (words - their_words, their_words - words))
    if rest and their_rest:
        message = f"{_listed(map(str, rest))} in words where {original.language} has {_listed(map(str, their_rest))}"
        yield Doubt(Check.NUMBERS, f"{message}; check which is right")


def _settle(figures: Counter[str], words: Counter[int]) -> None:
    """Take out the figures that are there in words, and the words."""
    for figure in list(figures):
        number = int(re.sub(r"\D", "", figure)) if len(figure) < 20 else 0
        same = min(figures[figure], words[number])
        figures[figure] -= same
        words[number] -= same
        if not figures[figure]:
            del figures[figure]


def _listed(numbers: Iterable[str]) -> str:
    return ", ".join(sorted(numbers)) or "(none)"
