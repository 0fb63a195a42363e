"""Pictures of pixels, PNG or JPEG: looked at before anything decodes them, then written anew as PNG, pixels alone.

A PNG's size stands in its first 33 bytes (PNG specification, 5.2 and 11.2.2), a JPEG's in its frame header (ISO
10918-1, B.2.2), which Pillow reads without decoding: pixels are bounded before any is unpacked.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.drawings.refusing import refused
from toolkit_builder.partnerships.visibility import is_faint_picture

if TYPE_CHECKING:
    from PIL.Image import Image

MAXIMUM_PIXELS = 16_000_000
LARGEST = (2400, 1200)
"""Pixels across and down that are kept: 1,000 dots an inch in the 60 × 30 mm that a logo is printed in, more than a
press prints. More would make the PDF large and nothing better.
"""
MAXIMUM_SCANS = 50
"""Passes of a progressive JPEG, each of which is decoded over all pixels; encoders write about ten."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SCAN = b"\xff\xda"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the colour type in a PNG's header."""
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The passes of an interlaced PNG: where each begins, and its steps."""
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf")
"""What pixels are made of, and which way up they are."""
_DAMAGED = "is a damaged PNG; save it again"


@dataclass(frozen=True)
class PixelPicture:
    """A PNG that was written here: 8 bits a channel, grey or RGB, with or without alpha, no metadata.
    `is_faint`: it can hardly be seen on white.
    """

    data: bytes
    width: int
    height: int
    is_faint: bool


def is_picture(data: bytes) -> bool:
    return data.startswith((_PNG, _JPEG))


def read_picture(data: bytes) -> PixelPicture:
    """A picture from the bytes of a PNG or JPEG, whose size the caller has bounded.

    Raises RefusedError, saying what to do, if it is damaged, animated, too large or of nothing.
    """
    if data.startswith(_PNG):
        return _written_anew(_checked_png(data), "PNG")
    if data.count(_SCAN) > MAXIMUM_SCANS:
        raise refused(f"is a JPEG of more than {MAXIMUM_SCANS} passes; save it again")
    return _written_anew(data, "JPEG")


def _written_anew(data: bytes, kind: str) -> PixelPicture:
    from PIL import Image, ImageOps  # slow to import

    try:
        with _all_of_it(), Image.open(io.BytesIO(data), formats=[kind]) as picture:
            _check_size(*picture.size)
            if picture.mode == "CMYK":
                raise refused("is in a press’s colours (CMYK), which look otherwise on each screen; save it in RGB")
            picture.load()
            turned = ImageOps.exif_transpose(picture)
            plain = _plain(turned if turned is not None else picture)
    except RefusedError:
        raise
    except Exception:  # Pillow raises whatever its readers do: this is the boundary to it
        raise refused(f"is a damaged {kind}; save it again") from None
    if "A" in plain.getbands() and plain.getchannel("A").getextrema()[1] == 0:
        raise refused("draws nothing that would be seen: all of it is transparent; save it again")
    if plain.width > LARGEST[0] or plain.height > LARGEST[1]:
        plain.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "PNG")
    return PixelPicture(out.getvalue(), plain.width, plain.height, is_faint_picture(plain))


@contextmanager
def _all_of_it() -> Iterator[None]:
    """What ends too early is an error, although the engine, once it is imported, tells Pillow to make do with it."""
    from PIL import ImageFile  # slow to import

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_size(width: int, height: int) -> None:
    if not width or not height or width * height > MAXIMUM_PIXELS:
        raise refused(f"has {width} × {height} pixels; more than {MAXIMUM_PIXELS:,} in all, or none, cannot be printed")
    if not 0.1 <= width / height <= 10:
        raise refused(f"is {width} × {height} pixels, too long and narrow to be printed")


def _plain(picture: Image) -> Image:
    """8 bits a channel, in grey or RGB, without a palette and without anything but pixels."""
    from PIL import Image  # slow to import

    if picture.mode.startswith("I"):  # grey of 16 bits, which Pillow would cut off at 255
        levels = picture.convert("I").point(lambda level: level * (1 / 257))
        picture = levels.convert("L")
    has_alpha = "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA", "La", "RGBa")
    is_grey = picture.mode in ("1", "L", "LA", "La")
    if has_alpha:
        plain = picture.convert("RGBA").convert("LA") if is_grey else picture.convert("RGBA")
    else:
        plain = picture.convert("L" if is_grey else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


# -- PNG, before Pillow is asked --------------------------------------------------------------------------------------


def _checked_png(data: bytes) -> bytes:
    """The PNG with the chunks that pixels are made of, whole and no larger unpacked than its header says."""
    if len(data) < 33 or data[8:16] != b"\0\0\0\x0dIHDR":
        raise refused(_DAMAGED)
    width, height = struct.unpack(">II", data[16:24])
    _check_size(width, height)
    chunks = _chunks(data)
    depth, channels, interlaced = data[24], _CHANNELS.get(data[25], 0), data[28]
    size = _raw_size(width, height, depth * channels, interlaced)
    packed = b"".join(content for kind, content in chunks if kind == b"IDAT")
    if not channels or not _unpacks_to(packed, size):
        raise refused(_DAMAGED)
    return _PNG + b"".join(_chunk(kind, content) for kind, content in chunks if kind in _KEPT_CHUNKS)


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """All chunks to the last, with right checksums."""
    place = 8
    chunks: list[tuple[bytes, bytes]] = []
    while place < len(data) and (not chunks or chunks[-1][0] != b"IEND"):
        if place + 12 > len(data):
            raise refused("is a damaged PNG: it ends too early; save it again")
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data) or zlib.crc32(data[place + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            raise refused(_DAMAGED)
        if kind == b"acTL":
            raise refused("is an animation; save one picture of it")
        chunks.append((kind, data[place + 8 : end - 4]))
        place = end
    if not chunks or chunks[-1][0] != b"IEND":
        raise refused("is a damaged PNG: it ends too early; save it again")
    return chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _raw_size(width: int, height: int, bits: int, interlaced: int) -> int:
    """How many bytes the pixels take unpacked: lines of whole bytes, each with its filter (7.2, 8.2, 9.1)."""
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy) for x, y, dx, dy in passes]
    return sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in sizes if columns > 0 and rows > 0)


def _unpacks_to(packed: bytes, size: int) -> bool:
    """Whether pixels unpack to this many bytes; a piece at a time, and no further."""
    unpacker, unpacked = zlib.decompressobj(), 0
    try:
        while unpacked <= size and not unpacker.eof:
            piece = unpacker.decompress(packed, 65536)
            if not piece and not unpacker.unconsumed_tail:
                break
            unpacked, packed = unpacked + len(piece), unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacked == size
