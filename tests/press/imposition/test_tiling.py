"""Tiles: a page on sheets of A4 that are trimmed and joined."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests import making, reading
from toolkit_builder.press.imposition.seams import CLEAR, LEAST, Obstacle, divided
from toolkit_builder.press.imposition.tiling import BORDER, MARGIN, OVERLAP, Whole, _label, code, grid, tiles
from toolkit_builder.press.pdf.outlined_text import outlined

SIZES = [
    (594.0, 420.0),
    (420.0, 594.0),
    (420.0, 297.0),
    (297.0, 420.0),
    (211.0, 297.0),
    (2000.0, 1200.0),
    (841.0, 1189.0),
]
EXACT = 0.1
"""mm"""


@pytest.mark.parametrize(("size", "count"), [((594.0, 420.0), 8), ((420.0, 297.0), 4), ((211.0, 297.0), 2)])
def test_the_fewest_sheets_are_taken(size: tuple[float, float], count: int) -> None:
    assert grid(*size).count == count


@pytest.mark.parametrize("size", SIZES)
def test_tiles_put_together_are_the_page(size: tuple[float, float]) -> None:
    """Each goes on for the overlap where the next has begun, and the outer edges are the page's."""
    cut = grid(*size)
    for spans, whole in (*((row, size[0]) for row in cut.across), (cut.down, size[1])):
        assert spans[0].start == pytest.approx(0, abs=EXACT)
        assert spans[-1].end == pytest.approx(whole, abs=EXACT)
        for one, following in pairwise(spans):
            assert one.end - following.start == pytest.approx(OVERLAP, abs=EXACT)
            assert one.length == pytest.approx(following.length, abs=EXACT), "where nothing is in the way"


@pytest.mark.parametrize("size", SIZES)
def test_a_tile_leaves_room_for_marks_within_what_printers_print(size: tuple[float, float]) -> None:
    across = tuple((at * size[0] / 7, 0.0, at * size[0] / 7 + 60, size[1]) for at in range(7))
    for whole in (Whole(), Whole(texts=across)):
        cut = grid(*size, whole)
        for at in range(cut.count):
            tile = divmod(at, cut.columns)
            for corner, length, sheet in zip(cut.place(*tile), cut.size(*tile), cut.sheet, strict=True):
                assert corner >= BORDER - EXACT
                assert sheet - corner - length >= BORDER - EXACT
    assert BORDER > MARGIN >= 5


# -- seams -------------------------------------------------------------------------------------------------------------


def test_a_seam_goes_between_texts_if_it_can() -> None:
    """On paper of 277 mm: the only gap that it reaches."""
    texts = [Obstacle(start, end, 1) for start, end in ((0, 100), (102, 240), (242, 420))]
    [first, second] = divided(420, 277, OVERLAP, texts).spans
    assert 240 + CLEAR <= first.end <= 242 - CLEAR
    assert second.start == pytest.approx(first.end - OVERLAP)


def test_texts_are_cut_where_it_costs_least() -> None:
    texts = [Obstacle(0, 200, 5), Obstacle(200, 220, 1), Obstacle(220, 420, 5)]
    division = divided(420, 277, OVERLAP, texts)
    assert 200 + CLEAR <= division.spans[0].end <= 220 - CLEAR
    assert division.cost == pytest.approx(1, abs=0.1)


def test_of_places_that_cut_nothing_the_most_even_is_taken() -> None:
    texts = [Obstacle(10, 60, 1), Obstacle(360, 400, 1)]
    [first, second] = divided(420, 277, OVERLAP, texts).spans
    assert first.length == pytest.approx(second.length)


def test_a_seam_in_the_open_stands_where_the_next_reaches_a_gap() -> None:
    """Three cards of 105 mm on 594 mm, the second in the middle: on paper of 190 mm the first seam has to be 180 mm
    before that beyond the second card, where nothing is.
    """
    cards = [Obstacle(left, left + 105, 1) for left in (17.7, 244.5, 471.3)]
    spans = divided(594, 190, OVERLAP, cards).spans
    for card in cards:
        assert any(one.start <= card.start and card.end <= one.end for one in spans)
        assert not any(card.start < one.end < card.end for one in spans)
    assert all(one.length > 100 for one in spans), "room for the bar below each"


def test_each_row_has_seams_of_its_own() -> None:
    """What is in the way in one row is not in another."""
    words = (
        (0.0, 0.0, 150.0, 30.0),
        (160.0, 0.0, 420.0, 30.0),
        (0.0, 260.0, 260.0, 290.0),
        (270.0, 260.0, 420.0, 290.0),
    )
    above, below = (row[0].end for row in grid(420, 297, Whole(texts=words)).across)
    assert 150 < above < 160
    assert 260 < below < 270


def test_no_tile_is_too_short_to_be_joined() -> None:
    whole = [Obstacle(20, 400, 1)]
    assert all(span.length >= LEAST for span in divided(420, 410, OVERLAP, whole).spans)


def test_of_two_ways_of_turning_the_paper_the_one_that_cuts_less_is_taken() -> None:
    """Upright, two by two sheets have no room for the words on the left; broadside they have."""
    assert grid(340, 340).sheet[0] < grid(340, 340).sheet[1]
    words = ((0.0, 0.0, 200.0, 30.0), (0.0, 60.0, 200.0, 90.0), (210.0, 0.0, 340.0, 30.0))
    cut = grid(340, 340, Whole(texts=words))
    assert cut.sheet[0] > cut.sheet[1]
    assert cut.count == 4
    assert all(200 < row[0].end < 210 for row in cut.across[:1])


def test_a_text_is_dearer_than_a_frame() -> None:
    whole = Whole(texts=((190.0, 0.0, 230.0, 4.0),), frames=((0.0, 0.0, 185.0, 200.0), (235.0, 0.0, 420.0, 200.0)))
    seam = grid(420, 180, whole).across[0][0].end
    assert not 190 < seam < 230
    assert not seam < 185


def test_tiles_have_names_that_tell_them_apart() -> None:
    names = [code(row, column) for row in range(40) for column in range(30)]
    assert names[:2] == ["A1", "A2"]
    assert len(set(names)) == len(names)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiles of a page of A2, in one language; the page itself lies beside them."""
    from toolkit_builder.project import Project, shipped

    output = tmp_path_factory.mktemp("tiles")
    making.product(Project(shipped()), "sorting-mat", output)
    return output / "sorting-mat.cy-en.sheets.pdf"


def picture(path: Path, page: int, scale: float = 2) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        image: Image.Image = document[page].render(scale=scale).to_pil().convert("L")
    return image


def test_what_is_printed_is_the_page_to_a_tenth_of_a_millimetre(sheets: Path) -> None:
    """Cut out of the sheets and laid together, in pixels of 0.18 mm: no edge is more than a grey of one pixel off."""
    whole = picture(sheets.with_name("sorting-mat.cy-en.pdf"), 0)
    joined = Image.new("L", whole.size, 255)
    px = 2 * 72 / 25.4
    for at, (left, top, right, bottom) in enumerate(reading.tile_areas(sheets)):
        width, height = (right - left), (bottom - top)
        start = round((210 - width) / 2 * px), round((297 - height) / 2 * px)
        tile = picture(sheets, at).crop((*start, start[0] + round(width * px), start[1] + round(height * px)))
        joined.paste(tile, (round(left * px), round(top * px)))
    differing = ImageChops.difference(whole, joined).point(lambda value: 255 if value > 160 else 0)
    share = differing.histogram()[255] / (whole.width * whole.height)
    assert share < 0.002, "other than by a pixel at edges"


def test_marks_stand_outside_the_artwork_and_inside_the_margin(sheets: Path) -> None:
    """Between what printers leave white and the tile, there is ink of marks and of nothing else."""
    px = 2 * 72 / 25.4
    for at, (_, top, _, bottom) in enumerate(reading.tile_areas(sheets)):
        image = picture(sheets, at)
        edge = int(MARGIN * px) - 1
        inner = image.crop((edge, edge, image.width - edge, image.height - edge))
        white = Image.new("L", image.size, 255)
        white.paste(inner, (edge, edge))
        assert ImageChops.difference(image, white).getbbox() is None, "no ink in the outer 5 mm"
        foot = (297 - (bottom - top)) / 2
        band = image.crop((0, int((297 - foot + 0.5) * px), image.width, image.height))
        assert sum(band.histogram()[:128]), "the label and the marks"


def test_a_bar_of_50_mm_tells_whether_the_size_was_kept(sheets: Path) -> None:
    """On each sheet, in the margin below the tile: the longest line there."""
    px = 4 * 72 / 25.4
    for at, (_, top, _, bottom) in enumerate(reading.tile_areas(sheets)):
        foot = (297 - (bottom - top)) / 2
        band = picture(sheets, at, 4).crop((0, int((297 - foot + 7) * px), int(210 * px), int(292 * px)))
        longest = 0
        for y in range(band.height):
            row = band.crop((0, y, band.width, y + 1)).tobytes()
            longest = max(longest, *(len(run) for run in re.findall(rb"[\x00-\x90]+", row)), 0)
        assert longest / px == pytest.approx(50, abs=0.6)


@pytest.mark.parametrize("size", [(594.0, 420.0), (400.0, 277.0), (800.0, 277.0)])
def test_no_name_of_a_tile_is_cut_off(size: tuple[float, float]) -> None:
    """It is all there, or it is the code alone: on each sheet, however narrow the tile, and for however many languages
    the name is in.
    """
    for title in ("Mat", "Mat didoli / Sorting mat", "Mat didoli / Sorting mat / Mata do sortowania / Sortiermatte"):
        cut = grid(*size, Whole(texts=((140.0, 0.0, size[0], size[1]),)))
        for tile in (divmod(at, cut.columns) for at in range(cut.count)):
            label = _label(cut, *tile, title)
            inked = len(re.findall(rb"f Q", label)) - len(re.findall(rb"f Q", outlined("50 mm", 9.5, 400)))
            whole = len(f"{code(*tile)}{title}".replace(" ", ""))
            assert inked in (whole, len(code(*tile))), (tile, title)


def test_tiles_are_upright_a4_at_their_own_size(sheets: Path) -> None:
    with pikepdf.open(sheets) as pdf:
        assert len(pdf.pages) == 8
        for page in pdf.pages:
            assert [float(edge) * 25.4 / 72 for edge in page.mediabox[2:]] == pytest.approx([210, 297], abs=EXACT)
            content = page.Contents.read_bytes()
            assert b"q " in content
            assert b" 1 0 0 1 " in b" " + content.split(b" n ")[1], "not scaled"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_a_page_is_written_once_for_all_its_tiles(sheets: Path) -> None:
    with pikepdf.open(sheets) as pdf:
        forms = {page.Resources.XObject.F0.objgen for page in pdf.pages}
    assert len(forms) == 1


def test_text_that_takes_more_than_outlines_is_left_out() -> None:
    assert outlined("Mat didoli ŵŷ", 9.5, 400).count(b"f Q") == len("Matdidoliŵŷ")
    assert outlined("الحصيرة", 9.5, 400) == b""
    assert outlined("地図", 9.5, 400) == b""
    assert len(outlined("Mat didoli", 9.5, 20)) < len(outlined("Mat didoli", 9.5, 400))


def test_a_blank_page_has_no_tiles() -> None:
    assert tiles([None]).sides == ()
