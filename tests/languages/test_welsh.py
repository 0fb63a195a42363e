"""The alphabet, its order, the letters that fonts must have, dates, mutations: against what is published."""

from __future__ import annotations

import datetime
import random

import pytest

from tests.typed import typed
from toolkit_builder.languages import welsh
from toolkit_builder.languages.dates import long_date
from toolkit_builder.languages.mutations import forms
from toolkit_builder.languages.ordering import sort_key
from toolkit_builder.press.typesetting.repertoire import REPERTOIRE

DICTIONARIES = (
    # Words in the order of Geiriadur Prifysgol Cymru: a digraph after its first letter, ng after g.
    [
        "acen",
        "acw",
        "achos",
        "achub",
        "adar",
        "adwy",
        "addas",
        "aeth",
        "afal",
        "afon",
        "affwys",
        "agor",
        "angel",
        "ail",
    ],
    ["cwm", "cyd", "cyw", "chwaer", "chwech", "dafad", "dŵr", "dydd", "ddoe", "eira"],
    ["ffa", "ffordd", "gardd", "gwyn", "haf", "iaith", "jam", "lamp", "lôn", "llaeth", "llyn", "mab"],
    ["pell", "pysgod", "phisig", "radio", "rownd", "rhad", "rhwyd", "sach", "tad", "tywydd", "theatr", "uchel"],
    ["gwag", "gwahardd", "gwallt", "gwasg", "wal", "wyth", "ymyl", "ysgol"],
)


@pytest.mark.parametrize("words", DICTIONARIES, ids=lambda words: words[0])
def test_words_stand_as_in_the_dictionary(words: list[str]) -> None:
    shuffled = random.Random(4).sample(words, len(words))  # noqa: S311  (no secret)
    assert sorted(shuffled, key=welsh.sort_key) == words


def test_the_alphabet_has_28_letters_and_j() -> None:
    assert len(welsh.ALPHABET) == 29
    assert sorted(welsh.ALPHABET, key=welsh.sort_key) == list(welsh.ALPHABET)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Llanelli", ["ll", "a", "n", "e", "ll", "i"]),
        ("angel", ["a", "ng", "e", "l"]),
        ("Ban|gor", ["b", "a", "n", "g", "o", "r"]),
        ("llongyfarch", ["ll", "o", "ng", "y", "f", "a", "r", "ch"]),
        ("tŷ", ["t", "y"]),
    ],
)
def test_letters(word: str, expected: list[str]) -> None:
    assert list(welsh.letters(word)) == expected


def test_a_key_of_its_own_sets_a_word_where_it_belongs() -> None:
    assert sorted(["Bangor", "Bala", "Bafon"], key=welsh.sort_key) == ["Bafon", "Bangor", "Bala"]
    keys: dict[str, str] = {"Bangor": "Ban|gor"}
    in_order = sorted(["Bafon", "Bangor", "Bala"], key=lambda name: welsh.sort_key(keys.get(name) or name))
    assert in_order == ["Bafon", "Bala", "Bangor"]


def test_accents_decide_between_equals_only() -> None:
    assert sorted(["môr", "mor", "mora"], key=welsh.sort_key) == ["mor", "môr", "mora"]
    assert sorted(["gŵyr y cwm", "gwyr y dŵr"], key=welsh.sort_key) == ["gŵyr y cwm", "gwyr y dŵr"]


def test_other_languages_have_their_own_order() -> None:
    words = ["zebra", "Chair", "cosy", "éclair", "Edge"]
    assert sorted(words, key=sort_key("en")) == ["Chair", "cosy", "éclair", "Edge", "zebra"]
    assert sorted(words, key=sort_key("cy"))[:2] == ["cosy", "Chair"]


def test_the_press_has_every_welsh_letter() -> None:
    assert len(welsh.ACCENTED) == 7 * 2 * 4
    assert {ord(letter) for letter in welsh.ACCENTED} <= set(REPERTOIRE)


@pytest.mark.parametrize(
    ("date", "expected"),
    [((2026, 1, 1), "1 Ionawr 2026"), ((2026, 3, 21), "21 Mawrth 2026"), ((2025, 12, 31), "31 Rhagfyr 2025")],
)
def test_dates(date: tuple[int, int, int], expected: str) -> None:
    assert long_date(datetime.date(*date), "cy") == expected


@pytest.mark.parametrize(
    ("word", "mutated"),
    [
        ("pen", "ben mhen phen"), ("tad", "dad nhad thad"), ("cath", "gath nghath chath"), ("braich", "fraich mraich"),
        ("dyn", "ddyn nyn"), ("gardd", "ardd ngardd"), ("llaw", "law"), ("mam", "fam"), ("rhan", "ran"),
        ("afal", "hafal"), ("ŵyr", "hŵyr"), ("chwaer", ""), ("ffordd", ""), ("theatr", ""), ("nain", ""), ("sir", ""),
    ],
)  # fmt: skip
def test_the_table_of_mutations(word: str, mutated: str) -> None:
    assert forms(word) == {word, *mutated.split()}


# -- list --sort -------------------------------------------------------------------------------------------------------


def test_the_list_in_alphabetical_order() -> None:
    def codes(*words: str) -> list[str]:
        return [line.split(",")[0] for line in typed("list", "--format", "csv", *words).out.splitlines()[1:]]

    by_title = codes("--sort", "title")
    assert sorted(by_title) == sorted(codes())
    assert by_title[:4] == ["FM3", "FM7", "GA3", "SP1"]
    assert by_title.index("FM5") < by_title.index("SP5") < by_title.index("FM1"), "codi, cyfuno, cyllid"
    assert codes("--sort", "title", "--language", "en")[:2] == ["FM2", "FM3"]
    refused = typed("list", "--sort", "title", "--language", "fr")
    assert (refused.status, "Allowed: cy, en" in refused.err) == (2, True)
