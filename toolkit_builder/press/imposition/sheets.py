"""Print sheets: which pages stand where on their sides, and what is drawn beside them."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit_builder.documents.sheet_options import UNSHIFTED, Offset
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import Page, Plate

A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)


@dataclass(frozen=True)
class Placed:
    """A page of a plate on one side of a sheet: the corner where it stands, in pt from left and bottom; `turned`
    by 180 degrees or not; its page number, if it is to bear one; its scale. `clip`: the part of
    the sheet within which it is seen, if not all of it is: left, bottom, right, top in pt. `title`: what it is called,
    in marks beside it; `code`: of what action it is, or
    what it is in its product.
    """

    plate: Plate
    page: int = 0
    x: float = 0
    y: float = 0
    turned: bool = False
    number: int = 0
    scale: float = 1
    clip: tuple[float, ...] = ()
    title: str = ""
    code: str = ""

    @property
    def source(self) -> Page:
        return self.plate.pages[self.page]


@dataclass(frozen=True)
class Side:
    """A side of a sheet: its size in pt, what stands on it, and what is drawn on it besides, as a content stream.

    `offset`: by how much the printer shifts it, which is made good: all of it is moved the other way. `trim`: what is
    cut out comes to lie within, from left and bottom to right and top, and `bleed`: so far artwork runs on beyond it,
    both in pt; without, nothing is cut.
    """

    size: tuple[float, float]
    placed: tuple[Placed, ...] = ()
    marks: bytes = b""
    offset: Offset = UNSHIFTED
    trim: tuple[float, ...] = ()
    bleed: float = 0.0


@dataclass(frozen=True)
class Sheets:
    """What sheets are printed from: their sides in order, and how the printer turns them over (ISO 32000-1, table 150:
    `Simplex`, `DuplexFlipLongEdge` or `DuplexFlipShortEdge`).
    """

    sides: tuple[Side, ...]
    duplex: str = "DuplexFlipLongEdge"
