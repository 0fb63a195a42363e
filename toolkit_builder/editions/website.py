"""Web pages: a folder that works from a disk as from any web server, or one file.

A page for each action and language, and around it the way to all others. Nothing is fetched from elsewhere, and nothing
needs a script but what is for convenience (`layouts/editions/site/site.js`).
"""

from __future__ import annotations

import json
import posixpath
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.decoding import project_text
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.editions.colours import colour_style, in_the_dark
from toolkit_builder.editions.edition_file import KEY_COMMENT, EditionFile
from toolkit_builder.editions.markup import html, linked, pictured, prefixed
from toolkit_builder.editions.pages import HOME, STATEMENT, ReadingOrder, ReadingPage
from toolkit_builder.editions.rendering import PageRenderer, RenderedPage, clean, text_of
from toolkit_builder.editions.webfonts import LICENCE, FontSet, WebFont, font_set
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.press.store.store import Store
from toolkit_builder.products import parts
from toolkit_builder.project import Project

STYLE, SCRIPT, SEARCH, INDEX, FIRST = "style.css", "site.js", "search", "search-index.js", "index.html"
_SITE = "editions/site"


@dataclass
class Website:
    """The web pages of one plan. Raises FaultsError where a template, a style or the script is wrong or missing."""

    project: Project
    ticket: JobTicket
    plan: Plan
    order: ReadingOrder
    renderer: PageRenderer
    store: Store
    _pictures: dict[str, bytes] = field(default_factory=dict)

    # -- as a folder ---------------------------------------------------------------------------------------------------

    def folder(self) -> Iterator[EditionFile]:
        """All files of the folder."""
        yield self._first()
        for language in self.order.languages:
            for page in self.pages[language]:
                actions = (page.page.action.code,) if page.page.action else ()
                data = self._document(page, self._shell(page))
                yield EditionFile(self._place(page.page), data, (language,), actions, 1)
            search = self._search_page(language)
            yield EditionFile(f"{language}/{SEARCH}.html", search, (language,), (), 1)
            yield EditionFile(f"{language}/{INDEX}", self._index(language), (language,))
        fonts = list(self.fonts)
        yield EditionFile(STYLE, self._style({font.name: font.name for font in fonts}).encode())
        yield EditionFile(SCRIPT, self._script.encode())
        yield from (EditionFile(name, data) for name, data in sorted(self._pictures.items()))
        yield from (EditionFile(font.name, font.data) for font in fonts)
        if licence := next((font.licence for font in fonts if font.licence), b""):
            yield EditionFile(LICENCE, licence)

    @cached_property
    def pages(self) -> Mapping[str, Sequence[RenderedPage]]:
        """The pages of each language with their content, and the accessibility statement."""
        return {
            language: [self.renderer.rendered(self.order, page) for page in (*pages, self._statement(language, pages))]
            for language, pages in self.order.pages.items()
        }

    def _statement(self, language: str, pages: Sequence[ReadingPage]) -> ReadingPage:
        """The page that says how accessible these are, which no printed document has."""
        title = parts.label(self.ticket.selection, "screen", STATEMENT)[language]
        name = f"{self.plan.product}/{STATEMENT}/{language}"
        leaf = Leaf(name, f"editions/{STATEMENT}.html", (language,), title, edition=self.ticket.edition)
        return ReadingPage(STATEMENT, language, title, leaf, (leaf.anchor,))

    def _place(self, page: ReadingPage) -> str:
        return f"{page.language}/{page.name}.html"

    def _first(self) -> EditionFile:
        """The first page: covers, side by side."""
        covers = [self.renderer.rendered(self.order, cover) for cover in self.order.covers]
        languages = self.order.languages
        language, framework = languages[0], self.ticket.selection.catalogue.framework
        context = {
            "title": " / ".join(dict.fromkeys(markdown.plain(framework.title[each]) for each in languages)),
            "covers": [
                {"language": each, "address": f"{each}/{HOME}.html", "title": framework.language(each).name}
                for each in languages
            ],
            "pack": self.ticket.partnership,
        }
        shell = self._parsed("first.html", language, context)
        contents = {cover.language: cover.body for cover in covers}
        tree = _filled(shell, lambda place: contents.get(place.get("class", "")))
        return EditionFile(FIRST, self._written(tree, FIRST), languages, (), 1)

    def _shell(self, page: RenderedPage) -> Element:
        """What stands round a page."""
        language, name = page.language, page.page.name
        pages = self.order.pages[language]
        here = pages.index(page.page) if page.page in pages else None
        around = {"before": None, "after": None} if here is None else _around(pages, here)
        return self._around(language, name, page.page.title, around)

    def _around(self, language: str, name: str, title: str, more: Mapping[str, Any]) -> Element:
        framework = self.ticket.selection.catalogue.framework
        menu = [
            {
                "title": page.title,
                "address": f"{page.name}.html",
                "is_here": page.name == name,
                "category": _category(page),
            }
            for page in sorted(self.order.pages[language], key=lambda page: page.name != HOME)
            if page.action is None
        ]
        here = framework.title[language] if name == HOME else f"{title} · {framework.title[language]}"
        if self.ticket.partnership:
            here += f" · {self.ticket.partnership.short_name[language]}"
        context = {
            "title": markdown.plain(here),
            "menu": menu,
            "elsewhere": [
                {
                    "language": each,
                    "title": framework.language(each).name,
                    "address": f"{name}.html" if each == language else f"../{each}/{name}.html",
                }
                for each in self.order.languages
            ],
            "up": "../",
            "scripts": [],
            "searches": True,
            "statement": f"{STATEMENT}.html",
            "pack": self.ticket.partnership,
            "before": None,
            "after": None,
            **more,
        }
        return self._parsed("page.html", language, context)

    def _document(self, page: RenderedPage, shell: Element) -> bytes:
        return self._written(_filled(shell, lambda _: page.body), self._place(page.page))

    def _search_page(self, language: str) -> bytes:
        title = parts.label(self.ticket.selection, "screen", "search")[language]
        shell = self._around(language, SEARCH, title, {"scripts": [INDEX]})
        content = self._parsed("search.html", language, {})
        return self._written(_filled(shell, lambda _: content), f"{language}/{SEARCH}.html")

    def _written(self, tree: Element, place: str) -> bytes:
        """A page as HTML, its links and pictures where they are seen from its place."""
        folder = posixpath.dirname(place)
        addresses = {
            link: posixpath.relpath(self._place(page), folder or ".")
            for page in self.order.all()
            for link in page.links
        }

        def keep(name: str, data: bytes) -> str:
            self._pictures[name] = data
            return posixpath.relpath(name, folder or ".")

        tree = pictured(linked(tree, lambda anchor: anchor if anchor == "main" else addresses.get(anchor)), keep)
        for link in tree.iter("a"):
            if link.get("href") == "main":
                link.set("href", "#main")
        return f"<!DOCTYPE html>\n{KEY_COMMENT}\n{html(tree)}\n".encode()

    def _index(self, language: str) -> bytes:
        """The words of the pages, for a script to search: address, title, words."""
        entries = [[f"{page.page.name}.html", page.page.title, text_of(page.body)] for page in self.pages[language]]
        said = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries if entry[0] != f"{HOME}.html")
        return f"window.pagesToSearch = [\n{said}\n];\n".encode()

    # -- what pages share ----------------------------------------------------------------------------------------------

    @property
    def notices(self) -> list[str]:
        """What the pages do not show as paper does."""
        return [*in_the_dark(self.ticket), *self._font_set.notices]

    @property
    def fonts(self) -> Sequence[WebFont]:
        """The fonts of all pages."""
        return self._font_set.fonts

    @cached_property
    def _font_set(self) -> FontSet:
        framework = self.ticket.selection.catalogue.framework
        languages = [framework.language(each) for each in self.order.languages]
        files = {language.id: language.font.file if language.font else None for language in languages}
        text = {each: "".join(text_of(page.body) + page.page.title for page in self.pages[each]) for each in files}
        return font_set(self.project, files, text, self.store)

    def _style(self, addresses: Mapping[str, str]) -> str:
        faces = [font.style(addresses[font.name]) for font in self.fonts]
        own = self.project.style("editions.css")
        return "\n".join([*faces, project_text(self.project, own), colour_style(self.ticket)])

    @cached_property
    def _script(self) -> str:
        places = [place / _SITE / SCRIPT for place in self.project.layouts]
        found = next((place for place in places if place.exists()), places[-1])
        return project_text(self.project, found)

    def _parsed(self, layout: str, language: str, context: Mapping[str, Any]) -> Element:
        name = f"{_SITE}/{layout}"
        text = str(self.renderer.templates.surroundings(name, language, context))
        root = text if layout in ("page.html", "first.html") else f"<div>{text}</div>"
        try:
            return clean(fromstring(root))
        except SyntaxError as error:
            message = f"makes no well-formed HTML ({error}); close every element and quote every value"
            raise FaultsError([Fault(f"layouts/{name}", 0, 0, "", message)]) from None

    # -- as one file ---------------------------------------------------------------------------------------------------

    def single_file(self) -> EditionFile:
        """All pages in one file, with all that they need."""
        framework = self.ticket.selection.catalogue.framework
        first = self.order.languages[0]
        sections = [self._section(page) for page in self._in_order()]
        context = {
            "title": " / ".join(dict.fromkeys(markdown.plain(framework.title[each]) for each in self.order.languages)),
            "covers": [{"language": each, "title": framework.language(each).name} for each in self.order.languages],
            "first_of": {page.page.language: page.page.anchor for page in reversed([*self._in_order()])},
            "pack": self.ticket.partnership,
        }
        shell = self._parsed("single.html", first, context)
        tree = _filled(shell, lambda _: _body(sections))
        named = {font.name: f"data:font/woff2;base64,{b64encode(font.data).decode()}" for font in self.fonts}
        for element in tree.iter():
            if element.tag == "style":
                element.text = self._style(named)
            if element.tag == "script":
                element.text = self._script
        data = f"<!DOCTYPE html>\n{KEY_COMMENT}\n{html(tree)}\n".encode()
        count = sum(map(len, self.pages.values())) + len(self.order.covers)
        return EditionFile("", data, self.plan.languages, self.plan.actions, count)

    def _in_order(self) -> Iterator[RenderedPage]:
        for language in self.order.languages:
            yield from (
                self.renderer.rendered(self.order, cover) for cover in self.order.covers if cover.language == language
            )
            yield from self.pages[language]

    def _section(self, page: RenderedPage) -> Element:
        """A page as a section, known by the name that links give it."""
        known = {link for each in self._all_pages for link in each.links}
        body = prefixed(page.body, f"{page.page.anchor}-")
        body = linked(body, lambda anchor: f"#{anchor}" if anchor in known else None)
        framework = self.ticket.selection.catalogue.framework
        direction = framework.language(page.language).direction
        section = Element(
            "section", {"class": "one-page", "id": page.page.anchor, "lang": page.language, "dir": direction}
        )
        section.text = body.text
        section.extend(body)
        return section

    @cached_property
    def _all_pages(self) -> Sequence[ReadingPage]:
        return [*self.order.covers, *(page.page for pages in self.pages.values() for page in pages)]


def _category(page: ReadingPage) -> str:
    category = page.leaf.data.get("category")
    return category.id if category else ""


def _around(pages: Sequence[ReadingPage], here: int) -> dict[str, Any]:
    """The pages before and after one."""
    before = pages[here - 1] if here > 0 else None
    after = pages[here + 1] if here + 1 < len(pages) else None
    return {
        name: {"title": page.title, "address": f"{page.name}.html"} if page else None
        for name, page in (("before", before), ("after", after))
    }


def _body(sections: Sequence[Element]) -> Element:
    body = Element("body")
    body.extend(sections)
    return body


def _filled(shell: Element, content: Any) -> Element:
    """What stands round a page with the page in its place."""
    found = Element(shell.tag, dict(shell.items()))
    found.text, found.tail = shell.text, shell.tail
    for child in shell:
        body = content(child) if child.tag == "content" else None
        if body is not None:
            found.extend(body)
            if body.text and len(found) == len(body):
                found.text = (found.text or "") + body.text
        elif child.tag != "content":
            found.append(_filled(child, content))
    return found
