"""The box of the deck: as deep as its cards are thick, panels that meet, nothing off the sheet."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests import making, reading
from tests.products.conftest import Made
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.products.tuck_box import (
    GREATEST_DEPTH,
    LEAST_DEPTH,
    MARGIN,
    SHEET,
    Net,
    Panel,
    TuckBox,
    caliper,
    deck_cards,
)

DEPTHS = (LEAST_DEPTH, 9.3, GREATEST_DEPTH)


def test_paper_is_as_thick_as_its_weight_times_its_bulk() -> None:
    assert caliper(300) == pytest.approx(0.36)
    assert TuckBox(23, 300).thickness == pytest.approx(8.28)
    assert TuckBox(23, 300).net.depth == 9.3
    assert TuckBox(23, 200).net.depth < TuckBox(23, 300).net.depth
    assert TuckBox(1, 300).net.depth == LEAST_DEPTH, "a spine has room for its title"


@pytest.mark.parametrize("cards", [1, 23, 31, 32, 62, 202])
def test_what_one_box_cannot_hold_goes_into_several(cards: int) -> None:
    box = TuckBox(cards)
    assert box.boxes * box.cards_in_each >= cards
    assert (box.boxes - 1) * box.cards_in_each < cards
    assert box.net.depth <= GREATEST_DEPTH
    assert box.boxes == (1 if cards <= 31 else 2 if cards <= 62 else 7)


@pytest.mark.parametrize("language", ["cy", "both"])
@pytest.mark.parametrize("codes", [(), ("SP1",)])
def test_the_box_is_for_as_many_cards_as_the_deck_has(
    language: str, codes: tuple[str, ...], shipped_catalogue: Catalogue
) -> None:
    """The deck as it is planned, two leaves a card."""
    deck = making.plan(shipped_catalogue, "cards", language, actions=codes)
    [net] = making.plan(shipped_catalogue, "tuck-box", language, actions=codes).leaves
    assert net.data["tuck_box"].cards == len(deck.leaves) / 2


def test_more_languages_than_a_card_has_sides_have_a_deck_each() -> None:
    assert deck_cards(12, 0, 3) == 3 * deck_cards(12, 0, 1)
    assert deck_cards(12, 2, 2) == 16


@pytest.mark.parametrize("depth", DEPTHS)
def test_panels_meet_and_none_lies_over_another(depth: float) -> None:
    at = Net(depth).panels
    for above, below in (("glue", "back"), ("back", "far"), ("far", "front"), ("front", "near")):
        assert at[above].bottom == pytest.approx(at[below].y)
        assert (at[above].x, at[above].width) == (at[below].x, at[below].width)
    for left, right in (("tuck", "lid"), ("lid", "back"), ("back", "end"), ("end", "tab")):
        assert at[left].right == pytest.approx(at[right].x)
        assert (at[left].y, at[left].height) == (at[right].y, at[right].height)
    for one, other in combinations(at.values(), 2):
        assert not overlaps(one, other)


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_box_closes(depth: float) -> None:
    """Walls that come to lie against each other are equal, tabs are no longer than what they go behind."""
    at = Net(depth).panels
    assert (at["back"].width, at["back"].height) == (at["front"].width, at["front"].height)
    assert at["far"].height == at["near"].height == at["lid"].width == at["end"].width == depth
    assert at["glue"].width == at["near"].width
    assert max(at["tuck"].width, at["tab"].width) < at["front"].width / 2
    dust = [panel for name, panel in at.items() if "-" in name]
    assert len(dust) == 4
    assert all(panel.height == depth and 2 * panel.width < at["front"].height for panel in dust)


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_net_keeps_to_the_sheet(depth: float) -> None:
    net = Net(depth)
    panels = net.panels.values()
    assert min(panel.x for panel in panels) >= MARGIN - 0.01
    assert max(panel.right for panel in panels) <= SHEET[0] - MARGIN + 0.01
    assert max(panel.bottom for panel in panels) <= SHEET[1] - MARGIN
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d\d", net.outline)]
    assert all(MARGIN - 0.01 <= x <= SHEET[0] - MARGIN + 0.01 for x in numbers[::2])
    assert all(0 < y <= SHEET[1] - MARGIN for y in numbers[1::2])


@pytest.mark.parametrize("depth", DEPTHS)
def test_what_is_cut_goes_around_every_panel(depth: float) -> None:
    """The outline holds the middle of each panel; every fold lies between two of them, or at an edge of one."""
    net = Net(depth)
    corners = [tuple(map(float, pair)) for pair in re.findall(r"(-?\d+\.\d\d) (-?\d+\.\d\d)", net.outline)]
    for name, panel in net.panels.items():
        assert is_within((panel.x + panel.width / 2, panel.y + panel.height / 2), corners), name
    edges = {round(edge, 2) for panel in net.panels.values() for edge in (panel.x, panel.right, panel.y, panel.bottom)}
    for x1, y1, x2, y2 in net.folds:
        assert (x1 == x2) != (y1 == y2)
        assert round(x1 if x1 == x2 else y1, 2) in edges
    assert len(net.folds) == 12


def test_titles_stand_on_the_faces_and_on_both_spines(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("tuck-box")
    assert reading.sizes(path) == {(210, 297)}
    assert reading.failures(path) == ""
    [page] = reading.pages(path)
    at = TuckBox(23).net.panels
    for language in ("cy", "en"):
        title = shipped_catalogue.framework.title[language]
        assert page.count(reading.squeezed(title)) >= 4, "front, back, two spines"
        words = title.split()[0]
        heights = [(SHEET[1] - found.bottom / 72 * 25.4) for found in reading.find(path, 0, words)]
        for spine in ("far", "near"):
            assert any(at[spine].y < height < at[spine].bottom for height in heights), (language, spine)
        assert any(at["front"].y < height < at["front"].bottom for height in heights), language
    assert reading.smallest_type(path)[0] >= 9.5


def test_the_weight_of_the_paper_is_asked_for_and_named(tmp_path: Path) -> None:
    done = typed("tuck-box", "--action", "SP1", "--action", "SP2", "--paper-weight", "600", "--output", tmp_path)
    assert done.status == 0, done.err
    assert "600g/m²" in reading.pages(tmp_path / "tuck-box.cy-en.SP1-SP2.600gsm.pdf")[0]
    refused = typed("tuck-box", "--paper-weight", "6", "--output", tmp_path)
    assert refused.status == 2
    refused = typed("slips", "--paper-weight", "200", "--output", tmp_path)
    assert refused.status == 2
    assert "--paper-weight: slips has no use for it. It is for tuck-box." in refused.err


def overlaps(one: Panel, other: Panel) -> bool:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return wide > 0.01 and high > 0.01


def is_within(point: tuple[float, float], corners: list[tuple[float, ...]]) -> bool:
    """Whether a point lies in a polygon: how often a ray from it to the right crosses the outline."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def test_what_is_glued_is_grey_and_told_so(made: Made) -> None:
    """Along the near spine and at the closed end: glued at its tuck, a box would be shut for good."""
    net = Net(9.0)
    at = net.panels
    glued = [tuple(map(float, pair)) for pair in re.findall(r"(-?\d+\.\d\d) (-?\d+\.\d\d)", net.glued)]
    for name, panel in at.items():
        holds = any(panel.x <= x <= panel.right and panel.y <= y <= panel.bottom for x, y in glued[1:2] + glued[5:6])
        assert holds == (name in ("glue", "tab")), name
    assert reading.squeezed("Glue the grey tabs") in reading.pages(made("tuck-box"))[0]
