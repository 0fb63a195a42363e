"""Tailors products to a partnership: which actions, in which order, and the leaves that are the pack's own.

Leaves that say nothing of the partnership stay as they are, so that all packs share them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit_builder.catalogue.model import Action, Text
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.languages import widths
from toolkit_builder.partnerships.foot import FOOT_GAP, FOOT_SIZE
from toolkit_builder.products import parts
from toolkit_builder.products.context import LeafSet, PlanContext

if TYPE_CHECKING:  # slow to import, and not needed without a partnership
    from toolkit_builder.partnerships.model import LocalAction, Partnership

NAME_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
"""Sizes in pt of the name on the cover, which is as large as its longest word allows."""
WELCOME_SIZES = (17.0, 16.0, 15.0, 14.0, 13.0, 12.5, 12.0)
"""Sizes in pt of foreword and introduction."""
FOOT_MARGIN, FOOT_MARGIN_WIDE, NARROW, LARGE_NUMBER = 8, 13, 150, 38
"""In mm: what the line with the name keeps from the sides of a narrow page, and of one from the third width on;
and what the number of a page takes of it in large print.
"""
BOX_WIDTH, BOX_LINES = 18.0, 13
"""In em of bold type, the lines of a box of what is local beside another language; and how many of them leave room to
write on the fullest handout.
"""
LOGO_HEIGHT, LOGO_HEIGHT_NARROW = 7.0, 4.2
"""In mm, of logos at the foot of a page, and of one that is narrower than `NARROW`."""
LARGE_SIZE = 18.0
"""Size in pt of the name at the foot of a page in large print."""
COVER, OPENING, COLOPHON = "cover", "opening", "colophon"
"""The roles of leaves that a pack dresses or adds to."""


def selection(selected: Selection, partnership: Partnership | None) -> Selection:
    """The selection in the partnership's own order: within a category, actions with a place of their own come first."""
    if partnership is None:
        return selected
    categories = [category.id for category in selected.catalogue.framework.categories]

    def place(action: Action) -> tuple[int, float]:
        return categories.index(action.category), partnership.order(action.code) or float("inf")

    return replace(selected, actions=tuple(sorted(selected.actions, key=place)))


def with_local(leaf: Leaf, partnership: Partnership | None, *, may_run_over: bool = False) -> Leaf:
    """A leaf about an action with what the partnership says of it, and whether that is brief enough for a box on a page
    that has all languages; the leaf itself if it says nothing.
    """
    action = leaf.data.get("action")
    local = partnership.local_to(action.code) if partnership and isinstance(action, Action) else None
    if partnership is None or local is None:
        return leaf
    data: dict[str, Any] = {"local": local, "local_of": partnership.short_name}
    if may_run_over:
        data["local_is_brief"] = all(_lines(local, language) <= BOX_LINES for language in leaf.languages)
    return replace(leaf, data={**leaf.data, **data}, pages=0 if may_run_over else leaf.pages)


def _lines(local: LocalAction[Text], language: str) -> int:
    """About how many lines what is local takes in a box beside another language, without the box's title."""
    groups = [[text[language] for text in texts] for texts in (local.examples, local.who) if texts]
    if local.contact:
        contact = local.contact
        said = (contact.role, contact.organisation, contact.address)
        own = [text[language] for text in said if text]
        groups.append([*own, *(way for way in (contact.name, contact.email, contact.telephone) if way)])
    if local.note:
        groups.append([line for line in local.note[language].splitlines() if line.strip()])
    return sum(1 + sum(math.ceil(widths.width(text) / BOX_WIDTH) for text in texts) for texts in groups)


def named(leaf: Leaf, context: PlanContext) -> Leaf:
    """A leaf of a pack with the partnership's name printed over its foot; the leaf itself where that has no room."""
    if context.partnership is None:
        return leaf
    if leaf.languages not in context.marks:
        context.marks[leaf.languages] = _mark(leaf, context.partnership, context)
    mark = context.marks[leaf.languages]
    if mark is None:
        return leaf
    return replace(leaf, data={**leaf.data, "is_pack": True}, imprints=(*leaf.imprints, mark))


def _mark(leaf: Leaf, partnership: Partnership, context: PlanContext) -> Leaf | None:
    """The name, in each language in which it is another, and the logo, as far as they have room on a line: names in all
    languages or in none.
    """
    page, is_large = context.product.file.page, context.edition.large_print
    width = page[0] - 2 * (FOOT_MARGIN if page[0] < NARROW else FOOT_MARGIN_WIDE) - (LARGE_NUMBER if is_large else 0)
    size, high = LARGE_SIZE if is_large else FOOT_SIZE, LOGO_HEIGHT if page[0] >= NARROW else LOGO_HEIGHT_NARROW
    spoken, taken = partnership.foot_languages(leaf.languages), partnership.foot_width(leaf.languages, size)
    if taken > width:
        spoken, taken = (), 0.0
    logos = sum(FOOT_GAP + logo.width * high / logo.height for logo in partnership.shown_logos(leaf.languages))
    has_logos = 0 < logos < width - taken
    if not (spoken or has_logos):
        return None
    data = {"page": page, "width": width, "logo_height": high, "logos": has_logos, "spoken": spoken}
    return Leaf(
        name=f"{context.product.name}/mark/{partnership.id}/{'-'.join(leaf.languages)}",
        layout="partnership/mark.html",
        languages=leaf.languages,
        bookmark="",
        data={"partnership": partnership, **data},
        sizes=(size,),
        edition=context.edition,
    )


def tailored(leaf_sets: Iterable[LeafSet], context: PlanContext) -> Iterator[LeafSet]:
    """The leaves of a toolkit with the partnership's own between them, those that stand out in its colours."""
    assert context.partnership  # noqa: S101  (for the type checker: packs have one)
    own = _Own(context.partnership, context)
    order = [category.id for category in context.selection.catalogue.framework.categories]
    seen, has_begun = -1, False
    for leaf_set in leaf_sets:
        first = leaf_set[0]
        if first.role == COVER:
            yield tuple(own.cover(leaf) for leaf in leaf_set)
            continue
        if not has_begun:
            yield from own.front()
        has_begun = True
        here = order.index(first.data["category"].id) if "category" in first.data else seen if seen < 0 else len(order)
        yield from own.between(order, seen, here)
        seen = here
        yield tuple(own.dressed(leaf) for leaf in leaf_set)


@dataclass(frozen=True, eq=False)
class _Own:
    """The leaves of a toolkit that are the partnership's own."""

    partnership: Partnership
    context: PlanContext
    _tabs: dict[tuple[str, ...], Leaf] = field(default_factory=dict)
    """What is printed over openings, by language: one leaf for all of them."""

    def cover(self, leaf: Leaf) -> Leaf:
        """The cover of a pack: a shell and pictures that packs of the same colours share, and over it what was selected
        and the partnership's names, logo and workshop.
        """
        imprint = Leaf(
            name=f"{self.context.product.name}/imprint/{self.partnership.id}/{'-'.join(leaf.languages)}",
            layout="partnership/imprint.html",
            languages=leaf.languages,
            bookmark="",
            data={"partnership": self.partnership, **self._colours()},
            sizes=NAME_SIZES,
            edition=self.context.edition,
        )
        data = {**leaf.data, **self._colours()}
        shared = [
            replace(over, data={**over.data, "is_pack": True}, name=f"{over.name}/pack") for over in leaf.imprints
        ]
        rows = [replace(row, data={**row.data, **self._colours()}) for row in leaf.rows]
        dressed = replace(leaf, layout="partnership/cover.html", data=data, rows=tuple(rows))
        return replace(dressed, imprints=(*shared, imprint))

    def front(self) -> Iterator[LeafSet]:
        """Foreword and introduction, which share a page."""
        file = self.partnership.file
        said = {"foreword": file.foreword, "introduction": file.introduction}
        parts = {name: (self._label(name), text) for name, text in said.items() if text}
        if parts:
            title = self._label("welcome" if len(parts) > 1 else next(iter(parts)))
            sizes = self.context.product.sizes_in(self.context.edition)
            data = {"parts": tuple(parts.values())}
            yield self._leaf_set("welcome", "welcome", title, data, sizes if self._is_large else WELCOME_SIZES)

    def between(self, order: list[str], last: int, here: int) -> Iterator[LeafSet]:
        """The extra pages between the category of one leaf and that of the next, by their places in the order.

        Pages before and after a category that the pack does not have stand where it would.
        """
        places = [place for category in order for place in (f"before {category}", f"after {category}")]
        for place in places[2 * last + 1 if last >= 0 else 0 : 2 * here + 1] if here > last else ():
            for page in self.partnership.pages:
                if place in (f"before {page.before}", f"after {page.after}"):
                    yield self._page(f"page/{page.id}", page.title, page.text)

    def dressed(self, leaf: Leaf) -> Leaf:
        """A leaf as the pack has it: openings with its band and its logo, the colophon saying whose it is."""
        if leaf.role == OPENING:
            return replace(leaf, imprints=(*leaf.imprints, *self._tab(leaf.languages)))
        return self._colophon(leaf) if leaf.role == COLOPHON else leaf

    def _tab(self, languages: tuple[str, ...]) -> tuple[Leaf, ...]:
        """What is printed over all openings in these languages, whose leaves all packs share: band and logo, if there
        are any. In large print the text of an opening has the whole page.
        """
        colours = self._colours()
        if self.context.edition.large_print or not (colours or self.partnership.shown_logos(languages)):
            return ()
        tab = Leaf(
            name=f"{self.context.product.name}/tab/{self.partnership.id}/{'-'.join(languages)}",
            layout="partnership/tab.html",
            languages=languages,
            bookmark="",
            data={"partnership": self.partnership, **colours},
            edition=self.context.edition,
        )
        return (self._tabs.setdefault(languages, tab),)

    def _colophon(self, leaf: Leaf) -> Leaf:
        """The colophon with rows about the pack, set closer: whom to ask, if the partnership says so, and whose it is.
        It runs over if it has to.
        """
        leaf, file = replace(leaf, sizes=leaf.sizes[-1:]), self.partnership.file
        own = [parts.row(leaf, "partnership", {"about": "partnership", "has_local": self.partnership.has_local})]
        if file.contact or file.web or file.workshop:
            own.insert(0, parts.row(leaf, "contact", {"about": "contact", "partnership": self.partnership}))
        rows = [
            replace(row, data={**row.data, "is_pack": True}, sizes=leaf.sizes, name=f"{row.name}/pack")
            for row in (*own, *leaf.rows)
        ]
        return replace(leaf, data={**leaf.data, "is_pack": True}, rows=tuple(rows), pages=0)

    @property
    def _is_large(self) -> bool:
        return self.context.edition.large_print

    def _label(self, name: str) -> Text:
        return parts.label(self.context.selection, "partnership", name)

    def _page(self, name: str, title: Text, text: Text) -> LeafSet:
        """A title and Markdown, on as many pages as it takes."""
        sizes = self.context.product.sizes_in(self.context.edition)
        return self._leaf_set(name, "page", title, {"title": title, "text": text}, sizes)

    def _leaf_set(self, name: str, layout: str, title: Text, data: dict[str, Any], sizes: tuple[float, ...]) -> LeafSet:
        """A leaf in each language, on as many pages as it takes in the largest size in which it has room on one."""
        group = f"{self.context.product.name}/partnership/{name}"
        return tuple(
            Leaf(
                name=f"{group}/{language}",
                layout=f"partnership/{layout}.html",
                languages=(language,),
                bookmark=title[language],
                data={**data, "partnership": self.partnership, **self._colours()},
                group=group,
                sizes=sizes,
                pages=0 if self._is_large else 1,
                may_run_over=not self._is_large,
                edition=self.context.edition,
                reading=f"editions/{layout}.html",
            )
            for language in self.context.edition.languages
        )

    def _colours(self) -> dict[str, Any]:
        return parts.colours(self.partnership)
