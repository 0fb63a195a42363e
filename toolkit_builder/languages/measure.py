"""Where a title is evened out: the narrowest measure (length of a line) in which it takes no more lines.

The engine fills lines one after the other, and leaves the last word alone. It is given a narrower measure instead, from
about how wide letters are. Where the estimate is out, a title breaks as it would have, or takes the shape of a wider
one.
"""

from __future__ import annotations

import math
import re

from toolkit_builder.languages.breaking import LEAST_MIDDLE_LINE, UNSURE, unbroken
from toolkit_builder.languages.widths import SPACE, are_known, width

EVEN = 2
"""Titles of so many lines are evened out; longer ones are set smaller first."""
_SPACES = re.compile(r"[ \t\n]+")
"""Where lines may break; not at spaces that are there to hold words together."""
_AFTER_SLASHES = re.compile(r"(?<=/)")
"""Where the engine breaks a word that is wider than its line."""
_ROUNDING = 1e-6
"""Of sums of the same widths in another order."""
SPARE = 1.03
"""How much wider the measure is than the estimate: one that is too narrow by a hair would cost a line."""
SPARE_OF_ONE_WIDTH = 1.12
"""The same in scripts whose letters are reckoned as all of one width."""


def balanced(text: str, language: str, measure: float) -> float:
    """The narrowest measure in em in which a title takes as many lines as in `measure`, and not more than that; of such
    the first in which no line between two others is short.
    """
    runs = _runs(text, language, measure)
    count = len(_lines(runs, measure))
    candidates = sorted(
        {_whole(runs[start:end]) for start in range(len(runs)) for end in range(start + 1, len(runs) + 1)}
    )
    longest = max((run for _, run in runs), default=0)  # a run that is longer than its line would be broken within
    fitting = [each for each in candidates if longest <= each <= measure and len(_lines(runs, each)) == count]
    even = (each for each in fitting if _is_even(runs, each))
    spare = SPARE if are_known(text) else SPARE_OF_ONE_WIDTH
    return round(min(next(even, next(iter(fitting), measure)) * spare, measure), 2)


def _is_even(runs: list[tuple[float, float]], measure: float) -> bool:
    """Whether no line between two others is short, if the estimate is right and if words are less wide than that."""
    set_out = (_lines(runs, each * measure)[1:-1] for each in UNSURE if each >= 1)
    return all(line >= LEAST_MIDDLE_LINE * measure for between in set_out for line in between)


def lines(text: str, language: str, measure: float) -> int:
    """About how many lines of `measure` em a title takes."""
    return len(_lines(_runs(text, language, measure), measure))


def _runs(text: str, language: str, measure: float) -> list[tuple[float, float]]:
    """The runs of a text between which its lines may break: how wide the space is before each, and how wide it is."""
    runs = []
    for run, _ in unbroken(_SPACES.split(text.strip()), language):
        first, *rest = _parts(run, measure)
        runs += [(SPACE, width(first)), *((0.0, width(part)) for part in rest)]
    return runs


def _parts(word: str, measure: float) -> list[str]:
    """What a word is broken into, after its slashes, where it is wider than its line."""
    return (list(filter(None, _AFTER_SLASHES.split(word))) if width(word) > measure else []) or [word]


def widest_word(text: str, measure: float = math.inf) -> float:
    """About how wide the widest word of a text is in bold, in em; in lines of `measure` em, a part of it."""
    return max((width(part) for word in text.split() for part in _parts(word, measure)), default=0.0)


def _lines(runs: list[tuple[float, float]], measure: float) -> list[float]:
    """How long the lines are in which runs are set one after the other."""
    lines: list[float] = []
    for space, run in runs:
        if lines and lines[-1] + space + run <= measure + _ROUNDING:
            lines[-1] += space + run
        else:
            lines.append(run)
    return lines


def _whole(runs: list[tuple[float, float]]) -> float:
    """How wide runs are on one line."""
    return sum(space + run for space, run in runs) - runs[0][0]
