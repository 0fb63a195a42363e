"""Whether the generator of frameworks sees what is lost: a comparison that forgives too much would find nothing."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.frameworks import Made, cut_short, differences, differences_in_number, left_out, unturned

HEAD, TEXT = "Qbcdh", "Qbcdg"
TEXTS = {HEAD: "Qbcdhpennawd", TEXT: "Qbcdgtestunhir"}
MARKS = ["QbcdhQbcdg", "Qbcdh"]
"""A document of the marks alone: a running head on both of its pages."""


def test_what_is_whole_is_right() -> None:
    whole = ["QbcdhpennawdQbcdgtestunhir", "Qbcdhpennawd"]
    assert not list(differences(whole, MARKS, TEXTS))
    assert not list(differences_in_number(whole, MARKS, TEXTS))
    assert not list(cut_short(whole, MARKS, TEXTS))


def test_a_text_on_another_page_is_told() -> None:
    assert list(differences(["Qbcdhpennawd", "QbcdhpennawdQbcdgtestunhir"], MARKS, TEXTS))


def test_what_is_said_at_times_may_stand_on_one_page_less_and_not_nowhere() -> None:
    """A map says what actions are for where it has room; their pages always do."""
    twice, at_times = ["QbcdhQbcdg", "QbcdhQbcdg"], frozenset({TEXT})
    once = ["Qbcdhpennawd", "QbcdhpennawdQbcdgtestunhir"]
    assert list(differences(once, twice, TEXTS))
    assert not list(differences(once, twice, TEXTS, at_times=at_times))
    assert list(differences(["Qbcdhpennawd", "Qbcdhpennawd"], twice, TEXTS, at_times=at_times))
    assert list(differences(["Qbcdhpennawd"], ["QbcdhQbcdg"], TEXTS, at_times=at_times))


def test_where_pages_end_elsewhere_a_text_may_stand_on_another() -> None:
    longer = ["Qbcdhpennawd", "QbcdhpennawdQbcdgtestunhir", "Qbcdhpennawd"]
    assert not list(cut_short(longer, MARKS, TEXTS))
    assert not list(differences_in_number(["", "Qbcdgtestunhir", ""], ["Qbcdg", ""], TEXTS))


def test_a_text_that_is_there_less_often_or_more_is_told() -> None:
    assert list(differences_in_number(["Qbcdgtestunhir", ""], ["Qbcdg", "Qbcdg"], TEXTS))
    assert list(differences_in_number(["Qbcdgtestunhir", "Qbcdgtestunhir"], ["Qbcdg"], TEXTS))


def test_what_a_scale_is_called_may_stand_in_rows_instead_of_a_head_but_has_to_stand() -> None:
    rows, scales = ["QbcdgtestunhirQbcdgtestunhir"], frozenset([TEXT])
    for differing in (differences, differences_in_number):
        assert list(differing(rows, ["Qbcdg"], TEXTS))
        assert not list(differing(rows, ["Qbcdg"], TEXTS, scales))
        assert list(differing([""], ["Qbcdg"], TEXTS, scales))
    assert list(differences(["", *rows], ["Qbcdg", ""], TEXTS, scales))


def test_a_head_that_is_cut_short_once_is_told() -> None:
    [wrong] = cut_short(["QbcdhpennawdQbcdgtestunhir", "Qbcdhpenn"], MARKS, TEXTS)
    assert "begins on pages [1, 2], and is whole on [1]" in wrong[1]


def test_a_head_that_is_lost_is_told() -> None:
    assert list(cut_short(["Qbcdgtestunhir", ""], MARKS, TEXTS))


def test_the_summary_says_what_all_actions_are_for_or_none() -> None:
    purposes = frozenset(TEXTS)
    whole = Made(Path(), TEXTS, purposes, frozenset(), frozenset(), frozenset(), 0, "")
    assert left_out(whole, "summary.cy.pdf", ["dim"]) == purposes
    assert not left_out(whole, "summary.cy.pdf", ["Qbcdhpennawd"])
    assert not left_out(whole, "handouts.cy.pdf", ["dim"])


def test_a_step_that_no_action_has_may_head_no_column() -> None:
    whole = Made(Path(), TEXTS, frozenset(), frozenset(), frozenset(TEXTS), frozenset([TEXT]), 0, "")
    assert left_out(whole, "summary.cy.pdf", ["Qbcdhpennawd"]) == {TEXT}
    assert not left_out(whole, "summary.cy.pdf", ["QbcdhpennawdQbcdgtestunhir"])
    assert not left_out(whole, "handouts.cy.pdf", ["dim"])


def test_words_beside_arabic_are_read_as_they_are_written() -> None:
    texts = {"Qbcdg": "Qbcdgtestunhirsyddyma"}
    lines = ["Qbcdg testun hir", "sydd yma"]
    turned = [" ".join(reversed(line.split())) for line in lines]
    for pieces in (lines, turned, [lines[0], turned[1]]):
        assert list(unturned(pieces, texts)) == ["Qbcdgtestunhir", "syddyma"]
    assert list(unturned(["Qbcdg على Qbcdh"], texts)) == ["QbcdgعلىQbcdh"]
    assert list(unturned(["rhywbeth arall"], texts)) == ["rhywbetharall"]
