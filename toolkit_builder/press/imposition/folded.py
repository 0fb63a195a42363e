"""Sheets that are folded or turned: cards that stand, and documents of which one half is read upside down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit_builder.press.imposition.marks import EDGE, TICK, drawn
from toolkit_builder.press.imposition.sheets import A4, Placed, Sheets, Side
from toolkit_builder.press.pdf.writer import POINTS_PER_MM


def tents(pages: Sequence[Placed | None]) -> Sheets:
    """Cards that stand: on one side of a sheet of A4 a front upright below and its back turned above.

    The pages are fronts and backs in turn; None is a blank one. Folded between them, both are outside, and upright.
    """
    width, height = A4
    wide, fold = width / POINTS_PER_MM, height / POINTS_PER_MM / 2
    marks = drawn(folds=[(EDGE, fold, EDGE + TICK, fold), (wide - EDGE - TICK, fold, wide - EDGE, fold)])
    sides = []
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        placed = []
        for page, foot, is_turned in ((front, 0.0, False), (back, height / 2, True)):
            if page:
                x, y = (width - page.source.width) / 2, foot + (height / 2 - page.source.height) / 2
                placed.append(replace(page, x=x, y=y, turned=is_turned))
        sides.append(Side(A4, tuple(placed), marks))
    return Sheets(tuple(sides), "Simplex")


def tilted_and_turned(halves: Sequence[tuple[Sequence[Placed | None], Sequence[Placed | None]]]) -> Sheets:
    """Pages to be printed on both sides, turned over at the long edge; None is a blank page.

    Of each pair of halves the first stands as it is read. The second begins on the back of the last sheet, upside down,
    and goes on backwards: whoever turns the whole over and upside down finds it in order.
    """
    sides: list[Placed | None] = []
    for first, second in halves:
        blank = [None] * ((len(first) + len(second)) % 2)
        sides += [*first, *blank, *(page and replace(page, turned=not page.turned) for page in reversed(second))]
    size = next((page.source.width, page.source.height) for page in sides if page)
    return Sheets(tuple(Side(size, (page,) if page else ()) for page in sides))
