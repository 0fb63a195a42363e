"""A map of actions for the wall: the chart of the summary as bands, in which cards lie.

Columns are the steps of the chart's first scale, sections those of its second. Actions of a section that suit the same
steps lie in one band, across the columns of these, so that each action is there once. Bands that leave one another room
stand side by side, on a line. All lengths are in mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from toolkit_builder.catalogue.model import Action, Category, Rating, Text
from toolkit_builder.products.chart import Chart, Scale

WIDTH = 404.0
"""Of all columns."""
LEAST_CARD, GREATEST_CARD = 58.0, 68.0
"""How wide a card is, where its column has room; a column that is narrower than the least has none."""
MOST_ROWS = 4
"""A band of more rows of cards is cut up, so that it does not have to be broken at the end of a page."""


@dataclass(frozen=True)
class StepBand:
    """Actions that suit the same steps: from the first of these columns on, across so many, counted from 0. Between
    them there may be steps that do not suit: `suits` says it column by column. `rows`: of its cards. `rating`: theirs;
    without a scale, none.
    """

    first: int
    length: int
    suits: tuple[bool, ...]
    actions: tuple[Action, ...]
    rows: int
    rating: Rating | None = None

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.first + self.length


Line = tuple[StepBand, ...]
"""Bands side by side, from the left."""


@dataclass(frozen=True)
class Section:
    """Lines about the actions with one value on the chart's second scale (`rating`), or of one category."""

    lines: tuple[Line, ...]
    rating: Rating | None = None
    category: Category[Text] | None = None

    @property
    def bands(self) -> tuple[StepBand, ...]:
        """All its bands."""
        return tuple(band for line in self.lines for band in line)


@dataclass(frozen=True)
class WallMap:
    """The map: the scale whose steps are its columns, the one whose values are its sections, and these."""

    across: Scale | None
    down: Scale | None
    sections: tuple[Section, ...]

    @property
    def columns(self) -> int:
        return len(self.across.steps) if self.across else 1

    @property
    def column_width(self) -> float:
        return WIDTH / self.columns

    @property
    def card_width(self) -> float:
        """As many cards stand side by side in a column as have room, and share it."""
        return min(GREATEST_CARD, self.column_width / _across(self.columns))

    @property
    def lines(self) -> int:
        """How many lines of bands there are."""
        return sum(len(section.lines) for section in self.sections)

    @property
    def rows(self) -> int:
        """How many rows of cards there are, one below the other."""
        return sum(max(band.rows for band in line) for section in self.sections for line in section.lines)


def wall_map(chart: Chart, groups: Sequence[tuple[Category[Text], Sequence[Action]]]) -> WallMap:
    """The map of a chart; where that has no sections, of the groups by category.

    A scale of so many steps that a card has no room in a column is no columns; there is one then.
    """
    across = chart.across if chart.across and len(chart.across.steps) <= WIDTH // LEAST_CARD else None
    if chart.sections:
        sections = tuple(Section(_lines(across, those), rating) for rating, those in chart.sections)
    else:
        sections = tuple(Section(_lines(across, those), category=category) for category, those in groups)
    return WallMap(across, chart.down, sections)


def _across(columns: int) -> int:
    """How many cards stand side by side in a column."""
    return max(1, floor(WIDTH / columns / LEAST_CARD))


def _lines(scale: Scale | None, actions: Sequence[Action]) -> tuple[Line, ...]:
    """The bands of these actions, each on the first line that has its columns free."""
    lines: list[list[StepBand]] = []
    for band in _bands(scale, actions):
        free = (line for line in lines if all(band.first >= one.end or band.end <= one.first for one in line))
        line = next(free, None)
        if line is None:
            lines.append([band])
        else:
            line.append(band)
    return tuple(tuple(sorted(line, key=lambda band: band.first)) for line in lines)


def _bands(scale: Scale | None, actions: Sequence[Action]) -> list[StepBand]:
    """By the steps that suit, shorter ones first, and of these those that begin first; what is not stated comes last,
    across all columns, and none of them suits. What is provisional lies apart from what the source says.
    """
    if scale is None:
        return _cut(0, (True,), actions, _across(1))
    found: dict[tuple[object, ...], list[Action]] = {}
    for action in actions:
        rating = action.rating(scale.id)
        places = tuple(scale.step_ids.index(step) for step in rating.steps)
        reach = places[-1] - places[0] if places else 0
        found.setdefault((not places, reach, places, rating.basis), []).append(action)
    bands: list[StepBand] = []
    for _, those in sorted(found.items(), key=lambda each: each[0]):
        rating = those[0].rating(scale.id)
        suits = [step in rating.steps for step in scale.step_ids]
        first, end = (suits.index(True), len(suits) - suits[::-1].index(True)) if any(suits) else (0, len(suits))
        bands += _cut(first, tuple(suits[first:end]), those, _across(len(suits)), rating)
    return bands


def _cut(
    first: int, suits: tuple[bool, ...], actions: Sequence[Action], across: int, rating: Rating | None = None
) -> list[StepBand]:
    """Bands of these actions, none of more rows than the most."""
    in_row = across * len(suits)
    parts = [tuple(actions[at : at + in_row * MOST_ROWS]) for at in range(0, len(actions), in_row * MOST_ROWS)]
    return [StepBand(first, len(suits), suits, part, ceil(len(part) / in_row), rating) for part in parts]
