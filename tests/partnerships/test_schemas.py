"""The JSON Schema of partnerships: as the model makes it, and true of every partnership that is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.catalogue.test_schemas import PARTNERSHIPS, ROOT, as_editor
from toolkit_builder.catalogue.schemas import FOLDER, as_text
from toolkit_builder.partnerships.schemas import NAME, schema
from toolkit_builder.project import Project


def test_the_file_is_as_the_model_makes_it() -> None:
    made = schema(Project(ROOT))
    Draft202012Validator.check_schema(made)
    stored = (ROOT / FOLDER / NAME).read_text("utf-8")
    assert stored == as_text(made), "run: python -m toolkit_builder.partnerships.schemas"


@pytest.mark.parametrize("path", sorted(PARTNERSHIPS.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_partnership_names_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named, "the first line names the schema"
    assert (path.parent / named[1]).resolve() == ROOT / FOLDER / NAME
    errors = Draft202012Validator(schema(Project(ROOT))).iter_errors(as_editor(text))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("more", "is_allowed"),
    [
        ("products: cards", True),
        ("products: [cards, summary]", True),
        ("products: posters", False),
        ("web: https://example.org", True),
        ("web: {cy: https://example.org/cy, en: https://example.org/en}", True),
        ("actions: {SP1: {order: 2}}", True),
        ("actions: {SP9: {order: 2}}", False),
        ("actions: {SP1: {order: 0}}", False),
        ("selection: {stage: early}", True),
        ("selection: {stage: [early, mid]}", True),
        ("selection: {stage: earl}", False),
    ],
)
def test_what_stands_in_yaml_is_told_from_what_may_not(more: str, is_allowed: bool) -> None:
    data = as_editor(f"name: {{cy: A, en: B}}\n{more}\n")
    assert Draft202012Validator(schema(Project(ROOT))).is_valid(data) is is_allowed
