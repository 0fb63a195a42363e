"""The toolkit, A4: cover, how to use it, contents, an opening for each category, a page for each action, a planning
worksheet and a colophon.

In two languages the pages are parallel: after the cover, a right-hand page, every leaf stands in the first language
on the left and in the second on the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit_builder.catalogue.model import Action, Category, Text
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.products import parts
from toolkit_builder.products.plan import Edition, Leaf, Plan


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, the number of that page, and the action or category it is about."""

    anchor: str
    title: str
    page: int
    action: Action | None
    category: Category[Text] | None


def plan(selection: Selection, edition: Edition) -> Plan:
    cover = Leaf(
        name=f"toolkit/cover/{'-'.join(edition.languages)}",
        layout="toolkit/cover.html",
        languages=edition.languages,
        bookmark=" / ".join(selection.catalogue.framework.title[language] for language in edition.languages),
        data={
            "selection": {language: parts.selection_lines(selection, language) for language in edition.languages},
            "is_whole": selection.is_whole,
            "others": parts.about(selection, edition, edition.languages[0])["others"],
            "categories": parts.categories(selection),
        },
    )
    runs = [list(_pages(selection, edition, language)) for language in edition.languages]
    leaves = [cover, *(leaf for together in zip(*runs, strict=True) for leaf in together)]
    return parts.plan("toolkit", "parallel-pages", selection, edition, _with_contents(leaves), _with_contents)


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


def _with_contents(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves, the contents pages told where everything stands: page numbers are text, made from the plan."""
    starts, page = {}, 1
    for leaf in leaves:
        starts[leaf.name] = page
        page += leaf.pages or 1

    def told(leaf: Leaf) -> Leaf:
        if leaf.layout != "toolkit/contents.html":
            return leaf
        listed = [
            Entry(
                other.anchor, other.bookmark, starts[other.name], other.data.get("action"), other.data.get("category")
            )
            for other in leaves
            if other.languages == leaf.languages and other.layout not in (leaf.layout, "toolkit/cover.html")
        ]
        return replace(leaf, data={"entries": listed})

    return [told(leaf) for leaf in leaves]
