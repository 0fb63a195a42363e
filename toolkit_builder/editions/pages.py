"""Which pages an edition has, in the order of the printed document: one for each leaf and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit_builder.catalogue.model import Action
from toolkit_builder.documents.plan import Leaf, Plan, anchor_of

COVER, CONTENTS, STATEMENT = "cover", "contents", "statement"
HOME = "index"
"""The name of the contents' page: what a folder shows first."""


@dataclass(frozen=True)
class ReadingPage:
    """A page in one language. `name`: the same in all languages, and part of its address; `leaf`: what it is about, in
    this language alone; `links`: the names by which other pages lead to it.
    """

    name: str
    language: str
    title: str
    leaf: Leaf
    links: tuple[str, ...]

    @property
    def action(self) -> Action | None:
        found = self.leaf.data.get("action")
        return found if isinstance(found, Action) else None

    @property
    def anchor(self) -> str:
        return self.links[0]


@dataclass(frozen=True)
class ReadingOrder:
    """The pages of an edition: covers, and the others by their language, both in the order of reading."""

    covers: tuple[ReadingPage, ...]
    pages: Mapping[str, tuple[ReadingPage, ...]]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.pages)

    def all(self) -> Iterator[ReadingPage]:
        """Every page, each language complete before the next begins."""
        for language, pages in self.pages.items():
            yield from (cover for cover in self.covers if cover.language == language)
            yield from pages

    def elsewhere(self, page: ReadingPage) -> Iterator[ReadingPage]:
        """The same page in the other languages."""
        for language, pages in self.pages.items():
            if language != page.language:
                yield from (other for other in pages if other.name == page.name)


def reading_order(plan: Plan) -> ReadingOrder:
    """The pages of the leaves that have a template for them."""
    leaves = [leaf for leaf in plan.leaves if leaf.reading]
    covers = [page for leaf in leaves if leaf.role == COVER for page in _pages(leaf, plan.languages)]
    pages = {
        language: tuple(page for leaf in leaves if leaf.role != COVER for page in _pages(leaf, (language,)))
        for language in plan.languages
    }
    return ReadingOrder(tuple({cover.language: cover for cover in covers}.values()), pages)


def _pages(leaf: Leaf, languages: Sequence[str]) -> Iterator[ReadingPage]:
    for language, title in zip(leaf.languages, leaf.titles or (leaf.bookmark,) * len(leaf.languages), strict=True):
        if language in languages:
            yield _page(leaf, language, title)


def _page(leaf: Leaf, language: str, title: str) -> ReadingPage:
    product, *parts, _ = leaf.name.split("/")
    action = leaf.data.get("action")
    name = HOME if leaf.role == CONTENTS else action.code if isinstance(action, Action) else "-".join(parts)
    alone = replace(leaf, languages=(language,), layout=leaf.reading, rows=(), imprints=(), bookmark=title)
    return ReadingPage(name or product, language, title, alone, (anchor_of("/".join((product, *parts, language))),))
