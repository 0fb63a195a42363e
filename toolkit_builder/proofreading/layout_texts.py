"""Layouts as text: which there are, and what can be known of what they print without printing anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.model import Text
from toolkit_builder.project import Project

# No possessive group: Python 3.11.2 matches such wrongly (gh-100061).
_COMMENT = re.compile(r"\{#[^#]*+(?:#(?!\})[^#]*+)*#\}")
_AS_BLOCKS = re.compile(r"(?<!\w)(\w++)\s*+\|\s*(?:blocks|page)\b")


@dataclass(frozen=True)
class LayoutText:
    """A layout: its file, and its text, comments blanked out."""

    path: Path
    text: str


def layout_texts(project: Project) -> Mapping[str, LayoutText]:
    """The layouts by their names: of one name, the project's own goes before the shipped one."""
    named: dict[str, Path] = {}
    for place in reversed(project.layouts):
        named |= {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*.html"))}
    return {name: LayoutText(path, _without_comments(path)) for name, path in named.items()}


def _without_comments(path: Path) -> str:
    text = path.read_text("utf-8", errors="replace")
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text) if "{#" in text else text


class Prose:
    """Which texts are printed as paragraphs and lists, by their names: what layouts hand to `blocks`, `page`."""

    def __init__(self, layouts: Iterable[LayoutText]) -> None:
        found = {name for layout in layouts if "|" in layout.text for name in _AS_BLOCKS.findall(layout.text)}
        # A loop names an item of `keys` by a name of its own, most often `key`.
        self._key = re.compile(rf"(?:^|\.)(?:{'|'.join(sorted(map(re.escape, found))) or '(?!)'})")

    def has(self, text: Text) -> bool:
        """Whether a text may be printed so. Where it is not certain, it may."""
        return bool(self._key.search(text.origin.key))
