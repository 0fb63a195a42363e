"""Titles whose lines are evened out."""

from __future__ import annotations

import pytest

from toolkit_builder.languages.measure import balanced
from toolkit_builder.languages.widths import width


@pytest.mark.parametrize("title", ["Cyllid grant", "Codi arian", "Ŵ"])
def test_a_title_of_one_line_keeps_it(title: str) -> None:
    assert balanced(title, "cy", 13) >= width(title)


def test_the_last_line_is_no_single_word_where_two_lines_can_be_even() -> None:
    """The engine would fill the first line and leave “atgyfeirio” alone on the second."""
    narrow = balanced("Rolau cyswllt/cydlynu a llwybrau atgyfeirio", "cy", 17)
    assert width("Rolau cyswllt/cydlynu") < narrow < width("Rolau cyswllt/cydlynu a llwybrau")


def test_it_is_never_wider_than_the_measure_nor_takes_a_line_more() -> None:
    title = "Arweinyddiaeth a gwneud penderfyniadau ar y cyd"
    assert balanced(title, "cy", 20) <= 20
    assert balanced(title, "cy", 20) * 2 >= width(title)


def test_a_word_longer_than_the_line_is_left_to_the_engine() -> None:
    assert balanced("Llanfairpwllgwyngyllgogerychwyrndrobwll", "cy", 10) == 10


def test_a_compound_that_fits_its_line_is_not_broken_within() -> None:
    title = "Cyrff neu seilweithiau rhanbarthol/cenedlaethol"
    assert balanced(title, "cy", 13.2) >= width("rhanbarthol/cenedlaethol")


def test_no_line_is_short_between_two_others() -> None:
    title = "Crëwch ddulliau amlsector o gydlynu gwasanaethau a deall blaenoriaethau’r gymuned ar y cyd."
    assert width("gwasanaethau a deall blaenoriaethau’r") <= balanced(title, "cy", 21) < 21
