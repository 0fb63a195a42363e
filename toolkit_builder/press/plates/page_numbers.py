"""Page numbers (folios) and thumb tabs, stamped on pages when their place in the document is known: an instruction a
line, as all content of plates (`content_streams.py`).
"""

from __future__ import annotations

import zlib

import msgspec

from toolkit_builder.press.pdf.content_streams import mark
from toolkit_builder.press.pdf.writer import format_number
from toolkit_builder.press.plates.plate import Folio, Page, ThumbTab


def stamp(page: Page, number: int) -> bytes:
    """What is stamped on a page with this number, as artifacts (14.8.2.2): mirrored on left-hand pages, which bear even
    numbers. Empty if nothing is.
    """
    is_left_hand = number % 2 == 0
    folio = _folio(page.folio, number, page.width, is_left_hand=is_left_hand) if page.folio else b""
    return folio + (_tab(page.tab, page.width, is_left_hand=is_left_hand) if page.tab else b"")


def stamped(page: Page, number: int) -> Page:
    """The page as it is seen with this number: what is stamped on it is in its content."""
    if not page.is_stamped:
        return page
    content = zlib.decompress(page.content) + b"\n" + stamp(page, number)
    return msgspec.structs.replace(page, content=zlib.compress(content, 1), folio=None, tab=None)


def _tab(tab: ThumbTab, width: float, *, is_left_hand: bool) -> bytes:
    left = width - tab.left - tab.width if is_left_hand else tab.left
    place = format_number(left), format_number(tab.bottom)
    return b"\n/Artifact<</Type/Layout>> BDC\nq\n1 0 0 1 %s %s cm\n%sQ\nEMC\n" % (*place, tab.drawing)


def _folio(folio: Folio, number: int, width: float, *, is_left_hand: bool) -> bytes:
    edge = width - folio.edge if is_left_hand else folio.edge
    align = {"left": "right", "right": "left"}.get(folio.align, folio.align) if is_left_hand else folio.align
    drawn = _drawn(folio, number, edge, align)
    return b"/Artifact<</Type/Pagination/Subtype/Footer>> BDC\n%s\nEMC" % drawn


def stamp_in_text(folio: Folio, number: int, mark_number: int) -> bytes:
    """A page number within the text, as marked content (14.6) with the number `mark_number`."""
    return b"%s\n%s\nEMC\n" % (mark("Span", mark_number), _drawn(folio, number, folio.edge, folio.align))


def _drawn(folio: Folio, number: int, edge: float, align: str) -> bytes:
    digits = [folio.digits[int(digit)] for digit in str(number)]
    length = sum(advance for _, advance in digits) * folio.size / 1000
    left = {"left": edge, "right": edge - length, "centre": edge - length / 2}[align]
    glyphs = b"".join(b"%04x" % glyph for glyph, _ in digits)
    return b"q\n%s rg\nBT\n/%s %s Tf\n1 0 0 1 %s %s Tm\n<%s> Tj\nET\nQ" % (
        b" ".join(format_number(part) for part in folio.colour),
        folio.font.encode(),
        format_number(folio.size),
        format_number(left),
        format_number(folio.baseline),
        glyphs,
    )
