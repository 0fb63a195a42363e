"""What a careful reader would mark in the texts, though the press would print them: each a warning with its place.

Rules for one language look at its texts alone; rules for pairs set each translation beside the original
(`review: original` in `framework.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from toolkit_builder.catalogue.decoding import listed_lines
from toolkit_builder.catalogue.markdown import MarkdownError, MarkdownOutline, blocks, outline
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.catalogue.review import original_language, stale
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project
from toolkit_builder.proofreading import glossary

EQUAL = "equal.txt"
"""Texts that are meant to be the same in all languages, such as names: one a line."""
LONGEST = 1.6
LONG = 60
"""Ratios say nothing of a word or two: a text is held against its pair when the longer has so many characters."""

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def proofread(project: Project, catalogue: Catalogue) -> list[Fault]:
    """Every doubt about the texts of a catalogue, sorted by place."""
    equal = listed_lines(project.content / EQUAL)
    terms, faults = glossary.load(project)
    found = list(faults)
    original = original_language(catalogue.framework)
    used: set[str] = set()
    for text in texts(catalogue):
        for language in catalogue.framework.language_ids:
            doubts = list(_alone(text[language], language))
            if language != original:
                doubts += _paired(text[language], text[original], language, original)
                if text[language] == text[original] and text[original] not in equal and _has_words(text[original]):
                    doubts.append(f"the same as {original}; translate it, or list it in content/{EQUAL}")
                if language == "cy" and original == "en":
                    doubts += glossary.doubts(terms, text["en"], text["cy"])
            used.add(text[language])
            found += [_fault(catalogue, text, language, doubt) for doubt in doubts]
            found += [_fault(catalogue, text, language, wrong, "error") for wrong in _unprintable(text[language])]
    for words, line in equal.items():
        if words not in used:
            message = f"no text of the catalogue is “{words}”; remove the line"
            found.append(Fault(f"content/{EQUAL}", line, 1, "", message, "warning"))
    return sorted([*found, *stale(catalogue)])


def _fault(
    catalogue: Catalogue, text: Text, language: str, message: str, severity: Literal["error", "warning"] = "warning"
) -> Fault:
    key = f"{text.origin}.{language}"
    file, line, column = catalogue.positions.get(key, (text.origin.file, 0, 0))
    return Fault(file, line, column, key.partition("#")[2], message, severity)


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


# -- one text ----------------------------------------------------------------------------------------------------------


def _unprintable(text: str) -> Iterator[str]:
    try:
        blocks(text)
    except MarkdownError as error:
        yield str(error)


def _alone(text: str, language: str) -> Iterator[str]:
    words = outline(text).words
    if language == "cy" and "&" in words:
        yield "an ampersand; Welsh writes “a” or “ac”"
    if "'" in words:
        yield "a straight apostrophe; write ’ (U+2019), or ‘ and ’ around a quotation"
    if '"' in words:
        yield "a straight quotation mark; write ‘ and ’, or “ and ”"


# -- a text and its original -------------------------------------------------------------------------------------------


def _paired(text: str, original: str, language: str, source: str) -> Iterator[str]:
    here, there = outline(text), outline(original)
    yield from _numbers(here.words, there.words, source)
    for what, count in COUNTS.items():
        if count(here) != count(there):
            yield f"{count(here)} {what} where {source} has {count(there)}; let them correspond"
    if len(here.links) != len(there.links):
        for address in sorted(set(here.links) ^ set(there.links)):
            yield f"the link to {address} is in {language if address in here.links else source} only"
    longer, shorter = sorted([(len(text), language), (len(original), source)], reverse=True)
    if longer[0] >= LONG and longer[0] > LONGEST * shorter[0]:
        ratio = longer[0] / shorter[0]
        yield f"{longer[1]} is {ratio:.1f} times as long as {shorter[1]}; something may be missing ({LONGEST} at most)"


def _numbers(words: str, original: str, source: str) -> Iterator[str]:
    here, there = (sorted(_NUMBER.findall(text)) for text in (words, original))
    if here != there:
        yield f"the numbers {_listed(here)} where {source} has {_listed(there)}; check which is right"


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers) or "(none)"


COUNTS: dict[str, Callable[[MarkdownOutline], int]] = {
    "paragraphs": lambda text: text.blocks,
    "list items": lambda text: text.items,
    "emphasised words or phrases": lambda text: text.strong,
}
