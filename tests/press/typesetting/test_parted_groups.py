"""Leaves that shrink together, typeset apart: as they would have come out together, or together after all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import making
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.preflight.layout_checks import Finding
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.chunks import spread
from toolkit_builder.press.typesetting.jobs import Outcome, TypesettingJob
from toolkit_builder.press.typesetting.parted_groups import PartedGroups
from toolkit_builder.press.typesetting.processes import work
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.progress import silent
from toolkit_builder.project import Project, shipped

STYLES = StyleSet((Path("map.css"),), (), Path(), "", "")


def leaf(name: str, sizes: tuple[float, ...] = (13.0, 12.5), group: str = "map") -> RenderedLeaf:
    return RenderedLeaf(name, "<p>", group, sizes, 1, name)


def came_out(leaf: RenderedLeaf, size: float, fit: str = "") -> Outcome:
    return Outcome([Plate(leaf.name, size, [], [], {}, {}, {}, fit=fit)])


def parted(*done: tuple[RenderedLeaf, Outcome]) -> PartedGroups:
    jobs: list[TypesettingJob] = [(STYLES, [leaf]) for leaf, _ in done]
    groups = PartedGroups(jobs)
    assert all(groups.hold(job, outcome) for job, (_, outcome) in zip(jobs, done, strict=True))
    return groups


CY, EN = leaf("cy"), leaf("en")


def test_what_comes_out_alike_is_the_group() -> None:
    groups = parted((CY, came_out(CY, 12.5)), (EN, came_out(EN, 12.5)))
    assert [outcome.plates[0].key for _, outcome in groups.agreed()] == ["cy", "en"]
    assert groups.again() == []


FAULT = Outcome(findings=[(Finding(1, TextPlace("en"), "“…” stands outside its frame"), 12.5)])


@pytest.mark.parametrize("other", [came_out(EN, 13.0), came_out(EN, 12.5, "gives-way"), FAULT, Outcome()])
def test_otherwise_it_is_typeset_again_whole(other: Outcome) -> None:
    groups = parted((CY, came_out(CY, 12.5)), (EN, other))
    assert not list(groups.agreed())
    assert groups.again() == [(STYLES, [CY, EN])]


def test_leaves_that_are_set_in_other_ways_are_not_compared() -> None:
    large = leaf("en", (14.0, 12.5))
    assert parted((CY, came_out(CY, 12.5)), (large, came_out(large, 12.5))).again() == [(STYLES, [CY, large])]


def test_a_group_that_is_whole_is_not_held() -> None:
    job = STYLES, [CY, EN]
    assert not PartedGroups([job, (STYLES, [leaf("page", group="page")])]).hold(job, Outcome())


def test_a_group_comes_out_as_in_one_process(shipped_catalogue: Catalogue) -> None:
    """Guide and map of the toolkit: of the one, the Welsh needs smaller type than the English, of the other not."""
    press = Press(Project(shipped()), shipped_catalogue, Store(None), processes=1)
    prepared = press.prepare(making.plan(shipped_catalogue, "toolkit"))
    for role in ("guide", "map"):
        leaves = [unit.rendered for leaf, unit in prepared.units.items() if leaf.role == role]
        job = prepared.style_set, leaves
        assert len(spread([job], 2)) == len(leaves) == 2
        with StandingPool(2) as pool:
            apart = {plate.key: plate for _, outcome in pool.typeset([job], silent) for plate in outcome.plates}
        assert apart == {plate.key: plate for plate in work(*job).plates}
