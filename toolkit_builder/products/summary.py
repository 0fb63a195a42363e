"""The summary: the whole selection on one A4 page a language; in large print on as many as it takes."""

from __future__ import annotations

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.layouts import layout_of
from toolkit_builder.documents.plan import LARGE_SIZES, SUMMARY_SIZES, Edition, Leaf, Plan
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import parts, tailoring


def plan(selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    leaves = [
        Leaf(
            name=f"summary/{language}",
            layout="summary/large.html" if edition.large_print else "summary/page.html",
            languages=(language,),
            bookmark=parts.label(selection, "summary", "title")[language],
            data={
                "groups": parts.by_category(selection),
                "actions": selection.actions,
                "about": parts.about(selection, edition, language),
            },
            group="summary",
            sizes=LARGE_SIZES if edition.large_print else SUMMARY_SIZES,
            pages=0 if edition.large_print else 1,
        )
        for language in edition.languages
    ]
    layout = layout_of("summary", edition)
    leaves = [tailoring.named(leaf, partnership) for leaf in leaves]
    half_starts = parts.half_starts(layout, edition, leaves)
    return parts.plan("summary", layout, selection, edition, leaves, half_starts=half_starts, partnership=partnership)
