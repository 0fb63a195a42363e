"""What of a translator's file is taken, and what is left: nobody's work goes without a word.

A unit brings back what it was when it went out. So it is seen whether it was touched since, and whether the project
was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit_builder.catalogue.review import ACCEPTED, digest
from toolkit_builder.exchange.returning import RANKS, Returned
from toolkit_builder.exchange.strings import String, Strings

_HARD_SPACES = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class Taken:
    """What is done with a unit: its words change, its state is recorded, or neither; `left` says why not, where that
    is to be told.
    """

    words: bool = False
    state: bool = False
    left: str = ""


def plain_spaces(unit: Returned, now: str) -> Returned:
    """A unit without the no-break spaces that a program has put into its translation: there are none in the original,
    nor in the translation as it is now.
    """
    said = any(space in text for space in "\u00a0\u202f" for text in (unit.source, now))
    plain = unit.target.translate(_HARD_SPACES)
    if said or plain == unit.target:
        return unit
    note = "a program has put no-break spaces into it; they are taken as spaces"
    return replace(unit, target=plain, notes=(*unit.notes, note))


def is_untouched(unit: Returned) -> bool:
    """Whether nothing was done to a unit since it went out."""
    out = unit.exported
    return out is not None and out.translation == digest(unit.target.strip()) and _rank(unit.state) <= _rank(out.state)


def is_current(unit: Returned, original: str) -> bool:
    """Whether a unit was made from the original as it is now. Programs put other spaces into that as well."""
    return " ".join(unit.source.split()) == " ".join(original.split())


def decide(strings: Strings, string: String, unit: Returned, language: str, *, force: bool) -> Taken:
    """What of a unit is taken. `force`: also over what was accepted, or changed since the export."""
    now, state = string[language], strings.state(string, language)
    words, out = unit.target.strip(), unit.exported
    if is_untouched(unit):
        return Taken()
    if words == now:
        is_news = unit.state in ACCEPTED and (state not in ACCEPTED or _rank(unit.state) > _rank(state))
        return Taken(state=is_news)
    if force:
        return Taken(words=True, state=unit.state in ACCEPTED)
    if out and out.translation == digest(words):
        return Taken(left="is finished in the file, but its words were changed here since the export")
    if _rank(unit.state) == 0 and state in ACCEPTED:
        return Taken(left=f"is a draft in the file, and {state} here")
    is_as_exported = out is not None and out.translation == digest(now)
    if not is_as_exported and _rank(unit.state) < _rank(state):
        return Taken(left=f"is {unit.state} in the file, and {state} here")
    if out and not is_as_exported and _rank(unit.state) == _rank(state) and now:
        return Taken(left="was changed here since the export, and in the file too")
    return Taken(words=True, state=unit.state in ACCEPTED)


def _rank(state: str) -> int:
    return RANKS.get(state, 0)
