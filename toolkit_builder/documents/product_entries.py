"""The entries of a product's file, each with its place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.documents.product import CardFace, LeafEntry


@dataclass(frozen=True)
class PlacedEntry:
    """An entry, where it stands in the file, and the entries that it follows."""

    path: KeyPath
    entry: LeafEntry
    above: tuple[LeafEntry, ...]

    def faces(self) -> Iterator[tuple[KeyPath, CardFace]]:
        """The leaf itself and its back, with their places."""
        yield self.path, self.entry
        if self.entry.back:
            yield (*self.path, "back"), self.entry.back


def placed_entries(
    path: KeyPath, entries: Sequence[LeafEntry], above: tuple[LeafEntry, ...] = ()
) -> Iterator[PlacedEntry]:
    """All entries, those that follow others too."""
    for number, entry in enumerate(entries):
        here = (*path, number)
        yield PlacedEntry(here, entry, above)
        yield from placed_entries((*here, "then"), entry.then, (*above, entry))
