"""The proof that a client signs before a shop prints: a page to sign (`approval.py`), then the pages in the colours
that the press will give them, as far as a screen can show those. What is cut off is hatched; a line along the cut, a
dashed one around the safe zone, and below each page what these are. It is not printed from.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from toolkit_builder.press.pdf.outlined_text import outlined, width_of
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number
from toolkit_builder.press.prepress.die_lines import SPOTS
from toolkit_builder.press.prepress.inks import FLAGS, Inks, Rgb, as_hex
from toolkit_builder.press.prepress.separation import Separator

SIDE, FOOT = 9.0, 15.0
"""The room beyond the bleed, in mm: beside and above, and below, where the legend stands; of a page of A6, and on
larger ones more.
"""
SIZES = (7.0, 6.5, 6.0, 5.5, 5.0)
"""Of words, in pt: the first in which they have room."""
LEADING = 1.25
SAMPLE, GAP = 6.0, 1.5
"""In mm: how wide a sample of a line is in the legend, and how far its words keep from it."""
_USUAL_SIDE = 105.0
"""In mm: the shorter side of A6."""
_VEIL = "/ToolkitVeil"
_OPACITY = 0.6
_TRIM, _SAFE, _HATCH = b"0.85 0 0.45", b"0 0.45 0.75", b"0.55 0.55 0.55"
"""Colours of the screen: of the line that is cut along, of that around the safe zone, of what is cut off."""
_WORDS, _GROUND = b"0.2 0.2 0.2", b"0.95 0.95 0.955"
"""Of words, and of what is beside the paper."""
_PITCH = 1.6
"""In mm: how far lines of a hatching are apart."""


@dataclass(frozen=True)
class ProofMarks:
    """What is drawn over and around the pages of a proof: the bleed and the safe zone, in mm; what the legend says of
    the cut, of the safe zone and of what is cut off, each in several languages.
    """

    bleed: float
    safe_zone: float
    legend: tuple[Sequence[str], Sequence[str], Sequence[str]]


class SoftProof:
    """What the inks of a press look like on a screen."""

    space = Name.DeviceRGB

    def __init__(self, inks: Inks) -> None:
        self.inks = inks
        self._seen: dict[Rgb, tuple[float, ...]] = {}
        screen, intent = ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC
        self._to_screen = ImageCms.buildTransform(inks.profile.open(), screen, "CMYK", "RGB", intent, FLAGS)

    def painted(self, rgb: Rgb) -> tuple[float, ...]:
        """A colour as it will be printed."""
        if as_hex(rgb) in SPOTS:  # which no ink prints, and whoever signs sees
            return rgb
        if rgb not in self._seen:
            cyan, magenta, yellow, black = (round(part * 255) for part in self.inks.painted(rgb))
            pixel: Any = self._on_screen(Image.new("CMYK", (1, 1), (cyan, magenta, yellow, black))).getpixel((0, 0))
            self._seen[rgb] = tuple(round(part / 255, 4) for part in pixel)
        return self._seen[rgb]

    def spot(self, _: Rgb) -> str:
        """None: it is not printed from."""
        return ""

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture of pixels as it will be printed."""
        return self._on_screen(self.inks.picture(picture))

    def _on_screen(self, picture: Image.Image) -> Image.Image:
        seen = ImageCms.applyTransform(picture, self._to_screen)
        if seen is None:
            raise ValueError("a picture that cannot be converted")
        return seen


def client_proof(document: bytes, inks: Inks, marks: ProofMarks, captions: Sequence[str]) -> bytes:
    """A bound document as a proof. Its first page is the one to sign, and stays as it is; `captions`: what stands above
    each of the others.

    Raises SeparationError for colours that are not understood.
    """
    with pikepdf.open(io.BytesIO(document)) as pdf:
        Separator(pdf, SoftProof(inks)).separate(first=1)
        for page, caption in zip(list(pdf.pages)[1:], captions, strict=True):
            sheet = _Sheet([float(edge) for edge in page.obj.TrimBox], marks)
            page.obj.MediaBox, page.obj.BleedBox = Array(sheet.media), Array(sheet.bled)
            states = page.obj.Resources.get("/ExtGState", Dictionary())
            states[_VEIL] = Dictionary(ca=_OPACITY)
            page.obj.Resources.ExtGState = states
            page.obj.Contents = Array([page.obj.Contents, _artifact(pdf, sheet.drawn(caption))])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def _artifact(pdf: pikepdf.Pdf, content: bytes) -> Any:
    drawn = pdf.make_stream(b"")
    drawn.write(zlib.compress(b"/Artifact BMC\n%sEMC\n" % content, 9), filter=Name.FlateDecode)
    return drawn


class _Sheet:
    """A page of a proof, and what is drawn over it and around it: all lengths in pt."""

    def __init__(self, trim: Sequence[float], marks: ProofMarks) -> None:
        left, bottom, right, top = self.trim = list(trim)
        self.marks = marks
        self.scale = max(1.0, sqrt(min(right - left, top - bottom) / POINTS_PER_MM / _USUAL_SIDE))
        """By how much all around a page is larger than around one of A6."""
        self.mm = POINTS_PER_MM * self.scale
        self.bled = _larger(trim, marks.bleed * POINTS_PER_MM)
        side, foot = SIDE * self.mm, self._foot()
        self.media = [self.bled[0] - side, self.bled[1] - foot, self.bled[2] + side, self.bled[3] + side]

    @property
    def room(self) -> float:
        """How wide words may be."""
        return self.bled[2] - self.bled[0]

    def drawn(self, caption: str) -> bytes:
        """All that is drawn."""
        return b"".join([self._around(), self._lines(), self._caption(caption), *self._legend()])

    def _around(self) -> bytes:
        """The ground beside the paper, and over what is cut off a veil and a hatching."""
        beside = b"q %s rg %s %s f* Q\n" % (_GROUND, _rectangle(self.media), _rectangle(self.bled))
        return beside + self._cut_off(self.bled, _rectangle(self.bled) + b" " + _rectangle(self.trim))

    def _cut_off(self, box: Sequence[float], outline: bytes) -> bytes:
        left, bottom, right, top = box
        pitch, high = _PITCH * self.mm, top - bottom
        strokes = []
        x = left - high
        while x < right:
            ends = map(format_number, (x, bottom, x + high, top))
            strokes.append(b"%s %s m %s %s l\n" % tuple(ends))
            x += pitch
        veil = b"q %s W* n %s gs 1 g %s f\n" % (outline, _VEIL.encode(), _rectangle(box))
        return veil + b"0.3 w %s RG\n%sS Q\n" % (_HATCH, b"".join(strokes))

    def _lines(self) -> bytes:
        """That of the cut and that of the safe zone, edged with white, so that both are seen on dark grounds."""
        safe = _larger(self.trim, -self.marks.safe_zone * POINTS_PER_MM)
        lines = ((self._pen(_TRIM), _rectangle(self.trim)), (self._dashed(), _rectangle(safe)))
        edged = b"%s w 1 G" % format_number(1.4 * self.scale)
        return b"".join(b"q %s S %s %s S Q\n" % (b" ".join((edged, path)), pen, path) for pen, path in lines)

    def _pen(self, colour: bytes) -> bytes:
        return b"%s w %s RG" % (format_number(0.6 * self.scale), colour)

    def _dashed(self) -> bytes:
        return b"%s [%s] 0 d" % (self._pen(_SAFE), format_number(2.4 * self.scale))

    # -- words ---------------------------------------------------------------------------------------------------------

    def _caption(self, caption: str) -> bytes:
        size = self._size([caption], self.room)
        return self._said(caption, size, self.bled[0], self.bled[3] + 3 * self.mm, self.room)

    def _legend(self) -> Iterator[bytes]:
        """Samples of the lines, side by side, each with its words in the languages below one another; in rows where
        they have no room.
        """
        size, in_rows = self._legend_size()
        wide = self.room if in_rows else self.room / len(self.marks.legend)
        top = self.bled[1] - 4 * self.mm
        leading = size * LEADING
        for at, words in enumerate(self._words(in_rows=in_rows)):
            x = self.bled[0] + (0 if in_rows else at * wide)
            y = top - (at * 1.6 * leading if in_rows else 0)
            yield self._sample(at, x, y - 0.25 * size, size)
            for line, text in enumerate(words):
                yield self._said(text, size, x + (SAMPLE + GAP) * self.mm, y - line * leading - 0.6 * size, wide)

    def _words(self, *, in_rows: bool) -> list[Sequence[str]]:
        return [[" / ".join(words)] if in_rows else words for words in self.marks.legend]

    def _legend_size(self) -> tuple[float, bool]:
        """In pt; and whether its parts stand in rows."""
        room = self.room / len(self.marks.legend) - (SAMPLE + 2 * GAP) * self.mm
        texts = [text for words in self.marks.legend for text in words]
        size = self._size(texts, room)
        if all(width_of(text, size) <= room for text in texts):
            return size, False
        return self._size([text for [text] in self._words(in_rows=True)], self.room - (SAMPLE + GAP) * self.mm), True

    def _foot(self) -> float:
        """How high the room of the legend is."""
        size, in_rows = self._legend_size()
        lines = 1.6 * len(self.marks.legend) if in_rows else max(map(len, self.marks.legend))
        return max(FOOT * self.mm, 8 * self.mm + lines * size * LEADING)

    def _sample(self, at: int, x: float, y: float, size: float) -> bytes:
        right = x + SAMPLE * self.mm
        if at == len(self.marks.legend) - 1:
            box = [x, y - size / 2, right, y + size / 2]
            return b"q 1 g %s f Q\n" % _rectangle(box) + self._cut_off(box, _rectangle(box))
        pen = self._dashed() if at else self._pen(_TRIM)
        return b"q %s %s %s m %s %s l S Q\n" % (pen, *map(format_number, (x, y, right, y)))

    def _size(self, texts: Sequence[str], room: float) -> float:
        sizes = [size * self.scale for size in SIZES]
        return next((size for size in sizes if all(width_of(text, size) <= room for text in texts)), sizes[-1])

    @staticmethod
    def _said(text: str, size: float, x: float, y: float, room: float) -> bytes:
        place = format_number(x), format_number(y)
        return b"q %s rg 1 0 0 1 %s %s cm\n%sQ\n" % (_WORDS, *place, outlined(text, size, room))


def _larger(box: Sequence[float], distance: float) -> list[float]:
    left, bottom, right, top = box
    edges = (left - distance, bottom - distance, right + distance, top + distance)
    return [round(edge, 4) for edge in edges]


def _rectangle(box: Sequence[float]) -> bytes:
    left, bottom, right, top = box
    return b"%s re" % b" ".join(map(format_number, (left, bottom, right - left, top - bottom)))
