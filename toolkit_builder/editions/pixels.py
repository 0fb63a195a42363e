"""The pictures of pages in pixels, for documents that take no drawings: those that say something, each once.

Drawing needs the typesetting engine, which no edition needs otherwise; so what was drawn is kept in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit_builder.editions.markup import picture_of
from toolkit_builder.press.hashing import digest_of, modules_digest
from toolkit_builder.press.keys import versions
from toolkit_builder.press.pictures.drawings import PlacedDrawing, in_pixels
from toolkit_builder.press.store.store import Store

MM = 0.14
"""Of paper, for each pixel that a page gives a picture on the screen."""
_DRAWING = "data:image/svg+xml"


@dataclass(frozen=True)
class PlacedPicture:
    """A picture as PNG, and how wide and high it stands on paper, in mm."""

    data: bytes
    width: float
    height: float


def pixel_pictures(bodies: Iterable[Element], store: Store) -> Mapping[str, PlacedPicture]:
    """The pictures of pages by their addresses: those with words and a size (`alt`, `width`, `height`).

    Raises MachineError if the engine cannot be loaded, DrawingError if it fails over a drawing.
    """
    wanted = {
        image.get("src", ""): (round(int(image.get("width", "")) * MM, 2), round(int(image.get("height", "")) * MM, 2))
        for body in bodies
        for image in body.iter("img")
        if image.get("alt") and image.get("width", "").isdecimal() and image.get("height", "").isdecimal()
    }
    drawings = [PlacedDrawing(address, *size) for address, size in wanted.items() if address.startswith(_DRAWING)]
    made = _drawn(drawings, store)
    return {
        address: PlacedPicture(made[address] if address in made else picture_of(address)[1], *size)
        for address, size in wanted.items()
    }


def _drawn(drawings: Iterable[PlacedDrawing], store: Store) -> dict[str, bytes]:
    code = versions(), modules_digest("press/pictures")
    keys = {one: digest_of("drawing in pixels", code, one.address, one.width, one.height) for one in drawings}
    found = {one: data for one, key in keys.items() if (data := store.get(key))}
    missing = [one for one in keys if one not in found]
    for one, data in zip(missing, in_pixels(missing), strict=True):
        store.put(keys[one], data)
        found[one] = data
    return {one.address: data for one, data in found.items()}
