"""Booklets and two pages on a side, by arithmetic: what is read after folding, where pages stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import pytest

from toolkit_builder.documents.sheet_options import BOOKLET, SHEET_PAPER, SheetOptions
from toolkit_builder.press.imposition.booklets import booklet, too_thick, two_up
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.sheets import misplaced

MM = 72 / 25.4


def pages(count: int) -> list[Placed | None]:
    a4 = Page(210 * MM, 297 * MM, b"", b"", {}, 0)
    plate = Plate("a", 12, [a4] * count, [], {}, {}, {})
    return [Placed(plate, number) for number in range(count)]


def halves(side: Side) -> list[int | None]:
    """The pages of a side, from left to right; None where nothing stands."""
    found: list[int | None] = [None, None]
    for page in side.placed:
        found[round(page.clip[0] / (side.size[0] / 2))] = page.page
    return found


def folded(sheets: Sheets) -> list[int | None]:
    """The pages as they are read: sheets lie in one another, folded, and each is turned over like a page."""
    fronts, backs = [halves(side) for side in sheets.sides[::2]], [halves(side) for side in sheets.sides[1::2]]
    first = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    second = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return first + second[::-1]


@pytest.mark.parametrize("count", range(1, 22))
def test_a_folded_booklet_is_read_in_order(count: int) -> None:
    sheets = booklet(pages(count), SheetOptions(pages=BOOKLET))
    read = folded(sheets)
    assert read == [*range(count), *[None] * (-count % 4)]
    assert len(sheets.sides) == 2 * ceil(count / 4)
    assert sheets.duplex == "DuplexFlipShortEdge"
    assert list(misplaced(sheets)) == []


def test_blank_pages_stand_where_they_are_told() -> None:
    """Before a back cover, or where two halves meet."""
    assert folded(booklet(pages(6), SheetOptions(), blanks_at=5)) == [0, 1, 2, 3, 4, None, None, 5]


def test_what_is_read_from_right_to_left_is_bound_at_the_right() -> None:
    ltr, rtl = (booklet(pages(8), SheetOptions(), from_right=is_so) for is_so in (False, True))
    assert [halves(side)[::-1] for side in ltr.sides] == [halves(side) for side in rtl.sides]


@pytest.mark.parametrize("paper", SHEET_PAPER)
def test_pages_fill_their_halves_and_are_never_larger(paper: str) -> None:
    sheets = booklet(pages(8), SheetOptions(paper))
    high, wide = (edge * MM for edge in SHEET_PAPER[paper])
    for side in sheets.sides:
        assert side.size == pytest.approx((wide, high))
    [*outer] = sheets.sides[0].placed
    scale = min(1, wide / 2 / (210 * MM), high / (297 * MM))
    assert [page.scale for page in outer] == pytest.approx([scale, scale])
    assert [page.x + page.source.width * scale / 2 for page in outer] == pytest.approx([wide / 4, wide * 3 / 4])
    assert scale == pytest.approx({"a4": 0.7071, "a3": 1.0}.get(paper, scale), abs=0.0001)


def _middles(side: Side) -> Sequence[float]:
    return sorted((page.x + page.source.width * page.scale / 2) / MM for page in side.placed)


@pytest.mark.parametrize(("weight", "thickness"), [(0, 0.12), (160, 0.192)])
def test_inner_pages_are_moved_towards_the_fold(weight: int, thickness: float) -> None:
    """By the thickness of a sheet for each sheet that they lie in; never over the fold."""
    sheets = booklet(pages(16), SheetOptions("a3", pages=BOOKLET, weight=weight))
    for number in range(4):
        for side in sheets.sides[2 * number : 2 * number + 2]:
            left, right = _middles(side)
            assert left == pytest.approx(105 + number * thickness)
            assert right == pytest.approx(315 - number * thickness)
            assert all(page.clip[2] - page.clip[0] == pytest.approx(210 * MM) for page in side.placed)


def test_a_turned_page_keeps_its_place() -> None:
    upright = pages(4)
    turned = [page and replace(page, turned=True) for page in upright]
    before, after = booklet(upright, SheetOptions()), booklet(turned, SheetOptions())
    for one, other in zip(before.sides, after.sides, strict=True):
        assert [(page.x, page.y) for page in one.placed] == [(page.x, page.y) for page in other.placed]
        assert all(page.turned for page in other.placed)


@pytest.mark.parametrize("paper", SHEET_PAPER)
@pytest.mark.parametrize("marks", [(), ("cut", "fold")])
def test_with_bleed_pages_meet_at_the_fold_and_are_cut_out(paper: str, marks: tuple[str, ...]) -> None:
    """Each is seen from the fold to the end of its bleed, within what printers reach; ticks stand beyond that."""
    bleed, options = 3.0, SheetOptions(paper, pages=BOOKLET, bleed=3, marks=marks)
    sheets = booklet(pages(8), options)
    high, wide = (edge * MM for edge in SHEET_PAPER[paper])
    assert list(misplaced(sheets)) == []
    for side in sheets.sides:
        left, bottom, right, top = side.trim
        assert (left + right, bottom + top) == pytest.approx((wide, high))
        creep = sheets.sides.index(side) // 2 * options.thickness * MM
        first, second = side.placed
        assert (first.x - creep, second.x + creep) == pytest.approx((left, wide / 2))
        assert second.x + creep + second.source.width * second.scale == pytest.approx(right)
        edges = (left - bleed * MM, bottom - bleed * MM, wide / 2, top + bleed * MM)
        assert first.clip == pytest.approx(edges)
        assert second.clip == pytest.approx((wide / 2, edges[1], right + bleed * MM, edges[3]))
        assert min(left, bottom) >= (bleed + (7 if marks else 0)) * MM - 0.01
        assert side.bleed == bleed * MM
        lines = re.findall(rb"([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S", side.marks)
        assert len(lines) == (10 if marks else 0)
        for line in lines:
            x1, y1, x2, y2 = map(float, line)
            beyond = max(left - x2, bottom - y2, x1 - right, y1 - top)
            assert beyond == pytest.approx((bleed + 1) * MM, abs=0.01)
            assert min(x1, y1, wide - x2, high - y2) >= 3.99 * MM
    assert SheetOptions("sra3", bleed=3).scale_in_pairs((210, 297)) == 1, "A4 on SRA3 stays what it is"


@pytest.mark.parametrize(
    ("count", "weight", "is_told"), [(64, 0, False), (68, 0, True), (80, 80, False), (44, 160, True)]
)
def test_a_booklet_that_staples_do_not_hold_is_told(count: int, weight: int, is_told: bool) -> None:
    """64 pages of 100 g/m² are what binders take; lighter paper makes more of them possible."""
    options = SheetOptions(pages=BOOKLET, weight=weight)
    told = too_thick(booklet(pages(count), options), options)
    assert bool(told) == is_told
    if count == 68:
        assert told.startswith(
            "17 sheets of 100 g/m² are 2.04 mm thick, and staples in the fold hold about 2 mm: take 98 g"
        )


def test_two_up() -> None:
    assert [halves(side) for side in two_up(pages(5), SheetOptions()).sides] == [[0, 1], [2, 3], [4, None]]
    facing = two_up(pages(4), SheetOptions(), is_facing=True)
    assert [halves(side) for side in facing.sides] == [[None, 0], [1, 2], [3, None]]
