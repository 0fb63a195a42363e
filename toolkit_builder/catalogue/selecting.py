"""Which actions the filters leave, and what is left out because it states nothing.

Values of one filter are alternatives; different filters all hold.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from toolkit_builder.catalogue.explaining import parts_of
from toolkit_builder.catalogue.model import Action, Catalogue, Rating, Text, Value
from toolkit_builder.errors import SelectionError, UsageError

Unstated = Literal["include", "exclude", "only"]

UNSTATED = Rating((), False, "unstated")


@dataclass(frozen=True)
class Filters:
    """Which actions are asked for.

    `scales` holds the wanted steps by the id of their scale; `unstated` says what becomes of actions without a value
    for a filter (None: they are left out). `named`: scales that were asked for by an option of their own (`--stage`).
    """

    categories: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actions: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    source_only: bool = False
    unstated: Unstated | None = None
    named: tuple[str, ...] = ()

    def in_words(self) -> str:
        """The filters as they are typed."""
        words = [f"--category {value}" for value in self.categories]
        words += [f"--sector {value}" for value in self.sectors]
        words += [self.condition(scale, value) for scale, values in self.scales.items() for value in values]
        words += [f"--action {value}" for value in self.actions]
        words += [f"--exclude {value}" for value in self.exclude]
        words += ["--source-only"] if self.source_only else []
        words += [f"--unstated {self.unstated}"] if self.unstated not in (None, "exclude") else []
        return " ".join(words)

    def condition(self, scale: str, value: str) -> str:
        """A value of a scale as it is typed."""
        return f"--{scale} {value}" if scale in self.named else f"--where {scale}={value}"


@dataclass(frozen=True)
class Criterion:
    """One filter in the framework's own words, to be printed: a label and the values that were asked for."""

    label: Text
    values: tuple[Text, ...]


@dataclass(frozen=True)
class Selection:
    """The actions that the filters leave, in the catalogue's order.

    `left_out` are the codes of actions without a value for a filter that would otherwise have been selected.
    """

    catalogue: Catalogue
    actions: tuple[Action, ...]
    filters: Filters
    left_out: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(action.code for action in self.actions)

    @property
    def is_whole(self) -> bool:
        return len(self.actions) == len(self.catalogue.actions)

    def in_words(self) -> str:
        """How many actions were selected, and which were left out for want of a value."""
        words = f"{len(self.actions)} of {len(self.catalogue.actions)} actions selected"
        if self.left_out:
            words += f"; {len(self.left_out)} left out, for which a value is not stated: {', '.join(self.left_out)}"
        return words

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The filters on columns in words. Categories, actions by code and exclusions are for the layout to say."""
        framework = self.catalogue.framework
        criteria = [
            Criterion(column.label, tuple(column.sector(sector).label for sector in self.filters.sectors))
            for column in framework.people
            if column.filter and self.filters.sectors
        ]
        for scale in framework.scales:
            wanted = self.filters.scales.get(scale.id, ())
            if wanted:
                criteria.append(Criterion(scale.label, tuple(scale.step(step).label for step in wanted)))
        return tuple(criteria)


def select(catalogue: Catalogue, filters: Filters) -> Selection:
    """The actions that hold against all filters.

    With `source_only` provisional values count as not stated, in the filters and in what is printed.
    Raises UsageError for a value that does not exist, SelectionError if nothing is left.
    """
    _check(catalogue, filters)
    if filters.source_only:
        catalogue = _without_provisional(catalogue)
    kept: list[Action] = []
    left_out: list[Action] = []
    for action in catalogue:
        answers = [_named(catalogue, action, filters), *(_suits(action, *item) for item in filters.scales.items())]
        if False in answers:
            continue
        if None in answers:
            (left_out if filters.unstated in (None, "exclude") else kept).append(action)
        elif filters.unstated != "only":
            kept.append(action)
    codes = tuple(action.code for action in left_out)
    if not kept:
        raise SelectionError(_nothing_left(filters, codes))
    return Selection(catalogue, tuple(kept), filters, codes)


def _named(catalogue: Catalogue, action: Action, filters: Filters) -> bool:
    """Whether the filters hold that every action can answer: category, code, sector."""
    if filters.categories and action.category not in filters.categories:
        return False
    if filters.actions and action.code not in filters.actions:
        return False
    if action.code in filters.exclude:
        return False
    if not filters.sectors:
        return True
    for column in catalogue.framework.people:
        wanted = {sector for asked in filters.sectors for sector in column.found_by(asked)}
        if column.filter and any(wanted.intersection(party.sectors) for party in action.parties(column.id)):
            return True
    return False


def _suits(action: Action, scale: str, wanted: tuple[str, ...]) -> bool | None:
    """Whether one of the wanted steps suits the action; None if the action has no value there."""
    rating = action.rating(scale)
    if rating.basis == "unstated":
        return None
    return any(step in rating.steps for step in wanted)


def _without_provisional(catalogue: Catalogue) -> Catalogue:
    def stated(value: Value) -> Value:
        return UNSTATED if isinstance(value, Rating) and value.basis == "provisional" else value

    actions = tuple(
        replace(action, values={column: stated(value) for column, value in action.values.items()})
        for action in catalogue
    )
    return replace(catalogue, actions=actions)


def _nothing_left(filters: Filters, left_out: tuple[str, ...]) -> str:
    message = f"Error: no action is left by: {filters.in_words()}."
    if left_out:
        message += f" Not stated for: {', '.join(left_out)}; “--unstated include” takes them in."
    return message


# -- values that do not exist -------------------------------------------------------------------------------------


def _check(catalogue: Catalogue, filters: Filters) -> None:
    framework = catalogue.framework
    codes = [action.code for action in catalogue]
    _exist("--category", filters.categories, [category.id for category in framework.categories])
    _exist("--action", filters.actions, codes)
    _exist("--exclude", filters.exclude, codes)
    sectors = [sector.id for column in framework.people if column.filter for sector in column.sectors]
    _exist("--sector", filters.sectors, sectors)
    scales = {scale.id: scale for scale in framework.scales if scale.filter}
    for scale_id, steps in filters.scales.items():
        option = f"--{scale_id}" if scale_id in filters.named else f"--where {scale_id}"
        if scale_id not in scales:
            message = f"this framework has no scale “{scale_id}” to select by. It has: {', '.join(scales) or 'none'}."
            raise UsageError(f"{option}: {message}")
        labels = {
            label.casefold(): step.id for step in scales[scale_id].steps for label in step.label.as_dict().values()
        }
        _exist(option, steps, list(scales[scale_id].step_ids), labels)


def _exist(
    option: str, values: Iterable[str], allowed: list[str], labels: Mapping[str, str] = MappingProxyType({})
) -> None:
    """`labels`: what the values are called in print, which is not what is typed."""
    for value in values:
        if value not in allowed:
            parts = parts_of(value)
            if len(parts) > 1 and set(parts) & {*allowed}:
                joined = "=" if option.startswith("--where ") else " "
                typed = " ".join(f"{option}{joined}{part}" for part in parts)
                raise UsageError(f"{option}: “{value}” is more than one value; type {typed}")
            if meant := labels.get(value.casefold()):
                joined = "=" if option.startswith("--where ") else " "
                raise UsageError(f"{option}: “{value}” is the label of {meant}; type {option}{joined}{meant}")
            near = difflib.get_close_matches(value, allowed, 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            listed = f" Allowed: {', '.join(allowed)}." if allowed else " This framework has none."
            raise UsageError(f"{option}: no value “{value}”.{hint}{listed}")
