"""Of texts in one another’s way, the one that somebody can change is named, with how much there is too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit_builder.documents.plan import Leaf
from toolkit_builder.press.fault_report import faults
from toolkit_builder.press.geometry import Box, LiftedBox, PageGeometry, Rectangle, TextPlace, TextRun
from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.preflight.layout_checks import Finding, inspect
from toolkit_builder.press.typesetting.jobs import Outcome
from toolkit_builder.project import Project

SIZE = Rectangle(0, 0, 100, 100)
OWN = "content/partnerships/cwm.yaml#introduction"
ACTION = "content/actions/SP1.yaml#title"
LABEL = "content/labels.yaml#cards.time"
LONG = "Geiriau sydd yn llawer rhy hir i’r lle sydd iddynt"

STYLES = StyleSet((), (), Path(), "", "")
LEAVES = {"leaf": (Leaf("leaf", "leaf.html", ("cy",), "Prawf"), 3)}


def run(
    key: str,
    text: str,
    top: float,
    *,
    lifted: tuple[int, ...] = (),
    width: float = 50,
    frames: tuple[Rectangle, ...] = (),
) -> TextRun:
    """A line of 5 mm; `top` tells the blocks apart."""
    ink = Rectangle(10, top, 10 + width, top + 5)
    place = TextPlace("leaf", key, "cy", "cy")
    column = Rectangle(10, 0, 60, 100)
    return TextRun(place, text, ink, column, int(top * 10), ("Mine",), 400, False, 12, frames, frozenset(lifted))


def found(*texts: TextRun, boxes: tuple[Box, ...] = (), lifted: tuple[LiftedBox, ...] = ()) -> list[Finding]:
    """What is found of the geometry of a page with these; of its fonts, nothing."""
    page = PageGeometry(1, "leaf", SIZE, texts, boxes, lifted, ())
    return [finding for finding in inspect([page], {"leaf": 1}, ()) if "asks for" not in finding.message]


@pytest.mark.parametrize(
    ("first", "second", "blamed"),
    [
        ((LABEL, "Amser"), (ACTION, "Gwrando"), ACTION),
        ((ACTION, LONG), (OWN, "Ein cwm"), ACTION),  # what is short takes no room
        ((ACTION, LONG), (OWN, LONG), OWN),
        ((ACTION, "Gwrando"), (OWN, "Ein cwm"), OWN),
        ((ACTION, "Gwrando"), ("", "Tudalen"), ACTION),
    ],
)
def test_of_texts_over_one_another(first: tuple[str, str], second: tuple[str, str], blamed: str) -> None:
    for one, other in ((first, second), (second, first)):
        [finding] = found(run(*one, top=10), run(*other, top=12))
        assert finding.place.key == blamed
        assert "stand over one another by 3.0 mm" in finding.message
        assert ("is the text to change" in finding.message) == (blamed != one[0])


def test_lines_of_two_texts_are_told_once_by_the_most() -> None:
    [finding] = found(run(ACTION, "un", 10), run(ACTION, "dau", 20), run(OWN, "tri", 14), run(OWN, "pedwar", 22))
    assert "“dau” and “pedwar” stand over one another by 3.0 mm" in finding.message


def test_what_is_placed_over_a_text_is_blamed_if_somebody_can_change_it() -> None:
    box = LiftedBox(7, Rectangle(0, 12, 100, 40))
    [finding] = found(run(LABEL, "Amser", 10), run(OWN, LONG, 30, lifted=(7,)), lifted=(box,))
    assert finding.place.key == OWN
    assert "“Amser” stands under or too close to what is placed below or beside it, by 3.0 mm" in finding.message


def test_a_line_that_is_too_wide_says_how_many_of_its_letters_have_room() -> None:
    [finding] = found(run(ACTION, "x" * 60, 10, width=60))
    assert finding.message.endswith("is 10.0 mm wider than its column: about 50 of its 60 letters have room")


@pytest.mark.parametrize("top", [-6, 101])
def test_a_label_that_is_pushed_out_by_a_long_text_is_not_blamed(top: float) -> None:
    """What stands at the foot of a page pushes upwards what stands above it."""
    [finding] = found(run(LABEL, "Gweithdy", top, frames=(SIZE,)), run(OWN, LONG, 50, frames=(SIZE,)))
    assert finding.place.key == OWN
    assert "“Gweithdy” stands 6.0 mm outside its frame; “Geiriau sydd yn llawer rhy hir" in finding.message


def test_nothing_is_to_be_shortened_where_no_text_is_to_blame(tmp_path: Path) -> None:
    box = Box(TextPlace("leaf"), "div", Rectangle(10, 10, 20, 104), (SIZE,))
    [finding] = found(boxes=(box,))
    [fault] = faults(Outcome(findings=[(finding, 11)]), STYLES, LEAVES, {}, Project(tmp_path))
    assert "a box (div) stands 4.0 mm outside its frame" in fault.message
    assert fault.message.endswith("in 11 pt, the least size: give it more room, or have less there")


@pytest.mark.parametrize(("items", "blamed"), [(12, "content/actions/SP1.yaml#keys.11"), (2, ACTION)])
def test_a_list_of_many_items_is_blamed_with_how_many_are_too_many(items: int, blamed: str) -> None:
    """Ten of twelve have room: “shorten” of a text beside them, however long it is, would be of no use."""
    frame = Rectangle(0, 0, 100, 62)
    listed = [
        run(f"content/actions/SP1.yaml#keys.{at}", f"Gair {at}", 12 + 5 * at, frames=(frame,)) for at in range(items)
    ]
    [*_, finding] = found(run(ACTION, LONG, 5, frames=(frame,)), *listed, *_label_below(items, frame))
    assert finding.place.key == blamed
    if items == 12:
        assert "“keys” has 12 items, about 74 letters: about 2 fewer would do" in finding.message
        assert finding.advice == "have fewer there, or shorten them"


def _label_below(items: int, frame: Rectangle) -> list[TextRun]:
    """What is pushed out by a text where no list does it."""
    return [run(LABEL, "Amser", 60, frames=(frame,))] if items < 12 else []


def test_one_long_item_is_blamed_rather_than_its_list() -> None:
    items = [run(f"content/actions/SP1.yaml#keys.{at}", "gair" if at else LONG, 12 + 5 * at) for at in range(5)]
    finding = found(*items, run(LABEL, "Amser", 14))[0]
    assert finding.place.key == "content/actions/SP1.yaml#keys.0"
