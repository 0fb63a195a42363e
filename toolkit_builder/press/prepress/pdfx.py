"""PDF/X-4 (ISO 15930-7): page boxes, output intent, metadata; what a document for the screen has and a press must not.

Terms after ISO 32000-1. A document comes in with its colours separated, and without annotations.
"""

from __future__ import annotations

import datetime
import io
import zlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.prepress.crop_marks import MARGIN, REGISTRATION, crop_marks, registration_space
from toolkit_builder.print_shops.profiles import REGISTRY, OutputProfile

VERSION = "PDF/X-4"
_HEADER = "1.6"
"""The version of PDF that PDF/X-4 is made of (ISO 15930-7, 1)."""
_XMP = """\
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>"""
_END_OF_XMP = "</rdf:RDF>"


@dataclass(frozen=True)
class PdfxFacts:
    """What a PDF/X says of itself: the profile that it is for, how far artwork runs on beyond the edge (mm), whether
    it has crop marks, its date (that of its content, since the same input gives the same bytes), its identifier (32
    hexadecimal digits).
    """

    profile: OutputProfile
    bleed: float
    has_marks: bool
    date: datetime.date
    identifier: str


def finish(pdf: pikepdf.Pdf, facts: PdfxFacts) -> bytes:
    """The document as PDF/X-4. Raises ValueError if it has annotations, which PDF/X forbids on a page's paper."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            raise ValueError("a page with annotations")
        _boxes(page.obj, facts.bleed, has_marks=facts.has_marks)
        if facts.has_marks:
            _mark(pdf, page.obj, facts.bleed)
    _intent(pdf, facts.profile)
    _metadata(pdf, facts)
    out = io.BytesIO()
    pdf.save(
        out,
        force_version=_HEADER,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()


def _boxes(page: Any, bleed: float, *, has_marks: bool) -> None:
    """TrimBox, BleedBox and MediaBox (14.11.2). The trim's left lower corner stays where coordinates begin."""
    trim = [float(edge) for edge in page.TrimBox]
    beyond = bleed * POINTS_PER_MM
    media = beyond + (MARGIN * POINTS_PER_MM if has_marks else 0)
    for name in ("/CropBox", "/ArtBox"):
        if name in page:
            del page[name]
    page.BleedBox, page.MediaBox = _around(trim, beyond), _around(trim, media)


def _around(box: list[float], distance: float) -> Array:
    edges = (box[0] - distance, box[1] - distance, box[2] + distance, box[3] + distance)
    return Array([round(edge, 4) for edge in edges])


def _mark(pdf: pikepdf.Pdf, page: Any, bleed: float) -> None:
    """Crop marks, beyond the bleed, as an artifact and in registration colour, which is on every plate."""
    trim = [float(edge) for edge in page.TrimBox]
    spaces = page.Resources.get("/ColorSpace", Dictionary())
    spaces[REGISTRATION] = registration_space()
    page.Resources.ColorSpace = spaces
    drawn = pdf.make_stream(b"")
    drawn.write(zlib.compress(crop_marks(trim, bleed), 9), filter=Name.FlateDecode)
    page.Contents = Array([page.Contents, drawn])


def _intent(pdf: pikepdf.Pdf, profile: OutputProfile) -> None:
    """The output intent (14.11.5): the condition that the document was made for, and its profile."""
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(profile.data, 9), filter=Name.FlateDecode)
    stream.N, stream.Alternate = 4, Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputCondition=String(profile.description),
        OutputConditionIdentifier=String(profile.condition),
        Info=String(profile.description),
        DestOutputProfile=stream,
    )
    if profile.is_registered:
        intent.RegistryName = String(REGISTRY)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _metadata(pdf: pikepdf.Pdf, facts: PdfxFacts) -> None:
    """What PDF/X asks for in XMP and in the document information, which say the same (ISO 15930-7, 6.9)."""
    date = f"{facts.date.isoformat()}T00:00:00Z"
    added = _XMP.format(version=VERSION, date=date, identifier=UUID(facts.identifier))
    xmp = pdf.Root.Metadata.read_bytes().decode()
    stream = pdf.make_stream(xmp.replace(_END_OF_XMP, f"{added}{_END_OF_XMP}", 1).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    information = pdf.trailer.Info
    information.Trapped = Name("/False")
    information.CreationDate = information.ModDate = String(f"D:{facts.date:%Y%m%d}000000Z")
