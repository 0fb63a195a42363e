"""Where lines may not be broken: names, compounds, last words, brackets."""

from __future__ import annotations

import pytest

from toolkit_builder.languages.breaking import NO_BREAK_SPACE, closed, closed_parts, compounds_kept, together, unbroken
from toolkit_builder.languages.widths import width


@pytest.mark.parametrize(
    ("name", "short", "expected"),
    [
        ("Partneriaeth Cwm Enghraifft", "Cwm Enghraifft", "Partneriaeth Cwm_Enghraifft"),
        ("Rhwydwaith Llesiant Bro Dychymyg", "Rhwydwaith Bro Dychymyg", "Rhwydwaith Llesiant Bro_Dychymyg"),
        ("Bro Dychymyg Wellbeing Network", "Bro Dychymyg Network", "Bro_Dychymyg Wellbeing Network"),
        ("Cwm Enghraifft", "Cwm Enghraifft", "Cwm Enghraifft"),
        ("Partneriaeth Enghraifft", "Cwm Enghraifft", "Partneriaeth Enghraifft"),
        ("Partneriaeth Cwm Enghraifft", "Cwm", "Partneriaeth Cwm Enghraifft"),
        (
            "Y Rhwydwaith Llesiant Cenedlaethol",
            "Rhwydwaith Llesiant Cenedlaethol",
            "Y Rhwydwaith_Llesiant Cenedlaethol",
        ),
    ],
    ids=str,
)
def test_a_name_keeps_its_short_form_on_one_line(name: str, short: str, expected: str) -> None:
    assert together(name, short) == expected.replace("_", NO_BREAK_SPACE)


def test_short_compounds_are_kept_on_a_line() -> None:
    kept = compounds_kept('To <em>co-produce</em> well, not-for-profit-making; <a href="https://a-b.org">a-b</a>.')
    assert kept == (
        'To <em><span class="nowrap">co-produce</span></em> well, not-for-profit-making; <a href="https://a-b.org">a-b</a>.'
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("provide or_co-produce frameworks", "provide [or_co-produce] frameworks"),
        ("macro or_system-level_goals.", "macro [or_system-level_goals.]"),
        ("<em>one</em>_co-op", "<em>one</em> [co-op]"),
        ("a_(co-op)", "[a_(co-op)]"),
    ],
)
def test_what_is_tied_to_a_compound_is_kept_with_it(words: str, expected: str) -> None:
    """A space that does not break beside an element that is not broken has the engine break at every space before."""
    marked = expected.replace("[", '<span class="nowrap">').replace("]", "</span>")
    assert compounds_kept(words.replace("_", NO_BREAK_SPACE)) == marked.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("cy", "helpu i wneud y penderfyniadau sy’n bwysig", "helpu i_wneud y_penderfyniadau sy’n_bwysig"),
        ("en", "how it is measured: ‘success’.", "how it is measured:_‘success’."),
        ("en", "Cross-sector: a few people", "Cross-sector: a_few_people"),
        ("en", "to the counterrevolutionaries of it all", "to_the counterrevolutionaries of_it_all"),
        ("en", "and", "and"),
        ("cy", "o dan y [Drwydded Agored f3.0](https://a.uk).", "o_dan y_[Drwydded Agored_f3.0](https://a.uk)."),
        ("pl", "i tak dalej potem", "i tak dalej_potem"),
    ],
)
def test_no_line_ends_with_a_word_that_leans_on_the_next(language: str, text: str, expected: str) -> None:
    assert closed(text, language) == expected.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("length", "text", "expected"),
    [
        (
            20,
            "Listen, and remove what keeps people from taking part.",
            "Listen, and_remove what keeps people_from_taking_part.",
        ),
        (12, "Cross-sector: participants (2–200)", "Cross-sector: participants_(2–200)"),
        (12, "social care, national government: funders", "social care, national government: funders"),
        (12, "local communities, organisationally", "local communities, organisationally"),
        (60, "Events and conferences", "Events and_conferences"),
        (17, "money and much other help, or *time* to give", "money and_much other help, or_*time*_to_give"),
        (26, "Agree together, in advance, how to measure it", "Agree together, in advance, how to_measure it"),
    ],
)
def test_no_line_of_a_list_is_short(length: float, text: str, expected: str) -> None:
    assert closed(text, "en", length) == expected.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Teams or groups on set themes, such as delivery or research, in one collaboration or across several",
            "Teams or_groups on set themes, such as delivery or_research, in one collaboration or_across_several",
        ),
        (
            "cy",
            "Llywodraethu a gweithredu dan arweiniad y gymuned, mewn partneriaethau neu rwydweithiau",
            "Llywodraethu a_gweithredu dan arweiniad y_gymuned, mewn partneriaethau neu_rwydweithiau",
        ),
    ],
)
def test_no_line_between_two_is_short_for_the_sake_of_the_last(language: str, text: str, expected: str) -> None:
    assert closed(text, language, 21.2) == expected.replace("_", NO_BREAK_SPACE)


def test_texts_that_follow_on_one_another_are_closed_as_one() -> None:
    parts = ["Public services:", "single roles", "(5–10)"]
    assert closed_parts(parts, "en", 14) == [
        "Public services: ",
        f"single{NO_BREAK_SPACE}roles{NO_BREAK_SPACE}",
        "(5–10)",
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Investing (for social purpose) now", ["Investing", "(for social purpose)", "now"]),
        (
            "Grants (of the whole of a large community) now",
            ["Grants", "(of", "the whole", "of a large", "community)", "now"],
        ),
        ("Rings (open and never closed", ["Rings", "(open", "and never", "closed"]),
        ("(A) plan", ["(A)", "plan"]),
    ],
)
def test_a_short_bracket_of_a_title_is_kept_whole(title: str, expected: list[str]) -> None:
    assert [run for run, _ in unbroken(title.split(), "en")] == expected


def test_what_is_kept_together_has_room_where_letters_are_wider_than_they_are_taken_to_be() -> None:
    """The whole of a text was kept on one line that it had no room on, and the back of a card grew with it."""
    text = "Cydweithiwch ag amrywiaeth eang o randdeiliaid."
    runs = closed(text, "cy", 1.01 * width(text)).split(" ")
    assert len(runs) > 1
    assert max(map(width, runs)) <= 0.94 * width(text)
