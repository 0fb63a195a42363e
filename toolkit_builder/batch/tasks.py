"""What a task of a batch is: leaves to typeset, or packs to bind. A task holds all that it needs, and runs anywhere.

First the leaves that are missing are typeset, each once for all packs; then packs are bound from their plates, which
the store has, or which come with the task. A leaf that is missing all the same (it is wrong, or the process that was
typesetting it died) is typeset along with the packs that want it, so that these are right in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from toolkit_builder.batch.orders import Order
from toolkit_builder.batch.packs import PAGES, Bindery, Pack, PackFile, PackFormats
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.store.storage import Where, storage_at
from toolkit_builder.press.store.store import OverlayStore
from toolkit_builder.press.typesetting import processes
from toolkit_builder.press.typesetting.jobs import Outcome
from toolkit_builder.project import Project

Move = Callable[[Path], Path]
"""Where a file of the machine that gave the task lies on this one."""


@dataclass(frozen=True)
class Typesetting:
    """Leaves to be typeset with one style set."""

    style_set: StyleSet
    leaves: Sequence[RenderedLeaf]

    def moved(self, move: Move) -> Typesetting:
        here = self.style_set
        styles, folders = tuple(map(move, here.styles)), tuple(map(move, here.folders))
        base, language_base = move(here.base), move(here.language_base)
        moved = replace(here, styles=styles, folders=folders, base=base, language_base=language_base)
        return replace(self, style_set=moved)

    def run(self) -> Outcome:
        return processes.work(self.style_set, self.leaves)


@dataclass(frozen=True)
class Binding:
    """Packs to be bound, of the project at `root`; `plates` are entries of the store that come with the task.

    `project_state`: what the project is like, for processes that stay while it changes. `results`: where their files
    are written; None: they are brought back. `zipped`: the ids of packs with a zip.
    """

    root: Path
    project_state: str
    cache: Where | None
    results: Where | None
    zipped: frozenset[str] = frozenset()
    formats: PackFormats = PAGES
    orders: Sequence[Order] = ()
    plates: Mapping[str, bytes] = field(default_factory=dict)

    def moved(self, move: Move) -> Binding:
        orders = [replace(order, folder=move(order.folder)) for order in self.orders]
        return replace(self, root=move(self.root), orders=orders)

    def singly(self) -> list[Binding]:
        """The same as a task for each pack."""
        return [replace(self, orders=[order]) for order in self.orders]

    def run(self) -> list[Pack]:
        bindery = _bindery(self.root, self.project_state, self.formats)
        bindery.unpack(self.cache, self.plates)
        packs = bindery.make(self.orders, zipped=self.zipped)
        return list(packs) if self.results is None else [_delivered(pack, self.results) for pack in packs]


Task = Typesetting | Binding


def run(task: Task) -> Outcome | list[Pack]:
    return task.run()


@lru_cache(maxsize=1)
def _bindery(root: Path, _project_state: str, formats: PackFormats) -> Bindery:
    """The process's own bindery for a project as it is: it remembers what it has read, printed and bound."""
    return Bindery(Project(root), OverlayStore(None, {}), formats=formats)


def _delivered(pack: Pack, results: Where) -> Pack:
    """A pack whose files are written where they are wanted; failed, if that place does not take them."""
    place = storage_at(results)
    try:
        for file in pack.files:
            place.write(file.made.path, file.data or b"")
    except OSError as error:
        return replace(pack, files=(), faults=(f"cannot write to {results} ({error.strerror or error})",))
    return replace(pack, files=tuple(PackFile(file.made, None) for file in pack.files))
