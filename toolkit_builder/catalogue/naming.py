"""Finding things by their ids, as layouts do; who mistypes one is told which there are."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

Thing = TypeVar("Thing")


class UnknownNameError(LookupError):
    """There is nothing of that name; the message says what there is."""


def named(name: str, there: Mapping[str, Thing], whose: str, kind: str) -> Thing:
    """What has that id. `whose` and `kind` are for the message: `framework`, `column`.

    Raises UnknownNameError.
    """
    try:
        return there[name]
    except (KeyError, TypeError):
        near = difflib.get_close_matches(str(name), there, 1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        known = ", ".join(there) or "none"
        raise UnknownNameError(f"the {whose} has no {kind} “{name}” (there are: {known}){hint}") from None
