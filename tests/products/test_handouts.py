"""Handouts: one page an action, both languages on it in full."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests import reading
from tests.products.conftest import Made
from tests.products.documents import Documents, each_of
from toolkit_builder.catalogue.model import Catalogue

document = each_of(
    "handouts",
    ("both", {}),
    ("cy", {"actions": ("SP1", "FM7")}),
    ("en", {"actions": ("SP1",)}),
)


class TestHandouts(Documents):
    pass


def test_one_page_an_action_with_both_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("handouts"))
    assert len(pages) == len(shipped_catalogue.actions)
    for page, action in zip(pages, shipped_catalogue, strict=True):
        assert action.code in page
        for language in ("cy", "en"):
            assert reading.plain(action.title[language]) in page


def test_welsh_on_the_left_at_the_height_of_english(made: Made, shipped_catalogue: Catalogue) -> None:
    """The two columns start side by side; wherever they stand, Welsh is read first."""
    label = shipped_catalogue.framework.column("keys").label
    for page in (0, 9, 20):
        [welsh], [english] = (reading.find(made("handouts"), page, label[language]) for language in ("cy", "en"))
        assert welsh.left < 105 / 25.4 * 72 < english.left
        assert welsh.bottom == pytest.approx(english.bottom, abs=2)


def test_titles_begin_at_one_place_in_their_columns(made: Made, shipped_catalogue: Catalogue) -> None:
    def left(page: int, text: str) -> float:
        """Of what is set largest that begins with the first word of a text."""
        found = reading.find(made("handouts"), page, rf"\b{re.escape(text.split()[0])}")
        return max(found, key=lambda one: one.height).left

    label = shipped_catalogue.framework.column("keys").label
    for page, action in enumerate(shipped_catalogue):
        indents = [left(page, action.title[language]) - left(page, label[language]) for language in ("cy", "en")]
        assert indents[0] == pytest.approx(indents[1], abs=2), action.code


def test_each_language_is_read_as_a_whole(made: Made) -> None:
    parts = [element.own_language for element in reading.tree(made("handouts")) if element.kind == "/Art"]
    changes = sum(one != other for one, other in pairwise(parts))
    assert changes == 2 * 21 - 1


def test_what_is_lost_of_the_source_is_said_at_the_foot_and_not_among_the_examples(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    lost = shipped_catalogue.action("FM3").lost
    assert lost
    codes = [action.code for action in shipped_catalogue]
    for page, code in zip(reading.pages(made("handouts")), codes, strict=True):
        for language in ("cy", "en"):
            assert page.count(reading.plain(lost[language])) == (code == "FM3")
    heads = (r"for social purpose", "Our notes", "The beginning of the first")
    example, notes, said = (reading.find(made("handouts"), codes.index("FM3"), head)[-1].bottom for head in heads)
    assert example > notes > said
