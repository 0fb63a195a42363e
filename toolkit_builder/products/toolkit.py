"""The toolkit, A4: cover, how to use it, contents, an opening for each category, a page for each action, a planning
worksheet and a colophon.

Parallel pages: after the cover, a right-hand page, every leaf stands in the first language on the left and in the
second on the right. Back to back: the first language on the front of every sheet, the cover too, and the second on its
back. Tilt and turn: each language is complete, with its own cover, contents and page numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit_builder.catalogue.model import Action
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.layouts import layout_of
from toolkit_builder.documents.plan import COVER_SIZES, LARGE_SIZES, PAGE_SIZES, Edition, Leaf, Plan, anchor_of
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import parts, tailoring

CONTENTS_ROWS = 30
"""So many rows of contents have room on a page, in the smallest type; more run over."""


def plan(selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    layout = layout_of("toolkit", edition)
    runs = [
        list(tailoring.pages(_pages(selection, edition, language), partnership, selection, edition))
        for language in edition.languages
    ]

    def cover(languages: tuple[str, ...]) -> Leaf:
        return tailoring.cover(_cover(selection, edition, languages), partnership)

    numbering_restarts: tuple[int, ...] = ()
    if layout == "parallel-pages":
        leaves = [cover(edition.languages), *_in_turn(runs)]
    else:
        halves = [[cover(run[0].languages), *run] for run in runs]
        leaves = [leaf for half in halves for leaf in half] if layout == "tilt-and-turn" else _in_turn(halves)
        if layout == "tilt-and-turn":
            numbering_restarts = tuple(number * len(halves[0]) for number in range(len(halves)))
    made = parts.plan(
        "toolkit",
        layout,
        selection,
        edition,
        leaves,
        _with_contents,
        numbering_restarts,
        numbering_restarts,
        partnership,
    )
    return made.with_leaves(_with_contents(made))


def _in_turn(runs: Sequence[Sequence[Leaf]]) -> list[Leaf]:
    """Each leaf in one language after the other."""
    return [leaf for together in zip(*runs, strict=True) for leaf in together]


def _cover(selection: Selection, edition: Edition, languages: tuple[str, ...]) -> Leaf:
    """The cover, that all selections share; what is said of this one is printed over it."""
    return Leaf(
        name=f"toolkit/cover/{'-'.join(languages)}",
        layout="toolkit/cover.html",
        languages=languages,
        bookmark=" / ".join(selection.catalogue.framework.title[language] for language in languages),
        data={"categories": parts.categories(selection)},
        group="toolkit/cover",
        sizes=LARGE_SIZES if edition.large_print else PAGE_SIZES,
        imprints=tuple(_imprints(selection, edition, languages)),
    )


def _imprints(selection: Selection, edition: Edition, languages: tuple[str, ...]) -> Iterator[Leaf]:
    """What a cover says of its document, if there is anything to say."""
    lines = _cover_lines(selection, edition)
    others = parts.other_languages(selection, edition)
    if not lines and not others:
        return
    yield Leaf(
        name=f"toolkit/imprint/{'-'.join(languages)}",
        layout="toolkit/imprint.html",
        languages=languages,
        bookmark="",
        data={"selection": lines, "others": bool(others), "is_pack": False},
        sizes=LARGE_SIZES if edition.large_print else COVER_SIZES,
    )


def _cover_lines(selection: Selection, edition: Edition) -> list[parts.Line]:
    """What a cover says of the selection: codes only if nothing else says what was selected. In large print there is no
    room for it; the colophon has all of it.
    """
    if selection.is_whole or edition.large_print:
        return []
    lines = parts.selection_lines(selection)
    return lines[:-1] or lines


def _pages(selection: Selection, edition: Edition, language: str) -> Iterator[Leaf]:
    """The pages of one language after the cover."""
    about = parts.about(selection, edition, language)

    def leaf(
        name: str,
        bookmark: str,
        data: Mapping[str, Any],
        layout: str = "",
        level: int = 1,
        rows: Iterable[Leaf] = (),
    ) -> Leaf:
        return Leaf(
            name=f"toolkit/{name}/{language}",
            layout=f"toolkit/{layout or name}.html",
            languages=(language,),
            bookmark=bookmark,
            level=level,
            data=data,
            group=f"toolkit/{name}",
            rows=tuple(rows),
            **_type(edition),
        )

    guide = {"has_provisional": about["has_provisional"], "categories": parts.categories(selection)}

    def title(page: str) -> str:
        return parts.label(selection, page, "title")[language]

    yield leaf("guide", title("toolkit_guide"), guide)
    yield leaf("contents", title("contents"), {})
    for category, actions in parts.by_category(selection):
        rows = [_opening_row(selection, edition, action, language) for action in actions]
        data = {"category": category}
        yield leaf(f"opening/{category.id}", category.title[language], data, "opening", rows=rows)
        for action in actions:
            data = parts.action_data(selection, action)
            yield leaf(f"action/{action.code}", parts.bookmark(action, language), data, "action", 2)
    yield leaf("worksheet", title("worksheet"), {})
    rows = [
        parts.row("colophon", what, language, _type(edition)["sizes"], {"about": what, "is_pack": False, **data})
        for what, data in _colophon_rows(about)
    ]
    yield leaf("colophon", title("colophon"), {"is_pack": False}, rows=rows)


def _opening_row(selection: Selection, edition: Edition, action: Action, language: str) -> Leaf:
    data = {**parts.action_data(selection, action), "anchor": anchor_of(f"toolkit/action/{action.code}/{language}")}
    return parts.row("opening", action.code, language, _type(edition)["sizes"], data)


def _colophon_rows(about: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a colophon with what each is made of, no more than it needs, so that documents share them."""
    yield "source", {}
    yield "licence", {}
    yield "selection", {"selection": about["selection"], "count": about["count"]}
    if about["has_provisional"]:
        yield "provisional", {}
    if about["has_drafts"]:
        yield "review", {name: about[name] for name in ("is_partly_reviewed", "is_stale")}
    if about["others"] or about["is_reordered"]:
        yield "languages", {"is_reordered": not about["others"]}
    yield "version", {}


def _type(edition: Edition) -> dict[str, Any]:
    """The sizes of type, and with them the number of pages, of what is no cover."""
    return {"sizes": LARGE_SIZES, "pages": 0} if edition.large_print else {"sizes": PAGE_SIZES, "pages": 1}


def _with_contents(plan: Plan) -> list[Leaf]:
    """The leaves, the contents pages told where everything stands: page numbers come from the plan."""
    starts = list(plan.starts())

    def told(leaf: Leaf) -> Leaf:
        if leaf.layout != "toolkit/contents.html":
            return leaf
        rows = [
            _contents_row(other, page, leaf.sizes)
            for other, page in starts
            if other.languages == leaf.languages
            and other.name != leaf.name
            and not other.name.startswith("toolkit/cover/")
        ]
        pages = 0 if len(rows) > CONTENTS_ROWS and leaf.pages == 1 else leaf.pages
        return replace(leaf, rows=tuple(rows), pages=pages, is_counted=False)

    return [told(leaf) for leaf in plan.leaves]


def _contents_row(leaf: Leaf, page: int, sizes: tuple[float, ...]) -> Leaf:
    """The row of the contents that leads to a leaf."""
    [language] = leaf.languages
    about = {name: leaf.data.get(name) for name in ("action", "category")}
    title = "" if any(about.values()) else leaf.bookmark
    data = {"anchor": leaf.anchor, "title": title, **about}
    row = leaf.name.removeprefix("toolkit/").removesuffix(f"/{language}")
    return parts.row("contents", row, language, sizes, data, page)
