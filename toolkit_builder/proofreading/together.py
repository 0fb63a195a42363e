"""What is doubtful about several texts together: titles that are the same or too long, categories that look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from toolkit_builder.catalogue.characters import seen
from toolkit_builder.catalogue.model import Catalogue, Category, Text
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt

LEAST_DISTANCE = 0.1
"""Of two colours in Oklab that are told apart at a glance; 0.02 is the least that is seen at all."""

LONGEST_TITLE = 90
"""So many letters of a title have room in every product, in its least size (docs/recipes.md, “What the limits are”)."""


def same_titles(titles: Iterable[tuple[str, Text]], language: str) -> Iterator[tuple[Text, Doubt]]:
    """Titles that another has already; each is given with the name of what it belongs to."""
    first: dict[str, str] = {}
    for name, title in titles:
        words = title[language].casefold().strip()
        before = first.setdefault(words, name)
        if before != name:
            yield (
                title,
                Doubt(
                    Check.TITLES,
                    f"“{title[language]}” is also the title of {before}; change one of them",
                    title[language],
                ),
            )


def long_titles(titles: Iterable[tuple[str, Text]], language: str) -> Iterator[tuple[Text, Doubt]]:
    """Titles for which not every product has room: on a card they go to one of their own."""
    for _, title in titles:
        letters = len(seen(title[language]))
        if letters > LONGEST_TITLE:
            message = f"{letters} letters; cards have room for about {LONGEST_TITLE}, so shorten it"
            yield title, Doubt(Check.LONG_TITLE, message, title[language])


def categories_alike(catalogue: Catalogue) -> Iterator[tuple[Category[Text], Doubt]]:
    """Categories of one shape whose colours can hardly be told apart."""
    for one, other in combinations(catalogue.framework.categories, 2):
        if one.shape == other.shape and _distance(one.colour, other.colour) < LEAST_DISTANCE:
            words = f"{one.id} and {other.id}"
            message = f"looks like {one.id}: both are a {one.shape}, in {one.colour} and {other.colour}"
            yield other, Doubt(Check.ALIKE, f"{message}; change the shape or the colour", words)


def _distance(one: str, other: str) -> float:
    if one.lower() == other.lower():
        return 0.0
    from coloraide import Color  # slow to import

    return float(Color(one).distance(other, space="oklab"))
