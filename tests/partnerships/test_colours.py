"""Contrast with values that are published, and the nearest colour that passes."""

from __future__ import annotations

import pytest
from coloraide import Color

from tests.partnerships.planting import LEAST, Bed
from toolkit_builder.catalogue.colour_difference import ciede2000, difference
from toolkit_builder.catalogue.colours import contrast
from toolkit_builder.partnerships.colours import BLACK, SHAPES, TEXT, WHITE, nearest_passing

Lab = tuple[float, float, float]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#ff0000", "#ffffff", 3.998),  # as WebAIM's contrast checker gives these
        ("#767676", "#ffffff", 4.542),
        ("#777777", "#ffffff", 4.478),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), abs=0.02)


@pytest.mark.parametrize("colour", ["#f5b800", "#777777", "#ff0000", "#00ff00", "#1a9e8f", "#ffffff", "#ff66cc"])
@pytest.mark.parametrize("least", [TEXT, SHAPES])
def test_the_nearest_passes_keeps_the_hue_and_is_no_farther_than_need_be(colour: str, least: float) -> None:
    nearest = nearest_passing(colour, WHITE, least)
    assert contrast(nearest, WHITE) >= least
    if contrast(colour, WHITE) >= least:
        assert nearest == colour
    else:
        assert contrast(nearest, WHITE) < least + 0.1  # it stops as soon as it can
        start, found = Color(colour).convert("oklch"), Color(nearest).convert("oklch")
        if start["chroma"] > 0.05:
            turned = abs(start["hue"] - found["hue"])
            assert min(turned, 360 - turned) < 4
        grey = nearest_passing("#888888", WHITE, least)
        assert Color(colour).delta_e(nearest, method="ok") <= Color(colour).delta_e(grey, method="ok") + 0.001


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [  # from the test data of Sharma, Wu and Dalal (2005)
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
        ((50, 0, 0), (50, -1, 2), 2.3669),
    ],
)
def test_differences_are_those_that_are_published(one: Lab, other: Lab, apart: float) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=0.00005)
    assert ciede2000(other, one) == pytest.approx(apart, abs=0.00005)


@pytest.mark.parametrize("one", ["#12797c", "#000000", "#808080", "#ff0000"])
@pytest.mark.parametrize("other", ["#1f5f4a", "#ffffff", "#93360f"])
def test_differences_of_colours_as_they_are_written(one: str, other: str) -> None:
    assert difference(one, other) == pytest.approx(Color(one).delta_e(other, method="2000"), abs=0.02)


def test_a_colour_that_looks_like_a_categorys_is_warned_of(bed: Bed) -> None:
    read = bed.read(LEAST + 'colours: {ground: "#146e6e", band: "#b07a00"}\n')
    [warning] = read.warnings
    assert warning.severity == "warning"
    assert warning.where == "colours.ground"
    assert "#146e6e looks like #12797c, the colour of the category “shared-purpose” (ΔE00 4." in warning.message
    assert not bed.read(LEAST + 'colours: {ground: "#2f5d1e"}\n').warnings


def test_on_a_dark_ground_the_nearest_is_lighter() -> None:
    nearest = nearest_passing("#222266", "#1c1f24", TEXT)
    assert contrast(nearest, "#1c1f24") >= TEXT
    assert Color(nearest).convert("oklab")["lightness"] > Color("#222266").convert("oklab")["lightness"]
    assert nearest_passing("#808080", WHITE, 21) == BLACK
