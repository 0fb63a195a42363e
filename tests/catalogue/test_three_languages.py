"""A framework with other categories, columns and scales, in three languages, loads and filters from data alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.catalogue.test_schemas import as_editor
from toolkit_builder.catalogue.loading import load, load_in
from toolkit_builder.catalogue.model import Catalogue, Text
from toolkit_builder.catalogue.schemas import schemas
from toolkit_builder.catalogue.selecting import Filters, select
from toolkit_builder.errors import FaultsError
from toolkit_builder.project import Project

PROJECT = Project(Path(__file__).parent.parent / "fixtures" / "three-languages")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(PROJECT)


def test_its_languages_in_the_order_of_reading(catalogue: Catalogue) -> None:
    languages = catalogue.framework.languages
    assert [(language.id, language.direction) for language in languages] == [
        ("cy", "ltr"),
        ("en", "ltr"),
        ("ar", "rtl"),
    ]
    assert catalogue.action("SO1").title.as_dict() == {
        "cy": "Palu’r gwelyau",
        "en": "Dig the beds",
        "ar": "حفر الأحواض",
    }


def test_actions_stand_by_category_and_number(catalogue: Catalogue) -> None:
    assert [action.code for action in catalogue] == ["SO1", "SO2", "N1", "N10"]


def test_columns_have_the_shape_of_their_kind(catalogue: Catalogue) -> None:
    action = catalogue.action("SO1")
    assert list(action.values) == ["why", "tools", "helpers", "season", "effort"]
    why, tools = action["why"], action["tools"]
    assert isinstance(why, Text)
    assert why["ar"] == "الجذور تحب التربة الرخوة."
    assert isinstance(tools, tuple)
    assert [tool["en"] for tool in tools if isinstance(tool, Text)] == ["Spade", "Gloves"]
    [party] = action.parties("helpers")
    assert (party.sectors, party.people) == (("everyone",), "4-8")
    assert catalogue.action("N1").parties("helpers")[0].people == "20"


def test_provisional_values_lie_under_the_own_ones(catalogue: Catalogue) -> None:
    stated, any_season, provisional = (catalogue.action(code).rating("season") for code in ("SO1", "SO2", "N1"))
    assert (stated.steps, stated.basis) == (("spring", "autumn"), "source")
    assert (any_season.any, len(any_season.steps), any_season.basis) == (True, 4, "source")
    assert (provisional.steps, provisional.basis) == (("spring", "autumn"), "provisional")
    assert provisional.reason
    assert provisional.reason["ar"] == "الطقس معتدل."
    assert catalogue.action("SO2").rating("effort").basis == "source"
    assert catalogue.action("N10").rating("effort").basis == "unstated"
    assert catalogue.action("N10").rating("effort").steps == ()


def test_each_text_knows_where_it_was_written(catalogue: Catalogue) -> None:
    origin = catalogue.action("N1").title.origin
    assert str(origin) == "content/actions/N1.yaml#title"
    assert catalogue.positions[f"{origin}.cy"] == ("content/actions/N1.yaml", 3, 13)
    assert catalogue.positions["content/actions/SO1.yaml#tools[2].en"] == ("content/actions/SO1.yaml", 10, 21)


def test_sectors_and_what_they_include(catalogue: Catalogue) -> None:
    [helpers] = catalogue.framework.people
    assert helpers.found_by("school") == {"school", "everyone"}
    assert helpers.found_by("everyone") == {"everyone"}


def test_its_scales_filter(catalogue: Catalogue) -> None:
    assert select(catalogue, Filters(scales={"season": ("summer",)})).codes == ("SO2", "N10")
    assert select(catalogue, Filters(scales={"season": ("autumn",)}, source_only=True)).codes == ("SO1", "SO2")
    assert select(catalogue, Filters(sectors=("school",), scales={"effort": ("heavy",)})).codes == ("SO1",)


def test_its_schemas_are_its_own() -> None:
    made = schemas(PROJECT)
    for path in PROJECT.content.rglob("*.yaml"):
        name = "action" if path.parent.name == "actions" else path.stem
        validator = Draft202012Validator(made[f"{name}.schema.json"])
        assert [error.message for error in validator.iter_errors(as_editor(path.read_text("utf-8")))] == []


def test_a_language_that_is_new_is_told_once_a_file(tmp_path: Path) -> None:
    """With what to do: a fault for each of hundreds of texts would hide all others."""
    shutil.copytree(PROJECT.content, tmp_path / "content")
    framework = tmp_path / "content" / "framework.yaml"
    text = framework.read_text("utf-8")
    assert "\nlanguages:\n" in text
    polish = "languages:\n  - {id: pl, name: Polski, review: draft}\n"
    framework.write_text(text.replace("languages:\n", polish, 1), "utf-8")
    with pytest.raises(FaultsError) as refused:
        load(Project(tmp_path))
    lacking = {fault.file: fault for fault in refused.value.faults if ".pl" in fault.where}
    texts = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "content").rglob("*.yaml"))
    assert sorted(lacking) == texts
    assert len(refused.value.faults) == len(texts)
    first = lacking["content/actions/SO1.yaml"]
    assert (first.where, first.line) == ("title.pl", 3)
    assert first.message == (
        "missing, as in 4 more texts (why, tools[1], tools[2]…); add them, or have them translated: "
        "toolkit-builder translate export --format xlsx --only missing --language pl"
    )


def test_what_is_asked_for_in_one_language_does_not_wait_for_another(tmp_path: Path) -> None:
    """While a language is being translated, nothing that is in the others breaks; what has it does."""
    shutil.copytree(PROJECT.content, tmp_path / "content")
    framework = tmp_path / "content" / "framework.yaml"
    text = framework.read_text("utf-8")
    polish = "languages:\n  - {id: pl, name: Polski, review: draft}\n"
    framework.write_text(text.replace("languages:\n", polish, 1), "utf-8")
    labels = tmp_path / "content" / "labels.yaml"
    labels.write_text(labels.read_text("utf-8").replace("{cy: ", "{pl: Słowo, cy: ", 1), "utf-8")
    read = load_in(Project(tmp_path), "cy")
    assert (read.framework.language_ids, read.left_out) == (("cy", "en", "ar"), ("pl",))
    assert load_in(PROJECT, "cy").left_out == ()
    with pytest.raises(FaultsError):
        load_in(Project(tmp_path), "pl")
    action = next((tmp_path / "content" / "actions").glob("*.yaml"))
    action.write_text(action.read_text("utf-8") + "mistyped: yes\n", "utf-8")
    with pytest.raises(FaultsError, match="mistyped"):
        load_in(Project(tmp_path), "cy")
