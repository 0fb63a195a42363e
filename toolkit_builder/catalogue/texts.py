"""All texts of a catalogue, each once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from toolkit_builder.catalogue.model import Catalogue, Rating, Text


def texts(catalogue: Catalogue) -> Iterator[Text]:
    """The texts of the framework, the labels, the actions and the provisional values' reasons."""
    actions = [[action.title, action.pictogram, action.lost, *action.values.values()] for action in catalogue]
    found = {text.origin: text for text in within([catalogue.framework, catalogue.labels, actions])}
    place = {name: at for at, name in enumerate(catalogue.positions)}
    language = catalogue.framework.language_ids[0]
    yield from sorted(found.values(), key=lambda text: place.get(f"{text.origin}.{language}", len(place)))


def within(value: Any) -> Iterator[Text]:
    """Every text in a value: of a model, a mapping or a list, one within the other."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from within(getattr(value, name))
    elif isinstance(value, Rating):
        yield from within(value.reason)
    elif isinstance(value, Mapping):
        yield from within(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from within(item)
