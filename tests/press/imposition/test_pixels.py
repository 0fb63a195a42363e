"""Front and back of sheets laid over each other, as pixels: each size on each sheet, each way of printing it."""

from __future__ import annotations

import io
import zlib
from itertools import product

import pypdfium2
import pytest
from PIL import Image, ImageChops

from toolkit_builder.documents.card_sizes import CARD_SIZES
from toolkit_builder.documents.sheet_options import SHEET_PAPER, SIDES, SheetOptions, card_grid
from toolkit_builder.press.imposition.cards import cards
from toolkit_builder.press.imposition.sheets import Placed, Sheets
from toolkit_builder.press.imposition.writing import impose
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.plates.plate import Page, Plate

MM = 72 / 25.4
SCALE = 2.0
"""Pixels a mm. A tenth of a millimetre is a fifth of a pixel, which an edge of full contrast shows as 51 of 255."""
MOST_OFF = 51
METADATA = Metadata("t", "a", "s", (), "", ("cy",), "m", "m")


def face(number: int, width: float, height: float, bleed: float, *, is_back: bool) -> Placed:
    """A side of a card: its ground, which runs on into the bleed, a lozenge near a corner, and another, as long as its
    number says. Seen through the paper, those of the back stand on those of the front. (PDFium draws rectangles to
    whole pixels.)
    """
    bars = [(10.0, 10.0, 6.0, 6.0), (10.0, 20.0, 3.0 + 2 * (number % 17), 3.0)]
    bars = [(width - x - wide, y, wide, high) for x, y, wide, high in bars] if is_back else bars
    drawn = [(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed)] if bleed else []
    lines = [b"0.8 g %s f" % _rectangle(*area) for area in drawn] + [b"0 g %s f" % _lozenge(*bar) for bar in bars]
    boxes = b"/MediaBox[-%.4f -%.4f 1 1]" % (bleed * MM, bleed * MM) if bleed else b""
    content = zlib.compress(b"q %s Q" % b" ".join(lines))
    page = Page(width * MM, height * MM, boxes, content, {}, 0)
    return Placed(Plate(f"{number}{is_back}", 12, [page], [], {}, {}, {}))


def _lozenge(x: float, y: float, wide: float, high: float) -> bytes:
    corners = [(x, y + high / 2), (x + wide / 2, y), (x + wide, y + high / 2), (x + wide / 2, y + high)]
    points = [b"%.4f %.4f" % (left * MM, up * MM) for left, up in corners]
    return b"%s m %s l h" % (points[0], b" l ".join(points[1:]))


def _rectangle(*lengths: float) -> bytes:
    return b" ".join(b"%.4f" % (length * MM) for length in lengths) + b" re"


def pictures(sheets: Sheets) -> list[Image.Image]:
    data, _ = impose(sheets, {}, METADATA, "0" * 32)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        return [page.render(scale=SCALE / MM).to_pil().convert("L") for page in pdf]


@pytest.mark.parametrize("size", CARD_SIZES)
@pytest.mark.parametrize(("paper", "sides", "bleed"), [*product(SHEET_PAPER, SIDES, (0.0, 3.0))])
def test_backs_lie_behind_fronts_to_a_tenth_of_a_millimetre(size: str, paper: str, sides: str, bleed: float) -> None:
    """One sheet, full but for a place, turned over as the printer turns it. With `fold` it is full, of the same card
    throughout: folds then lie to the left and the right of the middle alike, and all backs come to lie on fronts.
    """
    card, options = CARD_SIZES[size], SheetOptions(paper, sides, bleed=bleed, marks=())
    grid = card_grid(card, options)
    if not grid.count:
        return
    numbers = [5] * grid.count if sides == "fold" else range(max(grid.count - 1, 1))
    deck = [face(number, *card, bleed, is_back=is_back) for number in numbers for is_back in (False, True)]
    front, *others = pictures(cards(deck, options, {}))
    [back] = others or [front]
    is_upright = sides == "fold" or (sides != "short-edge") == (front.width <= front.height)
    way = Image.Transpose.FLIP_LEFT_RIGHT if is_upright else Image.Transpose.FLIP_TOP_BOTTOM
    assert min(front.tobytes()) < 20
    assert off(front, back.transpose(way)) <= MOST_OFF


def off(front: Image.Image, back: Image.Image) -> int:
    """By how much the pixels differ that do so most."""
    darkest = ImageChops.difference(front, back).getextrema()[1]
    assert isinstance(darkest, int)
    return darkest


def test_a_tenth_of_a_millimetre_is_seen() -> None:
    """A back that is shifted by 0.2 mm is more than that off: the test above would find it."""
    card, options = CARD_SIZES["a6"], SheetOptions(marks=())
    deck = [face(number, *card, 0, is_back=is_back) for number in range(4) for is_back in (False, True)]
    sheets = cards(deck, options, {})
    shifted = [Placed(each.plate, x=each.x + 0.2 * MM, y=each.y) for each in sheets.sides[1].placed]
    front, back = pictures(Sheets((sheets.sides[0], type(sheets.sides[1])(sheets.sides[1].size, tuple(shifted)))))
    assert off(front, back.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) > MOST_OFF
