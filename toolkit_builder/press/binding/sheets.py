"""Print sheets: which pages stand where on their sides, and what is drawn beside them."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import Page, Plate

A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)


@dataclass(frozen=True)
class Placed:
    """A page of a plate on one side of a sheet: the corner where it stands, in pt from left and bottom; `turned`
    by 180 degrees or not; its page number, if it is to bear one; its scale, if it is not turned. `clip`: the part of
    the sheet within which it is seen, if not all of it is: left, bottom, right, top in pt. `title`: what it is called,
    in marks beside it.
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

    @property
    def source(self) -> Page:
        return self.plate.pages[self.page]


@dataclass(frozen=True)
class Sheets:
    """What sheets are printed from: their sides in order, each with its size in pt and what stands on it."""

    sides: tuple[tuple[tuple[float, float], tuple[Placed, ...]], ...]
    marks: bytes = b""
    """What is drawn on every side, as a content stream."""
    own_marks: tuple[bytes, ...] = ()
    """What is drawn besides on each side, if they are not all marked alike."""
