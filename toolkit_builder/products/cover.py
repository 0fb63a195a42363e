"""Where on the cover of a toolkit there is room for the pictures of what is selected, and what these are.

Each picture is a row of its own, pasted in: covers of other selections have the same pictures in other places, and the
cover below is the same for all that have as many lines of them. All lengths are in mm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from toolkit_builder.documents.plan import Leaf
from toolkit_builder.drawings.picture_grid import MOST_IN_LINE, PictureGrid, picture_grid
from toolkit_builder.languages import measure
from toolkit_builder.products import parts
from toolkit_builder.products.context import PlanContext

WIDTH, LINE, LEAST = 170.0, 22.0, 9.0
"""Of the pictures: how wide their room is, how high a line of them is at most, and below which height there are none.
"""
PITCH = 1.12
"""How far apart pictures of a line begin, in widths of one: seven are as wide as their room."""
TALLEST, TALLEST_OVER_SAID = (66.0, 41.0), (44.0, 26.0)
"""How high their room is at most, and where something is said below in several languages: in one language or two, and
in `MANY`.
"""
MANY = 3
"""Titles in so many languages leave less, and in more than that they take all the room that there is."""
ROWS_LARGE = 35.0
"""What pictures have in large print, where titles leave it: three rows of them, one for each of three categories."""
GAP = 4.0
"""Between titles and pictures."""
PUBLISHERS_END, PUBLISHERS_START = 282.0, 268.0
"""What is said at the foot ends there, and begins there at the latest."""
PUBLISHERS_WIDTH, PUBLISHERS_LEADING = 168.0, 1.35
PUBLISHERS_EM, PUBLISHERS_EM_LARGE = 4.23, 6.35
PUBLISHERS_APART, PUBLISHERS_APART_LARGE = 0.6, 3.0


@dataclass(frozen=True)
class CoverRoom:
    """How far down the page titles go, where pictures begin, and how much room they have (0: none)."""

    titles_end: float
    pictures_top: float
    pictures: float


def with_pictures(cover: Leaf, context: PlanContext, *, is_said: bool) -> Leaf:
    """The cover with the pictures of what is selected as its rows. `is_said`: it is printed over it in words, too."""
    groups = parts.by_category(context.selection, context.selection.actions)
    counts = [len(actions) for _, actions in groups]
    room = _room(cover.languages, context, counts, is_said=is_said)
    data = {**cover.data, "room": room}
    if room.pictures < LEAST:
        return replace(cover, data={**data, "room": replace(room, pictures=0.0)})
    grid = picture_grid(counts, WIDTH, room.pictures, LINE, by_category=True)
    pairs = [(category, action) for category, actions in groups for action in actions]
    rows = [
        parts.row(cover, action.code, {"category": category, "action": action, **place})
        for (category, action), place in zip(pairs, _places(grid), strict=True)
    ]
    return replace(cover, data=data, rows=tuple(rows))


def _places(grid: PictureGrid) -> Iterator[Mapping[str, Any]]:
    """How large each picture is, and how much of its line it takes: as much white beside each as the fullest line has
    room for, and the last one all that is left of it, but for what lengths are rounded by.
    """
    across = max(grid.lines, default=0)
    pitch = floor(100 * min(PITCH * grid.square, (WIDTH - grid.square) / max(across - 1, 1))) / 100
    for few in grid.lines:
        for at in range(few):
            rest = floor(100 * (WIDTH - at * pitch) - 5) / 100
            yield {"square": grid.square, "width": rest if at == few - 1 else pitch}


def _room(languages: Sequence[str], context: PlanContext, counts: Sequence[int], *, is_said: bool) -> CoverRoom:
    """Pictures take the room of what is said of the selection where nothing is, and some of the titles' above that; or
    else a line or two above it. In large print, and in more languages than three, titles may need all of that.
    """
    edition, is_pack, is_alone = context.edition, context.partnership is not None, len(languages) == 1
    foot = _foot(languages, context)
    lines = sum(ceil(count / MOST_IN_LINE) for count in counts)
    tallest = (TALLEST_OVER_SAID if is_said and not is_alone else TALLEST)[len(languages) >= MANY]
    wanted = min(tallest, ceil(10 * LINE * lines) / 10)
    if edition.large_print or len(languages) > MANY:
        if edition.large_print:
            end = 227.0 if is_pack else 228.0 if is_alone and not is_said else 215.0
            if not (is_said or is_pack) and len(languages) <= MANY:
                end = foot - GAP - max(foot - end - GAP, min(wanted, ROWS_LARGE))
        else:
            end = 222.0 if is_pack else 202.0
        return CoverRoom(end, end + GAP, 0 if is_said or is_pack else min(wanted, foot - end - GAP))
    if is_said and is_pack:
        return CoverRoom(226, 228, 13) if len(languages) < MANY else CoverRoom(241, 241, 0)
    if is_said:
        return CoverRoom(239 - wanted, 241 - wanted, wanted)
    if is_pack:
        return CoverRoom(241, 243, min(wanted, foot - 243))
    return CoverRoom(foot - wanted - GAP, foot - wanted, wanted)


def _foot(languages: Sequence[str], context: PlanContext) -> float:
    """Where the names of publishers begin."""
    is_large, publisher = context.edition.large_print, context.selection.catalogue.framework.source.publisher
    em = PUBLISHERS_EM_LARGE if is_large else PUBLISHERS_EM
    apart = PUBLISHERS_APART_LARGE if is_large else PUBLISHERS_APART
    lines = sum(measure.lines(publisher[language], language, PUBLISHERS_WIDTH / em) for language in languages)
    start = PUBLISHERS_END - PUBLISHERS_LEADING * em * lines - apart * len(languages)
    return floor(10 * min(PUBLISHERS_START, start)) / 10
