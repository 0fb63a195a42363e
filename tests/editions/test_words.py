"""One rule: what an edition says is what the catalogue says, and in the order of the printed page."""

from __future__ import annotations

import re

import pytest

from tests.editions.making import rendered, ticket_of
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Action, Catalogue, Text
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.catalogue.texts import within
from toolkit_builder.documents.plan import Plan
from toolkit_builder.editions.pages import ReadingPage
from toolkit_builder.editions.rendering import RenderedPage, text_of
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.project import Project, shipped


def letters(text: str) -> str:
    """A text without spaces and capitals: what is said, however it is broken."""
    return "".join(filter(str.isalnum, text)).casefold()


def texts_of(action: Action) -> list[Text]:
    """All that an action says: not why a provisional value was chosen, which is said nowhere."""
    values = [value for value in action.values.values() if not hasattr(value, "steps")]
    return [action.title, *within([values, action.pictogram, action.lost])]


@pytest.fixture(scope="module")
def whole() -> tuple[Plan, list[RenderedPage]]:
    plan, _, pages = rendered(ticket_of())
    return plan, pages


@pytest.fixture
def pages(whole: tuple[Plan, list[RenderedPage]]) -> list[RenderedPage]:
    return whole[1]


def of_actions(pages: list[RenderedPage]) -> list[tuple[Action, RenderedPage]]:
    return [(page.page.action, page) for page in pages if page.page.action]


def test_every_action_says_all_of_the_catalogue_in_each_language(
    pages: list[RenderedPage], shipped_catalogue: Catalogue
) -> None:
    told = of_actions(pages)
    assert [(action.code, page.language) for action, page in told] == [
        (action.code, language) for language in ("cy", "en") for action in shipped_catalogue
    ]
    lacking = [
        f"{text.origin}.{page.language}"
        for action, page in told
        for text in texts_of(action)
        if letters(markdown.plain(text[page.language])) not in letters(text_of(page.body))
    ]
    assert lacking == []


def test_no_page_of_an_action_says_anything_else(pages: list[RenderedPage], shipped_catalogue: Catalogue) -> None:
    """Without the texts of the action and labels, its number, its code and numbers of people are left."""
    framework, labels = shipped_catalogue.framework, shipped_catalogue.labels
    for action, page in of_actions(pages):
        language = page.language
        category = framework.category(action.category)
        known = [
            *texts_of(action),
            *within([list(framework.columns), category.title, labels["screen"], labels["review"]]),
        ]
        said = letters(text_of(page.body))
        words = {letters(markdown.plain(text[language])) for text in [*known, *within(labels["scale"])]}
        for text in sorted(words, key=len, reverse=True):
            said = said.replace(text, " ")
        left = said.replace(letters(action.code), " ")
        assert re.fullmatch(r"[\s0-9]*", left), f"{action.code} {language}: {left.split()}"


def test_a_page_is_in_one_language(pages: list[RenderedPage], shipped_catalogue: Catalogue) -> None:
    for action, page in of_actions(pages):
        other = "en" if page.language == "cy" else "cy"
        said = letters(text_of(page.body))
        for text in texts_of(action):
            if letters(text[other]) not in letters(text[page.language]) and len(text[other]) > 20:
                assert letters(markdown.plain(text[other])) not in said, f"{text.origin}.{other}"


def test_pages_are_read_in_the_order_of_the_printed_ones(
    whole: tuple[Plan, list[RenderedPage]], shipped_catalogue: Catalogue
) -> None:
    """Of each printed page of an action: the texts of its columns, in the order in which a voice reads them."""
    assert len(same_order(*whole, shipped_catalogue)) == 42


@pytest.mark.parametrize(
    ("filters", "partnership"),
    [(Filters(scales={"stage": ("early",)}), None), (None, "example-early"), (None, "example-mature")],
    ids=["early", "example-early", "example-mature"],
)
def test_a_stage_and_packs_are_read_in_that_order_too(
    filters: Filters | None, partnership: str | None, shipped_catalogue: Catalogue
) -> None:
    ticket = ticket_of(filters=filters, partnership=partnership)
    plan, _, pages = rendered(ticket)
    assert len(same_order(plan, pages, shipped_catalogue)) == 2 * len(ticket.selection.actions)
    for language in plan.languages:
        names = [page.page.leaf.name for page in pages if page.language == language and page.page.leaf.role != "cover"]
        printed = [leaf.name for leaf in plan.leaves if leaf.languages == (language,) and leaf.role != "cover"]
        assert names == printed


def same_order(plan: Plan, pages: list[RenderedPage], catalogue: Catalogue) -> list[str]:
    """The leaves of actions, each of which was held against its page."""
    held = []
    templates = Templates(Project(shipped()), catalogue)
    by_anchor = {page.page.anchor: page for page in pages}
    for leaf in plan.leaves:
        if leaf.role != "action":
            continue
        page = by_anchor[leaf.anchor]
        printed = read_order(str(templates.leaf(leaf, "12")), page.page)
        screen = read_order(text_of(page.body), page.page)
        assert printed == screen, leaf.name
        held.append(leaf.name)
    return held


def read_order(said: str, page: ReadingPage) -> list[str]:
    """The texts of an action's columns in the order in which they are first said."""
    action = page.action
    assert action
    if said.lstrip().startswith("<"):
        said = " ".join(word for word in re.sub(r"<[^>]*>", " ", said).split())
    run = letters(said)
    values = [value for value in action.values.values() if not hasattr(value, "steps")]
    texts = {str(text.origin): letters(markdown.plain(text[page.language])) for text in within(values)}
    longest = {origin: text for origin, text in texts.items() if len(text) > 12}
    return sorted(longest, key=lambda origin: run.index(longest[origin]))


def test_the_pages_stand_in_the_order_of_the_document(whole: tuple[Plan, list[RenderedPage]]) -> None:
    plan, pages = whole
    for language in plan.languages:
        printed = [leaf.name.rpartition("/")[0] for leaf in plan.leaves if leaf.languages == (language,)]
        read = [page.page.leaf.name.rpartition("/")[0] for page in pages if page.language == language]
        assert read[1:] == printed


@pytest.mark.parametrize("partnership", ["example-early", "example-mature"])
def test_a_pack_says_what_its_partnership_says(partnership: str) -> None:
    ticket = ticket_of(partnership=partnership)
    _, _, pages = rendered(ticket)
    pack = ticket.partnership
    assert pack
    for language in pack.languages:
        said = letters(" ".join(text_of(page.body) for page in pages if page.language == language))
        local = [pack.local[code] for code in ticket.selection.codes if code in pack.local]
        own = [text[language] for text in (pack.name, *within(local))]
        lines = [markdown.plain(line.removeprefix("- ")) for text in own for line in text.splitlines() if line.strip()]
        assert len(lines) > 3
        assert [line for line in lines if "](" not in line and letters(line) not in said] == []
        assert [page.id for page in pack.pages if letters(page.title[language]) not in said] == []
