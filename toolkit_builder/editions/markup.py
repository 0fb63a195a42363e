"""Trees as HTML and as XHTML, and what becomes of their links and pictures."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element, tostring

from toolkit_builder.editions.rendering import changed

PICTURES = "pictures"
_KINDS = {"image/svg+xml": "svg", "image/png": "png"}


def html(tree: Element) -> str:
    """A tree as HTML."""
    return tostring(tree, encoding="unicode", method="html")


def linked(tree: Element, address_of: Callable[[str], str | None]) -> Element:
    """A tree whose links to pages (`#ANCHOR`) lead to their addresses; those to pages that are not there are text."""

    def change(element: Element) -> Element:
        href = element.get("href", "")
        if element.tag != "a" or not href.startswith("#"):
            return element
        address = address_of(href[1:])
        if address is None:
            return _renamed(element, "span")
        return _with(element, href=address)

    return changed(tree, change)


def pictured(tree: Element, keep: Callable[[str, bytes], str]) -> Element:
    """A tree whose pictures are files: `keep` is given the name and the bytes of each, and says its address."""

    def change(element: Element) -> Element:
        address = element.get("src", "")
        if element.tag != "img" or not address.startswith("data:"):
            return element
        name, data = picture_of(address)
        return _with(element, src=keep(name, data))

    return changed(tree, change)


def picture_of(address: str) -> tuple[str, bytes]:
    """The name and the bytes of a picture that stands in its address (RFC 2397)."""
    head, _, body = address.removeprefix("data:").partition(",")
    kind, *how = head.split(";")
    data = b64decode(body) if "base64" in how else unquote_to_bytes(body)
    return f"{PICTURES}/{hashlib.sha256(data).hexdigest()[:12]}.{_KINDS[kind]}", data


def prefixed(tree: Element, prefix: str) -> Element:
    """A tree whose names (`id`) begin with a prefix, and what refers to them."""

    def change(element: Element) -> Element:
        names = {
            name: f"{prefix}{element.attrib[name]}" for name in ("id", "aria-labelledby") if name in element.attrib
        }
        return _with(element, **names) if names else element

    return changed(tree, change)


def words_of_pictures(tree: Element) -> Iterator[str]:
    """What is said of each picture that says something."""
    yield from (each.get("alt", "") for each in tree.iter("img") if each.get("alt"))


def _with(element: Element, **attributes: str) -> Element:
    return _renamed(element, element.tag, **attributes)


def _renamed(element: Element, tag: str, **attributes: str) -> Element:
    kept = {name: value for name, value in element.items() if name != "href" or tag == "a"}
    found = Element(tag, {**kept, **attributes})
    found.text, found.tail = element.text, element.tail
    found.extend(element)
    return found
