"""Pages as pictures: `--format png`, and as outlines: `--format svg`."""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import weasyprint
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.making import contents_of
from tests.typed import run, typed

SOME = ("cards", "--format", "png", "--action", "SP1", "--action", "FM5")
FOLDER = "cards.cy-en.SP1-FM5.pictures"
FACES = {
    *("guide.cy.png", "guide.en.png", "colophon.cy.png", "colophon.en.png"),
    *("SP1.front.cy-en.png", "SP1.back.cy-en.png", "FM5.front.cy-en.png", "FM5.back.cy-en.png"),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lluniau")
    assert typed(*SOME, "--output", folder).status == 0
    return folder


def rows(folder: Path) -> list[dict[str, str]]:
    assert folder.joinpath("alt.csv").read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel reads it as UTF-8
    with (folder / "alt.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_face_is_a_picture_and_the_manifest_knows_all(output: Path) -> None:
    assert {path.name for path in (output / FOLDER).iterdir()} == FACES | {"alt.csv"}
    assert not [*output.glob("*.pdf")]
    listed = {entry["path"]: entry for entry in json.loads((output / "manifest.json").read_text("utf-8"))["files"]}
    assert set(listed) == {f"{FOLDER}/{name}" for name in FACES | {"alt.csv"}}
    front, guide = listed[f"{FOLDER}/SP1.front.cy-en.png"], listed[f"{FOLDER}/guide.cy.png"]
    assert (front["languages"], front["actions"], front["pages"]) == (["cy", "en"], ["SP1"], 1)
    assert (guide["languages"], guide["actions"]) == (["cy"], [])


def test_a_picture_is_the_face_at_300_pixels_an_inch_in_srgb(output: Path, tmp_path: Path) -> None:
    assert typed("cards", "--action", "SP1", "--action", "FM5", "--output", tmp_path).status == 0
    page = reading.picture(tmp_path / "cards.cy-en.SP1-FM5.pdf", 2, 2).convert("RGB")
    with Image.open(output / FOLDER / "SP1.front.cy-en.png") as picture:
        assert picture.size == (1240, 1748)  # 105 x 148 mm
        assert picture.mode == "RGB"
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.info["srgb"] == 0
        assert picture.info["Title"] == "SP1 Casglu gwybodaeth / Information gathering"
        off = ImageChops.difference(picture.resize(page.size, Image.Resampling.BOX), page)
    assert max(ImageStat.Stat(off).mean) < 2


def test_the_table_says_what_a_screen_reader_says_of_each_face(output: Path, tmp_path: Path) -> None:
    """As the structure tree of the document has it, read by other code; pictures by their alternative texts."""
    told = {row["file"]: row for row in rows(output / FOLDER)}
    assert set(told) == FACES
    assert [row["file"] for row in rows(output / FOLDER)][2:4] == ["SP1.front.cy-en.png", "SP1.back.cy-en.png"]
    front = told["SP1.front.cy-en.png"]
    assert (front["code"], front["side"], front["language"]) == ("SP1", "front", "cy-en")
    assert front["alternative text"].startswith(
        "Chwyddwydr dros gylch, sgwâr a diemwnt. 1. A magnifying glass over a circle, a square and a diamond. "
        "Gweithgareddau i ddatblygu diben cyffredin. Casglu gwybodaeth. Activities for developing shared purpose. "
        "Information gathering. SP1. "
    )
    assert typed("cards", "--action", "SP1", "--action", "FM5", "--output", tmp_path).status == 0
    tree = reading.tree(tmp_path / "cards.cy-en.SP1-FM5.pdf")
    whole = letters("".join(element.text for element in tree if element.kind == "/Document"))
    pictured = ("Chwyddwydr", "A magnifying glass", "Jar â", "A jar")
    sentences = [sentence for row in told.values() for sentence in row["alternative text"].split(". ")]
    assert [
        sentence for sentence in sentences if letters(sentence) not in whole and not sentence.startswith(pictured)
    ] == []


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_pictures_are_the_same_each_time_and_current_until_one_is_changed(output: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (output / FOLDER).iterdir()}
    assert "8 pictures, current" in typed(*SOME, "--output", output).err
    changed = output / FOLDER / "guide.en.png"
    changed.write_bytes(before["guide.cy.png"])
    assert "current" not in typed(*SOME, "--output", output).err
    assert {path.name: path.read_bytes() for path in (output / FOLDER).iterdir()} == before


def test_a_page_of_a_handout_is_a_picture_too(tmp_path: Path) -> None:
    words = ("handouts", "--format", "png", "--language", "en", "--action", "GA3", "--output", tmp_path)
    assert typed(*words).status == 0
    [picture] = tmp_path.glob("*.pictures/*.png")
    with Image.open(picture) as image:
        assert image.size == (2480, 3508)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cards", "--sheet", "a3"), "none of print sheets"),
        (("handouts", "--layout", "tilt-and-turn", "--for-print"), "none of print sheets"),
        (("worksheet", "--fillable"), "nobody fills in"),
    ],
)
def test_what_pictures_cannot_be_is_said(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = typed(*words, "--format", "png", folder=tmp_path)
    assert done.status == 2
    assert said in " ".join(done.err.split())


# -- as SVG ------------------------------------------------------------------------------------------------------------

needs_poppler = pytest.mark.skipif(shutil.which("pdftocairo") is None, reason="poppler-utils is not installed")
VECTORS = "cards.cy-en.SP1-FM5.vectors"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fectorau ŵ")
    assert typed("cards", "--format", "svg", *SOME[3:], "--output", folder).status == 0
    return folder


@needs_poppler
def test_every_face_is_a_drawing_that_says_what_its_picture_says(output: Path, vectors: Path) -> None:
    faces = {name.replace(".png", ".svg") for name in FACES}
    assert {path.name for path in (vectors / VECTORS).iterdir()} == faces | {"alt.csv"}
    pictured = {row["file"].removesuffix(".png"): row["alternative text"] for row in rows(output / FOLDER)}
    for row in rows(vectors / VECTORS):
        root = ElementTree.parse(vectors / VECTORS / row["file"]).getroot()  # noqa: S314  (our own)
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert description.text == row["alternative text"] == pictured[row["file"].removesuffix(".svg")]
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert [float(side) for side in root.get("viewBox", "").split()[2:]] == pytest.approx(
            (297.64, 419.53), abs=0.01
        )
        assert not [*root.iter(f"{SVG}text")], "a font that is not there would change it"
        language = row["language"]
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == (None if "-" in language else language)


@needs_poppler
def test_a_drawing_looks_like_the_picture(output: Path, vectors: Path, tmp_path: Path) -> None:
    """Another engine sets it: WeasyPrint, as a picture in a page."""
    for name in ("SP1.front.cy-en", "SP1.back.cy-en"):
        address = (vectors / VECTORS / f"{name}.svg").as_uri()
        style = "@page { size: 105mm 148mm; margin: 0 } body { margin: 0 } img { display: block; width: 105mm }"
        page = tmp_path / f"{name}.pdf"
        weasyprint.HTML(string=f"<style>{style}</style><img src='{address}'>").write_pdf(page)
        drawn = reading.picture(page, 0, 2).convert("RGB")
        with Image.open(output / FOLDER / f"{name}.png") as picture:
            off = ImageChops.difference(picture.resize(drawn.size, Image.Resampling.BOX), drawn)
        assert max(ImageStat.Stat(off).mean) < 6, name


@needs_poppler
def test_drawings_are_the_same_each_time_and_known_to_be_current(vectors: Path, tmp_path: Path) -> None:
    words = ("cards", "--format", "svg", *SOME[3:], "--output")
    before = contents_of(vectors)
    assert ", current" in typed(*words, vectors).err
    assert typed(*words, tmp_path).status == 0
    assert contents_of(tmp_path / VECTORS) == contents_of(vectors / VECTORS)
    assert contents_of(vectors) == before
    drawing = vectors / VECTORS / "SP1.front.cy-en.svg"
    data = drawing.read_bytes()
    drawing.write_bytes(data.replace(b"<desc", b"<!-- --><desc"))
    assert ", current" not in typed(*words, vectors).err
    assert drawing.read_bytes() == data


def test_svg_without_the_program_that_draws_it_says_how_to_get_it(tmp_path: Path) -> None:
    words = ("cards", "--format", "svg", "--action", "FM5", "--output", tmp_path)
    done = run(*words, env={**os.environ, "PATH": str(tmp_path)})
    assert done.status == 3
    assert "pdftocairo" in done.err
    assert "poppler-utils" in done.err
    assert not [*tmp_path.rglob("*.svg")]
