"""Contrast with values that are published, and the nearest colour that passes."""

from __future__ import annotations

import pytest
from coloraide import Color

from toolkit_builder.catalogue.colours import contrast
from toolkit_builder.partnerships.colours import BLACK, SHAPES, TEXT, WHITE, nearest_passing


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


def test_on_a_dark_ground_the_nearest_is_lighter() -> None:
    nearest = nearest_passing("#222266", "#1c1f24", TEXT)
    assert contrast(nearest, "#1c1f24") >= TEXT
    assert Color(nearest).convert("oklab")["lightness"] > Color("#222266").convert("oklab")["lightness"]
    assert nearest_passing("#808080", WHITE, 21) == BLACK
