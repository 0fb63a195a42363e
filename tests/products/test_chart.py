"""The chart: each action stands in it once, whatever scales a framework has."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from toolkit_builder.catalogue.model import Action, Catalogue, Framework, Rating, ScaleColumn, Text
from toolkit_builder.products.chart import chart


@pytest.fixture
def framework(shipped_catalogue: Catalogue) -> Framework[Text]:
    return shipped_catalogue.framework


def with_scales(framework: Framework[Text], *several: bool) -> Framework[Text]:
    """The framework with so many scales, `a` and on, which an action may suit several steps of, or not."""
    pattern = framework.scales[0]
    scales = (pattern.model_copy(update={"id": "abcdef"[at], "several": each}) for at, each in enumerate(several))
    return framework.model_copy(update={"columns": tuple(scales)})


def rated(actions: Sequence[Action], ratings: Sequence[Rating]) -> list[Action]:
    """Actions with these values on the scale `b`."""
    return [
        dataclasses.replace(action, values={**action.values, "b": rating})
        for action, rating in zip(actions, ratings, strict=False)
    ]


def names(scales: Sequence[ScaleColumn[Text] | None]) -> list[str]:
    return [scale.id if scale else "" for scale in scales]


@pytest.mark.parametrize(
    ("several", "across", "down", "others"),
    [
        ((), "", "", []),
        ((False,), "a", "", []),
        ((True,), "a", "", []),
        ((False, True), "b", "a", []),
        ((False, False, False), "a", "b", ["c"]),
        ((True, True, False), "a", "c", ["b"]),
        ((True, True), "a", "b", []),
        ((False, False, True, True, False, False), "c", "a", ["b", "d", "e", "f"]),
    ],
)
def test_which_scales_are_bars_sections_and_columns(
    framework: Framework[Text], several: tuple[bool, ...], across: str, down: str, others: list[str]
) -> None:
    made = chart(with_scales(framework, *several), ())
    assert names([made.across, made.down]) == [across, down]
    assert names(made.others) == others


def test_sections_go_up_from_the_first_step_and_what_has_no_value_is_last(
    framework: Framework[Text], shipped_catalogue: Catalogue
) -> None:
    """Each action is in one, and the source's values are not together with provisional ones."""
    ratings = [
        Rating((), any=False, basis="unstated"),
        Rating(("mature",), any=False, basis="source"),
        Rating(("early",), any=False, basis="source"),
        Rating(("early",), any=False, basis="provisional"),
        Rating(("mature",), any=False, basis="source"),
    ]
    actions = rated(list(shipped_catalogue), ratings)
    made = chart(with_scales(framework, True, False), actions)
    assert [(rating.steps, rating.basis) for rating, _ in made.sections] == [
        (("early",), "provisional"),
        (("early",), "source"),
        (("mature",), "source"),
        ((), "unstated"),
    ]
    assert [[action.code for action in those] for _, those in made.sections] == [
        ["SP4"],
        ["SP3"],
        ["SP2", "SP5"],
        ["SP1"],
    ]


@pytest.mark.parametrize(
    ("suiting", "expected"),
    [
        ((), [("early", False), ("mid", False), ("mature", False)]),
        (("early", "mid"), [("early mid", True), ("mature", False)]),
        (("early", "mature"), [("early", True), ("mid", False), ("mature", True)]),
        (("mid", "mature"), [("early", False), ("mid mature", True)]),
    ],
)
def test_steps_that_suit_are_taken_together(
    framework: Framework[Text], suiting: tuple[str, ...], expected: list[tuple[str, bool]]
) -> None:
    stage = framework.column("stage")
    assert isinstance(stage, ScaleColumn)
    assert [(" ".join(run), suits) for run, suits in stage.runs(suiting)] == expected
