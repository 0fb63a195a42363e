"""Pages as trees of HTML elements: rendered by their templates, read as XML, and made clean for whatever is written of
them.

Templates mark each text with its key, for preflight of printed pages; here the marks are taken off. What only paper
needs is taken off too: styles, and elements that have nothing but a style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement

from defusedxml.ElementTree import fromstring

from toolkit_builder.catalogue.model import PeopleColumn, Text
from toolkit_builder.documents.plan import anchor_of
from toolkit_builder.editions.pages import CONTENTS, ReadingOrder, ReadingPage
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.products import parts

BLOCKS = frozenset(
    (
        *(
            "article",
            "aside",
            "body",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "footer",
            "form",
            "head",
            "header",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "html", "legend", "li", "main", "nav", "ol", "p", "section", "table"),
        *("tbody", "td", "th", "thead", "tr", "ul"),
    )
)
"""Elements that begin on a line of their own; spaces at their edges say nothing."""
DRAFT = "draft"
"""The class of the mark of what no reviewer has accepted."""
_COUNTED = re.compile(r"counter-increment: list-item (-?[0-9]+)")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class RenderedPage:
    """A page with its content. `draft`: it says that its translation is a draft."""

    page: ReadingPage
    body: Element

    @property
    def language(self) -> str:
        return self.page.language


class PageRenderer:
    """Renders the pages of one ticket."""

    def __init__(self, templates: Templates, ticket: JobTicket) -> None:
        self.templates = templates
        self.ticket = ticket

    def rendered(self, order: ReadingOrder, page: ReadingPage) -> RenderedPage:
        """A page. Raises FaultsError if its template is wrong, or makes no well-formed HTML."""
        leaf = page.leaf
        context = {**leaf.data, **self._context(order, page), "leaf": leaf, "edition": leaf.edition}
        html = self.templates.leaf(_with_data(page, context), "")
        try:
            tree = fromstring(f"<body>{str(html).replace('<br>', '<br/>')}</body>")
        except ParseError as error:
            message = f"page {page.name} is no well-formed HTML ({error}); close every element and quote every value"
            raise FaultsError([Fault(f"layouts/{leaf.layout}", 0, 0, "", message)]) from None
        return RenderedPage(page, clean(tree))

    def _context(self, order: ReadingOrder, page: ReadingPage) -> dict[str, Any]:
        """What templates of pages are given beside what a leaf is made of."""
        selection, language = self.ticket.selection, page.language
        product = page.leaf.name.partition("/")[0]
        others = [
            other for other in order.pages.get(language, ()) if other is not page and "category" not in other.leaf.data
        ]
        return {
            "pack": self.ticket.partnership,
            "anchor_to": lambda role, item: anchor_of(f"{product}/{role}/{item}/{language}"),
            "found_by": _found_by,
            "others": others if page.leaf.role == CONTENTS else (),
            "groups": page.leaf.data.get("groups") or parts.by_category(selection, selection.actions),
            "count": len(selection.actions),
            "about": parts.about(selection, self.ticket.edition),
            "criteria": [] if selection.is_whole else parts.criteria_lines(selection),
        }


def _with_data(page: ReadingPage, context: dict[str, Any]) -> Any:
    from dataclasses import replace

    return replace(page.leaf, data=context)


def _found_by(column: PeopleColumn[Text], action: Any) -> list[str]:
    """The sectors that asking for finds an action."""
    involved = {sector for party in action.parties(column.id) for sector in party.sectors}
    return [sector.id for sector in column.sectors if involved & column.found_by(sector.id)]


# -- trees -------------------------------------------------------------------------------------------------------------


def clean(tree: Element) -> Element:
    """A tree without marks of texts, styles of paper, and spaces that say nothing."""
    found = Element(tree.tag, _attributes(tree))
    _copy(tree, found)
    _trim(found)
    return found


def _attributes(element: Element) -> dict[str, str]:
    """Its attributes but for marks and styles; the number of an item that does not count on from the one before."""
    return {
        name: value
        for name, value in element.items()
        if name not in ("data-key", "data-language", "style", "data-draft", "data-artifact")
        and not (name == "class" and value in ("nowrap", "points", "parties", "local-who"))
    }


def _copy(source: Element, target: Element) -> None:
    _append(target, source.text)
    number = 0
    for child in source:
        attributes = _attributes(child)
        if child.tag == "li" and source.tag == "ol":
            step = _COUNTED.search(child.get("style", ""))
            number += int(step[1]) if step else 1
            if step:
                attributes["value"] = str(number)
        if child.tag in ("span", "div") and not attributes:
            _copy(child, target)
        else:
            found = SubElement(target, child.tag, attributes)
            if attributes.get("class") == DRAFT:  # it follows on a title
                found.text = "· "
            _copy(child, found)
        _append(target, child.tail)


def _append(target: Element, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _trim(element: Element) -> None:
    """Runs of spaces become one; at the edges of blocks, and between them, none is left."""
    is_block, children = element.tag in BLOCKS, list(element)
    element.text = _SPACES.sub(" ", element.text or "")
    for child in children:
        child.tail = _SPACES.sub(" ", child.tail or "")
        _trim(child)
    if is_block:
        element.text = element.text.lstrip() if element.text.strip() or not children or _is_block(children[0]) else ""
        if children:
            children[-1].tail = (children[-1].tail or "").rstrip()
        else:
            element.text = element.text.rstrip()
    for before, after in zip([None, *children], children, strict=False):
        if _is_block(after) and before is not None:
            before.tail = (before.tail or "").rstrip()
        if _is_block(after):
            after.tail = (after.tail or "").lstrip()
            if before is None:
                element.text = element.text.rstrip()


def _is_block(element: Element) -> bool:
    return element.tag in BLOCKS


def walked(element: Element) -> Iterator[Element]:
    """An element and all within it that is shown without a script."""
    if "hidden" in element.attrib:
        return
    yield element
    for child in element:
        yield from walked(child)


def shown(tree: Element) -> Element:
    """A tree without what is shown only where a script runs."""
    return changed(tree, lambda element: None if "hidden" in element.attrib else element)


def changed(tree: Element, change: Callable[[Element], Element | None]) -> Element:
    """A copy of a tree with elements changed, from the outside in; None takes one out, with all that is in it."""
    found = Element(tree.tag, dict(tree.items()))
    found.text, found.tail = tree.text, tree.tail
    for child in tree:
        kept = change(child)
        if kept is None:
            _append(found, child.tail)
        else:
            own = changed(kept, change)
            own.tail = ""
            found.append(own)
            _append(found, child.tail)
    return found


def text_of(element: Element) -> str:
    """The words of an element, with the alternatives of its pictures, each block parted from others by a space."""
    return _SPACES.sub(" ", "".join(_words(element))).strip()


def _words(element: Element) -> Iterator[str]:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return
    edge = " " if _is_block(element) or element.tag == "br" else ""
    yield edge
    if element.tag == "svg":
        yield element.get("aria-label", "")
    elif element.tag == "img":
        yield element.get("alt", "")
    else:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
    yield edge
