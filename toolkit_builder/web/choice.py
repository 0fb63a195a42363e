"""Which cards are chosen: the query of the page's address, so that an address can be sent to a colleague.

Its names are those of the command's options: `?stage=early&category=finance&exclude=FM2`. One more takes a single card
in that the filters leave out: `add=GA3`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal
from urllib.parse import urlencode

from toolkit_builder.catalogue.model import Action, Catalogue, Text
from toolkit_builder.catalogue.selecting import Filters, Selection, Unstated, select
from toolkit_builder.errors import SelectionError

CATEGORY, SECTOR, ACTION, ADD, EXCLUDE = "category", "sector", "action", "add", "exclude"
UNSTATED, SOURCE = "unstated", "source_only"
OF_UNSTATED: tuple[Unstated, ...] = ("include", "exclude", "only")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Option:
    """A value that a filter may have: what it is called, how many cards have it, and whether it is asked for."""

    value: str
    label: Text
    count: int
    is_asked: bool


@dataclass(frozen=True)
class Group:
    """A filter: its name in the address, what it is called (None: by the page's own words), and its values."""

    name: str
    kind: Literal["scale", "category", "sector"]
    label: Text | None
    options: tuple[Option, ...]

    @property
    def is_used(self) -> bool:
        return any(option.is_asked for option in self.options)


@dataclass(frozen=True)
class Choice:
    """What an address asks for: `pairs` as they stand in it, `unknown` those that this deck does not have."""

    catalogue: Catalogue
    pairs: tuple[Pair, ...]
    unknown: tuple[Pair, ...] = ()

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def is_everything(self) -> bool:
        return not self.pairs

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for each, value in self.pairs if each == name)

    @cached_property
    def by_filters(self) -> Filters:
        """What the filters ask for, without the cards that are taken in or out."""
        scales = {scale.id: self.values(scale.id) for scale in self.catalogue.framework.scales}
        unstated = self.values(UNSTATED)
        return Filters(
            actions=self.values(ACTION),
            categories=self.values(CATEGORY),
            sectors=self.values(SECTOR),
            scales={scale: values for scale, values in scales.items() if values},
            source_only=bool(self.values(SOURCE)),
            unstated=next((each for each in OF_UNSTATED if each in unstated), None),
        )

    @cached_property
    def filters(self) -> Filters:
        """What the pipeline is asked for: with cards taken in, all by their codes."""
        exclude, added = self.values(EXCLUDE), self.values(ADD)
        if not added:
            return replace(self.by_filters, exclude=exclude)
        found = _selected(self.catalogue, self.by_filters)
        codes = {*(found.codes if found else ()), *added} - {*exclude}
        in_order = tuple(action.code for action in self.catalogue if action.code in codes)
        return Filters(actions=in_order, source_only=bool(self.values(SOURCE)))

    @cached_property
    def selection(self) -> Selection | None:
        """The cards that are chosen; None if there is none."""
        if self.values(ADD) and not self.filters.actions:
            return None
        return _selected(self.catalogue, self.filters)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return self.selection.codes if self.selection else ()

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The codes of cards that state no value for a filter, and are left out for it alone."""
        try:
            found = select(self.catalogue, self.by_filters)
        except SelectionError:
            included = _selected(self.catalogue, replace(self.by_filters, unstated="include"))
            silent = included.codes if included else ()
        else:
            silent = found.left_out
        return tuple(code for code in silent if code not in self.codes and code not in self.values(EXCLUDE))

    def with_action(self, code: str) -> Choice:
        """With this card, whatever the filters say."""
        return self._with(self._without(code))._taken_in(code)

    def without_action(self, code: str) -> Choice:
        """Without this card, whatever the filters say."""
        kept = self._with(self._without(code))
        return kept if code not in kept.codes else kept._with((*kept.pairs, (EXCLUDE, code)))

    def with_unstated(self) -> Choice:
        """With cards that state no value."""
        return self._with((*self.pairs, (UNSTATED, "include")))

    def groups(self) -> tuple[Group, ...]:
        """The filters with their values: scales as the framework has them, then categories and sectors."""
        framework = self.catalogue.framework
        found = [
            self._group(scale.id, "scale", scale.label, {step.id: step.label for step in scale.steps})
            for scale in framework.scales
            if scale.filter
        ]
        titles = {category.id: category.title for category in framework.categories}
        found.append(self._group(CATEGORY, "category", None, titles))
        for column in framework.people:
            if column.filter:
                sectors = {sector.id: sector.label for sector in column.sectors}
                found.append(self._group(SECTOR, "sector", column.label, sectors))
        return tuple(found)

    def _group(
        self, name: str, kind: Literal["scale", "category", "sector"], label: Text | None, texts: Mapping[str, Text]
    ) -> Group:
        asked = self.values(name)
        options = []
        for value, text in texts.items():
            alone = self._with(((name, value),))
            options.append(Option(value, text, len(alone.codes), value in asked))
        return Group(name, kind, label, tuple(options))

    def _with(self, pairs: Iterable[Pair]) -> Choice:
        return replace(self, pairs=tuple(dict.fromkeys(pairs)), unknown=())

    def _without(self, code: str) -> list[Pair]:
        return [pair for pair in self.pairs if pair not in ((ADD, code), (EXCLUDE, code))]

    def _taken_in(self, code: str) -> Choice:
        return self if code in self.codes else self._with((*self.pairs, (ADD, code)))


def choice_of(catalogue: Catalogue, asked: Iterable[Pair]) -> Choice:
    """What the pairs of an address ask for; those of other pages are passed over, and what this deck does not have is
    kept apart.
    """
    known = _known(catalogue)
    pairs = [(name, value) for name, value in asked if name in known]
    return Choice(
        catalogue,
        tuple(dict.fromkeys(pair for pair in pairs if pair[1] in known[pair[0]])),
        tuple(dict.fromkeys(pair for pair in pairs if pair[1] and pair[1] not in known[pair[0]])),
    )


def choice_as(catalogue: Catalogue, filters: Filters) -> Choice:
    """The choice that filters make."""
    several = {**filters.scales, CATEGORY: filters.categories, SECTOR: filters.sectors, ACTION: filters.actions}
    pairs = [(name, value) for name, values in several.items() for value in values]
    pairs += [(EXCLUDE, code) for code in filters.exclude]
    pairs += [(UNSTATED, filters.unstated)] if filters.unstated else []
    return choice_of(catalogue, [*pairs, *([(SOURCE, "yes")] if filters.source_only else [])])


def _known(catalogue: Catalogue) -> dict[str, set[str]]:
    framework = catalogue.framework
    codes = {action.code for action in catalogue}
    known = {scale.id: {*scale.step_ids} for scale in framework.scales if scale.filter}
    known[CATEGORY] = {category.id for category in framework.categories}
    known[SECTOR] = {sector.id for column in framework.people if column.filter for sector in column.sectors}
    known |= {ACTION: codes, ADD: codes, EXCLUDE: codes, UNSTATED: {*OF_UNSTATED}, SOURCE: {"yes"}}
    return known


def _selected(catalogue: Catalogue, filters: Filters) -> Selection | None:
    try:
        return select(catalogue, filters)
    except SelectionError:
        return None


def in_and_out(choice: Choice) -> tuple[list[Action], list[Action]]:
    """The cards that are chosen and those that are not, in the deck's order."""
    chosen = [action for action in choice.catalogue if action.code in choice.codes]
    return chosen, [action for action in choice.catalogue if action.code not in choice.codes]
