"""Cards on the table and on the sheet: faces in pairs, backs behind their fronts, shapes that grey leaves apart."""

from __future__ import annotations

import math
import re
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests import making, reading
from tests.making import Copy
from tests.products.conftest import Made
from tests.products.documents import Documents, each_of
from tests.typed import typed
from toolkit_builder.catalogue.colours import contrast
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Plan
from toolkit_builder.press.imposition.sheets import A4
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.project import Project, shipped

document = each_of(
    "cards",
    ("both", {}),
    ("cy", {"actions": ("SP1", "FM7")}),
    ("en", {"actions": ("GA1",)}),
)


class TestCards(Documents):
    pass


WIDTH, HEIGHT = A4
CODE = r"\b(SP|GA|FM)[1-9]\b"
TEXT = {"deck": "text"}


@pytest.fixture
def plan(shipped_catalogue: Catalogue) -> Plan:
    return making.plan(shipped_catalogue, "cards")


@pytest.fixture
def path(made: Made) -> Path:
    return made("cards")


@pytest.fixture
def sheets(path: Path) -> Path:
    return path.with_name("cards.cy-en.sheets.pdf")


def codes_on(path: Path, page: int) -> list[reading.FoundText]:
    """The codes of the cards on a page, each where it stands highest, or else first from the left: in a head, or at the
    foot in the first language; not those that a text speaks of.
    """
    found: dict[str, reading.FoundText] = {}
    for code in sorted(reading.find(path, page, CODE), key=lambda code: (-round(code.bottom), code.left)):
        found.setdefault(code.text, code)
    return list(found.values())


def code_of(path: Path, page: int) -> reading.FoundText | None:
    return next(iter(codes_on(path, page)), None)


def test_picture_cards_have_both_languages_on_each_side_welsh_first(plan: Plan, path: Path) -> None:
    parts = iter(element for element in reading.tree(path) if element.kind in ("/Sect", "/Art"))
    for leaf in plan.leaves:
        section = next(parts)
        assert section.own_language == leaf.languages[0]
        if leaf.data.get("action"):
            assert leaf.languages == ("cy", "en")
            assert [next(parts).own_language for _ in leaf.languages] == ["cy", "en"]


def test_titles_symbols_and_feet_stand_at_the_same_places_on_all_fronts(
    plan: Plan, path: Path, shipped_catalogue: Catalogue
) -> None:
    """Titles of one line or two have the same room, about the same middle; nothing drifts from card to card."""
    places, tops = [], []
    for page, leaf in enumerate(plan.leaves):
        if leaf.role == "front":
            feet = reading.find(path, page, leaf.data["action"].code)
            basis = reading.find(path, page, shipped_catalogue.labels["scale"]["provisional"]["cy"])
            category = shipped_catalogue.framework.category(leaf.data["action"].category)
            over = [reading.find(path, page, re.escape(category.title[language]))[0] for language in leaf.languages]
            tops.append([found.bottom + found.height for found in over])
            places.append([place for found in (*feet, *basis) for place in (found.left, found.bottom)])
    assert len(places) == len(plan.actions)
    assert all(each == pytest.approx(places[0], abs=0.5) for each in places)
    assert all(each == pytest.approx(tops[0], abs=1.5) for each in tops)


def test_ratings_stand_at_the_same_two_heights_on_all_backs(
    plan: Plan, path: Path, shipped_catalogue: Catalogue
) -> None:
    """However long the text above them is; and at one place of the line, however long the values before them are."""
    framework, labels = shipped_catalogue.framework, shipped_catalogue.labels
    heights: dict[str, set[float]] = {}
    lefts: set[float] = set()
    for page, leaf in enumerate(plan.leaves):
        if leaf.role == "back":
            scale = framework.scales[-1]
            said = [labels["scale"]["unstated"], scale.any, *(step.label for step in scale.steps)]
            for language in leaf.languages:
                words = "|".join(re.escape(text[language]) for text in said if text)
                found = reading.find(path, page, rf"\b(?:{words})\b")
                assert found
                last = max(found, key=lambda text: text.left)
                heights.setdefault(language, set()).add(last.bottom)
                lefts.add(last.left)
    assert len(heights) == 2
    assert all(max(places) - min(places) < 0.6 for places in heights.values()), heights
    assert max(lefts) - min(lefts) < 1, lefts


@pytest.mark.parametrize("deck", ["picture", "text"])
def test_all_cards_of_a_deck_are_set_in_one_size(shipped_catalogue: Catalogue, deck: str) -> None:
    """11 pt or more, front and back each in one."""
    press = Press(Project(shipped()), shipped_catalogue, Store(default_folder()))
    prepared = making.typeset(press, making.plan(shipped_catalogue, "cards", how={"deck": deck}))
    plates = making.plates_of(press, prepared)
    found: dict[str, set[float]] = {}
    for leaf in prepared.plan.leaves:
        if "action" in leaf.data:
            found.setdefault(leaf.role, set()).add(plates[leaf.name].size)
    assert {role: len(sizes) for role, sizes in found.items()} == dict.fromkeys(found, 1), found
    assert min(min(sizes) for sizes in found.values()) >= 11


def test_bands_are_of_one_height_on_all_backs(plan: Plan, path: Path) -> None:
    """Whether a title takes one line or two: the first heading of the Welsh half stands below as many lines of purpose
    at the same height, and each band has 11.4 mm.
    """
    css = (shipped() / "styles" / "cards.css").read_text("utf-8")
    assert re.search(r"\.band \{[^}]*min-height: 11\.4mm", css)
    backs = [page for page, leaf in enumerate(plan.leaves) if leaf.role == "back"]
    tops = {round(max(found.bottom for found in reading.find(path, page, "Allweddi i lwyddiant"))) for page in backs}
    assert len(tops) <= 2, "with two lines of purpose, or three"


def test_a_short_compound_is_not_broken_in_a_list(path: Path, plan: Plan) -> None:
    [page] = [
        page for page, leaf in enumerate(plan.leaves) if leaf.role == "back" and leaf.data["action"].code == "GA4"
    ]
    [start], [end] = (reading.find(path, page, words) for words in ("co-", "(?<=co-)produce"))
    assert start.bottom == pytest.approx(end.bottom, abs=4)
    # Nor are the words before it, each on a line of its own.
    [first], [last] = (reading.find(path, page, words) for words in ("(?<=Do )more", "require(?= collab)"))
    assert first.bottom == pytest.approx(last.bottom, abs=4)


def test_no_type_on_picture_cards_is_smaller_than_can_be_read(plan: Plan, path: Path) -> None:
    """Titles in 14 pt or more across the table, what is read with the card in the hand in 10 or more, feet
    and the colophon in 9.5.
    """
    assert reading.smallest_type(path)[0] >= 9.5
    for leaf in plan.leaves:
        assert min(leaf.sizes) >= {"front": 14, "back": 10.5, "colophon": 9.5}.get(leaf.role, 11)


def test_a_picture_says_what_it_shows_in_both_languages(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("cards", actions=("GA3",))
    pictogram = shipped_catalogue.action("GA3").pictogram
    assert pictogram
    with pikepdf.open(path) as pdf:
        figures = [
            (str(item.get("/Lang", "")), str(item["/Alt"]))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    assert sorted(alternative for _, alternative in figures) == sorted(pictogram.as_dict().values())


def test_an_action_without_a_picture_has_its_number_large(mine: Copy, tmp_path: Path) -> None:
    (mine.root / "content" / "pictograms" / "SP2.svg").unlink()
    done = typed("cards", "--action", "SP2", "--project", mine.root, "--output", tmp_path)
    assert done.status == 0, done.err
    heights = [found.height for found in reading.find(tmp_path / "cards.cy-en.SP2.pdf", 2, r"(?<!\w)2(?!\w)")]
    assert max(heights) > 60, "pt"


def test_faces_of_the_text_deck_are_welsh_and_english_in_turn(made: Made, shipped_catalogue: Catalogue) -> None:
    plan, path = making.plan(shipped_catalogue, "cards", how=TEXT), made("cards", how=TEXT)
    parts = [element for element in reading.tree(path) if element.kind == "/Sect"]
    assert [part.own_language for part in parts] == ["cy", "en"] * (len(plan.leaves) // 2)
    for part, leaf in zip(parts, plan.leaves, strict=True):
        action = leaf.data.get("action")
        assert action is None or reading.plain(action.title[leaf.languages[0]]) in part.text


def test_the_code_stands_at_the_same_place_on_both_faces_of_the_text_deck(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    """At the foot, 6 mm from the cut or a little more, on every card."""
    plan, path = making.plan(shipped_catalogue, "cards", how=TEXT), made("cards", how=TEXT)
    places = []
    for page, leaf in enumerate(plan.leaves):
        if action := leaf.data.get("action"):
            code = min(reading.find(path, page, CODE), key=lambda code: code.bottom)
            assert code.text == action.code
            places.append((code.left, code.bottom))
    for edge in zip(*places, strict=True):
        assert max(edge) - min(edge) < 0.5, "letters that are round reach a little further than others"


def test_heads_of_the_text_deck_are_of_one_height(made: Made, shipped_catalogue: Catalogue) -> None:
    """Whether titles take one line or two: what follows begins at one place on every card."""
    plan, path = making.plan(shipped_catalogue, "cards", how=TEXT), made("cards", how=TEXT)
    tops = set()
    for page, leaf in enumerate(plan.leaves):
        if action := leaf.data.get("action"):
            first = " ".join(action.values["purpose"][leaf.languages[0]].split()[:2])
            [found, *_] = reading.find(path, page, re.escape(first).replace(r"\ ", r"\s+"))
            tops.add(round(found.bottom))
    assert len(tops) == 1


def test_decks_that_are_not_there_are_refused(tmp_path: Path) -> None:
    done = typed("cards", "--deck", "picturse", "--output", tmp_path)
    assert done.status == 2
    assert "cards has no deck “picturse”. It has: picture, text." in done.err
    done = typed("handouts", "--deck", "text", "--output", tmp_path)
    assert done.status == 2
    assert "handouts has one deck only. It is for cards (picture, text)." in done.err


def test_the_colophon_card_says_what_was_selected(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("cards", "en", actions=("GA1",)))
    colophon = next(page for page in pages if shipped_catalogue.framework.version in page)
    assert "GA1" in colophon
    assert reading.plain(shipped_catalogue.labels["colophon"]["other"]["en"]) in colophon


# -- sheets -----------------------------------------------------------------------------------------------------------


def cells(path: Path, page: int) -> dict[str, tuple[int, int, float, float]]:
    """Of each code at the foot of a card on a sheet: column, row, and its place within that quarter of the sheet. The
    colophon's card speaks of one (FM3, of which something is lost) further up.
    """
    found = {}
    for code in codes_on(path, page):
        column, row = int(code.left // (WIDTH / 2)), int(code.bottom // (HEIGHT / 2))
        if code.bottom - row * HEIGHT / 2 < 30:
            found[code.text] = (column, row, code.left - column * WIDTH / 2, code.bottom - row * HEIGHT / 2)
    return found


def test_backs_lie_behind_their_fronts(sheets: Path, plan: Plan) -> None:
    count = len(reading.pages(sheets))
    seen: list[str] = []
    for page in range(0, count, 2):
        fronts, backs = cells(sheets, page), cells(sheets, page + 1)
        cards = [code for code in fronts if code in plan.actions]
        for code in cards:
            column, row, left, bottom = fronts[code]
            behind = backs[code]
            assert behind[:2] == (1 - column, row), "turned over at the long edge, left and right change places"
            assert behind[2] == pytest.approx(left, abs=0.5)
            assert behind[3] == pytest.approx(bottom, abs=12), "at the foot of the same card"
        seen += cards
    assert sorted(seen) == sorted(plan.actions)


def test_sheets_read_from_left_to_right_and_down(sheets: Path) -> None:
    places = {code: (column, -row) for code, (column, row, *_) in cells(sheets, 2).items()}
    assert sorted(places, key=lambda code: (places[code][1], places[code][0])) == ["SP4", "SP5", "SP6", "SP7"]


def drawn_lines(path: Path) -> list[list[tuple[float, float, float, float]]]:
    """The lines that each sheet itself draws, the faces on it apart."""
    pages = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            lines, start = [], (0.0, 0.0)
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) in ("m", "l"):
                    point = (float(instruction.operands[0]), float(instruction.operands[1]))
                    if str(instruction.operator) == "l":
                        lines.append((*start, *point))
                    start = point
            pages.append(sorted(lines))
    return pages


def test_one_cutting_grid_for_all_sides(sheets: Path) -> None:
    pages = drawn_lines(sheets)
    assert pages[0]
    assert all(lines == pages[0] for lines in pages)
    upright = {round(x1, 2) for x1, _, x2, _ in pages[0] if x1 == x2}
    level = {round(y1, 2) for _, y1, _, y2 in pages[0] if y1 == y2}
    assert (upright, level) == ({round(WIDTH / 2, 2)}, {round(HEIGHT / 2, 2)})


def test_sheets_ask_for_duplex_at_the_long_edge_and_no_scaling(sheets: Path) -> None:
    with pikepdf.open(sheets) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert (str(preferences.Duplex), str(preferences.PrintScaling)) == ("/DuplexFlipLongEdge", "/None")
    assert reading.sizes(sheets) == {(210, 297)}


def test_cards_are_not_scaled_on_the_sheet(sheets: Path, path: Path) -> None:
    """Two codes that stand one face apart are as far apart as a face is wide."""
    found = cells(sheets, 2)
    face = code_of(path, 2)
    assert face
    left = {round(place[2], 1) for place in found.values()}
    assert len(left) == 1
    margin = (WIDTH / 2 - 105 / 25.4 * 72) / 2
    assert left.pop() == pytest.approx(face.left + margin, abs=0.5)


@pytest.mark.parametrize("cards", [1, 2, 3, 4, 5])
def test_the_last_sheet_may_have_fewer_cards(shipped_catalogue: Catalogue, tmp_path: Path, cards: int) -> None:
    press = Press(Project(shipped()), shipped_catalogue, Store(default_folder()))
    whole = making.plan(shipped_catalogue, "cards")
    some = whole.with_leaves(whole.leaves[2 : 2 + 2 * cards])
    (tmp_path / "sheets.pdf").write_bytes(press.impose(making.typeset(press, some)).data)
    pages = reading.pages(tmp_path / "sheets.pdf")
    assert len(pages) == 2 * math.ceil(cards / 4)
    last = (cards - 1) % 4 + 1
    for page, column in ((len(pages) - 2, 0), (len(pages) - 1, 1)):
        found = cells(tmp_path / "sheets.pdf", page)
        assert len(found) == last
        first = found["SP1" if cards <= 4 else "SP5"]
        assert first[:2] == (column, 1)


def test_every_face_is_on_a_sheet_in_full(sheets: Path, path: Path) -> None:
    faces, on_sheets = "".join(reading.pages(path)), "".join(reading.pages(sheets))
    assert sorted(faces) == sorted(on_sheets)


# -- without colour ---------------------------------------------------------------------------------------------------


def outline(path: Path, page: int) -> list[tuple[float, float]]:
    """Where the shape around the number begins and ends, in 20 rows from top to bottom, in parts of its width."""
    scale = 4
    number = max(reading.find(path, page, r"(?<!\w)[1-9](?!\w)"), key=lambda found: found.height)
    grey: Image.Image = reading.picture(path, page, scale).convert("L")
    x = int((number.left + 3) * scale)
    y = int(grey.height - (number.bottom + number.height + 2) * scale)  # above the number, within the shape
    mark = 1
    ImageDraw.floodfill(grey, (x, y), mark, thresh=12)
    pixels = grey.load()
    assert pixels is not None
    rows: list[tuple[int, int]] = []
    for row in range(grey.height):
        filled = [column for column in range(grey.width) if pixels[column, row] == mark]
        if filled:
            rows.append((filled[0], filled[-1]))
    left, right = min(first for first, _ in rows), max(last for _, last in rows)
    assert 8 < (right - left) / scale / 72 * 25.4 < 30, "this is not the shape of a number, in mm"
    rows = [rows[int((number + 0.5) / 20 * len(rows))] for number in range(20)]
    return [((first - left) / (right - left), (last - left) / (right - left)) for first, last in rows]


def test_categories_are_told_apart_by_shape_alone(plan: Plan, path: Path) -> None:
    pages = {leaf.data["action"].code: page for page, leaf in enumerate(plan.leaves) if leaf.role == "front"}
    shapes = {code: outline(path, pages[code]) for code in ("SP1", "GA1", "FM1", "SP2")}

    def difference(one: str, other: str) -> float:
        pairs = zip(shapes[one], shapes[other], strict=True)
        return max(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairs)

    assert difference("SP1", "SP2") < 0.05
    for one, other in combinations(("SP1", "GA1", "FM1"), 2):
        assert difference(one, other) > 0.2, (one, other)


def test_colours_of_categories_contrast_with_white(shipped_catalogue: Catalogue) -> None:
    categories = shipped_catalogue.framework.categories
    assert all(contrast(category.colour, "#ffffff") >= 4.5 for category in categories)
    assert len({category.shape for category in categories}) == len(categories)


@pytest.mark.parametrize("style", sorted(path.name for path in (shipped() / "styles").glob("*.css")))
def test_colours_of_text_contrast_with_paper(style: str) -> None:
    css = (shipped() / "styles" / style).read_text("utf-8")
    colours = set(re.findall(r"(?<![-\w])color:\s*(#[0-9a-fA-F]{6})", css)) - {"#ffffff"}
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in colours), colours


def test_contrast() -> None:
    """Known values: WCAG's own extremes, and the grey that just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
