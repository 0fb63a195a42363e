"""Cards on sheets, by arithmetic: every size on every sheet, each way of printing both sides."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from itertools import chain, product
from math import cos, radians, sin

import pytest

from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.sheet_options import (
    SHEET_PAPER,
    SIDES,
    Measures,
    Offset,
    Printer,
    SheetOptions,
    card_grid,
)
from toolkit_builder.press.imposition.cards import cards, cut_lines, fold_lines
from toolkit_builder.press.imposition.press_marks import press_marks
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.imposition.slug import Slug, slug
from toolkit_builder.press.imposition.writing import impose
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.sheets import misplaced

MM = 72 / 25.4
SIZES = CARD_SIZES
WORDS = {
    **{"title": "Cardiau / Cards", "sheet": "Dalen / Sheet", "front": "blaen / front", "back": "cefn / back"},
    **{side.replace("-", "_"): side for side in SIDES},
}


def deck(count: int, width: float, height: float) -> list[Placed | None]:
    """Fronts and backs in turn, each with a plate of its own, and the codes of their cards."""
    page = Page(width * MM, height * MM, b"", b"", {}, 0)
    faces = [Plate(f"{number}{side}", 12, [page], [], {}, {}, {}) for number in range(count) for side in "fb"]
    return [Placed(face, code=face.key[:-1]) for face in faces]


def key(face: Placed) -> str:
    return face.plate.key


def boxes(side: Side) -> dict[str, tuple[float, float]]:
    """The corners of the faces on a side, by their plates, in mm."""
    return {key(face): (face.x / MM, face.y / MM) for face in side.placed}


def behind(side: Side, place: tuple[float, float], card: tuple[float, float], sides: str) -> tuple[float, float]:
    """The corner, on the front, of what stands there on the back: the sheet is turned over one of its edges."""
    width, height = side.size[0] / MM, side.size[1] / MM
    is_upright = (sides != "short-edge") == (width <= height)
    x, y = place
    return (width - x - card[0], y) if is_upright else (x, height - y - card[1])


@pytest.mark.parametrize(("size", "paper", "sides"), [*product(SIZES, SHEET_PAPER, SIDES)])
def test_each_size_on_each_sheet_each_way(size: str, paper: str, sides: str) -> None:
    """Nothing beyond the sheet, nothing over anything, backs behind their fronts to a hundredth of a millimetre."""
    card, options = SIZES[size], SheetOptions(paper, sides)
    grid = card_grid(card, options)
    if not grid.count:
        assert (size, sides) in {("a5", "fold"), ("a6", "fold"), ("a5", "long-edge")} or paper == "letter"
        return
    sheets = cards(deck(2 * grid.count + 1, *card), options, WORDS)
    assert list(misplaced(sheets)) == []
    assert len({side.size for side in sheets.sides}) == 1
    faces = [key(face) for side in sheets.sides for face in side.placed]
    assert sorted(faces) == sorted(f"{number}{side}" for number in range(2 * grid.count + 1) for side in "fb")
    if sides == "fold":
        for side in sheets.sides:
            for name, (x, y) in boxes(side).items():
                if name.endswith("f"):
                    assert boxes(side)[f"{name[:-1]}b"] == pytest.approx((x - card[0], y))
        return
    half = len(sheets.sides) // 2
    pairs = zip(sheets.sides[:half], sheets.sides[half:], strict=True)
    if sides != "single":
        pairs = zip(sheets.sides[::2], sheets.sides[1::2], strict=True)
    for front, back in pairs:
        for name, place in boxes(back).items():
            assert behind(back, place, card, sides) == pytest.approx(boxes(front)[f"{name[:-1]}f"], abs=0.01)


def test_so_many_have_room() -> None:
    counts = {
        (size, paper): card_grid(SIZES[size], SheetOptions(paper)).count
        for size, paper in (("a6", "a4"), ("a6", "a3"), ("a6", "sra3"), ("a7", "a4"), ("poker", "a4"), ("a5", "a4"))
    }
    assert counts == {
        ("a6", "a4"): 4,
        ("a6", "a3"): 8,
        ("a6", "sra3"): 9,
        ("a7", "a4"): 8,
        ("poker", "a4"): 9,
        ("a5", "a4"): 2,
    }


@pytest.mark.parametrize(
    ("paper", "sides", "is_turned"),
    [("a4", "long-edge", False), ("a4", "short-edge", True), ("a3", "long-edge", True), ("a3", "short-edge", False)],
)
def test_a_card_is_turned_over_like_a_page(paper: str, sides: str, is_turned: bool) -> None:
    """A6 lies on A4 upright and on A3 across, so the same edge is a side of the one and the head of the other."""
    options = SheetOptions(paper, sides)
    for turned_backs in (False, True):
        _, back = cards(deck(2, 105, 148), options, WORDS, turned_backs=turned_backs).sides
        assert {face.turned for face in back.placed} == {is_turned != turned_backs}


def test_the_printer_is_told_how_to_turn_sheets() -> None:
    told = {sides: cards(deck(2, 105, 148), SheetOptions("a4", sides), WORDS).duplex for sides in SIDES}
    assert told == {
        "long-edge": "DuplexFlipLongEdge",
        "short-edge": "DuplexFlipShortEdge",
        "single": "Simplex",
        "fold": "Simplex",
    }


def numbers(sheets: Sheets) -> list[list[str]]:
    return [[face.code for face in side.placed] for side in sheets.sides[::2]]


def test_a_cut_stack_needs_no_sorting() -> None:
    """Of eleven cards on three sheets: the first pile has the first three cards, the second those after them."""
    assert numbers(cards(deck(11, 105, 148), SheetOptions(order="stack"), WORDS)) == [
        ["0", "3", "6", "9"],
        ["1", "4", "7", "10"],
        ["2", "5", "8"],
    ]
    assert numbers(cards(deck(5, 105, 148), SheetOptions(), WORDS)) == [["0", "1", "2", "3"], ["4"]]


def test_copies() -> None:
    options = SheetOptions(copies=2, own_copies=(("0", 3), ("1", 0)))
    assert list(chain(*numbers(cards(deck(3, 105, 148), options, WORDS)))) == ["0", "0", "0", "2"] * 2


def test_a_half_filled_sheet_keeps_the_grid() -> None:
    full, last = cards(deck(5, 105, 148), SheetOptions(), WORDS).sides[::2]
    assert boxes(last)["4f"] == boxes(full)["0f"]


def test_the_back_of_a_card_may_be_blank() -> None:
    first, second = deck(1, 105, 148), deck(1, 105, 148)
    front, back = cards([first[0], None, *second], SheetOptions(), WORDS).sides
    assert (len(front.placed), len(back.placed)) == (2, 1)
    assert [face.x / MM for face in back.placed] == pytest.approx([0], abs=0.01)


@pytest.mark.parametrize(
    ("size", "paper", "gap", "sides"), [*product(SIZES, SHEET_PAPER, (0, 3, 6), ("long-edge", "fold"))]
)
def test_marks_keep_off_cards_and_off_the_edge_of_the_paper(size: str, paper: str, gap: float, sides: str) -> None:
    options = SheetOptions(paper, sides, gap)
    grid = card_grid(SIZES[size], options)
    lines = [*cut_lines(grid), *(fold_lines(grid) if sides == "fold" else ())] if grid.count else []
    corners = [grid.corner(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    folds = {round(x + grid.cell[0] / 2, 3) for x, _ in corners} if sides == "fold" else set()
    for x1, y1, x2, y2 in lines:
        assert min(x1, y1) >= 3.99
        assert x2 <= grid.sheet[0] - 3.99
        assert y2 <= grid.sheet[1] - 3.99
        for x, y in corners:
            within = (
                x + 0.01 < (x1 + x2) / 2 < x + grid.cell[0] - 0.01
                and y + 0.01 < (y1 + y2) / 2 < y + grid.cell[1] - 0.01
            )
            assert not within or round(x1, 3) in folds


@pytest.mark.parametrize(("size", "paper", "sides"), [*product(SIZES, SHEET_PAPER, ("long-edge", "fold"))])
def test_marks_for_the_press_keep_off_cards_ticks_and_the_edge_of_the_paper(size: str, paper: str, sides: str) -> None:
    grid = card_grid(SIZES[size], SheetOptions(paper, sides))
    if not grid.count:
        return
    drawing = press_marks(grid, ("registration", "colour"), has_text=False)
    assert bool(drawing) == (max(grid.margins) >= 10)
    is_turned = b"0 1 1 0 0 0 cm" in drawing
    corners = [corner[:: -1 if is_turned else 1] for corner in _corners(drawing)]
    (width, height), (beside, below) = grid.sheet, grid.margins
    for x, y in corners:
        assert 3.99 <= x <= width - 3.99
        assert 3.99 <= y <= height - 3.99
        assert not (beside + 0.01 < x < width - beside - 0.01 and below + 0.01 < y < height - below - 0.01)
    for x1, y1, x2, y2 in cut_lines(grid):
        assert not any(x1 - 0.5 < x < x2 + 0.5 and y1 - 0.5 < y < y2 + 0.5 for x, y in corners)
    assert not press_marks(grid, ("cut", "text"), has_text=False)


def _corners(drawing: bytes) -> set[tuple[float, float]]:
    """The ends of lines and the corners of areas, in mm."""
    found = set()
    for x, y, wide, high in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f", drawing):
        left, bottom = float(x) / MM, float(y) / MM
        found |= {(left, bottom), (left + float(wide) / MM, bottom + float(high) / MM)}
    for x, y in re.findall(rb"([\d.]+) ([\d.]+) [ml] ", drawing):
        found.add((float(x) / MM, float(y) / MM))
    return found


def test_below_the_cards_the_slug_goes_before_registration() -> None:
    grid = card_grid(SIZES["a6"], SheetOptions("letter"))
    assert press_marks(grid, ("registration",), has_text=False).count(b" c\n") == 16
    assert press_marks(grid, ("registration",), has_text=True).count(b" c\n") == 8
    assert press_marks(grid, ("colour",), has_text=True).count(b" re f") == 8


@pytest.mark.parametrize("paper", SHEET_PAPER)
def test_every_cut_that_is_no_edge_of_the_paper_is_marked(paper: str) -> None:
    """On letter two cards of A6 lie beside one another, with 3 mm beside them and 66 mm above and below."""
    grid = card_grid((105, 148), SheetOptions(paper))
    upright = {round(x1, 2) for x1, _, x2, _ in cut_lines(grid) if x1 == x2}
    level = {round(y1, 2) for _, y1, _, y2 in cut_lines(grid) if y1 == y2}
    for at, marked in enumerate((upright, level)):
        corners = {grid.corner(row, column)[at] for row in range(grid.rows) for column in range(grid.columns)}
        cuts = {round(edge, 2) for corner in corners for edge in (corner, corner + grid.cell[at])}
        assert {cut for cut in cuts if 4 <= cut <= grid.sheet[at] - 4} <= marked


def test_the_slug_stands_where_there_is_room_and_nowhere_else() -> None:
    told = Slug(WORDS, 2, 6, "front", "long-edge")
    assert told.line == "Cardiau / Cards  ·  Dalen / Sheet 2/6  ·  blaen / front  ·  long-edge  ·  100%"
    assert slug(card_grid((105, 148), SheetOptions("a4")), told) == b""  # half a millimetre is left
    beside = slug(card_grid(SIZES["poker"], SheetOptions("a4")), told)
    below = slug(card_grid((105, 148), SheetOptions("letter")), told)
    assert b"0 1 -1 0" not in below
    assert below.startswith(b"q 1 0 0 1")
    assert beside == b"" or beside.startswith(b"q ")


@pytest.mark.parametrize(
    ("paper", "sides", "is_upright_edge"),
    [("a4", "long-edge", True), ("a4", "short-edge", False), ("a3", "long-edge", False), ("a3", "short-edge", True)],
)
def test_what_the_printer_shifts_is_made_good(paper: str, sides: str, is_upright_edge: bool) -> None:
    """A printer turns a sheet about its middle and moves it; with what is made good, backs stand behind their fronts.

    The back is read on the front, against the light: it stands 1.5 mm to the right, 0.8 mm too low, turned by 0.3°.
    A6 lies upright on A4 and across on A3.
    """
    read = Measures(backs=Offset(1.5, -0.8, 0.3))
    options = SheetOptions(paper, sides, printer=Printer("swyddfa", read if paper == "a4" else None, read))
    front, back = cards(deck(4, 105, 148), options, WORDS).sides
    assert not front.offset
    shift = back.offset
    width, height = back.size
    for x, y in ((0.0, 0.0), (width, 0.0), (width / 3, height / 4)):
        undone = _through(_matrix(back), x, y)
        printed = _printed(shift, undone, width, height)
        assert printed == pytest.approx((x, y), abs=0.01)
    # On the front, as one looks through the paper, a shift to the right on the back is one to the left.
    seen = (-shift.right, shift.up, -shift.turn) if is_upright_edge else (shift.right, -shift.up, -shift.turn)
    assert seen == pytest.approx((1.5, -0.8, 0.3))


def _matrix(side: Side) -> tuple[float, ...]:
    """The matrix that stands first in the content of a side without cards."""
    metadata = Metadata("t", "a", "s", (), "", ("cy",), "m", "m")
    data, _ = impose(Sheets((replace(side, placed=(), marks=b""),)), {}, metadata, "0" * 32)
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)[:1]]
    return tuple(map(float, streams[0].split(b"cm")[0].split()))


def _through(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _printed(shift: Offset, place: tuple[float, float], width: float, height: float) -> tuple[float, float]:
    angle, x, y = radians(shift.turn), place[0] - width / 2, place[1] - height / 2
    right = x * cos(angle) - y * sin(angle) + width / 2 + shift.right * MM
    return right, x * sin(angle) + y * cos(angle) + height / 2 + shift.up * MM
