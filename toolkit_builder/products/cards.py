"""Action cards, A6.

In two languages a card has the first on its front and the second on its back. In one language the front carries title,
purpose and scales, and the back the rest. A deck has a guide and a colophon of its own: a card each, or in one language
the two sides of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit_builder.catalogue.model import Action
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.products import parts
from toolkit_builder.products.plan import CARD_SIZES, Edition, Leaf, Plan

FACES = {"guide": "cards/guide.html", "colophon": "cards/colophon.html"}


def plan(selection: Selection, edition: Edition) -> Plan:
    """One face a leaf, front then back, so that every two leaves make a card."""
    return parts.plan("cards", "back-to-back", selection, edition, _leaves(selection, edition))


def _leaves(selection: Selection, edition: Edition) -> Iterator[Leaf]:
    yield from _about(selection, edition, "guide")
    if not edition.is_bilingual:  # guide and colophon are the two sides of one card
        yield from _about(selection, edition, "colophon")
    for action in selection.actions:
        yield from _card(selection, edition, action)
    if edition.is_bilingual:
        yield from _about(selection, edition, "colophon")


def _card(selection: Selection, edition: Edition, action: Action) -> Iterator[Leaf]:
    data = parts.action_data(selection, action)
    if edition.is_bilingual:
        sides = [(language, "face") for language in edition.languages]
    else:
        sides = [(edition.languages[0], side) for side in ("front", "back")]
    for language, side in sides:
        yield Leaf(
            name=f"cards/{action.code}/{side}/{language}",
            layout=f"cards/{side}.html",
            languages=(language,),
            bookmark=parts.bookmark(action, language),
            data=data,
            group=f"cards/{action.code}",
            sizes=CARD_SIZES,
        )


def _about(selection: Selection, edition: Edition, face: str) -> Iterator[Leaf]:
    """Faces about the deck, one a language."""
    title = selection.catalogue.labels[face]["title"]
    for language in edition.languages:
        yield Leaf(
            name=f"cards/{face}/{language}",
            layout=FACES[face],
            languages=(language,),
            bookmark=title[language],
            data={"about": parts.about(selection, edition, language), "categories": parts.categories(selection)},
            group=f"cards/{face}",
            sizes=CARD_SIZES,
        )
