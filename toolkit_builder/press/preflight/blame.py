"""Where a page is too full: by how much, and which text somebody can change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit_builder.press.geometry import TextPlace, TextRun

LONG = 40
"""A text of so many letters takes a line or more, and so may be why there is no room."""
_OWN, _ACTION, _FRAMEWORK, _LABEL = range(4)


def rank(place: TextPlace) -> int:
    """Who would change a text first: a partnership its own, then whoever writes actions; labels stand on every page."""
    file = place.key.partition("#")[0]
    if "partnerships/" in file:
        return _OWN
    if "actions/" in file:
        return _ACTION
    return _LABEL if not file or file.endswith("labels.yaml") else _FRAMEWORK


def cause(runs: Iterable[TextRun]) -> tuple[TextPlace | None, str]:
    """The text to be shortened where these have no room: the longest, the partnership's own before the framework's.

    What a text has twice counts once: a label that stands in every row of a table is not long.
    """
    lines: dict[TextPlace, dict[str, None]] = {}
    for run in runs:
        if run.place.key:
            lines.setdefault(run.place, {})[run.text] = None
    texts = [(place, " ".join(of_text)) for place, of_text in lines.items()]
    long = [one for one in texts if len(one[1]) >= LONG] or texts
    return min(long, key=lambda one: (rank(one[0]), -len(one[1])), default=(None, ""))


def amount(runs: Sequence[TextRun]) -> str:
    """How much these are: `3 lines, about 120 letters`."""
    count = len({(run.block, round(run.ink.bottom, 1)) for run in runs})
    letters = sum(len(run.text) for run in runs)
    return f"{count} {'line' if count == 1 else 'lines'}, about {letters} letters"


def height(runs: Sequence[TextRun]) -> float:
    """How far these reach from the first to the last, in mm."""
    return max((run.ink.bottom for run in runs), default=0.0) - min((run.ink.top for run in runs), default=0.0)
