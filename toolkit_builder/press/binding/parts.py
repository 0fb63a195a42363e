"""What pages draw with (fonts, forms, images, patterns), written once into a file whatever number of plates has it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_builder.press.pdf.writer import PdfWriter
from toolkit_builder.press.plates.plate import Body, FontParts


class PartWriter:
    """Numbers parts as they are asked for, by their references (`Body.references`), and writes them at the end.

    `fonts`: by their names in pages.
    """

    def __init__(self, file: PdfWriter, fonts: Mapping[str, FontParts]) -> None:
        self.file = file
        self.fonts = fonts
        self._numbers: dict[str, int] = {}
        self._bodies: dict[str, Body] = {}

    def number(self, reference: str, parts: Mapping[str, Body] | None = None) -> int:
        """The object number of a part. `parts` are those of the plate that it belongs to.

        Raises KeyError for a part or font that is not there.
        """
        digest, parts = self._find(reference, parts or {})
        if digest not in self._numbers:
            body = parts[digest]
            for inner in body.references:
                self.number(inner, parts)
            self._numbers[digest] = self.file.number()
            self._bodies[digest] = body
        return self._numbers[digest]

    def fill(self, body: Body, parts: Mapping[str, Body]) -> bytes:
        """The text of a body with its references filled in."""
        return body.text % tuple(self.number(reference, parts) for reference in body.references)

    def write(self) -> None:
        """Write all parts that were asked for, with what they refer to."""
        for digest, number in self._numbers.items():
            body = self._bodies[digest]
            text = body.text % tuple(self._numbers[self._find(inner, {})[0]] for inner in body.references)
            if body.stream is None:
                self.file.add(number, text)
            else:
                self.file.raw_stream(number, text, body.stream)

    def _find(self, reference: str, parts: Mapping[str, Body]) -> tuple[str, Mapping[str, Body]]:
        kind, _, name = reference.partition(":")
        if kind == "font":
            return self.fonts[name].root, self.fonts[name].parts
        return name, parts
