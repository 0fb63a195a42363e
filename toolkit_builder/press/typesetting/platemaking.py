"""From the pages that the engine has written to plates.

Pages are taken apart by leaf: content, structure, resources. Whatever is not understood (an operator, a resource, an
annotation, an attribute) raises PlateError: a guess would be printed. Terms after ISO 32000-1.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary

from toolkit_builder.press.geometry import PageGeometry, Rectangle
from toolkit_builder.press.html.rendered import Setting
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number
from toolkit_builder.press.plates.draft import Draft
from toolkit_builder.press.plates.plate import Element, FontParts, Page, Plate, PlateError
from toolkit_builder.press.typesetting.pdf_objects import PartCollector
from toolkit_builder.press.typesetting.structure_tree import PageStructure, elements_by_page


def make_plates(draft: Draft, geometry: Sequence[PageGeometry], settings: Mapping[str, Setting]) -> list[Plate]:
    """The plates of the leaves in these pages. `geometry` is that of each page, and names its leaf; `settings` are
    those in which the leaves are laid out.

    Raises PlateError for what is not understood.
    """
    with pikepdf.open(io.BytesIO(draft.data)) as pdf:
        if unknown := set(pdf.Root.keys()) & {"/AcroForm", "/OpenAction", "/AA"}:
            raise PlateError(f"the document has {', '.join(sorted(unknown))}")
        tops = elements_by_page(pdf)
        numbers: dict[str, list[int]] = {}
        for number, page in enumerate(geometry):
            numbers.setdefault(page.leaf, []).append(number)
        plates = []
        for leaf, own in numbers.items():
            maker = _PlateMaker(draft)
            for number in own:
                maker.add_page(pdf.pages[number].obj, number, tops.get(number, []))
            plates.append(maker.plate(leaf, settings[leaf]))
    for plate in plates:
        _measure(plate, geometry[numbers[plate.key][0]])
    return plates


def font_parts(data: bytes) -> FontParts:
    """The font of a PDF that has one as /Font of its catalog (`Specimens.font_file`)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = PartCollector()
        reference = parts.add(pdf.Root.Font)
        return FontParts(reference.removeprefix("part:"), parts.bodies)


class _PlateMaker:
    """One plate, page by page."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.parts = PartCollector()
        self.pages: list[Page] = []
        self.elements: list[Element] = []
        self.identifiers: dict[str, str] = {}

    def add_page(self, page: Any, number: int, tops: list[Any]) -> None:
        """Take in a page, the `number`th of the draft from 0. `tops`: its elements right below the document."""
        draft, marks = self.draft, self.draft.marks[number]
        structure = PageStructure(page, marks, len(self.pages), self.identifiers, draft.fields[number])
        self.elements += structure.elements(tops)
        folio, in_text = draft.folios[number], draft.numbers[number]
        content, resources = self.parts.content(
            page,
            page.get("/Resources", Dictionary()),
            structure.tagged.__contains__,
            [written.font for written in (folio, in_text, *structure.fields) if written],
        )
        media, trim = ([float(edge) for edge in page[box]] for box in ("/MediaBox", "/TrimBox"))
        if media[0] > trim[0] or media[1] > trim[1]:
            raise PlateError("a page that is smaller than its trim")
        self.pages.append(
            Page(
                trim[2] - trim[0],
                trim[3] - trim[1],
                _boxes(page),
                # The engine changes the coordinates of the whole page; what is stamped on it must not feel that.
                zlib.compress(b"q\n" + content + b"Q\n", 9),
                resources,
                max(marks, default=-1) + 1,
                structure.links,
                folio,
                in_text,
                structure.fields,
                # The pages of a leaf after the first have its tab too, unless they have one of their own.
                draft.tabs[number] or (self.pages[-1].tab if self.pages else None),
            )
        )

    def plate(self, leaf: str, setting: Setting) -> Plate:
        draft = self.draft
        names = [field.name for page in self.pages for field in page.fields]
        if doubles := sorted({name for name in names if names.count(name) > 1}):
            raise PlateError(f"two fields are called {doubles[0]}, or one is broken over pages")
        glyphs: dict[str, dict[int, tuple[str, float]]] = {}
        for font, shown in sorted(self.parts.glyphs.items()):
            if font not in draft.faces:
                raise PlateError(f"a font {font} that no face is known for")
            if beyond := sorted(shown - draft.repertoires[font]):
                glyphs[font] = {glyph: draft.glyphs[font][glyph] for glyph in beyond}
        faces = {font: draft.faces[font].key for font in sorted(self.parts.glyphs)}
        bodies = dict(sorted(self.parts.bodies.items()))
        return Plate(leaf, setting.size, self.pages, self.elements, bodies, glyphs, faces, fit=setting.fit)


def _boxes(page: Any) -> bytes:
    return b"".join(
        b"/%s[%s]" % (name.encode(), b" ".join(format_number(float(edge)) for edge in page[f"/{name}"]))
        for name in ("MediaBox", "BleedBox", "TrimBox")
    )


def _measure(plate: Plate, first: PageGeometry) -> None:
    """Say how far down a leaf goes and how wide it is, where its texts stand and in which frames, and where rows are
    pasted in.
    """
    plate.extent, plate.breadth = first.extent * POINTS_PER_MM, first.breadth * POINTS_PER_MM
    if plate.pages[0].folio is None:
        plate.ink = [_in_points(run.ink) for run in first.texts]
        frames = {frame: None for run in first.texts for frame in run.frames}
        plate.frames = [_in_points(frame) for frame in frames if frame.area < 0.99 * first.size.area]
    if first.row_area:
        left, top, bottom = first.row_area.left, first.row_area.top, first.row_area.bottom
        plate.rows_from_right = first.rows_from_right
        plate.row_width = (first.row_area.right - left) * POINTS_PER_MM
        plate.row_area = (left * POINTS_PER_MM, top * POINTS_PER_MM, (bottom - top) * POINTS_PER_MM)


def _in_points(ink: Rectangle) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(edge * POINTS_PER_MM, 1) for edge in (ink.left, ink.top, ink.right, ink.bottom))
    return left, top, right, bottom
