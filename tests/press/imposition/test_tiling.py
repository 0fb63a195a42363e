"""Tiles: a page on sheets of A4 that are trimmed and joined."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests import making
from toolkit_builder.press.imposition.tiling import BORDER, MARGIN, OVERLAP, code, grid, tiles
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
    corners = {
        (row, column): cut.corner(row, column, size[1]) for row in range(cut.rows) for column in range(cut.columns)
    }
    lefts = sorted({left for left, _ in corners.values()})
    bottoms = sorted({bottom for _, bottom in corners.values()})
    for starts, length, whole in ((lefts, cut.width, size[0]), (bottoms, cut.height, size[1])):
        assert starts[0] == pytest.approx(0, abs=EXACT)
        assert starts[-1] + length == pytest.approx(whole, abs=EXACT)
        for one, following in pairwise(starts):
            assert one + length - following == pytest.approx(OVERLAP, abs=EXACT)


@pytest.mark.parametrize("size", SIZES)
def test_a_tile_leaves_room_for_marks_within_what_printers_print(size: tuple[float, float]) -> None:
    cut = grid(*size)
    for corner, length, sheet in zip(cut.place, (cut.width, cut.height), cut.sheet, strict=True):
        assert corner >= BORDER - EXACT
        assert sheet - corner - length >= BORDER - EXACT
    assert BORDER > MARGIN >= 5


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
    cut, joined = grid(594, 420), Image.new("L", whole.size, 255)
    px = 2 * 72 / 25.4
    for at in range(cut.count):
        row, column = divmod(at, cut.columns)
        left, bottom = cut.place
        top = cut.sheet[1] - bottom - cut.height
        start, end = (
            (round(left * px), round(top * px)),
            (round((left + cut.width) * px), round((top + cut.height) * px)),
        )
        x, y = cut.corner(row, column, 420)
        joined.paste(picture(sheets, at).crop((*start, *end)), (round(x * px), round((420 - y - cut.height) * px)))
    differing = ImageChops.difference(whole, joined).point(lambda value: 255 if value > 160 else 0)
    share = differing.histogram()[255] / (whole.width * whole.height)
    assert share < 0.002, "other than by a pixel at edges"


def test_marks_stand_outside_the_artwork_and_inside_the_margin(sheets: Path) -> None:
    """Between what printers leave white and the tile, there is ink of marks and of nothing else."""
    cut, px = grid(594, 420), 2 * 72 / 25.4
    for at in range(cut.count):
        image = picture(sheets, at)
        edge = int(MARGIN * px) - 1
        inner = image.crop((edge, edge, image.width - edge, image.height - edge))
        white = Image.new("L", image.size, 255)
        white.paste(inner, (edge, edge))
        assert ImageChops.difference(image, white).getbbox() is None, "no ink in the outer 5 mm"
        _, bottom = cut.place
        band = image.crop((0, int((cut.sheet[1] - bottom + 0.5) * px), image.width, image.height))
        assert sum(band.histogram()[:128]), "the label and the marks"


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
