"""A few frameworks made at random; `make fuzz` tries many (`tests.fuzz.frameworks`)."""

from __future__ import annotations

from tests.fuzz.frameworks import check

EXAMPLES = 4


def test_the_words_of_the_content_are_those_of_the_pages() -> None:
    figures = check(EXAMPLES, derandomize=True)
    assert figures.built + sum(figures.refused.values()) >= EXAMPLES
