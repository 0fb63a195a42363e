"""A plan: the leaves that a document is made of, in order.

A leaf knows its content, layout and languages, and nothing of the document that it will stand in: no page number, no
count of pages. (A contents page is a leaf like any other: the numbers that it prints are its content.)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.documents.paper import PAPER, Size
from toolkit_builder.documents.print_shop import PrintShop
from toolkit_builder.documents.sheet_options import USUAL_SHEETS, SheetOptions

Place = tuple[int, int | None]
"""A page of a document: the index of its leaf and its place in the leaf, or None for a blank page."""

NO_EDITION = Edition()
"""Of leaves that stand in no product: what is printed over proofs."""


@dataclass(frozen=True, eq=False)
class Leaf:
    """One leaf of a document.

    `titles`: what its bookmark says in each of its languages. `group`: leaves of one group shrink together, so that
    both languages keep the same size. `sizes`: the font sizes in pt that it may be set in, largest first. `pages`: how
    many it takes; 0 for as many as it needs. `may_run_over`: it
    takes as many as it needs if it has no room on one in any of its sizes. `imprints`: leaves of one page that are
    printed over the first page of this one, so that many documents can share what is below. `is_counted`: how many
    pages it takes is known only when it is typeset, and `pages` is how many it took; `planned`: how many
    were planned. `rows`: rows, one below the
    other, that many documents share; they are typeset by themselves, and pasted in where the layout leaves room.
    `closer_rows`: what makes the same rows set closer and closer, to take their place while these have no room.
    `size_group`: the leaves of one size group are set in one size in each document; empty if
    its size is its own affair.
    `number`: of a row, the page number that is stamped on it when it is pasted in. `role`: what the leaf is in its
    product (cover, contents, colophon...), as its `product.yaml` says. `edition`: how the document is set. `reading`:
    the template of the same content in editions without pages (`editions/`); empty: these leave it out.
    """

    name: str
    layout: str
    languages: tuple[str, ...]
    bookmark: str
    titles: tuple[str, ...] = ()
    level: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""
    sizes: tuple[float, ...] = (12.0,)
    pages: int = 1
    may_run_over: bool = False
    size_group: str = ""
    imprints: tuple[Leaf, ...] = ()
    is_counted: bool = False
    planned: int = 0
    rows: tuple[Leaf, ...] = ()
    closer_rows: tuple[Callable[[], tuple[Leaf, ...]], ...] = ()
    number: int = 0
    role: str = ""
    edition: Edition = NO_EDITION
    reading: str = ""

    @property
    def anchor(self) -> str:
        """The name of the leaf as the target of a link."""
        return anchor_of(self.name)

    @property
    def group_name(self) -> str:
        return self.group or self.name

    @property
    def planned_pages(self) -> int:
        """How many pages it is to take, 0 for as many as it needs, whatever it was counted to take."""
        return self.planned if self.is_counted else self.pages

    def counted(self, pages: int) -> Leaf:
        """The leaf, told how many pages it takes."""
        return replace(self, pages=pages, is_counted=True, planned=self.planned_pages)


def anchor_of(name: str) -> str:
    """The name of a leaf as the target of a link."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name)


@dataclass(frozen=True, eq=False)
class Plan:
    """A document to be made: its leaves, its languages and what its metadata says.

    `complete` makes the leaves that need the numbers of pages, such as contents, once those are known.
    `numbering_restarts`: indices of the leaves with which the numbers of pages begin anew. `half_starts`: indices of
    the leaves with which the halves begin of a document that is tilted and turned, the first half, the second, and so
    on in pairs. `has_sheets`: whether it comes on print sheets too; `sheets`: how they are imposed, or empty for halves
    that are turned. `partnership`: the id of the one that it is tailored to. `page`: its width and height in mm.
    `is_paired`: its leaves are the two sides of cards in turn, front and back. `own_sheets`: where a leaf takes more
    than one page in all its languages, each begins on the front of a sheet. `marks`: what of it is not as usual, in the
    words of its file's name (`file_names.marks`). `deck`: which of its product's decks it is. `fillable`: it has fields
    to fill in on a screen. `sheet_options`: how cards lie on sheets, and `sheet_words` what is written beside them.
    `scale`: by how much cards are larger than usual, or 0. `print_shop`: the one that it is for, in place of the screen
    and an office's printer, and `shop_words` what that shop and its client are told in (labels, by language). `date`:
    that of its content. `bleed`: how far artwork that reaches the edge of a page runs on beyond it, in mm.
    `is_for_sheets`: sheets are made of it and nothing else, since its pages are other ones than those for the screen;
    `filler`: the plan of the card that takes the places which are left on them.
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
    complete: Callable[[Plan], Sequence[Leaf]] | None = None
    large_print: bool = False
    greyscale: bool = False
    low_ink: bool = False
    has_sheets: bool = False
    partnership: str | None = None
    numbering_restarts: tuple[int, ...] = ()
    half_starts: tuple[int, ...] = ()
    sheets: str = ""
    page: Size = PAPER["a4"]
    is_paired: bool = False
    own_sheets: bool = False
    marks: tuple[str, ...] = ()
    deck: str = ""
    fillable: bool = False
    sheet_options: SheetOptions = USUAL_SHEETS
    sheet_words: Mapping[str, str] = field(default_factory=dict)
    scale: float = 0
    print_shop: PrintShop | None = None
    shop_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date: datetime.date = datetime.date.min
    bleed: float = 0.0
    is_for_sheets: bool = False
    filler: Plan | None = None

    @property
    def is_facing(self) -> bool:
        """Whether the pages lie open in pairs."""
        return LAYOUTS[self.layout].is_facing and len(self.languages) == 2

    def sequence(self) -> Iterator[Place]:
        """The pages in order.

        Where the languages of a leaf stand on facing pages, or on the two sides of one, a language that runs longer
        adds a page to the others. What has sheets of its own ends with a blank page if need be.
        """
        return self._on_own_sheets(self._in_turn()) if self.own_sheets else self._in_turn()

    def _on_own_sheets(self, places: Iterator[Place]) -> Iterator[Place]:
        """The pages with those that keep a leaf from beginning on the back of the one before. Where none has a second
        page, all may be printed on one side, and nothing is added.
        """
        groups = [[*pages] for _, pages in groupby(places, lambda place: self.leaves[place[0]].group_name)]
        is_two_sided = any(len(pages) > 1 for pages in groups)
        for number, pages in enumerate(groups, start=1):
            yield from pages
            if is_two_sided and len(pages) % 2 and number < len(groups):
                yield pages[-1][0], None

    def _in_turn(self) -> Iterator[Place]:
        """The pages of what lies side by side in turn, and of all else as they are."""
        for block in self._blocks():
            for page in range(max(self._pages(at) for at in block)):
                for at in block:
                    yield at, page if page < self._pages(at) else None

    def numbers(self) -> Iterator[tuple[Place, int]]:
        """The pages in order, with their numbers, which begin anew at each numbering restart."""
        number = 0
        for at, page in self.sequence():
            number = 1 if at in self.numbering_restarts and page == 0 else number + 1
            yield (at, page), number

    def starts(self) -> Iterator[tuple[Leaf, int]]:
        """Each leaf with the number of its first page."""
        for (at, page), number in self.numbers():
            if page == 0:
                yield self.leaves[at], number

    def _pages(self, at: int) -> int:
        return self.leaves[at].pages or 1

    def _blocks(self) -> Iterator[list[int]]:
        """Indices of leaves that lie side by side, or on the two sides of a sheet; otherwise each by itself."""
        if self.is_paired:
            places = list(range(len(self.leaves)))
            yield from (places[at : at + 2] for at in range(0, len(places), 2))
            return
        block: list[int] = []
        for at, leaf in enumerate(self.leaves):
            before = self.leaves[block[-1]] if block else leaf
            others = {self.leaves[other].languages for other in block}
            together = LAYOUTS[self.layout].is_interleaved and leaf.group_name == before.group_name
            if block and not (together and leaf.languages not in others):
                yield block
                block = []
            block.append(at)
        if block:
            yield block

    def typeset_leaves(self) -> Iterator[Leaf]:
        """All leaves that are typeset: those of the document, each followed by its rows and imprints. In large
        print, lists run over pages, and are typeset in one piece.
        """
        for leaf in self.leaves:
            yield leaf
            yield from () if self.large_print else leaf.rows
            yield from leaf.imprints

    def numbered(self, pages: Mapping[str, int]) -> Plan:
        """The plan with the number of pages of the leaves that take as many as they need, by name."""
        leaves = [leaf.counted(pages[leaf.name]) if leaf.name in pages else leaf for leaf in self.leaves]
        plan = self.with_leaves(leaves)
        return plan.with_leaves(self.complete(plan)) if self.complete else plan

    def levelled(self, sizes: Mapping[str, tuple[float, ...]]) -> Plan:
        """The plan with other sizes of type in pt for some of its leaves, by name."""
        return self.with_leaves(
            [replace(leaf, sizes=sizes[leaf.name]) if leaf.name in sizes else leaf for leaf in self.leaves]
        )

    def closed_up(self, names: Collection[str]) -> Plan:
        """The plan with the rows of these leaves set closer by a step."""

        def closed_up(leaf: Leaf) -> Leaf:
            rows, *closer = leaf.closer_rows
            return replace(leaf, rows=rows(), closer_rows=tuple(closer))

        return self.with_leaves([closed_up(leaf) if leaf.name in names else leaf for leaf in self.leaves])

    def longer(self) -> Iterator[Leaf]:
        """The leaves that ran over, to more pages than were planned."""
        return (leaf for leaf in self.leaves if leaf.is_counted and 0 < leaf.planned < leaf.pages)

    def with_leaves(self, leaves: Sequence[Leaf]) -> Plan:
        """The same plan with other leaves."""
        return replace(self, leaves=tuple(leaves))
