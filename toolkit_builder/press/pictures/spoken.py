"""What a screen reader says of a page: the texts of its structure tree in their order, pictures by their alternatives.

It is read from the finished document, so that it is what its pages say and not what they should.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as raw

_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TH", "TD", "Figure", "Caption"})
"""Structure types (ISO 32000-1, 14.8.4) after which a voice pauses."""
_PAUSE = "\x1e"
"""Between blocks; no text has it."""
_END = (".", "?", "!", ":", ";", "…", "—")
_BROKEN = re.compile("[\x02\ufffe]\\s*")
"""What PDFium puts for a hyphen at the end of a line, where the text has one: no word is broken by hyphens here."""


def spoken(page: Any) -> str:
    """All that is said of a page, as one line: blocks are sentences."""
    texts = _texts_by_mark(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ""
    try:
        kids = range(raw.FPDF_StructTree_CountChildren(tree))
        pieces = [piece for at in kids for piece in _said(raw.FPDF_StructTree_GetChildAtIndex(tree, at), texts)]
    finally:
        raw.FPDF_StructTree_Close(tree)
    blocks = (" ".join(block.split()) for block in "".join(pieces).split(_PAUSE))
    return " ".join(block if block.endswith(_END) else f"{block}." for block in blocks if block)


def _said(element: Any, texts: dict[int, str]) -> Iterator[str]:
    """What an element says, in pieces, with a pause where a block begins and ends."""
    if not element:
        return
    kind = _text(raw.FPDF_StructElement_GetType, element)
    pause = _PAUSE if kind in _BLOCKS else ""
    yield pause
    said = _text(raw.FPDF_StructElement_GetAltText, element) or _text(raw.FPDF_StructElement_GetActualText, element)
    if said:
        yield said
    else:
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if mark >= 0:
                yield texts.get(mark, "")
            else:
                yield from _said(raw.FPDF_StructElement_GetChildAtIndex(element, at), texts)
    yield " " if kind == "Lbl" else pause


def _texts_by_mark(page: Any) -> dict[int, str]:
    """What each piece of marked content says; PDFium puts white space where a line ends."""
    text_page = page.get_textpage()
    found: dict[int, str] = {}
    mark = -1
    for at in range(text_page.count_chars()):
        if unit := raw.FPDFText_GetTextObject(text_page, at):
            mark = raw.FPDFPageObj_GetMarkedContentID(unit)
        found[mark] = found.get(mark, "") + chr(raw.FPDFText_GetUnicode(text_page, at))
    return {mark: _BROKEN.sub("-", text) for mark, text in found.items()}


def _text(read: Callable[..., int], element: Any) -> str:
    """A text of PDFium's, which is first asked how long it is."""
    length = read(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le")
