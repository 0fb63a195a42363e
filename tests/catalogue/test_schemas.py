"""The JSON Schemas: as the model makes them, named by every content file, and true of every content file."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from toolkit_builder.catalogue.schemas import FOLDER, as_text, main, schemas, write
from toolkit_builder.project import Project, shipped

ROOT = shipped()
FILES = sorted((ROOT / "content").rglob("*.yaml"))
PARTNERSHIPS = ROOT / "content" / "partnerships"
CHECKED = [path for path in FILES if PARTNERSHIPS not in path.parents]


class EditorLoader(yaml.SafeLoader):
    """Reads as an editor does, by YAML 1.2: numbers and booleans are themselves, a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)  # noqa: S506  (a SafeLoader)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas(Project(ROOT))[f"{name}.schema.json"])


def action(**changes: Any) -> Any:
    data = as_editor((ROOT / "content" / "actions" / "SP2.yaml").read_text("utf-8"))
    return {**data, **changes}


@pytest.mark.parametrize("name", ["framework", "labels", "action", "provisional"])
def test_the_files_are_as_the_model_makes_them(name: str) -> None:
    made = schemas(Project(ROOT))[f"{name}.schema.json"]
    Draft202012Validator.check_schema(made)
    stored = (ROOT / FOLDER / f"{name}.schema.json").read_text("utf-8")
    assert stored == as_text(made), "run: python -m toolkit_builder.catalogue.schemas"


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: path.stem)
def test_each_content_file_names_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named, "the first line names the schema"
    schema = (path.parent / named[1]).resolve()
    kind = {"actions": "action", "shops": "shop"}.get(path.parent.name, path.stem)
    assert schema == ROOT / FOLDER / f"{kind}.schema.json"
    errors = Draft202012Validator(json.loads(schema.read_text("utf-8"))).iter_errors(as_editor(text))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "early"},
        {"stage": "any"},
        {"stage": ["early", "mid"]},
        {"resource": "unstated"},
        {"who": [{"sectors": ["cross-sector"], "people": "10-30"}]},
        {"who": [{"sectors": ["cross-sector"], "people": 12}]},
    ],
)
def test_what_stands_in_yaml_is_allowed(changes: dict[str, Any]) -> None:
    assert validator("action").is_valid(action(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "erly"},
        {"stage": []},
        {"stage": ["early", "any"]},
        {"stage": ["early", "early"]},
        {"resource": ["low"]},
        {"who": [{"sectors": ["cross-sector"], "people": "lots"}]},
        {"who": [{"sectors": ["cross-sector"], "role": None}]},
        {"category": "finanse"},
        {"title": {"cy": "Teitl"}},
        {"title": "Title"},
        {"examples": []},
        {"purpos": {"cy": "a", "en": "b"}},
    ],
)
def test_what_loading_refuses_is_refused(changes: dict[str, Any]) -> None:
    assert not validator("action").is_valid(action(**changes))


def test_numbers_of_people_are_texts_to_an_editor() -> None:
    assert as_editor("people: 10-30") == {"people": "10-30"}
    assert as_editor("date: 2026-01-31") == {"date": "2026-01-31"}
    assert yaml.safe_load("date: 2026-01-31") == {"date": datetime.date(2026, 1, 31)}


def test_keys_of_labels_and_provisional_values_are_checked() -> None:
    text = {"cy": "a", "en": "b"}
    assert validator("labels").is_valid({"card": {"next_step": text}})
    assert not validator("labels").is_valid({"Card": {"next_step": text}})
    entry = {"time": {"value": "short", "reason": text}}
    assert validator("provisional").is_valid({"SP1": entry})
    assert not validator("provisional").is_valid({"sp1": entry})
    assert not validator("provisional").is_valid({"SP1": {"tiem": entry["time"]}})
    assert not validator("provisional").is_valid({"SP1": {"time": {"value": "short"}}})


def test_an_editor_is_helped() -> None:
    properties = schemas(Project(ROOT))["action.schema.json"]["properties"]
    assert properties["stage"]["anyOf"][0]["enum"] == ["early", "mid", "mature", "unstated", "any"]
    assert properties["stage"]["description"] == "Stage: How mature the collaboration is"


def test_written_into_the_project_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    assert main(schemas) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    for path in write(Project(tmp_path), schemas(Project(tmp_path))):
        assert path.read_bytes() == (ROOT / FOLDER / path.name).read_bytes()


def test_a_faulty_framework_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "framework.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(schemas) == 1
    assert "content/framework.yaml:1:1: error: is empty" in capsys.readouterr().err
