"""Bound documents and print sheets: every page of every plate once, nothing over anything, nothing outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit_builder.press.imposition.sheets import Placed, Sheets
from toolkit_builder.press.preflight.regions import Bounds, common

POINTS_PER_MM = 72 / 25.4
TOLERANCE = 0.5
"""In pt: half a millimetre is what sizes in mm may miss a sheet by, and no printer is as exact."""


def lost_or_doubled(sequence: Sequence[tuple[int, int | None]], pages: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The leaves of a document whose pages do not all stand in it once, by their indices, and what is wrong.

    `sequence`: the pages in order, each the index of its leaf and its place in it; `pages`: how many each plate has.
    """
    there = Counter(place for place in sequence if place[1] is not None)
    for at, count in enumerate(pages):
        wanted = {(at, page) for page in range(count)}
        own = {place: times for place, times in there.items() if place[0] == at}
        if set(own) != wanted or any(times != 1 for times in own.values()):
            yield at, f"has {count} {'page' if count == 1 else 'pages'}, and {sum(own.values())} stand in the document"


def misplaced(sheets: Sheets) -> Iterator[str]:
    """What stands on a side of a sheet and is not within it, or over something else; told once for each size."""
    told = set()
    for number, side in enumerate(sheets.sides, start=1):
        size, placed = side.size, side.placed
        areas = [_area(one) for one in placed]
        for one, area in zip(placed, areas, strict=True):
            beyond = max(-area[0], -area[1], area[2] - size[0], area[3] - size[1])
            if beyond > TOLERANCE:
                told.add((number, f"{_size(one)} stands {beyond / POINTS_PER_MM:.1f} mm outside the sheet"))
        for (one, first), (_, second) in combinations(zip(placed, areas, strict=True), 2):
            left, bottom, right, top = common(first, second)
            over = min(right - left, top - bottom)
            if over > TOLERANCE:
                told.add((number, f"{_size(one)} lies {over / POINTS_PER_MM:.1f} mm over its neighbour"))
    first_side: dict[str, int] = {}
    for number, message in sorted(told):
        first_side.setdefault(message, number)
    for message, number in first_side.items():
        yield f"on side {number} of the sheets, {message}"


def _area(one: Placed) -> Bounds:
    """What of a sheet a page covers; where only a part of it is seen, that part."""
    if one.clip:
        left, bottom, right, top = one.clip
        return left, bottom, right, top
    page = one.source
    return one.x, one.y, one.x + page.width * one.scale, one.y + page.height * one.scale


def _size(one: Placed) -> str:
    width, height = (edge * one.scale / POINTS_PER_MM for edge in (one.source.width, one.source.height))
    return f"a page of {width:.0f} × {height:.0f} mm"
