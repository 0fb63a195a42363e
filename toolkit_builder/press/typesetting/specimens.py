"""Fonts that serve all plates: for each face the engine's font, which has set the whole repertoire once.

Widths and names of fonts then depend on no page, and the font file is the same whatever pages are typeset together.
"""

from __future__ import annotations

import html
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from toolkit_builder.press.plates.draft import Face
from toolkit_builder.press.typesetting.engine_messages import EngineError, engine_messages
from toolkit_builder.press.typesetting.repertoire import LIGATURES, REPERTOIRE
from toolkit_builder.press.typesetting.weasyprint_internals import DocumentFont, document_fonts, fonts_left_out

VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class Specimen:
    """A face's font. `glyphs`: the text and width (in thousandths of the size) of those of the repertoire; `digits`:
    glyph and width of 0 to 9.
    """

    font: DocumentFont
    glyphs: dict[int, tuple[str, float]]
    digits: tuple[tuple[int, float], ...]
    document: Any
    """Kept, since the font lives as long as its document."""

    @property
    def repertoire(self) -> frozenset[int]:
        return frozenset(self.glyphs)


class Specimens:
    """The specimens of the faces that styles declare, made when they are asked for.

    `characters` says which code points a face has.
    """

    def __init__(
        self, fonts: FontConfiguration, fetcher: URLFetcher, characters: Callable[[Face], frozenset[int]]
    ) -> None:
        self.fonts = fonts
        self.fetcher = fetcher
        self.characters = characters
        self._made: dict[Face, Specimen] = {}

    def of(self, face: Face) -> Specimen:
        """Raises EngineError if the engine sets the face in several fonts, since no page could say which it has."""
        if face not in self._made:
            with engine_messages(), fonts_left_out():
                document = self._set_repertoire(face)
                document.write_pdf(pdf_variant=VARIANT)  # only writing fills in glyphs and widths
            by_name = {font.name: font for font in document_fonts(document)}
            if len(by_name) != 1:
                raise EngineError(f"{face.key}: {len(by_name)} fonts for one face")
            [font] = by_name.values()
            glyphs = font.glyphs
            of_text = {text: (glyph, width) for glyph, (text, width) in glyphs.items()}
            digits = tuple(of_text[digit] for digit in "0123456789" if digit in of_text)
            self._made[face] = Specimen(font, glyphs, digits, document)
        return self._made[face]

    def font_file(self, face: Face, extra: Mapping[int, tuple[str, float]]) -> bytes:
        """A PDF with one font, as /Font of its catalog: the repertoire of a face, and `extra` glyphs with their texts
        and widths. Raises EngineError with what the engine complains of.
        """
        specimen = self.of(face)
        with engine_messages() as messages, _timeless_fonts(), fonts_left_out():
            data = io.BytesIO()
            finisher = specimen.font.finisher({**extra, **specimen.glyphs})
            self._set_repertoire(face).write_pdf(data, pdf_variant=VARIANT, finisher=finisher)
        if messages:
            raise EngineError(f"{face.key}: {messages[0]}")
        return data.getvalue()

    def _set_repertoire(self, face: Face) -> Any:
        """A document of one page, far larger than the repertoire takes, so that nothing of it is lost."""
        available = self.characters(face)
        texts = [*map(chr, REPERTOIRE), *LIGATURES]
        characters = " ".join(html.escape(text) for text in texts if {ord(letter) for letter in text} <= available)
        style = f"font: {'italic' if face.italic else 'normal'} {face.weight} 100px '{face.family}'"
        page = "@page { size: 4000px 4000px; margin: 50px }"
        source = f'<html lang="en"><title>.</title><style>{page}</style><p style="{style}">{characters}</p>'
        return weasyprint.HTML(string=source, url_fetcher=self.fetcher).render(font_config=self.fonts)


@contextmanager
def _timeless_fonts() -> Iterator[None]:
    """Keeps the time of writing out of embedded fonts, so that the same input gives the same bytes.

    fontTools stamps a font that it makes from a variable one with the time, or with what SOURCE_DATE_EPOCH says.
    """
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
