"""Room on the printed page: what a printer cannot print, where to write, and pages that say what they belong to."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import making, reading
from tests.products.conftest import Made
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.languages import breaking

MM = 72 / 25.4
LAYOUTS = ("parallel-columns", "block-by-block", "top-and-bottom")
LARGE: dict[str, Any] = {"large_print": True}


def margins(picture: Image.Image, width: float) -> tuple[float, float, float, float]:
    """How far the ink keeps from the left, top, right and bottom of a page of this width in mm."""
    dark = picture.convert("L").point(lambda light: 255 if light < 245 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, dark.width, dark.height)
    scale = width / dark.width
    return left * scale, top * scale, (dark.width - right) * scale, (dark.height - bottom) * scale


@pytest.mark.parametrize("layout", LAYOUTS)
def test_ink_on_handouts_keeps_clear_of_what_a_printer_leaves_white(made: Made, layout: str) -> None:
    path = made("handouts", how={"layout": layout})
    for page in range(len(reading.pages(path))):
        assert min(margins(reading.picture(path, page, 1.5), 210)) > 9.7, page + 1


@pytest.mark.parametrize("language", ["both", "cy"])
def test_ink_on_cards_keeps_clear_of_the_cut(made: Made, language: str) -> None:
    path = made("cards", language)
    for page in range(len(reading.pages(path))):
        left, top, right, bottom = margins(reading.picture(path, page, 2), 105)
        assert min(left, top, right) > 4.7, page + 1
        assert bottom > 5.9, (
            f"page {page + 1}: type at the foot is within what a print shop asks for, and a cut may be off"
        )


# -- lines to write on -------------------------------------------------------------------------------------------------


def lines(path: Path, page: int, sides: tuple[float, float], ends: tuple[float, float], scale: float = 2) -> int:
    """How many ruled lines there are between two heights (from below) and over the width between two sides, in pt."""
    picture = reading.picture(path, page, scale).convert("L")
    left, right = (int(side * scale) for side in sides)
    top, bottom = (int(picture.height - end * scale) for end in ends)
    rows = picture.crop((left, top, right, bottom)).resize((1, bottom - top), Image.Resampling.BOX)
    marked = [light < 235 for light in rows.tobytes()]
    return sum(is_marked and not before for is_marked, before in zip(marked, [False, *marked], strict=False))


def rules(picture: Image.Image, across: int, scale: float) -> list[float]:
    """Where ruled lines cross a height of a grey picture, in pt from the top."""
    column = picture.crop((across, 0, across + 1, picture.height)).tobytes()
    marked = [light < 235 for light in column]
    return [y / scale for y, (before, is_marked) in enumerate(pairwise(marked)) if is_marked and not before]


def notes(catalogue: Catalogue, path: Path, page: int, language: str) -> tuple[float, float, float] | None:
    """Where the room to write in a language begins on the left, and its upper and lower end; None if there is none."""
    heading = reading.find(path, page, catalogue.labels["handout"]["notes"][language])
    first = catalogue.actions[page].lost or catalogue.labels["colophon"]["provisional"]  # what the foot begins with
    foot = reading.find(path, page, first[language][:12])
    return (heading[0].left, heading[0].bottom - 3, foot[0].bottom + 8) if heading else None


@pytest.mark.parametrize("scale", [0.7, 1, 1.5, 3])
def test_top_and_bottom_have_as_many_lines(made: Made, shipped_catalogue: Catalogue, scale: float) -> None:
    path = made("handouts", how={"layout": "top-and-bottom"})
    for page in range(len(shipped_catalogue.actions)):
        both = [notes(shipped_catalogue, path, page, language) for language in ("cy", "en")]
        counts = [lines(path, page, (40, 550), room[1:], scale) for room in both if room]
        assert len(counts) in (0, 2)
        assert len(set(counts)) < 2, page + 1
        assert all(count >= 2 for count in counts), page + 1


@pytest.mark.parametrize("scale", [0.7, 1, 1.5, 3])
def test_the_columns_have_as_many_lines(made: Made, shipped_catalogue: Catalogue, scale: float) -> None:
    path = made("handouts")
    for page in range(len(shipped_catalogue.actions)):
        welsh, english = (notes(shipped_catalogue, path, page, language) for language in ("cy", "en"))
        assert welsh
        assert english
        ends = (welsh[1], max(welsh[2], english[2]))  # at the foot, a language stands below the other
        left, right = (lines(path, page, (room[0] + 170, room[0] + 250), ends, scale) for room in (welsh, english))
        assert left == right >= 5, page + 1


@pytest.mark.parametrize(("large", "row"), [(False, 8), (True, 12)])
def test_rows_to_write_on_are_whole(made: Made, shipped_catalogue: Catalogue, *, large: bool, row: float) -> None:
    """A question stands over the first of its rows, without a rule below it; all are as high, and the next question
    begins below the last.
    """
    path = made("handouts", "en", how={"large_print": large})
    labels, scale = shipped_catalogue.labels, 4
    fields = rf"{labels['worksheet']['who']['en']}\s+{labels['worksheet']['when']['en']}"
    questions = [*(re.escape(labels["handout"][name]["en"]) for name in ("already", "next")), fields]
    counted = 0
    for page in range(len(reading.pages(path))):
        found = [reading.find(path, page, question) for question in questions]
        if not all(found):
            continue
        picture = reading.picture(path, page, scale).convert("L")
        lines = rules(picture, int(100 * MM * scale), scale)
        texts = [picture.height / scale - one[0].bottom for one in found]
        counts = []
        for text, end in zip(texts, [*texts[1:], texts[-1] + 1.4 * row * MM], strict=True):
            below = [line for line in lines if text < line < end]
            assert row * MM < below[0] - text < 1.5 * row * MM, page + 1
            assert [later - line for line, later in pairwise(below)] == pytest.approx(
                [row * MM] * (len(below) - 1), abs=0.3
            )
            assert end - below[-1] >= 0.6 * row * MM or end > texts[-1], page + 1
            counts.append(len(below))
        assert 2 <= counts[0] <= counts[1] <= counts[0] + 1, "the second question has an odd row"
        assert counts[2] == 1, page + 1
        counted += 1
    assert counted == len(shipped_catalogue.actions)


def test_block_by_block_has_room_to_write_or_no_heading_for_it(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("handouts", how={"layout": "block-by-block"})
    with_room = 0
    for page in range(len(shipped_catalogue.actions)):
        rooms = [notes(shipped_catalogue, path, page, language) for language in ("cy", "en")]
        for room in rooms:
            if room:
                assert lines(path, page, (40, 550), room[1:]) >= 3, page + 1
                with_room += 1
    assert with_room == 2 * len(shipped_catalogue.actions)


# -- several pages -----------------------------------------------------------------------------------------------------

SOME = ("SP1", "SP2", "GA1", "GA5", "FM2")


@pytest.mark.parametrize("layout", ["back-to-back", "block-by-block"])
def test_large_handouts_have_no_page_that_says_nothing(made: Made, shipped_catalogue: Catalogue, layout: str) -> None:
    """Each page is about its action, with more on it than its foot, or is the blank back of a sheet."""
    path = made("handouts", how={"layout": layout, **LARGE}, actions=SOME)
    pages = reading.pages(path)
    source, labels = shipped_catalogue.framework.source, shipped_catalogue.labels["colophon"]
    foot = [labels["source"], source.publisher, source.licence, labels["provisional"]]
    foot.append(shipped_catalogue.labels["handout"]["draft"])
    for number, page in enumerate(pages):
        if not page:  # so that the next action begins on the front of a sheet
            assert number % 2, "only a back is left blank"
            continue
        [action] = [code for code in SOME if code in page]
        titles = shipped_catalogue.action(action).title.as_dict().values()
        assert any(reading.plain(title) in page for title in titles), number + 1
        rest = page
        for text in [*(words for one in foot for words in one.as_dict().values()), *titles, action]:
            rest = rest.replace(reading.plain(text), "")
        assert len(rest) > 20, number + 1
    assert len(pages) > len(reading.bookmarks(path))


def test_facing_pages_of_the_toolkit_line_up(made: Made, shipped_catalogue: Catalogue) -> None:
    """Whether titles and purposes take one line or two, what comes below begins at the same height."""
    path = made("toolkit", actions=SOME)
    label = shipped_catalogue.framework.column("examples").label
    [first] = [page for _, title, page in reading.bookmarks(path) if title.startswith("SP1 ")][:1]
    heights = {
        round(reading.find(path, first + offset + side, label[language])[0].bottom, 1)
        for offset in (0, 2)
        for side, language in enumerate(("cy", "en"))
    }
    assert max(heights) - min(heights) < 2.5, heights  # letters of other shapes


def test_titles_side_by_side_stand_in_the_middle_of_their_band(made: Made, shipped_catalogue: Catalogue) -> None:
    """Each by its own lines: one of one line beside one of two stood in the upper half."""
    path = made("handouts")
    for page, action in enumerate(shipped_catalogue):
        middles = []
        for language in ("cy", "en"):
            first, last = (
                max(reading.find(path, page, rf"\b{re.escape(word)}\b"), key=lambda one: one.bottom)
                for word in (action.title[language].split()[0], action.title[language].split()[-1])
            )
            middles.append((first.bottom + first.height + last.bottom) / 2)
        assert middles[0] == pytest.approx(middles[1], abs=1.3 * MM), action.code


def test_what_stands_above_the_strip_of_a_card_keeps_its_distance(made: Made, shipped_catalogue: Catalogue) -> None:
    """At least 2.5 mm of white above the row with the scales."""
    path = made("cards")
    for page, _ in enumerate(reading.pages(path)):
        labels = reading.find(path, page, "Cam y cydweithio|Stage")
        if not labels or page < 2:
            continue
        picture = reading.picture(path, page, 4).convert("L")
        row = next(
            row for row in range(picture.height - 100, 0, -1) if picture.getpixel((int(6.5 * MM * 4), row)) == 255
        )
        above = picture.crop((40, row - int(2.2 * MM * 4), picture.width - 40, row - 4)).getextrema()
        assert above == (255, 255), page + 1


def test_large_handouts_have_text_on_one_page_and_room_to_write_on_the_next(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    """In both languages alike, those that say most too; what is said at the foot comes last."""
    pages = [reading.squeezed(page) for page in reading.pages(made("handouts", how=LARGE, actions=("SP4", "GA1")))]
    labels, people = shipped_catalogue.labels, shipped_catalogue.framework.people[0].label
    assert len(pages) == 8
    for number, page in enumerate(pages):
        language = ("cy", "en")[number % 2]
        told = [people, labels["handout"]["notes"], labels["colophon"]["source"]]
        assert [reading.squeezed(text[language]) in page for text in told] == (
            [True, False, False] if number % 4 < 2 else [False, True, True]
        ), number + 1


def test_contents_and_map_in_large_print_leave_no_few_rows_for_a_page(made: Made, shipped_catalogue: Catalogue) -> None:
    """Contents that run over by a few rows are set closer; of the map, no page has fewer than five actions."""
    codes = [action.code for action in shipped_catalogue if action.code[-1] in "1256"]
    pages = reading.pages(made("toolkit", "en", how=LARGE, actions=codes))
    labels = shipped_catalogue.labels
    guide, contents, colophon, the_map = (
        reading.squeezed(labels[each]["title"]["en"]) for each in ("toolkit_guide", "contents", "colophon", "map")
    )
    said = [reading.squeezed(page) for page in pages]
    [listing] = [at for at, page in enumerate(said) if contents in page and colophon in page]
    assert guide in said[listing], "first row and last are on one page"
    begins = listing + 1
    assert the_map in said[begins]
    stage = shipped_catalogue.framework.scales[0].label["en"]
    for page in pages[begins : begins + 2]:
        assert page.count(f"{stage}:") >= 5


def test_the_summary_in_large_print_has_a_category_on_each_page(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("summary", "cy", how=LARGE))
    for category, page in zip(shipped_catalogue.framework.categories, pages, strict=False):
        codes = {action.code for action in shipped_catalogue if action.category == category.id}
        assert set(re.findall(r"[A-Z]{2}\d", page)) == codes


def test_back_to_back_both_languages_take_as_many_pages_in_large_print(shipped_catalogue: Catalogue) -> None:
    """The shorter one has pages to write on, where there would be blank ones."""
    plan = making.plan(shipped_catalogue, "handouts", how={"layout": "back-to-back", **LARGE}, actions=("SP1", "SP2"))
    names = [leaf.name for leaf in plan.leaves]
    done = plan.numbered(dict(zip(names, (3, 2, 2, 2), strict=True)))
    assert [leaf.pages for leaf in done.leaves] == [3, 3, 2, 2]
    assert [leaf.data.get("more_pages") for leaf in done.leaves] == [0, 1, 0, 0]
    assert None not in [page for _, page in done.sequence()]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("Sicrhewch hyn arnynt.", "Sicrhewch hyn\u00a0arnynt."),
        ("Peidiwch â ‘gwneud pethau iddynt’.", "Peidiwch â\u00a0‘gwneud pethau\u00a0iddynt’."),
        ("Un.", "Un."),
        ("Darllenwch y [wefan](https://example.org).", "Darllenwch y\u00a0[wefan](https://example.org)."),
        ("A " + "hir" * 9 + " iawn.", "A " + "hir" * 9 + " iawn."),
    ],
)
def test_the_last_word_of_a_purpose_is_not_alone(text: str, closed: str) -> None:
    assert breaking.closed(text, "cy") == closed


# -- nothing drifts ----------------------------------------------------------------------------------------------------


def test_scales_stand_at_one_height_on_all_handouts(made: Made, shipped_catalogue: Catalogue) -> None:
    """Side by side and back to back, however many lines a purpose takes."""
    label = shipped_catalogue.framework.scales[-1].label
    for how, pages in (({}, 21), ({"layout": "back-to-back"}, 42)):
        path = made("handouts", how=how)
        heights = {
            round(max(one.bottom for one in reading.find(path, page, f"{label['cy']}|{label['en']}")))
            for page in range(pages)
        }
        assert max(heights) - min(heights) <= 1, how


def test_scales_begin_at_the_same_places_on_all_handouts(made: Made, shipped_catalogue: Catalogue) -> None:
    """Side by side, however long their values are; and as far from the edge in one language as in the other."""
    path = made("handouts")
    for scale in shipped_catalogue.framework.scales:
        heads = [
            [reading.find(path, page, rf"{re.escape(scale.label[language])}(?!\w)")[place].left for page in range(21)]
            for language, place in (("cy", 0), ("en", 0))
        ]
        assert all(max(lefts) - min(lefts) < 0.2 for lefts in heads), scale.id
        assert heads[1][0] - heads[0][0] == pytest.approx(95 * MM, abs=1), scale.id


def test_heads_side_by_side_are_one_band_with_one_number(made: Made, shipped_catalogue: Catalogue) -> None:
    """From the edge of one language to that of the other, without a seam; the number stands in it once."""
    path, scale = made("handouts"), 4
    for page, action in enumerate(shipped_catalogue):
        picture = reading.picture(path, page, scale).convert("RGB")
        band = picture.crop(
            (round(16 * MM * scale), round(18.6 * MM * scale), round(194 * MM * scale), round(19 * MM * scale))
        )
        assert len(band.getcolors() or ()) == 1, action.code
        number = str(shipped_catalogue.number(action))
        found = [one for one in reading.find(path, page, rf"(?<!\w){number}(?!\w)") if one.bottom > 255 * MM]
        assert len(found) == 1, action.code


def _notes(path: Path, page: int, heading: str) -> float:
    """How high the room to write begins, in pt from the foot of the page."""
    return reading.find(path, page, heading)[-1].bottom


def test_pages_of_actions_are_full(made: Made, shipped_catalogue: Catalogue) -> None:
    """What the text leaves is room to write, at one height on facing pages, and on most: none begins higher than that.
    The space above it is that of two rows and a line at most.
    """
    path, notes = made("toolkit"), shipped_catalogue.labels["action"]["notes"]
    starts = {title: page for _, title, page in reading.bookmarks(path)}
    scale = 2
    begins = []
    for action in shipped_catalogue:
        welsh, english = (starts[f"{action.code} {action.title[language]}"] for language in ("cy", "en"))
        heights = [_notes(path, page, notes[language]) for page, language in ((welsh, "cy"), (english, "en"))]
        assert heights[0] == pytest.approx(heights[1], abs=0.5), action.code
        begins.append(heights[0])
        gaps = []
        for page, height in zip((welsh, english), heights, strict=True):
            picture = reading.picture(path, page, scale).convert("L")
            above = picture.height - round(
                (height + 8.6 * MM) * scale
            )  # the rule is 8 mm above the foot of the heading
            text = picture.crop((round(20 * MM * scale), 0, round(190 * MM * scale), above))
            _, _, _, end = text.point(lambda light: 255 if light < 235 else 0).getbbox() or (0, 0, 0, 0)
            gaps.append((above - end) / scale / MM)
        assert 3 < min(gaps) < 28, (action.code, gaps)
    assert sum(max(begins) - each < 1 for each in begins) > len(begins) / 2
