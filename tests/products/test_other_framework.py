"""A framework with other categories, columns, scales and languages becomes products from its data and layouts alone.

One of its three languages is written from right to left, in a font that its `framework.yaml` names.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pytest

from tests import making, reading
from tests.typed import typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project

FIXTURE = Path(__file__).parent.parent / "fixtures" / "three-languages"
LANGUAGES = ("cy", "en", "ar")
WIDTH = 210 / 25.4 * 72


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gardd") / "gardd ŵŷ"
    shutil.copytree(FIXTURE, root)
    done = typed("build", "--project", root)
    assert done.status == 0, done.err
    return root


def with_font(folder: Path, font: str) -> Path:
    """A copy of the framework whose third language names another font."""
    root = folder / "gardd"
    shutil.copytree(FIXTURE, root)
    path = root / "content" / "framework.yaml"
    named = 'font: {family: Cairo, file: "font:fontpkg_cairo/Cairo[slnt,wght].ttf"}'
    text = path.read_text("utf-8")
    assert named in text
    path.write_text(text.replace(named, font), "utf-8")
    return root


def test_the_whole_default_set_is_built(garden: Path) -> None:
    manifest = json.loads((garden / "output" / "manifest.json").read_text("utf-8"))
    found = {entry["path"]: (entry["languages"], entry["pages"]) for entry in manifest["files"]}
    assert set(found) == {
        "cards.cy-en-ar.pdf",
        "cards.cy-en-ar.sheets.pdf",
        "handouts.cy-en-ar.pdf",
        "summary.cy-en-ar.pdf",
        "toolkit.cy-en-ar.pdf",
        "worksheet.cy-en-ar.pdf",
    }
    assert found["handouts.cy-en-ar.pdf"] == (list(LANGUAGES), 4)
    assert found["summary.cy-en-ar.pdf"] == (list(LANGUAGES), 3)


def test_all_for_its_tables_is_made(garden: Path, tmp_path: Path) -> None:
    """The ink of its Arabic stands below lines as close as those of the map's key."""
    done = typed("workshop", "--project", garden, "--output", tmp_path)
    assert done.status == 0, done.err


@pytest.mark.parametrize("product", [name for name, one in making.PRODUCTS.items() if "build" in one.file.made_by])
def test_each_product_is_tagged_and_in_the_fonts_of_its_languages(garden: Path, product: str) -> None:
    path = garden / "output" / f"{product}.cy-en-ar.pdf"
    assert reading.failures(path) == ""
    families = {name.strip("/").partition("-")[0] for name in reading.fonts(path)}
    assert families == {"Source", "Cairo"}
    assert reading.unembedded_fonts(path) == 0


def test_its_texts_are_printed_in_all_its_languages(garden: Path) -> None:
    path = garden / "output" / "handouts.cy-en-ar.pdf"
    catalogue = load(Project(garden))
    for page, action in zip(reading.pages(path), catalogue, strict=True):
        for language in ("cy", "en"):
            assert reading.plain(action.title[language]) in page
    written = reading.languages_of(catalogue)
    found = [element for element in reading.tree(path) if element.text in written]
    assert {element.language for element in found} == set(LANGUAGES)
    assert all(element.language in written[element.text] for element in found)


def test_each_language_has_its_own_parts(garden: Path) -> None:
    with pikepdf.open(garden / "output" / "toolkit.cy-en-ar.pdf") as pdf:
        found = [str(item["/Lang"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item]
    assert set(found) >= set(LANGUAGES)
    assert found.count("ar") >= 10


def test_right_to_left_is_the_mirror_of_left_to_right(garden: Path) -> None:
    """The code of an action stands on the side where its lines begin."""
    path = garden / "output" / "toolkit.cy-en-ar.pdf"
    pages = [page for _, title, page in reading.bookmarks(path) if title.startswith("SO1 ")]
    codes = [max(reading.find(path, page, "S"), key=lambda letter: letter.height) for page in pages]
    welsh, english, arabic = (code.left for code in codes)
    assert welsh == pytest.approx(english, abs=1)
    assert welsh < WIDTH / 4
    assert arabic > WIDTH * 0.7


def test_arabic_is_set_in_letters_that_join(garden: Path) -> None:
    """A letter has a glyph for each of its forms, which depend on its neighbours."""
    selected = making.selection(load(Project(garden)))
    press = Press(Project(garden), selected.catalogue, Store(None))
    plan = making.planned("handouts", selected, making.edition(selected, "ar"))
    prepared = making.typeset(press, plan)
    glyphs: dict[str, set[int]] = {}
    for plate in making.plates_of(press, prepared).values():
        for found in plate.glyphs.values():
            for glyph, (text, _) in found.items():
                glyphs.setdefault(text, set()).add(glyph)
    assert len(glyphs["ت"]) >= 3


def test_its_scales_filter(garden: Path, tmp_path: Path) -> None:
    done = typed("handouts", "--project", garden, "--output", tmp_path, "--where", "season=summer")
    assert done.status == 0, done.err
    [entry] = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert entry["actions"] == ["SO2", "N10"]
    listed = typed("list", "--project", garden, "--where", "effort=heavy", "--sector", "school", "--format", "json")
    assert [action["code"] for action in json.loads(listed.out)] == ["SO1"]


@pytest.mark.parametrize("option", [("--stage", "early"), ("--where", "stage=early")])
def test_scales_that_it_has_not_are_refused(garden: Path, option: tuple[str, str]) -> None:
    done = typed("list", "--project", garden, *option)
    assert done.status == 2
    assert "season, effort" in done.err


def test_a_language_that_it_has_not_is_refused(garden: Path, tmp_path: Path) -> None:
    done = typed("cards", "--project", garden, "--language", "fr", "--output", tmp_path)
    assert done.status == 2
    assert "cy, en, ar, both" in done.err


def test_three_languages_have_a_card_each(garden: Path) -> None:
    """A card has two sides: with two languages one each, otherwise both in one language. Faces always pair up."""
    catalogue = load(Project(garden))
    selected = making.selection(catalogue, actions=("SO1",))
    leaves = making.planned("cards", selected, making.edition(selected, "both")).leaves
    pairs = list(zip(leaves[::2], leaves[1::2], strict=True))
    assert all(front.languages == back.languages for front, back in pairs)
    assert [front.languages[0] for front, _ in pairs] == ["cy", "en", "ar"] * 2
    assert [leaf.name for leaf in leaves if "SO1" in leaf.name][:2] == ["cards/SO1/front/cy", "cards/SO1/back/cy"]


def test_two_languages_are_tilted_and_turned_three_are_not(garden: Path, tmp_path: Path) -> None:
    done = typed("handouts", "--project", garden, "--layout", "tilt-and-turn", "--output", tmp_path)
    assert done.status == 0, done.err
    assert "handouts: tilt-and-turn does not hold 3 languages; laid out block-by-block" in done.err


# -- the fonts of languages --------------------------------------------------------------------------------------------


def test_letters_that_the_font_lacks_are_refused(tmp_path: Path) -> None:
    root = with_font(tmp_path, "font: {family: Source Sans 3}")
    done = typed("handouts", "--project", root, "--language", "ar", "--action", "SO1")
    assert done.status == 1
    assert "content/actions/SO1.yaml" in done.err
    assert "title.ar: Source Sans 3 has no “" in done.err
    assert making.contents_of(root / "output") == {}


def test_a_font_may_be_a_file_of_the_project(tmp_path: Path) -> None:
    from toolkit_builder.press.fonts import font_file

    root = with_font(tmp_path, "font: {family: Llythrennau, file: ffont y prosiect.ttf}")
    shutil.copy(font_file("font:fontpkg_cairo/Cairo[slnt,wght].ttf"), root / "content" / "ffont y prosiect.ttf")
    done = typed("handouts", "--project", root, "--language", "ar", "--action", "SO1")
    assert done.status == 0, done.err
    assert "current" in typed("handouts", "--project", root, "--language", "ar", "--action", "SO1").err


@pytest.mark.parametrize(
    ("font", "status", "said"),
    [
        ('font: {family: Cairo, file: "font:dim_pecyn/Cairo.ttf"}', 3, "pip install dim-pecyn"),
        ("font: {family: Cairo, file: dim yma.ttf}", 3, "no font file"),
        ("font: {family: Cairo}", 1, "asks for Cairo 400, which the styles do not declare"),
        ("font: {family: 'Cairo\"'}", 1, "content/framework.yaml:14:20: error: languages[3].font.family"),
        ("font: {file: Cairo.ttf}", 1, "content/framework.yaml:14"),
        ("font: {family: Cairo, file: 'a\") b'}", 1, "the address of a font file, without quotes and brackets"),
    ],
)
def test_a_font_that_cannot_be_used(tmp_path: Path, font: str, status: int, said: str) -> None:
    done = typed("handouts", "--project", with_font(tmp_path, font), "--language", "ar", "--action", "SO1")
    assert done.status == status
    assert said in done.err
