"""Tailors products to a partnership: which actions, in which order, and the leaves that are the pack's own.

Leaves that say nothing of the partnership stay as they are, so that all packs share them. Each function takes the
partnership or None, and with None leaves everything as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from toolkit_builder.catalogue.model import Action, Text
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import CARD_SIZES, LARGE_SIZES, PAGE_SIZES, Edition, Leaf
from toolkit_builder.partnerships.model import LocalAction, Partnership
from toolkit_builder.products import parts

NAME_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
"""Sizes in pt of the name on the cover, which is as large as its longest word allows."""


def selection(selected: Selection, partnership: Partnership | None) -> Selection:
    """The selection in the partnership's own order: within a category, actions with a place of their own come first."""
    if partnership is None:
        return selected
    categories = [category.id for category in selected.catalogue.framework.categories]

    def place(action: Action) -> tuple[int, float]:
        return categories.index(action.category), partnership.order(action.code) or float("inf")

    return replace(selected, actions=tuple(sorted(selected.actions, key=place)))


def with_local(leaf: Leaf, partnership: Partnership | None, *, may_run_over: bool = False) -> Leaf:
    """A leaf about an action with what the partnership says of it; the leaf itself if it says nothing."""
    local = _local(leaf, partnership)
    if local is None:
        return leaf
    return replace(leaf, data={**leaf.data, "local": local}, pages=0 if may_run_over else leaf.pages)


def named(leaf: Leaf, partnership: Partnership | None) -> Leaf:
    """A leaf that tells whose pack it is."""
    return replace(leaf, data={**leaf.data, "partnership": partnership}) if partnership else leaf


def _local(leaf: Leaf, partnership: Partnership | None) -> LocalAction[Text] | None:
    action = leaf.data.get("action")
    return partnership.local_to(action.code) if partnership and isinstance(action, Action) else None


# -- cards -------------------------------------------------------------------------------------------------------------


def cards(leaves: Iterable[Leaf], partnership: Partnership | None, edition: Edition) -> Iterator[Leaf]:
    """The faces of a deck. A card has no room to spare: what is local to an action has a card of its own after it."""
    waiting: list[Leaf] = []
    for leaf in leaves:
        action = leaf.data.get("action")
        if waiting and action is not waiting[-1].data["action"]:
            yield from _local_card(waiting[0], partnership, edition)
            waiting = []
        if action is not None:
            waiting.append(leaf)
        yield named(leaf, partnership) if leaf.layout.endswith("colophon.html") else leaf
    if waiting:
        yield from _local_card(waiting[0], partnership, edition)


def _local_card(leaf: Leaf, partnership: Partnership | None, edition: Edition) -> Iterator[Leaf]:
    """The faces of a card about what is local to the action of `leaf`."""
    local = _local(leaf, partnership)
    if local is None:
        return
    languages = edition.languages
    sides = (
        [(language, "local") for language in languages]
        if len(languages) == 2
        else [(language, side) for language in languages for side in ("local", "notes")]
    )
    action: Action = leaf.data["action"]
    for language, side in sides:
        yield Leaf(
            name=f"cards/{action.code}/{side}/{language}",
            layout=f"partnership/card_{side}.html",
            languages=(language,),
            bookmark=parts.bookmark(action, language),
            data={**leaf.data, "local": local},
            group=f"cards/{action.code}/local",
            sizes=CARD_SIZES,
        )


# -- toolkit -----------------------------------------------------------------------------------------------------------


def cover(leaf: Leaf, partnership: Partnership | None) -> Leaf:
    """The cover of a pack: a shell that packs of the same colours share, and over it what was selected, and the
    partnership's names, logo and workshop.
    """
    if partnership is None:
        return leaf
    said = () if leaf.sizes == LARGE_SIZES else leaf.imprints  # in large print there is no room for it
    imprint = Leaf(
        name=f"toolkit/imprint/{partnership.id}/{'-'.join(leaf.languages)}",
        layout="partnership/imprint.html",
        languages=leaf.languages,
        bookmark="",
        data={"partnership": partnership, **_colours(partnership)},
        sizes=NAME_SIZES,
    )
    data = {**leaf.data, **_colours(partnership)}
    shared = [replace(one, data={**one.data, "is_pack": True}, name=f"{one.name}/pack") for one in said]
    return replace(leaf, layout="partnership/cover.html", data=data, imprints=(*shared, imprint))


def pages(
    leaves: Iterable[Leaf], partnership: Partnership | None, selected: Selection, edition: Edition
) -> Iterator[Leaf]:
    """The pages of a toolkit after its cover, in one language, with the partnership's own between them."""
    if partnership is None:
        yield from leaves
        return
    run = list(leaves)
    own = _Own(partnership, selected, edition, run[0].languages)
    yield from own.front()
    order = [category.id for category in selected.catalogue.framework.categories]
    seen = -1
    for leaf in run:
        here = order.index(leaf.data["category"].id) if "category" in leaf.data else seen if seen < 0 else len(order)
        yield from own.between(order, seen, here)
        seen = here
        if leaf.name.startswith("toolkit/colophon/"):
            yield from own.contact()
            yield own.colophon(leaf)
        elif leaf.name.startswith("toolkit/opening/"):
            yield replace(leaf, data={**leaf.data, **_colours(partnership)})
        else:
            yield with_local(leaf, partnership)


@dataclass(frozen=True)
class _Own:
    """The leaves of a toolkit that are the partnership's own, in one run of languages."""

    partnership: Partnership
    selected: Selection
    edition: Edition
    languages: tuple[str, ...]

    def front(self) -> Iterator[Leaf]:
        """Foreword and introduction."""
        file = self.partnership.file
        if file.foreword:
            yield self._page("foreword", self._label("foreword"), file.foreword)
        if file.introduction:
            yield self._page("introduction", self._label("introduction"), file.introduction)

    def between(self, order: list[str], last: int, here: int) -> Iterator[Leaf]:
        """The extra pages between the category of one leaf and that of the next, by their places in the order.

        Pages before and after a category that the pack does not have stand where it would.
        """
        places = [place for category in order for place in (f"before {category}", f"after {category}")]
        for place in places[2 * last + 1 if last >= 0 else 0 : 2 * here + 1] if here > last else ():
            for page in self.partnership.pages:
                if place in (f"before {page.before}", f"after {page.after}"):
                    yield self._page(f"page/{page.id}", page.title, page.text)

    def contact(self) -> Iterator[Leaf]:
        file = self.partnership.file
        if file.contact or file.web or file.workshop:
            yield self._leaf(
                "contact", "contact", self._label("contact"), {}, pages=0 if self.edition.large_print else 1
            )

    def colophon(self, leaf: Leaf) -> Leaf:
        """The colophon with a row about the pack, set closer; it runs over if it has to."""
        [language] = self.languages
        sizes = self.sizes[-1:]
        data = {"about": "partnership", "has_local": self.partnership.has_local}
        whose = parts.row("colophon", "partnership", language, sizes, data)
        rows = [
            replace(row, data={**row.data, "is_pack": True}, sizes=sizes, name=f"{row.name}/pack")
            for row in (whose, *leaf.rows)
        ]
        return replace(leaf, data={**leaf.data, "is_pack": True}, rows=tuple(rows), sizes=sizes, pages=0)

    @property
    def sizes(self) -> tuple[float, ...]:
        return LARGE_SIZES if self.edition.large_print else PAGE_SIZES

    def _label(self, name: str) -> Text:
        return parts.label(self.selected, "partnership", name)

    def _page(self, name: str, title: Text, text: Text) -> Leaf:
        """A title and Markdown, on as many pages as it takes."""
        return self._leaf(name, "page", title, {"title": title, "text": text}, pages=0)

    def _leaf(self, name: str, layout: str, title: Text, data: dict[str, Any], pages: int) -> Leaf:
        return Leaf(
            name=f"toolkit/partnership/{name}/{'-'.join(self.languages)}",
            layout=f"partnership/{layout}.html",
            languages=self.languages,
            bookmark=" / ".join(title[language] for language in self.languages),
            data={**data, "partnership": self.partnership, **_colours(self.partnership)},
            group=f"toolkit/partnership/{name}",
            sizes=self.sizes,
            pages=pages,
        )


def _colours(partnership: Partnership) -> dict[str, Any]:
    """What a leaf in the partnership's colours is given; nothing if it has none."""
    colours = partnership.file.colours
    return {"colours": colours.model_dump()} if colours.ground or colours.band else {}
