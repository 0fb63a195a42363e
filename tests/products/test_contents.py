"""Contents: their rows take the room that there is, whatever was selected, and no page has a few alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import making
from tests.making import Copy
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import Element
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.press.units import PreparedPlan
from toolkit_builder.project import Project, shipped

PACKS = ("", "example-early", "example-mature")
EVERY_THIRD = ("SP1", "SP4", "SP7", "GA3", "GA6", "FM2", "FM5")


def contents_alone(plan: Plan) -> Plan:
    """The contents of a plan with the rows that they have there."""
    return replace(plan, complete=None).with_leaves([leaf for leaf in plan.leaves if leaf.role == "contents"])


def typeset(project: Project, catalogue: Catalogue, plans: Sequence[Plan]) -> tuple[Press, list[PreparedPlan]]:
    press = Press(project, catalogue, Store(default_folder()), processes=1)
    return press, press.typeset(press.numbered([contents_alone(plan) for plan in plans]))


def spacing(prepared: PreparedPlan) -> str:
    """How the rows of the contents are spaced, in all languages alike."""
    [said] = {row.data["spacing"] for leaf in prepared.plan.leaves for row in leaf.rows}
    return str(said)


@pytest.fixture(scope="module")
def contents(shipped_catalogue: Catalogue) -> tuple[Press, dict[tuple[str, str], PreparedPlan]]:
    """The contents of many selections, with no partnership and with each, by both."""
    project, framework = Project(shipped()), shipped_catalogue.framework
    stage = next(scale for scale in framework.scales if scale.id == "stage")
    filters: Mapping[str, Mapping[str, Any]] = {
        "all": {},
        **{step.id: {"scales": {"stage": (step.id,)}} for step in stage.steps},
        **{category.id: {"categories": (category.id,)} for category in framework.categories},
        **{code: {"actions": (code,)} for code in ("SP1", "GA3", "FM7")},
        "seven": {"actions": EVERY_THIRD},
        "twenty": {"exclude": ("FM7",)},
    }
    partnerships = Partnerships(project, shipped_catalogue, products_of(project, shipped_catalogue))
    plans = {}
    for name, asked in filters.items():
        selected = making.selection(shipped_catalogue, **asked)
        for pack in PACKS:
            whose = partnerships.load(pack) if pack else None
            plans[name, pack] = making.planned("toolkit", selected, making.edition(selected), whose)
    press, done = typeset(project, shipped_catalogue, list(plans.values()))
    return press, dict(zip(plans, done, strict=True))


def test_contents_of_the_framework_are_one_page_whatever_was_selected(
    contents: tuple[Press, dict[tuple[str, str], PreparedPlan]],
) -> None:
    press, of = contents
    for name, prepared in of.items():
        for leaf in prepared.plan.leaves:
            assert len(press.plates.plate(prepared.unit(leaf).key).pages) == 1, name


def test_rows_are_as_open_as_the_page_has_room_for(
    contents: tuple[Press, dict[tuple[str, str], PreparedPlan]],
) -> None:
    """By the heights that they take, and not by their number: seven actions of a category have room to say what they
    are for, and seven of three categories have none.
    """
    press, of = contents
    spaced = {name: spacing(prepared) for name, prepared in of.items()}
    assert spaced["SP1", ""] == spaced["SP1", "example-mature"] == "roomy"
    assert (spaced["governance", ""], spaced["governance", "example-mature"]) == ("roomy", "open")
    assert spaced["seven", ""] == "open"
    assert (spaced["all", ""], spaced["all", "example-mature"]) == ("usual", "close")
    for name, prepared in of.items():
        for leaf in prepared.plan.leaves:
            room = press.plates.plate(prepared.unit(leaf).key).row_area
            assert room is not None
            used = sum(press.plates.plate(prepared.units[row].key).extent for row in leaf.rows)
            assert used <= room[2] + 0.1, name
            if len(leaf.rows) > 15:
                assert used > 0.6 * room[2], f"{name}: {used / POINTS_PER_MM:.0f} mm are used"


def test_what_was_found_to_have_room_is_found_again(shipped_catalogue: Catalogue) -> None:
    """A plan that is prepared anew is the same document, though rows were set closer when it was typeset."""
    press = Press(Project(shipped()), shipped_catalogue, Store(default_folder()), processes=1)
    plan = contents_alone(making.plan(shipped_catalogue, "toolkit", actions=EVERY_THIRD))
    [first] = press.typeset(press.numbered([plan]))
    [again] = press.numbered([plan])
    assert spacing(first) == spacing(again) == "open"
    assert press.document_key(first) == press.document_key(again)


@pytest.mark.parametrize("more", [{"FM": 24}, {"SP": 4, "GA": 4, "FM": 3}])
def test_where_contents_go_on_pages_end_between_categories(tmp_path: Path, more: dict[str, int]) -> None:
    mine = Copy(tmp_path)
    for category, count in more.items():
        action = (mine.root / "content" / "actions" / f"{category}1.yaml").read_text("utf-8")
        for number in range(8, 8 + count):
            mine.write(
                f"content/actions/{category}{number}.yaml", action.replace(f"{category}1", f"{category}{number}")
            )
    catalogue = load(mine.project)
    press, [prepared] = typeset(mine.project, catalogue, [making.plan(catalogue, "toolkit")])
    for leaf in prepared.plan.leaves:
        plate = press.plates.plate(prepared.unit(leaf).key)
        assert len(plate.pages) == 2
        rows = list(_items(plate.elements))
        on_last = [element for element in rows if element.page == 1]
        first = leaf.rows[len(rows) - len(on_last)]
        assert first.data["category"], "the second page begins with a category"
        assert not first.data["action"], "the second page begins with a category"
        assert len(on_last) > 8


def _items(elements: Iterable[int | Element]) -> Iterator[Element]:
    for element in elements:
        if isinstance(element, Element):
            yield from [element] if element.kind == "LI" else _items(element.kids)
