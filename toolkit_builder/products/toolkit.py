"""What a toolkit has beyond what its `product.yaml` says: lists of rows that many documents share, a cover that is
printed over, contents with the numbers of pages, and a partnership's own pages.

It goes by the roles of leaves: cover, contents, map, opening, action, colophon.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from toolkit_builder.catalogue.model import Action
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import Leaf, Plan, anchor_of
from toolkit_builder.documents.product import Product
from toolkit_builder.languages import measure
from toolkit_builder.partnerships.foot import line_width
from toolkit_builder.products import cover, parts, tailoring
from toolkit_builder.products.context import LeafSet, PlanContext

COVER, CONTENTS, MAP, OPENING, COLOPHON = "cover", "contents", "map", "opening", "colophon"
LEAST_MAP = 12
"""Of fewer actions there is no map: the contents are one page, and have the symbols of the same scales beside each."""
MOST_LINES, MOST_LEADS = 4, 1
"""Of more actions, an opening has two side by side; and so many have a large picture each."""
MOST_PAIRS = 6
"""So many lines of two an opening has room for."""
TILE_MEASURES, TILE_LINES = (7.1, 8.5), 3
"""How long a line of a title is on a tile, in em of 15.5 pt and of 13 pt; and how many of the larger ones have room."""
MOST_ROOMY = 11
"""Of more actions, contents on one page never have room to say what each is for."""
SPACINGS = ("roomy", "open", "usual", "close")
"""How the rows of contents are spaced, the one that is liked best first: roomy ones say what each action is for."""
COVER_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
"""Sizes in pt of what is said on a cover of its document: there may be much to say."""

LARGE_SIZE = 18.0
"""In pt, of large print."""
LARGE_ROOM, LARGE_USUAL, LARGE_CLOSE = 236.0, 12.6, 10.7
"""In mm: what a page of contents in large print has for rows, and how high those are, spaced as usual and closer."""
LARGE_LINE = 165.0
"""In mm: a line of the cover in large print has 176 mm, and its label is bold."""


def notices(product: Product, selection: Selection) -> Iterator[str]:
    """That it has no map, if it would have one of more actions."""
    if any(entry.role == MAP for entry in product.file.leaves) and _has_too_few_for_map(selection):
        yield f"{product.name}: no map of fewer than {LEAST_MAP} actions; the contents have its symbols"


def _has_too_few_for_map(selection: Selection) -> bool:
    """Whether a framework that could have a map has none of this selection, since it has too few actions."""
    return bool(selection.catalogue.framework.scales) and len(selection.actions) < LEAST_MAP


def furnished(leaf: Leaf, context: PlanContext) -> Leaf:
    """A leaf with its rows and imprints. Contents have theirs when the numbers of pages are known."""
    furnish = _FURNISHED.get(leaf.role)
    return furnish(leaf, context) if furnish else leaf


def tailored(leaf_sets: Iterable[LeafSet], context: PlanContext) -> Iterable[LeafSet]:
    """The leaves with those of a partnership among them, without a map that would be empty."""
    if not context.selection.catalogue.framework.scales or _has_too_few_for_map(context.selection):
        leaf_sets = (leaf_set for leaf_set in leaf_sets if leaf_set[0].role != MAP)
    return tailoring.tailored(leaf_sets, context) if context.partnership else leaf_sets


# -- the cover ---------------------------------------------------------------------------------------------------------


def _cover(leaf: Leaf, context: PlanContext) -> Leaf:
    """The cover, that documents share; the pictures of their actions are pasted in, and what there is to say of the
    selection is printed over it, with the project's own address. (Of a pack, that stands where the partnership's
    is: `partnership/imprint.html`.)
    """
    lines = _cover_lines(context)
    others = parts.other_languages(context.selection, context.edition)
    web = None if context.partnership else context.selection.catalogue.framework.web
    leaf = cover.with_pictures(leaf, context, is_said=bool(lines or others or web))
    if not (lines or others or web):
        return leaf
    imprint = Leaf(
        name=f"{context.product.name}/imprint/{'-'.join(leaf.languages)}",
        layout="toolkit/imprint.html",
        languages=leaf.languages,
        bookmark="",
        data={"selection": lines, "others": bool(others), "is_pack": False, "web": web},
        sizes=leaf.sizes if context.edition.large_print else COVER_SIZES,
        edition=context.edition,
    )
    return replace(leaf, imprints=(imprint,))


def _cover_lines(context: PlanContext) -> list[parts.Line]:
    """What a cover says of the selection: what was selected by, or else how many actions there are, which many packs
    share; the contents list them. In large print it has room for a line in each language.
    """
    selection, edition = context.selection, context.edition
    if selection.is_whole:
        return []
    number: list[parts.Line] = [(parts.label(selection, "selection", "number"), (str(len(selection.actions)),))]
    said = parts.criteria_lines(selection) or number
    if not edition.large_print:
        return said
    if len(said) == 1 and all(_width(said[0], language) <= LARGE_LINE for language in edition.languages):
        return said
    return number


def _width(line: parts.Line, language: str) -> float:
    """About how many mm a line takes in the least size of large print."""
    label, values = line
    words = [value if isinstance(value, str) else value[language] for value in values]
    return line_width([f"{label[language]}: {', '.join(words)}"], LARGE_SIZE)


# -- openings and the colophon -----------------------------------------------------------------------------------------


def _opening(leaf: Leaf, context: PlanContext) -> Leaf:
    """The opening of a category, with a row for each of its actions that leads to the action's page. They are spread
    over the room that there is; where that is too little for one of them, they stand closer.
    """
    actions = leaf.data["actions"]
    titles = [action.title for action in context.selection.catalogue]
    are_long = any(_is_long(title[language], language) for title in titles for language in context.edition.languages)

    def rows(kind: str, lines: int) -> tuple[Leaf, ...]:
        is_small = are_long and kind == "tile"
        shape = {"kind": kind, "lines": lines, "is_small": is_small, "measure": TILE_MEASURES[is_small]}
        return tuple(parts.row(leaf, each.code, {**_opening_row(each, leaf, context), **shape}) for each in actions)

    count = len(actions)
    if count <= MOST_LINES:
        spread = rows("lead" if count <= MOST_LEADS else "line", count)
    else:
        spread = rows("tile", min(math.ceil(count / 2), MOST_PAIRS))
    return replace(leaf, rows=spread, closer_rows=(partial(rows, "tile", MOST_PAIRS),))


def _is_long(title: str, language: str) -> bool:
    """Whether a title has no room in 15.5 pt on a tile: all of a document are equally large."""
    line = TILE_MEASURES[False]
    return measure.widest_word(title, line) > line or measure.lines(title, language, line) > TILE_LINES


def _opening_row(action: Action, opening: Leaf, context: PlanContext) -> dict[str, Any]:
    [language] = opening.languages
    anchor = anchor_of(f"{context.product.name}/action/{action.code}/{language}")
    return {**parts.action_data(context.selection, action), "anchor": anchor}


def _colophon(leaf: Leaf, context: PlanContext) -> Leaf:
    about = parts.about(context.selection, context.edition)
    rows = [parts.row(leaf, what, {"about": what, "is_pack": False, **data}) for what, data in _colophon_rows(about)]
    return replace(leaf, data={**leaf.data, "is_pack": False}, rows=tuple(rows))


def _colophon_rows(about: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a colophon with what each is made of, no more than it needs, so that documents share them: which
    actions there are is in the contents.
    """
    yield "source", {}
    yield "licence", {}
    yield "selection", {"selection": about["criteria"], "count": about["count"]}
    if about["has_provisional"]:
        yield "provisional", {}
    if about["has_drafts"]:
        yield "review", {name: about[name] for name in ("is_partly_reviewed", "is_stale")}
    if about["others"] or about["is_reordered"]:
        yield "languages", {"is_reordered": not about["others"]}
    yield "version", {}


_FURNISHED = {COVER: _cover, OPENING: _opening, COLOPHON: _colophon}


# -- contents ----------------------------------------------------------------------------------------------------------


def with_contents(plan: Plan) -> list[Leaf]:
    """The leaves, the contents pages told where everything stands: page numbers come from the plan."""
    starts = list(plan.starts())

    def told(leaf: Leaf) -> Leaf:
        if leaf.role != CONTENTS:
            return leaf
        told_of = [
            (other, page)
            for other, page in starts
            if other.languages == leaf.languages and other is not leaf and other.role != COVER
        ]
        before = [None, *(other for other, _ in told_of)]

        def rows(spacing: str) -> tuple[Leaf, ...]:
            return tuple(
                _contents_row(leaf, other, page, ends_category=_ends_category(other, last), spacing=spacing)
                for (other, page), last in zip(told_of, before, strict=False)
            )

        # Where it takes as many pages as it needs, these were counted without the numbers: they are to stay so many.
        is_counted = leaf.is_counted and leaf.may_run_over
        spaced, *closer = _spacings(leaf, len(told_of), sum("action" in other.data for other, _ in told_of))
        return replace(
            leaf,
            rows=rows(spaced),
            closer_rows=tuple(partial(rows, spacing) for spacing in closer),
            is_counted=is_counted,
        )

    return [told(leaf) for leaf in plan.leaves]


def _spacings(contents: Leaf, rows: int, actions: int) -> Sequence[str]:
    """How the rows of contents of so many actions may be spaced, from what was found to have room, if it was. In large
    print they are closer where that takes a page less: none has a few rows alone.
    """
    if contents.edition.large_print:
        usual, close = (math.ceil(rows * height / LARGE_ROOM) for height in (LARGE_USUAL, LARGE_CLOSE))
        return ("close",) if close < usual else ("usual",)
    if contents.rows:
        return SPACINGS[-1 - len(contents.closer_rows) :]
    return SPACINGS if actions <= MOST_ROOMY else SPACINGS[1:]


def _ends_category(leaf: Leaf, last: Leaf | None) -> bool:
    """Whether the row of a leaf comes after those of a category; `last` is the leaf of the row before."""
    return last is not None and "category" in last.data and "category" not in leaf.data


def _contents_row(contents: Leaf, leaf: Leaf, page: int, *, ends_category: bool, spacing: str) -> Leaf:
    """The row of the contents that leads to a leaf."""
    [language] = leaf.languages
    about = {name: leaf.data.get(name) for name in ("action", "category")}
    title = "" if any(about.values()) else leaf.bookmark
    data = {"anchor": leaf.anchor, "title": title, "ends_category": ends_category, "spacing": spacing, **about}
    name = leaf.name.partition("/")[2].removesuffix(f"/{language}")
    return parts.row(contents, name, data, page)
