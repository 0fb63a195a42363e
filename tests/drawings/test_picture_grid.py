"""Grids of pictures: squares as large as their room lets them be, all of them there, in lines that are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit_builder.drawings.picture_grid import MOST_IN_LINE, picture_grid

COUNTS = some.lists(some.integers(1, 40), min_size=1, max_size=12)
LENGTHS = some.floats(10, 300)


@given(COUNTS, LENGTHS, LENGTHS, some.floats(5, 60), some.booleans(), some.booleans())
def test_all_pictures_are_in_the_room(
    counts: list[int], width: float, height: float, largest: float, by_category: bool, wide_in_middle: bool
) -> None:
    grid = picture_grid(counts, width, height, largest, by_category=by_category, wide_in_middle=wide_in_middle)
    assert sum(grid.lines) == sum(counts)
    assert 0 < grid.square <= largest
    assert max(grid.lines) * grid.square <= width + 1e-6
    assert len(grid.lines) * grid.square <= height + 1e-6


@given(COUNTS)
def test_where_there_is_room_categories_begin_new_lines(counts: list[int]) -> None:
    grid = picture_grid(counts, 1000, 10000, 15, by_category=True)
    assert grid.is_by_category
    assert max(grid.lines) <= MOST_IN_LINE
    ends = {sum(grid.lines[: at + 1]) for at in range(len(grid.lines))}
    assert {sum(counts[: at + 1]) for at in range(len(counts))} <= ends


def test_they_do_not_where_pictures_would_be_much_smaller() -> None:
    grid = picture_grid([3, 4, 3], 170, 13, 15, by_category=True)
    assert not grid.is_by_category
    assert (grid.lines, grid.square) == ((10,), 13)


@pytest.mark.parametrize(("count", "lines"), [(3, (2, 1)), (7, (2, 3, 2)), (8, (3, 3, 2))])
def test_fuller_lines_stand_in_the_middle(count: int, lines: tuple[int, ...]) -> None:
    assert picture_grid([count], 90, 90, 44, wide_in_middle=True).lines == lines


def test_nothing_selected_is_no_grid() -> None:
    assert picture_grid([], 170, 41, 15).lines == ()
