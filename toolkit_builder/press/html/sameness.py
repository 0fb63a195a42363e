"""Which leaves print the same: what they are made of, by its content, in whatever catalogue it stands.

A press that stays (`warm_press.py`) has another catalogue after each edit, and nearly all of its leaves are made of
what they were made of before. Batches have thousands of plans whose leaves are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

from toolkit_builder.catalogue.model import Action, Catalogue, Category, Language, ScaleColumn, Step, Text
from toolkit_builder.press.hashing import digest_of

MEMORY = 2000
"""So many actions are remembered by their objects."""


class Sameness:
    """Of one catalogue. Parts of its framework are known by where they stand in it, and actions by what they say: what
    else leaves are printed with is for whoever compares those of several catalogues to hold together
    (`surroundings`).
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._actions: dict[int, tuple[Action, str]] = {}

    def of(self, value: Any) -> Hashable:
        """The same for values that print the same. Raises TypeError if that is not known of a value of its type."""
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, Action):
            return self._action(value)
        if isinstance(value, Category | Language | ScaleColumn | Step):
            return self._part(value)
        if isinstance(value, Text):
            return (str(value.origin), tuple(value.as_dict().items()))
        if isinstance(value, Mapping):
            return tuple((name, self.of(one)) for name, one in value.items())
        if isinstance(value, list | tuple):
            return tuple(map(self.of, value))
        if is_dataclass(value):
            return (type(value), *(self.of(getattr(value, field.name)) for field in fields(value)))
        raise TypeError(f"unknown to be the same: {type(value).__name__}")

    @cached_property
    def surroundings(self) -> str:
        """What leaves are printed with beside what they are made of, as far as the catalogue says it: its framework and
        labels, which actions there are and in which order, how far translations of what is no action's have come.
        """
        catalogue = self.catalogue
        codes = [(action.code, action.category) for action in catalogue]
        words = repr(catalogue.framework), repr(catalogue.labels), self._reviewed.get("", [])
        return digest_of(*words, codes, catalogue.has_provisional)

    def _action(self, action: Action) -> Hashable:
        """A hash of all that an action says, and of how far its translations have come."""
        if id(action) not in self._actions:
            if len(self._actions) > MEMORY:  # selections without provisional values have actions of their own
                self._actions.clear()
            self._actions[id(action)] = action, digest_of(repr(action), self._reviewed.get(action.file, []))
        return self._actions[id(action)][1]

    def _part(self, part: object) -> Hashable:
        """Raises TypeError if the framework has no such part."""
        if id(part) not in self._parts:
            raise TypeError(f"not a part of the framework: {part}")
        return self._parts[id(part)]

    @cached_property
    def _parts(self) -> dict[int, Hashable]:
        framework = self.catalogue.framework
        parts: dict[int, Hashable] = {id(category): ("category", category.id) for category in framework.categories}
        parts |= {id(language): ("language", language.id) for language in framework.languages}
        for scale in framework.scales:
            parts[id(scale)] = ("scale", scale.id)
            parts |= {id(step): ("step", scale.id, step.id) for step in scale.steps}
        return parts

    @cached_property
    def _reviewed(self) -> dict[str, list[tuple[str, str]]]:
        """The states of translations by the file of their action; under an empty name those of all others."""
        files = {action.file for action in self.catalogue}
        states: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, state in sorted(self.catalogue.review.items()):
            file = key.partition("#")[0]
            states[file if file in files else ""].append((key, state))
        return states
