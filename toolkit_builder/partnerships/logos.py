"""Logos: SVG or PNG, looked at before anything decodes them.

A PNG's size stands in its first 33 bytes (PNG specification, 5.2 and 11.2.2): pixels are bounded before any is
unpacked.
An SVG may hold shapes, gradients and clipping, and nothing that runs, that fetches, that embeds, or that multiplies.
"""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from toolkit_builder.catalogue.documents import START, RefusedError

MAXIMUM_BYTES = 2_000_000
MAXIMUM_PIXELS = 16_000_000
MAXIMUM_ELEMENTS = 5_000
MAXIMUM_DEPTH = 50
BOX = (60.0, 30.0)
"""The room that a logo is printed in, at most, in mm: width and height."""
LEAST_DPI = 200
MM_PER_INCH = 25.4

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""How many numbers a pixel has, by the colour type in a PNG's header."""
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The passes of an interlaced PNG: where each begins, and its steps."""
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DRAWN = {
    *("svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline"),
    *("polygon", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "use", "symbol", "style"),
}
_EDITORS = ("{http://www.inkscape.org/namespaces/inkscape}", "{http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd}")
"""Drawing programs leave notes in names of their own, which nothing draws."""
_WHAT = {
    "script": "a script",
    "foreignObject": "a part that is not SVG",
    "image": "an embedded picture",
    "feImage": "an embedded picture",
    "text": "text, which would need its font; turn it into paths",
    "filter": "a filter, which cannot be printed sharp; draw it without",
    "a": "a link",
}
_COLOUR_PROPERTIES = ("fill", "stroke", "stop-color", "color")
_COLOURED = re.compile(r"(\b(?:fill|stroke|stop-color|color)\s*:\s*)([^;}!]+)")
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|)\s*")


@dataclass(frozen=True)
class Logo:
    """A logo that may be printed: its bytes, its size (in PNG in pixels), and what is doubtful about it."""

    kind: Literal["svg", "png"]
    data: bytes
    width: float
    height: float
    doubt: str = ""

    @property
    def address(self) -> str:
        """The logo itself as an address, so that whoever typesets it needs no file."""
        kind = "svg+xml" if self.kind == "svg" else self.kind
        return f"data:image/{kind};base64,{base64.b64encode(self.data).decode()}"

    def printed(self, box: tuple[float, float] = BOX) -> tuple[float, float]:
        """Its width and height in mm when it is printed as large as the box allows."""
        scale = min(box[0] / self.width, box[1] / self.height)
        return self.width * scale, self.height * scale


def read_logo(file: Path) -> Logo:
    """A logo from its file.

    Raises RefusedError, saying what to do, if it is not to be printed.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise _refused(f"cannot be read ({error.strerror}); check its permissions") from None
    if len(data) > MAXIMUM_BYTES:
        raise _refused(f"has more than {MAXIMUM_BYTES:,} bytes; make it smaller")
    if data.startswith(_PNG):
        return _png(data)
    if file.suffix.lower() == ".svg":
        return _svg(data)
    raise _refused("is neither SVG nor PNG; save it as one of them")


def _refused(message: str) -> RefusedError:
    return RefusedError(START, message)


# -- PNG ---------------------------------------------------------------------------------------------------------------


def _png(data: bytes) -> Logo:
    if len(data) < 33 or data[8:16] != b"\0\0\0\x0dIHDR":
        raise _refused("is a damaged PNG; save it again")
    width, height = struct.unpack(">II", data[16:24])
    if not width or not height or width * height > MAXIMUM_PIXELS:
        raise _refused(
            f"has {width} × {height} pixels; more than {MAXIMUM_PIXELS:,} in all, or none, cannot be printed"
        )
    packed = _check_chunks(data)
    depth, channels, interlaced = data[24], _CHANNELS.get(data[25], 0), data[28]
    unpacked = _raw_size(width, height, depth * channels, interlaced)
    if not channels or not _unpacked(packed, unpacked):
        raise _refused("is a damaged PNG; save it again")
    _decode(data)
    logo = Logo("png", data, width, height)
    dpi = width / (logo.printed()[0] / MM_PER_INCH)
    if dpi >= LEAST_DPI:
        return logo
    wide, high = logo.printed()
    size = f"{width} × {height} pixels are {dpi:.0f} dpi at {wide:.0f} × {high:.0f} mm"
    return Logo("png", data, width, height, f"is too small for print: {size}, and {LEAST_DPI} are needed; take an SVG")


def _raw_size(width: int, height: int, bits: int, interlaced: int) -> int:
    """How many bytes the pixels take unpacked: lines of whole bytes, each with its filter (7.2, 8.2, 9.1)."""
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy) for x, y, dx, dy in passes]
    return sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in sizes if columns > 0 and rows > 0)


def _unpacked(packed: bytes, size: int) -> bool:
    """Whether pixels unpack to this many bytes; a piece at a time, and no further."""
    unpacker, found = zlib.decompressobj(), 0
    try:
        while found <= size and not unpacker.eof:
            piece = unpacker.decompress(packed, 65536)
            if not piece and not unpacker.unconsumed_tail:
                break
            found, packed = found + len(piece), unpacker.unconsumed_tail
    except zlib.error:
        return False
    return found == size


def _check_chunks(data: bytes) -> bytes:
    """The packed pixels. All chunks are whole, with right checksums, and no text or profile unpacks to megabytes."""
    place, kind = 8, b""
    pixels = []
    while place < len(data) and kind != b"IEND":
        if place + 12 > len(data):
            raise _refused("is a damaged PNG: it ends too early; save it again")
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data) or zlib.crc32(data[place + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            raise _refused("is a damaged PNG; save it again")
        if kind == b"acTL":
            raise _refused("is an animation; save one picture of it")
        if kind in (b"iCCP", b"zTXt", b"iTXt") and length > 0 and _unpacks_to_more(data[place + 8 : end - 4]):
            raise _refused("carries a text or a colour profile that unpacks to megabytes; save it without")
        if kind == b"IDAT":
            pixels.append(data[place + 8 : end - 4])
        place = end
    if kind != b"IEND":
        raise _refused("is a damaged PNG: it ends too early; save it again")
    return b"".join(pixels)


def _unpacks_to_more(chunk: bytes, limit: int = MAXIMUM_BYTES) -> bool:
    """Whether what is packed in a chunk, after its name and a byte or more, is larger than `limit`."""
    for start in [found.start() for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", chunk)][:4]:
        try:
            if len(zlib.decompressobj().decompress(chunk[start:], limit + 1)) > limit:
                return True
        except zlib.error:
            continue
    return False


def _decode(data: bytes) -> None:
    from PIL import Image  # slow to import

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, zlib.error, Image.DecompressionBombError):
        raise _refused("is a damaged PNG; save it again") from None


# -- SVG ---------------------------------------------------------------------------------------------------------------


def _written(root: Element) -> bytes:
    """The drawing as bytes: the same, whatever names others have registered, as the engine does when it is imported."""
    register_namespace("", _SVG[1:-1])
    register_namespace("xlink", _XLINK[1:-1])
    data: bytes = tostring(root, encoding="utf-8")
    return data


def _svg(data: bytes) -> Logo:
    try:
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise _refused("declares a document type or entities; save it as plain SVG") from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise _refused(f"is no SVG: {error}; save it again") from None
    if root.tag != f"{_SVG}svg":
        raise _refused("is no SVG: it has no <svg> of its namespace; save it again")
    _check_elements(root)
    _check_uses(root)
    _write_colours_out(root)
    data = _written(root)
    width, height = _size(root)
    if not 0.1 <= width / height <= 10:
        raise _refused(f"is {width:g} × {height:g}, too long and narrow to be printed")
    return Logo("svg", data, width, height)


def _check_elements(root: Element) -> None:
    count = 0
    for element, depth in _walk(root, 1):
        count += 1
        if count > MAXIMUM_ELEMENTS or depth > MAXIMUM_DEPTH:
            raise _refused(f"has more than {MAXIMUM_ELEMENTS:,} parts, or is nested too deep; simplify it")
        tag = str(element.tag)
        name = tag.rpartition("}")[2]
        if tag.startswith(_EDITORS):
            continue
        if not tag.startswith(_SVG) or name not in _DRAWN:
            raise _refused(f"has {_WHAT.get(name, f'a part (<{name}>) that is not drawn')}; save it as plain shapes")
        if name == "style":
            _check_style("".join(element.itertext()))
        for attribute, value in element.attrib.items():
            _check_attribute(attribute, value)


def _walk(element: Element, depth: int) -> Iterator[tuple[Element, int]]:
    """An element and all in it, with their depth; not what is in metadata and notes of drawing programs, undrawn."""
    waiting = [(element, depth)]
    while waiting:
        current, level = waiting.pop()
        yield current, level
        if current.tag != f"{_SVG}metadata" and not str(current.tag).startswith(_EDITORS):
            waiting += [(child, level + 1) for child in current]


def _check_attribute(attribute: str, value: str) -> None:
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on"):
        raise _refused(f"has a script ({name}); save it without")
    if name in ("href", "src") and not value.strip().startswith("#"):
        raise _refused(f"refers to “{value[:60]}” outside of itself; put all of it into the file as shapes")
    if name == "base":
        raise _refused("refers to an address outside of itself (xml:base); save it without")
    if name == "style" or "url" in value.lower() or "\\" in value:
        _check_style(value)


def _check_style(text: str) -> None:
    if "\\" in text or "@" in text or "/*" in text:
        raise _refused("has a style with @rules, comments or escapes; save it with plain attributes")
    for address in _URL.findall(text):
        if not address.startswith("#"):
            raise _refused(f"refers to “{address[:60]}” outside of itself; put all of it into the file as shapes")


def _check_uses(root: Element) -> None:
    """A part that is used again may use no other: a few lines could grow to millions of shapes."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    for use in root.iter(f"{_SVG}use"):
        address = use.get("href") or use.get(f"{_XLINK}href") or ""
        target = named.get(address.strip().removeprefix("#"))
        if target is not None and any(True for _ in target.iter(f"{_SVG}use")):
            raise _refused("uses parts that use others (<use>); save it as plain shapes")
    for masking in (f"{_SVG}clipPath", f"{_SVG}mask"):
        for element in root.iter(masking):
            if any("url" in value for inner in element.iter() for value in inner.attrib.values()):
                raise _refused("has clips or masks within one another; save it as plain shapes")


def _write_colours_out(root: Element) -> None:
    """Colours as `#rrggbb` in place of names and other forms, so that they can be turned grey."""
    for element in root.iter():
        if element.tag == f"{_SVG}style":
            element.text = _COLOURED.sub(_written_out, element.text or "")
        for attribute, value in element.attrib.items():
            if attribute in _COLOUR_PROPERTIES:
                element.set(attribute, _colour(value))
            elif attribute == "style":
                element.set(attribute, _COLOURED.sub(_written_out, value))


def _written_out(found: re.Match[str]) -> str:
    return f"{found[1]}{_colour(found[2])}"


def _colour(value: str) -> str:
    """A colour as `#rrggbb`; anything else (none, a gradient) as it is."""
    from coloraide import Color  # slow to import

    match = Color.match(value.strip(), fullmatch=True)
    if match is None or match.color.alpha(nans=False) < 1:
        return value
    return match.color.convert("srgb").to_string(hex=True, fit="clip")


def _size(root: Element) -> tuple[float, float]:
    """The size of the drawing, in units of its own."""
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        width, height = (
            (float(box[2]), float(box[3])) if len(box) == 4 else (_length(root, "width"), _length(root, "height"))
        )
    except ValueError:
        width = height = 0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise _refused("does not say how large it is; give it a viewBox")
    return width, height


def _length(root: Element, name: str) -> float:
    found = _LENGTH.fullmatch(root.get(name) or "")
    return float(found[1]) if found else 0
