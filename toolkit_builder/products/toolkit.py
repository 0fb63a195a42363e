"""The toolkit, A4: cover, how to use it, contents, an opening for each category, a page for each action, a planning
worksheet and a colophon.

Parallel pages: after the cover, a right-hand page, every leaf stands in the first language on the left and in the
second on the right. Back to back: the first language on the front of every sheet, the cover too, and the second on its
back. Tilt and turn: each language is complete, with its own cover, contents and page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit_builder.catalogue.model import Action, Category, Text
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.packs.model import Partnership
from toolkit_builder.products import parts, tailoring
from toolkit_builder.products.layouts import layout_of
from toolkit_builder.products.plan import LARGE_SIZES, PAGE_SIZES, Edition, Leaf, Plan


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, the number of that page, and the action or category it is about."""

    anchor: str
    title: str
    page: int
    action: Action | None
    category: Category[Text] | None


def plan(selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    layout = layout_of("toolkit", edition)
    runs = [
        list(tailoring.pages(_pages(selection, edition, language), partnership, selection, edition))
        for language in edition.languages
    ]

    def cover(languages: tuple[str, ...]) -> Leaf:
        return tailoring.cover(_cover(selection, edition, languages), partnership)

    seams: tuple[int, ...] = ()
    if layout == "parallel-pages":
        leaves = [cover(edition.languages), *_in_turn(runs)]
    else:
        halves = [[cover(run[0].languages), *run] for run in runs]
        leaves = [leaf for half in halves for leaf in half] if layout == "tilt-and-turn" else _in_turn(halves)
        if layout == "tilt-and-turn":
            seams = tuple(number * len(halves[0]) for number in range(len(halves)))
    made = parts.plan("toolkit", layout, selection, edition, leaves, _with_contents, seams, seams, partnership)
    return made.with_leaves(_with_contents(made))


def _in_turn(runs: Sequence[Sequence[Leaf]]) -> list[Leaf]:
    """Each leaf in one language after the other."""
    return [leaf for together in zip(*runs, strict=True) for leaf in together]


def _cover(selection: Selection, edition: Edition, languages: tuple[str, ...]) -> Leaf:
    return Leaf(
        name=f"toolkit/cover/{'-'.join(languages)}",
        layout="toolkit/cover.html",
        languages=languages,
        bookmark=" / ".join(selection.catalogue.framework.title[language] for language in languages),
        data={
            "selection": parts.selection_lines(selection),
            "is_whole": selection.is_whole,
            "others": parts.about(selection, edition, languages[0])["others"],
            "categories": parts.categories(selection),
            "is_turned": edition.is_bilingual and len(languages) == 1 and edition.layout == "tilt-and-turn",
        },
        group="toolkit/cover",
        sizes=LARGE_SIZES if edition.large_print else PAGE_SIZES,
    )


def _pages(selection: Selection, edition: Edition, language: str) -> Iterator[Leaf]:
    """The pages of one language after the cover."""
    about = {"about": parts.about(selection, edition, language)}

    def leaf(name: str, bookmark: str, data: Mapping[str, Any], layout: str = "", level: int = 1) -> Leaf:
        return Leaf(
            name=f"toolkit/{name}/{language}",
            layout=f"toolkit/{layout or name}.html",
            languages=(language,),
            bookmark=bookmark,
            level=level,
            data=data,
            group=f"toolkit/{name}",
            **_type(edition),
        )

    guide = {**about, "categories": parts.categories(selection)}

    def title(page: str) -> str:
        return parts.label(selection, page, "title")[language]

    yield leaf("guide", title("toolkit_guide"), guide)
    yield leaf("contents", title("contents"), {"entries": ()})
    for category, actions in parts.by_category(selection):
        data = {"category": category, "actions": actions}
        yield leaf(f"opening/{category.id}", category.title[language], data, "opening")
        for action in actions:
            data = parts.action_data(selection, action)
            yield leaf(f"action/{action.code}", parts.bookmark(action, language), data, "action", 2)
    yield leaf("worksheet", title("worksheet"), {})
    yield leaf("colophon", title("colophon"), about)


def _type(edition: Edition) -> dict[str, Any]:
    """The sizes of type, and with them the number of pages, of what is no cover."""
    return {"sizes": LARGE_SIZES, "pages": 0} if edition.large_print else {"sizes": PAGE_SIZES, "pages": 1}


def _with_contents(plan: Plan) -> list[Leaf]:
    """The leaves, the contents pages told where everything stands: page numbers are text, made from the plan."""
    starts = {leaf.name: page for leaf, page in plan.starts()}

    def told(leaf: Leaf) -> Leaf:
        if leaf.layout != "toolkit/contents.html":
            return leaf
        listed = [
            Entry(
                other.anchor, other.bookmark, starts[other.name], other.data.get("action"), other.data.get("category")
            )
            for other in plan.leaves
            if other.languages == leaf.languages
            and other.name != leaf.name
            and not other.name.startswith("toolkit/cover/")
        ]
        return replace(leaf, data={"entries": listed}, is_counted=False)

    return [told(leaf) for leaf in plan.leaves]
