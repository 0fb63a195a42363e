"""What typesetting is given: leaves as HTML, and the style set that they are set in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

SIZE = "@size@"
"""Stands in a printed leaf for the size of its type, which is found later."""
FIT = "@fit@"
"""Stands in a printed leaf for how it is made to fit, a class: empty, `without-code`, `in-brief`, `gives-way`
or `runs-over`.
"""
RUNS_OVER = "runs-over"
WITHOUT_CODE = "without-code"
BRIEF = "in-brief"
CODED = "<!-- code -->"
"""Stands before a QR code, which a leaf goes without before its texts are set smaller for it."""
_CODE = re.compile(r"<!-- code -->.*?<!-- /code -->", re.DOTALL)
OPTIONAL = " data-optional"
"""Marks what a leaf can do without: room to write on."""
FULL = "<!-- full -->"
"""Stands before what such room has and goes without where it is brief, before the leaf goes without all of it."""
_FULL = re.compile(r"<!-- full -->.*?<!-- /full -->", re.DOTALL)


@dataclass(frozen=True)
class Setting:
    """One way to set a leaf: in a size in pt, on so many pages (0: as many as it takes).

    `fit`: empty; `without-code`, without its QR code, as are all that follow; `in-brief`, with less room to write
    on; `gives-way`, without it; `runs-over`, on more pages than were planned.
    """

    size: float
    pages: int
    fit: str = ""


@dataclass(frozen=True)
class RenderedLeaf:
    """A leaf as HTML, with `SIZE` in place of the size in pt; `pages` as planned, 0 for as many as it takes.

    `may_run_over`: if it has no room on these in its least size, it takes as many as it needs.
    """

    name: str
    html: str
    group: str
    sizes: tuple[float, ...]
    pages: int
    digest: str
    """The hash of all of it, and of the files that it names (`hashing.leaf_digest`)."""
    is_over: bool = False
    """Whether it is laid over another leaf, as a row or an imprint."""
    may_run_over: bool = False

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The ways to set it, the one that is liked best first."""
        usual = [Setting(size, self.pages) for size in self.sizes]
        if CODED in self.html:
            usual = [usual[0], *(replace(setting, fit=WITHOUT_CODE) for setting in usual)]
        if (self.pages or self.may_run_over) and OPTIONAL in self.html:
            ways = (BRIEF, "gives-way") if FULL in self.html else ("gives-way",)
            usual += [Setting(self.sizes[-1], self.pages, way) for way in ways]
        return (*usual, *(Setting(size, 0, RUNS_OVER) for size in self.sizes if self.may_run_over))

    def set(self, setting: Setting) -> str:
        """Its HTML, set in one of these ways."""
        html = _CODE.sub("", self.html) if setting.fit else self.html
        if setting.fit == BRIEF:
            html = _FULL.sub("", html)
        return html.replace(SIZE, f"{setting.size:g}").replace(FIT, setting.fit)

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
    """CSS with the size of the page and the fonts of languages; addresses in it start at `language_base`. Styles may
    overrule it.
    """
    language_base: Path = Path()
