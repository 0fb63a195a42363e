"""All that WeasyPrint and pydyf keep private or do not document, and that typesetting cannot do without.

No other module touches any of it; `INTERNALS` lists it. `docs/weasyprint.md` says how to move to another WeasyPrint.
Boxes are measured in CSS pixels from the top left corner of the page.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
import weasyprint.css.properties
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import build_fonts_dictionary

PixelBox = tuple[float, float, float, float]
"""Left, top, width and height in CSS pixels."""


@dataclass(frozen=True)
class Internal:
    """A name that is not documented: the module or class that has it (`owner`), what it is used for, and the names of
    its parameters if it is called (without `self`).
    """

    owner: str
    name: str
    purpose: str
    parameters: tuple[str, ...] | None = None


_BOXES = "weasyprint.formatting_structure.boxes"
_BOX = f"{_BOXES}.Box"
_TEXT = f"{_BOXES}.TextBox"
_FONT = "weasyprint.pdf.fonts.Font"
_BACKGROUND = "weasyprint.layout.background.Background"
_LAYER = "weasyprint.layout.background.BackgroundLayer"
_EDGES = "where the edges of a box are"

INTERNALS = (
    Internal("weasyprint.HTML", "etree_element", "links are given other addresses before layout; languages are read"),
    Internal("weasyprint.document.Page", "_page_box", "the laid-out boxes, for preflight and for page numbers"),
    Internal("weasyprint.document.Page", "links", "fields are added, as links: their box, where they stand"),
    Internal("weasyprint.document.Document", "fonts", "the fonts of what is written: named, shared, checked"),
    Internal("weasyprint.layout.absolute.AbsolutePlaceholder", "_box", "what stands where it was put with `position`"),
    Internal(_BOXES, "Box", "tells boxes from what only looks like one"),
    Internal(_BOXES, "PageBox", "tells the page from what is on it"),
    Internal(_BOXES, "MarginBox", "page numbers stand in margin boxes"),
    Internal(_BOXES, "ParentBox", "boxes that have others in them"),
    Internal(_BOXES, "BlockContainerBox", "the column that a line was broken to fit"),
    Internal(_BOXES, "LineBox", "a line is no box of its own to preflight"),
    Internal(_BOXES, "InlineBox", "a part of a line is none either"),
    Internal(_BOXES, "TextBox", "a run of text in one font"),
    Internal(_BOXES, "ReplacedBox", "a picture that the HTML names"),
    Internal(_BOX, "children", "the boxes within a box; page numbers are taken out of them"),
    Internal(_BOX, "descendants", "the first text within a box", ("placeholders",)),
    Internal(_BOX, "element", "the HTML element, which says leaf, key and language"),
    Internal(_BOX, "element_tag", "tells an element's own box from generated ones (`p::before`)"),
    Internal(_BOX, "style", "font, colours, visibility, transforms and generated content"),
    Internal(_BOX, "background", "pictures in backgrounds, and where they stand"),
    Internal(_BACKGROUND, "layers", "the pictures of a background"),
    *(Internal(_LAYER, name, "where a picture in a background stands")
      for name in ("image", "size", "position", "repeat", "painting_area", "positioning_area")),
    Internal(_BOX, "position_x", _EDGES),
    Internal(_BOX, "position_y", _EDGES),
    Internal(_BOX, "width", _EDGES),
    Internal(_BOX, "height", _EDGES),
    Internal(_BOX, "content_box_x", _EDGES, ()),
    Internal(_BOX, "content_box_y", _EDGES, ()),
    Internal(_BOX, "padding_box_x", _EDGES, ()),
    Internal(_BOX, "padding_box_y", _EDGES, ()),
    Internal(_BOX, "border_top_left_radius", "the corners of a thumb tab"),
    Internal(_BOX, "border_left_width", "the frame of a thumb tab"),
    Internal(_BOX, "padding_width", _EDGES, ()),
    Internal(_BOX, "padding_height", _EDGES, ()),
    Internal(_BOX, "border_box_x", _EDGES, ()),
    Internal(_BOX, "border_box_y", _EDGES, ()),
    Internal(_BOX, "border_width", _EDGES, ()),
    Internal(_BOX, "border_height", _EDGES, ()),
    Internal(_BOX, "margin_width", _EDGES, ()),
    Internal(_BOX, "margin_height", _EDGES, ()),
    Internal(_BOX, "is_absolutely_positioned", "boxes out of the flow, which other text has to keep clear of", ()),
    Internal("weasyprint.css.properties", "INITIAL_VALUES", "the properties that there are, to name the one meant"),
    Internal(_TEXT, "text", "what is set, as preflight quotes it"),
    Internal(_TEXT, "baseline", "where letters stand: pixels from the top of their box"),
    Internal("weasyprint.pdf", "build_fonts_dictionary", "replaced, so that fonts are named and not written",
             ("pdf", "fonts", "compress", "subset", "options")),
    Internal("weasyprint.pdf.fonts", "build_fonts_dictionary", "writes one font, to be shared by all documents",
             ("pdf", "fonts", "compress", "subset", "options")),
    Internal("weasyprint.pdf", "add_tags", "watched, to learn which text is in which language",
             ("pdf", "document", "pdf_version", "page_streams")),
    Internal("weasyprint.pdf.stream.Stream", "_tags", "the boxes whose content is marked, with the number of the mark"),
    Internal(_FONT, "hash", "the name of a font in pages, made of its description"),
    Internal(_FONT, "name", "its name in PDF"),
    Internal(_FONT, "family", "named if the styles do not declare it"),
    Internal(_FONT, "file_content", "held against the files that the styles declare"),
    Internal(_FONT, "to_unicode", "the text of each glyph that is used; decides what a font is cut down to"),
    Internal(_FONT, "widths", "the width of each glyph that is used, in thousandths of the size"),
    Internal(_FONT, "variations", "emptied while a font is written, so each is written from a copy"),
    Internal("pydyf", "Dictionary", "the dictionary of fonts that are only named", ("values",)),
    Internal("pydyf.PDF", "catalog", "where a font that is written alone is found again"),
)  # fmt: skip


# -- boxes ------------------------------------------------------------------------------------------------------------


class LayoutBox:
    """A box of a laid-out page."""

    __slots__ = ("_box",)

    def __init__(self, box: Any) -> None:
        self._box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder

    @property
    def identity(self) -> int:
        """Tells a box from all others of its document."""
        return id(self._box)

    @property
    def is_page(self) -> bool:
        return isinstance(self._box, boxes.PageBox)

    @property
    def is_margin_box(self) -> bool:
        return isinstance(self._box, boxes.MarginBox)

    @property
    def is_text(self) -> bool:
        return isinstance(self._box, boxes.TextBox)

    @property
    def is_block_container(self) -> bool:
        """Whether lines within it are broken to fit it."""
        return isinstance(self._box, boxes.BlockContainerBox | boxes.PageBox | boxes.MarginBox)

    @property
    def is_within_a_line(self) -> bool:
        return isinstance(self._box, boxes.InlineBox | boxes.LineBox)

    @property
    def is_out_of_flow(self) -> bool:
        """Whether it is positioned absolutely (CSS 2.2, 9.6)."""
        return bool(self._box.is_absolutely_positioned())

    @property
    def is_line(self) -> bool:
        return isinstance(self._box, boxes.LineBox)

    @property
    def is_transformed(self) -> bool:
        return bool(self._box.style["transform"])

    @property
    def is_from_right(self) -> bool:
        """Whether its lines begin on the right."""
        return bool(self._box.style["direction"] == "rtl")

    @property
    def element(self) -> Element | None:
        """The HTML element that it, or the box that it was generated in, belongs to."""
        element: Element | None = self._box.element
        return element

    @property
    def is_of_element(self) -> bool:
        """Whether it is the element's own box, rather than one generated before, after or within it."""
        return self.element is not None and self._box.element_tag == self.element.tag

    @property
    def is_generated(self) -> bool:
        """Whether a style put it there, with `content` or as the mark of a list, rather than the HTML."""
        return str(self._box.element_tag).endswith(("::before", "::after", "::marker"))

    @property
    def is_replaced(self) -> bool:
        """Whether it is a picture (CSS 2.2, 3.1: a replaced element)."""
        return isinstance(self._box, boxes.ReplacedBox)

    @property
    def background_colour(self) -> tuple[float, float, float] | None:
        """Red, green and blue in sRGB, each from 0 to 1; none if nothing of it is painted."""
        red, green, blue, alpha = _components(self._box.style["background_color"])
        return (red, green, blue) if alpha else None

    @property
    def corner_radius(self) -> float:
        """How far its upper left corner is rounded, in CSS pixels."""
        return float(self._box.border_top_left_radius[0])

    @property
    def frame_width(self) -> float:
        """How wide its border is on the left, in CSS pixels."""
        return float(self._box.border_left_width)

    @property
    def frame_colour(self) -> tuple[float, float, float]:
        """Red, green and blue in sRGB of its border on the left, each from 0 to 1."""
        return _components(self._box.style["border_left_color"])[:3]

    @property
    def background_pictures(self) -> list[PixelBox]:
        """Where pictures of its background stand, in so far as its own edges do not cut them off."""
        background = self._box.background
        layers = background.layers if background is not None else []
        return [_layer_edge(layer) for layer in layers if layer.image is not None]

    @property
    def children(self) -> list[LayoutBox]:
        return [LayoutBox(child) for child in self._box.children] if isinstance(self._box, boxes.ParentBox) else []

    def remove(self, child: LayoutBox) -> None:
        """Take a child out; what is left stays where it is."""
        self._box.children = [box for box in self._box.children if LayoutBox(box).identity != child.identity]

    def clear(self) -> None:
        """Take all children out."""
        self._box.children = []

    def with_descendants(self) -> Iterator[LayoutBox]:
        """The box and all below it that may have children, those out of the flow too."""
        if isinstance(self._box, boxes.ParentBox):
            yield self
            for child in self.children:
                yield from child.with_descendants()

    def first_text(self) -> LayoutBox | None:
        """The first box of text below it, in the flow."""
        texts = (box for box in self._box.descendants() if isinstance(box, boxes.TextBox))
        return next(map(LayoutBox, texts), None)

    def content_edge(self) -> PixelBox:
        box = self._box
        return box.content_box_x(), box.content_box_y(), box.width, box.height

    def padding_edge(self) -> PixelBox:
        box = self._box
        return box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()

    def border_edge(self) -> PixelBox:
        box = self._box
        return box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()

    def margin_edge(self) -> PixelBox:
        box = self._box
        return box.position_x, box.position_y, box.margin_width(), box.margin_height()

    def text_edge(self) -> PixelBox:
        """Of a box of text alone, which has no margins."""
        box = self._box
        return box.position_x, box.position_y, box.width, box.height

    @property
    def shows_page_number(self) -> bool:
        """Whether its generated content has `counter(page)`."""
        content = self._box.style["content"]
        items = content if isinstance(content, tuple) else ()  # otherwise a keyword, such as `normal`
        calls = [item for item in items if isinstance(item, tuple) and len(item) == 2]
        return any(kind == "counter()" and values[0] == "page" for kind, values in calls)

    @property
    def is_visible(self) -> bool:
        return bool(self._box.style["visibility"] == "visible")

    # Of boxes of text alone:

    @property
    def text(self) -> str:
        return str(self._box.text)

    @property
    def baseline(self) -> float:
        """Pixels from the top of the page to the baseline."""
        return float(self._box.position_y + self._box.baseline)

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(self._box.style["font_family"])

    @property
    def weight(self) -> int:
        return int(self._box.style["font_weight"])

    @property
    def is_italic(self) -> bool:
        return bool(self._box.style["font_style"] != "normal")

    @property
    def font_size(self) -> float:
        """In CSS pixels."""
        return float(self._box.style["font_size"])

    @property
    def colour(self) -> tuple[float, float, float]:
        """Red, green and blue in sRGB, each from 0 to 1."""
        return _components(self._box.style["color"])[:3]


def _components(colour: Any) -> tuple[float, float, float, float]:
    """Red, green and blue in sRGB and opacity, each from 0 to 1."""
    red, green, blue = colour.to("srgb").coordinates
    return red, green, blue, float(colour.alpha)


def _layer_edge(layer: Any) -> PixelBox:
    """Where a picture in the background is seen; with a width or height of 0 if nowhere."""
    left, top, width, height = layer.painting_area
    if layer.repeat == ("no-repeat", "no-repeat"):
        x, y = (layer.positioning_area[at] + layer.position[at] for at in (0, 1))
        right, bottom = min(left + width, x + layer.size[0]), min(top + height, y + layer.size[1])
        left, top = max(left, x), max(top, y)
        width, height = max(0, right - left), max(0, bottom - top)
    if 0 in layer.size:
        width = height = 0
    return left, top, width, height


def page_box(page: Any) -> LayoutBox:
    """The box of a page (`weasyprint.Page`), with all that is on it."""
    return LayoutBox(page._page_box)


def add_link(page: Any, box: LayoutBox, address: str, edge: PixelBox) -> None:
    """Have a page (`weasyprint.Page`) link the element of a box to an address, where its edge is."""
    left, top, width, height = edge
    page.links.append(("external", address, (left, top, left + width, top + height), box._box))


def root_element(source: Any) -> Element:
    """The root of an HTML document (`weasyprint.HTML`). What is changed in it before layout, is laid out so."""
    element: Element = source.etree_element
    return element


# -- fonts ------------------------------------------------------------------------------------------------------------


NO_LETTER = "\u200b"
"""The text of a glyph that stands for no letter of its own: a space without width."""


@lru_cache(maxsize=8)
def _letters(file: bytes) -> dict[int, str]:
    """The letter of each glyph that a font file has for one."""
    from fontTools.ttLib import TTFont  # slow to import

    font = TTFont(io.BytesIO(file), fontNumber=0)
    return {font.getGlyphID(name): chr(point) for point, name in sorted(font.getBestCmap().items(), reverse=True)}


class DocumentFont:
    """The engine's own object for a font of a document, with the key under which the document has it."""

    def __init__(self, key: int, font: Any) -> None:
        self.key = key
        self._font = font

    @property
    def name(self) -> str:
        """What pages call it: a hash of its description, the same in all documents."""
        return str(self._font.hash)

    @property
    def family(self) -> str:
        return str(self._font.family)

    @property
    def file(self) -> bytes:
        """The font file that it is set from, as the engine read it."""
        return bytes(self._font.file_content)

    @property
    def glyphs(self) -> dict[int, tuple[str, float]]:
        """The text and width (in thousandths of the size) of each glyph that was set with it so far.

        Of a letter with its marks the engine gives one glyph the whole text and the others none, if it meets them so
        first; a font's table has to say something of each (ISO 14289-1, 7.21.7).
        """
        texts = self._font.to_unicode
        letters = {} if all(texts.values()) else _letters(self.file)
        return {
            glyph: (text or letters.get(glyph, NO_LETTER), float(self._font.widths[glyph]))
            for glyph, text in texts.items()
        }

    def use_in(self, document: Any) -> None:
        """Have a document set what it has in this font with this object."""
        document.fonts[self.key] = self._font

    def finisher(self, glyphs: Mapping[int, tuple[str, float]]) -> Callable[[Any, Any], None]:
        """For `write_pdf`: adds this font, with these glyphs alone, to a PDF, as /Font of its catalog."""
        font = copy.copy(self._font)  # writing changes it
        font.to_unicode = {glyph: text for glyph, (text, _) in sorted(glyphs.items())}
        font.widths = {glyph: width for glyph, (_, width) in sorted(glyphs.items())}
        font.variations = dict(self._font.variations)

        def finish(document: Any, pdf: Any) -> None:
            options = {"hinting": False, "pdf_version": "1.7"}
            pdf.catalog["Font"] = build_fonts_dictionary(pdf, {0: font}, True, True, options)[font.hash]

        return finish


def document_fonts(document: Any) -> list[DocumentFont]:
    """The fonts of a document (`weasyprint.Document`); one font may be there under several keys."""
    return [DocumentFont(key, font) for key, font in document.fonts.items()]


# -- writing ----------------------------------------------------------------------------------------------------------


def _named_fonts(pdf: Any, fonts: Mapping[int, Any], *_: Any) -> Any:
    """In the place of `build_fonts_dictionary`: fonts by name, without their files."""
    named = pydyf.Dictionary()
    for font in fonts.values():
        named[font.hash] = pydyf.Dictionary({"Type": "/Font", "BaseFont": font.name})
    return named


@contextmanager
def fonts_left_out(note_marks: Callable[[Iterable[tuple[int, LayoutBox]]], None] | None = None) -> Iterator[None]:
    """Meanwhile documents are written without the files of their fonts, which take the engine longest.

    `note_marks` is told of each page, as it is tagged, the number of each piece of marked content and its box.
    """
    module = weasyprint.pdf
    fonts_before, tags_before = module.build_fonts_dictionary, module.add_tags

    def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        if note_marks:
            for stream in page_streams:  # before tagging, which empties them
                note_marks([(value["mcid"], LayoutBox(box)) for box, value in stream._tags.items()])
        tags_before(pdf, document, pdf_version, page_streams)

    module.build_fonts_dictionary, module.add_tags = _named_fonts, add_tags
    try:
        yield
    finally:
        module.build_fonts_dictionary, module.add_tags = fonts_before, tags_before


# -- styles ------------------------------------------------------------------------------------------------------------


def known_properties() -> frozenset[str]:
    """The names of the CSS properties that have a value of their own, as styles write them."""
    return frozenset(name.replace("_", "-") for name in weasyprint.css.properties.INITIAL_VALUES)
