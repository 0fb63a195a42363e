"""What rules leave alone: texts that look like slips, and are none."""

from __future__ import annotations

import pytest

from tests.making import Copy
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Text
from toolkit_builder.proofreading.doubts import Written
from toolkit_builder.proofreading.layout_texts import Prose, layout_texts
from toolkit_builder.proofreading.lists import doubts_of_lists, stop, uneven_stops
from toolkit_builder.proofreading.pairs import differences
from toolkit_builder.proofreading.slips import shape, slips

CODES = ("SP1", "SP2", "GA1")


@pytest.mark.parametrize(
    "text",
    [
        "Pages 20–30, years 2026–27 and 2026–2027, hours 9–5 and 10–2, 01632 960-123, 2026-01-31, 7-a-side.",
        "See SP1 and GA1. SP4 7DE is a postcode, and M4 a road; COVID19 no code.",
        "He had had that that day; Wagga Wagga; New York, New York; ha ha.",
        "2*3*4, snake_case_name, a*, * a note, post_box@example.org, https://example.org/a_b_c?d=**",
        "5 < 6 > 3, R&D, Marks & Spencer, <name@example.org>",
        "A | B, a – b -- c, ---",
        "1.  One\n2.  Two\n\n-   three\n-   four",
        "A soft\u00adhyphen, a no-break\u00a0space, 10\u202fkm",
        "The score was 3-2; ratio 4:3; 100-5; 12–10–2026",
    ],
)
def test_what_is_no_slip(text: str) -> None:
    assert [doubt.message for doubt in slips(Written(text, "en"), CODES, from_right=False)] == []


@pytest.mark.parametrize(
    ("text", "is_prose", "said"),
    [
        ("One.\n\n- two\n- three", True, ""),
        ("One.\n\n- two\n- three", False, "several paragraphs, or a list"),
        ("* Provisional: our own.", False, ""),
        ("One\nline.", False, ""),
        ("| a | b |\n|---|:-:|\n| c | d |", False, "a table"),
        ("a | b\n--- | ---\nc | d", False, "a table"),
        ("a | b --- c", False, ""),
    ],
)
def test_what_has_no_place_in_a_line(text: str, is_prose: bool, said: str) -> None:
    found = [doubt.message for doubt in shape(Written(text, "en"), is_prose=is_prose)]
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_what_a_layout_prints_as_blocks_is_prose(mine: Copy) -> None:
    reasons = load(mine.project).action("SP1")["keys"]
    assert isinstance(reasons, tuple)
    [first, *_] = [key for key in reasons if isinstance(key, Text)]
    assert not Prose(layout_texts(mine.project).values()).has(first)
    mine.append(
        "layouts/handouts/page.html", "{# {{ purpose | blocks }} #}{% for key in action.keys %}{{ key | blocks }}"
    )
    prose = Prose(layout_texts(mine.project).values())
    purpose = load(mine.project).action("SP1")["purpose"]
    assert isinstance(purpose, Text)
    assert (prose.has(first), prose.has(purpose)) == (True, False)


@pytest.mark.parametrize("text", ["Yr hen hen daid, a’r tŷ bach bach.", "Mae’n fawr fawr, wir wir."])
def test_welsh_that_stands_twice(text: str) -> None:
    assert list(slips(Written(text, "cy"), CODES, from_right=False)) == []


def test_what_turns_the_direction_is_wanted_where_text_runs_from_right_to_left() -> None:
    text = Written("\u200fملاحظات \u2067(PDF)\u2069", "ar")
    assert list(slips(text, CODES, from_right=True)) == []
    assert len(list(slips(text, CODES, from_right=False))) == 3
    assert list(slips(Written("می\u200cخواهم", "fa"), CODES, from_right=True)) == []


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Un.", "."), ("Un", ""), ("‘Un.’", "."), ("**Un.**", "."), ("(Un.)", "."), ("Un?", "?"), ("Un:", ":"),
        ("Un, dau ayyb.", None), ("Partneriaid Cyf.", None), ("Un…", None), ("e.e.", None), ("", ""),
    ],
)  # fmt: skip
def test_what_a_text_ends_with(text: str, end: str | None) -> None:
    assert stop(text) == end


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("- one\n- two\n- three.", []),
        ("We want to:\n\n- one;\n- two;\n- three.", []),
        ("- One.\n- Two.\n- Three?", []),
        ("- One.\n- Two\n  goes on.\n- Three.", []),
        ("- one\n  - In it.\n  - In it too.\n- two", []),
        ("- one\n- two\n\nA sentence.\n\n- Three.\n- Four.", []),
        ("- One.\n- Two\n- Three.", ["“Two” ends without a stop"]),
        ("1. one\n2. Two.\n3. three", ["“Two.” ends with a stop"]),
        ("- one\n- two\n- One", ["“One” is item 1 of the list already"]),
    ],
)
def test_lists_in_a_text(source: str, said: list[str]) -> None:
    found = [doubt.message for doubt in doubts_of_lists(source)]
    assert len(found) == len(said)
    assert all(message.startswith(begin) for message, begin in zip(found, said, strict=True))


def test_in_a_column_the_last_item_too_has_to_end_as_the_others_do() -> None:
    items = ["Un", "Dau", "Tri."]
    assert list(uneven_stops(items, may_end_once=True)) == []
    [(at, _)] = uneven_stops(items, may_end_once=False)
    assert at == 2


@pytest.mark.parametrize(
    ("welsh", "english", "said"),
    [
        ("Deg o bobl", "10 people", ""),
        ("10 o bobl", "Ten people", ""),
        ("Y ddwy ochr", "Both sides", ""),
        ("Yr un peth", "The same thing", ""),
        ("Pythefnos", "Two weeks", ""),
        ("Deng mlynedd", "A decade", ""),
        ("Pump ar hugain", "25", ""),
        ("Naw o bobl", "Ten people", "9 in words where en has 10"),
        ("11 o bobl", "Ten people", "the numbers 11 where en has (none)"),
        ("[a](https://www.llyw.cymru/cy/a)", "[a](https://www.gov.wales/a)", ""),
        ("[a](https://cy.example.org/un)", "[a](https://example.org/one)", ""),
        ("[a](https://undeb.cymru/un)", "[a](https://undeb.wales/one)", ""),
        ("[a](mailto:post@example.org)", "[a](mailto:mail@example.org)", ""),
        ("[a](https://a.org/x) [b](https://b.org/y)", "[b](https://b.org/y) [a](https://a.org/x)", ""),
        ("[a](https://example.org/en/a)", "[a](https://example.org/cy/a)", "leads to a page in en, and en to one"),
        ("[a](mailto:post@example.org)", "[a](https://example.org/a)", "are not both addresses of pages"),
        ("Ewch i https://a.org/x.", "Go to https://b.org/x.", "leads to a.org, and en to b.org"),
        ("Beth?", "What.", "ends with a question mark, and en with a stop"),
        ("Un, dau ayyb.", "One, two and so on", ""),
    ],
)  # fmt: skip
def test_a_translation_beside_its_original(welsh: str, english: str, said: str) -> None:
    found = [doubt.message for doubt in differences(Written(welsh, "cy"), Written(english, "en"))]
    assert len(found) == bool(said), found
    assert said in "".join(found)
