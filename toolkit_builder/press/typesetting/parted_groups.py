"""Groups of leaves that shrink together, typeset leaf by leaf.

The maps of a toolkit in two languages are most of what a changed title touches: one process would typeset both, and the
others stand idle. Each leaf comes out in the first of its settings in which it has room. Where that is the same for all
of a group, the group has room in it, and in none before: so it would have come out whole. Where it is not, or anything
is wrong, the group is typeset again, whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.typesetting.jobs import Outcome, TypesettingJob


class PartedGroups:
    """What comes of those groups whose leaves are in several of these jobs, each in one of its own."""

    def __init__(self, jobs: Sequence[TypesettingJob]) -> None:
        count = Counter((style_set, group) for style_set, leaves in jobs for group in {leaf.group for leaf in leaves})
        self._parted = {group for group, jobs_of_it in count.items() if jobs_of_it > 1}
        self._done: defaultdict[tuple[StyleSet, str], list[tuple[RenderedLeaf, Outcome]]] = defaultdict(list)

    def hold(self, job: TypesettingJob, outcome: Outcome) -> bool:
        """Whether a job is a part of such a group; what came of it is kept then."""
        style_set, leaves = job
        group = style_set, leaves[0].group
        if group not in self._parted:
            return False
        [leaf] = leaves
        self._done[group].append((leaf, outcome))
        return True

    def agreed(self) -> Iterator[tuple[StyleSet, Outcome]]:
        """What came of groups whose leaves have all come out alike."""
        for (style_set, _), done in self._done.items():
            if _is_agreed(done):
                yield from ((style_set, outcome) for _, outcome in done)

    def again(self) -> list[TypesettingJob]:
        """The other groups, whole."""
        return [
            (style_set, [leaf for leaf, _ in done])
            for (style_set, _), done in self._done.items()
            if not _is_agreed(done)
        ]


def _is_agreed(done: Sequence[tuple[RenderedLeaf, Outcome]]) -> bool:
    if any(each.findings or each.complaints or each.failures or len(each.plates) != 1 for _, each in done):
        return False
    chosen = {(each.plates[0].size, each.plates[0].fit) for _, each in done}
    return len(chosen) == 1 and len({leaf.settings for leaf, _ in done}) == 1
