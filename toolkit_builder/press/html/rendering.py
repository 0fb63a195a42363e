"""Prints leaves as HTML, each once: leaves of many plans are the same but for the plan."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from toolkit_builder.catalogue.model import Action, Category, Language, ScaleColumn, Step, Text
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.press.hashing import leaf_digest
from toolkit_builder.press.html.rendered import SIZE, RenderedLeaf
from toolkit_builder.press.html.templates import Templates

MEMORY = 2000
"""So many leaves that many plans may share are remembered."""


class Renderer:
    """Prints leaves of one catalogue. `base` is the folder where addresses in layouts start."""

    def __init__(self, templates: Templates, base: Path) -> None:
        self.templates = templates
        self.base = base
        self._rendered: WeakKeyDictionary[Leaf, RenderedLeaf] = WeakKeyDictionary()
        self._shared: dict[Hashable, RenderedLeaf] = {}

    def leaf(self, leaf: Leaf) -> RenderedLeaf:
        """A leaf with room for its rows."""
        if leaf not in self._rendered:
            try:
                same = self._sameness(leaf)
            except TypeError:  # of one partnership alone
                self._rendered[leaf] = self._render(leaf)
            else:
                self._rendered[leaf] = self._remembered(same, leaf)
        return self._rendered[leaf]

    def _sameness(self, leaf: Leaf) -> Hashable:
        """The same for leaves that print the same. Raises TypeError if that is not known of what it is made of."""
        facts: tuple[Hashable, ...] = (leaf.name, leaf.layout, leaf.languages, leaf.bookmark, leaf.level, leaf.group)
        facts = (*facts, leaf.sizes, leaf.role, leaf.edition)
        rows = tuple(self.leaf(row).digest for row in leaf.rows)
        return (*facts, leaf.planned_pages, leaf.may_run_over, _value(leaf.data), rows)

    def one_piece(self, leaf: Leaf) -> RenderedLeaf:
        """A leaf with its rows in it."""
        return self._as_rendered(leaf, str(self.templates.one_piece(leaf, SIZE)), leaf.planned_pages)

    def _remembered(self, same: Hashable, leaf: Leaf) -> RenderedLeaf:
        if same not in self._shared:
            self._shared[same] = self._render(leaf)
            if len(self._shared) > MEMORY:
                del self._shared[next(iter(self._shared))]
        return self._shared[same]

    def _render(self, leaf: Leaf) -> RenderedLeaf:
        rows = [self.leaf(row).html for row in leaf.rows]
        html = str(self.templates.leaf(leaf, SIZE, rows))
        return self._as_rendered(leaf, html, 1 if rows else leaf.planned_pages)

    def _as_rendered(self, leaf: Leaf, html: str, pages: int) -> RenderedLeaf:
        digest = leaf_digest(html, leaf.sizes, pages, self.base)
        may_run_over = leaf.may_run_over
        return RenderedLeaf(leaf.name, html, leaf.group_name, leaf.sizes, pages, digest, may_run_over=may_run_over)


def _value(value: Any) -> Hashable:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Action | Category | Language | ScaleColumn | Step):
        return id(value)  # one catalogue has each of them once, and outlives the leaves
    if isinstance(value, Text):
        return (str(value.origin), tuple(value.as_dict().items()))
    if isinstance(value, Mapping):
        return tuple((name, _value(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_value, value))
    if is_dataclass(value):
        return (type(value), *(_value(getattr(value, field.name)) for field in fields(value)))
    raise TypeError(f"unknown to be the same: {type(value).__name__}")
