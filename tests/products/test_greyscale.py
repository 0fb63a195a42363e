"""In grey every distinction survives: looked for in the rendered pixels, where there are no colours to help."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.making import PRODUCTS
from tests.products.conftest import Made
from toolkit_builder.catalogue.colours import contrast_with_white
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.typesetting.greyscale import grey, grey_html

TWO = {"actions": ("SP4", "FM5")}
ONE_EACH = ("SP1", "GA1", "FM1")
GREY = {"greyscale": True}
SCALE = 4.0
"""pixels a pt"""
POINTS = 72 / 25.4
"""pt a mm"""


def before(path: Path, page: int, words: str, width: float, height: float = 5.0) -> Image.Image:
    """What is drawn before words, where these first stand: a row of so many mm, in grey as rendered."""
    found = reading.find(path, page, words)[0]
    picture = reading.picture(path, page, SCALE).convert("L")
    middle = picture.height - (found.bottom + found.height / 2) * SCALE
    right, reach = (found.left - 0.6 * POINTS) * SCALE, height * POINTS * SCALE / 2
    return picture.crop((int(right - width * POINTS * SCALE), int(middle - reach), int(right), int(middle + reach)))


def above(path: Path, page: int, words: str, width: float, height: float = 8.6) -> Image.Image:
    """What is drawn above words, where these first stand: so many mm from their beginning on, in grey as rendered."""
    found = reading.find(path, page, words)[0]
    picture = reading.picture(path, page, SCALE).convert("L")
    foot = picture.height - (found.bottom + found.height + 0.6 * POINTS) * SCALE
    left = (found.left - 0.6 * POINTS) * SCALE
    return picture.crop(
        (int(left), int(foot - height * POINTS * SCALE), int(left + 2 * width * POINTS * SCALE), int(foot))
    )


def differ(one: Image.Image, other: Image.Image) -> float:
    """How much two drawings differ, of 255, where they are laid over each other."""
    return float(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean[0])


def drawing(picture: Image.Image) -> Image.Image:
    """What stands out from the ground of a picture, in black and white only, as a poor printer has it."""
    flat = picture.point(lambda level: 255 * (level > 160))
    if flat.getpixel((flat.width - 1, 0)):
        flat = ImageChops.invert(flat)
    return flat.crop(flat.getbbox())


def marks(path: Path, page: int, code: str, width: float, height: float) -> Image.Image:
    """The mark of a category in which a code stands, at the largest that there is on the page; in mm."""
    found = max(reading.find(path, page, rf"{code}(?!\d)"), key=lambda found: found.height)
    picture = reading.picture(path, page, SCALE).convert("L")
    x = (found.left + len(code) * found.height * 0.42) * SCALE
    y = picture.height - (found.bottom + found.height / 2) * SCALE
    reach = width * POINTS * SCALE / 2, height * POINTS * SCALE / 2
    return drawing(picture.crop((int(x - reach[0]), int(y - reach[1]), int(x + reach[0]), int(y + reach[1]))))


def all_differ(drawings: list[Image.Image], least: float) -> None:
    for one, other in combinations(drawings, 2):
        assert differ(one, other) > least


@pytest.mark.parametrize("product", PRODUCTS)
def test_grey_is_grey(made: Made, product: str) -> None:
    path = made(product, how={"greyscale": True}, **TWO)
    for page in range(len(reading.pages(path))):
        red, green, blue = reading.picture(path, page, 0.7).convert("RGB").split()
        assert ImageChops.difference(red, green).getextrema() == (0, 0)
        assert ImageChops.difference(green, blue).getextrema() == (0, 0)


@pytest.mark.parametrize("colour", ["0b6468", "4a3a8c", "9a3b12", "1c1f24", "ffffff", "000000", "565b63"])
def test_a_grey_is_as_light_as_its_colour(colour: str) -> None:
    one, other = contrast_with_white(f"#{colour}"), contrast_with_white(f"#{grey(colour)}")
    assert other == pytest.approx(one, rel=0.02)


def test_words_are_not_taken_for_colours() -> None:
    html = '<p style="color: #ff0000" title="#ff0000">#ff0000 <a href="#abcdef">%23abcdef</a></p>'
    assert grey_html(html) == html.replace("color: #ff0000", "color: #7f7f7f")


def test_steps_of_a_scale_are_drawn_differently(made: Made, shipped_catalogue: Catalogue) -> None:
    """In the key of the toolkit, which has all of them; black and white is enough to tell them apart."""
    path = made("toolkit", "en", how={"greyscale": True}, **TWO)
    page = next(number for number in range(9) if reading.find(path, number, "Key to the"))
    for scale, width in zip(shipped_catalogue.framework.scales, (12.0, 5.6, 4.6), strict=True):
        all_differ([drawing(before(path, page, rf"{step.label['en']}(?=\s)", width)) for step in scale.steps], 8)


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit"])
def test_what_actions_have_differently_is_drawn_differently(made: Made, product: str) -> None:
    """GA5 needs much and suits any stage, FM5 needs little and suits an early one."""
    path = made(product, "en", how={**GREY, "deck": "text"}, actions=("GA5", "FM5"))
    for one, other, width in (("Any stage", "Early", 12.0), ("High", "Low", 5.6), ("Long", "Short", 4.6)):
        drawn = []
        for code, words in (("GA5", one), ("FM5", other)):
            pages = [page for page, text in enumerate(reading.pages(path)) if code in text]
            page = next(page for page in pages if reading.find(path, page, rf"{words}\b"))
            where = above if product == "toolkit" else before
            drawn.append(drawing(where(path, page, rf"{words}\b", width)))
        all_differ(drawn, 15)


CATEGORY = 20
"""Two drawings of one shape, moved by a pixel, differ by less; a circle and a square by more."""


def test_numbers_stand_in_the_shapes_of_their_categories(made: Made) -> None:
    path = made("toolkit", "en", how=GREY, actions=ONE_EACH)
    places = {title.split()[0]: page for _, title, page in reversed(reading.bookmarks(path))}
    all_differ([marks(path, places[code], code[-1], 21.0, 21.0) for code in ONE_EACH], CATEGORY)


@pytest.mark.parametrize("product", ["cards", "handouts"])
def test_shapes_of_categories_stand_before_the_codes_in_heads(made: Made, product: str) -> None:
    path = made(product, "en", how={**GREY, "deck": "text"}, actions=ONE_EACH)
    places = {title.split()[0]: page for _, title, page in reversed(reading.bookmarks(path))}
    all_differ([drawing(before(path, places[code], code, 5.2)) for code in ONE_EACH], CATEGORY)


def test_categories_have_different_shapes_in_lists_and_on_the_map(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("summary", "en", how={"greyscale": True}, actions=ONE_EACH)
    titles = [category.title["en"] for category in shipped_catalogue.framework.categories]
    all_differ([drawing(before(path, 0, title, 5.4, 4.4)) for title in titles], CATEGORY)
    picture = reading.picture(path, 0, SCALE).convert("L")
    chips = []
    for code in ONE_EACH:
        found = sorted(reading.find(path, 0, code), key=lambda found: found.bottom)[1]  # the lowest is in the colophon
        x, y = found.left * SCALE, picture.height - (found.bottom + found.height / 2) * SCALE
        chips.append(drawing(picture.crop((int(x - 50), int(y - 33), int(x + 112), int(y + 33)))))
    all_differ(chips, CATEGORY)


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit"])
def test_white_on_the_grey_of_a_category_can_be_read(made: Made, product: str) -> None:
    path = made(product, "en", how={"greyscale": True}, actions=ONE_EACH)
    for code in ONE_EACH:
        pages = [number for number in range(len(reading.pages(path))) if reading.find(path, number, f"{code}(?!\\d)")]
        picture = reading.picture(path, pages[-1], 1).convert("L")
        levels = picture.crop((20, 20, picture.width - 20, picture.height // 4)).histogram()
        ground = max(range(200), key=lambda level: levels[level])
        assert contrast_with_white(f"#{ground:02x}{ground:02x}{ground:02x}") >= 4.5, (code, ground)


def test_what_is_provisional_and_what_is_a_draft_is_said_in_words(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("cards", "cy", how={"greyscale": True}, **TWO)
    texts = "".join(reading.pages(path))
    assert reading.plain(shipped_catalogue.labels["scale"]["provisional"]["cy"]) in texts
    assert reading.plain(shipped_catalogue.labels["review"]["draft"]["cy"]) in texts
