"""A plan: the leaves that a document is made of, in order.

A leaf knows its content, layout and languages, and nothing of the document that it will stand in: no page number, no
count of pages. (A contents page is a leaf like any other: the numbers that it prints are its content.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

CARD_SIZES = (12.0, 11.75, 11.5, 11.25, 11.0)
PAGE_SIZES = (13.0, 12.75, 12.5, 12.25, 12.0)
HANDOUT_SIZES = (12.0, 11.75, 11.5, 11.25, 11.0)
SUMMARY_SIZES = (11.0, 10.75, 10.5)


@dataclass(frozen=True, eq=False)
class Leaf:
    """One leaf of a document.

    `group`: leaves of one group shrink together, so that both languages keep the same size. `sizes`: the font sizes in
    pt that it may be set in, largest first. `pages`: how many it takes; 0 for as many as it needs. `imprint`: a leaf of
    one page that is printed over the first page of this one, so that many documents can share what is below.
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
    imprint: Leaf | None = None

    @property
    def anchor(self) -> str:
        """The name of the leaf as the target of a link."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.name)

    @property
    def group_name(self) -> str:
        return self.group or self.name


@dataclass(frozen=True, eq=False)
class Plan:
    """A document to be made: its leaves, its languages and what its metadata says.

    `complete` makes the leaves that need the numbers of pages, such as contents, once those are known.
    """

    product: str
    languages: tuple[str, ...]
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    actions: tuple[str, ...]
    layout: str
    rights: str = ""
    complete: Callable[[Sequence[Leaf]], Sequence[Leaf]] | None = None

    @property
    def is_facing(self) -> bool:
        """Whether the pages lie open in pairs."""
        return self.layout == "parallel-pages" and len(self.languages) == 2

    def starts(self) -> Iterator[tuple[Leaf, int]]:
        """Each leaf with the number of its first page."""
        number = 1
        for leaf in self.leaves:
            yield leaf, number
            number += leaf.pages or 1

    def typeset_leaves(self) -> Iterator[Leaf]:
        """All leaves that are typeset: those of the document, each followed by its imprint."""
        for leaf in self.leaves:
            yield leaf
            if leaf.imprint:
                yield leaf.imprint

    def numbered(self, pages: Mapping[str, int]) -> Plan:
        """The plan with the number of pages of the leaves that take as many as they need, by name."""
        leaves = [replace(leaf, pages=pages[leaf.name]) if leaf.name in pages else leaf for leaf in self.leaves]
        return self.with_leaves(self.complete(leaves) if self.complete else leaves)

    def with_leaves(self, leaves: Sequence[Leaf]) -> Plan:
        """The same plan with other leaves."""
        return replace(self, leaves=tuple(leaves))


@dataclass(frozen=True)
class Edition:
    """How a document is set: its languages in the order of reading."""

    languages: tuple[str, ...]

    @property
    def is_bilingual(self) -> bool:
        return len(self.languages) > 1
