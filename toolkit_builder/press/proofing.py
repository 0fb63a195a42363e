"""Proofs: finished pages at a smaller size, with the key of every text beside them and a box to tick.

A translation is checked for the last time on the page, where it can be seen whether it fits and reads well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from toolkit_builder.press.geometry import PageGeometry
from toolkit_builder.press.imposition import A4, POINTS_PER_MM, Placed, Sheets
from toolkit_builder.press.plates import Plate
from toolkit_builder.products.plan import Leaf

SCALE = 0.7
LEFT, TOP = 10.0, 20.0
"""Where the page stands on the sheet, in mm."""
FIRST, LAST, STEP = 20.0, 285.0, 4.2
"""Where the notes stand in the margin, and how far apart they are at least, in mm."""
NEAR = 2.6
"""A number so near to another, in mm, would be printed over it, and stands in the margin alone."""


@dataclass(frozen=True)
class Note:
    """A text on a page: its number and label, where the number is printed on the page, its row in the margin; in mm."""

    number: int
    label: str
    x: float
    y: float
    row: float
    is_tagged: bool


def notes(page: PageGeometry) -> list[Note]:
    """The texts of a page in the order of reading downwards, each once."""
    places: dict[str, tuple[float, float]] = {}
    for run in page.texts:
        if run.place.key and run.place.key not in places:
            places[run.place.key] = (run.ink.top, run.ink.left)
    found: list[Note] = []
    in_order = sorted(places.items(), key=lambda item: item[1])
    step = min(STEP, (LAST - FIRST) / max(1, len(in_order)))
    row = FIRST
    for number, (key, (top, left)) in enumerate(in_order, start=1):
        x, y = round(LEFT + left * SCALE - 3.2, 2), round(TOP + top * SCALE, 2)
        rest = (len(in_order) - number) * step
        row = min(max(row, y), LAST - rest)
        clear = all(abs(one.x - x) > NEAR or abs(one.y - y) > NEAR for one in found if one.is_tagged)
        found.append(Note(number, _label(key), x, y, round(row, 2), clear))
        row += step
    return found


def _label(key: str) -> str:
    """`content/actions/SP1.yaml#examples[1]` as `SP1 examples[1]`."""
    file, _, place = key.partition("#")
    return f"{PurePosixPath(file).stem} {place}"


def overlays(pages: Iterable[PageGeometry], titles: Sequence[str]) -> list[Leaf]:
    """A leaf for each page, that is printed over it and beside it."""
    return [
        Leaf(
            name=f"proof/{number}",
            layout="proof/page.html",
            languages=("zxx",),
            bookmark=title,
            data={"notes": notes(page), "title": title},
            sizes=(8.0,),
        )
        for number, (page, title) in enumerate(zip(pages, titles, strict=True), start=1)
    ]


def proof_sheets(pages: Sequence[tuple[Plate, int]], over: Sequence[Plate]) -> Sheets:
    """Each page at a smaller size on a sheet of its own, its notes over and beside it."""
    x, top = LEFT * POINTS_PER_MM, A4[1] - TOP * POINTS_PER_MM
    return Sheets(
        tuple(
            (A4, (Placed(plate, at, x, top - SCALE * plate.pages[at].height, scale=SCALE), Placed(overlay)))
            for (plate, at), overlay in zip(pages, over, strict=True)
        )
    )
