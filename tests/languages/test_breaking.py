"""Where a name may not be broken: within what its short form has of it."""

from __future__ import annotations

import pytest

from toolkit_builder.languages.breaking import NO_BREAK_SPACE, closed, compounds_kept, together


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
