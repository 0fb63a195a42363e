"""The characters that every font is given, so that one font serves the plates of all documents.

What a page has beyond them is added to the fonts of its document.
"""

from __future__ import annotations

REPERTOIRE = (
    *range(0x20, 0x7F),
    *range(0xA0, 0xAD),
    *range(0xAE, 0x180),
    *(0x218, 0x219, 0x21A, 0x21B),
    *range(0x1E80, 0x1E86),
    *(0x1EF2, 0x1EF3),
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026),
    *(0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
)
"""Code points: Latin with all Welsh letters (Basic Latin, Latin-1 without the soft hyphen, Latin Extended-A, Romanian
comma letters, w and y with accents), punctuation, euro, trade mark, minus.
"""
LIGATURES = ("ff", "fi", "fl", "fj", "ffi", "ffl", "ft", "fft", "tt", "fb", "ffb", "fh", "ffh", "fk", "ffk", "fþ")
"""Letters that a font may have one glyph for."""
