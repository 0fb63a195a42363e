"""Rows and imprints where they are laid: in their room, on pages of their size, and seen there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit_builder.press.plates.assembly import collide, places
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.open_texts import too_faint, too_faint_in_rows

POINTS_PER_MM = 72 / 25.4
TOLERANCE = 0.6
"""In pt."""


@dataclass(frozen=True)
class Clash:
    """What is wrong where a plate is laid over another: which (its index among those laid over), what, and the key of
    the text with its language, if it is one.
    """

    at: int
    message: str
    key: str = ""


def clashes_of_imprints(shell: Plate, imprints: Sequence[Plate]) -> Iterator[Clash]:
    """What is wrong with imprints over the first page of a shell."""
    below = shell.pages[0]
    for at, imprint in enumerate(imprints):
        over = imprint.pages[0]
        if len(imprint.pages) > 1 or over.is_stamped:
            yield Clash(at, "is printed over another page: it has to be one page, without a page number or a tab")
        elif (over.width, over.height) != (below.width, below.height):
            yield Clash(
                at, f"is {_size(over)}, and is printed over a page of {_size(below)}: give both one size (@page)"
            )
        for text, message in too_faint(shell, imprint):
            yield Clash(at, f"“{text.shown}” {message}, where it is printed over it", text.key)
    if collide([shell, *imprints]):
        message = "what is printed over it stands over its text or its pictures"
        yield Clash(-1, f"{message}: give each room of its own (data-frame)")


def clashes_of_rows(shell: Plate, rows: Sequence[Plate]) -> Iterator[Clash]:
    """What is wrong with rows that are pasted into a shell, which has room for them."""
    if shell.row_area is None:
        return
    for at, (row, (left, top)) in enumerate(zip(rows, places(shell, rows), strict=True)):
        if row.breadth - shell.row_width > TOLERANCE:
            wide, room = row.breadth / POINTS_PER_MM, shell.row_width / POINTS_PER_MM
            message = f"a row is {wide:.0f} mm wide, and the room for it {room:.0f} mm"
            yield Clash(at, f"{message}: give both one width (.row-leaf, data-rows)")
        down = shell.pages[0].height - top - row.pages[0].height
        for text, message in too_faint_in_rows(shell, row, left, down):
            yield Clash(at, f"“{text.shown}” {message}, where its row stands", text.key)


def _size(page: Page) -> str:
    return f"{page.width / POINTS_PER_MM:.0f} × {page.height / POINTS_PER_MM:.0f} mm"
