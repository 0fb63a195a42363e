"""Ids of partnerships made from their names: one rule for spreadsheets, `add partnership` and whatever else asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST = 100
"""Characters (`catalogue.model.PARTNERSHIP`)."""
_WRITTEN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart."""


def id_from(name: str) -> str:
    """An id for a partnership of this name; empty if it gives none.

    Small letters without accents and numbers, a hyphen where something else stands between them. Apostrophes go, and
    so do numbers before the first letter: `Tŷ Gŵyr a’r Bont` is `ty-gwyr-ar-bont`, `20 Mile Group` is `mile-group`.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_WRITTEN).replace("'", ""))
    bare = "".join(letter for letter in plain if letter != "’" and not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", bare)
    made = "-".join(words).lstrip("-0123456789")
    return made if len(made) <= LONGEST else made[: LONGEST + 1].rpartition("-")[0] or made[:LONGEST]


def id_from_names(names: Mapping[str, object], languages: Iterable[str]) -> str:
    """The id that the name gives in the first of these languages in which it gives one; empty if none does."""
    made = (id_from(str(names.get(language) or "")) for language in languages)
    return next(filter(None, made), "")
