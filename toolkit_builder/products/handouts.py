"""Handouts, A4: an action on one page or, back to back, on one sheet, with room to write.

In large print an action takes as many pages as it needs, in both languages alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit_builder.catalogue.model import Action
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.layouts import layout_of
from toolkit_builder.documents.plan import HANDOUT_SIZES, LARGE_SIZES, PAGE_SIZES, Edition, Leaf, Plan
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import parts, tailoring

FULL = ("parallel-columns", "block-by-block", "top-and-bottom")
"""Layouts that leave no room on the page for what is local to a partnership: it stands overleaf."""
TOGETHER = ("parallel-columns", "block-by-block", "top-and-bottom")
"""Layouts that have all languages on one page."""


def plan(selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    layout = layout_of("handouts", edition)
    leaves = [leaf for action in selection.actions for leaf in _leaves(selection, edition, layout, action)]
    leaves = [tailoring.with_local(leaf, partnership, may_run_over=layout in FULL) for leaf in leaves]
    half_starts = parts.half_starts(layout, edition, leaves)
    complete = _of_equal_length if layout == "back-to-back" and edition.large_print else None
    return parts.plan(
        "handouts", layout, selection, edition, leaves, complete, half_starts=half_starts, partnership=partnership
    )


def _of_equal_length(plan: Plan) -> list[Leaf]:
    """The leaves, the shorter language of an action with as many pages to write on as the longer one has more: back to
    back, there would be blank pages otherwise.
    """
    longest: dict[str, int] = {}
    for leaf in plan.leaves:
        longest[leaf.group_name] = max(leaf.pages, longest.get(leaf.group_name, 0))

    def completed(leaf: Leaf) -> Leaf:
        more = longest[leaf.group_name] - leaf.pages
        data = {**leaf.data, "more_pages": more}
        return replace(leaf, data=data, pages=leaf.pages + more, is_counted=False) if more else leaf

    return [completed(leaf) for leaf in plan.leaves]


def _leaves(selection: Selection, edition: Edition, layout: str, action: Action) -> Iterator[Leaf]:
    is_together = edition.is_bilingual and layout in TOGETHER
    sizes = HANDOUT_SIZES if is_together else PAGE_SIZES
    for languages in [edition.languages] if is_together else [(language,) for language in edition.languages]:
        others = [action.title[language] for language in languages[1:]]
        yield Leaf(
            name=f"handouts/{action.code}/{'-'.join(languages)}",
            layout="handouts/halves.html" if layout == "top-and-bottom" and is_together else "handouts/page.html",
            languages=languages,
            bookmark=" / ".join([parts.bookmark(action, languages[0]), *others]),
            data={
                **parts.action_data(selection, action),
                "arrangement": layout if is_together else "one-language",
                "about": parts.review(selection, [action], edition),
                "has_others": len(edition.languages) < len(selection.catalogue.framework.languages),
            },
            group=f"handouts/{action.code}",
            sizes=LARGE_SIZES if edition.large_print else sizes,
            pages=0 if edition.large_print else 1,
        )
