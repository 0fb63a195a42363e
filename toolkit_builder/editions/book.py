"""A book for e-readers (EPUB 3.3): the same pages as on the web, each a chapter, each language complete."""

from __future__ import annotations

import hashlib
import posixpath
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.decoding import project_text
from toolkit_builder.documents.plan import Plan
from toolkit_builder.editions.archive import archive
from toolkit_builder.editions.colours import colour_style, in_the_dark
from toolkit_builder.editions.edition_file import EditionFile
from toolkit_builder.editions.markup import linked, pictured
from toolkit_builder.editions.pages import ReadingOrder
from toolkit_builder.editions.rendering import PageRenderer, RenderedPage, shown, text_of
from toolkit_builder.editions.webfonts import LICENCE, FontSet, WebFont, font_set
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project
from toolkit_builder.version import __version__

MIMETYPE, CONTAINER, FOLDER, PACKAGE = "mimetype", "META-INF/container.xml", "EPUB", "package.opf"
STYLE, NAVIGATION = "style.css", "contents.xhtml"
_KINDS = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
    "txt": "text/plain",
}
_XHTML, _OPS, _SVG = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.w3.org/2000/svg"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTAINER = _DECLARATION + (
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_ACCESSIBILITY = (
    *(("accessMode", mode) for mode in ("textual", "visual")),
    ("accessModeSufficient", "textual"),
    *(("accessibilityFeature", feature) for feature in ("alternativeText", "structuralNavigation", "tableOfContents")),
    *(("accessibilityHazard", hazard) for hazard in ("noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard")),
)
"""What reading systems tell of it (EPUB Accessibility 1.1, schema.org)."""


@dataclass
class Book:
    """The book of one plan."""

    project: Project
    ticket: JobTicket
    plan: Plan
    order: ReadingOrder
    renderer: PageRenderer
    store: Store
    _files: dict[str, bytes] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    """What the book does not show as paper does, once it is made."""

    def file(self) -> EditionFile:
        """The book. Raises FaultsError where a template or a style is wrong."""
        pages = [self.renderer.rendered(self.order, page) for page in self.order.all()]
        names = {page.page.anchor: f"{page.language}-{page.page.name}.xhtml" for page in pages}
        chapters = {names[page.page.anchor]: self._chapter(page, names) for page in pages}
        kept = self._fonts(pages)
        fonts = kept.fonts
        self.notices = [*in_the_dark(self.ticket), *kept.notices]
        files = {
            NAVIGATION: self._navigation(pages, names),
            **chapters,
            STYLE: self._style(fonts).encode(),
            **dict(sorted(self._files.items())),
            **{font.name: font.data for font in fonts},
        }
        if licence := next((font.licence for font in fonts if font.licence), b""):
            files[LICENCE] = licence
        package = self._package(files, list(chapters), pages)
        whole = {MIMETYPE: b"application/epub+zip", CONTAINER: _CONTAINER, PACKAGE: package, **files}
        outside = (MIMETYPE, CONTAINER)
        placed = {name if name in outside else f"{FOLDER}/{name}": data for name, data in whole.items()}
        data = archive(placed, stored=MIMETYPE)
        return EditionFile("", data, self.plan.languages, self.plan.actions, len(chapters))

    def _chapter(self, page: RenderedPage, names: Mapping[str, str]) -> bytes:
        def keep(name: str, data: bytes) -> str:
            self._files[name] = data
            return name

        body = pictured(linked(shown(page.body), names.get), keep)
        return self._document(page.page.title or text_of(page.body)[:60], page.language, body)

    def _document(self, title: str, language: str, body: Element) -> bytes:
        """A chapter as XHTML."""
        direction = self.ticket.selection.catalogue.framework.language(language).direction
        root = Element("html", {"xmlns": _XHTML, "xmlns:epub": _OPS, "lang": language, "dir": direction})
        head = SubElement(root, "head")
        SubElement(head, "title").text = markdown.plain(title)
        SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": STYLE})
        root.append(body)
        for element in root.iter():
            if element.tag == "svg":
                element.set("xmlns", _SVG)
            if "lang" in element.attrib:
                element.set("xml:lang", element.attrib["lang"])
        return _DECLARATION + f"<!DOCTYPE html>\n{tostring(root, encoding='unicode')}\n".encode()

    def _navigation(self, pages: Sequence[RenderedPage], names: Mapping[str, str]) -> bytes:
        """The table of contents that reading systems show: each language with its pages, actions below categories."""
        framework = self.ticket.selection.catalogue.framework
        body = Element("body")
        nav = SubElement(body, "nav", {"epub:type": "toc", "id": "toc"})
        first = self.order.languages[0]
        SubElement(nav, "h1").text = markdown.plain(self.ticket.selection.catalogue.labels["contents"]["title"][first])
        top = SubElement(nav, "ol")
        for language in self.order.languages:
            item = SubElement(top, "li", {"lang": language, "dir": framework.language(language).direction})
            own = [page for page in pages if page.language == language]
            SubElement(item, "a", {"href": names[own[0].page.anchor]}).text = framework.language(language).name
            _list(SubElement(item, "ol"), own, names)
        return self._document(framework.title[first], first, body)

    def _fonts(self, pages: Sequence[RenderedPage]) -> FontSet:
        framework = self.ticket.selection.catalogue.framework
        languages = [framework.language(each) for each in self.order.languages]
        files = {language.id: language.font.file if language.font else None for language in languages}
        text = dict.fromkeys(files, "")
        for page in pages:
            text[page.language] += text_of(page.body) + page.page.title
        return font_set(self.project, files, text, self.store)

    def _style(self, fonts: Sequence[WebFont]) -> str:
        own = project_text(self.project, self.project.style("editions.css"))
        return "\n".join([*(font.style(font.name) for font in fonts), own, colour_style(self.ticket)])

    def _package(self, files: Mapping[str, bytes], chapters: Sequence[str], pages: Sequence[RenderedPage]) -> bytes:
        """What the book is: its metadata, its files, and their order."""
        plan = self.plan
        digest = hashlib.sha256(b"".join(name.encode() + data for name, data in files.items())).hexdigest()
        package = Element(
            "package",
            {
                "xmlns": "http://www.idpf.org/2007/opf",
                "version": "3.0",
                "unique-identifier": "id",
                "xml:lang": plan.languages[0],
            },
        )
        metadata = SubElement(package, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
        SubElement(metadata, "dc:identifier", {"id": "id"}).text = uuid.UUID(hex=digest[:32]).urn
        SubElement(metadata, "dc:title").text = markdown.plain(plan.title)
        for language in plan.languages:
            SubElement(metadata, "dc:language").text = language
        SubElement(metadata, "dc:creator").text = markdown.plain(plan.author)
        SubElement(metadata, "dc:rights").text = markdown.plain(plan.rights)
        SubElement(metadata, "dc:date").text = plan.date.isoformat()
        SubElement(metadata, "meta", {"property": "dcterms:modified"}).text = f"{plan.date.isoformat()}T00:00:00Z"
        SubElement(metadata, "meta", {"name": "generator", "content": f"Toolkit Builder {__version__}"})
        for name, value in _ACCESSIBILITY:
            SubElement(metadata, "meta", {"property": f"schema:{name}"}).text = value
        manifest = SubElement(package, "manifest")
        with_drawings = {name for name, data in files.items() if name.endswith(".xhtml") and b"<svg" in data}
        for number, name in enumerate(files):
            properties = ["nav"] if name == NAVIGATION else ["svg"] if name in with_drawings else []
            kind = _KINDS[posixpath.splitext(name)[1][1:]]
            attributes = {"id": f"f{number}", "href": name, "media-type": kind}
            SubElement(manifest, "item", {**attributes, **({"properties": " ".join(properties)} if properties else {})})
        spine = SubElement(package, "spine")
        ids = {name: f"f{number}" for number, name in enumerate(files)}
        for name in chapters:
            SubElement(spine, "itemref", {"idref": ids[name]})
        return _DECLARATION + f"{tostring(package, encoding='unicode')}\n".encode()


def _list(top: Element, pages: Sequence[RenderedPage], names: Mapping[str, str]) -> None:
    """Items of a list for pages, those of actions below that of their category."""
    below: Element | None = None
    last: Element | None = None
    for page in pages:
        is_action = page.page.action is not None
        if is_action and last is not None and below is None:
            below = SubElement(last, "ol")
        parent = below if is_action and below is not None else top
        item = SubElement(parent, "li")
        SubElement(item, "a", {"href": names[page.page.anchor]}).text = markdown.plain(page.page.title)
        if not is_action:
            below, last = None, item
