"""What pydantic found, said in the words of the people who write the files, with what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from toolkit_builder.catalogue.yaml_reader import Path_


def explain(data: object, base: Path_, detail: dict[str, Any], shape: type[BaseModel]) -> tuple[Path_, str]:
    """One of pydantic's errors as the path in the file and a message.

    `base` is the path in `data` of what was validated.
    """
    path = _real_path(data, (*base, *detail["loc"]), keep_last=detail["type"] in ("missing", "extra_forbidden"))
    context = detail.get("ctx", {})
    explain = _EXPLANATIONS.get(detail["type"])
    if detail["type"] == "extra_forbidden":
        return path, _unknown_key(str(path[-1]), _known_keys(shape, detail["loc"][:-1]))
    return path, explain(context, detail["input"]) if explain else str(detail["msg"])


_EXPLANATIONS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "missing": lambda _, __: "missing; add it",
    "literal_error": lambda context, value: not_allowed(value, _expected(context)),
    "union_tag_invalid": lambda context, value: not_allowed(
        value.get("kind") if isinstance(value, dict) else value, _expected({"expected": context["expected_tags"]})
    ),
    "union_tag_not_found": lambda _, __: "kind: missing; allowed: text, list, people, scale",
    "tuple_type": lambda _, value: _instead(value, "a list is needed; begin each item with “- ” on a line of its own"),
    "list_type": lambda _, value: _instead(value, "a list is needed; begin each item with “- ” on a line of its own"),
    "model_type": lambda _, value: _instead(value, "keys and values are needed here"),
    "dict_type": lambda _, value: _instead(value, "keys and values are needed here"),
    "model_attributes_type": lambda _, value: _instead(value, "keys and values are needed here"),
    "string_type": lambda _, value: _instead(value, "a single text is needed"),
    "string_too_short": lambda _, __: "is empty; write the text",
    "too_short": lambda context, _: (
        "is an empty list; give at least one item"
        if context.get("actual_length") == 0
        else f"has too few items; at least {context.get('min_length')} are needed"
    ),
    "too_long": lambda context, _: f"has too many items; at most {context.get('max_length')} are allowed",
    "string_pattern_mismatch": lambda context, value: f"“{value}” does not have the form {context.get('pattern')}",
    "bool_parsing": lambda _, value: not_allowed(value, ["true", "false"]),
}


def _instead(value: object, needed: str) -> str:
    what = {str: "a text", list: "a list", dict: "keys and values"}.get(type(value), "nothing")
    return f"{what}, and {needed}"


def _expected(context: dict[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(context.get("expected", "")))


def not_allowed(value: object, allowed: Iterable[str], what: str = "is not allowed") -> str:
    allowed = list(allowed)
    near = difflib.get_close_matches(str(value), allowed, 1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    return f"“{value}” {what}{hint}; allowed: {', '.join(allowed)}"


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    hint = f"; did you mean “{near[0]}”?" if near else "; remove it"
    return f"unknown key{hint} (known: {', '.join(known)})" if known else f"unknown key{hint}"


def _known_keys(shape: Any, loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the shape knows at a place, found by walking its JSON Schema."""
    schema = shape.model_json_schema()
    definitions = schema.get("$defs", {})
    nodes = [schema]
    for part in loc:
        nodes = [inner for node in nodes for inner in _step_into(node, part, definitions)]
    keys: list[str] = []
    for node in nodes:
        for option in _options(node, definitions):
            keys += option.get("properties", {})
    return list(dict.fromkeys(keys))


def _options(node: dict[str, Any], definitions: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in node:
        return _options(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
    several = [*node.get("anyOf", []), *node.get("oneOf", [])]
    return [option for one in several for option in _options(one, definitions)] if several else [node]


def _step_into(node: dict[str, Any], part: str | int, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for option in _options(node, definitions):
        if isinstance(part, int):
            found.append(option.get("items", {}))
        elif part in option.get("properties", {}):
            found.append(option["properties"][part])
        elif option.get("properties", {}).get("kind", {}).get("const") == part:
            found.append(option)
        elif isinstance(option.get("additionalProperties"), dict):
            found.append(option["additionalProperties"])
        elif option.get("patternProperties"):
            found += option["patternProperties"].values()
    if not found and isinstance(part, str):  # the tag of a union stands in the path, not in the file
        tagged = [o for o in _options(node, definitions) if o.get("properties", {}).get("kind", {}).get("const") == part]
        found += tagged
    return found


def _real_path(data: object, loc: tuple[str | int, ...], *, keep_last: bool) -> Path_:
    """pydantic's path without what is not in the file (the tags of unions, the steps of validators)."""
    path: list[str | int] = []
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif not (last and keep_last):
            continue
        path.append(part)
    return tuple(path)
