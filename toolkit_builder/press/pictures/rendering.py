"""Pages as pictures: what PDFium, with which browsers show PDF, makes of a bound document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image
from PIL.PngImagePlugin import PngInfo

RESOLUTION = 300
"""Pixels an inch."""
MOST_PIXELS = 40_000_000
"""More than A3 has at 300 pixels an inch. A larger page has fewer an inch, and as many in all."""
_PERCEPTUAL = b"\x00"
"""The rendering intent in a PNG's sRGB chunk (PNG 3, 11.3.2.5)."""
_POINTS_PER_INCH = 72


@contextmanager
def opened(document: bytes) -> Iterator[Any]:
    """A document in PDFium, closed again with all its pages."""
    with pdfium.PdfDocument(document) as pdf:
        yield pdf


def png(page: Any, words: dict[str, str], resolution: float = RESOLUTION) -> bytes:
    """A page as PNG in sRGB, on white. `words`: what the file says of itself, by the keyword (PNG 3, 11.3.3.1);
    `resolution`: in pixels an inch.
    """
    width, height, resolution = _pixels(page, resolution)
    bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
    picture: Image.Image = bitmap.to_pil()
    said = PngInfo()
    said.add(b"sRGB", _PERCEPTUAL)
    for keyword, text in words.items():
        said.add_itxt(keyword, text)
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(resolution, resolution), pnginfo=said)
    return file.getvalue()


def _pixels(page: Any, wanted: float) -> tuple[int, int, float]:
    """How wide and high its picture is, and how many pixels an inch that makes."""
    width, height = page.get_size()
    inches = width * height / _POINTS_PER_INCH**2
    resolution = min(wanted, sqrt(MOST_PIXELS / inches))
    wide, high = (max(1, round(edge * resolution / _POINTS_PER_INCH)) for edge in (width, height))
    return wide, high, resolution
