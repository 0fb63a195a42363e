"""Covers: titles as large as they have room for, equally in all languages, under the shapes of all categories."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.project import Project, shipped

MM = 72 / 25.4
"""pt a mm"""
SHAPES = ("circle", "square", "diamond", "hexagon", "triangle", "pentagon")
TITLE = 54.0
"""Size in pt of a title that has room for it."""
ART = "{% import 'marks.html' as marks with context %}{% include 'toolkit/cover_art.html' %}"
PLACED = re.compile(r'translate\((-?[\d.]+) (-?[\d.]+)\) scale\(([\d.]+)\)" fill="#')


def title_sizes(path: Path, page: int, *first_words: str) -> list[float]:
    """The heights of the lines that begin titles, in pt."""
    return [max(found.height for found in reading.find(path, page, words)) for words in first_words]


def test_titles_stand_below_one_another_equally_large(made: Made) -> None:
    path = made("toolkit")
    welsh, english = (
        max(reading.find(path, 0, word), key=lambda found: found.height) for word in ("Fframwaith", "Framework")
    )
    assert welsh.height == pytest.approx(english.height, rel=0.01)
    assert welsh.height > 0.65 * TITLE, "54 pt, of which a capital is two thirds"
    assert welsh.left == pytest.approx(english.left, abs=3)
    assert welsh.left == pytest.approx(20 * MM, abs=5)
    assert welsh.bottom > english.bottom + 2 * TITLE * 0.9


@pytest.mark.parametrize("layout", ["back-to-back", "tilt-and-turn"])
def test_a_cover_for_each_language_has_titles_of_one_size(made: Made, layout: str) -> None:
    path = made("toolkit", how={"layout": layout}, actions=("SP1",))
    pages = [page for page, text in enumerate(reading.pages(path)) if reading.squeezed("Wales Centre") in text]
    covers = [0, 1 if layout == "back-to-back" else next(page for page in pages if page > 1)]
    welsh, english = title_sizes(path, covers[0], "Fframwaith"), title_sizes(path, covers[1], "Framework")
    assert welsh == pytest.approx(english, rel=0.01)


def test_words_that_are_kept_together_break_no_line_before_them(mine: Copy) -> None:
    """“to people” has no room on the first line; the engine broke that at every space."""
    text = (mine.root / "content" / "framework.yaml").read_text("utf-8")
    mine.write("content/framework.yaml", text.replace("en: Framework for Action", "en: Bethan at £3.50 to people", 1))
    path = mine.make("toolkit", actions=("SP1",))
    largest = max(reading.find(path, 0, "Bethan"), key=lambda found: found.height)
    beside = max(reading.find(path, 0, "at £3"), key=lambda found: found.height)
    assert beside.bottom == pytest.approx(largest.bottom, abs=12), "on one line"


def test_a_long_title_is_set_smaller_in_both_languages(mine: Copy) -> None:
    long = "A framework for acting in very many ways, well, and with everybody who cares, in every place"
    text = (mine.root / "content" / "framework.yaml").read_text("utf-8")
    mine.write("content/framework.yaml", text.replace("en: Framework for Action", f"en: {long}", 1))
    path = mine.make("toolkit", actions=("SP1",))
    [welsh], [english] = title_sizes(path, 0, "Fframwaith"), title_sizes(path, 0, "framework")
    assert 0.3 * TITLE < welsh < 0.63 * TITLE
    assert welsh == pytest.approx(english, rel=0.12)


@pytest.mark.parametrize("high", [30, 60, 118, 180])
@pytest.mark.parametrize("count", range(1, 13))
def test_every_category_is_in_the_art(shipped_catalogue: Catalogue, count: int, high: int) -> None:
    """Each once, on the page at least with a good part, and none cut off where the titles begin."""
    one = shipped_catalogue.framework.categories[0]
    categories = [one.model_copy(update={"shape": SHAPES[at % len(SHAPES)]}) for at in range(count)]
    template = Templates(Project(shipped()), shipped_catalogue).environment.from_string(ART)
    html = template.render(categories=categories, high=high, tone="", edition=Edition(("cy", "en")))
    placed = [tuple(map(float, found)) for found in PLACED.findall(unquote(html))][:count]
    assert len(placed) == count
    for x, y, scale in placed:
        assert y + 100 * scale <= high + 0.1, "cut off below"
        assert y + 100 * scale > 0.2 * high, "above the page"
        assert min(x + 100 * scale, 210) - max(x, 0) > 40 * scale, "beside the page"
    assert len(set(placed)) == count


def test_what_may_be_said_of_a_selection_has_room_under_the_titles(made: Made) -> None:
    path = made(
        "toolkit", categories=("shared-purpose", "finance"), scales={"stage": ("early", "mid"), "time": ("long",)}
    )
    said = reading.find(path, 0, "Stage")[0]
    titles = max(reading.find(path, 0, "Framework"), key=lambda found: found.height)
    assert 27 * MM < said.bottom < titles.bottom


@pytest.mark.parametrize(
    ("words", "welsh", "english"),
    [
        (("--stage", "early"), "Cyfnod y cydweithio: Cynnar", "Stage: Early"),
        (("--partnership", "example-early"), "Cyfnod y cydweithio: Cynnar", "Stage: Early"),
        (
            ("--partnership", "example-mature", "--layout", "parallel-pages"),
            "Nifer y camau gweithredu: 12",
            "actions: 12",
        ),
    ],
)
def test_covers_in_large_print_say_what_was_selected(
    words: tuple[str, ...], welsh: str, english: str, tmp_path: Path
) -> None:
    """In a line a language: one that is too long, or several, would have no room; the colophon has them all."""
    done = typed("toolkit", *words, "--large-print", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.rglob("*.pdf")
    titles = max(reading.find(path, 0, "Framework"), key=lambda found: found.height)
    [first], [second] = reading.find(path, 0, welsh), reading.find(path, 0, english)
    assert second.bottom < first.bottom < titles.bottom


@pytest.mark.parametrize("how", [{}, {"low_ink": True}, {"layout": "back-to-back"}])
def test_the_pictures_of_what_is_selected_stand_in_lines_by_category(
    shipped_catalogue: Catalogue, how: dict[str, object]
) -> None:
    """Below the titles, those of each category in a line of their own, as wide as the titles' room."""
    plan = making.plan(shipped_catalogue, "toolkit", how=how)
    cover = plan.leaves[0]
    assert [row.data["action"].code for row in cover.rows] == list(plan.actions)
    square, pitch = cover.rows[0].data["square"], cover.rows[0].data["width"]
    lines = [row.data["action"].category for row in cover.rows if row.data["width"] != pitch]
    assert len(lines) == len(set(lines)) == 3, "the last of a line takes what is left of it"
    assert 0.97 * 170 < 6 * pitch + square <= 170
    room = cover.data["room"]
    assert room.titles_end < room.pictures_top
    assert 3 * square <= room.pictures


def test_categories_have_lines_of_their_own_in_large_print_too(shipped_catalogue: Catalogue) -> None:
    cover = making.plan(shipped_catalogue, "toolkit", how={"large_print": True}).leaves[0]
    pitch = cover.rows[0].data["width"]
    lines = [row.data["action"].category for row in cover.rows if row.data["width"] != pitch]
    assert len(lines) == len(set(lines)) == 3


def test_a_cover_of_one_language_in_large_print_has_room_for_what_is_said(tmp_path: Path) -> None:
    """Its titles end above that, as those of several languages do."""
    done = typed("toolkit", "--action", "SP1", "--language", "en", "--large-print", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = tmp_path.rglob("*.pdf")
    titles = max(reading.find(path, 0, "Framework"), key=lambda found: found.height)
    [said] = reading.find(path, 0, "Number of actions: 1")
    assert said.bottom < titles.bottom


def test_covers_of_other_actions_are_the_same_below_their_pictures(shipped_catalogue: Catalogue) -> None:
    first, second = (
        making.plan(shipped_catalogue, "toolkit", actions=actions).leaves[0]
        for actions in (("SP1", "GA1", "FM1"), ("SP2", "GA5", "FM3"))
    )
    assert first.data == second.data
    assert {row.data["action"].code for row in first.rows} == {"SP1", "GA1", "FM1"}
