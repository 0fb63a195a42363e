"""No fact of the source is lost, none is added, and none of its sentences is copied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalogue.source_facts import SOURCE, Facts
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Action, Catalogue, Text
from toolkit_builder.project import Project, shipped

RUN = 6
"""So many words in a row may not be the source's."""

RUNS = frozenset((Path(__file__).parent / "source_runs.txt").read_text("ascii").split())
"""The first 8 hexadecimal digits of the SHA-256 of each run of six words in a cell or paragraph of the source."""

LANGUAGES = ("cy", "en")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(Project(shipped()))


def texts(action: Action, column: str) -> list[Text]:
    value = action[column]
    assert isinstance(value, tuple)
    return [text for text in value if isinstance(text, Text)]


def all_texts(action: Action) -> Iterator[Text]:
    """Every text of an action that is written afresh: all but the title."""
    purpose = action["purpose"]
    assert isinstance(purpose, Text)
    yield purpose
    yield from texts(action, "examples")
    yield from texts(action, "keys")
    yield from (party.role for party in action.parties("who") if party.role)
    if action.lost:
        yield action.lost


def lacking(facts: str, text: str) -> list[str]:
    """The facts that a text does not hold."""
    text = text.lower()
    return [fact for fact in facts.split() if not any(stem.replace("_", " ") in text for stem in fact.split("|"))]


def runs(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", re.sub("[‘’'\"“”]", "", text.lower()))
    joined = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:8] for run in joined}


def numbers(text: str) -> list[str]:
    return re.findall(r"[0-9]+(?:-[0-9]+)?", text)


def test_what_the_source_has_lost_is_said_where_it_is(catalogue: Catalogue) -> None:
    lost = {action.code: action.lost for action in catalogue if action.lost}
    assert [*lost] == ["FM3"]
    assert lacking("beginning first_example lost", lost["FM3"]["en"]) == []


def test_the_actions_are_those_of_the_source(catalogue: Catalogue) -> None:
    assert [action.code for action in catalogue] == [facts.code for facts in SOURCE]
    assert [category.code for category in catalogue.framework.categories] == ["SP", "GA", "FM"]


@pytest.mark.parametrize("facts", SOURCE, ids=lambda facts: facts.code)
class TestAction:
    def test_category_and_title(self, catalogue: Catalogue, facts: Facts) -> None:
        action = catalogue.action(facts.code)
        assert (action.category, action.title["en"]) == (facts.category, facts.title)

    def test_purpose(self, catalogue: Catalogue, facts: Facts) -> None:
        purpose = catalogue.action(facts.code)["purpose"]
        assert isinstance(purpose, Text)
        assert lacking(facts.purpose, purpose["en"]) == []

    @pytest.mark.parametrize("column", ["examples", "keys"])
    def test_each_example_and_key(self, catalogue: Catalogue, facts: Facts, column: str) -> None:
        expected = facts.examples if column == "examples" else facts.keys
        found = texts(catalogue.action(facts.code), column)
        assert len(found) == len(expected)
        for one, text in zip(expected, found, strict=True):
            assert lacking(one, text["en"]) == [], text["en"]

    def test_who(self, catalogue: Catalogue, facts: Facts) -> None:
        parties = catalogue.action(facts.code).parties("who")
        assert [(party.sectors, party.people) for party in parties] == [(who.sectors, who.people) for who in facts.who]
        for who, party in zip(facts.who, parties, strict=True):
            assert bool(party.role) == bool(who.role)
            assert lacking(who.role, party.role["en"] if party.role else "") == []

    def test_the_source_gives_no_scale_but_any_stage(self, catalogue: Catalogue, facts: Facts) -> None:
        stage, resource, time = (catalogue.action(facts.code).rating(scale) for scale in ("stage", "resource", "time"))
        assert stage.any == facts.any_stage
        assert stage.basis == ("source" if facts.any_stage else "provisional")
        assert (resource.basis, time.basis) == ("provisional", "provisional")
        for rating in (stage, resource, time):
            assert rating.steps
            if rating.basis == "provisional":
                assert rating.reason
                assert all(rating.reason[language] for language in LANGUAGES)
            else:
                assert rating.reason is None

    def test_no_run_of_words_is_the_sources(self, catalogue: Catalogue, facts: Facts) -> None:
        for text in all_texts(catalogue.action(facts.code)):
            assert not runs(text["en"]) & RUNS, text["en"]

    def test_numbers_stand_in_both_languages(self, catalogue: Catalogue, facts: Facts) -> None:
        action = catalogue.action(facts.code)
        for text in (action.title, *all_texts(action)):
            assert numbers(text["cy"]) == numbers(text["en"]), text["en"]

    def test_typography(self, catalogue: Catalogue, facts: Facts) -> None:
        action = catalogue.action(facts.code)
        for text in (action.title, *all_texts(action)):
            for language in LANGUAGES:
                assert not re.search(r"['\"&]", text[language]), text[language]
                assert not re.search(r"\s/|/\s|\s\s|\.\.", text[language]), text[language]


def test_where_the_source_has_or_there_are_two_stages(catalogue: Catalogue) -> None:
    for code in ("FM1", "FM4"):
        rating = catalogue.action(code).rating("stage")
        assert len(rating.steps) == 2
        assert rating.basis == "provisional"


def test_what_is_before_the_actions_is_not_copied_either(catalogue: Catalogue) -> None:
    framework = catalogue.framework
    afresh = [category.introduction["en"] for category in framework.categories]
    name = "the Wales Centre for Public Policy"
    afresh.append(re.sub(name, "", framework.introduction["en"], flags=re.IGNORECASE))
    for text in afresh:
        assert not runs(text) & RUNS, text


def test_the_runs_are_the_sources() -> None:
    """So that an empty or wrong file would not pass: a title of the source is among its runs."""
    assert runs("Liaison/coordination roles and referral pathways") <= RUNS
    assert not runs("six words that nobody has written") & RUNS
    assert len(RUNS) > 900
