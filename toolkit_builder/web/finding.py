"""Where a text stands on finished pages: it is looked for in the words of the PDF, as a reader would look for it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw

from toolkit_builder.catalogue import markdown
from toolkit_builder.press.pictures.rendering import opened

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as parts of the page's width and height."""
LEAST = 60
"""So many letters of a longer part have to be found together: a line may go on in another column."""
_COLOUR = (255, 226, 110)
_APART = 0.4
"""Letters that overlap by so much of their height stand in one line."""
_ITEM = re.compile(r"^\s*(?:[-*]|\d{1,3}[.)])\s+")


@lru_cache(maxsize=64)
def places(path: Path, text: str) -> dict[int, list[Box]]:
    """On which pages of a PDF a text stands, by their numbers, and where there. What lies at a path is taken to stay as
    it is. Not for several threads at once.
    """
    parts = list(_parts(text))
    found = {}
    with opened(path.read_bytes()) as document:
        for number in range(1, len(document) + 1) if parts else ():
            page = document[number - 1]
            letters, at = _letters(page)
            runs = [run for part in parts for run in _runs(letters, at, part)]
            if runs:
                size = page.get_size()
                words = page.get_textpage()
                found[number] = [box for run in runs for box in _lines(words, run, size)]
    return found


def page_about(path: Path, own: str, around: str = "") -> int:
    """The page of a PDF that is about a text: the first on which it stands largest, where there is also what stands
    `around` it, such as the title of what it is said of; else the one on which that stands largest. The first page, if
    there is neither. Not for several threads at once.
    """
    mine, its = (places(path, text) if text else {} for text in (own, around))
    both = {number: boxes for number, boxes in mine.items() if number in its}
    found = both or its or mine
    return max(found, key=lambda number: (max(_height(box) for box in found[number]), -number), default=1)


def _height(box: Box) -> float:
    """Of a line, as a part of the page's height; what differs by less than a hundredth is as high."""
    return round(box[3] - box[1], 2)


def marked(picture: bytes, boxes: Sequence[Box]) -> bytes:
    """The picture of a page (PNG), with these places as a marker pen would have them."""
    with Image.open(io.BytesIO(picture)) as page:
        ink = Image.new("RGB", page.size, "white")
        pen = ImageDraw.Draw(ink)
        for left, top, right, bottom in boxes:
            pen.rectangle((left * page.width, top * page.height, right * page.width, bottom * page.height), _COLOUR)
        file = io.BytesIO()
        ImageChops.multiply(page.convert("RGB"), ink).save(file, "PNG")
    return file.getvalue()


def _parts(text: str) -> Iterator[str]:
    """What stands together on a page: paragraphs and items of lists, without markup and marks, in small letters."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d{1,3}[.)])\s)", text):
        if words := _plain(markdown.plain(_ITEM.sub("", paragraph.strip()))):
            yield words


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _letters(page: Any) -> tuple[str, list[int]]:
    """The words of a page with single spaces, in small letters, and which letter of the page each is."""
    words = page.get_textpage()
    letters: list[str] = []
    at: list[int] = []
    for index in range(words.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(words, index))
        if letter.isspace() or letter == "\u00a0":
            if letters and letters[-1] != " ":
                letters.append(" ")
                at.append(index)
        elif letter.isprintable() and len(small := letter.lower()) == 1:
            letters.append(small)
            at.append(index)
    return "".join(letters), at


def _runs(letters: str, at: Sequence[int], part: str) -> Iterator[list[int]]:
    """The letters of each place where a part stands as whole words; of its beginning, if it is nowhere as a whole."""
    for words in (part, part[:LEAST].rpartition(" ")[0] if len(part) > LEAST else ""):
        starts = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", letters)] if words else []
        if starts:
            yield from ([at[index] for index in range(start, start + len(words))] for start in starts)
            return


def _lines(words: Any, run: Sequence[int], size: tuple[float, float]) -> Iterator[Box]:
    """A box for each line of a run of letters."""
    width, height = size
    line: list[float] = []
    for index in run:
        left, bottom, right, top = words.get_charbox(index)
        if right <= left or top <= bottom:
            continue
        is_same = bool(line) and min(top, line[3]) - max(bottom, line[1]) > _APART * min(
            top - bottom, line[3] - line[1]
        )
        if is_same:
            line = [min(left, line[0]), min(bottom, line[1]), max(right, line[2]), max(top, line[3])]
            continue
        if line:
            yield line[0] / width, 1 - line[3] / height, line[2] / width, 1 - line[1] / height
        line = [left, bottom, right, top]
    if line:
        yield line[0] / width, 1 - line[3] / height, line[2] / width, 1 - line[1] / height
