"""What a page draws with, looked up in its plate: forms, states, shadings, patterns (ISO 32000-1, 7.8.3)."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pikepdf

from toolkit_builder.press.plates.plate import Body, PlateError

SLOT = "slot "
"""References become strings that begin so, with the slot after it: a plate's parts have no numbers."""


@lru_cache(maxsize=2000)
def value_of(text: bytes, slots: tuple[str, ...]) -> Any:
    """The PDF object that a body's text writes, with a string for each reference."""
    for slot in slots:
        text = text.replace(b"%d 0 R", b"(" + SLOT.encode() + slot.encode() + b")", 1)
    return pikepdf.Object.parse(text.replace(b"%%", b"%"))


class Resources:
    """The resources of a page or of a form, by kind and name."""

    def __init__(self, named: Mapping[str, Mapping[str, Any]], parts: Mapping[str, Body]) -> None:
        self.named = named
        self.parts = parts

    def get(self, kind: str, name: str) -> Any:
        """A resource, resolved. Raises PlateError if it is not there."""
        found = self.named.get(kind, {}).get(name)
        if found is None:
            raise PlateError(f"a resource that is not there: {kind} {name}")
        if isinstance(found, Body):
            found = value_of(found.text, found.references)
        return self.resolved(found)

    def resolved(self, value: Any) -> Any:
        """The object itself; of streams the dictionary."""
        digest = part_of(value)
        if not digest:
            return value
        body = self.parts[digest]
        return value_of(body.text, body.references)

    def slot(self, kind: str, name: str) -> str:
        """The part that a resource is, or nothing if it is written where it is named."""
        found = self.named.get(kind, {}).get(name)
        if isinstance(found, Body):
            found = value_of(found.text, found.references)
        return part_of(found)

    def within(self, dictionary: Any) -> Resources:
        """The resources of a form or pattern."""
        own = dictionary.get("/Resources", {})
        named = {str(kind)[1:]: {str(name)[1:]: one for name, one in each.items()} for kind, each in own.items()}
        return Resources(named, self.parts)

    def content(self, digest: str) -> bytes:
        """The content stream of a form or pattern."""
        return zlib.decompress(self.parts[digest].stream or b"")


def part_of(value: Any) -> str:
    """The digest of the part that a value refers to, if it does."""
    if isinstance(value, pikepdf.String):
        text = str(value)
        if text.startswith(f"{SLOT}part:"):
            return text.removeprefix(f"{SLOT}part:")
    return ""
