"""Whose pack it is: the partnership of an address, the choice kept with it, and the cards that its pack will have."""

from __future__ import annotations

from flask import request

from toolkit_builder.catalogue.selecting import select
from toolkit_builder.errors import FaultsError, SelectionError
from toolkit_builder.partnerships import preferences
from toolkit_builder.partnerships.loading import FOLDER
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.web.choice import Choice, choice_as
from toolkit_builder.web.drafts import Desk
from toolkit_builder.web.pages import reading, session, site
from toolkit_builder.web.shelf import Shelf, shelf_in

COPY = "project"
"""Where a session keeps what it has of a project that may not be changed."""


def shelf() -> Shelf:
    """The partnerships of the session."""
    library = site().library
    return shelf_in(library.project.content, session().place(COPY, "content", FOLDER), is_own=library.is_own)


def desk() -> Desk:
    """Where the session changes partnerships."""
    return Desk(reading(), shelf(), session().place("desk"))


def whom() -> str:
    """The partnership that the address names; empty if it names none that is here."""
    named = request.values.get("partnership", "")
    return named if named in shelf().files else ""


def kept_choice(partnership: str) -> Choice:
    """The choice of cards that is kept with a partnership: of all, if there is none or its file is wrong."""
    found = _read(partnership)
    return choice_as(reading().catalogue, preferences.kept(found)) if found else Choice(reading().catalogue, ())


def codes_of_pack(chosen: Choice, partnership: str) -> tuple[str, ...]:
    """The cards that a pack will have: those that are chosen, as far as the partnership does not leave them out."""
    found = _read(partnership) if chosen.codes else None
    if found is None:
        return chosen.codes
    try:
        return select(reading().catalogue, preferences.filters(found, chosen.filters)).codes
    except SelectionError:
        return ()


def _read(partnership: str) -> Partnership | None:
    """A partnership as its file has it; None if there is none, or it cannot be read yet: its form says why."""
    file = shelf().files.get(partnership)
    try:
        return reading().partnerships.load(str(file)) if file else None
    except FaultsError:
        return None
