"""Pages as pictures: `--format png`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.typed import typed

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
