"""What preflight for ink finds on a page, each thing by itself."""

from __future__ import annotations

import zlib

import pytest

from toolkit_builder.press.plates.page_numbers import stamped
from toolkit_builder.press.plates.plate import Body, Folio, Page, Plate, ThumbTab
from toolkit_builder.press.prepress.ink_preflight import InkFindings, InkPreflight
from toolkit_builder.press.prepress.inks import Inks
from toolkit_builder.print_shops.profiles import SHIPPED, profile_at

SIDE = 283.4646
"""Of a page of 100 mm, in pt."""
MM = 72 / 25.4
TEAL = b"0.070588 0.47451 0.486275"


@pytest.fixture(scope="module")
def inks() -> Inks:
    return Inks(profile_at(SHIPPED))


def found(inks: Inks, content: bytes, pixels: int = 0, bleed: float = 3) -> InkFindings:
    """What is found on a page with this content, and as X a square picture of so many pixels."""
    parts, resources = {}, {}
    if pixels:
        text = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB>>" % (pixels, pixels)
        picture = Body(text, (), b"")
        digest = picture.digest()
        parts, resources = {digest: picture}, {"XObject": {"X": Body(b"%d 0 R", (f"part:{digest}",))}}
    page = Page(SIDE, SIDE, b"", zlib.compress(content), resources, 0)
    preflight = InkPreflight(inks, {}, bleed)
    preflight.look_at(7, Plate("", 12, [page], [], parts, {}, {}), page)
    return preflight.found


def test_a_thin_line_in_several_inks(inks: Inks) -> None:
    line = found(inks, TEAL + b" RG\n0.3 w\n50 50 m\n90 50 l\nS\n0 0 0 RG\n0.1 w\n50 60 m\n90 60 l\nS").line_in_inks
    assert line
    assert (line.page, line.amount) == (7, 0.3), "the thinner one is of black alone"


def test_a_thin_box_in_several_inks(inks: Inks) -> None:
    line = found(inks, TEAL + b" rg\n50 50 90 0.5 re\nf").line_in_inks
    assert line
    assert line.amount == 0.5


def test_the_most_ink_is_that_of_the_fullest_colour(inks: Inks) -> None:
    most = found(inks, TEAL + b" rg\n50 50 9 9 re\nf\n0 0 0 rg\n80 80 9 9 re\nf").most_ink
    assert (most.page, most.amount) == (7, round(100 * sum(inks.painted((0.070588, 0.47451, 0.486275)))))
    assert found(inks, b"0 0 0 rg\n80 80 9 9 re\nf").inks == [("black",)]


@pytest.mark.parametrize(
    ("pixels", "is_coarse", "is_fine"), [(299, True, False), (450, False, False), (601, False, True)]
)
def test_pictures_by_their_pixels_an_inch(pixels: int, is_coarse: bool, is_fine: bool, inks: Inks) -> None:
    seen = found(inks, b"q\n72 0 0 72 50 50 cm\n/X Do\nQ", pixels)
    assert bool(seen.coarse) is is_coarse
    assert bool(seen.fine) is is_fine
    assert [picture.amount for picture in (*seen.coarse, *seen.fine)] == ([pixels] if is_coarse or is_fine else [])


def test_a_point_that_no_line_leads_away_from_is_no_artwork(inks: Inks) -> None:
    drawn = TEAL + b" RG\n2 w\n0 %f m\n50 50 m\n90 50 l\nS" % SIDE
    assert not found(inks, drawn).bare
    assert [seen.what for seen in found(inks, drawn.replace(b"90 50 l", b"%f 50 l" % SIDE)).bare] == ["right"]


@pytest.mark.parametrize(
    ("box", "edges"),
    [
        ((10, 10, 50, 50), ""),
        ((0, 0, 100, 50), "left, bottom, right"),
        ((-3, -3, 106, 50), ""),
        ((-3, 10, 106, 90), "top"),
        ((-2, 10, 50, 50), "left"),
        ((-8, -8, 120, 120), ""),
        ((101, 10, 20, 20), ""),
    ],
)
def test_what_ends_at_the_edge(box: tuple[float, ...], edges: str, inks: Inks) -> None:
    """A box in mm, as left, bottom, width, height."""
    numbers = b" ".join(b"%f" % (value * MM) for value in box)
    bare = found(inks, TEAL + b" rg\n%s re\nf" % numbers).bare
    assert [seen.what for seen in bare] == ([edges] if edges else [])
    assert not found(inks, b"1 1 1 rg\n%s re\nf" % numbers).bare, "paper needs no bleed"
    assert not found(inks, TEAL + b" rg\n%s re\nf" % numbers, bleed=0).bare, "a shop without bleed asks for none"


def test_numbers_and_tabs_that_are_stamped_are_seen(inks: Inks) -> None:
    """They are on no plate, and stand at the outer edge: left on even pages."""
    red, green, blue = map(float, TEAL.split())
    folio = Folio(
        "right", SIDE - 4 * MM, 5 * MM, "F", 9, (red, green, blue), tuple((digit, 500.0) for digit in range(10))
    )
    tab = ThumbTab(SIDE - 2 * MM, 50, 5 * MM, b"0.5 0.1 0.1 rg\n0 0 m\n%f 0 l\n%f 40 l\nh\nf\n" % (5 * MM, 5 * MM))
    page = Page(SIDE, SIDE, b"", zlib.compress(b"0 0 0 rg\n80 80 9 9 re\nf\n"), {}, 0, folio=folio, tab=tab)
    preflight = InkPreflight(inks, {}, 3)
    plate = Plate("", 12, [page], [], {}, {}, {})
    for number in (12, 13):
        preflight.look_at(number, plate, stamped(page, number))
    found = preflight.found
    assert found.type_in_inks
    assert found.type_in_inks.amount == 9
    assert [(seen.page, seen.amount) for seen in found.nearest_type] == [(12, 4), (13, 4)]
    assert [seen.amount for seen in found.ink] == [round(100 * sum(inks.painted((0.5, 0.1, 0.1))))] * 2
    assert [seen.what for seen in found.bare] == [], "both run on beyond the edge"
    assert found.inks[0] == ("cyan", "magenta", "yellow", "black")


def test_blank_pages_are_counted(inks: Inks) -> None:
    preflight = InkPreflight(inks, {}, 3)
    preflight.pass_over(4)
    assert preflight.found.inks == [()]
    assert preflight.found.most_ink.amount == 0
