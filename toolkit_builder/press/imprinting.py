"""Imprinting: what differs from copy to copy is printed over a page that many copies share.

As printers put a customer's name on shells that were printed beforehand: the shell and the imprint are plates of
their own, typeset apart, and become one page when they are bound.
"""

from __future__ import annotations

import re
import zlib

import msgspec

from toolkit_builder.press.content_streams import MARKED, NAMED, names_resource
from toolkit_builder.press.plates import Body, Element, Page, Plate, PlateError

_PREFIX = b"I"
"""What the imprint names is told from what the shell names, whose names begin with the letter of their kind."""


def imprinted(shell: Plate, imprint: Plate) -> Plate:
    """The shell with the imprint over its first page; the imprint is read after it.

    Raises PlateError if the imprint has several pages, another size, or a page number.
    """
    over, below = imprint.pages[0], shell.pages[0]
    if len(imprint.pages) > 1 or (over.width, over.height) != (below.width, below.height) or over.folio:
        raise PlateError("an imprint is one page of the size of what it is printed on, without a page number")
    resources = {kind: dict(named) for kind, named in below.resources.items()}
    for kind, named in over.resources.items():
        resources.setdefault(kind, {}).update(_renamed(kind, named))
    content = zlib.decompress(below.content) + _shifted(zlib.decompress(over.content), below.marks)
    page = msgspec.structs.replace(
        below,
        content=zlib.compress(content, 9),
        resources=resources,
        marks=below.marks + over.marks,
        links=below.links + over.links,
    )
    return msgspec.structs.replace(
        shell,
        pages=[page, *shell.pages[1:]],
        elements=_inserted(shell.elements, [_element(each, below) for each in imprint.elements]),
        parts=shell.parts | imprint.parts,
        glyphs={font: shell.glyphs.get(font, {}) | imprint.glyphs.get(font, {})
                for font in sorted(shell.glyphs.keys() | imprint.glyphs.keys())},
        fonts=shell.fonts | imprint.fonts,
    )  # fmt: skip


def _renamed(kind: str, named: dict[str, Body]) -> dict[str, Body]:
    return named if kind == "Font" else {_PREFIX.decode() + name: body for name, body in named.items()}


def _shifted(content: bytes, marks: int) -> bytes:
    """The imprint's content stream with names of its own, its marked content numbered after the shell's."""

    def renamed(found: re.Match[bytes]) -> bytes:
        return b"/%s%s %s" % (_PREFIX, found[1], found[2]) if names_resource(found) else found[0]

    def numbered(found: re.Match[bytes]) -> bytes:
        return b"/%s\n<</MCID %d>>\nBDC" % (found[1], int(found[2]) + marks)

    return MARKED.sub(numbered, NAMED.sub(renamed, content))


def _element(element: Element, below: Page) -> Element:
    kids = [kid + below.marks if isinstance(kid, int) else _element(kid, below) for kid in element.kids]
    links = [link + len(below.links) for link in element.links]
    identifier = f"i{element.id}" if element.id else ""
    headers = [f"i{header}" for header in element.headers]
    return msgspec.structs.replace(element, kids=kids, links=links, id=identifier, headers=headers)


def _inserted(elements: list[Element], more: list[Element]) -> list[Element]:
    """After the elements of the first page, so that reading goes on page by page."""
    at = next((at for at, element in enumerate(elements) if element.page > 0), len(elements))
    return [*elements[:at], *more, *elements[at:]]
