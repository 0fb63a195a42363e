"""The large printed things of a workshop: the mat, the wall plan, the map, and the facilitator's guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.products.test_workshop_things import first_letter, letters
from tests.typed import ROOT, typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Action, Catalogue, Rating
from toolkit_builder.press.imposition.tiling import grid
from toolkit_builder.products.chart import chart
from toolkit_builder.products.wall_map import LEAST_COLUMN, WIDTH, WallMap, wall_map

PX = 6.0
"""pixels a mm"""
SIZES = {"sorting-mat": (594, 420), "wall-plan": (420, 297), "map-poster": (420, 594), "facilitator-guide": (297, 210)}
LEAST_TYPE = {"sorting-mat": 9.5, "wall-plan": 9.5, "map-poster": 9.5, "facilitator-guide": 9.5}
LABELS = {"sorting-mat": "mat", "wall-plan": "plan"}
A6 = (105, 148)
CLOSE = 0.6
"""mm: half of a line and of a pixel."""


def page_of(path: Path, number: int = 0) -> Image.Image:
    """A page in grey, in so many pixels a mm."""
    return reading.picture(path, number, PX * 25.4 / 72).convert("L")


def upright_lines(picture: Image.Image, least: float) -> list[float]:
    """Where lines stand upright that are this long, dashed or not, in mm from the left; each once."""
    dark = picture.point(lambda value: 255 if value < 190 else 0)
    shares = list(dark.resize((picture.width, 1), Image.Resampling.BOX).tobytes())
    columns = [x for x, share in enumerate(shares) if share / 255 * picture.height / PX > least]
    starts = [x for x in columns if x - 1 not in columns]
    ends = [x for x in columns if x + 1 not in columns]
    return [(start + end + 1) / 2 / PX for start, end in zip(starts, ends, strict=True)]


def placed_words(path: Path, words: str) -> Iterator[tuple[float, float, float, float]]:
    """Where words stand on the first page: left, bottom, right, top, in mm from its left lower corner."""
    with pdfium.PdfDocument(path) as document:
        text_page = document[0].get_textpage()
        said = "".join(one.letter for one in letters(text_page))
        for found in re.finditer(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)", said):
            boxes = [text_page.get_charbox(at) for at in range(*found.span()) if said[at].strip()]
            edges = [min(box[0] for box in boxes), min(box[1] for box in boxes)]
            edges += [max(box[2] for box in boxes), max(box[3] for box in boxes)]
            left, bottom, right, top = (edge * 25.4 / 72 for edge in edges)
            yield left, bottom, right, top


def is_on_one_tile(place: tuple[float, float, float, float], sheets: Path, height: float) -> bool:
    """Whether a place, from the left lower corner of its page, is on one tile, and its seams leave it whole."""
    left, bottom, right, top = place
    return any(
        x <= left and right <= end and start <= height - top and height - bottom <= foot
        for x, start, end, foot in reading.tile_areas(sheets)
    )


# -- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", SIZES)
def test_it_is_tagged_of_its_size_and_large_enough_to_read(product: str, made: Made) -> None:
    path = made(product)
    assert reading.failures(path) == ""
    assert reading.sizes(path) == {SIZES[product]}
    assert reading.smallest_type(path)[0] >= LEAST_TYPE[product] - 0.01


@pytest.mark.parametrize("product", ["sorting-mat", "wall-plan", "map-poster"])
def test_it_comes_tiled_on_as_many_sheets_as_its_size_takes(product: str, made: Made) -> None:
    path = made(product)
    with pikepdf.open(path.with_name(f"{product}.cy-en.sheets.pdf")) as pdf:
        assert len(pdf.pages) == grid(*SIZES[product]).count


@pytest.mark.parametrize("product", LABELS)
def test_both_languages_stand_there_in_equal_type_welsh_first(
    product: str, made: Made, shipped_catalogue: Catalogue
) -> None:
    with pdfium.PdfDocument(made(product)) as document:
        pages = [page.get_textpage() for page in document]
        for name, text in shipped_catalogue.labels[LABELS[product]].items():
            cy, en = (first_letter(pages, text, language) for language in ("cy", "en"))
            assert cy, name
            assert en, name
            assert cy.size == pytest.approx(en.size, abs=0.01), name
            assert cy.left < en.left - 1 or cy.top > en.top + 1, name


@pytest.mark.parametrize("product", SIZES)
def test_any_framework_has_it_in_its_languages(product: str, tmp_path: Path) -> None:
    done = typed(product, "--project", ROOT / "examples" / "good-meeting", "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / f"{product}.cy-en-pl.pdf"
    assert reading.failures(path) == ""
    assert {element.language for element in reading.tree(path) if element.text} == {"cy", "en", "pl"}


def test_a_pack_says_whose_it_is_and_has_tiles_though_it_wants_no_cards_on_sheets(tmp_path: Path) -> None:
    partnership = ROOT / "content" / "partnerships" / "example-mature.yaml"
    assert "sheets: false" in partnership.read_text("utf-8")
    done = typed("sorting-mat", "--partnership", partnership, "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / "packs" / "example-mature" / "sorting-mat.example-mature.cy-en.pdf"
    assert "RhwydwaithBroDychymyg" in "".join(reading.pages(path))
    assert path.with_name("sorting-mat.example-mature.cy-en.sheets.pdf").is_file()


@pytest.mark.parametrize(("product", "group"), [("sorting-mat", "mat"), ("wall-plan", "plan")])
def test_every_heading_is_whole_on_one_tile(product: str, group: str, made: Made, shipped_catalogue: Catalogue) -> None:
    """Wherever it stands, upright or turned, in either language."""
    path = made(product)
    cut = path.with_name(f"{product}.cy-en.sheets.pdf")
    for name, text in shipped_catalogue.labels[group].items():
        for language in ("cy", "en"):
            places = list(placed_words(path, text[language]))
            assert len(places) >= (2 if product == "sorting-mat" else 3), name
            for place in places:
                assert is_on_one_tile(place, cut, SIZES[product][1]), f"{name}.{language} at {place}"
    if product == "sorting-mat":
        for left in (8 + 1.4 + start for start in (8.3, 235.1, 461.9)):
            assert is_on_one_tile((left, 20, left + A6[0], 20 + A6[1]), cut, SIZES[product][1]), "a place for a card"


# -- the mat -----------------------------------------------------------------------------------------------------------


def test_places_on_the_mat_are_as_large_as_cards(made: Made) -> None:
    picture = page_of(made("sorting-mat"))
    zone = picture.crop((round(12 * PX), round(212 * PX), round(582 * PX), round(404 * PX)))
    for picture, side, count in ((zone, A6[0], 3), (zone.transpose(Image.Transpose.ROTATE_90), A6[1], 1)):
        lines = upright_lines(picture, 0.35 * (A6[1] if count == 3 else 3 * A6[0]))
        assert len(lines) == 2 * count
        for left, right in zip(lines[::2], lines[1::2], strict=True):
            assert right - left == pytest.approx(side, abs=CLOSE)
        if count == 3:
            assert sum(lines) / 6 == pytest.approx(297 - 12, abs=CLOSE), "in the middle of the mat"
            between = [after - before for before, after in pairwise(lines)][1::2]
            beside = [lines[0] + 12 - 8 - 1.4, 586 - 1.4 - 12 - lines[-1]]
            assert between == pytest.approx([between[0]] * 2, abs=CLOSE)
            assert beside == pytest.approx([(between[0] - A6[0]) / 2] * 2, abs=CLOSE), "room for a card between them"


def test_zones_are_told_apart_without_colour(made: Made) -> None:
    """Tinted, hatched, white: at the middle of each, where no words are."""
    picture = page_of(made("sorting-mat"))

    def greys(x: float, y: float) -> tuple[int, int]:
        square = picture.crop((round(x * PX), round(y * PX), round((x + 30) * PX), round((y + 30) * PX)))
        low, high = square.getextrema()
        assert isinstance(low, int)
        assert isinstance(high, int)
        return low, high

    already, not_now, following = greys(130, 90), greys(420, 90), greys(160, 290)
    assert already[0] == already[1]
    assert 200 < already[0] < 240
    assert not_now[0] < 180
    assert not_now[1] == 255
    assert following == (255, 255)


def test_headings_of_the_mat_are_40_pt_and_stand_there_again_upside_down(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    with pdfium.PdfDocument(made("sorting-mat")) as document:
        text_page = document[0].get_textpage()
        said = reading.squeezed(text_page.get_text_range())
        for text in shipped_catalogue.labels["mat"].values():
            for language in ("cy", "en"):
                assert said.count(reading.squeezed(text[language])) >= 2
        first = first_letter([text_page], shipped_catalogue.labels["mat"]["next"], "cy")
    assert first
    assert first.size == pytest.approx(40, abs=0.1)
    picture = page_of(made("sorting-mat"))
    top = picture.crop((round(12 * PX), round(10 * PX), round(290 * PX), round(29 * PX)))
    bottom = picture.crop((round(12 * PX), round(183 * PX), round(290 * PX), round(202 * PX)))
    turned = bottom.transpose(Image.Transpose.ROTATE_180)
    ink = [image.point(lambda value: 255 if value < 128 else 0).getbbox() for image in (top, turned)]
    assert ink[0]
    assert ink[1]
    assert [edge / PX for edge in ink[0]] == pytest.approx([edge / PX for edge in ink[1]], abs=2)


def test_a_heading_that_is_turned_out_of_its_room_is_a_fault(mine: Copy, tmp_path: Path) -> None:
    style = (mine.root / "styles" / "sorting-mat.css").read_text("utf-8")
    assert "rotate(180deg)" in style
    mine.write("styles/sorting-mat.css", style.replace("rotate(180deg)", "rotate(180deg) translate(30mm)"))
    done = typed("sorting-mat", "--project", mine.root, "--output", tmp_path)
    assert done.status == 1
    assert "is not on its page" in done.err


# -- the wall plan -----------------------------------------------------------------------------------------------------


def test_docks_of_the_plan_are_as_wide_as_cards_and_leave_the_sheet_to_write_on(made: Made) -> None:
    """Each is open at the top of the sheet, on a line for the card's lower edge; below it are three rows of 70 mm."""
    picture = page_of(made("wall-plan"))
    docks = picture.crop((round(11 * PX), round(6 * PX), round(409 * PX), round(45 * PX)))
    sides = upright_lines(docks, 0.35 * 38)
    pairs = [(left, right) for left in sides for right in sides if abs(right - left + 0.5 - A6[0]) < CLOSE]
    assert len(pairs) == 3
    lane = picture.crop((round(50 * PX), round(58 * PX), round(130 * PX), round(288 * PX)))
    lines = upright_lines(lane.transpose(Image.Transpose.ROTATE_90), 0.9 * 80)
    assert len(lines) == 7, "the edges of three rows, and in each the line over who and by when"
    rows = lines[::2]
    assert all(below - above > 70 for above, below in pairwise(rows))


# -- the map -----------------------------------------------------------------------------------------------------------


def shipped_map(catalogue: Catalogue, actions: list[Action] | None = None, languages: int = 2) -> WallMap:
    actions = list(catalogue) if actions is None else actions
    groups = [(each, [a for a in actions if a.category == each.id]) for each in catalogue.framework.categories]
    return wall_map(chart(catalogue.framework, actions), [(each, those) for each, those in groups if those], languages)


def many(catalogue: Catalogue, count: int) -> list[Action]:
    """So many actions, all of them like those of the catalogue."""
    return [replace(action, code=f"{action.code}{at}") for at in range(count // 21 + 1) for action in catalogue][:count]


@pytest.mark.parametrize("count", [1, 21, 200])
def test_each_action_is_on_the_map_once_across_the_steps_that_suit_it(shipped_catalogue: Catalogue, count: int) -> None:
    actions = many(shipped_catalogue, count)
    placed = shipped_map(shipped_catalogue, actions)
    there = [bar.action.code for section in placed.sections for bar in section.bars]
    assert sorted(there) == sorted(action.code for action in actions)
    assert placed.across
    for section in placed.sections:
        for bar in section.bars:
            steps = placed.across.step_ids[bar.first : bar.end]
            suiting = tuple(step for step, suits in zip(steps, bar.suits, strict=True) if suits)
            assert bar.action.rating(placed.across.id).steps == suiting


@pytest.mark.parametrize("languages", [1, 2, 3])
@pytest.mark.parametrize("count", [1, 21, 200])
def test_no_two_bars_take_the_same_place(shipped_catalogue: Catalogue, count: int, languages: int) -> None:
    """Neither on a line, nor where a high one goes on on the lines below."""
    placed = shipped_map(shipped_catalogue, many(shipped_catalogue, count), languages)
    assert placed.column_width >= LEAST_COLUMN
    assert placed.lines == sum(len(section.lines) for section in placed.sections)
    for section in placed.sections:
        taken = [
            (at + down, column)
            for at, line in enumerate(section.lines)
            for bar in line
            for down in range(bar.high)
            for column in range(bar.first, bar.end)
        ]
        assert len(taken) == len(set(taken))
        assert max(at for at, _ in taken) < len(section.lines)
        assert max(column for _, column in taken) < placed.columns


def test_each_language_of_a_title_has_a_line_or_a_column(shipped_catalogue: Catalogue) -> None:
    for languages in (1, 2, 3, 4):
        for section in shipped_map(shipped_catalogue, languages=languages).sections:
            assert all((bar.high - 1) * bar.length < languages <= bar.high * bar.length for bar in section.bars)


def test_actions_with_the_same_steps_stand_in_the_order_of_the_framework(shipped_catalogue: Catalogue) -> None:
    order = [action.code for action in shipped_catalogue]
    for section in shipped_map(shipped_catalogue).sections:
        below: dict[tuple[int, int], list[int]] = {}
        for line in section.lines:
            for bar in line:
                below.setdefault((bar.first, bar.end), []).append(order.index(bar.action.code))
        assert all(those == sorted(those) for those in below.values())


def test_actions_without_a_step_come_last_one_in_each_column(shipped_catalogue: Catalogue) -> None:
    unstated = Rating((), any=False, basis="unstated")
    actions = [replace(action, values={**action.values, "stage": unstated}) for action in shipped_catalogue]
    placed = shipped_map(shipped_catalogue, actions)
    assert placed.notes == len(placed.sections)
    for section in placed.sections:
        assert section.lines == ()
        assert [bar.first for bar in section.bars] == [at % 3 for at in range(len(section.bars))]
        assert not any(any(bar.suits) for bar in section.bars)


def test_an_action_whose_steps_lie_apart_has_a_bar_with_a_gap(shipped_catalogue: Catalogue) -> None:
    action = next(iter(shipped_catalogue))
    apart = Rating(("early", "mature"), any=False, basis="source")
    placed = shipped_map(shipped_catalogue, [replace(action, values={**action.values, "stage": apart})])
    [bar] = placed.sections[0].bars
    assert (bar.first, bar.length, bar.suits) == (0, 3, (True, False, True))


def test_without_scales_sections_are_categories(mine: Copy) -> None:
    catalogue = load(mine.project)
    placed = wall_map(chart(catalogue.framework, []), [])
    assert placed.sections == ()
    framework = catalogue.framework.model_copy(
        update={"columns": tuple(each for each in catalogue.framework.columns if each.kind != "scale")}
    )
    assert not framework.scales
    groups = [(each, [a for a in catalogue if a.category == each.id]) for each in framework.categories]
    placed = wall_map(chart(framework, list(catalogue)), groups)
    assert (placed.across, placed.columns) == (None, 3)
    assert [section.category for section in placed.sections] == list(framework.categories)
    assert sum(len(section.bars) for section in placed.sections) == len(list(catalogue))


def test_every_title_is_on_the_map_in_both_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    [page] = reading.pages(made("map-poster"))
    for action in shipped_catalogue:
        for language in ("cy", "en"):
            assert page.count(reading.plain(action.title[language])) == 1, action.code


def test_an_action_stands_below_its_steps(made: Made, shipped_catalogue: Catalogue) -> None:
    """Those that suit one step only: in the column of that one."""
    path = made("map-poster")
    scale = shipped_map(shipped_catalogue).across
    assert scale
    for action in shipped_catalogue:
        steps = action.rating(scale.id).steps
        if len(steps) != 1:
            continue
        words = r"\s+".join(map(re.escape, action.title["en"].split()))
        [found] = reading.find(path, 0, words)
        column = int((found.left * 25.4 / 72 - 8) / (WIDTH / len(scale.steps)))
        assert scale.step_ids[column] == steps[0], action.code


def test_no_seam_of_the_map_goes_through_a_title(made: Made, shipped_catalogue: Catalogue) -> None:
    """All of a title is on one tile, and none is where seams are seen: at the right and the lower edge of tiles."""
    path = made("map-poster")
    sheets = path.with_name("map-poster.cy-en.sheets.pdf")
    _, height = SIZES["map-poster"]
    areas = reading.tile_areas(sheets)
    seams_across = {round(end, 2) for _, _, end, _ in areas}
    seams_down = {round(height - foot, 2) for _, _, _, foot in areas}
    for action in shipped_catalogue:
        for language in ("cy", "en"):
            [place] = placed_words(path, action.title[language])
            assert is_on_one_tile(place, sheets, height), action.code
            left, bottom, right, top = place
            assert not any(left < seam < right for seam in seams_across), action.code
            assert not any(bottom < seam < top for seam in seams_down), action.code


def test_the_map_has_a_key_of_shapes(made: Made, shipped_catalogue: Catalogue) -> None:
    """Each category in both languages, above all actions, in 14 pt or more."""
    with pdfium.PdfDocument(made("map-poster")) as document:
        text_page = document[0].get_textpage()
        first = [first_letter([text_page], action.title, "cy") for action in shipped_catalogue]
        for category in shipped_catalogue.framework.categories:
            for language in ("cy", "en"):
                letter = first_letter([text_page], category.title, language)
                assert letter, category.id
                assert letter.size >= 14
                assert all(letter.top > one.top for one in first if one)


def test_the_key_of_the_map_does_not_stand_over_its_columns(made: Made, shipped_catalogue: Catalogue) -> None:
    """A shape over a stage would seem to be that of the stage: the words of each begin 14 mm behind it."""
    path = made("map-poster")
    shapes = [
        reading.find(path, 0, category.title["cy"])[0].left * 25.4 / 72 - 14
        for category in shipped_catalogue.framework.categories[1:]
    ]
    columns = [9 + 404 / 3 * at for at in (1, 2)]
    assert all(abs(shape - column) > 6 for shape in shapes for column in columns)


def test_titles_of_the_map_are_read_from_two_metres(made: Made, shipped_catalogue: Catalogue) -> None:
    """24 pt or more, both languages alike."""
    with pdfium.PdfDocument(made("map-poster")) as document:
        text_page = document[0].get_textpage()
        for action in shipped_catalogue:
            cy, en = (first_letter([text_page], action.title, language) for language in ("cy", "en"))
            assert cy, action.code
            assert en, action.code
            assert cy.size >= 24, action.code
            assert cy.size == pytest.approx(en.size, abs=0.01)


def test_a_bar_is_as_long_as_its_steps(made: Made, shipped_catalogue: Catalogue) -> None:
    """Where its title stands, colour goes on to the end of its last column, and no further."""
    path = made("map-poster")
    picture = reading.picture(path, 0, PX * 25.4 / 72).convert("L")
    placed = shipped_map(shipped_catalogue)
    _, height = SIZES["map-poster"]
    for section in placed.sections:
        for bar in section.bars:
            words = r"\s+".join(map(re.escape, bar.action.title["cy"].split()))
            [found] = reading.find(path, 0, words)
            y = round((height - found.bottom * 25.4 / 72) * PX)
            end = 8 + bar.end * placed.column_width - 1
            row = picture.crop((round((end - 3) * PX), y, round((end + 0.8) * PX), y + 1)).tobytes()
            at = max(x for x, value in enumerate(row) if value < 250)
            assert end - 3 + at / PX == pytest.approx(end, abs=CLOSE), bar.action.code
            assert min(row[:-8]) < 250


def test_lines_of_the_map_are_of_one_height_and_titles_in_the_middle_of_their_bars(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    """A bar of two lines is twice as high as others, and the white between them."""
    path = made("map-poster")
    picture = reading.picture(path, 0, PX * 25.4 / 72).convert("L")
    placed = shipped_map(shipped_catalogue)
    heights: dict[int, set[float]] = {}
    for section in placed.sections:
        for bar in section.bars:
            [(left, bottom, _, top)] = placed_words(path, bar.action.title["cy"])
            [(_, low, _, _)] = placed_words(path, bar.action.title["en"])
            # Beside the title, just right of the panel: as far as the bar's own ground goes.
            x, middle = round((left - 1.2) * PX), 594 - (top + min(bottom, low)) / 2
            column = picture.crop((x, 0, x + 1, picture.height)).tobytes()
            first = next(y for y in range(round(middle * PX), 0, -1) if column[y] > 252) / PX
            last = next(y for y in range(round(middle * PX), picture.height) if column[y] > 252) / PX
            heights.setdefault(bar.high, set()).add(round(last - first, 1))
            assert middle == pytest.approx((first + last) / 2, abs=2), bar.action.code
    assert set(heights) == {1, 2}
    for those in heights.values():
        assert max(those) - min(those) <= 2 / PX
    assert max(heights[2]) == pytest.approx(2 * max(heights[1]) + 1.6, abs=0.5)


def test_many_actions_run_over_to_further_pages(mine: Copy, tmp_path: Path) -> None:
    source = (mine.root / "content" / "actions" / "SP1.yaml").read_text("utf-8")
    for number in range(8, 100):
        mine.write(f"content/actions/SP{number}.yaml", source.replace("code: SP1\n", f"code: SP{number}\n"))
    path = making.product(mine.project, "map-poster", tmp_path)
    pages = reading.pages(path)
    assert len(pages) > 1
    assert "".join(pages).count("Casglugwybodaeth") == 93
    tiles = path.with_name("map-poster.cy-en.sheets.pdf")
    with pikepdf.open(tiles) as pdf:
        assert len(pdf.pages) == 8 * len(pages)


# -- the guide ---------------------------------------------------------------------------------------------------------


def test_the_guide_has_the_workshop_and_the_kit_in_both_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("facilitator-guide"))
    assert len(pages) == 4
    for said, group in (("".join(pages[:3]), "session"), (pages[3], "kit")):
        for name, text in shipped_catalogue.labels[group].items():
            for language in ("cy", "en"):
                assert reading.plain(text[language]) in said, name
    for time in ("0:00", "0:10", "0:15", "0:40", "0:50", "1:05", "1:25"):
        assert "".join(pages[:3]).count(time) == 2
        assert pages[0].count(time) >= 1


def test_loose_pages_of_the_guide_say_which_they_are(made: Made) -> None:
    pages = reading.pages(made("facilitator-guide"))
    assert len(pages) == 4
    assert all(f"{number}/4" in page for number, page in enumerate(pages, start=1))


def test_a_step_at_a_glance_says_how_long_it_takes(made: Made, shipped_catalogue: Catalogue) -> None:
    """On the first page, in both languages: up to when the next step begins."""
    page = reading.pages(made("facilitator-guide"))[0]
    labels = shipped_catalogue.labels["session"]
    minutes = (("welcome", 10), ("deal", 5), ("sort", 25), ("walk", 10), ("choose", 15), ("plan", 20), ("close", 5))
    assert sum(takes for _, takes in minutes) == 90
    for step, takes in minutes:
        for language in ("cy", "en"):
            assert reading.plain(f"{labels[step][language]} {takes} {labels['minutes'][language]}") in page, step


@pytest.mark.parametrize("languages", ["cy-en", "cy"])
def test_pages_of_the_guide_are_full(languages: str, made: Made) -> None:
    """The last step of each page, or piece of the kit, ends in the last fifth."""
    path = made("facilitator-guide", *([languages] if languages == "cy" else []))
    for number in range(4):
        picture = page_of(path, number)
        # Without the foot, 12 mm high.
        within = picture.crop((0, 0, picture.width, round((210 - 12) * PX))).point(
            lambda value: 255 if value < 160 else 0
        )
        box = within.getbbox()
        assert box, number
        assert box[3] / PX > 0.8 * 210, number


@pytest.mark.parametrize(
    ("group", "names"), [("session", ("welcome", "deal", "sort", "walk", "choose", "plan", "close"))]
)
def test_a_step_of_the_guide_is_a_row_in_both_languages(
    group: str, names: tuple[str, ...], made: Made, shipped_catalogue: Catalogue
) -> None:
    """Its names stand on one line, Welsh at the left."""
    with pdfium.PdfDocument(made("facilitator-guide")) as document:
        pages = [page.get_textpage() for page in document]
        for name in names:
            text = shipped_catalogue.labels[group][name]
            cy, en = (first_letter(pages, text, language) for language in ("cy", "en"))
            assert cy, name
            assert en, name
            assert cy.top == pytest.approx(en.top, abs=1), name
            assert cy.left < en.left - 250, name


def test_in_one_language_the_guide_has_larger_type(made: Made, shipped_catalogue: Catalogue) -> None:
    both, alone = made("facilitator-guide"), made("facilitator-guide", "cy")
    assert len(reading.pages(alone)) == len(reading.pages(both)) == 4
    sizes = []
    for path in (both, alone):
        with pdfium.PdfDocument(path) as document:
            letter = first_letter(
                [page.get_textpage() for page in document], shipped_catalogue.labels["session"]["say"], "cy"
            )
            assert letter
            sizes.append(letter.size)
    assert sizes[0] >= 12
    assert sizes[1] >= sizes[0] + 2


def test_the_foot_of_the_guide_stands_below_its_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    with pdfium.PdfDocument(made("facilitator-guide")) as document:
        for page in document:
            text_page = page.get_textpage()
            for language in ("cy", "en"):
                kind = first_letter([text_page], shipped_catalogue.labels["product"]["facilitator_guide"], language)
                foot = first_letter([text_page], shipped_catalogue.framework.title, language)
                assert kind
                assert foot
                assert kind.left == pytest.approx(foot.left, abs=1.5)


def test_a_pack_has_its_guide_in_large_print(tmp_path: Path) -> None:
    done = typed("facilitator-guide", "--partnership", "example-mature", "--large-print", "--output", tmp_path)
    assert done.status == 0, done.err


def test_the_kit_names_every_product_of_the_workshop(made: Made, shipped_catalogue: Catalogue) -> None:
    page = reading.pages(made("facilitator-guide"))[3]
    for product in making.PRODUCTS.sound.values():
        if "workshop" in product.file.made_by and product.name != "facilitator-guide":
            assert reading.plain(shipped_catalogue.labels["product"][product.label]["en"]) in page, product.name


def test_the_guide_comes_in_large_print(made: Made) -> None:
    path = made("facilitator-guide", "en", {"large_print": True})
    assert reading.failures(path) == ""
    assert reading.smallest_type(path)[0] >= 18
