"""Fields to fill in: an interactive form (ISO 32000-1, 12.7) as PDF/UA-1 asks for it (ISO 14289-1, 7.18).

Every field has a label that is read out (/TU), is in the structure tree and in its order, and has an appearance of its
own: what is seen does not depend on a viewer's, and its font is the document's, with all letters of its repertoire.
There is no XFA, and nothing that acts.
"""

from __future__ import annotations

from toolkit_builder.press.binding.parts import PartWriter
from toolkit_builder.press.pdf.writer import PdfWriter, format_number, text_string
from toolkit_builder.press.plates.plate import Field

FONT_NAMES = ("Wingdings", "Wingdings2", "Wingdings3", "Webdings")
"""What fonts are called in fields. It is a name like any other in the file and says nothing of the font; but PDFium,
with which Chrome shows PDF, sets letters beyond those of Western Europe in the field's own font only if that is called
so (`CPDF_BAFontMap`). With other names ŵ, ŷ and typographic apostrophes are lost, or come in another font.
"""
_PRINT = 4
_MULTILINE, _NO_SCROLL = 1 << 12, 1 << 23
"""Flags of fields of text (table 228). What does not scroll takes no more than is seen: all that is typed is printed.
"""
_INSET = 2
"""pt: the width of a border that is not drawn, from which viewers reckon how far from the edge they begin."""
_TICK = ((0.18, 0.52), (0.42, 0.24), (0.84, 0.78))
"""Where the stroke of a tick goes, in parts of the width and height of its box."""
_STROKE = 0.12
"""How thick it is, in parts of the lesser side."""


class FieldWriter:
    """Writes the fields of a document, leaf by leaf, and then its form."""

    def __init__(self, file: PdfWriter, parts: PartWriter) -> None:
        self.file = file
        self.parts = parts
        self._written: list[int] = []
        self._names: dict[str, bytes] = {}

    def write(self, number: int, field: Field, anchor: str, page: int, key: int) -> None:
        """Write a field as the object `number`, on a `page` (its object). `anchor` is that of its leaf; `key` that of
        its structure element in the parent tree.
        """
        rectangle = b" ".join(map(format_number, field.rectangle))
        own = self._tick(field) if field.kind == "tick" else self._text(field)
        text = b"<</Type/Annot/Subtype/Widget/F %d/P %d 0 R/Rect[%s]/T%s/TU%s/StructParent %d%s>>"
        names = text_string(field_name(anchor, field.name)), text_string(field.label)
        self.file.add(number, text % (_PRINT, page, rectangle, *names, key, own))
        self._written.append(number)

    def form(self) -> bytes:
        """The form, as an entry of the catalog; empty if there are no fields."""
        if not self._written:
            return b""
        fields = b" ".join(b"%d 0 R" % number for number in self._written)
        return b"/AcroForm<</Fields[%s]/DR<</Font<<%s>>>>>>" % (fields, b"".join(map(self._font, self._names)))

    def _name(self, font: str) -> bytes:
        """What a font is called in fields."""
        if font not in self._names:
            at = len(self._names)
            self._names[font] = (FONT_NAMES[at] if at < len(FONT_NAMES) else font).encode()
        return self._names[font]

    def _font(self, font: str) -> bytes:
        """A font as an entry of resources."""
        return b"/%s %d 0 R" % (self._name(font), self.parts.number(f"font:{font}"))

    def _text(self, field: Field) -> bytes:
        flags = _NO_SCROLL + (_MULTILINE if field.is_multiline else 0)
        appearance = self._appearance(field, b"/Tx BMC\nEMC\n")
        alignment = b"/Q 2" if field.from_right else b""
        colour = b" ".join(map(format_number, field.colour))
        typed = b"%s rg /%s %s Tf" % (colour, self._name(field.font), format_number(field.size))
        text = b"/FT/Tx/Ff %d/DA(%s)/V()%s/BS<</W %d>>/AP<</N %d 0 R>>"
        return text % (flags, typed, alignment, _INSET, appearance)

    def _tick(self, field: Field) -> bytes:
        width, height = _measure(field)
        points = [b"%s %s" % (format_number(x * width), format_number(y * height)) for x, y in _TICK]
        colour = b" ".join(map(format_number, field.colour))
        stroke = format_number(_STROKE * min(width, height))
        drawn = b"q %s RG %s w 1 J 1 j %s m %s l %s l S Q\n" % (colour, stroke, *points)
        ticked, empty = self._appearance(field, drawn), self._appearance(field, b"")
        return b"/FT/Btn/V/Off/AS/Off/AP<</N<</Yes %d 0 R/Off %d 0 R>>>>" % (ticked, empty)

    def _appearance(self, field: Field, content: bytes) -> int:
        """The object of an appearance stream (12.5.5), one a field: programs that fill fields in write into them."""
        number = self.file.number()
        box = b" ".join(map(format_number, (0, 0, *_measure(field))))
        resources = b"<</Font<<%s>>>>" % self._font(field.font) if field.kind == "text" else b"<<>>"
        self.file.stream(number, b"/Type/XObject/Subtype/Form/BBox[%s]/Resources%s" % (box, resources), content)
        return number


def field_name(anchor: str, name: str) -> str:
    """The name of a field: no other of the document has it, and it is the same whenever the document is made. A full
    stop would divide it (12.7.3.2).
    """
    return f"{anchor}_{name.replace('.', '-')}"


def _measure(field: Field) -> tuple[float, float]:
    """Width and height of a field, in pt."""
    left, bottom, right, top = field.rectangle
    return right - left, top - bottom
