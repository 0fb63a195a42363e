"""Proofs: finished pages beside a list of their texts, each with its number, a box to tick, the words that it was
translated from, its key, and a line to write on.

A translation is checked for the last time on the page, where it can be seen whether it fits and reads well, and beside
its original whether it says the same. Numbers stand on the page too, beside the line in which a text begins, and never
over what is printed there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from toolkit_builder.catalogue.model import Language
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.languages import widths
from toolkit_builder.press.geometry import PageGeometry, Rectangle, TextRun
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import Plate

SHEET = (297.0, 210.0)
"""A4 on its side; all lengths are in mm."""
LEFT, TOP, WIDTH, HEIGHT = 10.0, 8.0, 142.0, 194.0
"""Where pages stand on the sheet, and how wide and high they are at most."""
NOTES, FIRST, LAST, STEP = (157.0, 132.0), 27.0, 195.0, 8.2
"""Left and width of the notes; where they begin and end, and how far apart they are if there is room."""
LINE, TWO_LINES = 3.1, 7.2
"""A line of a note; from how far apart on notes have two."""
SAID, SAID_SIZE, KEY_SIZE = {1: 84.0, 2: 72.0}, 8.0, 7.0
"""How wide the original is beside a text, by its lines; its size and that of the key behind it, in pt. The rest is to
write on.
"""
REGULAR = 0.94
"""How wide letters are in regular type, beside bold, which is measured."""
MARKER = 3.2
"""How far the mark of an item of a list stands out before it."""
ROWS = 48
"""So many notes stand in a column; more texts make another."""
TAG, DIGIT, APART = 3.0, 1.32, 0.6
"""A number on the page: its height, the width of a digit, and how far it keeps from what is printed."""
EDGE = 1.0
"""So far from the edge of the sheet a number stays."""
FAR = 12.0
"""A number so far before its line stands behind it, if it is nearer there."""
SAME_LINE = 1.0
"""Texts of a block that begin within so much of each other, downwards, stand in one line."""


@dataclass(frozen=True)
class Note:
    """A text of a page: its number and label, where its row stands among the notes, the words that it was translated
    from, as many as have room (`said`), and how high and `wide` these are.
    """

    number: int
    label: str
    x: float
    y: float
    width: float
    said: str = ""
    height: float = LINE
    wide: float = SAID[1]


@dataclass(frozen=True)
class Tag:
    """The number of a text, or the numbers of those that begin in one line, and where it stands on the page."""

    words: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Marked:
    """What is printed over and beside a page, and the page's own size on the sheet."""

    notes: tuple[Note, ...]
    tags: tuple[Tag, ...]
    width: float
    height: float


def marked(
    page: PageGeometry, *, originals: Mapping[str, str] = MappingProxyType({}), from_right: bool = False
) -> Marked:
    """The texts of a page in the order of reading downwards, each once. `originals`: the words that they were
    translated from, by their keys; `from_right`: its lines begin at the right.
    """
    scale = scale_of(page.size.right, page.size.bottom)
    lines = _lines(page, from_right=from_right)
    numbers = iter(range(1, sum(map(len, lines)) + 1))
    numbered = [[next(numbers) for _ in line] for line in lines]
    return Marked(
        tuple(_notes(lines, scale, originals)),
        tuple(_tags(page, lines, numbered, scale, from_right=from_right)),
        round(page.size.right * scale, 2),
        round(page.size.bottom * scale, 2),
    )


def scale_of(width: float, height: float) -> float:
    """How large a page of this size, in mm, is shown; at most as large as it is."""
    return min(1.0, WIDTH / width, HEIGHT / height)


def _lines(page: PageGeometry, *, from_right: bool) -> list[list[TextRun]]:
    """Where each text begins, in the order of reading; those that begin in one line of one block together."""

    def order(run: TextRun) -> tuple[float, float]:
        return run.ink.top, -run.ink.right if from_right else run.ink.left

    firsts: dict[str, TextRun] = {}
    for run in page.texts:
        if run.place.key:
            firsts.setdefault(run.place.key, run)
    lines: list[list[TextRun]] = []
    for run in sorted(firsts.values(), key=order):
        line = next((line for line in lines if _is_same_line(line[0], run)), None)
        if line:
            line.append(run)
        else:
            lines.append([run])
    return lines


def _is_same_line(first: TextRun, second: TextRun) -> bool:
    return first.block == second.block and abs(first.ink.bottom - second.ink.bottom) < SAME_LINE


# -- beside the page ---------------------------------------------------------------------------------------------------


def _notes(lines: Sequence[Sequence[TextRun]], scale: float, originals: Mapping[str, str]) -> Iterator[Note]:
    runs = [run for line in lines for run in line]
    columns = max(1, math.ceil(len(runs) / ROWS))
    rows = math.ceil(len(runs) / columns)
    width = NOTES[1] / columns
    for column in range(columns):
        part = runs[column * rows : (column + 1) * rows]
        step = min(STEP, (LAST - FIRST) / max(1, len(part)))
        count = 2 if step >= TWO_LINES else 1
        row = FIRST
        for at, run in enumerate(part):
            wanted = TOP + run.ink.top * scale if columns == 1 else FIRST
            row = min(max(row, wanted), LAST - (len(part) - at) * step)
            label, said = _label(run.place.key), ""
            if columns == 1:
                said = _said(originals.get(run.place.key, ""), label, count)
            place = NOTES[0] + column * width, round(row, 2), round(width - 4, 2)
            yield Note(column * rows + at + 1, label, *place, said, count * LINE, SAID[count])
            row += step


def _said(words: str, label: str, count: int) -> str:
    """As many words as have room in lines, with the label behind them."""
    em = SAID_SIZE / POINTS_PER_MM * REGULAR
    unfilled = 3 * (count - 1)  # at the end of a line
    room = count * SAID[count] / em - widths.width(label) * KEY_SIZE / SAID_SIZE - 1 - unfilled
    if widths.width(words) <= room:
        return words
    kept = words.split()
    while kept and widths.width(" ".join(kept)) > room:
        kept.pop()
    return f"{' '.join(kept).rstrip('.,;:')}…" if kept else ""


def _label(key: str) -> str:
    """`content/actions/SP1.yaml#examples[1]` as `SP1 examples[1]`."""
    file, _, place = key.partition("#")
    return f"{PurePosixPath(file).stem} {place}"


# -- on the page -------------------------------------------------------------------------------------------------------


def _tags(
    page: PageGeometry,
    lines: Sequence[Sequence[TextRun]],
    numbers: Sequence[Sequence[int]],
    scale: float,
    *,
    from_right: bool,
) -> Iterator[Tag]:
    printed = [*(run.ink for run in page.texts), *_drawn(page, from_right=from_right)]
    taken = [_on_sheet(rectangle, scale) for rectangle in printed]
    for line, listed in zip(lines, numbers, strict=True):
        words = f"{listed[0]}" if len(listed) == 1 else f"{listed[0]}–{listed[-1]}"
        width = DIGIT * len(words) + 2 * APART
        ink = _on_sheet(line[0].ink, scale)
        y = (ink.top + ink.bottom - TAG) / 2
        before, behind = (_free(ink, y, width, taken, to_right=side) for side in (from_right, not from_right))
        far = {x: max(ink.left - x - width, x - ink.right) + FAR * (x == behind) for x in (before, behind)}
        x = min(far, key=lambda x: (_is_off(x, width), far[x]))
        taken.append(Rectangle(x, y, x + width, y + TAG))
        yield Tag(words, round(x, 2), round(y, 2), round(width, 2))


def _drawn(page: PageGeometry, *, from_right: bool) -> Iterator[Rectangle]:
    """Where something stands in a line that is no text: symbols, and the marks of lists."""
    for box in page.boxes:
        kind, place = box.element.partition(".")[0], box.rectangle
        if kind == "span":
            yield place
        elif kind == "li":
            left, right = (place.right, place.right + MARKER) if from_right else (place.left - MARKER, place.left)
            yield Rectangle(left, place.top, right, place.bottom)


def _is_off(x: float, width: float) -> bool:
    """Whether a number would stand off the sheet, or among the notes."""
    return x < EDGE or x + width > NOTES[0]


def _on_sheet(on_page: Rectangle, scale: float) -> Rectangle:
    left, right = (LEFT + x * scale for x in (on_page.left, on_page.right))
    top, bottom = (TOP + y * scale for y in (on_page.top, on_page.bottom))
    return Rectangle(left, top, right, bottom)


def _free(ink: Rectangle, y: float, width: float, taken: Iterable[Rectangle], *, to_right: bool) -> float:
    """The nearest place at one side of a text where nothing stands."""
    in_way = [rectangle for rectangle in taken if rectangle.top < y + TAG and rectangle.bottom > y]
    x = ink.right + APART if to_right else ink.left - APART - width
    # Going outwards from the text, so that having passed one obstacle it need not be looked at again.
    for obstacle in sorted(in_way, key=lambda rectangle: rectangle.left if to_right else -rectangle.right):
        if obstacle.left < x + width + APART / 2 and obstacle.right > x - APART / 2:
            x = obstacle.right + APART if to_right else obstacle.left - APART - width
    return x


# -- the sheets --------------------------------------------------------------------------------------------------------


def overlays(
    pages: Sequence[PageGeometry],
    titles: Sequence[str],
    language: Language,
    original: str,
    originals: Mapping[str, str],
) -> list[Leaf]:
    """A leaf for each page, that is printed over it and beside it. `originals`: the words that texts were translated
    from, in the language `original`, by their keys.
    """
    from_right = language.direction == "rtl"
    return [
        Leaf(
            name=f"proof/{number}",
            layout="proof/page.html",
            languages=(language.id,),
            bookmark=title,
            data={
                "page": marked(page, originals=originals, from_right=from_right),
                "number": number,
                "count": len(pages),
                "original": original,
            },
            sizes=(10.0,),
        )
        for number, (page, title) in enumerate(zip(pages, titles, strict=True), start=1)
    ]


def proof_sheets(pages: Sequence[tuple[Plate, int]], over: Sequence[Plate]) -> Sheets:
    """Each page at a smaller size on a sheet of its own, its notes over and beside it."""
    return Sheets(
        tuple(
            Side((SHEET[0] * POINTS_PER_MM, SHEET[1] * POINTS_PER_MM), (_placed(plate, at), Placed(overlay)))
            for (plate, at), overlay in zip(pages, over, strict=True)
        )
    )


def _placed(plate: Plate, at: int) -> Placed:
    page = plate.pages[at]
    scale = scale_of(page.width / POINTS_PER_MM, page.height / POINTS_PER_MM)
    top = (SHEET[1] - TOP) * POINTS_PER_MM
    return Placed(plate, at, LEFT * POINTS_PER_MM, top - scale * page.height, scale=scale)
