"""Lists, a column's or within a text: items that stand twice, and stops that differ between items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, quoted

_ITEM = re.compile(r"^(?P<indent>[ \t]*+)(?:[-*+]|\d{1,9}[.)])[ \t]+(?P<words>\S.*)")
_CLOSING = "’”\"')]*_» \u00a0"
_ABBREVIATED = re.compile(r"(?:(?:^|[\s(])(?:etc|ayyb|ayb|cyf|ltd|inc|no|rh|st)|(?:\b\w\.){1,6}\w)\.$", re.IGNORECASE)
"""Words whose stop is their own: *ayyb.*, *Ltd.*, *e.e.*"""


def stop(words: str) -> str | None:
    """What a text ends with: `.`, `?`, `!`, `:`, or nothing; None where a stop says nothing (*ayyb.*, an ellipsis)."""
    end = words.rstrip(_CLOSING + "\n")[-24:]
    if end.endswith(("…", "...")) or _ABBREVIATED.search(end):
        return None
    return end[-1:] if end.endswith((".", "?", "!", ":")) else ""


def items_twice(items: Sequence[str]) -> Iterator[tuple[int, Doubt]]:
    """The items that stand a second time, each by its number."""
    first: dict[str, int] = {}
    for at, item in enumerate(items):
        words = item.casefold().strip("*_ .;,")
        before = first.setdefault(words, at)
        if words and before != at:
            yield (
                at,
                Doubt(Check.ITEM_TWICE, f"{quoted(item)} is item {before + 1} of the list already; remove one", item),
            )


def uneven_stops(items: Sequence[str], *, may_end_once: bool) -> Iterator[tuple[int, Doubt]]:
    """The items that end otherwise than most of a list: with a stop, or without. Questions end as they must.

    `may_end_once`: whether the last alone may have a stop, as where a list is one sentence.
    """
    ends = [stop(item) for item in items]
    told = [(at, end == ".") for at, end in enumerate(ends) if end in ("", ".")]
    if may_end_once and len(told) > 1 and told[-1] == (len(items) - 1, True) and not any(has for _, has in told[:-1]):
        return
    having = sum(has for _, has in told)
    if not 0 < having < len(told):
        return
    usual = having * 2 > len(told) if having * 2 != len(told) else told[0][1]
    for at, has in told:
        if has != usual:
            message = (
                "ends with a stop, and most items do not" if has else "ends without a stop, and most items have one"
            )
            yield at, Doubt(Check.UNEVEN, f"{quoted(items[at])} {message}; let them agree", items[at])


def lists_within(source: str) -> Iterator[list[str]]:
    """The items of each list in a text, as they were typed; a list within another is one of its own."""
    open_lists: dict[int, list[list[str]]] = {}  # by indent: of each item its lines
    is_after_space = False
    for line in source.split("\n"):
        found = _ITEM.match(line)
        if found:
            indent = len(found["indent"].expandtabs(4))
            yield from (_joined(open_lists.pop(deeper)) for deeper in sorted(open_lists) if deeper > indent)
            open_lists.setdefault(indent, []).append([found["words"].rstrip()])
        elif line.strip() and open_lists and not is_after_space:
            open_lists[max(open_lists)][-1].append(line.strip())
        elif line.strip() and not line.startswith((" ", "\t")):
            yield from map(_joined, open_lists.values())
            open_lists = {}
        is_after_space = not line.strip()
    yield from map(_joined, open_lists.values())


def _joined(items: list[list[str]]) -> list[str]:
    return [" ".join(lines) for lines in items]


def doubts_of_lists(source: str) -> Iterator[Doubt]:
    """What is doubtful in the lists of a text."""
    for items in lists_within(source):
        yield from (doubt for _, doubt in items_twice(items))
        yield from (doubt for _, doubt in uneven_stops(items, may_end_once=True))
