"""Print sheets as PDF, without tags: each page that stands on them is written once, as something to be drawn."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from math import cos, radians, sin

from toolkit_builder.press.binding.parts import PartWriter
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, PdfWriter, format_number, text_string
from toolkit_builder.press.plates.page_numbers import stamp
from toolkit_builder.press.plates.plate import FontParts, resources_body


def impose(sheets: Sheets, fonts: Mapping[str, FontParts], metadata: Metadata, identifier: str) -> tuple[bytes, int]:
    """The sheets as PDF, and its number of pages.

    `fonts`: by their names in pages; `identifier`: 32 hexadecimal digits, the trailer's /ID.
    """
    file = PdfWriter()
    parts = PartWriter(file, fonts)
    catalog, tree, information = (file.number() for _ in range(3))
    forms: dict[tuple[int, int, int], int] = {}
    pages = [_side(file, parts, forms, tree, side) for side in sheets.sides]
    parts.write()
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    file.add(tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    file.add(information, metadata.information())
    language = text_string(metadata.languages[0])
    file.add(
        catalog,
        b"<</Type/Catalog/Pages %d 0 R/Lang%s/ViewerPreferences"
        b"<</Duplex/%s/PrintScaling/None/DisplayDocTitle true>>>>" % (tree, language, sheets.duplex.encode()),
    )
    return file.bytes(catalog, information, identifier), len(pages)


def _side(file: PdfWriter, parts: PartWriter, forms: dict[tuple[int, int, int], int], tree: int, side: Side) -> int:
    """A side of a sheet. `forms`: the pages that were written already, as something to be drawn."""
    drawing, names = [_made_good(side)], []
    for number, page in enumerate(side.placed):
        drawing.append(b"q %s%s cm /F%d Do Q" % (_clip(page), _matrix(page), number))
        is_what = id(page.plate), page.page, page.number
        if is_what not in forms:
            forms[is_what] = _form(file, parts, page)
        names.append(b"/F%d %d 0 R" % (number, forms[is_what]))
    drawing.append(side.marks)
    content, number = file.number(), file.number()
    file.stream(content, b"/Filter/FlateDecode", zlib.compress(b"\n".join(filter(None, drawing))))
    text = b"<</Type/Page/Parent %d 0 R%s/Contents %d 0 R/Resources<</XObject<<%s>>>>>>"
    file.add(number, text % (tree, _boxes(side), content, b"".join(names)))
    return number


def _boxes(side: Side) -> bytes:
    """The page boxes (14.11.2). Where something is cut out, the trim is all of it together, as it comes to lie on the
    paper: what the printer shifts and is made good is not seen there.
    """
    media = (0.0, 0.0, *side.size)
    boxes = {"Media": media}
    if side.trim:
        for name, beyond in (("Bleed", side.bleed), ("Trim", 0.0)):
            left, bottom, right, top = side.trim
            (wide, high), last = side.size, (right + beyond, top + beyond)
            boxes[name] = max(left - beyond, 0), max(bottom - beyond, 0), min(last[0], wide), min(last[1], high)
    return b"".join(b"/%sBox[%s]" % (name.encode(), _numbers(edges)) for name, edges in boxes.items())


def _numbers(values: Iterable[float]) -> bytes:
    return b" ".join(map(format_number, values))


def _made_good(side: Side) -> bytes:
    """The matrix (8.3.4) that undoes what the printer does to a side. It turns the sheet about its middle and moves it;
    so the side is moved back, and then turned back.
    """
    if not side.offset:
        return b""
    (width, height), offset = side.size, side.offset
    angle, x, y = radians(-offset.turn), width / 2, height / 2
    from_x, from_y = x + offset.right * POINTS_PER_MM, y + offset.up * POINTS_PER_MM
    right = x - from_x * cos(angle) + from_y * sin(angle)
    up = y - from_x * sin(angle) - from_y * cos(angle)
    turn = b" ".join(b"%.6f" % value for value in (cos(angle), sin(angle), -sin(angle), cos(angle)))
    return b"%s %s %s cm" % (turn, format_number(right), format_number(up))


def _clip(placed: Placed) -> bytes:
    """The part of the sheet within which a page is seen (8.5.4)."""
    if not placed.clip:
        return b""
    left, bottom, right, top = placed.clip
    return b"%s re W n " % _numbers((left, bottom, right - left, top - bottom))


def _matrix(placed: Placed) -> bytes:
    """Where a page stands (ISO 32000-1, 8.3.4): moved to its corner, or turned about its middle."""
    if not placed.turned:
        scale = format_number(placed.scale)
        return b"%s 0 0 %s %s %s" % (scale, scale, format_number(placed.x), format_number(placed.y))
    page, scale = placed.source, format_number(-placed.scale)
    right, top = placed.x + page.width * placed.scale, placed.y + page.height * placed.scale
    return b"%s 0 0 %s %s %s" % (scale, scale, format_number(right), format_number(top))


def _form(file: PdfWriter, parts: PartWriter, placed: Placed) -> int:
    """A page with its bleed as something to be drawn (a form XObject, ISO 32000-1, 8.10), with its number."""
    page = placed.source
    resources = parts.fill(resources_body(page.resources), placed.plate.parts)
    bleed = page.bleed
    box = _numbers((-bleed, -bleed, page.width + bleed, page.height + bleed))
    content = page.content
    if page.is_stamped and placed.number:
        content = zlib.compress(zlib.decompress(content) + stamp(page, placed.number))
    number = file.number()
    entries = b"/Type/XObject/Subtype/Form/BBox[%s]/Resources %s/Filter/FlateDecode" % (box, resources)
    file.stream(number, entries, content)
    return number
