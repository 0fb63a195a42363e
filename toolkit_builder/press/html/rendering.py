"""Prints leaves as HTML, each once: leaves of many plans are the same but for the plan."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from weakref import WeakKeyDictionary

from toolkit_builder.documents.plan import Leaf
from toolkit_builder.press.hashing import leaf_digest
from toolkit_builder.press.html.rendered import SIZE, RenderedLeaf
from toolkit_builder.press.html.sameness import Sameness
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.text_memory import TextMemory

MEMORY = 2000
"""So many leaves that many plans may share are remembered."""
RenderedBefore = TextMemory[Hashable, str]
"""The HTML of leaves, by what they are made of and printed with."""


class Renderer:
    """Prints leaves of one catalogue. `base` is the folder where addresses in layouts start.

    `before`: leaves that were printed before, of catalogues before this one too; `surroundings`: a hash of what leaves
    are printed with that neither they nor the catalogue say (layouts, pictograms).
    """

    def __init__(
        self, templates: Templates, base: Path, before: RenderedBefore | None = None, surroundings: str = ""
    ) -> None:
        self.templates = templates
        self.base = base
        self._sameness = Sameness(templates.catalogue)
        self._surroundings = f"{surroundings} {self._sameness.surroundings}"
        self._rendered: WeakKeyDictionary[Leaf, RenderedLeaf] = WeakKeyDictionary()
        self._shared: dict[Hashable, RenderedLeaf] = {}
        self._before: RenderedBefore = RenderedBefore() if before is None else before

    def leaf(self, leaf: Leaf) -> RenderedLeaf:
        """A leaf with room for its rows."""
        if leaf not in self._rendered:
            try:
                same = self._made_of(leaf)
            except TypeError:  # of one partnership alone
                self._rendered[leaf] = self._render(leaf)
            else:
                self._rendered[leaf] = self._remembered(same, leaf)
        return self._rendered[leaf]

    def _made_of(self, leaf: Leaf) -> Hashable:
        """The same for leaves that print the same. Raises TypeError if that is not known of what it is made of."""
        facts: tuple[Hashable, ...] = (leaf.name, leaf.layout, leaf.languages, leaf.bookmark, leaf.level, leaf.group)
        facts = (*facts, leaf.sizes, leaf.role, leaf.edition)
        rows = tuple(self.leaf(row).digest for row in leaf.rows)
        return (*facts, leaf.planned_pages, leaf.may_run_over, self._sameness.of(leaf.data), rows)

    def one_piece(self, leaf: Leaf) -> RenderedLeaf:
        """A leaf with its rows in it."""
        return self._as_rendered(leaf, str(self.templates.one_piece(leaf, SIZE)), leaf.planned_pages)

    def is_as_it_was(self, rendered: RenderedLeaf) -> bool:
        """Whether the files that a leaf names are what they were when it was rendered."""
        return rendered.digest == leaf_digest(rendered.html, rendered.sizes, rendered.pages, self.base)

    def _remembered(self, same: Hashable, leaf: Leaf) -> RenderedLeaf:
        if same not in self._shared:
            rendered = self._render(leaf, self._before.get((self._surroundings, same)))
            self._before.put((self._surroundings, same), rendered.html, len(rendered.html))
            self._shared[same] = rendered
            if len(self._shared) > MEMORY:
                del self._shared[next(iter(self._shared))]
        return self._shared[same]

    def _render(self, leaf: Leaf, html: str | None = None) -> RenderedLeaf:
        """A leaf, printed if it was not before (`html`). The files that it names may be others than they were then."""
        if html is None:
            html = str(self.templates.leaf(leaf, SIZE, [self.leaf(row).html for row in leaf.rows]))
        return self._as_rendered(leaf, html, 1 if leaf.rows else leaf.planned_pages)

    def _as_rendered(self, leaf: Leaf, html: str, pages: int) -> RenderedLeaf:
        digest = leaf_digest(html, leaf.sizes, pages, self.base)
        may_run_over = leaf.may_run_over
        return RenderedLeaf(leaf.name, html, leaf.group_name, leaf.sizes, pages, digest, may_run_over=may_run_over)
