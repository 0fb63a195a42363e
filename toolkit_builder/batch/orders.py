"""What is to be made in a batch: a pack for each partnership, from files or from the rows of a spreadsheet."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.documents import Data, SourceDocument
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership


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


def of_files(partnerships: Partnerships, only: Sequence[str] = ()) -> list[Order]:
    """Orders for the partnerships of the project, all or some.

    Raises FaultsError with the faults of all of them, UsageError for an id that there is not.
    """
    return _checked(partnerships, [_read(partnerships, name) for name in _chosen(partnerships.ids(), only)])


def of_documents(
    partnerships: Partnerships, documents: Sequence[tuple[str, SourceDocument, Path]], only: Sequence[str] = ()
) -> list[Order]:
    """Orders for data with ids. Raises FaultsError with the faults of all, UsageError for an id that there is not."""
    chosen = _chosen([name for name, _, _ in documents], only)
    return _checked(partnerships, [each for each in documents if each[0] in chosen])


def _chosen(ids: Sequence[str], only: Sequence[str]) -> Sequence[str]:
    for name in only:
        if name not in ids:
            raise UsageError(f"--only: no partnership “{name}”. There are: {', '.join(ids[:20])}.")
    return [name for name in ids if not only or name in only]


def _read(partnerships: Partnerships, partnership_id: str) -> tuple[str, SourceDocument | list[Fault], Path]:
    try:
        partnership = partnerships.load(partnership_id)
    except FaultsError as error:
        return partnership_id, error.faults, partnerships.folder
    return partnership_id, partnership.document, partnerships.folder


def _checked(
    partnerships: Partnerships, found: Sequence[tuple[str, SourceDocument | list[Fault], Path]]
) -> list[Order]:
    orders, faults = [], []
    for partnership_id, document, folder in found:
        if isinstance(document, list):
            faults += document
            continue
        try:
            partnership = partnerships.partnership_from(document, partnership_id, folder)
        except FaultsError as error:
            faults += error.faults
        else:
            orders.append(Order(partnership_id, document, folder, partnership.digest))
    if faults:
        raise FaultsError(faults)
    return orders


def _named(data: Data) -> Iterator[str]:
    """What stands where a partnership's file names another: `logo.file` and `pages[].file`, in each language."""
    top = data if isinstance(data, dict) else {}
    pages = top.get("pages")
    for holder in (top.get("logo"), *(pages if isinstance(pages, list) else ())):
        named = holder.get("file") if isinstance(holder, dict) else None
        values = list(named.values()) if isinstance(named, dict) else [named]
        yield from (value for value in values if isinstance(value, str) and value)
