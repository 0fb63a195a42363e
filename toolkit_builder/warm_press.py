"""A warm press: what stays from one request to the next, for whoever makes things again and again (`build --watch`).

Processes have the engine loaded and styles parsed; layouts are compiled; plates and fonts are in memory; leaves that
print what they printed before are not rendered again. All of it is known by what it was made of, so that what a warm
press makes is what a cold one makes, byte for byte.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.product_table import Products, products_of
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.storage import Where
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.standing_pool import StandingPool
from toolkit_builder.project import Project
from toolkit_builder.recall import project_state, surroundings


class WarmPress:
    """For a `with` statement, and for `build.make`. `processes`: how many typeset side by side; None: one a core.

    One request at a time. It is warm for one project and store: with others it begins anew.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._pool = StandingPool(processes or os.cpu_count() or 1)
        self._press: Press | None = None
        self._of: tuple[Path, Where | None] | None = None
        self._state = ""
        self._read: tuple[Path, str, Catalogue, Products] | None = None

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.__exit__(*error)

    def read(self, project: Project) -> tuple[Catalogue, Products]:
        """The catalogue and the products of a project, read again only if one of its files has changed: who types in a
        partnership's form changes none of them. Raises FaultsError if the catalogue is wrong.
        """
        self._state = ""  # a request begins, and the press keeps no more of the one before than of any
        state = project_state(project)  # before it is read: what changes meanwhile is read the next time
        if self._read is None or self._read[:2] != (project.root, state):
            catalogue = load(project)
            self._read = project.root, state, catalogue, products_of(project, catalogue)
        return self._read[2:]

    @contextmanager
    def press(self, project: Project, catalogue: Catalogue, store: Store) -> Iterator[Press]:
        """The press, for a catalogue that was just read, with layouts and styles as they are now."""
        of = project.root, store.where
        if self._press is None or self._of != of:
            self._press = Press(project, catalogue, store, backend=self._pool.typeset, font_maker=self._pool.make_font)
            self._of, self._state = of, ""
        self._press.store = store
        around, whole = surroundings(project), project_state(project)
        if catalogue is not self._press.catalogue or whole != self._state:  # else it is the same request's next part
            self._press.take(catalogue, around)
            self._state = whole
        try:
            yield self._press
        finally:
            if surroundings(project) != around:  # leaves may have been rendered with either
                self._press.forget_rendered()
