"""Imposition: plates are laid on print sheets, with marks to cut along. Sheets need no tags."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from toolkit_builder.press.part_writer import PartWriter
from toolkit_builder.press.pdf_file import File, format_number, text_string
from toolkit_builder.press.plates import FontParts, Plate, resources_body
from toolkit_builder.press.xmp import Metadata

POINTS_PER_MM = 72 / 25.4
A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
MARK = 8 * POINTS_PER_MM
"""Length of a cutting mark, in pt."""


def impose_cards(
    plates: Sequence[Plate], fonts: Mapping[str, FontParts], metadata: Metadata, identifier: str
) -> tuple[bytes, int]:
    """Lay A6 faces four up on A4, for a duplex printer that turns at the long edge: the PDF, its number of pages.

    The plates are fronts and backs in turn, a page each. Each sheet has four fronts on one side and their backs,
    mirrored from left to right, on the other; both share one cutting grid, drawn with short marks.
    """
    file = File()
    parts = PartWriter(file, fonts)
    catalog, tree, information, marks = (file.number() for _ in range(4))
    file.stream(marks, b"/Filter/FlateDecode", zlib.compress(_cutting_marks()))
    forms = [_form(file, parts, plate) for plate in plates]
    sheets = []
    for first in range(0, len(forms), 8):
        eight = list(zip(plates, forms, strict=True))[first : first + 8]
        sheets += [_sheet(file, tree, marks, eight[::2], mirrored=False)]
        sheets += [_sheet(file, tree, marks, eight[1::2], mirrored=True)]
    parts.write()
    kids = b" ".join(b"%d 0 R" % sheet for sheet in sheets)
    file.add(tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(sheets), kids))
    file.add(information, metadata.information())
    language = text_string(metadata.languages[0])
    file.add(
        catalog,
        b"<</Type/Catalog/Pages %d 0 R/Lang%s/ViewerPreferences"
        b"<</Duplex/DuplexFlipLongEdge/PrintScaling/None/DisplayDocTitle true>>>>" % (tree, language),
    )
    return file.bytes(catalog, information, identifier), len(sheets)


def _form(file: File, parts: PartWriter, plate: Plate) -> int:
    """A face as something to be drawn (a form XObject, ISO 32000-1, 8.10)."""
    [page] = plate.pages
    resources = parts.fill(resources_body(page.resources), plate.parts)
    box = b" ".join(map(format_number, (0, 0, page.width, page.height)))
    number = file.number()
    entries = b"/Type/XObject/Subtype/Form/BBox[%s]/Resources %s/Filter/FlateDecode" % (box, resources)
    file.stream(number, entries, page.content)
    return number


def _sheet(file: File, tree: int, marks: int, faces: Sequence[tuple[Plate, int]], *, mirrored: bool) -> int:
    width, height = A4[0] / 2, A4[1] / 2
    drawing, names = [], []
    for number, (plate, form) in enumerate(faces):
        row, column = divmod(number, 2)
        x = (1 - column if mirrored else column) * width + (width - plate.pages[0].width) / 2
        y = (1 - row) * height + (height - plate.pages[0].height) / 2
        drawing.append(b"q 1 0 0 1 %s %s cm /F%d Do Q" % (format_number(x), format_number(y), number))
        names.append(b"/F%d %d 0 R" % (number, form))
    content, sheet = file.number(), file.number()
    file.stream(content, b"", b"\n".join(drawing))
    box = b" ".join(map(format_number, (0, 0, *A4)))
    text = b"<</Type/Page/Parent %d 0 R/MediaBox[%s]/Contents[%d 0 R %d 0 R]/Resources<</XObject<<%s>>>>>>"
    file.add(sheet, text % (tree, box, content, marks, b"".join(names)))
    return sheet


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
