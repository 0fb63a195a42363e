"""What an edition comes to: files, and the key that is written into them."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit_builder.output import PICTURE_KEY

KEY = "0" * 32
"""Stands in a file for its key, which is a hash of all files of the edition."""
KEY_COMMENT = f"<!-- {PICTURE_KEY} {KEY} -->"


@dataclass(frozen=True)
class EditionFile:
    """A file of an edition: its name within the edition's folder, and what the manifest says of it. `pages`: how many
    it has, 0 of what no page is (a style sheet).
    """

    name: str
    data: bytes
    languages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    pages: int = 0

    @property
    def is_keyed(self) -> bool:
        """Whether a key has its place in it."""
        return any(f"{word} {KEY}".encode() in self.data for word in (PICTURE_KEY, "Identifier:"))

    def keyed(self, key: str) -> EditionFile:
        """The file with its key."""
        data = self.data.replace(KEY.encode(), key.encode(), 1) if self.is_keyed else self.data
        return EditionFile(self.name, data, self.languages, self.actions, self.pages)
