"""What is said of a text, and the texts as those see them who say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from toolkit_builder.catalogue.characters import seen
from toolkit_builder.catalogue.markdown import MarkdownOutline, outline
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
        return outline(self.source)

    @cached_property
    def words(self) -> str:
        """As it is printed, without marks, and without soft hyphens and the like."""
        return seen(self.outline.words)


def quoted(words: str) -> str:
    """The beginning of some words in quotation marks, on one line."""
    line = " ".join(words.split())
    return f"“{line if len(line) <= SHOWN else line[:SHOWN].rstrip() + '…'}”"
