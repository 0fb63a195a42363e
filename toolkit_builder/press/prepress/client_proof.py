"""The proof that a client signs before a shop prints: pages in the colours that the press will give them, as far as a
screen can show those, with what is cut off, where it is cut, and how far type keeps from that. It is not printed from.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from toolkit_builder.press.pdf.outlined_text import outlined, width_of
from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number
from toolkit_builder.press.prepress.die_lines import SPOTS
from toolkit_builder.press.prepress.inks import FLAGS, Inks, Rgb, as_hex
from toolkit_builder.press.prepress.separation import Separator

AROUND = 9.0
"""The room beyond the bleed, in mm: a line of text stands in it."""
SIZES = (7.0, 6.5, 6.0, 5.5, 5.0)
"""Of that line, in pt: the first in which it has room."""
_VEIL = "/ToolkitVeil"
_OPACITY = 0.6
_TRIM, _SAFE, _WORDS = b"0.85 0 0.45", b"0 0.5 0.8", b"0.3 0.3 0.3"
"""Colours of the screen: of the line that is cut along, of the safe zone, of the words."""


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


def client_proof(document: bytes, inks: Inks, bleed: float, safe_zone: float, lines: Sequence[str]) -> bytes:
    """A bound document as a proof; `bleed` and `safe_zone` in mm, `lines`: what stands below each of its pages.

    Raises SeparationError for colours that are not understood.
    """
    with pikepdf.open(io.BytesIO(document)) as pdf:
        Separator(pdf, SoftProof(inks)).separate()
        for page, line in zip(pdf.pages, lines, strict=True):
            trim = [float(edge) for edge in page.obj.TrimBox]
            around = (bleed + AROUND) * POINTS_PER_MM
            media = _larger(trim, around)
            page.obj.MediaBox, page.obj.BleedBox = Array(media), Array(_larger(trim, bleed * POINTS_PER_MM))
            states = page.obj.Resources.get("/ExtGState", Dictionary())
            states[_VEIL] = Dictionary(ca=_OPACITY)
            page.obj.Resources.ExtGState = states
            drawn = pdf.make_stream(b"")
            content = _over(trim, media, safe_zone) + _words(trim, bleed, line)
            drawn.write(zlib.compress(b"/Artifact BMC\n%sEMC\n" % content, 9), filter=Name.FlateDecode)
            page.obj.Contents = Array([page.obj.Contents, drawn])
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def _over(trim: Sequence[float], media: Sequence[float], safe_zone: float) -> bytes:
    """A veil over what is cut off, the line of the cut, and that of the safe zone, dashed."""
    safe = _larger(trim, -safe_zone * POINTS_PER_MM)
    veil = b"q %s gs 1 g %s %s f* Q\n" % (_VEIL.encode(), _rectangle(media), _rectangle(trim))
    lines = b"q 0.5 w %s RG %s S Q\n" % (_TRIM, _rectangle(trim))
    return veil + lines + b"q 0.4 w [2 2] 0 d %s RG %s S Q\n" % (_SAFE, _rectangle(safe))


def _words(trim: Sequence[float], bleed: float, line: str) -> bytes:
    left, bottom, right, _ = trim
    room = right - left + 2 * bleed * POINTS_PER_MM
    size = next((size for size in SIZES if width_of(line, size) <= room), SIZES[-1])
    x, y = left - bleed * POINTS_PER_MM, bottom - (bleed + AROUND / 2) * POINTS_PER_MM
    text = outlined(line, size, room)
    return b"q %s rg 1 0 0 1 %s %s cm\n%sQ\n" % (_WORDS, format_number(x), format_number(y), text)


def _larger(box: Sequence[float], distance: float) -> list[float]:
    left, bottom, right, top = box
    edges = (left - distance, bottom - distance, right + distance, top + distance)
    return [round(edge, 4) for edge in edges]


def _rectangle(box: Sequence[float]) -> bytes:
    left, bottom, right, top = box
    return b"%s re" % b" ".join(map(format_number, (left, bottom, right - left, top - bottom)))
