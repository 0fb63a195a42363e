"""Ids made from names: one rule, whoever asks."""

from __future__ import annotations

import re

import pytest

from toolkit_builder.catalogue.model import PARTNERSHIP
from toolkit_builder.partnerships.ids import id_from, id_from_names


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Tŷ Gŵyr a’r Bont", "ty-gwyr-ar-bont"),
        ("Tŷ Gŵyr a'r Bont", "ty-gwyr-ar-bont"),
        ("  Bro & Bryn (2027) ", "bro-bryn-2027"),
        ("20 Mile Group", "mile-group"),
        ("Łódź Straße", "lodz-strasse"),
        ("Æ ø", "ae-o"),
        ("2 4", ""),
        ("中文", ""),
    ],
)
def test_an_id_from_a_name(name: str, made: str) -> None:
    assert id_from(name) == made


def test_it_can_always_be_an_id() -> None:
    for name in ("Llanfair" * 40, "a b " * 90, "Partneriaeth " * 9, "-9-a"):
        assert re.fullmatch(PARTNERSHIP, id_from(name))
    assert not id_from("Partneriaeth " * 9).endswith("-")


def test_the_first_language_in_which_the_name_gives_one_counts() -> None:
    names = {"en": "House", "cy": "Tŷ"}
    assert id_from_names(names, ("cy", "en")) == "ty"
    assert id_from_names({**names, "cy": "中"}, ("cy", "en")) == "house"
    assert id_from_names({}, ("cy", "en")) == ""
