"""Action cards, A6.

In two languages a card has the first on its front and the second on its back. Otherwise there is a card for each
language: the front carries title, purpose and scales, and the back the rest. A deck has a guide and a colophon of its
own: a card each in two languages, otherwise the two sides of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit_builder.catalogue.model import Action
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.layouts import layout_of
from toolkit_builder.documents.plan import CARD_SIZES, Edition, Leaf, Plan
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import parts, tailoring

FACES = {"guide": "cards/guide.html", "colophon": "cards/colophon.html"}


def plan(selection: Selection, edition: Edition, partnership: Partnership | None = None) -> Plan:
    """One face a leaf, front then back, so that every two leaves make a card."""
    layout = layout_of("cards", edition)
    leaves = list(tailoring.cards(_leaves(selection, edition), partnership, edition))
    half_starts = parts.half_starts(layout, edition, leaves)
    return parts.plan("cards", layout, selection, edition, leaves, half_starts=half_starts, partnership=partnership)


def _leaves(selection: Selection, edition: Edition) -> Iterator[Leaf]:
    if len(edition.languages) == 2:
        yield from _about(selection, edition, "guide", edition.languages)
        for action in selection.actions:
            yield from _card(selection, action, [(language, "face") for language in edition.languages])
        yield from _about(selection, edition, "colophon", edition.languages)
        return
    for language in edition.languages:
        yield from _about(selection, edition, "guide", (language,))
        yield from _about(selection, edition, "colophon", (language,))
    for action in selection.actions:
        yield from _card(selection, action, [(lang, side) for lang in edition.languages for side in ("front", "back")])


def _card(selection: Selection, action: Action, sides: Iterable[tuple[str, str]]) -> Iterator[Leaf]:
    data = parts.action_data(selection, action)
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


def _about(selection: Selection, edition: Edition, face: str, languages: Iterable[str]) -> Iterator[Leaf]:
    """Faces about the deck, one a language."""
    title = parts.label(selection, face, "title")
    for language in languages:
        yield Leaf(
            name=f"cards/{face}/{language}",
            layout=FACES[face],
            languages=(language,),
            bookmark=title[language],
            data={"about": parts.about(selection, edition, language), "categories": parts.categories(selection)},
            group=f"cards/{face}",
            sizes=CARD_SIZES,
        )
