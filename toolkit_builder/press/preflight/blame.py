"""Where a page is too full: by how much, and which text somebody can change."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.press.geometry import TextPlace, TextRun

LONG = 40
"""A text of so many letters takes a line or more, and so may be why there is no room."""
MANY = 4
"""So many items of a list may be too many, though none of them is long."""
_OWN, _ACTION, _FRAMEWORK, _LABEL = range(4)
_ITEM = re.compile(r"\A(.*)\.\d+(?:\.[a-z_]+)?\Z")
"""The key of an item of a list (`keys.3`, `who.0.role`), and that of the list."""


@dataclass(frozen=True)
class Cause:
    """What could be less where there is no room: a text, or a list of `items`, of which `place` is the last one's."""

    place: TextPlace | None = None
    text: str = ""
    items: int = 0
    letters: int = 0
    lines: int = 0

    def told(self, beyond: Sequence[TextRun] = ()) -> str:
        """What to say of it, where this much has no room."""
        if self.items and self.place:
            list_key = _ITEM.sub(r"\1", self.place.key.partition("#")[2])
            of_list = f"“{list_key}” has {self.items} items, about {self.letters} letters"
            return f"{of_list}{self._surplus(beyond)}"
        return f"“{shown(self.text)}” is the longest text there"

    def _surplus(self, beyond: Sequence[TextRun]) -> str:
        """About how many items less would do: as many as have the lines that stand beyond."""
        lines = _lines([run for run in beyond if self.place and run.place.language == self.place.language] or beyond)
        fewer = math.ceil(lines * self.items / self.lines) if self.lines else 0
        if fewer >= self.items:
            return ", and none of them has room" if fewer else ""
        return f": about {fewer} fewer would do" if fewer else ""


def shown(text: str) -> str:
    """The beginning of a text, for messages."""
    return text if len(text) <= 40 else text[:38].rstrip() + "…"


def _lines(runs: Iterable[TextRun]) -> int:
    return len({(run.block, round(run.ink.bottom, 1)) for run in runs})


def rank(place: TextPlace) -> int:
    """Who would change a text first: a partnership its own, then whoever writes actions; labels stand on every page."""
    file = place.key.partition("#")[0]
    if "partnerships/" in file:
        return _OWN
    if "actions/" in file:
        return _ACTION
    return _LABEL if not file or file.endswith("labels.yaml") else _FRAMEWORK


def cause(runs: Iterable[TextRun]) -> Cause:
    """What is to be less where these have no room: the longest text, or a list of many items that has more letters than
    it; the partnership's own before the framework's.

    What a text has twice counts once: a label that stands in every row of a table is not long.
    """
    of_text: dict[TextPlace, dict[str, TextRun]] = {}
    for run in runs:
        if run.place.key:
            of_text.setdefault(run.place, {})[run.text] = run
    texts = {place: " ".join(lines) for place, lines in of_text.items()}
    long = {place: text for place, text in texts.items() if len(text) >= LONG} or texts
    found = [Cause(place, text, letters=len(text)) for place, text in long.items()]
    found += _lists(texts, of_text)
    return min(found, key=lambda one: (rank(one.place), -one.letters) if one.place else (0, 0), default=Cause())


def _lists(texts: Mapping[TextPlace, str], of_text: Mapping[TextPlace, Mapping[str, TextRun]]) -> Iterable[Cause]:
    """The lists of many items none of which has most of the letters."""
    lists: dict[tuple[str, str], list[TextPlace]] = {}
    for place in texts:
        if (item := _ITEM.fullmatch(place.key)) and rank(place) < _LABEL:
            lists.setdefault((item[1], place.language), []).append(place)
    for places in lists.values():
        lengths = [len(texts[place]) for place in places]
        if len(places) >= MANY and 2 * max(lengths) <= sum(lengths):
            lines = _lines(run for place in places for run in of_text[place].values())
            yield Cause(places[-1], texts[places[-1]], len(places), sum(lengths), lines)


def amount(runs: Sequence[TextRun]) -> str:
    """How much these are: `3 lines, about 120 letters`."""
    count = _lines(runs)
    letters = sum(len(run.text) for run in runs)
    return f"{count} {'line' if count == 1 else 'lines'}, about {letters} letters"


def height(runs: Sequence[TextRun]) -> float:
    """How far these reach from the first to the last, in mm."""
    return max((run.ink.bottom for run in runs), default=0.0) - min((run.ink.top for run in runs), default=0.0)
