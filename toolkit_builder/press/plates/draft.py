"""What the engine has written of some pages, to make plates of: a PDF without fonts, and what the PDF does not say."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit_builder.press.geometry import Rectangle, TextPlace
from toolkit_builder.press.plates.plate import Field, Folio, ThumbTab

LEAF_SCHEME = "leaf:"
"""What the addresses of links to leaves begin with, until plates are made."""
FIELD_SCHEME = "field:"
"""What the addresses of links begin with that stand for fields, until plates are made; the field's index follows."""


@dataclass(frozen=True, order=True)
class Face:
    """A font as pages use it: family, weight (100 to 900), italic or upright."""

    family: str
    weight: int
    italic: bool

    @property
    def key(self) -> str:
        return f"{self.family}|{self.weight}|{'italic' if self.italic else 'upright'}"

    @classmethod
    def from_key(cls, key: str) -> Face:
        family, weight, style = key.split("|")
        return cls(family, int(weight), style == "italic")


NOWHERE = TextPlace("")


@dataclass(frozen=True)
class Mark:
    """A piece of marked content (ISO 32000-1, 14.6): the language that it is in, and whether it is an artifact.

    `place`: the leaf and text that it belongs to. `text` and `ink`: of text, its letters and the room that the layout
    gave them. `is_generated`: a style put it there, such as a bullet. `picture`: the address of a picture.
    """

    language: str
    is_artifact: bool
    place: TextPlace = NOWHERE
    text: str = ""
    ink: Rectangle | None = None
    is_generated: bool = False
    picture: str = ""


@dataclass(frozen=True)
class Draft:
    """Pages as PDF without fonts.

    `marks`: for each page its marked content, by number. `folios` and `numbers`: for each page the page number that
    was lifted out of its margin, or out of its text; `fields`: its fields; `tabs`: its thumb tab. By the name of
    each font in the pages: its face, the text and width (in thousandths of the size) of every glyph that was set,
    and the glyphs of its repertoire.
    """

    data: bytes
    marks: list[dict[int, Mark]]
    folios: list[Folio | None]
    numbers: list[Folio | None]
    fields: list[list[Field]]
    tabs: list[ThumbTab | None]
    faces: dict[str, Face]
    glyphs: dict[str, dict[int, tuple[str, float]]]
    repertoires: dict[str, frozenset[int]]
