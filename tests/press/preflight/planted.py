"""A silent fault: what is planted, and what has to be said of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Planted:
    """A fault on the page of one leaf: its body, its style, and a pattern of what is said, with the place to mend."""

    name: str
    body: str
    css: str
    said: str


@dataclass(frozen=True)
class PlantedInProject:
    """A fault in a whole project: what is put for what in which file, the command, a pattern of what is said."""

    name: str
    edits: tuple[tuple[str, str, str], ...]
    command: tuple[str, ...]
    said: str
