"""A plan: the leaves that a document is made of, in order.

A leaf knows its content, layout and languages, and nothing of the document that it will stand in: no page number, no
count of pages. (A contents page is a leaf like any other: the numbers that it prints are its content.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CARD_SIZES = (12.0, 11.75, 11.5, 11.25, 11.0)
PAGE_SIZES = (13.0, 12.75, 12.5, 12.25, 12.0)
HANDOUT_SIZES = (12.0, 11.75, 11.5, 11.25, 11.0)
SUMMARY_SIZES = (11.0, 10.75, 10.5)


@dataclass(frozen=True)
class Leaf:
    """One leaf of a document.

    `group`: leaves of one group shrink together, so that both languages keep the same size. `sizes`: the font sizes in
    pt that it may be set in, largest first.
    """

    name: str
    layout: str
    languages: tuple[str, ...]
    bookmark: str
    level: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    sizes: tuple[float, ...] = PAGE_SIZES
    pages: int = 1

    @property
    def anchor(self) -> str:
        """The name of the leaf as the target of a link."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.name)

    @property
    def shrinks_with(self) -> str:
        return self.group or self.name


@dataclass(frozen=True)
class Plan:
    """A document to be made: its leaves, its languages and what its metadata says."""

    product: str
    languages: tuple[str, ...]
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    actions: tuple[str, ...]
    layout: str


@dataclass(frozen=True)
class Edition:
    """How a document is set: its languages in the order of reading."""

    languages: tuple[str, ...]

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) > 1
