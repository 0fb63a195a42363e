"""Where pydantic's errors lie: the path in the file, and the keys that the shape knows there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.model import Text

KEY = "[key]"
"""What pydantic puts at the end of a path when the key itself is wrong."""


def known_keys(shape: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the shape knows at a place."""
    return list(dict.fromkeys(key for node in _nodes(shape, loc) for key in node.get("properties", {})))


def is_text(shape: type[BaseModel], loc: tuple[str | int, ...]) -> bool:
    """Whether the shape has a text at a place, of which languages are the keys."""
    return any(node.get("title") == Text.__name__ for node in _nodes(shape, loc))


@lru_cache(maxsize=16)
def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a shape, which takes longer to make than all else that a fault needs."""
    return shape.model_json_schema()


def _nodes(shape: type[BaseModel], loc: tuple[str | int, ...]) -> list[dict[str, Any]]:
    """What may stand at a place, found by walking the JSON Schema of the shape."""
    schema = _schema(shape)
    definitions = schema.get("$defs", {})
    nodes = [schema]
    for part in loc:
        nodes = [inner for node in nodes for inner in _step_into(node, part, definitions)]
    return [option for node in nodes for option in _options(node, definitions)]


def _options(node: dict[str, Any], definitions: dict[str, Any]) -> list[dict[str, Any]]:
    """A node of a JSON Schema, or the alternatives that it stands for."""
    if "$ref" in node:
        return _options(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    several = [*node.get("anyOf", []), *node.get("oneOf", [])]
    return [option for part in several for option in _options(part, definitions)] if several else [node]


def _step_into(node: dict[str, Any], part: str | int, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    options = _options(node, definitions)
    tagged = [option for option in options if option.get("properties", {}).get("kind", {}).get("const") == part]
    if len(options) > 1 and tagged:
        return tagged
    if isinstance(part, int):
        return [option["items"] for option in options if "items" in option]
    below = [option["properties"][part] for option in options if part in option.get("properties", {})]
    for option in options:
        below += option.get("patternProperties", {}).values()
    return below


def real_path(data: object, loc: tuple[str | int, ...], *, keep_last: bool) -> KeyPath:
    """The path without what is not in the file: the kind of a column, the mark of a key, the item of a text."""
    path: list[str | int] = []
    entered = False
    for number, part in enumerate(loc):
        if entered and isinstance(data, dict) and part == data.get("kind"):
            entered = False
            continue
        inner = _inner(data, part)
        if inner is None and not (keep_last and number == len(loc) - 1):
            continue
        data = inner
        entered = isinstance(part, int)
        path.append(part)
    return tuple(path)


def mapping_at(data: object, path: KeyPath) -> dict[str, object]:
    """The mapping at a path; empty if there is none."""
    for part in path:
        data = _inner(data, part)
    return data if isinstance(data, dict) else {}


def _inner(data: object, part: str | int) -> object:
    """What stands in a mapping or list at one step; None if nothing does."""
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        inner: object = data[part]
        return inner
    return None
