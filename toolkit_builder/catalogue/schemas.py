"""JSON Schemas of the content files, for editors: completion, checking while one types, a word of help.

They are made from the shapes that loading checks against, and describe what stands in the file. Write them
anew with `python -m toolkit_builder.catalogue.schemas`, in the folder of a project, after a change to the model or
to the framework's languages, categories or columns.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from toolkit_builder.catalogue import kinds, model
from toolkit_builder.catalogue.loading import load_framework
from toolkit_builder.catalogue.model import Column, Framework, ScaleColumn, Text, text_shape
from toolkit_builder.errors import ToolkitError
from toolkit_builder.project import Project, open_project

FOLDER = Path("docs") / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_FIRST = ("$schema", "title", "description", "type", "const", "enum", "pattern", "required", "properties")
_MADE = ("title", "discriminator")  # pydantic's own additions, no help to anyone
_TEXT = "A text in every language. Markdown: emphasis, lists and links."


def schemas(project: Project) -> dict[str, Schema]:
    """The schemas of a project by the name of their files.

    Raises FaultsError if the framework has faults.
    """
    framework = load_framework(project)
    text = text_shape(framework.language_ids)
    action = schema_of(
        kinds.action_shape(framework, text),
        "Action",
        "One action: content/actions/CODE.yaml. “unstated” means that the source gives no value.",
        framework,
    )
    for column in framework.columns:
        action["properties"][column.id]["description"] = _about(column, _original(framework))
    return {
        "framework.schema.json": schema_of(
            kinds.framework_shape(text),
            "Framework",
            "content/framework.yaml: languages, categories, columns and scales, and the source.",
            framework,
        ),
        "labels.schema.json": schema_of(
            kinds.labels_shape(text),
            "Labels",
            "content/labels.yaml: every word that a layout prints and that is not an action’s own.",
            framework,
        ),
        "action.schema.json": action,
        "provisional.schema.json": schema_of(
            kinds.provisional_shape(framework, text),
            "Provisional values",
            "content/provisional.yaml: by code and scale, values that are not the source’s, with the reason.",
            framework,
        ),
    }


def write(project: Project, made: Mapping[str, Schema]) -> list[Path]:
    """Write schemas, by the name of their files, into the project's `docs/schemas`; the files."""
    folder = project.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in made.items():
        path = folder / name
        path.write_text(as_text(schema), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def as_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def schema_of(shape: type[BaseModel], title: str, description: str, framework: Framework[Text]) -> Schema:
    """The schema of a shape, as an editor wants it."""
    raw = shape.model_json_schema()
    definitions = {_plain(name): _tidied(node) for name, node in raw.pop("$defs", {}).items()}
    described = inspect.getmodule(shape.__mro__[1])
    for name, node in definitions.items():
        origin = getattr(model, name, None) or getattr(described, name, None)
        if origin is not None:
            node["description"] = inspect.cleandoc(origin.__doc__ or "")
    if "Text" in definitions:
        definitions["Text"]["description"] = _TEXT
        for language in framework.languages:
            definitions["Text"]["properties"][language.id]["description"] = language.name
    tidied = {"$schema": DIALECT, **_tidied(raw), "title": title, "description": description, "$defs": definitions}
    ordered: Schema = _ordered(tidied)
    return ordered


def _about(column: Column, language: str) -> str:
    """A column in the words of the framework."""
    label = column.label[language]
    return f"{label}: {column.measures[language]}" if isinstance(column, ScaleColumn) else label


def _original(framework: Framework[Text]) -> str:
    """The language that the others are translated from, or the first."""
    originals = [language.id for language in framework.languages if language.review == "original"]
    return [*originals, *framework.language_ids][0]


def _plain(name: str) -> str:
    return name.removesuffix("_Text_")


def _tidied(node: Schema) -> Schema:
    """A node without what pydantic adds; what may be left out may still not be null, for YAML's sake."""
    tidied: Schema = {}
    for key, value in node.items():
        if key in _MADE or (key == "default" and (value in (None, []) or isinstance(value, dict))):
            continue
        if key in ("properties", "patternProperties"):
            tidied[key] = {name: _tidied(inner) for name, inner in value.items()}
        elif key == "$ref":
            tidied[key] = _plain(value)
        elif key in ("anyOf", "oneOf"):
            tidied |= _alternatives(key, [_tidied(option) for option in value if option != {"type": "null"}])
        elif key == "items":
            tidied[key] = _tidied(value)
        else:
            tidied[key] = value
    if tidied.get("pattern") == kinds.PEOPLE:  # to an editor's YAML, 12 is a number
        number = {"type": "integer", "minimum": 1}
        described = {key: tidied.pop(key) for key in ("description",) if key in tidied}
        tidied = {**described, "anyOf": [tidied, number]}
    if "patternProperties" in tidied:
        tidied["additionalProperties"] = False
    return tidied


def _alternatives(key: str, several: list[Schema]) -> Schema:
    return several[0] if len(several) == 1 else {key: several}


def _ordered(node: Any) -> Any:
    """Every node with what a reader looks for first; names of properties stay as the model has them."""
    if isinstance(node, list):
        return [_ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = sorted(node, key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST))
    named = ("properties", "patternProperties", "$defs")
    return {
        key: {name: _ordered(value) for name, value in node[key].items()} if key in named else _ordered(node[key])
        for key in keys
    }


def main(schemas_of: Callable[[Project], Mapping[str, Schema]]) -> int:
    """Write the schemas of the project that one is in, as a command does; its exit status."""
    try:
        project = open_project()
        for path in write(project, schemas_of(project)):
            print(path)
    except ToolkitError as error:
        error.show()
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(schemas))
