"""`translate proof`: finished pages, beside each the key of every text, a box to tick and a line to write on."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import reading
from tests.making import PRODUCTS
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press import proofs
from toolkit_builder.press.geometry import Box, PageGeometry, Rectangle, TextPlace, TextRun
from toolkit_builder.press.proofs import FIRST, LAST, LEFT, LINE, TAG, TOP, Marked, marked, scale_of

FM5 = ("--action", "FM5")
FIXTURE = Path(__file__).parent.parent / "fixtures" / "three-languages"


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_text_of_a_page_has_its_key_beside_it(tmp_path: Path, shipped_catalogue: Catalogue, product: str) -> None:
    done = typed("translate", "proof", "--product", product, *FM5, "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / f"proof.{product}.cy.FM5.pdf"
    pages = reading.pages(path)
    assert done.err == f"{path}: {len(pages)} {'page' if len(pages) == 1 else 'pages'}\n"
    action = shipped_catalogue.action("FM5")
    said = {"summary": [action.title], "map-poster": [action.title], "dividers": [action.title]}
    whole = reading.texts_of(action) if product in ("cards", "handouts", "toolkit") else []
    for text in said.get(product, whole):
        key = reading.squeezed("FM5" + text.origin.key)
        assert any(reading.plain(text["cy"]) in page and key in page for page in pages), text.origin
    assert reading.sizes(path) == {(297, 210)}
    assert not whole or reading.plain(action.title["en"]) in "".join(pages), "the original beside it"


def test_the_original_has_no_translation_beside_it(tmp_path: Path, shipped_catalogue: Catalogue) -> None:
    typed("translate", "proof", "--product", "cards", *FM5, "--language", "en", "--output", tmp_path)
    said = "".join(reading.pages(tmp_path / "proof.cards.en.FM5.pdf"))
    title = shipped_catalogue.action("FM5").title
    assert reading.plain(title["en"]) in said
    assert reading.plain(title["cy"]) not in said


def test_each_sheet_says_what_to_do_in_the_language_that_is_read(tmp_path: Path, shipped_catalogue: Catalogue) -> None:
    how = shipped_catalogue.labels["proof"]["how"]
    for language in ("cy", "en"):
        typed("translate", "proof", *FM5, "--language", language, "--output", tmp_path)
        pages = reading.pages(tmp_path / f"proof.toolkit.{language}.FM5.pdf")
        for number, page in enumerate(pages, start=1):
            assert reading.plain(how[language].partition(".")[0]) in page
            assert f"{number}/{len(pages)}" in page
        assert "labelsselection.number" in pages[-1], "what was selected is a text like any other"
        other = how["en" if language == "cy" else "cy"]
        assert reading.plain(other.partition(".")[0]) not in "".join(pages)


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_number_covers_anything_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, product: str
) -> None:
    seen: list[tuple[PageGeometry, Marked]] = []

    def watched(page: PageGeometry, **how: Any) -> Marked:
        seen.append((page, marked(page, **how)))
        return seen[-1][1]

    monkeypatch.setattr(proofs, "marked", watched)
    actions = ("--action", "SP4", "--action", "GA3", "--action", "FM1")
    assert typed("translate", "proof", "--product", product, *actions, "--output", tmp_path).status == 0
    assert seen
    for page, made in seen:
        scale = scale_of(page.size.right, page.size.bottom)
        tags = [Rectangle(tag.x, tag.y, tag.x + tag.width, tag.y + TAG) for tag in made.tags]
        for tag in tags:
            assert 0 < tag.left < LEFT + made.width
        for run, tag in itertools.product(page.texts, tags):
            edges = (run.ink.left, run.ink.top, run.ink.right, run.ink.bottom)
            left, top, right, bottom = (
                start + scale * edge for start, edge in zip((LEFT, TOP) * 2, edges, strict=True)
            )
            assert tag.overlap(Rectangle(left, top, right, bottom)) == 0, (run.place, run.text)
        assert not any(one.overlap(other) for one, other in itertools.combinations(tags, 2))
        assert sum(_count(tag.words) for tag in made.tags) == len(made.notes), "every text has its number on the page"


def _count(words: str) -> int:
    first, _, last = words.partition("–")
    return int(last or first) - int(first) + 1


def test_keys_and_numbers_can_be_read(tmp_path: Path) -> None:
    typed("translate", "proof", *FM5, "--output", tmp_path)
    size, text = reading.smallest_type(tmp_path / "proof.toolkit.cy.FM5.pdf")
    assert size >= 7, text


def test_a_proof_is_the_same_twice(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        assert typed("translate", "proof", *FM5, "--output", tmp_path / folder).status == 0
    one, other = ((tmp_path / folder / "proof.toolkit.cy.FM5.pdf").read_bytes() for folder in ("one", "other"))
    assert one == other


def test_a_language_that_is_written_from_right_to_left(tmp_path: Path) -> None:
    shutil.copytree(FIXTURE, tmp_path / "gardd")
    done = typed("translate", "proof", "--language", "ar", "--project", tmp_path / "gardd", "--output", tmp_path)
    assert done.status == 0, done.err
    assert len(reading.pages(tmp_path / "proof.toolkit.ar.pdf")) > 8


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--language", "fr"), "--language: no language “fr”. Allowed: cy, en."),
        (("--language", "both"), "--language: no language “both”. Allowed: cy, en."),
        (("--action", "XX9"), "--action: no value “XX9”. Allowed: SP1"),
        (("--product", "poster"), "--product: no product “poster”. Allowed: badges, blank-cards, cards"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_there_is_not(tmp_path: Path, words: tuple[str, str], said: str) -> None:
    done = typed("translate", "proof", *words, "--output", tmp_path)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


# -- where notes and numbers stand -------------------------------------------------------------------------------------

SHEET = Rectangle(0, 0, 210, 297)


def page_of(*places: tuple[str, float, float], block: int = 0, boxes: tuple[Box, ...] = ()) -> PageGeometry:
    """A page with texts, each its key, and its top and left in mm; each in a block of its own unless one is given."""
    runs = tuple(
        TextRun(TextPlace("leaf", key, "cy", "cy"), "x", Rectangle(left, top, left + 20, top + 4), SHEET,
                block or number, ("A",), 400, False, 12, (), frozenset())
        for number, (key, top, left) in enumerate(places, start=1)
    )  # fmt: skip
    return PageGeometry(1, "leaf", SHEET, runs, boxes, (), ())


def test_notes_keep_apart_and_on_the_sheet() -> None:
    many = marked(page_of(*((f"a.yaml#t[{number}]", 280 + number * 0.01, 20) for number in range(40)))).notes
    rows = [note.y for note in many]
    assert rows == sorted(rows)
    assert min(later - row for row, later in itertools.pairwise(rows)) > 3.4
    assert rows[0] >= FIRST
    assert rows[-1] <= LAST


def test_a_note_stands_beside_its_text_where_there_is_room() -> None:
    [one, other] = marked(page_of(("a.yaml#a", 60, 20), ("a.yaml#b", 200, 20))).notes
    scale = scale_of(210, 297)
    assert (one.y, other.y) == pytest.approx((TOP + 60 * scale, TOP + 200 * scale), abs=0.01)


def test_very_many_notes_stand_in_columns() -> None:
    notes = marked(page_of(*((f"a.yaml#t[{number}]", number * 2, 20) for number in range(100)))).notes
    assert [note.number for note in notes] == list(range(1, 101))
    assert len({note.x for note in notes}) == 3
    assert max(note.y for note in notes) <= LAST


def test_a_text_that_runs_over_lines_is_one_text() -> None:
    page = page_of(("content/actions/SP1.yaml#purpose", 30, 20), ("content/actions/SP1.yaml#purpose", 35, 20))
    [note] = marked(page).notes
    assert (note.number, note.label) == (1, "SP1 purpose")


def test_beside_a_text_stands_what_it_was_translated_from_as_far_as_it_has_room() -> None:
    words = "Come to know what there is in a place, what people want of it, and what they would like to keep."
    originals = {"a.yaml#a": words, "a.yaml#b": f"{words} {words}"}
    [one, other] = marked(page_of(("a.yaml#a", 60, 20), ("a.yaml#b", 200, 20)), originals=originals).notes
    assert one.said == words
    assert other.said.startswith(words.removesuffix("."))
    assert other.said.endswith("…")
    assert one.height == pytest.approx(2 * LINE)
    several = page_of(*((f"a.yaml#t[{number}]", number * 9, 20) for number in range(30)), ("a.yaml#a", 280, 20))
    last = marked(several, originals=originals).notes[-1]
    assert (last.height, last.said[-1]) == (LINE, "…"), "one line where there are many"
    assert words.startswith(last.said.removesuffix("…"))
    most = page_of(*((f"a.yaml#t[{number}]", number * 2, 20) for number in range(100)), ("a.yaml#a", 280, 20))
    assert marked(most, originals=originals).notes[-1].said == "", "in columns there is room for keys alone"


def test_a_number_keeps_clear_of_the_mark_of_a_list() -> None:
    item = Box(TextPlace("leaf"), "li", Rectangle(40, 30, 90, 34), ())
    [tag] = marked(page_of(("a.yaml#a", 30, 40), boxes=(item,))).tags
    assert tag.x + tag.width < LEFT + (40 - 3) * scale_of(210, 297)


def test_texts_that_begin_in_one_line_share_a_number() -> None:
    """A number in the middle of the line would cover what stands before."""
    [tag] = marked(page_of(("a.yaml#a", 30, 20), ("a.yaml#b", 30, 40), ("a.yaml#c", 30, 60), block=1)).tags
    assert tag.words == "1–3"
    assert tag.x + tag.width < LEFT + 20 * scale_of(210, 297)


def test_a_number_keeps_clear_of_what_is_drawn_before_the_text() -> None:
    symbol = Box(TextPlace("leaf"), "span.symbol", Rectangle(30, 30, 39, 34), ())
    [tag] = marked(page_of(("a.yaml#a", 30, 40), boxes=(symbol,))).tags
    assert tag.x + tag.width < LEFT + 30 * scale_of(210, 297)


def test_from_right_to_left_numbers_stand_at_the_right() -> None:
    [tag] = marked(page_of(("a.yaml#a", 30, 120)), from_right=True).tags
    assert tag.x > LEFT + 140 * scale_of(210, 297)
