"""Imposition: plates are laid on print sheets, turned and marked as printing and cutting need it; without tags."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from toolkit_builder.press.binding.parts import PartWriter
from toolkit_builder.press.binding.sheets import A4, Placed, Sheets
from toolkit_builder.press.binding.tiling import tiles
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, PdfWriter, format_number, text_string
from toolkit_builder.press.plates.page_numbers import stamp
from toolkit_builder.press.plates.plate import FontParts, resources_body

MARK = 8 * POINTS_PER_MM
"""Length of a cutting mark, in pt."""


def cards_four_up(pages: Sequence[Placed | None], *, turned_backs: bool = False) -> Sheets:
    """A6 faces four up on A4, for a duplex printer that turns at the long edge.

    The pages are fronts and backs in turn; None is a blank one. Each sheet has four fronts on one side and their backs,
    mirrored from left to right, on the other; both share one cutting grid, drawn with short marks.
    """
    sides = []
    for first in range(0, len(pages), 8):
        for side in (0, 1):
            faces = pages[first + side : first + 8 : 2]
            placed = [_on_grid(face, at, side == 1, turned_backs) for at, face in enumerate(faces) if face]
            sides.append((A4, tuple(placed)))
    return Sheets(tuple(sides), _cutting_marks())


def tents(pages: Sequence[Placed | None], *, turned_backs: bool = False) -> Sheets:
    """Cards that stand: on one side of a sheet of A4 a front upright below and its back turned above.

    The pages are fronts and backs in turn; None is a blank one. Folded between them, both are outside, and upright.
    `turned_backs` turns nothing: sheets that are folded so are printed on one side.
    """
    del turned_backs
    width, height = A4
    sides = []
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        placed = []
        for page, foot, is_turned in ((front, 0.0, False), (back, height / 2, True)):
            if page:
                x, y = (width - page.source.width) / 2, foot + (height / 2 - page.source.height) / 2
                placed.append(Placed(page.plate, page.page, x, y, turned=is_turned))
        sides.append((A4, tuple(placed)))
    return Sheets(tuple(sides), _folding_marks())


SCHEMES: Mapping[str, Callable[..., Sheets]] = {"four-up": cards_four_up, "tent": tents, "tiles": tiles}
"""How products are imposed whose `product.yaml` says `sheets`."""


def _on_grid(face: Placed, at: int, is_back: bool, turned_backs: bool) -> Placed:
    width, height = A4[0] / 2, A4[1] / 2
    row, column = divmod(at, 2)
    x = (1 - column if is_back else column) * width + (width - face.source.width) / 2
    y = (1 - row) * height + (height - face.source.height) / 2
    return Placed(face.plate, face.page, x, y, is_back and turned_backs)


def tilted_and_turned(halves: Sequence[tuple[Sequence[Placed | None], Sequence[Placed | None]]]) -> Sheets:
    """Pages to be printed on both sides, turned over at the long edge; None is a blank page.

    Of each pair of halves the first stands as it is read. The second begins on the back of the last sheet, upside down,
    and goes on backwards: whoever turns the whole over and upside down finds it in order.
    """
    sides: list[Placed | None] = []
    for first, second in halves:
        blank = [None] * ((len(first) + len(second)) % 2)
        sides += [*first, *blank, *(page and _turned(page) for page in reversed(second))]
    size = next((page.source.width, page.source.height) for page in sides if page)
    return Sheets(tuple((size, (page,) if page else ()) for page in sides))


def _turned(page: Placed) -> Placed:
    return replace(page, turned=not page.turned)


def impose(sheets: Sheets, fonts: Mapping[str, FontParts], metadata: Metadata, identifier: str) -> tuple[bytes, int]:
    """The sheets as PDF, and its number of pages.

    `fonts`: by their names in pages; `identifier`: 32 hexadecimal digits, the trailer's /ID.
    """
    file = PdfWriter()
    parts = PartWriter(file, fonts)
    catalog, tree, information, marks = (file.number() for _ in range(4))
    file.stream(marks, b"/Filter/FlateDecode", zlib.compress(sheets.marks))
    own_marks = sheets.own_marks or (b"",) * len(sheets.sides)
    forms: dict[tuple[int, int, int], int] = {}
    pages = [
        _side(file, parts, forms, tree, marks, own, size, placed)
        for own, (size, placed) in zip(own_marks, sheets.sides, strict=True)
    ]
    parts.write()
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    file.add(tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    file.add(information, metadata.information())
    language = text_string(metadata.languages[0])
    file.add(
        catalog,
        b"<</Type/Catalog/Pages %d 0 R/Lang%s/ViewerPreferences"
        b"<</Duplex/DuplexFlipLongEdge/PrintScaling/None/DisplayDocTitle true>>>>" % (tree, language),
    )
    return file.bytes(catalog, information, identifier), len(pages)


def _side(
    file: PdfWriter,
    parts: PartWriter,
    forms: dict[tuple[int, int, int], int],
    tree: int,
    marks: int,
    own_marks: bytes,
    size: tuple[float, float],
    placed: Sequence[Placed],
) -> int:
    """A side of a sheet. `forms`: the pages that were written already, as something to be drawn."""
    drawing, names = [], []
    for number, page in enumerate(placed):
        drawing.append(b"q %s%s cm /F%d Do Q" % (_clip(page), _matrix(page), number))
        is_what = id(page.plate), page.page, page.number
        if is_what not in forms:
            forms[is_what] = _form(file, parts, page)
        names.append(b"/F%d %d 0 R" % (number, forms[is_what]))
    if own_marks:
        drawing.append(own_marks)
    content, side = file.number(), file.number()
    file.stream(content, b"", b"\n".join(drawing))
    box = b" ".join(map(format_number, (0, 0, *size)))
    text = b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/Contents[%d 0 R %d 0 R]/Resources<</XObject<<%s>>>>>>"
    file.add(side, text % (tree, box, content, marks, b"".join(names)))
    return side


def _clip(placed: Placed) -> bytes:
    """The part of the sheet within which a page is seen (8.5.4)."""
    if not placed.clip:
        return b""
    left, bottom, right, top = placed.clip
    return b"%s re W n " % b" ".join(map(format_number, (left, bottom, right - left, top - bottom)))


def _matrix(placed: Placed) -> bytes:
    """Where a page stands (ISO 32000-1, 8.3.4): moved to its corner, or turned about its middle."""
    if not placed.turned:
        scale = format_number(placed.scale)
        return b"%s 0 0 %s %s %s" % (scale, scale, format_number(placed.x), format_number(placed.y))
    page = placed.source
    return b"-1 0 0 -1 %s %s" % (format_number(placed.x + page.width), format_number(placed.y + page.height))


def _form(file: PdfWriter, parts: PartWriter, placed: Placed) -> int:
    """A page as something to be drawn (a form XObject, ISO 32000-1, 8.10), with its number."""
    page = placed.source
    resources = parts.fill(resources_body(page.resources), placed.plate.parts)
    box = b" ".join(map(format_number, (0, 0, page.width, page.height)))
    content = page.content
    if page.folio and placed.number:
        content = zlib.compress(zlib.decompress(content) + stamp(page.folio, placed.number, page.width))
    number = file.number()
    entries = b"/Type/XObject/Subtype/Form/BBox[%s]/Resources %s/Filter/FlateDecode" % (box, resources)
    file.stream(number, entries, content)
    return number


def _folding_marks() -> bytes:
    """Short dashes at both ends of the fold across the middle."""
    width, down = A4[0], A4[1] / 2
    ends = ((0.0, MARK), (width - MARK, width))
    drawing = "".join(f"{left:.3f} {down:.3f} m {right:.3f} {down:.3f} l S " for left, right in ends)
    return f"q 0.25 w 0.5 G [3 2] 0 d {drawing}Q".encode()


def _cutting_marks() -> bytes:
    """Marks at the ends and the crossing of the two cuts, in a grey that a guillotine's operator sees."""
    width, height = A4
    across, down = width / 2, height / 2
    lines = [
        (across, 0, across, MARK),
        (across, height - MARK, across, height),
        (0, down, MARK, down),
        (width - MARK, down, width, down),
        (across - MARK / 2, down, across + MARK / 2, down),
        (across, down - MARK / 2, across, down + MARK / 2),
    ]
    drawing = "".join(f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S " for x1, y1, x2, y2 in lines)
    return f"q 0.25 w 0.5 G {drawing}Q".encode()
