"""The palette in inks: where it is said, what is wrong with it, what a print shop gets of it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pikepdf
import pytest

from tests.making import Copy
from tests.press.prepress import colours
from tests.typed import typed
from toolkit_builder.catalogue.colours import mixed
from toolkit_builder.catalogue.palette import PaletteColour
from toolkit_builder.press.prepress.inks import BLACK_INK, NO_INK, Inks, Rgb
from toolkit_builder.print_shops.profiles import SHIPPED, profile_at

TEAL, PURPLE = "#12797c", "#372872"
PLAIN = f'colour: "{TEAL}"'
OF_PROFILE = (0.81, 0.28, 0.45, 0.2)
"""What the shipped profile makes of the teal."""
CARDS = ("cards", "--action", "SP1", "--language", "cy")


def with_ink(mine: Copy, ink: str = "[90, 20, 40, 10.5]", screen: str = TEAL) -> Copy:
    path = mine.root / "content" / "framework.yaml"
    text = path.read_text("utf-8")
    assert PLAIN in text
    mine.write("content/framework.yaml", text.replace(PLAIN, f'colour: {{screen: "{screen}", ink: {ink}}}'))
    return mine


def of_partnership(mine: Copy, colours_of_it: str) -> Copy:
    text = (mine.root / "content/partnerships/example-early.yaml").read_text("utf-8")
    before = 'colours: {ground: "#1a5c3a", band: "#b07a00"}'
    assert before in text
    mine.write("content/partnerships/example-early.yaml", text.replace(before, f"colours: {colours_of_it}"))
    return mine


def printed(folder: Path) -> set[tuple[float, ...]]:
    """The inks of all colours in the files for a print shop."""
    [path] = folder.rglob("*.print-shop*.pdf")
    with pikepdf.open(path) as pdf:
        return {values for _, values in colours.operators(pdf)}


def rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@pytest.mark.parametrize(
    ("ink", "place", "said"),
    [
        ("[90, 20, 40]", "46:38", "categories[1].colour.ink: no inks; write four numbers from 0 to 100"),
        ("[90, 20, 40, 101]", "46:38", "categories[1].colour.ink: no inks"),
        ("[90, 20, 40, ten]", "46:38", "categories[1].colour.ink: no inks"),
        ("[90, 20, 40, 10], inks: x", "46:56", "unknown key; remove it (known: screen, ink)"),
    ],
)
def test_check_tells_inks_that_are_none(ink: str, place: str, said: str, mine: Copy) -> None:
    done = typed("check", "--project", with_ink(mine, ink).root)
    assert done.status == 1
    [line] = [line for line in done.out.splitlines() if "framework.yaml" in line]
    assert line.startswith(f"content/framework.yaml:{place}: error: "), line
    assert said in line


def test_one_colour_has_one_ink(mine: Copy) -> None:
    """Finished pages have the colour of the screen alone."""
    with_ink(mine)
    of_partnership(mine, f'{{ground: {{screen: "{TEAL}", ink: [80, 20, 40, 10]}}}}')
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    assert "content/partnerships/example-early.yaml:13:" in done.out
    assert "colours.ground.ink: #12797c has other inks in content/framework.yaml (categories[1].colour)" in done.out
    of_partnership_again = (mine.root / "content/partnerships/example-early.yaml").read_text("utf-8")
    mine.write(
        "content/partnerships/example-early.yaml",
        of_partnership_again.replace("[80, 20, 40, 10]", "[90, 20, 40, 10.5]"),
    )
    assert "other inks" not in typed("check", "--project", mine.root).out


def test_the_screen_has_the_colour_of_the_screen_and_the_press_the_inks(mine: Copy, tmp_path: Path) -> None:
    assert typed(*CARDS, "--project", mine.root, "--output", tmp_path / "plaen").status == 0
    with_ink(mine)
    assert typed(*CARDS, "--project", mine.root, "--output", tmp_path / "inc").status == 0
    name = "cards.cy.SP1.pdf"
    assert (tmp_path / "plaen" / name).read_bytes() == (tmp_path / "inc" / name).read_bytes()
    done = typed(*CARDS, "--for", "print-shop", "--project", mine.root, "--output", tmp_path / "argraffwyr")
    assert done.status == 0, done.err
    found = printed(tmp_path / "argraffwyr")
    assert (0.9, 0.2, 0.4, 0.105) in found
    assert OF_PROFILE not in found
    tints = {
        ink
        for ink in found
        if len(ink) == 4 and ink[0] and ink[0] < 0.9 and ink[1] * 4.5 == pytest.approx(ink[0], abs=0.01)
    }
    assert tints, "paler ones are the same inks, in proportion"


def test_inks_of_a_partnership_are_on_its_cover(mine: Copy, tmp_path: Path) -> None:
    of_partnership(mine, '{ground: {screen: "#1a5c3a", ink: [88, 30, 85, 25]}, band: "#b07a00"}')
    words = ("toolkit", "--action", "SP1", "--language", "cy", "--project", mine.root)
    assert typed(*words, "--for", "print-shop", "--output", tmp_path / "pawb").status == 0
    done = typed(*words, "--for", "print-shop", "--partnership", "example-early", "--output", tmp_path / "pecyn")
    assert done.status == 0, done.err
    assert (0.88, 0.3, 0.85, 0.25) in printed(tmp_path / "pecyn")
    assert (0.88, 0.3, 0.85, 0.25) not in printed(tmp_path / "pawb")


def test_more_ink_than_the_shop_takes_is_told_where_it_stands(mine: Copy) -> None:
    with_ink(mine, "[90, 90, 90, 40]")
    assert "ink" not in typed("check", "--project", mine.root).out, "another shop may take it"
    done = typed(*CARDS, "--for", "print-shop", "--project", mine.root)
    assert done.status == 1
    assert (
        "content/framework.yaml:46:38: error: categories[1].colour.ink: 310 % of ink at one place, and alternating "
        "takes 300 %; write less"
    ) in done.err


def test_a_shop_goes_before_since_it_knows_its_paper(mine: Copy, tmp_path: Path) -> None:
    with_ink(mine, "[90, 90, 90, 40]")
    mine.write("content/shops/mat.yaml", f'help: Matt.\ninks: [{{screen: "{TEAL.upper()}", ink: [70, 10, 30, 5]}}]\n')
    done = typed(*CARDS, "--for", "print-shop", "--shop", "mat", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    assert (0.7, 0.1, 0.3, 0.05) in printed(tmp_path)
    mine.write(
        "content/shops/mat.yaml", f'help: Matt.\nmost_ink: 110\ninks: [{{screen: "{TEAL}", ink: [70, 10, 30, 5]}}]\n'
    )
    done = typed("check", "--project", mine.root)
    assert "content/shops/mat.yaml:3:33: error: inks[1].ink: 115 % of ink at one place, and mat takes 110 %" in done.out


@pytest.fixture(scope="module")
def inks() -> Inks:
    return Inks(profile_at(SHIPPED), [(TEAL, (0.9, 0.2, 0.4, 0.1)), (PURPLE, (1.0, 0.95, 0.2, 0.1))])


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        (TEAL, (0.9, 0.2, 0.4, 0.1)),
        (mixed(TEAL, "#ffffff", 0.5), (0.45, 0.1, 0.2, 0.05)),
        (mixed(TEAL, "#ffffff", 0.9), (0.09, 0.02, 0.04, 0.01)),
        (mixed(TEAL, "#000000", 0.2), (0.72, 0.16, 0.32, 0.28)),
        (mixed(PURPLE, "#ffffff", 0.5), (0.5, 0.475, 0.1, 0.05)),
        ("#ffffff", NO_INK),
        ("#1c1f24", BLACK_INK),
    ],
)
def test_mixtures_with_white_and_black_are_of_the_same_inks(colour: str, ink: tuple[float, ...], inks: Inks) -> None:
    assert inks.painted(rgb(colour)) == pytest.approx(ink, abs=0.004)


def test_other_colours_go_through_the_profile_as_before(inks: Inks) -> None:
    plain = Inks(profile_at(SHIPPED))
    for colour in ("#93360f", "#8fc4c4", "#b9bec6", "#fdfdfd", "#e4e7eb", "#f2f3f5"):
        assert inks.painted(rgb(colour)) == plain.painted(rgb(colour)), colour


def test_a_colour_keeps_its_inks_on_its_way_to_another_process() -> None:
    colour = pickle.loads(pickle.dumps(PaletteColour(TEAL, (0.9, 0.2, 0.4, 0.1))))  # noqa: S301  (our own)
    assert (colour, colour.ink) == (TEAL, (0.9, 0.2, 0.4, 0.1))
