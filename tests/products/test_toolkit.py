"""The toolkit: page numbers, links and openings lead where they say."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.products.documents import Documents, each_of
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.job_ticket import job_ticket
from toolkit_builder.products.toolkit import LEAST_MAP
from toolkit_builder.project import Project, shipped
from toolkit_builder.request import Request

document = each_of(
    "toolkit",
    ("both", {}),
    ("both", {"actions": ("GA4",)}),
    ("cy", {"categories": ("finance",)}),
    ("en", {"actions": ("SP1", "FM7")}),
)


class TestToolkit(Documents):
    pass


@pytest.fixture
def plan(shipped_catalogue: Catalogue) -> Plan:
    return making.plan(shipped_catalogue, "toolkit")


@pytest.fixture
def path(made: Made) -> Path:
    return made("toolkit")


def contents_pages(plan: Plan) -> dict[int, Leaf]:
    return {number: leaf for number, leaf in enumerate(plan.leaves) if "/contents/" in leaf.name}


def test_the_contents_give_the_real_pages(plan: Plan, path: Path) -> None:
    pages = reading.pages(path)
    for number, leaf in contents_pages(plan).items():
        for entry in making.entries(leaf):
            title = entry.action.title[leaf.languages[0]] if entry.action else entry.title
            assert f"{reading.plain(title)}{entry.page}" in pages[number]
            assert reading.plain(title) in pages[entry.page - 1]


def test_pages_bear_their_numbers(plan: Plan, path: Path) -> None:
    numbers = {entry.page for leaf in contents_pages(plan).values() for entry in making.entries(leaf) if entry.action}
    for number in numbers:
        assert str(number) in [word.text.strip() for word in reading.words(path, number - 1)]


def test_every_entry_of_the_contents_is_a_link_to_its_page(plan: Plan, path: Path) -> None:
    links = reading.links(path)
    for number, leaf in contents_pages(plan).items():
        targets = [link.target + 1 for link in links if link.page == number]
        assert targets == [entry.page for entry in making.entries(leaf)]


def test_links_stay_in_their_language_and_say_where_they_lead(plan: Plan, path: Path) -> None:
    links = reading.links(path)
    assert links
    for link in links:
        assert plan.leaves[link.page].languages == plan.leaves[link.target].languages
        assert link.contents == plan.leaves[link.target].bookmark


def test_openings_lead_to_the_actions_of_their_category(plan: Plan, path: Path) -> None:
    links = reading.links(path)
    for number, leaf in enumerate(plan.leaves):
        if "/opening/" in leaf.name:
            [language] = leaf.languages
            targets = [plan.leaves[link.target].name for link in links if link.page == number]
            actions = [row.data["action"] for row in leaf.rows]
            assert targets == [f"toolkit/action/{action.code}/{language}" for action in actions]


def test_pages_lie_open_in_pairs_after_the_cover(path: Path, made: Made) -> None:
    with pikepdf.open(path) as pdf:
        assert pdf.Root.PageLayout == "/TwoPageRight"
    with pikepdf.open(made("toolkit", "en", actions=("SP1", "FM7"))) as pdf:
        assert pdf.Root.PageLayout == "/SinglePage"


def test_the_colophon_says_what_was_selected(made: Made, shipped_catalogue: Catalogue) -> None:
    framework = shipped_catalogue.framework
    pages = reading.pages(made("toolkit", actions=("GA4",)))
    number = {
        language: reading.plain(f"{shipped_catalogue.labels['selection']['number'][language]}: 1")
        for language in ("cy", "en")
    }
    for page, language in zip(pages[-2:], ("cy", "en"), strict=True):
        assert reading.plain(framework.source.attribution[language]) in page
        assert reading.plain(framework.source.licence[language]) in page
        assert framework.version in page
        assert number[language] in page
        assert number[language] in pages[0], "the cover says that this is a selection"
    assert reading.plain(shipped_catalogue.action("GA4").title["cy"]) in pages[3], "the contents say of what"


def test_one_language_says_that_the_other_exists(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("toolkit", "en", actions=("SP1", "FM7")))
    assert reading.plain(shipped_catalogue.labels["colophon"]["other"]["en"]) in pages[-1]
    whole = reading.pages(made("toolkit"))
    assert reading.plain(shipped_catalogue.labels["colophon"]["other"]["en"]) not in whole[-1]


def test_welsh_that_nobody_accepted_is_said_to_be_a_draft(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("toolkit"))
    draft = shipped_catalogue.labels["colophon"]["draft"]
    assert reading.plain(draft["cy"]) in pages[-2]
    assert reading.plain(draft["en"]) in pages[-1]


def test_scales_stand_at_one_height_on_facing_pages(plan: Plan, path: Path, shipped_catalogue: Catalogue) -> None:
    """Whatever the lengths of titles and purposes, so that the eye goes across."""
    label = shipped_catalogue.framework.scales[-1].label
    for number, leaf in enumerate(plan.leaves):
        if "/action/" in leaf.name and leaf.languages == ("cy",):
            welsh, english = (
                reading.find(path, page, label[language])[0] for page, language in ((number, "cy"), (number + 1, "en"))
            )
            assert (welsh.left, welsh.bottom) == pytest.approx((english.left, english.bottom), abs=1), leaf.name


def test_every_action_asks_its_questions(plan: Plan, path: Path, shipped_catalogue: Catalogue) -> None:
    """In the shipped toolkit no text takes the room to write from its page."""
    pages = reading.pages(path)
    asked = (("handout", "already"), ("handout", "next"), ("worksheet", "who"), ("worksheet", "when"))
    questions = [shipped_catalogue.labels[group][name] for group, name in asked]
    for number, leaf in enumerate(plan.leaves):
        if "/action/" in leaf.name:
            assert all(reading.plain(question[leaf.languages[0]]) in pages[number] for question in questions), leaf.name


def test_openings_have_two_actions_side_by_side(made: Made, shipped_catalogue: Catalogue) -> None:
    """Their numbers stand at the same heights in both languages, and on the middle of pictures, so of their titles."""
    path = made("toolkit", categories=("shared-purpose",))
    pages = [page for _, title, page in reading.bookmarks(path) if title.startswith(("Gweithgareddau", "Activities"))]
    count = sum(action.category == "shared-purpose" for action in shipped_catalogue)
    welsh, english = ([reading.find(path, page, str(number + 1))[0] for number in range(count)] for page in pages)
    assert [each.bottom for each in welsh] == pytest.approx([each.bottom for each in english], abs=0.1)
    for first, second in ((0, 1), (2, 3), (4, 5)):
        assert welsh[first].bottom == pytest.approx(welsh[second].bottom, abs=1)
        assert welsh[second].left - welsh[first].left > 200
        assert welsh[first + 2].bottom < welsh[first].bottom - 80


@pytest.mark.parametrize("count", [2, 4, 5, 6, 7])
def test_actions_are_spread_over_their_opening(made: Made, shipped_catalogue: Catalogue, count: int) -> None:
    """Of six or fewer, a fifth of the page was blank at its foot."""
    codes = [action.code for action in shipped_catalogue if action.category == "shared-purpose"][:count]
    path = made("toolkit", "en", actions=tuple(codes))
    [page] = [page for _, title, page in reading.bookmarks(path) if title.startswith("Activities")]
    last = reading.find(path, page, str(count))[0]
    assert last.bottom < 80 * 72 / 25.4


@pytest.mark.parametrize(("count", "is_told"), [(LEAST_MAP - 1, True), (LEAST_MAP, False)])
def test_it_is_told_once_that_there_is_no_map(shipped_catalogue: Catalogue, count: int, is_told: bool) -> None:
    codes = tuple(action.code for action in shipped_catalogue)[:count]
    project = Project(shipped())
    request = Request(project, ("toolkit", "cards"), Filters(actions=codes))
    ticket = job_ticket(request, shipped_catalogue, products_of(project, shipped_catalogue))
    assert sum("no map" in notice for notice in ticket.notices) == is_told


def test_the_contents_of_one_action_more_are_a_page(mine: Copy, tmp_path: Path) -> None:
    """Not two lines on another: more actions than are shipped are set closer."""
    action = (mine.root / "content" / "actions" / "SP1.yaml").read_text("utf-8")
    mine.write("content/actions/SP8.yaml", action.replace("SP1", "SP8"))
    mine.retell("SP8", "title", "Cam yn fwy", "Collaborating with communities and partners across the region")
    done = typed("toolkit", "--language", "en", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    assert "further" not in done.err


def test_two_actions_with_long_titles_have_room_on_their_opening(made: Made) -> None:
    """With a large picture each they had none; three on the map need the room that their words take."""
    path = made("toolkit", actions=("GA3", "GA5", "FM3"))
    titles = [title for _, title, _ in reading.bookmarks(path)]
    assert len([title for title in titles if title == "Governance arrangements"]) == 1


@pytest.mark.parametrize(("actions", "says"), [(("SP1",), True), (("SP1", "SP2", "SP3", "SP4", "SP5"), False)])
def test_openings_and_contents_of_few_actions_say_what_they_are_for(
    made: Made, shipped_catalogue: Catalogue, actions: tuple[str, ...], says: bool
) -> None:
    path = made("toolkit", "en", actions=actions)
    pages = {title: page for _, title, page in reading.bookmarks(path)}
    said = shipped_catalogue.action("SP1")["purpose"]
    assert isinstance(said, Text)
    purpose = reading.plain(said["en"])
    texts = reading.pages(path)
    assert (purpose in texts[pages["Activities for developing shared purpose"]]) == says
    assert purpose in texts[pages["Contents"]]


def test_rows_of_the_contents_begin_at_one_edge_and_are_equally_high(made: Made, shipped_catalogue: Catalogue) -> None:
    """Diamonds were so much larger than circles that they stood in each other's rows."""
    path = made("toolkit", "en")
    page = {title: page for _, title, page in reading.bookmarks(path)}["Contents"]
    tops: dict[str, list[float]] = {}
    edges = []
    for action in shipped_catalogue:
        found = reading.find(path, page, re.escape(action.title["en"]))[0]
        tops.setdefault(action.category, []).append(found.bottom)
        edges.append(found.left)
    assert max(edges) - min(edges) < 1.2, "as far as letters stand off their own edge"
    pitches = [above - below for those in tops.values() for above, below in pairwise(those)]
    assert min(pitches) == pytest.approx(max(pitches), abs=0.8)  # a descender is part of a letter


@pytest.mark.parametrize("product", ["toolkit", "handouts"])
def test_in_large_print_the_head_of_an_action_says_its_number(made: Made, product: str) -> None:
    path = made(product, "en", how={"large_print": True}, actions=("SP2", "FM3"))
    for code in ("SP2", "FM3"):
        pages = [page for page, text in enumerate(reading.pages(path)) if code in text]
        numbers = [found for page in pages for found in reading.find(path, page, code[-1])]
        assert any(found.height > 12.3 for found in numbers), "of 20 pt, and page numbers are of 18 pt"


def test_the_map_has_every_action_once_and_leads_to_its_page(plan: Plan, path: Path) -> None:
    starts = {leaf.name: number for leaf, number in plan.starts()}
    for language in ("cy", "en"):
        page = starts[f"toolkit/map/{language}"]
        # A title of two lines is a link on each of them.
        links = {link.target + 1 for link in reading.links(path) if link.page == page - 1}
        assert sorted(links) == [starts[f"toolkit/action/{code}/{language}"] for code in plan.actions]


def test_both_languages_have_each_action_of_the_map_at_the_same_height(
    plan: Plan, path: Path, shipped_catalogue: Catalogue
) -> None:
    """Each title is on one line: codes, which would take its room, stand elsewhere."""
    pages = [number for leaf, number in plan.starts() if leaf.role == "map"]
    assert len(pages) == 2
    for action in shipped_catalogue:
        assert not any(reading.find(path, page - 1, rf"{action.code}(?!\d)") for page in pages)
        (welsh,), (english,) = (
            reading.find(path, page - 1, re.escape(action.title[language]))
            for page, language in zip(pages, ("cy", "en"), strict=True)
        )
        assert (welsh.left, welsh.bottom) == pytest.approx((english.left, english.bottom), abs=1), action.code


def test_there_is_no_map_where_there_is_nothing_to_find(shipped_catalogue: Catalogue) -> None:
    codes = tuple(action.code for action in shipped_catalogue)
    few, more = (making.plan(shipped_catalogue, "toolkit", actions=codes[:count]) for count in (11, 12))
    assert not any(leaf.role == "map" for leaf in few.leaves)
    assert any(leaf.role == "map" for leaf in more.leaves)
    bare = shipped_catalogue.framework.model_copy(
        update={"columns": [each for each in shipped_catalogue.framework.columns if each.kind != "scale"]}
    )
    assert not bare.scales
    unscaled = making.plan(replace(shipped_catalogue, framework=bare), "toolkit")
    assert not any(leaf.role == "map" for leaf in unscaled.leaves)
