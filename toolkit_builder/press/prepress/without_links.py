"""Plates without links: PDF/X has no annotations on the paper of a page, where nothing is clicked anyway."""

from __future__ import annotations

import msgspec

from toolkit_builder.press.plates.plate import Element, Plate


def without_links(plate: Plate) -> Plate:
    """The plate, its links plain text and its fields gone: tags and languages of texts stay."""
    pages = [msgspec.structs.replace(page, links=[], fields=[]) for page in plate.pages]
    return msgspec.structs.replace(plate, pages=pages, elements=[_plain(element) for element in plate.elements])


def _plain(element: Element) -> Element:
    kids = [kid if isinstance(kid, int) else _plain(kid) for kid in element.kids]
    kind = "Span" if element.kind == "Link" else element.kind
    return msgspec.structs.replace(element, kind=kind, kids=kids, links=[], fields=[])
