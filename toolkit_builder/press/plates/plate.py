"""A plate: the finished pages of one leaf, with their tags, and nothing of the document that they will stand in.

Links name leaves, not pages. What a page draws with (forms, images, patterns, graphics states) is kept as parts, each
named by a hash of its content, so that equal parts of different plates are written once. Bodies of PDF objects are
bytes with a `%d` for each reference; what each refers to is listed beside them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeVar

import msgspec

from toolkit_builder.own_state import DamagedError, from_msgpack

T = TypeVar("T")


class PlateError(ValueError):
    """Something in a page that is not understood, or a plate that is damaged."""


class Body(msgspec.Struct, frozen=True):
    """A PDF object: `text` with a `%d 0 R` for each of `references`, in their order; `stream` as it is stored.

    A reference is `part:DIGEST` (a body with this digest) or `font:NAME` (a font, by its name in pages).
    """

    text: bytes
    references: tuple[str, ...] = ()
    stream: bytes | None = None

    def digest(self) -> str:
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()


class Link(msgspec.Struct, frozen=True):
    """A link: its rectangle in pt, and the anchor of the leaf or the web address that it leads to."""

    rectangle: tuple[float, float, float, float]
    leaf: str = ""
    address: str = ""


class Field(msgspec.Struct, frozen=True):
    """A field to fill in (ISO 32000-1, 12.7): its rectangle in pt, its name, which no other field of its leaf has, and
    its label, which a screen reader reads out. `kind`: text, or tick for a box to tick.

    `font`, `size` (in pt) and `colour` are those of what is typed; `is_multiline`: it has room for more than one line;
    `from_right`: lines begin on the right.
    """

    rectangle: tuple[float, float, float, float]
    name: str
    label: str
    kind: str
    font: str
    size: float
    colour: tuple[float, float, float]
    is_multiline: bool
    from_right: bool


class Folio(msgspec.Struct, frozen=True):
    """Where the number of a page is stamped: the edge that it is set to and its baseline, in pt from the page's left
    and bottom, as on a right-hand page; left-hand pages mirror it.

    `digits` are the glyph and width (in thousandths of the size) of each.
    """

    align: str
    edge: float
    baseline: float
    font: str
    size: float
    colour: tuple[float, float, float]
    digits: tuple[tuple[int, float], ...]


class ThumbTab(msgspec.Struct, frozen=True):
    """A mark at the outer edge of a page, by which a thumb finds a part of the document: its left and bottom edge and
    its width in pt, as on a right-hand page; left-hand pages mirror its place. `drawing`: operators that draw it from
    its own left and bottom edge on, with no resources.
    """

    left: float
    bottom: float
    width: float
    drawing: bytes


class Element(msgspec.Struct):
    """An element of the structure tree (ISO 32000-1, 14.7.2). `kids` are marked content (its number) or elements.

    `links` and `fields` are indices of the page's links and fields; `attributes` the body of its attribute dictionary,
    `headers` its table headers, which name the `id` of other elements of the leaf.
    """

    kind: str
    page: int
    kids: list[int | Element] = []
    language: str = ""
    alternative: str = ""
    links: list[int] = []
    attributes: bytes = b""
    id: str = ""
    headers: list[str] = []
    fields: list[int] = []


class Page(msgspec.Struct):
    """One page. `boxes` are the bodies of its page boxes, `content` its deflated content stream (wrapped in q/Q),
    `resources` by kind and name, `marks` how many pieces of marked content it has.
    """

    width: float
    height: float
    boxes: bytes
    content: bytes
    resources: dict[str, dict[str, Body]]
    marks: int
    links: list[Link] = []
    folio: Folio | None = None
    number: Folio | None = None
    """Where a page number is stamped within the text, on a row; it is not mirrored."""
    fields: list[Field] = []
    tab: ThumbTab | None = None

    @property
    def is_stamped(self) -> bool:
        """Whether something is stamped on it when its place in the document is known."""
        return self.folio is not None or self.tab is not None

    @property
    def bleed(self) -> float:
        """How far its paper reaches beyond it on each side, in pt."""
        media = re.search(rb"/MediaBox\[-([0-9.]+) ", self.boxes)
        return float(media[1]) if media else 0.0


class OpenText(msgspec.Struct, frozen=True):
    """A text that nothing is painted under: how it is seen depends on what its plate is laid over.

    `x`, `y` in pt from left and bottom, within its first letter; `width` in pt; `step`: how far apart it is looked at.
    `key` is that of the text with its language, if it has one; `needed` the least contrast.
    """

    shown: str
    key: str
    x: float
    y: float
    width: float
    step: float
    colour: tuple[float, float, float]
    needed: float


class Plate(msgspec.Struct):
    """The pages of a leaf. `glyphs`: for each font the glyphs outside of its repertoire, with text and width."""

    key: str
    size: float
    pages: list[Page]
    elements: list[Element]
    parts: dict[str, Body]
    glyphs: dict[str, dict[int, tuple[str, float]]]
    fonts: dict[str, str]
    """The name of each font in the pages, and the key of its face (`fonts.FontFace.key` and weight)."""
    extent: float = 0
    """How far down the first page it goes, in pt from the top: the height of a row."""
    breadth: float = 0
    """How wide its box on the first page is, in pt: the width of a row."""
    ink: list[tuple[float, float, float, float]] = []
    """Where the texts and pictures of its first page stand (left, top, right, bottom, in pt from left and top), if that
    bears no number: other plates may be printed over it.
    """
    frames: list[tuple[float, float, float, float]] = []
    """The frames on its first page that its texts are in, as `ink`; without the page itself."""
    row_area: tuple[float, float, float] | None = None
    """Where rows are pasted in: left and top, in pt from the first page's left and top, and height."""
    row_width: float = 0
    """How wide the room for rows is, in pt."""
    rows_from_right: bool = False
    """Whether rows that stand side by side begin on the right, as the lines of their language do."""
    open_texts: list[OpenText] = []
    """Of a row or an imprint: texts on its first page whose ground is on the page that it is laid over."""
    fit: str = ""
    """How it was made to fit (`rendered.Setting.fit`)."""

    def encode(self) -> bytes:
        return msgspec.msgpack.encode(self)


def resources_body(resources: Mapping[str, Mapping[str, Body]]) -> Body:
    """A resource dictionary (ISO 32000-1, 7.8.3), from its entries by kind and name."""
    text = b""
    references: list[str] = []
    for kind, named in sorted(resources.items()):
        text += b"/%s<<" % kind.encode()
        for name, body in named.items():
            text += b"/%s %s" % (name.encode(), body.text)
            references += body.references
        text += b">>"
    return Body(b"<<" + text + b">>", tuple(references))


class FontParts(msgspec.Struct):
    """A font, written once for all plates: its parts and the digest of the font dictionary among them."""

    root: str
    parts: dict[str, Body]

    def encode(self) -> bytes:
        return msgspec.msgpack.encode(self)


def decode_plate(data: bytes) -> Plate:
    """Raises PlateError if these are not the bytes of a plate."""
    plate = _decode(data, Plate)
    _check_plate(plate)
    return plate


def decode_font(data: bytes) -> FontParts:
    """Raises PlateError if these are not the bytes of a font."""
    font = _decode(data, FontParts)
    if font.root not in font.parts:
        raise PlateError("a font without its dictionary")
    _check_references(font.parts.values(), {f"part:{digest}" for digest in font.parts})
    return font


def _decode(data: bytes, kind: type[T]) -> T:
    try:
        return from_msgpack(data, kind)
    except DamagedError as error:
        raise PlateError(str(error)) from error


def _check_plate(plate: Plate) -> None:
    """Raises PlateError if it names a part, font, page, piece of content, link or field that it does not have."""
    known = {f"part:{digest}" for digest in plate.parts} | {f"font:{name}" for name in plate.fonts}
    _check_references(plate.parts.values(), known)
    for page in plate.pages:
        _check_references((body for named in page.resources.values() for body in named.values()), known)
    if not plate.pages or not plate.glyphs.keys() <= plate.fonts.keys():
        raise PlateError("no pages, or glyphs of a font that it does not have")
    fields = [field for page in plate.pages for field in page.fields]
    if any(field.font not in plate.fonts for field in fields):
        raise PlateError("a field in a font that it does not have")
    if len({field.name for field in fields}) != len(fields):
        raise PlateError("two fields with one name")
    waiting: list[int | Element] = [*plate.elements]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Element):
            _check_element(element, plate.pages)
            waiting += element.kids


def _check_element(element: Element, pages: list[Page]) -> None:
    if not 0 <= element.page < len(pages):
        raise PlateError("an element on a page that there is not")
    page = pages[element.page]
    marks = [kid for kid in element.kids if isinstance(kid, int)]
    named = [(marks, page.marks), (element.links, len(page.links)), (element.fields, len(page.fields))]
    if any(not 0 <= at < count for places, count in named for at in places):
        raise PlateError("an element of content that there is not")


def _check_references(bodies: Iterable[Body], known: AbstractSet[str]) -> None:
    for body in bodies:
        try:
            body.text % ((0,) * len(body.references))
        except (TypeError, ValueError):
            raise PlateError("an object without as many references as it needs") from None
        if not known >= set(body.references):
            raise PlateError("a reference to what is not there")
