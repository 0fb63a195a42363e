"""Handouts, A4: one page an action, always exactly one, its languages in parallel columns, with room to write."""

from __future__ import annotations

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.products import parts
from toolkit_builder.products.plan import HANDOUT_SIZES, PAGE_SIZES, Edition, Leaf, Plan


def plan(selection: Selection, edition: Edition) -> Plan:
    leaves = [
        Leaf(
            name=f"handouts/{action.code}/{'-'.join(edition.languages)}",
            layout="handouts/page.html",
            languages=edition.languages,
            bookmark=" / ".join(
                [parts.bookmark(action, edition.languages[0]), *(action.title[lang] for lang in edition.languages[1:])]
            ),
            data=parts.action_data(selection, action),
            sizes=HANDOUT_SIZES if edition.is_bilingual else PAGE_SIZES,
        )
        for action in selection.actions
    ]
    return parts.plan("handouts", "parallel-columns", selection, edition, leaves)
