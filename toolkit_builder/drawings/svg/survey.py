"""The first look at a drawing: every element and attribute of it, whether it would be drawn or not.

What has no place in a logo is refused here by its name. What is left over is built anew (`rebuilding`) from what is
known: whatever is not asked for there is not in the logo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.allow_list import (
    ELEMENTS,
    REFERRING,
    REFUSED_ELEMENTS,
    SVG,
    XLINK_HREF,
    XML_BASE,
    is_note,
)

_CSS = ("", "text/css")
_URL = re.compile(r"url\s*\(", re.IGNORECASE)


@dataclass
class Survey:
    """The elements by their ids, and the style sheets."""

    by_id: dict[str, Element] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)

    def target(self, identifier: str) -> Element:
        """The element of an id. Raises RefusedError if there is none."""
        if identifier not in self.by_id:
            raise refused(f"refers to “#{shown(identifier)}”, which is not in it; save it again")
        return self.by_id[identifier]


def name_of(element: Element) -> str:
    """The name of an element of SVG, or nothing if it is a note of a drawing program."""
    tag = str(element.tag)
    return "" if is_note(tag) else tag.removeprefix(SVG)


def survey(root: Element) -> Survey:
    """Look at all of a drawing. Raises RefusedError at what may not be in it."""
    seen = Survey()
    for element in _walk(root):
        _check_name(element)
        _check_attributes(element)
        identifier = element.get("id")
        if identifier is not None:
            if identifier in seen.by_id:
                raise refused(f"has two parts with the id “{shown(identifier)}”; save it again")
            seen.by_id[identifier] = element
        if name_of(element) == "style":
            seen.sheets.append(_sheet(element))
    return seen


def reference(element: Element) -> str:
    """The id that a `use` or a gradient refers to, or nothing."""
    return (element.get("href") or element.get(XLINK_HREF) or "").strip().removeprefix("#")


def _walk(root: Element) -> Iterator[Element]:
    """Elements in their order; not what is in metadata and in notes of drawing programs, which is dropped whole."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or is_note(element.tag):
            continue
        yield element
        if element.tag != f"{SVG}metadata":
            waiting += reversed(element)


def _check_name(element: Element) -> None:
    tag = str(element.tag)
    name = tag.rpartition("}")[2]
    if name in REFUSED_ELEMENTS:
        raise refused(f"has {REFUSED_ELEMENTS[name]}")
    if not tag.startswith(SVG) or name not in ELEMENTS:
        raise refused(f"has a part (<{shown(name)}>) that is not drawn; save it as plain shapes")


def _check_attributes(element: Element) -> None:
    for attribute, value in element.attrib.items():
        name = attribute.rpartition("}")[2].lower()
        if name.startswith("on") and not attribute.startswith("{"):
            raise refused(f"has a script ({shown(name)}); save it without")
        if attribute == XML_BASE:
            raise refused("refers to an address outside of itself (xml:base); save it without")
        is_address = attribute in ("href", "src", XLINK_HREF)
        for address in [value.strip()] if is_address else _addresses(value):
            if not address.startswith("#"):
                outside = shown(address)
                raise refused(f"refers to “{outside}” outside of itself; put all of it into the file as shapes")
    if "href" in element.attrib and XLINK_HREF in element.attrib:
        raise refused("refers to a part twice over (href and xlink:href); save it again")
    if name_of(element) not in REFERRING and ("href" in element.attrib or XLINK_HREF in element.attrib):
        raise refused(f"has a reference where none belongs (<{shown(name_of(element))}>); save it again")


def _addresses(value: str) -> Iterator[str]:
    """What stands in each `url(…)` in the value of an attribute."""
    for after in _URL.split(value)[1:]:
        yield after.partition(")")[0].strip(" \t\r\n'\"")


def _sheet(element: Element) -> str:
    if (element.get("type") or "").strip().lower() not in _CSS:
        raise refused("has styles in another language than CSS; save it with presentation attributes")
    if (element.get("media") or "all").strip().lower() != "all":
        raise refused("has styles for some media only; save it with presentation attributes")
    if len(element):
        raise refused("has parts within its styles; save it with presentation attributes")
    return element.text or ""
