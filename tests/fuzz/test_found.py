"""Frameworks that the generator found wrong once, made as small as they go: each is built, with all its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import reading
from tests.fuzz.framework_shapes import Scale, Shape
from tests.fuzz.frameworks import Figures, attempt, made

ARABIC = Shape(("ar",), 4, 1, (), 2, 1, 1, 8, 6, 0.3, 692, ())
"""With a seed for codes of three letters and a number, in a diamond."""
MANY_STEPS = (Scale(2, "bars", several=True), *[Scale(6, "path", several=True)] * 2, Scale(6, "bars", several=False))
FOUND = {
    "ratings of many steps on the back of a card": replace(ARABIC, scales=MANY_STEPS, command=("cards",)),
    "numbers of two figures on cards of the map": replace(ARABIC, actions=11, command=("map-poster",)),
    "numbers in the middle of a lane": replace(ARABIC, command=("wall-plan",)),
    "codes of five letters": replace(ARABIC, actions=10, command=("toolkit", "--large-print")),
    "shapes beside the ground of a divider": replace(
        ARABIC, languages=("cy",), actions=34, seed=5770, command=("dividers",)
    ),
    "the head over titles of a few letters": Shape(
        ("cy", "en"), 21, 8, (Scale(6, "clock", several=True),), 1, 1, 1, 18, 19, 0.3, 8249, ("summary",)
    ),
    "a subtitle of two lines on a cover": Shape(("cy",), 1, 1, (), 6, 1, 6, 87, 6, 1.0, 87, ("toolkit",)),
    "words in four languages beside the number of a lane": Shape(
        ("cy", "pl", "en", "ar"), 5, 4, (), 8, 5, 4, 37, 6, 0.6, 385, ("wall-plan",)
    ),
    "what a table is to do, in four languages beside its number": Shape(
        ("cy", "pl", "en", "ar"), 55, 9, (), 5, 2, 1, 73, 13, 1.0, 6462, ("tent-cards", "--greyscale")
    ),
    "a long subtitle on the map": Shape(
        ("cy", "en"), 5, 2, (Scale(2, "clock", several=False),), 6, 1, 2, 79, 22, 1.0, 4502, ("map-poster",)
    ),
    "narrow bars of one line on the map": Shape(
        ("en", "cy"),
        38,
        2,
        (Scale(4, "clock", several=False), Scale(6, "bars", several=True), Scale(2, "path", several=True)),
        8,
        1,
        1,
        24,
        21,
        1.0,
        18392,
        ("map-poster", "--layout", "block-by-block"),
    ),
    "a legend of several lines, from right to left": replace(ARABIC, actions=12, categories=12, command=("summary",)),
    "boxes of scales in two lines, from right to left": replace(ARABIC, scales=MANY_STEPS, command=("toolkit",)),
    "the head over codes, in Arabic": Shape(
        ("cy", "en", "ar"),
        30,
        12,
        (Scale(3, "bars", several=False), Scale(2, "bars", several=False)),
        2,
        1,
        1,
        8,
        9,
        0.3,
        12,
        ("toolkit",),
    ),
    "rows that begin a page of a large-print summary": Shape(
        ("ar",), 78, 11, (), 2, 6, 3, 8, 8, 0.3, 2, ("summary", "--large-print")
    ),
    "letters higher than a line on the box": replace(
        ARABIC, actions=12, categories=12, seed=2228, command=("tuck-box",)
    ),
    "a list of what a workshop takes that goes on overleaf": Shape(
        ("pl", "ar"),
        4,
        2,
        (Scale(2, "clock", several=True), Scale(4, "bars", several=True)),
        1,
        4,
        9,
        46,
        21,
        0.6,
        464,
        ("facilitator-guide", "--layout", "tilt-and-turn"),
    ),
    "numbers in triangles, several in a line, in large print": Shape(
        ("pl", "ar"),
        27,
        8,
        (
            Scale(5, "bars", several=False),
            Scale(2, "bars", several=False),
            Scale(2, "bars", several=False),
        ),
        8,
        3,
        4,
        51,
        21,
        0.3,
        6034,
        ("summary", "--large-print"),
    ),
    "six shapes on a badge, beside names from right to left": Shape(
        ("ar", "cy", "en"), 18, 11, (), 2, 8, 8, 16, 6, 1.0, 18, ("badges",)
    ),
    "shapes to choose from in two lines, from right to left": Shape(
        ("ar", "cy", "en"), 18, 11, (), 2, 8, 8, 8, 6, 1.0, 18, ("blank-cards",)
    ),
    "a step of the workshop at the end of a page, in large print": Shape(
        ("cy", "pl", "en", "ar"),
        10,
        4,
        (Scale(2, "path", several=False),),
        2,
        3,
        1,
        10,
        18,
        0.6,
        1254,
        ("facilitator-guide", "--large-print"),
    ),
    "a summary that goes on, with heads": replace(
        ARABIC, actions=40, label=28, scales=MANY_STEPS[:2], command=("summary",)
    ),
    "four languages beside one another on the map": Shape(
        ("en", "ar", "cy", "pl"),
        14,
        3,
        (
            Scale(4, "bars", several=True),
            Scale(3, "bars", several=False),
            Scale(3, "bars", several=True),
            Scale(4, "bars", several=True),
        ),
        5,
        3,
        1,
        84,
        21,
        0.3,
        245,
        ("map-poster",),
    ),
    "two rows of the map's key, from right to left": Shape(
        ("en", "ar", "cy", "pl"),
        12,
        6,
        (
            Scale(3, "path", several=False),
            Scale(2, "bars", several=False),
            Scale(3, "bars", several=False),
            Scale(6, "bars", several=True),
        ),
        6,
        9,
        3,
        59,
        26,
        0.3,
        613,
        ("map-poster", "--language", "ar"),
    ),
    "three titles on the box, from right to left": Shape(
        ("ar", "cy", "en"), 48, 7, (), 8, 7, 1, 48, 17, 0.3, 48, ("tuck-box",)
    ),
    "three titles over further pages, in large print": Shape(
        ("ar", "cy", "en"),
        3,
        2,
        (*[Scale(3, "clock", several=False)] * 2, *[Scale(3, "path", several=False)] * 2),
        8,
        5,
        6,
        42,
        20,
        0.6,
        63332,
        ("handouts", "--layout", "block-by-block", "--large-print"),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_framework_that_went_wrong_is_right(name: str, tmp_path: Path) -> None:
    figures = Figures()
    assert not attempt(FOUND[name], figures, tmp_path)
    assert figures.built.total() == 1, figures


def test_the_foot_of_a_back_stands_at_the_foot_from_right_to_left(tmp_path: Path) -> None:
    """It was pushed off the card, so that every back went on to a further page."""
    done = made(replace(ARABIC, command=("cards",)), tmp_path / "prosiect", tmp_path / "cof", whole=True)
    assert done.status == 0, done.said
    path = tmp_path / "prosiect" / "allan" / "cards.ar.pdf"
    feet = [found for page in range(len(reading.pages(path))) for found in reading.find(path, page, r"AXY\d")]
    assert len(feet) == 2 * 4
    assert all(foot.bottom < 20 / 25.4 * 72 for foot in feet)


def test_rows_that_go_on_overleaf_are_no_flex_boxes() -> None:
    """The engine breaks a list item in two that is one itself, whatever `break-inside` says."""
    styles = Path(__file__).parents[2] / "styles"
    rows = [
        rule
        for name in ("toolkit.css", "large-print.css")
        for rule in (styles / name).read_text("utf-8").split("}")
        if rule.partition("{")[0].strip().endswith(" li") and "display: flex" in rule
    ]
    assert not rows


def test_four_long_titles_have_room_on_the_box(tmp_path: Path) -> None:
    """On its front and back; the spines, which have none for them, stay bare."""
    shape = Shape(("en", "ar", "cy", "pl"), 12, 12, (), 3, 1, 1, 54, 12, 1.0, 27666, ("tuck-box",))
    done = made(shape, tmp_path / "prosiect", tmp_path / "cof", whole=True)
    assert done.status == 0, done.said
