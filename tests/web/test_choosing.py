"""Cards are chosen by the address alone."""

from __future__ import annotations

import html
import re

import pytest

from tests.web.conftest import Server
from tests.web.site import Browser, read
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters, select
from toolkit_builder.web.choice import choice_of


def chosen(text: str) -> list[str]:
    """The codes of the cards that a page shows as chosen."""
    return re.findall(r'<li class="card of-[a-z-]+">.*?id="card-([A-Z]+[0-9]+)"', text, re.DOTALL)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", Filters()),
        ("stage=early", Filters(scales={"stage": ("early",)})),
        ("stage=early&stage=mid&resource=low", Filters(scales={"stage": ("early", "mid"), "resource": ("low",)})),
        ("category=finance&sector=citizens", Filters(categories=("finance",), sectors=("citizens",))),
        ("category=finance&exclude=FM2", Filters(categories=("finance",), exclude=("FM2",))),
    ],
)
def test_a_query_chooses_what_the_command_does(
    browser: Browser, shipped_catalogue: Catalogue, query: str, filters: Filters
) -> None:
    choice = choice_of(shipped_catalogue, [tuple(each.split("=")) for each in query.split("&") if each])  # type: ignore[misc]
    codes = select(shipped_catalogue, filters).codes
    assert choice.codes == codes
    page = browser.get(f"/en/choose?{query}").text
    assert chosen(page) == [*codes]
    assert f"Cards chosen: {len(codes)} of 21" in page
    assert f"Cardiau wedi’u dewis: {len(codes)} o 21" in browser.get(f"/cy/choose?{query}").text


def test_no_card_left_is_told(browser: Browser) -> None:
    page = browser.get("/en/choose?stage=mature&resource=low&time=medium").text
    assert "No card answers" in page
    assert chosen(page) == []


def test_links_take_single_cards_in_and_out_again(browser: Browser) -> None:
    def follow(page: str, code: str) -> str:
        link = re.search(rf'id="card-{code}" href="([^"]+)"', page)
        assert link
        return browser.get(html.unescape(link[1])).text

    page = browser.get("/en/choose?category=finance&resource=high").text
    before = chosen(page)
    assert "GA3" not in before
    with_one = follow(page, "GA3")
    assert {*chosen(with_one)} == {*before, "GA3"}
    without = follow(with_one, before[0])
    assert {*chosen(without)} == {*before[1:], "GA3"}
    again = follow(without, "GA3")
    assert chosen(again) == before[1:]
    assert chosen(follow(again, before[0])) == before


def test_a_card_that_is_put_in_goes_into_the_request_by_its_code(shipped_catalogue: Catalogue) -> None:
    choice = choice_of(shipped_catalogue, [("category", "finance"), ("add", "SP1"), ("exclude", "FM7")])
    assert choice.filters == Filters(actions=("SP1", "FM1", "FM2", "FM3", "FM4", "FM5", "FM6"))
    assert select(shipped_catalogue, choice.filters).codes == choice.codes


def test_what_this_deck_does_not_have_is_told_and_passed_over(browser: Browser) -> None:
    page = browser.get("/en/choose?stage=early&stage=ripe&exclude=XX9&utm=1").text
    assert "stage=ripe, exclude=XX9" in page
    assert "utm" not in str(re.findall(r'id="card-[^>]*>', page))
    assert chosen(page) == chosen(browser.get("/en/choose?stage=early").text)


def test_what_states_no_value_is_named_and_can_be_put_in(own: Server) -> None:
    file = own.app.extensions["toolkit-builder"].library.project.content / "provisional.yaml"
    file.unlink()
    browser = own.browser()
    page = browser.get("/en/choose?stage=early").text
    told = re.search(r"so they are left out: ([^<.]+)\.", page)
    assert told
    silent = told[1].split(", ")
    assert not {*silent} & {*chosen(page)}
    assert {*silent} <= {*chosen(browser.get("/en/choose?stage=early&unstated=include").text)}


def test_every_card_is_there_as_picture_and_words(browser: Browser, shipped_catalogue: Catalogue) -> None:
    reader = read(browser.get("/cy/choose").text)
    pictures = {
        str(has["src"]): has["alt"] for tag, has in reader.elements if tag == "img" and "panel" in str(has.get("class"))
    }
    assert len(pictures) == len(shipped_catalogue.actions)
    for action in shipped_catalogue:
        assert action.pictogram
        address = next(each for each in pictures if f"/{action.code}.svg" in each)
        assert pictures[address] == action.pictogram["cy"]
        answer = browser.get(address)
        assert answer.mimetype == "image/svg+xml"
        assert answer.text.startswith("<svg ")
        assert action.title["en"] in [text for language, text in reader.texts if language == "en"]
        assert action.title["cy"] in [text for language, text in reader.texts if language == "cy"]


def test_the_map_says_how_many_and_leads_there(browser: Browser) -> None:
    page = browser.get("/en/choose").text
    link = re.search(r'<td><a href="([^"]+stage=early[^"]+)"><span class="map-count">Number of cards: (\d+)<', page)
    assert link
    assert len(chosen(browser.get(html.unescape(link[1])).text)) == int(link[2])


def test_other_frameworks_have_their_own_filters_and_languages() -> None:
    from pathlib import Path

    from toolkit_builder.project import Project
    from toolkit_builder.web.app import create_app
    from toolkit_builder.web.jobs import JobQueue
    from toolkit_builder.web.library import Library
    from toolkit_builder.web.sessions import Sessions

    for folder in ("examples/good-meeting", "tests/fixtures/three-languages"):
        with Sessions() as sessions, JobQueue() as queue:
            project = Project(Path(__file__).parents[2] / folder)
            browser = Browser(create_app(Library(project, is_own=True), sessions, queue), sessions, queue)
            for language in ("cy", "en"):
                for page in ("choose", "take"):
                    assert browser.get(f"/{language}/{page}").status_code == 200, (folder, page)


def test_a_fault_of_the_content_is_a_page_and_goes_away_with_it(own: Server) -> None:
    browser, project = own.browser(), own.app.extensions["toolkit-builder"].library.project
    file = project.content / "actions" / "SP1.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("category: shared-purpose", "category: nothing"), "utf-8")
    answer = browser.get("/cy/choose")
    assert answer.status_code == 500
    assert "content/actions/SP1.yaml:3" in answer.text
    file.write_text(text, "utf-8")
    assert browser.get("/cy/choose").status_code == 200
