"""The words of a finished page: the glyphs that are set, turned back into letters by the fonts' own tables."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf

from toolkit_builder.press.plates.plate import Element, Plate
from toolkit_builder.press.preflight.html_words import letters_of
from toolkit_builder.press.preflight.paint import Run
from toolkit_builder.press.preflight.regions import Bounds, moved

Glyphs = Mapping[str, Mapping[int, tuple[str, float]]]
"""For each font the text and the width of each glyph, in thousandths of the size."""
_MIRRORED = str.maketrans(")]}>»›", "([{<«‹")
_PIECE = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
X_HEIGHT, CAPITAL, DESCENDER, ASCENDER = 0.25, 0.55, 0.22, 0.74
"""How high above the baseline letters are looked at, in em: within small letters, and in the upper half of capitals;
and how far they reach below and above it.
"""


@dataclass(frozen=True)
class SetText:
    """A run of text as it stands on the finished page: what it says, where each of its glyphs begins along the line (in
    em from the run's start; one more for the end), and the run itself.
    """

    text: str
    starts: Sequence[float]
    run: Run
    width: float = 0
    """How long it would be if its letters stood beside one another as their font has it, in em."""

    def at(self, along: float, up: float) -> tuple[float, float]:
        """The point of the page at so many em from the start, above the baseline."""
        return moved((along, up), self.run.matrix)

    def bounds(self) -> Bounds:
        corners = [self.at(x, y) for x in (self.starts[0], self.starts[-1]) for y in (-DESCENDER, ASCENDER)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def set_texts(runs: Sequence[Run], glyphs: Glyphs) -> Iterator[SetText]:
    """What the runs of a page say."""
    line, end = -1, 0.0
    for run in runs:
        text = _set_text(run, glyphs, end / run.em if run.line == line and run.em else 0.0)
        line, end = run.line, text.starts[-1] * run.em
        yield text


def _set_text(run: Run, glyphs: Glyphs, begin: float) -> SetText:
    """What a run says, by the table of its font. A glyph that is not in it says nothing that could be read: U+FFFD."""
    table = glyphs.get(run.font, {})
    texts: list[str] = []
    starts: list[float] = []
    x, natural = begin, 0.0
    for codes, shift in _PIECE.findall(_in_hexadecimal(run.shown)):
        if shift:
            x -= float(shift) / 1000
            continue
        for at in range(0, len(codes), 4):
            text, width = table.get(int(codes[at : at + 4], 16), ("\ufffd", 500.0))
            texts.append(text)
            starts.append(x)
            x += width / 1000
            natural += width / 1000
    starts.append(x)
    return SetText("".join(texts), starts, run, natural)


def _in_hexadecimal(shown: bytes) -> bytes:
    """The operand of `TJ` or `Tj` with its strings as hexadecimal digits: those that could be letters may be written
    so (ISO 32000-1, 7.3.4.2).
    """
    if b"(" not in shown:
        return shown
    operand = pikepdf.Object.parse(shown.rstrip(b"\n TJj"))
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return b"".join(
        b"<%s>" % bytes(part).hex().encode() if isinstance(part, pikepdf.String) else b"%f" % float(part)
        for part in parts
    )


def texts_by_mark(texts: Sequence[SetText]) -> dict[int, str]:
    """What each piece of marked content says, in the order of drawing."""
    found: dict[int, str] = {}
    for text in texts:
        found[text.run.mark] = found.get(text.run.mark, "") + text.text
    return found


def reading_order(plate: Plate) -> Iterator[tuple[int, int]]:
    """The marked content of a plate as its structure tree has it: pages (from 0) and numbers."""
    for element in plate.elements:
        yield from _marks(element)


def _marks(element: Element) -> Iterator[tuple[int, int]]:
    for kid in element.kids:
        if isinstance(kid, int):
            yield element.page, kid
        else:
            yield from _marks(kid)


def alternatives(plate: Plate) -> list[str]:
    """The alternative texts of a plate's pictures, in reading order."""
    return [element.alternative for top in plate.elements for element in _all(top) if element.kind == "Figure"]


def _all(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _all(kid)


def is_from_right(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def says(drawn: str, expected: str, *, from_right: bool) -> str:
    """The letters that were drawn. From right to left glyphs are drawn in the order of the eye, and brackets mirrored:
    where they are those of what was to be set, they say what it says.

    A font's table has one text for a glyph. The engine gives that of a letter with its vowel marks to one of its
    glyphs, whichever it meets first: the letter may be read twice then, or the marks as those of another such letter.
    """
    letters = letters_of(drawn)
    if not from_right:
        return letters
    wanted = letters_of(expected)
    found, asked = _without_marks(letters), _without_marks(wanted)
    marked = Counter(base for base, mark in pairwise(wanted) if _is_mark(mark) and not _is_mark(base))
    is_same = (asked - found) <= marked and (found - asked).total() <= marked.total()
    return wanted if is_same else letters


def _without_marks(letters: str) -> Counter[str]:
    return Counter(letter for letter in letters.translate(_MIRRORED) if not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return bool(unicodedata.combining(letter))
