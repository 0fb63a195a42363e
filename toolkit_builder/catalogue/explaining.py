"""What pydantic found, said in the words of the people who write the files, with what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from toolkit_builder.catalogue.documents import KeyPath
from toolkit_builder.catalogue.locating import KEY, known_keys, real_path
from toolkit_builder.catalogue.model import FORMS


def explain(data: object, detail: dict[str, Any], shape: type[BaseModel]) -> tuple[KeyPath, str, bool]:
    """One of pydantic's errors as the path in the file, a message, and whether the key itself is meant."""
    kind, loc = detail["type"], detail["loc"]
    of_key = kind == "extra_forbidden" or loc[-1:] == (KEY,)
    path = real_path(data, loc, keep_last=kind in ("missing", "extra_forbidden"))
    if kind == "extra_forbidden":
        return path, _unknown_key(str(path[-1]), known_keys(shape, loc[:-1])), of_key
    if kind == "model_type" and detail["ctx"]["class_name"] == "Text":
        languages = ", ".join(known_keys(shape, loc))
        return path, _instead(detail["input"], f"a text in each language is needed ({languages})"), of_key
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        path = (*path, "kind")
    saying = _SAYINGS.get(kind)
    return path, saying(detail.get("ctx", {}), detail["input"]) if saying else str(detail["msg"]), of_key


def not_allowed(value: object, allowed: Iterable[str], what: str = "is not allowed") -> str:
    """A wrong value with the nearest allowed one and all of them."""
    allowed = list(allowed)
    if value == "":
        return f"is empty; allowed: {', '.join(allowed)}"
    if not isinstance(value, str):
        return f"{_instead(value, 'one value is needed')}; allowed: {', '.join(allowed)}"
    near = difflib.get_close_matches(value, allowed, 1)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    return f"“{value}” {what}{hint}; allowed: {', '.join(allowed)}"


def _a_list(_: dict[str, Any], value: object) -> str:
    return _instead(value, "a list is needed; begin each item with “- ” on a line of its own")


def _keys_and_values(_: dict[str, Any], value: object) -> str:
    return _instead(value, "keys with values are needed")


def _too_few(context: dict[str, Any], _: object) -> str:
    if context.get("actual_length") == 0:
        return "is an empty list; give at least one item"
    return f"has too few items; at least {context.get('min_length')} are needed"


def _wrong_form(context: dict[str, Any], value: object) -> str:
    pattern = str(context.get("pattern"))
    form = FORMS.get(pattern, f"the form {pattern}")
    return f"is empty; {form} is needed" if value == "" else f"“{value}” cannot stand here; {form} is needed"


_SAYINGS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "missing": lambda _, __: "missing; add it",
    "literal_error": lambda context, value: not_allowed(value, _quoted(context["expected"])),
    "union_tag_invalid": lambda context, value: not_allowed(value["kind"], _quoted(context["expected_tags"])),
    "union_tag_not_found": lambda _, __: "missing; add it",
    "tuple_type": _a_list,
    "model_type": _keys_and_values,
    "model_attributes_type": _keys_and_values,
    "dict_type": _keys_and_values,
    "string_type": lambda _, value: _instead(value, "a single text is needed"),
    "string_too_short": lambda _, __: "is empty; write the text",
    "string_pattern_mismatch": _wrong_form,
    "too_short": _too_few,
    "too_long": lambda context, _: f"has too many items; at most {context.get('max_length')} are allowed",
    "bool_parsing": lambda _, value: not_allowed(value, ["true", "false"]),
    "bool_type": lambda _, value: not_allowed(value, ["true", "false"]),
}


def _instead(value: object, needed: str) -> str:
    if isinstance(value, dict):
        return f"keys with values, and {needed}"
    if isinstance(value, list):
        return f"a list, and {needed}"
    return f"a single text, and {needed}" if value else f"nothing stands here, and {needed}"


def _quoted(expected: object) -> list[str]:
    return re.findall(r"'([^']*)'", str(expected))


def _unknown_key(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    hint = f"; did you mean “{near[0]}”?" if near else "; remove it"
    return f"unknown key{hint} (known: {', '.join(known)})"
