"""With little ink: how much is printed on covers and openings, in rendered pixels, and what stays to be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.products.conftest import Made

LOW = {"low_ink": True}
ONE_EACH = {"actions": ("SP1", "GA1", "FM1")}
MOST = 0.12
"""Of a page: how much of it may be ink, a grey counted as far as it is dark."""
FLOODED = 0.5
"""As much as covers and openings have of it as usual."""


def ink(picture: Image.Image) -> float:
    """How much of a page is ink, 0 to 1."""
    return 1 - float(ImageStat.Stat(picture.convert("L")).mean[0]) / 255


def flooded(path: Path) -> list[int]:
    """The pages that are flooded as usual: the cover, and the openings of categories."""
    return [page for page in range(len(reading.pages(path))) if ink(reading.picture(path, page, 1)) > FLOODED]


@pytest.mark.parametrize("how", [{}, {"large_print": True}, {"greyscale": True}, {"layout": "tilt-and-turn"}])
def test_what_is_flooded_as_usual_is_white(made: Made, how: dict[str, object]) -> None:
    usual, spared = (made("toolkit", how={**how, **low}, **ONE_EACH) for low in ({}, LOW))
    pages = flooded(usual)
    assert len(pages) >= 1 + 2 * 3, "a cover, and three openings in each language"
    assert len(reading.pages(usual)) == len(reading.pages(spared))
    amounts = {page: ink(reading.picture(spared, page, 1)) for page in pages}
    assert max(amounts.values()) < MOST, amounts
    assert min(amounts.values()) > 0.01, "all is white"


@pytest.mark.parametrize("product", ["cards", "toolkit"])
def test_no_page_takes_more_ink_than_as_usual(made: Made, product: str) -> None:
    usual, spared = (made(product, how=low, **ONE_EACH) for low in ({}, LOW))
    for page in range(len(reading.pages(usual))):
        assert ink(reading.picture(spared, page, 1)) < ink(reading.picture(usual, page, 1)) + 0.005, page


@pytest.mark.parametrize(
    ("product", "how"),
    [
        ("cards", {}),
        ("cards", {"deck": "text"}),
        ("handouts", {}),
        ("dividers", {}),
        ("tent-cards", {}),
        ("sign-up", {}),
    ],
)
def test_no_band_is_solid(made: Made, product: str, how: dict[str, object]) -> None:
    """Nowhere on a page is more than a third of a strip of 4 mm ink; as usual it is so somewhere, and so the test looks
    at what it is for.
    """
    usual, spared = (made(product, how={**how, **low}, **ONE_EACH) for low in ({}, LOW))

    def most(path: Path) -> float:
        """Of the strip that has most."""
        pages = [reading.picture(path, page, 1).convert("L") for page in range(len(reading.pages(path)))]
        strips = [page.resize((1, round(page.height / 72 * 25.4 / 4)), Image.Resampling.BOX) for page in pages]
        return 1 - min(min(strip.tobytes()) for strip in strips) / 255

    assert most(usual) > 0.36
    assert most(spared) < 0.33


def test_no_word_is_lost(made: Made) -> None:
    usual, spared = (made("toolkit", how=low, **ONE_EACH) for low in ({}, LOW))
    assert reading.pages(usual) == reading.pages(spared)


def test_in_grey_too(made: Made) -> None:
    path = made("toolkit", how={**LOW, "greyscale": True}, **ONE_EACH)
    for page in flooded(made("toolkit", **ONE_EACH)):
        red, green, blue = reading.picture(path, page, 1).convert("RGB").split()
        assert not ImageChops.difference(red, green).getbbox()
        assert not ImageChops.difference(green, blue).getbbox()
