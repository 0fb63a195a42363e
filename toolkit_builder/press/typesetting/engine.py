"""The typesetting engine: the one module that touches WeasyPrint, and any private part of it.

Lays HTML out into pages, says where everything came to stand (`geometry`), and writes PDF. Every WARNING and ERROR
that WeasyPrint logs is kept as a complaint, since it mostly logs what ought to stop the press. Private parts used:
`Page._page_box` and the boxes below it (position, size, style), to know where text and boxes stand.
"""

from __future__ import annotations

import copy
import html
import io
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.plates.plate import Folio
from toolkit_builder.press.typesetting.geometry import Box, LiftedBox, PageGeometry, Rectangle, TextPlace, TextRun
from toolkit_builder.press.typesetting.greyscale import grey_html, grey_picture, grey_style
from toolkit_builder.press.typesetting.html_checks import Complaint, of_leaf, of_style, wanting

try:
    import pydyf
    import weasyprint
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf.fonts import build_fonts_dictionary
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:  # pango is not there
    raise MachineError(
        "the typesetting library pango is missing on this machine. Type: toolkit-builder doctor"
    ) from error

VERSION: str = weasyprint.__version__
MM_PER_PIXEL = 25.4 / 96
POINTS_PER_PIXEL = 72 / 96
ASCENDER, DESCENDER = 0.74, 0.22
"""Room above and below the baseline that ink takes, in em (Source Sans 3: ascender 0.73, descender 0.21)."""
VARIANT = "pdf/ua-1"
LEAF_SCHEME = "leaf:"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
REPERTOIRE = (
    *range(0x20, 0x7F),
    *range(0xA0, 0xAD),
    *range(0xAE, 0x180),
    *(0x218, 0x219, 0x21A, 0x21B),
    *range(0x1E80, 0x1E86),
    *(0x1EF2, 0x1EF3),
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026),
    *(0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
)
"""Code points that every font is given, so that one font serves all plates: Latin with all Welsh letters (Basic Latin,
Latin-1, Latin Extended-A, w and y with accents), punctuation. What a page has beyond them is added to its document's.
"""
NOWHERE = Rectangle(0, 0, 0, 0)


class EngineError(Exception):
    """The engine failed over a layout or a style, as it does over some combinations of properties."""


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Allows the files of the project, font packages and pictures that stand in the HTML itself; nothing else."""

    def __init__(self, folders: Sequence[Path], *, greyscale: bool = False) -> None:
        super().__init__(allow_redirects=False)
        self.folders = [folder.resolve() for folder in folders]
        self.greyscale = greyscale

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(SCHEME):
            try:
                return URLFetcherResponse(url, font_file(url).read_bytes(), {"Content-Type": "font/ttf"})
            except MachineError as error:
                raise FatalURLFetchingError(error.message) from error
        if url.startswith(("data:image/svg+xml", "data:image/png;base64,")):
            found = super().fetch(url, headers)
            return self._greyed(found) if self.greyscale else found
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in self.folders):
            raise ValueError(f"“{url}” is not a file of this project; only those are allowed")
        if self.greyscale and path.suffix.lower() == ".svg":
            drawing = grey_style(path.read_text("utf-8"))
            return URLFetcherResponse(url, drawing.encode(), {"Content-Type": "image/svg+xml"})
        if self.greyscale and path.suffix.lower() in _PICTURES:
            return URLFetcherResponse(url, grey_picture(path.read_bytes()), {"Content-Type": "image/png"})
        return super().fetch(url, headers)

    def _greyed(self, found: URLFetcherResponse) -> URLFetcherResponse:
        """A picture that stands in the HTML itself, in grey."""
        data = found.read()
        data = grey_picture(data) if found.content_type == "image/png" else grey_style(data.decode()).encode()
        return URLFetcherResponse(found.url, data, {"Content-Type": found.content_type})


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects what the engine and its font library log, instead of printing it."""
    handler = _Complaints()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield handler.messages
    finally:
        for logger, (propagate, level) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate, logger.level = propagate, level


@contextmanager
def _timeless_fonts() -> Iterator[None]:
    """Keeps the time of writing out of embedded fonts, so that the same input gives the same bytes.

    fontTools stamps a font that it makes from a variable one with the time, or with what SOURCE_DATE_EPOCH says.
    """
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


LIGATURES = ("ff", "fi", "fl", "fj", "ffi", "ffl", "ft", "fft", "tt", "fb", "ffb", "fh", "ffh", "fk", "ffk", "fþ")
"""Letters that a font may have one glyph for."""


@dataclass
class LaidOut:
    """Pages that are laid out and not yet written."""

    document: Any
    source: Any
    complaints: list[Complaint]
    engine: Engine

    def pages(self) -> list[PageGeometry]:
        return [_page_geometry(number, page) for number, page in enumerate(self.document.pages, start=1)]

    def only(self, kept: Sequence[bool]) -> LaidOut:
        """Some of the pages, for a document of their own."""
        pages = [page for page, keep in zip(self.document.pages, kept, strict=True) if keep]
        return LaidOut(self.document.copy(pages), self.source, [], self.engine)

    def font_files(self) -> list[tuple[str, bytes]]:
        """The family and file of each font that a draft was written with."""
        return [(font.family, font.file_content) for font in self.document.fonts.values()]

    def draft(self, faces: Iterable[Face]) -> tuple[Draft, list[Complaint]]:
        """Write the pages as tagged PDF to make plates of, and return what the engine complained of meanwhile.

        `faces` are those in use. Fonts are named but not in it, page numbers are lifted out.
        """
        fonts = {face: self.engine.specimen(face) for face in sorted(set(faces))}
        folios = [_lift_folio(page, fonts) for page in self.document.pages]
        numbers = [_lift_number(page, fonts) for page in self.document.pages]
        self.document.fonts.update({font.key: font.font for font in fonts.values()})
        languages: list[dict[int, Mark]] = []
        with _listening() as messages, _drafting(_Marks(self.source, languages)):
            data = self.document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
        known = {font.font.hash: face for face, font in fonts.items()}
        complaints = [of_leaf(message, self.source) for message in messages]
        complaints += [
            Complaint(f"the font {font.family} was used, which the styles do not declare")
            for font in self.document.fonts.values()
            if font.hash not in known
        ]
        glyphs = {
            font.font.hash: {
                glyph: (text, float(font.font.widths[glyph])) for glyph, text in font.font.to_unicode.items()
            }
            for font in fonts.values()
        }
        repertoires = {font.font.hash: font.repertoire for font in fonts.values()}
        return Draft(data, languages, folios, numbers, known, glyphs, repertoires), complaints


@dataclass(frozen=True, order=True)
class Face:
    """A font as pages use it: family, weight, italic or upright."""

    family: str
    weight: int
    italic: bool

    @property
    def key(self) -> str:
        return f"{self.family}|{self.weight}|{'italic' if self.italic else 'upright'}"


@dataclass(frozen=True)
class Mark:
    """A piece of marked content: the language that it is in, and whether it is an artifact."""

    language: str
    is_artifact: bool


@dataclass(frozen=True)
class Draft:
    """Pages as PDF without fonts: `marks` for each page by number of marked content, `folios` and `numbers` (within
    the text) by page; for each font (by its name in the pages) the face, the text and width of every glyph, and the
    glyphs of its repertoire.
    """

    data: bytes
    marks: list[dict[int, Mark]]
    folios: list[Folio | None]
    numbers: list[Folio | None]
    faces: dict[str, Face]
    glyphs: dict[str, dict[int, tuple[str, float]]]
    repertoires: dict[str, frozenset[int]]


@dataclass(frozen=True)
class _Specimen:
    """The engine's own font object for a face, after it has set the repertoire once."""

    key: int
    font: Any
    repertoire: frozenset[int]
    digits: tuple[tuple[int, float], ...]
    document: Any
    """Kept, since the font lives as long as its document."""


class _Marks:
    """Notes the language of each piece of marked content while the engine builds the structure tree."""

    def __init__(self, root: Any, found: list[dict[int, Mark]]) -> None:
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.found = found

    def note(self, page_streams: Sequence[Any]) -> None:
        for stream in page_streams:
            self.found.append({value["mcid"]: self._mark(box) for box, value in stream._tags.items()})

    def _mark(self, box: Any) -> Mark:
        element, language, is_artifact = box.element, "", False
        while element is not None:
            language = language or element.get("lang") or ""
            is_artifact = is_artifact or element.get("data-artifact") is not None
            element = self.parents.get(element)
        return Mark(language, is_artifact)


@contextmanager
def _drafting(marks: _Marks | None) -> Iterator[None]:
    """Makes the engine leave fonts out of what it writes, which takes it longest, and say what is in which language."""
    inside = weasyprint.pdf
    fonts_before, tags_before = inside.build_fonts_dictionary, inside.add_tags

    def name_fonts(pdf: Any, fonts: Any, *_: Any) -> Any:
        named = pydyf.Dictionary()
        for font in fonts.values():
            named[font.hash] = pydyf.Dictionary({"Type": "/Font", "BaseFont": font.name})
        return named

    def add_tags(pdf: Any, document: Any, version: Any, page_streams: Any) -> None:
        if marks is not None:
            marks.note(page_streams)
        tags_before(pdf, document, version, page_streams)

    inside.build_fonts_dictionary, inside.add_tags = name_fonts, add_tags
    try:
        yield
    finally:
        inside.build_fonts_dictionary, inside.add_tags = fonts_before, tags_before


def _name_leaves(root: Any) -> None:
    """Turn links to anchors into links to leaves: where those stand is for the binding to know.

    Leaves of several documents may stand side by side, with the same identifiers: those are taken off.
    """
    for leaf in root.iter():
        if leaf.get("data-leaf") is not None:
            leaf.attrib.pop("id", None)
    for link in root.iter("a"):
        address = link.get("href", "")
        if address.startswith("#") and len(address) > 1:
            link.set("href", f"{LEAF_SCHEME}{address[1:]}")


def _lift_folio(page: Any, fonts: Mapping[Face, _Specimen]) -> Folio | None:
    """Take the page number out of a page's margin boxes, and say how it stood there."""
    page_box, lifted = page._page_box, None
    for margin_box in [child for child in page_box.children if isinstance(child, boxes.MarginBox)]:
        if not any(kind == "counter()" and values[0] == "page" for kind, values in _content(margin_box)):
            continue
        page_box.children = [child for child in page_box.children if child is not margin_box]
        lifted = _folio(page, margin_box, fonts) or lifted
    return lifted


def _lift_number(page: Any, fonts: Mapping[Face, _Specimen]) -> Folio | None:
    """Take the number that stands for a page number (`data-number`) out of the text, and say how it stood there."""
    for box in _all_boxes(page._page_box):
        if box.element is not None and box.element.get("data-number") is not None and box.children:
            lifted = _folio(page, box, fonts)
            box.children = []
            return lifted
    return None


def _all_boxes(box: Any) -> Iterator[Any]:
    """A box and all that have children below it, those out of the flow too."""
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.ParentBox):
        yield box
        for child in box.children:
            yield from _all_boxes(child)


def _folio(page: Any, box: Any, fonts: Mapping[Face, _Specimen]) -> Folio | None:
    """How the text of a box stands on its page, if it has one."""
    text = next((one for one in box.descendants() if isinstance(one, boxes.TextBox)), None)
    if text is None:
        return None
    face = Face(text.style["font_family"][0], int(text.style["font_weight"]), text.style["font_style"] != "normal")
    left, right = text.position_x, text.position_x + text.width
    align = "right" if left > page.width * 0.6 else "left" if right < page.width * 0.4 else "centre"
    edge = {"right": right, "left": left, "centre": (left + right) / 2}[align]
    return Folio(
        align,
        edge * POINTS_PER_PIXEL,
        (page.height - text.position_y - text.baseline) * POINTS_PER_PIXEL,
        fonts[face].font.hash,
        text.style["font_size"] * POINTS_PER_PIXEL,
        tuple(text.style["color"].to("srgb").coordinates),
        fonts[face].digits,
    )


def _content(box: Any) -> Iterator[tuple[str, Any]]:
    content = box.style["content"]
    for item in content if isinstance(content, tuple) else ():
        if isinstance(item, tuple) and len(item) == 2:
            yield item


class Engine:
    """Lays out documents that share style sheets and fonts; parsing those once saves most of the time."""

    def __init__(
        self,
        styles: Sequence[Path],
        folders: Sequence[Path],
        characters: Callable[[Face], frozenset[int]],
        *,
        greyscale: bool = False,
        first: tuple[str, Path] = ("", Path()),
    ) -> None:
        """`first`: CSS that stands before the style sheets, and where its relative addresses start."""
        self.characters = characters
        self.greyscale = greyscale
        self.fetcher = _Fetcher(folders, greyscale=greyscale)
        self.fonts = FontConfiguration()
        self.styles: list[Any] = []
        self.style_complaints: list[Complaint] = []
        self._specimens: dict[Face, _Specimen] = {}
        with self._engine_errors():
            self.styles.append(self._css(*first))
        for path in styles:
            with self._engine_errors(), _listening() as messages:
                self.styles.append(self._style(path))
            self.style_complaints += [of_style(message, str(path)) for message in messages]

    def _style(self, path: Path) -> Any:
        if not self.greyscale:
            return weasyprint.CSS(filename=path, font_config=self.fonts, url_fetcher=self.fetcher)
        return self._css(grey_style(path.read_text("utf-8")), path)

    def _css(self, css: str, beside: Path) -> Any:
        """CSS whose relative addresses start beside a file, or in a folder."""
        address = f"{beside.resolve().as_uri()}{'/' if beside.is_dir() else ''}"
        return weasyprint.CSS(string=css, base_url=address, font_config=self.fonts, url_fetcher=self.fetcher)

    def lay_out(self, html: str, base: Path, *, leaf_links: bool = True) -> LaidOut:
        """Lay an HTML document out. `base` is the folder where its relative addresses start.

        With `leaf_links` links within the document are taken to name leaves (`#ANCHOR`), which need not be in it.
        """
        with self._engine_errors(), _listening() as messages:
            html = grey_html(html) if self.greyscale else html
            source = weasyprint.HTML(string=html, base_url=f"{base.resolve().as_uri()}/", url_fetcher=self.fetcher)
            if leaf_links:
                _name_leaves(source.etree_element)
            document = source.render(stylesheets=self.styles, font_config=self.fonts, pdf_variant=VARIANT)
        root = source.etree_element
        complaints = [*self.style_complaints, *wanting(root), *(of_leaf(message, root) for message in messages)]
        return LaidOut(document, root, complaints, self)

    def specimen(self, face: Face) -> _Specimen:
        """The engine's font for a face, its repertoire set once, so that widths depend on no page."""
        if face not in self._specimens:
            with _listening(), _drafting(None):
                document = self._set_repertoire(face)
                document.write_pdf(pdf_variant=VARIANT)
            fonts = {font.hash: (key, font) for key, font in document.fonts.items()}
            if len(fonts) != 1:
                raise EngineError(f"{face.key}: {len(fonts)} fonts for one face")
            [(key, font)] = fonts.values()
            glyphs = {text: glyph for glyph, text in font.to_unicode.items()}
            digits = tuple((glyphs[digit], font.widths[glyphs[digit]]) for digit in "0123456789" if digit in glyphs)
            self._specimens[face] = _Specimen(key, font, frozenset(font.to_unicode), digits, document)
        return self._specimens[face]

    def font_files(self, face: Face) -> list[tuple[str, bytes]]:
        """The family and file of the font that a face is made from."""
        font = self.specimen(face).font
        return [(font.family, font.file_content)]

    def font(self, face: Face, extra: Mapping[int, tuple[str, float]]) -> bytes:
        """A PDF with one font: the repertoire of a face, and `extra` glyphs with their texts and widths."""
        specimen = self.specimen(face)
        with _listening() as messages, _timeless_fonts(), _drafting(None):
            document = self._set_repertoire(face)
            data = io.BytesIO()
            finisher = _with_font(specimen.font, specimen.repertoire, extra)
            document.write_pdf(data, pdf_variant=VARIANT, finisher=finisher)
        if messages:
            raise EngineError(f"{face.key}: {messages[0]}")
        return data.getvalue()

    def _set_repertoire(self, face: Face) -> Any:
        available = self.characters(face)
        texts = [*map(chr, REPERTOIRE), *LIGATURES]
        characters = " ".join(html.escape(text) for text in texts if {ord(one) for one in text} <= available)
        style = f"font: {'italic' if face.italic else 'normal'} {face.weight} 100px '{face.family}'"
        page = "@page { size: 4000px 4000px; margin: 50px }"
        source = f'<html lang="en"><title>.</title><style>{page}</style><p style="{style}">{characters}</p>'
        return weasyprint.HTML(string=source, url_fetcher=self.fetcher).render(font_config=self.fonts)

    @contextmanager
    def _engine_errors(self) -> Iterator[None]:
        try:
            yield
        except FatalURLFetchingError as error:
            raise MachineError(str(error)) from error
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise EngineError(f"{type(error).__name__}: {error}") from error


def _with_font(
    font: Any, repertoire: frozenset[int], extra: Mapping[int, tuple[str, float]]
) -> Callable[[Any, Any], None]:
    """Adds a font to a PDF that has none; the engine's own object is left as it is."""
    whole = copy.copy(font)
    texts = {glyph: text for glyph, (text, _) in extra.items()}
    widths = {glyph: width for glyph, (_, width) in extra.items()}
    whole.to_unicode = dict(sorted({**texts, **{glyph: font.to_unicode[glyph] for glyph in repertoire}}.items()))
    whole.widths = {**widths, **{glyph: font.widths[glyph] for glyph in repertoire}}
    whole.variations = dict(font.variations)

    def finish(document: Any, pdf: Any) -> None:
        options = {"hinting": False, "pdf_version": "1.7"}
        built = build_fonts_dictionary(pdf, {0: whole}, True, True, options)
        pdf.catalog["Font"] = built[whole.hash]

    return finish


# -- from the engine's boxes to geometry ------------------------------------------------------------------------------


_MARKS = (("data-leaf", "leaf"), ("data-key", "key"), ("lang", "language"), ("data-language", "printed"))
"""What layouts write on elements, and what it says of them."""


@dataclass(frozen=True)
class _Around:
    """What surrounds a box: the leaf and text it belongs to, the frames around it, the block that it stands in."""

    leaf: str = ""
    key: str = ""
    language: str = ""
    printed: str = ""
    frames: tuple[Rectangle, ...] = ()
    column: Rectangle = NOWHERE
    block: int = 0
    bleed: bool = False
    lifted: frozenset[int] = frozenset()


def _page_geometry(number: int, page: Any) -> PageGeometry:
    box = page._page_box
    size = Rectangle(0, 0, page.width * MM_PER_PIXEL, page.height * MM_PER_PIXEL)
    walk = _Walk()
    walk.visit(box, _Around(frames=(size,), column=size))
    return PageGeometry(
        number,
        walk.leaf,
        size,
        tuple(walk.texts),
        tuple(walk.boxes),
        tuple(walk.lifted),
        tuple(walk.languages),
        walk.extent,
        walk.row_area,
    )


class _Walk:
    def __init__(self) -> None:
        self.texts: list[TextRun] = []
        self.boxes: list[Box] = []
        self.lifted: list[LiftedBox] = []
        self.languages: list[str] = []
        self.leaf = ""
        self.extent = 0.0
        self.row_area: Rectangle | None = None

    def visit(self, box: Any, around: _Around) -> None:
        box = getattr(box, "_box", box)  # an absolutely positioned box stands behind a placeholder
        if isinstance(box, boxes.TextBox):
            self._text(box, around)
            return
        around = self._around(box, around)
        for child in getattr(box, "children", ()):
            self.visit(child, around)

    def _around(self, box: Any, around: _Around) -> _Around:
        values = dict(vars(around))
        element = box.element
        if element is not None and isinstance(box, boxes.Box) and not isinstance(box, boxes.PageBox):
            for attribute, name in _MARKS:
                values[name] = element.get(attribute, values[name])
            if element.get("data-leaf") is not None:  # a leaf says its language itself
                values["language"] = element.get("lang", "")
            self.leaf = self.leaf or values["leaf"]
            if element.tag in ("section", "article") and box.element_tag == element.tag:
                self.languages.append(values["language"])
        if isinstance(box, boxes.BlockContainerBox | boxes.PageBox | boxes.MarginBox):
            values["column"] = _rectangle(box, "content")
            values["block"] = id(box)
        if not isinstance(box, boxes.PageBox | boxes.InlineBox | boxes.LineBox) and element is not None:
            values["bleed"] = around.bleed or element.get("data-bleed") is not None
            here = _rectangle(box, "border")
            if not values["bleed"] and box.element_tag == element.tag and element.tag not in ("html", "body"):
                place = TextPlace(values["leaf"], values["key"], values["language"], values["printed"])
                self.boxes.append(Box(place, str(element.tag), here, around.frames))
                if box.is_absolutely_positioned():
                    self.lifted.append(LiftedBox(id(box), _rectangle(box, "margin")))
                    values["lifted"] = around.lifted | {id(box)}
            if element.get("data-frame") is not None or element.get("data-leaf") is not None:
                values["frames"] = (*around.frames, here)
            self._measure(element, box, here)
        return _Around(**values)

    def _measure(self, element: Any, box: Any, here: Rectangle) -> None:
        """Note how far down a leaf goes, and where it leaves room for rows."""
        if element.get("data-leaf") is not None:
            self.extent = self.extent or here.bottom
        if element.get("data-rows") is not None:
            self.row_area = _rectangle(box, "content")

    def _text(self, box: Any, around: _Around) -> None:
        text = box.text.strip()
        if not text or box.style["visibility"] != "visible":
            return
        size = box.style["font_size"]
        baseline = box.position_y + box.baseline
        ink = _scaled(
            box.position_x, baseline - ASCENDER * size, box.position_x + box.width, baseline + DESCENDER * size
        )
        self.texts.append(
            TextRun(
                TextPlace(around.leaf, around.key, around.language, around.printed),
                text,
                ink,
                around.column,
                around.block,
                tuple(box.style["font_family"]),
                int(box.style["font_weight"]),
                box.style["font_style"] != "normal",
                size * POINTS_PER_PIXEL,
                around.frames,
                around.lifted,
            )
        )


def _rectangle(box: Any, edge: str) -> Rectangle:
    if edge == "content":
        left, top, width, height = box.content_box_x(), box.content_box_y(), box.width, box.height
    elif edge == "margin":
        left, top, width, height = box.position_x, box.position_y, box.margin_width(), box.margin_height()
    else:
        left, top = box.border_box_x(), box.border_box_y()
        width, height = box.border_width(), box.border_height()
    return _scaled(left, top, left + width, top + height)


def _scaled(left: float, top: float, right: float, bottom: float) -> Rectangle:
    return Rectangle(*(value * MM_PER_PIXEL for value in (left, top, right, bottom)))
