"""What the HTML of a document has to say before it is laid out, and which part of it a complaint is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


@dataclass(frozen=True)
class Complaint:
    """Something said against a document: by the engine, which logs what ought to stop the press, or by `wanting`.

    `leaf` is the leaf that it is about, `style` the style sheet (a path), where that is known; `is_of_document` if it
    is about what stands around the leaves. `line` and `column` are those of a style sheet.
    """

    message: str
    leaf: str = ""
    style: str = ""
    line: int = 0
    column: int = 0
    is_of_document: bool = False


def wanting(root: Element) -> Iterator[Complaint]:
    """What a document lacks (language, title, alternative texts: PDF/UA-1, 7.1 to 7.3), or has and must not have."""
    if not (root.get("lang") or "").strip():
        yield Complaint("the document has no language: <html> needs a lang", is_of_document=True)
    if not any("".join(title.itertext()).strip() for title in root.iterfind("head/title")):
        yield Complaint("the document has no title", is_of_document=True)
    parts = list(_leaves(root))
    for name, leaf in parts:
        yield from (replace(complaint, leaf=name) for complaint in map(_wanting, leaf.iter()) if complaint)
    in_leaves = {element for _, leaf in parts for element in leaf.iter()}
    others = (element for element in root.iter() if element not in in_leaves)
    yield from (replace(complaint, is_of_document=True) for complaint in map(_wanting, others) if complaint)


def of_leaf(message: str, root: Element) -> Complaint:
    """A complaint with the leaf that it is about: the one that has the address or the declaration that it quotes."""
    for name, leaf in _leaves(root):
        if any(_is_quoted(element, message) for element in leaf.iter()):
            return Complaint(message, leaf=name)
    return Complaint(message)


def _leaves(root: Element) -> Iterator[tuple[str, Element]]:
    for element in root.iter():
        name = element.get("data-leaf")
        if name is not None:
            yield name, element


def _wanting(element: Element) -> Complaint | None:
    if not isinstance(element.tag, str):  # a comment
        return None
    if element.get("data-field") is not None and not (element.get("data-field-name") or "").strip():
        return Complaint(f"the field {element.get('data-field')} has no name to be read out (data-field-name)")
    if "attachment" in (element.get("rel") or "").lower().split():
        return Complaint(f"“{element.get('href')}” is to be attached; attachments are not allowed")
    if element.tag == f"{SVG}svg" and not "".join(element.findtext(f"{SVG}title") or "").strip():
        return Complaint("a drawing has no alternative text: <svg> needs a <title>, or should be a background")
    if element.tag == "img" and not (element.get("alt") or "").strip():
        picture = element.get("src") or "without address"
        return Complaint(f"the picture “{picture}” has no alternative text (alt); decoration should be a background")
    return None


def _is_quoted(element: Element, message: str) -> bool:
    address = element.get("src") or element.get("href") or ""
    if len(address) > 1 and address in message:
        return True
    style, quotes = _squeezed(element.get("style") or ""), re.findall(r"[`'“\"]([^`'”\"]+)[`'”\"]", message)
    return any(len(quote) > 3 and _squeezed(quote) in style for quote in quotes)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def address_of_picture(element: Element | None) -> str:
    """The address of the picture that an element is, or has in its background as its own style says."""
    if element is None:
        return ""
    if element.tag == f"{SVG}svg":
        return "svg"
    if element.tag in ("img", "embed"):
        return element.get("src") or ""
    if element.tag == "object":
        return element.get("data") or ""
    named = _URL.search(element.get("style") or "")
    return named[1] if named else ""
