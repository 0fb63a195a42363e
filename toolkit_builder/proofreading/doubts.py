"""What is said of a text, and the texts as those see them who say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from markupsafe import Markup

from toolkit_builder.catalogue.characters import seen
from toolkit_builder.catalogue.markdown import MarkdownOutline, blocks, is_plain, outline
from toolkit_builder.languages.numbers import FIGURES, in_words
from toolkit_builder.proofreading.checks import Check

SHOWN = 60
"""So many characters of a text are quoted."""


@dataclass(frozen=True)
class Doubt:
    """Something that a careful reader would mark. `words`: what it is about, as it stands in the text; whoever lists
    them in `content/accepted.txt` has looked at them and found them right.
    """

    check: Check
    message: str
    words: str = ""
    severity: Literal["error", "warning"] = "warning"


@dataclass(frozen=True)
class Written:
    """A text in one language, as it was written and as it is printed."""

    source: str
    language: str

    @cached_property
    def outline(self) -> MarkdownOutline:
        """What it is made of; of a line without marks, which most texts are, that is known without reading Markdown."""
        if self.source[:1].isalpha() and "\n" not in self.source and is_plain(self.source):
            return MarkdownOutline(1, 0, 0, (), self.source)
        return outline(self.source)

    @cached_property
    def words(self) -> str:
        """As it is printed, without marks, and without soft hyphens and the like."""
        return seen(self.outline.words)

    @cached_property
    def figures(self) -> list[str]:
        """The numbers that it has in figures, sorted."""
        return sorted(FIGURES.findall(self.words))

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers that it has in words, sorted."""
        return sorted(in_words(self.words, self.language))


@dataclass(frozen=True)
class HowPrinted:
    """How a text is printed: what makes HTML of it, whether as paragraphs and lists (or in a line), whether it is a
    name, which may well be the same in all languages.
    """

    converted: Callable[[str], Markup] = blocks
    is_prose: bool = False
    is_name: bool = False


def quoted(words: str) -> str:
    """The beginning of some words in quotation marks, on one line."""
    line = " ".join(words.split())
    return f"“{line if len(line) <= SHOWN else line[:SHOWN].rstrip() + '…'}”"
