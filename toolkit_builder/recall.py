"""What a command would make, recalled from the last time that everything was the same.

Keys of documents are worked out from printed leaves, which takes longer than a person wants to wait for "nothing has
changed". So the store also keeps, for all that a command's files depend on (every file of the project, the selection,
this tool itself), the keys that came of it. It is a shortcut only: without it the same keys are worked out.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.documents.plan import Plan
from toolkit_builder.own_state import DamagedError, from_msgpack
from toolkit_builder.press.hashing import digest_of, files_digest
from toolkit_builder.press.keys import binding_digest, versions
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project
from toolkit_builder.regular_files import UnreadableFileError, is_file, read_regular
from toolkit_builder.target import Target, recalled_target
from toolkit_builder.version import __version__

PARTNERSHIPS = "partnerships"
TEXTS = ("actions/", "labels.yaml", "framework.yaml", "review.lock")
"""What of `content` is wholly in the catalogue."""


class Recall:
    """The keys of the files of one command, by their names."""

    def __init__(
        self,
        store: Store,
        project: Project,
        selection: Selection,
        asked: tuple[Any, ...],
        partnership: str = "",
    ) -> None:
        """`asked`: how documents are set and what becomes of them (all that is dataclasses and plain values);
        `partnership`: the digest of the one that they are tailored to.
        """
        self.store = store
        self.project = project
        self._state = project_state(project)
        self._common = digest_of(
            self._state,
            repr(sorted(vars(selection.filters).items())),
            repr(asked),
            selection.codes,
            partnership,
        )

    def targets(self, plans: Sequence[Plan]) -> list[Target]:
        """The files of these plans, if the keys of all of them are known from before; otherwise none."""
        of_products = {plan.product: plan for plan in plans}  # of one there may be two plans
        known = {product: self._keys(product) for product in of_products}
        if not all(known.values()):
            return []
        return [
            recalled_target(name, of_products[product], key)
            for product, keys in known.items()
            for name, key in keys.items()
        ]

    def keep(self, targets: Sequence[Target]) -> None:
        """Remember the keys of files, unless something has changed while they were made."""
        if project_state(self.project) != self._state:
            return
        for product in dict.fromkeys(target.plan.product for target in targets):
            keys = {target.name: target.key for target in targets if target.plan.product == product}
            self.store.put(self._key(product), msgspec.msgpack.encode(keys))

    def _keys(self, product: str) -> dict[str, str]:
        """The keys of a product's files by their names; empty if they are not known."""
        data = self.store.get(self._key(product))
        try:
            return from_msgpack(data, dict[str, str]) if data else {}
        except DamagedError:
            self.store.refuse(self._key(product))
            return {}

    def _key(self, product: str) -> str:
        return digest_of("recall", self._common, product)


def surroundings(project: Project) -> str:
    """A hash of what leaves are rendered with beside the catalogue: layouts, pictograms, all that is no text."""
    content = [(name, digest) for name, digest in _state(project.content) if not name.startswith(TEXTS)]
    return digest_of(content, [_state(folder) for folder in project.layouts])


def project_state(project: Project) -> str:
    """A hash of all that every document of a project is made of, but for partnerships."""
    folders = [_state(folder) for folder in (project.content, *project.layouts, *project.styles)]
    return digest_of(__version__, versions(), binding_digest(), _own_state(), folders)


def _state(folder: Path) -> list[tuple[str, str]]:
    """Every file of a folder with the hash of its content, and of the files that it names (fonts, pictures).

    Partnerships are not among them: of these, only the one that files are made for counts, with what it names.
    """
    files = []
    for name, path in _files(folder):
        facts = path.stat()
        data, digest = _read_at(path, facts.st_mtime_ns, facts.st_size, facts.st_ino)
        named = files_digest(data.decode("utf-8", "replace"), path.parent) if path.suffix == ".css" else ""
        files.append((name, digest + named))
    return files


@lru_cache(maxsize=2000)
def _read_at(path: Path, modified: int, size: int, file: int) -> tuple[bytes, str]:
    """What a style sheet says, of others nothing; and the hash of any file. Remembered by time, size and inode: a press
    that stays asks again after each edit.
    """
    try:
        data = read_regular(path)
    except UnreadableFileError as error:
        data = str(error).encode()  # whatever needs it will say so
    return data if path.suffix == ".css" else b"", hashlib.sha256(data).hexdigest()


def _own_state() -> list[tuple[str, int, int]]:
    """The tool's own modules as they lie on the disk: another version of them may print other pages."""
    waiting, found = [os.path.dirname(__file__)], []  # noqa: PTH120  (some 400 files, several times an edit: no paths)
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith(".py"):
                    facts = entry.stat()
                    found.append((entry.path, facts.st_mtime_ns, facts.st_size))
    return sorted(found)


def _files(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder but for partnerships, by their names in it, in order."""
    found = []
    for place, folders, names in os.walk(folder):
        if place == str(folder) and PARTNERSHIPS in folders:
            folders.remove(PARTNERSHIPS)
        start = place[len(str(folder)) + 1 :]
        found += [(os.path.join(start, name), Path(place, name)) for name in names]  # noqa: PTH118  (it is no path)
    return sorted((name, path) for name, path in found if is_file(path))
