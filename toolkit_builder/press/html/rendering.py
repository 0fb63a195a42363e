"""Prints leaves as HTML, each once: leaves of many plans are the same but for the plan."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from toolkit_builder.catalogue.model import Action, Category, Language, Text
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.press import keys
from toolkit_builder.press.html.rendered import SIZE, PrintedLeaf
from toolkit_builder.press.html.templates import Templates

MEMORY = 2000
"""So many leaves that many plans may share are remembered."""


class Printer:
    """Prints leaves of one catalogue. `base` is the folder where addresses in layouts start."""

    def __init__(self, templates: Templates, base: Path) -> None:
        self.templates = templates
        self.base = base
        self._printed: WeakKeyDictionary[Leaf, PrintedLeaf] = WeakKeyDictionary()
        self._shared: dict[Hashable, PrintedLeaf] = {}

    def leaf(self, leaf: Leaf) -> PrintedLeaf:
        """A leaf with room for its strips."""
        if leaf not in self._printed:
            try:
                same = self._sameness(leaf)
            except TypeError:  # of one partnership alone
                self._printed[leaf] = self._print(leaf)
            else:
                self._printed[leaf] = self._remembered(same, leaf)
        return self._printed[leaf]

    def _sameness(self, leaf: Leaf) -> Hashable:
        """The same for leaves that print the same. Raises TypeError if that is not known of what it is made of."""
        facts = (leaf.name, leaf.layout, leaf.languages, leaf.bookmark, leaf.level, leaf.group, leaf.sizes)
        strips = tuple(self.leaf(strip).digest for strip in leaf.strips)
        return (*facts, 0 if leaf.is_counted else leaf.pages, _value(leaf.data), strips)

    def whole(self, leaf: Leaf) -> PrintedLeaf:
        """A leaf with its strips in it."""
        pages = 0 if leaf.is_counted else leaf.pages  # it is the plate that its pages were counted on
        return self._as_printed(leaf, str(self.templates.whole(leaf, SIZE)), pages)

    def _remembered(self, same: Hashable, leaf: Leaf) -> PrintedLeaf:
        if same not in self._shared:
            self._shared[same] = self._print(leaf)
            if len(self._shared) > MEMORY:
                del self._shared[next(iter(self._shared))]
        return self._shared[same]

    def _print(self, leaf: Leaf) -> PrintedLeaf:
        strips = [self.leaf(strip).html for strip in leaf.strips]
        pages = 0 if leaf.is_counted else leaf.pages
        html = str(self.templates.leaf(leaf, SIZE, strips))
        return self._as_printed(leaf, html, 1 if strips else pages)

    def _as_printed(self, leaf: Leaf, html: str, pages: int) -> PrintedLeaf:
        digest = keys.leaf_digest(html, leaf.sizes, pages, self.base)
        return PrintedLeaf(leaf.name, html, leaf.group_name, leaf.sizes, pages, digest)


def _value(value: Any) -> Hashable:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Action | Category | Language):  # one catalogue has each of them once, and outlives the leaves
        return id(value)
    if isinstance(value, Text):
        return (str(value.origin), tuple(value.as_dict().items()))
    if isinstance(value, Mapping):
        return tuple((name, _value(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_value, value))
    raise TypeError(f"unknown to be the same: {type(value).__name__}")
