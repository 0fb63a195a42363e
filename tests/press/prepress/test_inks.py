"""Colours of the screen in inks."""

from __future__ import annotations

import pytest

from toolkit_builder.press.prepress.inks import BLACK_INK, NO_INK, Inks, Rgb
from toolkit_builder.print_shops.profiles import SHIPPED, profile_at


def rgb(colour: str) -> Rgb:
    red, green, blue = (round(int(colour[at : at + 2], 16) / 255, 6) for at in (0, 2, 4))
    return red, green, blue


@pytest.fixture(scope="module")
def inks() -> Inks:
    return Inks(profile_at(SHIPPED))


@pytest.mark.parametrize("colour", ["000000", "1c1f24", "222222"])
def test_black_is_of_black_ink_alone(colour: str, inks: Inks) -> None:
    assert inks.painted(rgb(colour)) == BLACK_INK


def test_white_is_the_paper(inks: Inks) -> None:
    assert inks.painted((1, 1, 1)) == NO_INK


def test_greys_are_of_black_ink_and_the_lighter_the_less(inks: Inks) -> None:
    greys = [inks.painted(rgb(colour)) for colour in ("565b63", "808080", "b9bec6", "e4e7eb")]
    assert all(grey[:3] == (0, 0, 0) for grey in greys)
    amounts = [grey[3] for grey in greys]
    assert amounts == sorted(amounts, reverse=True)
    assert 0.1 < amounts[-1] < amounts[0] < 1


@pytest.mark.parametrize("colour", ["12797c", "372872", "93360f", "f1d5c6", "dcd6ef", "e7f2f2", "ebeaf1", "f4ebe7"])
def test_colours_are_of_several_inks_within_what_the_profile_allows(colour: str, inks: Inks) -> None:
    ink = inks.painted(rgb(colour))
    assert sum(part > 0 for part in ink) > 1
    assert sum(ink) <= 3.02
    assert all(round(part * 100, 6).is_integer() for part in ink)


def test_a_colour_is_what_its_profile_says(inks: Inks) -> None:
    """Back through the profile, a colour that inks can make is less than 3 off (CIE 1976) where it came from."""
    from PIL import Image, ImageCms

    colour = rgb("93360f")
    lab = ImageCms.createProfile("LAB")
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    to_lab = ImageCms.buildTransform(inks.profile.open(), lab, "CMYK", "LAB", intent, flags)
    red, green, blue = (round(part * 255) for part in colour)
    from_screen = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB", intent, flags)
    cyan, magenta, yellow, black = (round(part * 255) for part in inks.painted(colour))
    printed = ImageCms.applyTransform(Image.new("CMYK", (1, 1), (cyan, magenta, yellow, black)), to_lab)
    seen = ImageCms.applyTransform(Image.new("RGB", (1, 1), (red, green, blue)), from_screen)
    assert printed is not None
    assert seen is not None
    one, other = printed.getpixel((0, 0)), seen.getpixel((0, 0))
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    assert abs(one[0] - other[0]) / 2.55 < 3
    assert all(abs(a - b) < 4 for a, b in zip(one[1:], other[1:], strict=True))
