"""What is done to a PDF after typesetting: the language of each part, facing pages, print sheets.

The one module that touches the structure of PDF files. Terms after ISO 32000-1: structure tree 14.7, natural language
14.9.2, viewer preferences 12.2.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Rectangle

POINTS_PER_MM = 72 / 25.4
A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
MARK = 8 * POINTS_PER_MM
"""Length of a cutting mark, in pt."""


def finish(
    source: Path, target: Path, section_languages: Sequence[str], titles: Mapping[str, str], *, facing: bool
) -> None:
    """Put the language on each section and article of the structure tree, and say how the document is to be shown.

    `section_languages` are their languages in reading order; `titles` what the target of each link is called, which a
    reader's voice says for it. `facing`: pages lie open in pairs, the first alone on the right.
    Raises ValueError if the tree has not as many sections as there are languages.
    """
    with Pdf.open(source) as pdf:
        sections = list(_sections(pdf.Root.StructTreeRoot))
        if len(sections) != len(section_languages):
            raise ValueError(f"{len(sections)} sections in the structure tree, {len(section_languages)} laid out")
        for section, language in zip(sections, section_languages, strict=True):
            section.Lang = pikepdf.String(language)
        for annotation in (note for page in pdf.pages for note in page.get("/Annots", ())):
            target_name = str(annotation.get("/Dest", ""))
            if target_name in titles:
                annotation.Contents = pikepdf.String(titles[target_name])
        pdf.Root.PageLayout = Name.TwoPageRight if facing else Name.SinglePage
        _save(pdf, target)


def _sections(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The sections and articles below an element of the structure tree, in reading order."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if kid.S in (Name.Sect, Name.Art):
                yield kid
            yield from _sections(kid)


def impose_cards(source: Path, target: Path, title: str) -> None:
    """Lay A6 faces four up on A4, for a duplex printer that turns at the long edge.

    The pages of `source` are fronts and backs in turn. Each sheet has four fronts on one side and their backs,
    mirrored from left to right, on the other; both share one cutting grid, drawn with short marks.
    """
    with Pdf.open(source) as faces, Pdf.new() as sheets:
        fronts, backs = faces.pages[::2], faces.pages[1::2]
        for first in range(0, len(fronts), 4):
            _sheet(sheets, fronts[first : first + 4], mirrored=False)
            _sheet(sheets, backs[first : first + 4], mirrored=True)
        sheets.Root.ViewerPreferences = Dictionary(
            Duplex=Name.DuplexFlipLongEdge, PrintScaling=Name("/None"), DisplayDocTitle=True
        )
        sheets.Root.Lang = faces.Root.Lang
        sheets.docinfo["/Title"] = title
        sheets.docinfo["/Author"] = faces.docinfo.get("/Author", pikepdf.String(""))
        _save(sheets, target)


def page_count(path: Path) -> int:
    with Pdf.open(path) as pdf:
        return len(pdf.pages)


def _sheet(sheets: Pdf, faces: Sequence[pikepdf.Page], *, mirrored: bool) -> None:
    sheet = sheets.add_blank_page(page_size=A4)
    width, height = A4[0] / 2, A4[1] / 2
    for number, face in enumerate(faces):
        row, column = divmod(number, 2)
        left = (1 - column if mirrored else column) * width
        bottom = (1 - row) * height
        box = face.trimbox
        face_width, face_height = float(box[2] - box[0]), float(box[3] - box[1])
        x, y = left + (width - face_width) / 2, bottom + (height - face_height) / 2
        # Named by its place: pikepdf's own overlay names at random, and the same input would give other bytes.
        form = sheets.copy_foreign(face.as_form_xobject())
        name = sheet.add_resource(form, Name.XObject, Name(f"/Face{number}"))
        place = Rectangle(x, y, x + face_width, y + face_height)
        sheet.contents_add(sheet.calc_form_xobject_placement(form, name, place))
    sheet.contents_add(_cutting_marks(sheets))


def _cutting_marks(pdf: Pdf) -> pikepdf.Stream:
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
    return pikepdf.Stream(pdf, f"q 0.25 w 0.5 G {drawing}Q".encode())


def _save(pdf: Pdf, target: Path) -> None:
    """Save so that the same pages give the same bytes.

    By way of memory: a full disk makes qpdf, on which pikepdf stands, abort the whole process.
    """
    written = io.BytesIO()
    pdf.save(
        written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False
    )
    target.write_bytes(written.getbuffer())
