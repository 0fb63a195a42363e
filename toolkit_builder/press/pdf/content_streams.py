"""Content streams (ISO 32000-1, 7.8.2): read by pikepdf, and written in a form of this project's own.

In that form every instruction stands on a line of its own, and one that begins a piece of tagged content reads
`/TAG <</MCID NUMBER>> BDC`. Strings are written on one line too, so that `renumbered`, which has no time to parse a
page for every document, cannot mistake a text for such a line. Resources are named by what they are, so that streams
can be put together without renaming any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

RESOURCE_OF = {
    "gs": "ExtGState",
    "Do": "XObject",
    "sh": "Shading",
    "scn": "Pattern",
    "SCN": "Pattern",
    "cs": "ColorSpace",
    "CS": "ColorSpace",
}
"""The kind of resource that each operator names with its last operand (7.8.3)."""
_DEVICE_SPACES = ("/DeviceRGB", "/DeviceGray", "/DeviceCMYK", "/Pattern")
"""Colour spaces that every page has, without a resource (8.6.8)."""
_PLAIN = frozenset((
    "q", "Q", "cm", "w", "J", "j", "M", "d", "i",
    "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*",
    "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tr", "Ts", "Td", "TD", "Tm", "T*",
    "G", "g", "RG", "rg", "K", "k", "sc", "SC", "EMC",
))  # fmt: skip
"""Operators that take numbers alone (annex A). Whoever adds another sees to it that its operands are understood."""
_MARK = re.compile(rb"^/(\S+) <</MCID (\d+)>> BDC$", re.MULTILINE)
_ARTIFACT = b"/Artifact BMC"


class ContentError(ValueError):
    """Something in a content stream that is not understood."""


@dataclass
class Content:
    """A content stream, written anew, and the glyphs that it shows in each font that it names."""

    data: bytes
    glyphs: dict[str, set[int]]


def rewritten(stream: Any, name_of: Callable[[str, str], str], is_tagged: Callable[[int], bool]) -> Content:
    """A page or a form (pikepdf's objects) with other names for what it draws with.

    `name_of`: the new name of a resource, given its kind and its name (without slashes); fonts keep theirs.
    `is_tagged`: whether the structure tree has a piece of marked content; what it has not becomes an artifact.
    Raises ContentError for operators and operands that are not understood.
    """
    try:
        instructions = pikepdf.parse_content_stream(stream)
    except pikepdf.PdfError as error:
        raise ContentError(f"content that cannot be read: {error}") from error
    rewriter = _Rewriter(name_of, is_tagged)
    return Content(b"\n".join(rewriter.lines(instructions)) + b"\n", rewriter.glyphs)


def lines_changed(instructions: Iterable[Any], changed: Callable[[str, Any], bytes | None]) -> Iterator[bytes]:
    """Instructions (pikepdf's) written one a line. `changed`: what to write for an operator and its operands, or None
    if they stay as they are. Raises ContentError for an inline image (8.9.7).
    """
    plain: list[Any] = []  # written together, which is far faster than one by one
    for instruction in instructions:
        if not isinstance(instruction, pikepdf.ContentStreamInstruction):
            raise ContentError("an image within the content")
        line = changed(str(instruction.operator), instruction.operands)
        if line is None:
            plain.append(instruction)
            continue
        if plain:
            yield pikepdf.unparse_content_stream(plain)
            plain = []
        yield line
    if plain:
        yield pikepdf.unparse_content_stream(plain)


class _Rewriter:
    """Goes through the instructions of a stream in order, since which font is in use depends on those before."""

    def __init__(self, name_of: Callable[[str, str], str], is_tagged: Callable[[int], bool]) -> None:
        self.name_of = name_of
        self.is_tagged = is_tagged
        self.glyphs: dict[str, set[int]] = {}
        self._font = ""
        self._saved_fonts: list[str] = []

    def lines(self, instructions: Iterable[Any]) -> Iterator[bytes]:
        return lines_changed(instructions, self._changed)

    def _changed(self, operator: str, operands: Any) -> bytes | None:
        """The line to write for an instruction, or None if it stays as it is."""
        if operator in ("TJ", "Tj"):
            self._note_glyphs(operands[0])
        elif operator == "Tf":
            self._font = str(operands[0])[1:]
            self.glyphs.setdefault(self._font, set())
        elif operator in RESOURCE_OF:
            return self._renamed(operands, operator)
        elif operator == "BDC":
            return self._mark(*operands)
        elif operator == "BMC" and operands[0] == "/Artifact":
            return _ARTIFACT
        elif operator not in _PLAIN or any(isinstance(operand, pikepdf.Name) for operand in operands):
            raise ContentError(f"an operator that is not known: {_quoted(operands, operator)}")
        elif operator == "q":
            self._saved_fonts.append(self._font)
        elif operator == "Q" and self._saved_fonts:
            self._font = self._saved_fonts.pop()
        return None

    def _note_glyphs(self, shown: Any) -> None:
        """Of `Tj` (a string) or `TJ` (strings and distances, 9.4.3): two bytes each (9.7.5.2, Identity-H)."""
        used = self.glyphs.setdefault(self._font, set())
        for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(part, pikepdf.String):
                codes = bytes(part)
                used.update(int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))

    def _renamed(self, operands: Any, operator: str) -> bytes | None:
        name = operands[-1] if len(operands) else None
        if not isinstance(name, pikepdf.Name):
            if operator in ("scn", "SCN"):  # a colour, not a pattern
                return None
            raise ContentError(f"a resource without a name: {_quoted(operands, operator)}")
        if operator in ("cs", "CS") and str(name) in _DEVICE_SPACES:
            return None
        new = self.name_of(RESOURCE_OF[operator], str(name)[1:])
        return pikepdf.unparse_content_stream([([*operands[:-1], pikepdf.Name(f"/{new}")], pikepdf.Operator(operator))])

    def _mark(self, tag: Any, properties: Any) -> bytes:
        if not isinstance(properties, pikepdf.Dictionary) or set(properties.keys()) != {"/MCID"}:
            raise ContentError(f"marked content that is not known: {_quoted([tag, properties], 'BDC')}")
        number = int(properties.MCID)
        return mark(str(tag)[1:], number) if self.is_tagged(number) else _ARTIFACT


def _quoted(operands: Iterable[Any], operator: str) -> str:
    line = pikepdf.unparse_content_stream([(list(operands), pikepdf.Operator(operator))])
    return repr(line[:60].decode("latin-1"))


def mark(tag: str, number: int) -> bytes:
    """The line that begins a piece of marked content (14.6) of the structure tree, with its number on the page."""
    return b"/%s <</MCID %d>> BDC" % (tag.encode(), number)


def renumbered(content: bytes, first: int) -> bytes:
    """Content in this module's form, its marked content numbered from `first` on instead of from 0."""
    return _MARK.sub(lambda line: b"/%s <</MCID %d>> BDC" % (line[1], int(line[2]) + first), content)
