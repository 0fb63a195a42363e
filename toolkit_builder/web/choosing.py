"""Choose: the cards as pictures, what they may be chosen by, and how many are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import g as request_globals
from flask import redirect, url_for
from werkzeug.wrappers import Response

from toolkit_builder.catalogue.model import Action, Text
from toolkit_builder.web.choice import ACTION, ADD, EXCLUDE, SOURCE, UNSTATED, Choice, Pair, in_and_out
from toolkit_builder.web.pages import choice, page, pages, plain, reading
from toolkit_builder.web.warming import warm_up
from toolkit_builder.web.whose import codes_of_pack, whom

KEPT = (ACTION, ADD, EXCLUDE, UNSTATED)
"""What of an address the form of the filters has no fields for, and hands on."""


@pages.get("/")
def start() -> Response:
    return redirect(url_for("pages.choose", language=request_globals.language))


@pages.get("/choose")
def choose() -> str:
    warm_up()
    chosen, partnership = choice(), whom()
    inside, outside = in_and_out(chosen)
    in_pack = codes_of_pack(chosen, partnership)
    return page(
        "choose.html",
        step="choose",
        choice=chosen,
        groups=chosen.groups(),
        source_only=bool(chosen.values(SOURCE)),
        kept=[*_of_whom(), *(pair for pair in chosen.pairs if pair[0] in KEPT)],
        chosen=inside,
        not_chosen=outside,
        whom=partnership,
        in_pack=in_pack,
        not_in_pack=[action.code for action in inside if action.code not in in_pack],
        all_address=address(Choice(chosen.catalogue, ())),
        next_address=next_address(chosen),
        alternative=alternative,
        with_address=lambda action: address(chosen.with_action(action.code)),
        without_address=lambda action: address(chosen.without_action(action.code)),
        unstated_address=address(chosen.with_unstated()),
        number_of=reading().catalogue.number,
        places=_places(chosen),
    )


def address(chosen: Choice) -> str:
    """The address of this page for a choice of cards, and for whom it is."""
    return _with_query(url_for("pages.choose", language=request_globals.language), [*_of_whom(), *chosen.pairs])


def next_address(chosen: Choice) -> str:
    """The address of the next step: the form of the partnership that it is for, or of all."""
    language, key = request_globals.language, whom()
    bare = (
        url_for("pages.partnership", language=language, key=key) if key else url_for("pages.tailor", language=language)
    )
    return _with_query(bare, chosen.pairs)


def _of_whom() -> list[Pair]:
    return [("partnership", whom())] if whom() else []


def _with_query(bare: str, pairs: Sequence[Pair]) -> str:
    return f"{bare}?{urlencode(pairs)}" if pairs else bare


def alternative(action: Action) -> str:
    """What the picture of an action shows, in words; empty if it has none."""
    return plain(action.pictogram) if action.pictogram else ""


def _places(chosen: Choice) -> tuple[Text, tuple[Text, ...], list[tuple[Text, list[tuple[str, list[Action]]]]]] | None:
    """The deck on a map: of two scales that can be chosen by, the steps of the first as columns and of the second as
    rows, with the address that chooses a place and the cards in it; None if the framework has fewer scales.
    """
    scales = [scale for scale in chosen.catalogue.framework.scales if scale.filter]
    if len(scales) < 2:
        return None
    across, down = scales[0], scales[1]
    rows = []
    for row in down.steps:
        cells = []
        for column in across.steps:
            there = [
                action
                for action in chosen.catalogue
                if row.id in action.rating(down.id).steps and column.id in action.rating(across.id).steps
            ]
            place = Choice(chosen.catalogue, ((across.id, column.id), (down.id, row.id)))
            cells.append((address(place), there))
        rows.append((row.label, cells))
    return down.label, tuple(step.label for step in across.steps), rows
