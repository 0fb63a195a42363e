"""The project that the page is about, read again when its files have changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.loading import load, load_in, load_languages
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import original_language
from toolkit_builder.documents.product_table import Products, products_of
from toolkit_builder.errors import FaultsError
from toolkit_builder.partnerships.loading import FOLDER, Partnerships
from toolkit_builder.project import Project
from toolkit_builder.web.drawings import Drawings

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Reading:
    """A project as it was read: `version` is another one for other content."""

    project: Project
    catalogue: Catalogue
    products: Products
    drawings: Drawings
    version: str

    @property
    def partnerships(self) -> Partnerships:
        """The partnerships of the project, read anew each time."""
        return Partnerships(self.project, self.catalogue, self.products)


class Library:
    """A project. `is_own`: whether its partnerships may be changed; those of the shipped one may not."""

    def __init__(self, project: Project, *, is_own: bool) -> None:
        self.project = project
        self.is_own = is_own
        self._lock = threading.Lock()
        self._read: tuple[Signature, Reading] | None = None

    def read(self) -> Reading:
        """The project as it is now. Raises FaultsError if its catalogue is wrong."""
        with self._lock:
            signature = _signature(self.project)
            if self._read is None or self._read[0] != signature:
                self._read = signature, self._reading(load(self.project), signature)
            return self._read[1]

    def read_unfinished(self) -> Reading:
        """The same for those who fill in what is missing: languages that lack texts are left out of it then.

        Raises FaultsError if anything else is wrong with the catalogue.
        """
        try:
            return self.read()
        except FaultsError:
            original = original_language(load_languages(self.project))
            return self._reading(load_in(self.project, original), _signature(self.project))

    def _reading(self, catalogue: Catalogue, signature: Signature) -> Reading:
        table, version = products_of(self.project, catalogue), format(abs(hash(signature)), "x")
        return Reading(self.project, catalogue, table, Drawings(self.project, catalogue), version)


def _signature(project: Project) -> Signature:
    """Name, time and size of every file that pages are made from, but for those of partnerships."""
    found: list[tuple[str, int, int]] = []
    for place in (project.content, *project.layouts):
        for path in sorted(place.rglob("*")):
            if FOLDER in path.relative_to(place).parts[:1]:
                continue
            found += _stamp(path)
    return tuple(found)


def _stamp(path: Path) -> list[tuple[str, int, int]]:
    try:
        status = path.stat()
    except OSError:  # it has just gone
        return []
    return [(str(path), status.st_mtime_ns, status.st_size)]
