"""The small printed things of a workshop: sizes in mm, languages in equal type, nothing where printers leave white."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.typed import ROOT, typed
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.press.imposition.sheets import A4

MM = 72 / 25.4
A6, A4_MM, LANDSCAPE = (105, 148), (210, 297), (297, 210)
TABBED = (105, 162)
"""As a card, and the tab above it."""
SIZES = {
    "dividers": TABBED,
    "blank-cards": A6,
    "tent-cards": (210, 148),
    "tokens": A4_MM,
    "badges": A4_MM,
    "sign-up": LANDSCAPE,
    "slips": A4_MM,
    "tuck-box": A4_MM,
}
GROUPS = {
    "blank-cards": "blank_card",
    "tent-cards": "tent",
    "tokens": "token",
    "badges": "badge",
    "sign-up": "sign_up",
    "slips": "slip",
    "tuck-box": "tuck_box",
}
"""The labels of each in `labels.yaml`."""
WHITE = 4.5
"""At the edges nothing may be printed; a line that begins 5 mm from them is drawn a pixel wider."""
FEW = {"actions": ("SP1", "GA3", "FM7")}
PACK = ROOT / "content" / "partnerships" / "example-mature.yaml"


@pytest.mark.parametrize("product", SIZES)
def test_it_is_tagged_and_of_its_size(product: str, made: Made) -> None:
    path = made(product, **FEW)
    assert reading.failures(path) == ""
    assert reading.sizes(path) == {SIZES[product]}
    assert reading.smallest_type(path)[0] >= 9.5


@pytest.mark.parametrize("product", SIZES)
def test_nothing_stands_where_printers_leave_white(product: str, made: Made) -> None:
    path = made(product, **FEW)
    for page in range(len(reading.pages(path))):
        picture = reading.picture(path, page).convert("L")
        edge = round(WHITE * 2 * MM)
        picture.paste(255, (edge, edge, picture.width - edge, picture.height - edge))
        assert min(picture.tobytes()) > 250, f"page {page + 1}"


@pytest.mark.parametrize("product", GROUPS)
def test_both_languages_stand_there_in_equal_type_welsh_first(
    product: str, made: Made, shipped_catalogue: Catalogue
) -> None:
    path = made(product, **FEW)
    with pdfium.PdfDocument(path) as document:
        pages = [page.get_textpage() for page in document]
        compared = 0
        for name, text in shipped_catalogue.labels[GROUPS[product]].items():
            if name == "several":
                continue  # of decks that one box does not hold
            cy, en = (first_letter(pages, text, language) for language in ("cy", "en"))
            assert cy, f"{name}.cy"
            assert en, f"{name}.en"
            assert cy.size == pytest.approx(en.size, abs=0.01), name
            assert cy.page == en.page
            assert cy.left < en.left - 1 or cy.top > en.top + 1, f"{name}: Welsh first, at the left or above"
            compared += 1
    assert compared


@pytest.mark.parametrize("product", SIZES)
def test_a_pack_says_whose_it_is_in_a_place_of_its_own(product: str, tmp_path: Path) -> None:
    done = typed(product, "--partnership", PACK, "--action", "GA1", "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / "packs" / "example-mature" / f"{product}.example-mature.cy-en.GA1.pdf"
    text = "".join(reading.pages(path))
    if product == "tokens":  # which are cut apart to the last
        return
    assert "RhwydwaithBroDychymyg" in text
    assert "BroDychymygNetwork" in text
    if product == "badges":
        return
    with pikepdf.open(path) as pdf:
        said = [str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert any(each.startswith("Logo Rhwydwaith") for each in said)
    assert any(each.startswith("The logo of the Bro") for each in said)


@pytest.mark.parametrize("product", SIZES)
def test_any_framework_has_it_in_its_languages(product: str, tmp_path: Path) -> None:
    done = typed(product, "--project", ROOT / "examples" / "good-meeting", "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / f"{product}.cy-en-pl.pdf"
    assert reading.failures(path) == ""
    said = {element.language for element in reading.tree(path) if element.text}
    assert said == {"cy", "en", "pl"}


@pytest.mark.parametrize(("product", "times"), [("dividers", 1), ("slips", 3), ("badges", 10), ("tuck-box", 1)])
def test_a_name_that_is_the_same_in_both_languages_stands_there_once(product: str, times: int, tmp_path: Path) -> None:
    pack = PACK.with_name("example-early.yaml")
    done = typed(product, "--partnership", pack, "--action", "SP1", "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = (tmp_path / "packs" / "example-early").glob(f"{product}.*.SP1.pdf")
    assert max(page.count("CwmEnghraifft") for page in reading.pages(path)) == times


def test_a_badge_has_the_logo_of_a_partnership_before_its_shapes(tmp_path: Path) -> None:
    done = typed("badges", "--partnership", PACK.with_name("example-early.yaml"), "--output", tmp_path)
    assert done.status == 0, done.err
    [path] = (tmp_path / "packs" / "example-early").glob("badges.*.pdf")
    picture = reading.picture(path, 0, scale=2).convert("L")
    left, top = (15 + 5) * 2 * MM, (11 + 5) * 2 * MM
    logo = picture.crop((round(left), round(top), round(left + 18 * 2 * MM), round(top + 9 * 2 * MM)))
    shapes = picture.crop((round(left + 20 * 2 * MM), round(top), round(left + 40 * 2 * MM), round(top + 9 * 2 * MM)))
    assert min(logo.tobytes()) < 200
    assert min(shapes.tobytes()) < 200


# -- dividers ----------------------------------------------------------------------------------------------------------


def test_there_is_a_divider_for_each_category_and_each_step_of_the_first_scale(shipped_catalogue: Catalogue) -> None:
    plan = making.plan(shipped_catalogue, "dividers")
    fronts = [leaf.name.split("/")[1] for leaf in plan.leaves if leaf.role == "front"]
    assert fronts == ["shared-purpose", "governance", "finance", "stage-early", "stage-mid", "stage-mature"]
    assert [leaf.role for leaf in plan.leaves[:2]] == ["cover", "about"]


def test_a_framework_without_scales_has_dividers_of_its_categories(mine: Copy, tmp_path: Path) -> None:
    remove_scales(mine)
    done = typed("dividers", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    assert "dividers.cy-en.pdf: 8 pages" in done.err
    done = typed("blank-cards", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err


def test_tabs_stand_above_the_cards_and_apart_in_a_pile(made: Made, shipped_catalogue: Catalogue) -> None:
    """14 mm higher than a card; a third as wide as its ink, at the left, in the middle, at the right."""
    path = made("dividers")
    plan = making.plan(shipped_catalogue, "dividers")
    fronts = [page for page, leaf in enumerate(plan.leaves) if leaf.role == "front"]
    for at, page in enumerate(fronts):
        picture = reading.picture(path, page, scale=3).convert("L")
        mm = picture.width / 105
        start, end = max(dark_runs(row_of(picture, round(16 * mm), 120)), key=lambda run: run[1] - run[0])
        assert start / mm == pytest.approx(5 + at % 3 * 31.67, abs=0.6)
        assert (end - start) / mm == pytest.approx(31.67, abs=0.6)
        beside = 96 if at % 3 == 0 else 9
        down = column_of(picture, round(beside * mm), 250)
        inked = [y / mm for y, is_inked in enumerate(down) if is_inked]
        panel = [y for y in inked if y > 15]
        assert all(13.5 < y < 14.5 for y in inked if y <= 15), "the line to cut along is at the height of the cards"
        assert panel[0] == pytest.approx(19, abs=0.6), "ink of the card itself keeps 5 mm from that"


def test_backs_list_the_actions_with_their_numbers_in_both_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("dividers")
    plan = making.plan(shipped_catalogue, "dividers")
    pages = reading.pages(path)
    assert len(pages) == len(plan.leaves), "none runs over"
    for page, leaf in zip(pages, plan.leaves, strict=True):
        if leaf.role == "list":
            assert leaf.data["actions"]
            for action in leaf.data["actions"]:
                titles = [reading.plain(action.title[language]) for language in ("cy", "en")]
                assert f"{shipped_catalogue.number(action)}{''.join(titles)}" in page


def test_a_category_begins_a_row_of_the_cover_and_rows_begin_one_below_the_other(made: Made) -> None:
    """21 actions of three categories are three rows of seven."""
    picture = reading.picture(made("dividers"), 0, scale=4).convert("L")
    px = picture.width / 105
    panel = picture.crop((round(7 * px), round(21 * px), round(98 * px), round(98 * px)))
    bright = panel.point(lambda value: 255 if value > 100 else 0)

    def runs(image: Image.Image) -> int:
        shares = image.resize((image.width, 1), Image.Resampling.BOX).tobytes()
        return len(dark_runs([not share for share in shares]))

    # Between rows, and before and after them: nothing is bright.
    assert runs(bright.transpose(Image.Transpose.ROTATE_90)) == 4


@pytest.mark.parametrize("codes", [("SP1",), ("SP1", "SP2", "GA1"), ()])
def test_the_cover_shows_every_action_once(codes: tuple[str, ...], shipped_catalogue: Catalogue, made: Made) -> None:
    """Each picture is a background of its own; all have one size, and keep to the panel."""
    path = made("dividers", actions=codes) if codes else made("dividers")
    picture = reading.picture(path, 0, scale=2)
    left, top, right, bottom = (round(edge * 2 * MM) for edge in (7, 21, 98, 98))
    panel = picture.crop((left, top, right, bottom)).convert("L")
    bright = [value > 100 for value in panel.tobytes()]
    assert 0.005 < sum(bright) / len(bright) < 0.5


def test_what_has_no_picture_has_its_number_on_the_cover(mine: Copy, tmp_path: Path) -> None:
    shutil.rmtree(mine.root / "content" / "pictograms")
    done = typed("dividers", "--category", "finance", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    cover = reading.pages(tmp_path / "dividers.cy-en.finance.pdf")[0]
    assert cover.startswith("1234567")


# -- blank cards -------------------------------------------------------------------------------------------------------


def test_there_is_a_blank_card_for_each_category_and_one_without(shipped_catalogue: Catalogue, made: Made) -> None:
    plan = making.plan(shipped_catalogue, "blank-cards")
    assert [leaf.data.get("category") and leaf.data["category"].id for leaf in plan.leaves[::2]] == [
        "shared-purpose",
        "governance",
        "finance",
        None,
    ]
    backs = reading.pages(made("blank-cards"))[1::2]
    columns = shipped_catalogue.framework.columns
    headings = [
        column.label[language] for column in columns if column.id in ("purpose", "keys") for language in ("cy", "en")
    ]
    assert all(reading.plain(heading) in back for back in backs for heading in headings)


# -- table cards -------------------------------------------------------------------------------------------------------


def test_one_face_has_the_number_for_the_room_the_other_the_task_for_the_table(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    """On the sheet the number stands upright below the fold; the task above it is turned, and upright behind."""
    path = made("tent-cards")
    sheets = path.with_name("tent-cards.cy-en.sheets.pdf")
    assert reading.sizes(sheets) == {A4_MM}
    task = shipped_catalogue.labels["tent"]["title"]["en"]
    with pdfium.PdfDocument(path) as document, pdfium.PdfDocument(sheets) as folded:
        assert len(folded) == 6
        assert len(document) == 12
        for number in range(1, 7):
            face, back = (document[2 * number - 2 + at].get_textpage() for at in (0, 1))
            assert [round(at.size) for at in letters(face) if at.letter == str(number)] == [220]
            behind = next(at for at in letters(back) if at.letter == str(number) and round(at.size) == 120)
            assert behind.left > max(at.left for at in letters(back) if 12 <= at.size < 19), "beside the task"
            sheet = folded[number - 1].get_textpage()
            placed = {round(at.size): at for at in letters(sheet) if at.letter == str(number)}
            assert placed[220].top < A4[1] / 2 < placed[120].top
            matrix = raw.FS_MATRIX()
            at = sheet.get_text_range().index(task[:4])
            raw.FPDFText_GetMatrix(sheet, at, matrix)
            assert matrix.a < 0, "turned"
            assert matrix.d < 0


def test_feet_of_both_faces_of_a_table_card_stand_at_one_height(made: Made, shipped_catalogue: Catalogue) -> None:
    with pdfium.PdfDocument(made("tent-cards")) as document:
        pages = [document[at].get_textpage() for at in (0, 1)]
        for language in ("cy", "en"):
            face, back = (first_letter([page], shipped_catalogue.framework.title, language) for page in pages)
            assert face
            assert back
            assert (face.left, face.top) == pytest.approx((back.left, back.top), abs=0.5), language


def test_as_many_tables_as_the_product_says(mine: Copy) -> None:
    file = mine.root / "layouts" / "tent-cards" / "product.yaml"
    file.write_text(file.read_text("utf-8").replace("times: 6", "times: 2"), "utf-8")
    done = typed("tent-cards", "--project", mine.root, "--output", mine.output)
    assert done.status == 0, done.err
    assert "tent-cards.cy-en.pdf: 4 pages" in done.err
    file.write_text(file.read_text("utf-8").replace("times: 2", "times: 0"), "utf-8")
    assert "no number of leaves; write one from 1 to 99" in typed("check", "--project", mine.root).out


# -- what is cut -------------------------------------------------------------------------------------------------------


def test_tokens_are_15_mm_and_4_mm_apart(made: Made) -> None:
    """140 of them: along a row through their middles, and down a column."""
    picture = reading.picture(made("tokens"), 0, scale=3).convert("L")
    scale = picture.width / 210
    for row in range(14):
        y = round((17.5 + 7.5 + 19 * row) * scale)
        runs = dark_runs(row_of(picture, y)[round(10 * scale) : round(200 * scale)])
        edges = [(start / scale + 10, end / scale + 10) for start, end in runs]
        assert min(start for start, _ in edges) == pytest.approx(12, abs=1)
        assert max(end for _, end in edges) == pytest.approx(198, abs=1)
        if row < 7:
            assert len(runs) == 10, "solid"
            assert all(end - start == pytest.approx(14.7, abs=1) for start, end in edges)
        else:
            assert len(runs) == 20, "ringed: two edges each"


CUTS: dict[str, tuple[list[float], list[float]]] = {
    # Across, in mm from the top, and down, from the left.
    "tokens": ([15.5 + 19 * at for at in range(15)], [10 + 19 * at for at in range(11)]),
    "badges": ([11 + 55 * at for at in range(6)], [15 + 90 * at for at in range(3)]),
    "slips": ([99, 198], [136]),
}
BESIDE = {"tokens": (5.5, 14.9, 201.5, 283.1), "badges": (9, 6, 198, 288), "slips": (5.5, 5.5, 200, 288)}
"""Where marks or lines of cuts are looked for: from the left, from the top, and at the other sides."""


@pytest.mark.parametrize("product", CUTS)
def test_one_cut_serves_two_neighbours_and_the_guide_says_how_many(
    product: str, made: Made, shipped_catalogue: Catalogue
) -> None:
    picture = reading.picture(made(product), 0, scale=8).convert("L")
    px = picture.width / 210
    across, down = CUTS[product]
    left, top, right, bottom = BESIDE[product]

    def lines_at(edge: float, line_of: Callable[[Image.Image, int, int], list[bool]]) -> list[bool]:
        """What is dark there or within 3 mm: lines may be dashed."""
        lines = [line_of(picture, round((edge + beyond / 2) * px), 235) for beyond in range(6)]
        return [any(pixels) for pixels in zip(*lines, strict=True)]

    for line, expected in (
        (lines_at(left, column_of), across),
        (lines_at(right, column_of), across),
        (lines_at(top, row_of), down),
        (lines_at(bottom, row_of), down),
    ):
        found = [(start + end) / 2 / px for start, end in dark_runs(line) if (end - start) / px < 0.6]
        for cut in expected:
            assert any(each == pytest.approx(cut, abs=0.2) for each in found), f"{product}: {cut} in {found}"
    kit = shipped_catalogue.labels["kit"]
    guide = reading.pages(made("facilitator-guide"))[3]
    name = reading.plain(shipped_catalogue.labels["product"][product.replace("-", "_")]["en"])
    [row] = re.findall(
        re.escape(name) + r".*?" + re.escape(reading.plain(kit["cut_across"]["en"])) + r":(\d+)·Down:(\d+)", guide
    )
    assert row == (str(len(across)), str(len(down)))


def test_badges_are_ten_of_90_by_55_mm(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("badges")
    names = reading.find(path, 0, shipped_catalogue.labels["badge"]["name"]["cy"])
    columns = sorted({round(found.left / MM) for found in names})
    rows = sorted({round(found.bottom / MM) for found in names})
    assert len(names) == 10
    assert columns[1] - columns[0] == 90
    assert [later - before for before, later in pairwise(rows)] == [55] * 4
    page = reading.pages(path)[0]
    assert page.count("Cymraeg") == page.count("English") == page.count("Dysgu") == 10


def test_slips_are_thirds_with_a_stub_each(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("slips")
    own = reading.find(path, 0, re.escape(shipped_catalogue.labels["slip"]["will"]["en"]) + r"(?=\s)")
    stubs = reading.find(path, 0, re.escape(shipped_catalogue.labels["slip"]["they_will"]["en"]))
    assert len(own) == len(stubs) == 3
    thirds = sorted(found.bottom / MM for found in own)
    assert [later - before for before, later in pairwise(thirds)] == pytest.approx([99, 99], abs=0.3)
    assert all(found.left / MM > 136 for found in stubs)


def test_the_sign_up_sheet_has_twelve_rows_of_12_mm_and_says_who_keeps_the_data(made: Made, tmp_path: Path) -> None:
    path = made("sign-up")
    assert len([element for element in reading.tree(path) if element.kind == "/TR"]) == 13
    picture = reading.picture(path, 0, scale=4).convert("L")
    column = column_of(picture, round(12 * 4 * MM))
    lines = [(start + end) / 2 / 4 / MM for start, end in dark_runs(column) if end - start < 4]
    gaps = [later - before for before, later in pairwise(lines)]
    assert len([gap for gap in gaps if gap == pytest.approx(12, abs=0.3)]) >= 11
    done = typed("sign-up", "--partnership", PACK, "--output", tmp_path)
    assert done.status == 0, done.err
    [page] = reading.pages(tmp_path / "packs" / "example-mature" / "sign-up.example-mature.cy-en.pdf")
    assert page.count("rhwydwaith@example.org") == 2, "in both languages"


# -- reading -----------------------------------------------------------------------------------------------------------


class Letter:
    """A letter as it stands on a page: the size of its type and where it is, in pt."""

    def __init__(self, letter: str, size: float, page: int, left: float, top: float) -> None:
        self.letter, self.size, self.page, self.left, self.top = letter, size, page, left, top


def letters(text_page: pdfium.PdfTextPage, page: int = 0) -> Iterator[Letter]:
    for index in range(text_page.count_chars()):
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page, index) * abs(matrix.d)
        left, _, _, top = text_page.get_charbox(index)
        yield Letter(chr(raw.FPDFText_GetUnicode(text_page, index)), size, page, left, top)


def first_letter(pages: list[pdfium.PdfTextPage], text: Text, language: str) -> Letter | None:
    """The first letter of a text where it first stands."""
    words = r"\s+".join(map(re.escape, text[language].split()))
    for number, page in enumerate(pages):
        there = list(letters(page, number))
        if found := re.search(rf"(?<!\w){words}(?!\w)", "".join(one.letter for one in there)):
            return there[found.start()]
    return None


def row_of(picture: Image.Image, y: int, light: int = 200) -> list[bool]:
    """Which pixels of a row of a grey picture are darker than `light`."""
    return [value < light for value in picture.crop((0, y, picture.width, y + 1)).tobytes()]


def column_of(picture: Image.Image, x: int, light: int = 200) -> list[bool]:
    """As `row_of`, of a column."""
    return [value < light for value in picture.crop((x, 0, x + 1, picture.height)).tobytes()]


def dark_runs(dark: list[bool]) -> list[tuple[int, int]]:
    """Where runs of dark pixels begin and end."""
    runs, start = [], -1
    for at, is_dark in enumerate([*dark, False]):
        if is_dark and start < 0:
            start = at
        elif not is_dark and start >= 0:
            runs.append((start, at))
            start = -1
    return runs


def remove_scales(mine: Copy) -> None:
    """Take all scales out of the framework and its actions."""
    path = mine.root / "content" / "framework.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("  - id: stage\n    kind: scale"), text.index("\nsource:\n")
    path.write_text(text[:start] + text[end:], "utf-8")
    for file in (mine.root / "content" / "actions").iterdir():
        kept = re.sub(r"^(stage|resource|time):.*\n(?:[ -].*\n)*", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(kept, "utf-8")
    (mine.root / "content" / "provisional.yaml").unlink()
    shutil.rmtree(mine.root / "content" / "partnerships")
