"""A framework with other categories, columns, scales and languages becomes products from its data and layouts alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import making, reading
from tests.typed import typed
from toolkit_builder.build import edition
from toolkit_builder.catalogue.loading import load
from toolkit_builder.products import PRODUCTS
from toolkit_builder.project import Project

FIXTURE = Path(__file__).parent.parent / "fixtures" / "three-languages"


def in_irish(value: Any) -> Any:
    """The data with its third language made one that is written in Latin letters."""
    if isinstance(value, dict):
        if set(value) == {"cy", "en", "ar"}:
            return {"cy": value["cy"], "en": value["en"], "ga": f"{value['en']} as Gaeilge"}
        if value.get("id") == "ar":
            return {"id": "ga", "name": "Gaeilge", "review": "draft"}
        return {key: in_irish(item) for key, item in value.items()}
    return [in_irish(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gardd") / "gardd ŵŷ"
    shutil.copytree(FIXTURE, root)
    for path in (root / "content").rglob("*.yaml"):
        data = in_irish(yaml.safe_load(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return root


def test_its_files_are_named_after_its_languages(garden: Path) -> None:
    assert typed("handouts", "--project", garden).status == 0
    assert typed("handouts", "--project", garden, "--language", "ga").status == 0
    assert typed("cards", "--project", garden).status == 0
    manifest = json.loads((garden / "output" / "manifest.json").read_text("utf-8"))
    found = {entry["path"]: (entry["languages"], entry["pages"]) for entry in manifest["files"]}
    assert set(found) == {
        "cards.cy-en-ga.pdf",
        "cards.cy-en-ga.sheets.pdf",
        "handouts.cy-en-ga.pdf",
        "handouts.ga.pdf",
    }
    assert found["handouts.cy-en-ga.pdf"] == (["cy", "en", "ga"], 4)


def test_its_texts_are_printed_in_all_its_languages(garden: Path, tmp_path: Path) -> None:
    path = making.product(Project(garden), "handouts", tmp_path)
    catalogue = load(Project(garden))
    for page, action in zip(reading.pages(path), catalogue, strict=True):
        for language in ("cy", "en", "ga"):
            assert reading.plain(action.title[language]) in page
    assert reading.failures(path) == ""
    written = reading.languages_of(catalogue)
    found = [element for element in reading.tree(path) if element.text in written]
    assert {element.language for element in found} == {"cy", "en", "ga"}
    assert all(element.language in written[element.text] for element in found)


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
    assert "cy, en, ga, both" in done.err


def test_three_languages_have_a_card_each(garden: Path) -> None:
    """A card has two sides: with two languages one each, otherwise both in one language. Faces always pair up."""
    catalogue = load(Project(garden))
    selected = making.selection(catalogue, actions=("SO1",))
    leaves = PRODUCTS["cards"](selected, edition(selected, "both")).leaves
    pairs = list(zip(leaves[::2], leaves[1::2], strict=True))
    assert all(front.languages == back.languages for front, back in pairs)
    assert [front.languages[0] for front, _ in pairs] == ["cy", "en", "ga"] * 2
    assert [leaf.name for leaf in leaves if "SO1" in leaf.name][:2] == ["cards/SO1/front/cy", "cards/SO1/back/cy"]


def test_letters_that_the_font_lacks_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "gardd"
    shutil.copytree(FIXTURE, root)
    done = typed("handouts", "--project", root, "--language", "ar", "--action", "SO1")
    assert done.status == 1
    assert "content/actions/SO1.yaml" in done.err
    assert "title.ar: Source Sans 3 has no “" in done.err
    assert making.contents_of(root / "output") == {}
