"""A map of actions for the wall: the chart of the summary, with each action as a bar that is as long as its steps.

Columns are the steps of the chart's first scale, sections those of its second. A bar lies across the columns of the
steps that suit its action, so that each action is there once, large enough to be read from the middle of a room. All
lines are of one height, and each language of a title has a line or a column of its own: a bar that is as many columns
long as there are languages takes one line, a shorter one as many as that makes. Bars that leave one another room stand
side by side. All lengths are in mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil

from toolkit_builder.catalogue.model import Action, Category, Rating, Text
from toolkit_builder.products.chart import Chart, Scale

WIDTH = 404.0
"""Of all columns."""
LEAST_COLUMN = 67.0
"""How wide a column has to be for a bar; steps whose columns would be narrower are none."""
PLAIN_COLUMNS = 3
"""How many stand side by side where there are no steps."""


@dataclass(frozen=True)
class Bar:
    """An action across the columns of its steps: from the first of them on, so many, counted from 0; and so many lines
    high.

    Between these there may be steps that do not suit: `suits` says it column by column. `rating`: the action's; without
    a scale, none.
    """

    first: int
    length: int
    high: int
    suits: tuple[bool, ...]
    action: Action
    rating: Rating | None = None

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.first + self.length


Line = tuple[Bar, ...]
"""The bars that begin on a line, from the left; none, where it is taken by those that began above."""


@dataclass(frozen=True)
class Section:
    """Lines about the actions with one value on the chart's second scale (`rating`), or of one category.

    `unstated`: those for which no step is stated, one in each column.
    """

    lines: tuple[Line, ...]
    unstated: tuple[Line, ...] = ()
    rating: Rating | None = None
    category: Category[Text] | None = None

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All its bars."""
        return tuple(bar for line in (*self.lines, *self.unstated) for bar in line)


@dataclass(frozen=True)
class WallMap:
    """The map: the scale whose steps are its columns, the one whose values are its sections, and these."""

    across: Scale | None
    down: Scale | None
    sections: tuple[Section, ...]

    @property
    def columns(self) -> int:
        return _columns(self.across)

    @property
    def column_width(self) -> float:
        return WIDTH / self.columns

    @property
    def lines(self) -> int:
        """How many lines of bars there are, one below the other."""
        return sum(len(section.lines) + len(section.unstated) for section in self.sections)

    @property
    def notes(self) -> int:
        """How many sections say that for some actions no step is stated."""
        return sum(bool(self.across and section.unstated) for section in self.sections)


def wall_map(chart: Chart, groups: Sequence[tuple[Category[Text], Sequence[Action]]], languages: int = 1) -> WallMap:
    """The map of a chart in so many languages; where that has no sections, of the groups by category.

    A scale of so many steps that a bar has no room in a column is no columns.
    """
    across = chart.across if chart.across and len(chart.across.steps) <= WIDTH // LEAST_COLUMN else None
    if chart.sections:
        sections = tuple(Section(*_lines(across, those, languages), rating=rating) for rating, those in chart.sections)
    else:
        sections = tuple(Section(*_lines(across, those, languages), category=category) for category, those in groups)
    return WallMap(across, chart.down, sections)


def _columns(across: Scale | None) -> int:
    return len(across.steps) if across else PLAIN_COLUMNS


def _lines(
    across: Scale | None, actions: Sequence[Action], languages: int
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The bars of these actions, each where its columns are free first; and those that have no step."""
    ratings = [(action, action.rating(across.id) if across else None) for action in actions]
    unstated = [(action, rating) for action, rating in ratings if not (rating and rating.steps)]
    columns = _columns(across)
    return (
        _placed(_bars(across, actions, languages) if across else ()),
        _placed(
            Bar(at % columns, 1, languages, (False,), action, rating) for at, (action, rating) in enumerate(unstated)
        ),
    )


def _placed(bars: Iterable[Bar]) -> tuple[Line, ...]:
    """Bars on lines, in the order in which they are given where they have the same columns.

    Those that are higher come before others, so that none is torn apart where a map goes on on a further page.
    """
    lines: list[list[Bar]] = []
    taken: list[set[int]] = []
    for bar in sorted(bars, key=lambda bar: -bar.high):
        columns = set(range(bar.first, bar.end))
        at = next(at for at in count() if not any(columns & one for one in taken[at : at + bar.high]))
        while len(lines) < at + bar.high:
            lines.append([])
            taken.append(set())
        lines[at].append(bar)
        for one in taken[at : at + bar.high]:
            one |= columns
    return tuple(tuple(sorted(line, key=lambda bar: bar.first)) for line in lines)


def _bars(scale: Scale, actions: Sequence[Action], languages: int) -> Iterator[Bar]:
    """Of the actions with steps: shorter ones first, of these those that begin first, and then as they come."""
    placed = [(action, [scale.step_ids.index(step) for step in action.rating(scale.id).steps]) for action in actions]
    stated = [(action, places) for action, places in placed if places]
    for action, places in sorted(stated, key=lambda each: (each[1][-1] - each[1][0], each[1][0])):
        first, end = places[0], places[-1] + 1
        suits = tuple(at in places for at in range(first, end))
        yield Bar(first, end - first, ceil(languages / (end - first)), suits, action, action.rating(scale.id))
