"""Cards on sheets, by arithmetic: every size on every sheet, each way of printing both sides."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from itertools import chain, product
from math import cos, radians, sin

import pikepdf
import pytest

from tests.making import plan
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.sheet_options import (
    MARKS,
    PLAY,
    SHEET_PAPER,
    SIDES,
    TICK_ROOM,
    CardGrid,
    Measures,
    Offset,
    Printer,
    SheetOptions,
    card_grid,
)
from toolkit_builder.press.imposition.cards import cards, cut_lines, fold_lines
from toolkit_builder.press.imposition.marks import EDGE, GAP
from toolkit_builder.press.imposition.press_marks import press_marks
from toolkit_builder.press.imposition.sheets import Placed, Sheets, Side
from toolkit_builder.press.imposition.slug import Slug, slug
from toolkit_builder.press.imposition.writing import impose
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.sheets import misplaced

MM = 72 / 25.4
LEAST_TICK = 1.5
SIZES = CARD_SIZES
WORDS = {
    **{"title": "Cardiau / Cards", "sheet": "Dalen / Sheet", "front": "blaen / front", "back": "cefn / back"},
    **{side.replace("-", "_"): side for side in SIDES},
}


def deck(count: int, width: float, height: float, bleed: float = 0) -> list[Placed | None]:
    """Fronts and backs in turn, each with a plate of its own, and the codes of their cards."""
    beyond = bleed * MM
    boxes = b"/MediaBox[-%.4f -%.4f 1 1]" % (beyond, beyond) if bleed else b""
    page = Page(width * MM, height * MM, boxes, b"", {}, 0)
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


@pytest.mark.parametrize(
    ("size", "paper", "sides", "bleed", "gap"),
    [
        *product(SIZES, SHEET_PAPER, SIDES, (0.0,), (None, 4.0)),
        *product(SIZES, SHEET_PAPER, SIDES, (3.0,), (None, 0.0, 2.0, 9.0)),
    ],
)
def test_each_size_on_each_sheet_each_way(size: str, paper: str, sides: str, bleed: float, gap: float | None) -> None:
    """With bleed and without: nothing beyond the sheet, nothing over anything, boxes right to a hundredth of a point,
    backs behind their fronts to a hundredth of a millimetre.
    """
    card, options = SIZES[size], SheetOptions(paper, sides, gap, bleed=bleed, marks=MARKS)
    grid = card_grid(card, options)
    if not grid.count:
        more = 2 * options.around
        lying = [sorted(SHEET_PAPER[paper]), sorted(SHEET_PAPER[paper], reverse=True)]
        wide = card[0] * (2 if sides == "fold" else 1)
        assert not any(wide + more <= width and card[1] + more <= height for width, height in lying)
        return
    sheets = cards(deck(2 * grid.count + 1, *card, bleed=bleed), options, WORDS)
    assert list(misplaced(sheets)) == []
    assert len({side.size for side in sheets.sides}) == 1
    assert_no_more_have_room(grid, options)
    for side in sheets.sides:
        assert_on_the_grid(side, grid, card)
        assert_boxes_are_right(side, bleed)
        assert_bleeds_are_whole(side, card, bleed, grid.gap, sides)
    faces = [key(face) for side in sheets.sides for face in side.placed]
    assert sorted(faces) == sorted(f"{number}{side}" for number in range(2 * grid.count + 1) for side in "fb")
    if sides == "fold":
        for side in sheets.sides:
            assert_backs_lie_beside_fronts(side, card)
        return
    half = len(sheets.sides) // 2
    pairs = zip(sheets.sides[:half], sheets.sides[half:], strict=True)
    if sides != "single":
        pairs = zip(sheets.sides[::2], sheets.sides[1::2], strict=True)
    for front, back in pairs:
        for name, place in boxes(back).items():
            assert behind(back, place, card, sides) == pytest.approx(boxes(front)[f"{name[:-1]}f"], abs=0.01)


def assert_no_more_have_room(grid: CardGrid, options: SheetOptions) -> None:
    """Neither a further row or column, nor more with the sheet lying the other way round."""
    for sheet, cells in ((grid.sheet, (grid.columns, grid.rows)), (grid.sheet[::-1], None)):
        rooms = [room + grid.gap - 2 * options.around + PLAY for room in sheet]
        most = [int(room // (edge + grid.gap)) for room, edge in zip(rooms, grid.cell, strict=True)]
        assert cells in (tuple(most), None)
        assert max(most[0], 0) * max(most[1], 0) <= grid.count


def assert_backs_lie_beside_fronts(side: Side, card: tuple[float, float]) -> None:
    for name, (x, y) in boxes(side).items():
        if name.endswith("f"):
            assert boxes(side)[f"{name[:-1]}b"] == pytest.approx((x - card[0], y))


def assert_on_the_grid(side: Side, grid: CardGrid, card: tuple[float, float]) -> None:
    """All sheets of a job are cut alike, front and back."""
    corners = [grid.corner(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    corners += [(x + card[0], y) for x, y in corners] if grid.cell[0] > card[0] else []
    for x, y in boxes(side).values():
        assert any(abs(x - left) + abs(y - bottom) < 0.01 for left, bottom in corners)


def assert_boxes_are_right(side: Side, bleed: float) -> None:
    """The trim is all cards together; the bleed is so much larger, and within the paper."""
    full = sum(face.source.width * face.source.height for face in side.placed)
    left, bottom, right, top = side.trim
    assert all(left - 0.01 <= face.x and face.x + face.source.width <= right + 0.01 for face in side.placed)
    assert all(bottom - 0.01 <= face.y and face.y + face.source.height <= top + 0.01 for face in side.placed)
    assert full <= (right - left) * (top - bottom) + 0.01
    assert left == pytest.approx(side.size[0] - right, abs=0.01)
    assert bottom == pytest.approx(side.size[1] - top, abs=0.01)
    boxes = _boxes_of(side)
    inside = max(left, 0), max(bottom, 0), min(right, side.size[0]), min(top, side.size[1])
    assert boxes["Trim"] == pytest.approx(inside, abs=0.01)
    assert boxes["Media"] == pytest.approx((0, 0, *side.size), abs=0.01)
    beyond = bleed * MM
    if bleed:
        assert boxes["Bleed"] == pytest.approx((left - beyond, bottom - beyond, right + beyond, top + beyond), abs=0.01)
        assert min(boxes["Bleed"]) >= 4 * MM, "printers leave 4 mm white"


def _boxes_of(side: Side) -> dict[str, list[float]]:
    """The boxes of a side as they are written."""
    metadata = Metadata("t", "a", "s", (), "", ("cy",), "m", "m")
    data, _ = impose(Sheets((replace(side, placed=(), marks=b""),)), {}, metadata, "0" * 32)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        names = ("Media", "Bleed", "Trim")
        return {name: [float(edge) for edge in page[f"/{name}Box"]] for name in names if f"/{name}Box" in page}


def assert_bleeds_are_whole(side: Side, card: tuple[float, float], bleed: float, gap: float, sides: str) -> None:
    """A face is seen with its bleed; towards a neighbour with as much of it as is on its side of the middle between
    them; at a fold with none.
    """
    if not bleed:
        assert not any(face.clip for face in side.placed)
        return
    trims = [(face.x, face.y, face.x + face.source.width, face.y + face.source.height) for face in side.placed]
    ends = side.trim[0], side.trim[1], side.trim[2], side.trim[3]
    for face, trim in zip(side.placed, trims, strict=True):
        folded = () if sides != "fold" else (2,) if key(face).endswith("b") else (0,)
        for edge in range(4):
            wanted = bleed if abs(trim[edge] - ends[edge]) < 0.01 else min(bleed, gap / 2)
            wanted = 0 if edge in folded else wanted
            assert abs(face.clip[edge] - trim[edge]) == pytest.approx(wanted * MM, abs=0.01)


def test_bleeds_go_before_cards() -> None:
    """With 3 mm of bleed, and marks beyond it, two cards of A6 lie on A4, and four on SRA3; where bleeds share
    the gap between cards, eight have room.
    """
    grids = [
        card_grid((105, 148), SheetOptions(paper, bleed=3, gap=gap))
        for paper, gap in (("a4", None), ("sra4", None), ("sra3", None), ("sra3", 3.0))
    ]
    assert [grid.count for grid in grids] == [2, 2, 4, 8]
    assert [grid.gap for grid in grids] == [6, 6, 6, 3]
    assert SheetOptions(bleed=3).names == ("bleed-3mm",)
    assert SheetOptions(bleed=3, gap=6).names == ("bleed-3mm",)
    assert SheetOptions(bleed=3, gap=0).names == ("bleed-3mm", "gap-0mm")
    assert LEAST_TICK + GAP + EDGE == TICK_ROOM


def test_what_is_left_of_the_last_sheet_is_filled() -> None:
    """In reading order and in a stack, whose last pile has them at its foot, on both sides."""
    filler = deck(1, 105, 148)
    filler = [face and replace(face, code="blank") for face in filler]
    for order, codes in (("reading", [["0", "1", "2", "3"], ["4", *["blank"] * 3]]), ("stack", [])):
        sheets = cards(deck(5, 105, 148), SheetOptions(order=order), WORDS, filler=filler)
        assert numbers(sheets) == codes or order == "stack"
        assert [len(side.placed) for side in sheets.sides] == [4] * 4
        fronts, backs = ([face.code for side in sheets.sides[at::2] for face in side.placed] for at in (0, 1))
        assert sorted(fronts) == sorted(backs)
    assert numbers(sheets) == [["0", "2", "4", "blank"], ["1", "3", "blank", "blank"]]
    assert len(cards(deck(4, 105, 148), SheetOptions(), WORDS, filler=filler).sides) == 2, "none is left"


def test_folds_are_marked_if_that_is_wanted() -> None:
    """Cuts are solid, folds dashed."""
    drawings = {
        marks: cards(deck(2, 63, 88), SheetOptions(sides="fold", marks=marks), WORDS).sides[0].marks
        for marks in ((), ("cut",), ("fold",), ("cut", "fold"))
    }
    assert b" l S" not in drawings[()]
    for marks, drawing in drawings.items():
        solid, _, dashed = drawing.partition(b" 0 d ")
        assert (b" l S" in solid) == ("cut" in marks)
        assert (b" l S" in dashed) == ("fold" in marks)
    flat = cards(deck(2, 63, 88), SheetOptions(marks=("fold",)), WORDS).sides[0].marks
    assert b" l S" not in flat, "nothing is folded"
    assert SheetOptions(marks=("cut", "text")).names == ()
    assert SheetOptions(sides="fold", marks=("cut", "text")).names == ("fold", "cut-text-marks")


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
    ("size", "paper", "gap", "sides", "bleed"),
    [*product(SIZES, SHEET_PAPER, (0, 3, 6), ("long-edge", "fold"), (0, 3))],
)
def test_marks_keep_off_cards_and_off_the_edge_of_the_paper(
    size: str, paper: str, gap: float, sides: str, bleed: float
) -> None:
    """With bleed they stand beyond it, and none on a card."""
    options = SheetOptions(paper, sides, gap, bleed=bleed)
    grid = card_grid(SIZES[size], options)
    lines = [*cut_lines(grid), *(fold_lines(grid) if sides == "fold" else ())] if grid.count else []
    corners = [grid.corner(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    folds = {round(x + grid.cell[0] / 2, 3) for x, _ in corners} if sides == "fold" else set()
    for x1, y1, x2, y2 in lines:
        assert min(x1, y1) >= 4.99
        assert x2 <= grid.sheet[0] - 4.99
        assert y2 <= grid.sheet[1] - 4.99
        for x, y in corners:
            within = (
                x + 0.01 < (x1 + x2) / 2 < x + grid.cell[0] - 0.01
                and y + 0.01 < (y1 + y2) / 2 < y + grid.cell[1] - 0.01
            )
            assert not within or (round(x1, 3) in folds and not bleed)
        if bleed:
            left, bottom, right, top = grid.trim
            assert max(left - bleed - x2, bottom - bleed - y2, x1 - right - bleed, y1 - top - bleed) >= 0.99
            assert max(x2 - x1, y2 - y1) >= 1.4, "long enough to be seen"


@pytest.mark.parametrize(
    ("size", "paper", "sides", "bleed"), [*product(SIZES, SHEET_PAPER, ("long-edge", "fold"), (0, 3))]
)
def test_marks_for_the_press_keep_off_cards_ticks_and_the_edge_of_the_paper(
    size: str, paper: str, sides: str, bleed: float
) -> None:
    grid = card_grid(SIZES[size], SheetOptions(paper, sides, bleed=bleed))
    if not grid.count:
        return
    drawing = press_marks(grid, ("registration", "colour"), has_text=False)
    assert bool(drawing) == (max(grid.margins) >= 11 + bleed)
    is_turned = b"0 1 1 0 0 0 cm" in drawing
    corners = [corner[:: -1 if is_turned else 1] for corner in _corners(drawing)]
    (width, height), (beside, below) = grid.sheet, grid.white
    for x, y in corners:
        assert 4.99 <= x <= width - 4.99
        assert 4.99 <= y <= height - 4.99
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
        assert {cut for cut in cuts if EDGE <= cut <= grid.sheet[at] - EDGE} <= marked


def test_the_slug_stands_where_there_is_room_and_nowhere_else() -> None:
    told = Slug(WORDS, 2, 6, "front", "long-edge")
    assert told.line == "Cardiau / Cards  ·  Dalen / Sheet 2/6  ·  blaen / front  ·  long-edge  ·  100%"
    assert slug(card_grid((105, 148), SheetOptions("a4")), told) == b""  # half a millimetre is left
    beside = slug(card_grid(SIZES["poker"], SheetOptions("a4")), told)
    below = slug(card_grid((105, 148), SheetOptions("letter")), told)
    assert b"0 1 -1 0" not in below
    assert below.startswith(b"q 1 0 0 1")
    assert beside == b"" or beside.startswith(b"q ")


@pytest.mark.parametrize("name", ["cards", "dividers", "blank-cards"])
def test_the_slug_says_all_in_both_languages(name: str, shipped_catalogue: Catalogue) -> None:
    """What, which sheet of how many, which side, how to turn it, 100%; and whole, wherever it stands."""
    words = plan(shipped_catalogue, name).sheet_words
    labels = {group: shipped_catalogue.labels[group] for group in ("product", "sheets")}
    for sides in SIDES:
        told = Slug(words, 12, 16, "front", sides)
        said = [
            labels["product"][name.replace("-", "_")],
            labels["sheets"]["sheet"],
            labels["sheets"][sides.replace("-", "_")],
        ]
        said += [labels["sheets"]["front"]] if sides != "fold" else []
        assert all(text[language] in told.line for text in said for language in ("cy", "en"))
        assert "12/16" in told.line
        assert told.line.endswith("100%")
        letters = len(f"50 mm {told.line}".replace(" ", ""))
        for card, paper, bleed in product(SIZES.values(), SHEET_PAPER, (0, 3)):
            grid = card_grid(card, SheetOptions(paper, sides, bleed=bleed))
            if grid.count and (drawing := slug(grid, told)):
                assert len(re.findall(rb"q 1 0 0 1 [\d.]+ 0 cm", drawing)) == letters, (card, paper, bleed)


@pytest.mark.parametrize(("size", "paper", "bleed"), [*product(SIZES, SHEET_PAPER, (0, 3))])
def test_the_slug_keeps_off_bleed_and_its_bar_is_50_mm_long(size: str, paper: str, bleed: float) -> None:
    grid = card_grid(SIZES[size], SheetOptions(paper, bleed=bleed))
    if not grid.count:
        return
    drawing = slug(grid, Slug(WORDS, 1, 1, "front", "long-edge"))
    assert bool(drawing) == (max(grid.white) >= 14)
    if not drawing:
        return
    bar = re.search(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S", drawing)
    assert bar
    assert (float(bar[3]) - float(bar[1])) / MM == pytest.approx(50, abs=0.001)
    placed = re.search(rb"q (?:0 1 -1 0|1 0 0 1) ([\d.]+) ([\d.]+) cm", drawing)
    assert placed
    x, y = float(placed[1]) / MM, float(placed[2]) / MM
    if grid.white[1] >= 14:
        assert 4.99 <= y - 0.9 <= y + 2.1 <= grid.white[1] - 6 + 0.01, "below the ticks, and what reaches down too"
    else:
        assert grid.sheet[0] - grid.white[0] + 6 - 0.01 <= x - 2.1 <= x + 0.9 <= grid.sheet[0] - 4.99


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
