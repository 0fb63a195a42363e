"""Logos: SVG, PNG or JPEG, each made anew from what is known of it, so that nothing unchecked reaches a page.

An SVG becomes plain shapes (`svg.rebuilding`), a picture becomes a PNG of its pixels alone (`pictures`).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.rebuilding import rebuild
from toolkit_builder.partnerships.logo import Logo, printed_size
from toolkit_builder.partnerships.pictures import is_picture, read_picture
from toolkit_builder.partnerships.visibility import FAINT, is_faint_drawing

MAXIMUM_BYTES = 2_000_000
LEAST_DPI = 200
MM_PER_INCH = 25.4


def read_logo(file: Path) -> Logo:
    """A logo from its file.

    Raises RefusedError, saying what to do, if it is not to be printed.
    """
    data = _read(file)
    if is_picture(data):
        return _of_picture(data)
    if file.suffix.lower() != ".svg":
        raise refused("is neither SVG nor PNG nor JPEG; save it as one of them")
    drawing = rebuild(data)
    doubts = [f"{'; it '.join(drawing.doubts)}, which is not printed; flatten it"] if drawing.doubts else []
    doubts += [FAINT] if is_faint_drawing(drawing.data) else []
    return Logo("svg", drawing.data, drawing.width, drawing.height, "; it ".join(doubts))


def _of_picture(data: bytes) -> Logo:
    picture = read_picture(data)
    wide, high = printed_size(picture.width, picture.height)
    dpi = picture.width / (wide / MM_PER_INCH)
    doubts = []
    if dpi < LEAST_DPI:
        size = f"{picture.width} × {picture.height} pixels are {dpi:.0f} dpi at {wide:.0f} × {high:.0f} mm"
        doubts.append(f"is too small for print: {size}, and {LEAST_DPI} are needed; take an SVG")
    doubts += [FAINT] if picture.is_faint else []
    return Logo("png", picture.data, picture.width, picture.height, "; it ".join(doubts))


def _read(file: Path) -> bytes:
    """The bytes of a regular file of bounded size. A pipe or a device is not waited for."""
    try:
        number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise refused("is no file, but a folder, a pipe or a device; name the file of the logo")
            data = opened.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise refused(f"cannot be read ({error.strerror}); check its permissions") from None
    if len(data) > MAXIMUM_BYTES:
        raise refused(f"has more than {MAXIMUM_BYTES:,} bytes; make it smaller")
    return data
