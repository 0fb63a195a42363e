"""What typesetting is given: leaves as HTML, and the style set that they are set in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

SIZE = "@size@"
"""Stands in a printed leaf for the size of its type, which is found later."""


@dataclass(frozen=True)
class RenderedLeaf:
    """A leaf as HTML, with `SIZE` in place of the size in pt; `pages` as planned, 0 for as many as it takes."""

    name: str
    html: str
    group: str
    sizes: tuple[float, ...]
    pages: int
    digest: str
    """The hash of all of it, and of the files that it names (`hashing.leaf_digest`)."""
    is_over: bool = False
    """Whether it is laid over another leaf, as a row or an imprint."""

    def named(self, name: str, group: str) -> RenderedLeaf:
        """The same leaf under another name, in another group."""
        html = self.html.replace(f'data-leaf="{self.name}"', f'data-leaf="{name}"', 1)
        return replace(self, name=name, html=html, group=group)


@dataclass(frozen=True)
class StyleSet:
    """What leaves are typeset with: style sheets, folders that may be read, where relative addresses start, and the
    HTML before and after the leaves; in colour or in grey.
    """

    styles: tuple[Path, ...]
    folders: tuple[Path, ...]
    base: Path
    head: str
    tail: str
    greyscale: bool = False
    language_style: str = ""
    """CSS with the fonts of languages; addresses in it start at `language_base`. Styles may overrule it."""
    language_base: Path = Path()
