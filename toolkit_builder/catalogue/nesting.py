"""How deep list items stand, as people mean it: two spaces or more make a list within a list.

CommonMark (0.31, 5.2) asks for as many as the item's text is indented by: three under `1. `, four under `10. `, and no
more than three beyond that. Here each line is given just the indent that it asks for, so that its reader agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DEEPER = 2
"""Spaces that make a list within a list."""
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)])(?: +(?=\S)|$)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *")


@dataclass(frozen=True)
class _OpenItem:
    """An item that lines may still belong to: its indent as typed, and the indent of what it says as it is given."""

    typed: int
    body: int


def indented(text: str) -> str:
    """The text with each line of a list at the indent that CommonMark asks for; it has as many lines as before."""
    items: list[_OpenItem] = []
    lines, is_after_blank = [], False
    for line in text.split("\n"):
        words = line.lstrip(" \t")
        typed = len(line[: len(line) - len(words)].expandtabs(4))
        item = None if _RULE.fullmatch(words) else _ITEM.match(words)
        if words and (item or is_after_blank):
            while items and typed < items[-1].typed + DEEPER:
                items.pop()
        given = items[-1].body if items else 0
        if item:
            items.append(_OpenItem(typed, given + len(item[1]) + 1))
            words = f"{item[1]} {words[item.end() :]}"
        elif not items or typed < items[-1].typed + DEEPER:  # a heading, or it goes on with the line above
            given = typed
        lines.append(" " * given + words if words else "")
        is_after_blank = not words
    return "\n".join(lines)
