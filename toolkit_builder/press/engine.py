"""The typesetting engine: the one module that touches WeasyPrint, and any private part of it.

Lays HTML out into pages, says where everything came to stand (`geometry`), and writes PDF. Every WARNING and ERROR
that WeasyPrint logs is kept as a complaint, since it mostly logs what ought to stop the press. Private parts used:
`Page._page_box` and the boxes below it (position, size, style), to know where text and boxes stand.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.geometry import Box, LiftedBox, PageGeometry, Place, Rectangle, TextRun
from toolkit_builder.press.source import Complaint, of_leaf, of_style, wanting

try:
    import weasyprint
    from weasyprint.formatting_structure import boxes
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
NOWHERE = Rectangle(0, 0, 0, 0)


class EngineError(Exception):
    """The engine failed over a layout or a style, as it does over some combinations of properties."""


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Allows files in the project's own folders, font packages and pictures drawn by layouts; nothing else."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allow_redirects=False)
        self.folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(SCHEME):
            try:
                return URLFetcherResponse(url, font_file(url).read_bytes(), {"Content-Type": "font/ttf"})
            except MachineError as error:
                raise FatalURLFetchingError(error.message) from error
        if url.startswith("data:image/svg+xml"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in self.folders):
            raise ValueError(f"“{url}” is not a file of this project; only those are allowed")
        return super().fetch(url, headers)


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


@dataclass
class LaidOut:
    """Pages that are laid out and not yet written."""

    document: Any
    source: Any
    complaints: list[Complaint]

    def pages(self) -> list[PageGeometry]:
        return [_page_geometry(number, page) for number, page in enumerate(self.document.pages, start=1)]

    def write(self, target: Path) -> list[Complaint]:
        """Write the pages as tagged PDF and return what the engine complained of meanwhile."""
        with _listening() as complaints, _timeless_fonts():
            self.document.write_pdf(target, pdf_variant=VARIANT)
        return [of_leaf(message, self.source) for message in complaints]

    def families(self) -> set[str]:
        """The font families in use, after writing."""
        return {font.family for font in self.document.fonts.values()}


class Engine:
    """Lays out documents that share style sheets and fonts; parsing those once saves most of the time."""

    def __init__(self, styles: Sequence[Path], folders: Sequence[Path]) -> None:
        self.fetcher = _Fetcher(folders)
        self.fonts = FontConfiguration()
        self.styles: list[Any] = []
        self.style_complaints: list[Complaint] = []
        for path in styles:
            with self._engine_errors(), _listening() as messages:
                self.styles.append(weasyprint.CSS(filename=path, font_config=self.fonts, url_fetcher=self.fetcher))
            self.style_complaints += [of_style(message, str(path)) for message in messages]

    def lay_out(self, html: str, base: Path) -> LaidOut:
        """Lay an HTML document out. `base` is the folder where its relative addresses start."""
        with self._engine_errors(), _listening() as messages:
            source = weasyprint.HTML(string=html, base_url=f"{base.resolve().as_uri()}/", url_fetcher=self.fetcher)
            document = source.render(stylesheets=self.styles, font_config=self.fonts, pdf_variant=VARIANT)
        root = source.etree_element
        complaints = [*self.style_complaints, *wanting(root), *(of_leaf(message, root) for message in messages)]
        return LaidOut(document, root, complaints)

    @contextmanager
    def _engine_errors(self) -> Iterator[None]:
        try:
            yield
        except FatalURLFetchingError as error:
            raise MachineError(str(error)) from error
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise EngineError(f"{type(error).__name__}: {error}") from error


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
        number, walk.leaf, size, tuple(walk.texts), tuple(walk.boxes), tuple(walk.lifted), tuple(walk.languages)
    )


class _Walk:
    def __init__(self) -> None:
        self.texts: list[TextRun] = []
        self.boxes: list[Box] = []
        self.lifted: list[LiftedBox] = []
        self.languages: list[str] = []
        self.leaf = ""

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
                place = Place(values["leaf"], values["key"], values["language"], values["printed"])
                self.boxes.append(Box(place, str(element.tag), here, around.frames))
                if box.is_absolutely_positioned():
                    self.lifted.append(LiftedBox(id(box), _rectangle(box, "margin")))
                    values["lifted"] = around.lifted | {id(box)}
            if element.get("data-frame") is not None or element.get("data-leaf") is not None:
                values["frames"] = (*around.frames, here)
        return _Around(**values)

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
                Place(around.leaf, around.key, around.language, around.printed),
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
