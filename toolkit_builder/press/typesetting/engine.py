"""The typesetting engine: WeasyPrint, as documents with the same styles and fonts use it.

Lays HTML out into pages, says where everything came to stand (`geometry`), and writes drafts to make plates of. Every
warning and error that WeasyPrint logs is kept as a complaint, since it mostly logs what ought to stop the press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from toolkit_builder.press.geometry import PageGeometry, Picture
from toolkit_builder.press.plates.draft import LEAF_SCHEME, Draft, Face
from toolkit_builder.press.preflight.html_checks import Complaint, of_leaf, wanting
from toolkit_builder.press.preflight.style_checks import of_style
from toolkit_builder.press.typesetting.drafting import write_draft
from toolkit_builder.press.typesetting.engine_messages import engine_errors, engine_messages
from toolkit_builder.press.typesetting.greyscale import grey_html, grey_style
from toolkit_builder.press.typesetting.page_boxes import page_geometry
from toolkit_builder.press.typesetting.pictures import pictures_of
from toolkit_builder.press.typesetting.specimens import VARIANT, Specimens
from toolkit_builder.press.typesetting.url_fetcher import ProjectFetcher
from toolkit_builder.press.typesetting.weasyprint_internals import (
    document_fonts,
    known_properties,
    page_box,
    root_element,
)


@dataclass
class LaidOut:
    """Pages that are laid out and not yet written, the HTML that they were laid out from, and what is wrong so far."""

    document: Document
    root: Element
    complaints: list[Complaint]
    specimens: Specimens

    def pages(self) -> list[PageGeometry]:
        parents = {child: parent for parent in self.root.iter() for child in parent}
        return [page_geometry(number, page, parents) for number, page in enumerate(self.document.pages, start=1)]

    def pictures(self) -> list[list[Picture]]:
        """The pictures of each page."""
        return [pictures_of(page_box(page)) for page in self.document.pages]

    def only(self, kept: Sequence[bool]) -> LaidOut:
        """Some of the pages, for a document of their own."""
        pages = [page for page, keep in zip(self.document.pages, kept, strict=True) if keep]
        return LaidOut(self.document.copy(pages), self.root, [], self.specimens)

    def font_files(self) -> list[tuple[str, bytes]]:
        """The family and file of each font that a draft was written with."""
        return [(font.family, font.file) for font in document_fonts(self.document)]

    def draft(self, faces: Iterable[Face]) -> tuple[Draft, list[Complaint]]:
        """Write the pages, once; what the engine complained of meanwhile. `faces` are those in use.

        Raises EngineError if the engine fails over it.
        """
        with engine_errors():
            return write_draft(self.document, self.root, self.specimens, faces)

    def pdf(self) -> bytes:
        """The pages as a document that is only looked at. Raises EngineError if the engine fails over it."""
        with engine_errors():
            data: bytes = self.document.write_pdf()
        return data


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
        """`folders`: what may be loaded; `characters`: the code points that a face has; `first`: CSS that stands before
        the style sheets, and where its relative addresses start.

        Raises EngineError if a style sheet cannot be used, MachineError if a font package is missing.
        """
        self.greyscale = greyscale
        self.fetcher = ProjectFetcher(folders, greyscale=greyscale)
        self.fonts = FontConfiguration()
        self.specimens = Specimens(self.fonts, self.fetcher, characters)
        self.styles: list[weasyprint.CSS] = []
        self.style_complaints: list[Complaint] = []
        with engine_errors():
            self.styles.append(self._css(*first))
        for path in styles:
            with engine_errors(), engine_messages() as messages:
                self.styles.append(self._style(path))
            if messages:
                css, properties = path.read_text("utf-8"), known_properties()
                self.style_complaints += [of_style(message, str(path), css, properties) for message in messages]

    def _style(self, path: Path) -> weasyprint.CSS:
        if not self.greyscale:
            return weasyprint.CSS(filename=path, font_config=self.fonts, url_fetcher=self.fetcher)
        return self._css(grey_style(path.read_text("utf-8")), path)

    def _css(self, css: str, beside: Path) -> weasyprint.CSS:
        """CSS whose relative addresses start beside a file, or in a folder."""
        address = f"{beside.resolve().as_uri()}{'/' if beside.is_dir() else ''}"
        return weasyprint.CSS(string=css, base_url=address, font_config=self.fonts, url_fetcher=self.fetcher)

    def lay_out(self, html: str, base: Path, *, leaf_links: bool = True) -> LaidOut:
        """Lay an HTML document out. `base` is the folder where its relative addresses start.

        With `leaf_links` links within the document are taken to name leaves (`#ANCHOR`), which need not be in it.
        Raises EngineError if the engine fails over it, MachineError if a font package is missing.
        """
        with engine_errors(), engine_messages() as messages:
            html = grey_html(html) if self.greyscale else html
            source = weasyprint.HTML(string=html, base_url=f"{base.resolve().as_uri()}/", url_fetcher=self.fetcher)
            root = root_element(source)
            if leaf_links:
                _name_leaves(root)
            document = source.render(stylesheets=self.styles, font_config=self.fonts, pdf_variant=VARIANT)
        complaints = [*self.style_complaints, *wanting(root), *(of_leaf(message, root) for message in messages)]
        return LaidOut(document, root, complaints, self.specimens)

    def font_files(self, face: Face) -> list[tuple[str, bytes]]:
        """The family and file of the font that a face is made from."""
        font = self.specimens.of(face).font
        return [(font.family, font.file)]

    def font(self, face: Face, extra: Mapping[int, tuple[str, float]]) -> bytes:
        """A PDF with one font (`Specimens.font_file`)."""
        return self.specimens.font_file(face, extra)


def _name_leaves(root: Element) -> None:
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
