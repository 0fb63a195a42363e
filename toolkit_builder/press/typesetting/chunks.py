"""Leaves in chunks, each typeset in one go: a document of the engine's, which costs something of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from toolkit_builder.press.html.rendered import RenderedLeaf
from toolkit_builder.press.typesetting.jobs import TypesettingJob

CHUNK = 12
"""About as many leaves make a document: enough to share its cost, few enough to spread over the cores."""
PARTS = 2
"""So many parts has the share of a process, about: the last ones to be done are to be small."""
LARGEST = 60
"""No document has more leaves than about so many: its memory grows with them."""


def in_chunks(leaves: Sequence[RenderedLeaf], size: int = CHUNK) -> Iterator[list[RenderedLeaf]]:
    """Leaves in parts of about `size`, groups whole."""
    chunk: list[RenderedLeaf] = []
    for group in _groups(leaves):
        chunk += group
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def in_chunks_of(jobs: Sequence[TypesettingJob]) -> list[TypesettingJob]:
    """All leaves of several jobs in parts of the usual size."""
    return [(style_set, chunk) for style_set, leaves in jobs for chunk in in_chunks(leaves)]


def spread(jobs: Sequence[TypesettingJob], processes: int) -> list[TypesettingJob]:
    """All leaves of several jobs, in parts of which no process gets much more than its share: what an edit touches is
    too little for parts of the usual size, and an eighth of it may be most of the work. The largest come first. Groups
    stay whole, but for those that are much of a share themselves: each of their leaves is a part (`parted_groups`).

    What a leaf costs goes with the length of its HTML: measured, 20 ms a kB, beside 20 ms a part.
    """
    if processes == 1:
        return in_chunks_of(jobs)
    most = sum(_weight(leaves) for _, leaves in jobs) / processes / PARTS
    parts: list[TypesettingJob] = []
    for style_set, leaves in jobs:
        heavy = [group for group in _groups(leaves) if len(group) > 1 and _weight(group) > most / 2]
        parts += [(style_set, [leaf]) for group in heavy for leaf in group]
        apart = {group[0].group for group in heavy}
        rest = [leaf for leaf in leaves if leaf.group not in apart]
        parts += [(style_set, part) for chunk in in_chunks(rest) for part in _shares(chunk, most)]
    return sorted(parts, key=lambda part: -_weight(part[1]))


def _shares(leaves: Sequence[RenderedLeaf], share: float) -> list[list[RenderedLeaf]]:
    """Leaves in parts that weigh about as much as one another and none more than a share, groups whole."""
    count = max(1, ceil(_weight(leaves) / max(share, 1)))
    parts: list[list[RenderedLeaf]] = [[] for _ in range(count)]
    for group in sorted(_groups(leaves), key=lambda group: -_weight(group)):
        min(parts, key=_weight).extend(group)
    return [part for part in parts if part]


def _weight(leaves: Sequence[RenderedLeaf]) -> int:
    return sum(len(leaf.html) for leaf in leaves)


def _groups(leaves: Sequence[RenderedLeaf]) -> list[list[RenderedLeaf]]:
    groups: dict[str, list[RenderedLeaf]] = {}
    for leaf in leaves:
        groups.setdefault(leaf.group, []).append(leaf)
    return list(groups.values())
