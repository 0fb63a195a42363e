"""Leaves are parted among processes by what they weigh, and groups stay whole."""

from __future__ import annotations

from pathlib import Path

from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.typesetting.chunks import CHUNK, in_chunks, in_chunks_of, spread
from toolkit_builder.press.typesetting.jobs import TypesettingJob

CARDS, TOOLKIT = (StyleSet((Path(f"{name}.css"),), (), Path(), "", "") for name in ("cards", "toolkit"))


def leaf(name: str, weight: int, group: str = "") -> RenderedLeaf:
    return RenderedLeaf(name, "x" * weight, group or name, (12.0,), 1, name)


def names(parts: list[TypesettingJob]) -> list[list[str]]:
    return [[leaf.name for leaf in leaves] for _, leaves in parts]


def test_groups_stay_whole() -> None:
    leaves = [leaf(f"{number}", 1, f"{number // 5}") for number in range(30)]
    assert [len(chunk) for chunk in in_chunks(leaves)] == [15, 15]
    for _, part in spread([(CARDS, [*leaves, leaf("all the others", 100)])], 4):
        for group in {one.group for one in part if one.name != "all the others"}:
            assert sum(one.group == group for one in part) == 5


def test_a_few_leaves_are_parted_by_what_they_weigh() -> None:
    """A title stands on two maps, two pages and four rows: two processes have one map each, then the other parts."""
    leaves = [leaf(f"row{number}", 3_000) for number in range(4)]
    leaves += [leaf("map-cy", 41_000), leaf("map-en", 41_000), leaf("page-cy", 9_000), leaf("page-en", 9_000)]
    assert names(in_chunks_of([(TOOLKIT, leaves)])) == [[one.name for one in leaves]]
    parts = names(spread([(TOOLKIT, leaves)], 2))
    assert parts[:2] == [["map-cy"], ["map-en"]]
    assert len(parts) == 4
    for part in parts[2:]:
        assert sum(name.startswith("page") for name in part) == 1
        assert sum(name.startswith("row") for name in part) == 2


def test_a_group_that_is_much_of_the_work_is_parted() -> None:
    """Its leaves are parts of their own; lighter groups stay whole."""
    leaves = [leaf("map-cy", 41_000, "map"), leaf("map-en", 41_000, "map")]
    leaves += [leaf("row-cy", 1_000, "row"), leaf("row-en", 1_000, "row")]
    assert names(spread([(TOOLKIT, leaves)], 2)) == [["map-cy"], ["map-en"], ["row-cy", "row-en"]]


def test_what_is_heavy_comes_first_and_styles_are_not_mixed() -> None:
    parts = spread([(CARDS, [leaf("small", 10)]), (TOOLKIT, [leaf("large", 90), leaf("middle", 50)])], 2)
    assert names(parts) == [["large"], ["middle"], ["small"]]
    assert [style_set for style_set, _ in parts] == [TOOLKIT, TOOLKIT, CARDS]


def test_many_leaves_come_in_parts_of_the_usual_size_and_none_is_lost() -> None:
    leaves = [leaf(f"{number:03}", 100) for number in range(120)]
    parts = spread([(CARDS, leaves)], 2)
    assert sorted(name for part in names(parts) for name in part) == [one.name for one in leaves]
    assert {len(part) for part in names(parts)} == {CHUNK}


def test_one_process_gets_parts_of_the_usual_size() -> None:
    assert names(spread([(CARDS, [leaf("a", 1), leaf("b", 1_000)])], 1)) == [["a", "b"]]


def test_leaves_without_words_are_no_more_than_others() -> None:
    assert names(spread([(CARDS, [leaf("a", 0), leaf("b", 0)])], 2)) in ([["a"], ["b"]], [["a", "b"]])
