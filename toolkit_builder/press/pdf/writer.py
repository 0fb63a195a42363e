"""A PDF file put together from bytes: objects object streams, a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

POINTS_PER_MM = 72 / 25.4
"""PDF counts in points of 1/72 inch (8.3.2.3), paper in mm."""
_LEVEL = 3
"""Of compressing objects: the highest would make a toolkit 2 % smaller and take a fifth of the time of binding it."""
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@lru_cache(maxsize=256)
def _deflated(data: bytes) -> bytes:
    """Kept, since documents with the same leaves have the same objects, mostly under the same numbers."""
    return zlib.compress(data, _LEVEL)


class PdfWriter:
    """Objects are numbered first and written in any order; small ones are gathered in one object stream."""

    def __init__(self) -> None:
        self._pieces = [_HEADER]
        self._length = len(_HEADER)
        self._last = 0
        self._entries: dict[int, bytes] = {0: b"\0\0\0\0\0\xff\xff"}
        self._small: list[tuple[int, bytes]] = []

    def number(self) -> int:
        """The number of a new object."""
        self._last += 1
        return self._last

    def numbers(self, count: int) -> int:
        """The first of so many new numbers."""
        first = self._last + 1
        self._last += count
        return first

    def add(self, number: int, text: bytes) -> None:
        """Write an object that is no stream."""
        self._small.append((number, text))

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream; `entries` of its dictionary but for the length."""
        self.raw_stream(number, b"<<%s/Length %d>>" % (entries, len(data)), data)

    def raw_stream(self, number: int, dictionary: bytes, data: bytes) -> None:
        """Write a stream with its whole dictionary."""
        self._entries[number] = b"\1" + self._length.to_bytes(4, "big") + b"\0\0"
        piece = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, dictionary, data)
        self._pieces.append(piece)
        self._length += len(piece)

    def object_stream(self, numbers: Sequence[int], offsets: Sequence[int], body: bytes) -> None:
        """Write objects that are no streams together; `offsets` say where in `body` each begins."""
        own = self.number()
        head = b" ".join([b"%d %d" % pair for pair in zip(numbers, offsets, strict=True)]) + b" "
        entry = b"\2" + own.to_bytes(4, "big")
        self._entries.update({number: entry + index.to_bytes(2, "big") for index, number in enumerate(numbers)})
        facts = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(numbers), len(head))
        self.stream(own, facts, _deflated(head + body))

    def bytes(self, catalog: int, information: int, identifier: str) -> bytes:
        """The whole file. `identifier`: 32 hexadecimal digits."""
        offsets, at = [], 0
        for _, text in self._small:
            offsets.append(at)
            at += len(text) + 1
        body = b"\n".join([text for _, text in self._small]) + b"\n"
        self.object_stream([number for number, _ in self._small], offsets, body)
        own = self.number()
        start = self._length
        self._entries[own] = b"\1" + start.to_bytes(4, "big") + b"\0\0"
        table = zlib.compress(b"".join([self._entries[number] for number in range(self._last + 1)]), 6)
        name = identifier.encode()
        facts = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode"
        self.stream(own, facts % (self._last + 1, catalog, information, name, name), table)
        self._pieces.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._pieces)


def text_string(text: str) -> bytes:
    """A text string object (7.9.2.2): in ASCII where that does, otherwise in UTF-16."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + escaped.encode() + b")"
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def format_number(value: float) -> bytes:
    """A number with at most four decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode() or b"0"
