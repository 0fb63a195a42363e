"""Where a title is evened out: the narrowest measure (length of a line) in which it takes no more lines.

The engine fills lines one after the other, and leaves the last word alone. It is given a narrower measure instead, from
about how wide letters are. Where the estimate is out, a title breaks as it would have, or takes the shape of a wider
one.
"""

from __future__ import annotations

import re

from toolkit_builder.languages.breaking import unbroken
from toolkit_builder.languages.widths import SPACE, are_known, width

EVEN = 2
"""Titles of so many lines are evened out; longer ones are set smaller first."""
_SPACES = re.compile(r"[ \t\n]+")
"""Where lines may break; not at spaces that are there to hold words together."""
_ROUNDING = 1e-6
"""Of sums of the same widths in another order."""
SPARE = 1.03
"""How much wider the measure is than the estimate: one that is too narrow by a hair would cost a line."""
SPARE_OF_ONE_WIDTH = 1.12
"""The same in scripts whose letters are reckoned as all of one width."""


def balanced(text: str, language: str, measure: float) -> float:
    """The narrowest measure in em in which a title takes as many lines as in `measure`, and not more than that."""
    runs = _runs(text, language)
    count = _lines(runs, measure)
    candidates = sorted(
        {
            sum(runs[start:end]) + _space(end - start)
            for start in range(len(runs))
            for end in range(start + 1, len(runs) + 1)
        }
    )
    longest = max(runs, default=0)  # a run that is longer than its line would be broken within
    fitting = (each for each in candidates if longest <= each <= measure and _lines(runs, each) == count)
    spare = SPARE if are_known(text) else SPARE_OF_ONE_WIDTH
    return round(min(next(fitting, measure) * spare, measure), 2)


def lines(text: str, language: str, measure: float) -> int:
    """About how many lines of `measure` em a title takes."""
    return _lines(_runs(text, language), measure)


def _runs(text: str, language: str) -> list[float]:
    """How wide the runs of a text are between which its lines may break."""
    return [width(run) for run, _ in unbroken(_SPACES.split(text.strip()), language)]


def widest_word(text: str) -> float:
    """About how wide the widest word of a text is in bold, in em."""
    return max(map(width, text.split()), default=0.0)


def _lines(runs: list[float], measure: float) -> int:
    """How many lines runs take that are set one after the other."""
    count, used = 0, measure
    for run in runs:
        used += SPACE + run
        if not count or used > measure + _ROUNDING:
            count, used = count + 1, run
    return count


def _space(runs: int) -> float:
    return SPACE * (runs - 1)
