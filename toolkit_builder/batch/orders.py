"""What is to be made in a batch: a pack for each partnership, from files or from the rows of a spreadsheet."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit_builder.catalogue.documents import Data, SourceDocument
from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.partnerships.spreadsheet import PartnershipRows
from toolkit_builder.partnerships.words import folded

MOST_LISTED = 30
"""Ids that a message has."""


@dataclass(frozen=True)
class Order:
    """A pack to be made: the partnership's id and data, and the folder of its logos and Markdown files.

    Orders travel to other processes; partnerships, whose classes are made from the framework, cannot. `digest` says
    whether two orders ask for the same.
    """

    id: str
    document: SourceDocument
    folder: Path
    digest: str

    def partnership(self, partnerships: Partnerships) -> Partnership:
        """Raises FaultsError if the data are not right."""
        return partnerships.partnership_from(self.document, self.id, self.folder)

    def files(self) -> Iterator[str]:
        """The names of the files that the data name as such, logos and Markdown files, and that lie in its folder."""
        for name in _named(self.document.data):
            with contextlib.suppress(OSError, ValueError, RuntimeError):  # no file can have it as its name
                file = (self.folder / name).resolve()
                if file.is_relative_to(self.folder.resolve()) and file.is_file():
                    yield name


@dataclass(frozen=True)
class Found:
    """A partnership as it was found, in a file or in a row: its data, none if the file cannot be read, the folder of
    its files, and what is wrong with it so far.
    """

    id: str
    document: SourceDocument | None
    folder: Path
    faults: tuple[Fault, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its names in all languages, as they are written."""
        said = self.document.data.get("name") if self.document and isinstance(self.document.data, dict) else None
        return tuple(name for name in said.values() if isinstance(name, str) and name) if isinstance(said, dict) else ()

    def values(self, key: str) -> list[str]:
        """What stands under a key (`selection.stage`), one value or several; nothing if it is no text."""
        data: Data | None = self.document.data if self.document else None
        for part in key.split("."):
            data = data.get(part) if isinstance(data, dict) else None
        return [one for one in (data if isinstance(data, list) else [data]) if isinstance(one, str)]


def in_files(partnerships: Partnerships) -> list[Found]:
    """The partnerships of the project, sorted by their ids."""
    found = []
    for name in partnerships.ids():
        path = partnerships.path(name)
        faults: list[Fault] = []
        document = read_yaml(path, partnerships.project.file(path), faults)
        found.append(Found(name, document, partnerships.folder, tuple(faults)))
    return found


def in_rows(rows: PartnershipRows, folder: Path) -> list[Found]:
    """The partnerships of a table, in its order; logos are in `folder`."""
    return [Found(name, document, folder, tuple(document.faults)) for name, document in rows.documents]


def with_products(found: Sequence[Found], products: Sequence[str]) -> list[Found]:
    """The same; those that name no products have these."""
    return [replace(each, document=_with_products(each.document, products)) for each in found]


def _with_products(document: SourceDocument | None, products: Sequence[str]) -> SourceDocument | None:
    data = document.data if document else None
    if document is None or not isinstance(data, dict) or data.get("products"):
        return document
    return replace(document, data={**data, "products": list[Data](products)})


def chosen(found: Sequence[Found], only: Sequence[str]) -> list[Found]:
    """Those that are named by an id or a name in any language, capitals aside; all without any.

    Raises UsageError for what names none, or several.
    """
    wanted = [_named_by(word, found) for word in only]
    return [each for each in found if not only or each in wanted]


def _named_by(word: str, found: Sequence[Found]) -> Found:
    with_it = [each for each in found if each.id == word] or [
        each for each in found if folded(word) in map(folded, (each.id, *each.names))
    ]
    if len(with_it) > 1:
        raise UsageError(f"--only: “{word}” names several: {', '.join(each.id for each in with_it)}.")
    if not with_it:
        known = {folded(name): name for each in found for name in (each.id, *each.names)}
        near = nearest(folded(word), known)
        hint = f" Did you mean “{known[near]}”?" if near else ""
        listed = ", ".join(each.id for each in found[:MOST_LISTED])
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        raise UsageError(f"--only: no partnership “{word}”.{hint} There are: {listed}{more}.")
    return with_it[0]


def checked(
    partnerships: Partnerships,
    found: Sequence[Found],
    faults: Iterable[Fault] = (),
    warn: Callable[[Fault], None] = lambda _: None,
) -> list[Order]:
    """Orders for these partnerships; `warn` is told what is doubtful of those that are right.

    Raises FaultsError with the faults of all of them, and with `faults`, which were found before.
    """
    orders, wrong = [], list(faults)
    for each in found:
        if each.document is None:
            wrong += each.faults
            continue
        try:
            partnership = partnerships.partnership_from(each.document, each.id, each.folder, list(each.faults))
        except FaultsError as error:
            wrong += error.faults
        else:
            orders.append(Order(each.id, each.document, each.folder, partnership.digest))
            for doubt in partnership.warnings:
                warn(doubt)
    if wrong:
        raise FaultsError(wrong)
    return orders


def _named(data: Data) -> Iterator[str]:
    """What stands where a partnership's file names another: `logo.file` and `pages[].file`, in each language."""
    top = data if isinstance(data, dict) else {}
    pages = top.get("pages")
    for holder in (top.get("logo"), *(pages if isinstance(pages, list) else ())):
        named = holder.get("file") if isinstance(holder, dict) else None
        values = list(named.values()) if isinstance(named, dict) else [named]
        yield from (value for value in values if isinstance(value, str) and value)
