"""What pydantic found, said in the words of the people who write the files, with what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from toolkit_builder.catalogue.documents import Data, KeyPath
from toolkit_builder.catalogue.locating import KEY, is_text, known_keys, mapping_at, real_path
from toolkit_builder.catalogue.model import FORMS

_LONGEST_SHOWN = 80
"""Characters of a value in a message."""
_NAMED = 3
"""Texts that a message names of those that lack a language."""


@dataclass(frozen=True)
class Explanation:
    """One of pydantic's errors as the path in the file and a message; `of_key`: the key itself is meant;
    `language`: the one that a text lacks, if it is that.
    """

    path: KeyPath
    message: str
    of_key: bool
    language: str = ""


def findings(data: Data, error: ValidationError, shape: type[BaseModel]) -> Iterator[Explanation]:
    """What is wrong with a file's data, each thing once."""
    details: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_url=False)]
    missing = {_path(data, detail): detail["loc"] for detail in details if detail["type"] == "missing"}
    meant = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = _path(data, detail)
            known = known_keys(shape, detail["loc"][:-1])
            near = nearest(path[-1], (key for key in known if key not in mapping_at(data, path[:-1])))
            meant.add((*path[:-1], near))
            yield Explanation(path, unknown(known, near), of_key=True)
        elif detail["type"] != "missing" and not _is_echo(detail):
            yield _finding(data, detail, shape)
    for path, loc in missing.items():
        if path not in meant:
            language = str(path[-1]) if is_text(shape, loc[:-1]) else ""
            yield Explanation(path, "missing; add it", of_key=False, language=language)


def gathered(found: Iterable[Explanation], name: Callable[[KeyPath], str], what_to_do: str) -> Iterator[Explanation]:
    """The same, what lacks a language told once: where several texts do, at the first. `name`: what a text is called;
    `what_to_do` has `{language}` in it.
    """
    lacking: dict[str, list[Explanation]] = {}
    for each in found:
        if each.language:
            lacking.setdefault(each.language, []).append(each)
        else:
            yield each
    for language, (first, *others) in lacking.items():
        if others:
            texts = "1 more text" if len(others) == 1 else f"{len(others)} more texts"
            named = ", ".join(name(each.path[:-1]) for each in others[:_NAMED])
            more = "…" if len(others) > _NAMED else ""
            message = f"missing, as in {texts} ({named}{more}); {what_to_do.format(language=language)}"
            first = replace(first, message=message)
        yield first


def _path(data: Data, detail: dict[str, Any]) -> KeyPath:
    return real_path(data, detail["loc"], keep_last=detail["type"] in ("missing", "extra_forbidden"))


def _is_echo(detail: dict[str, Any]) -> bool:
    """Whether a list is said to be too short only because pydantic leaves its wrong items out."""
    return detail["type"] == "too_short" and bool(len(detail["input"]) >= detail["ctx"]["min_length"])


def _finding(data: Data, detail: dict[str, Any], shape: type[BaseModel]) -> Explanation:
    kind, path = detail["type"], _path(data, detail)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        path = (*path, "kind")
    if kind == "model_type" and detail["ctx"]["class_name"] == "Text":
        languages = ", ".join(known_keys(shape, detail["loc"]))
        message = _instead(detail["input"], f"a text in each language is needed ({languages})")
    else:
        saying = _SAYINGS.get(kind)
        message = saying(detail.get("ctx", {}), detail["input"]) if saying else str(detail["msg"])
    return Explanation(path, message, of_key=detail["loc"][-1:] == (KEY,))


def not_allowed(value: object, allowed: Iterable[str]) -> str:
    """A wrong value with the nearest allowed one and all of them."""
    allowed = list(allowed)
    if value == "":
        return f"is empty; allowed: {', '.join(allowed)}"
    if not isinstance(value, str):
        return f"{_instead(value, 'one value is needed')}; allowed: {', '.join(allowed)}"
    near = nearest(value, allowed)
    hint = f"; did you mean “{near}”?" if near else ""
    return f"“{_shown(value)}” is not allowed{hint}; allowed: {', '.join(allowed)}"


def several_in_one(value: str, allowed: Iterable[str], *, may_be_list: bool = True) -> str:
    """That a value is several of those allowed, written as one text; empty if it is not."""
    allowed = list(allowed)
    parts = value.split() if set(value.split()) <= set(allowed) else parts_of(value)
    if len(parts) < 2 or value in allowed or not set(allowed) & set(parts):
        return ""
    if not may_be_list:
        return f"“{_shown(value)}” is more than one value, and one is needed; allowed: {', '.join(allowed)}"
    return f"“{_shown(value)}” is one text; write a list, {_as_list(parts)}, or in a table {'; '.join(parts)}"


def parts_of(value: str) -> list[str]:
    """What stands between commas and the like, in brackets or not."""
    return [part.strip() for part in re.split(r"[,;/|]", value.strip("[] ")) if part.strip()]


def _as_list(parts: Iterable[str]) -> str:
    return f"[{', '.join(parts)}]"


def unknown(known: Iterable[str], near: str | None, what: str = "key") -> str:
    """A key that is not known, with the one that may be meant, and all of them."""
    hint = f"did you mean “{near}”?" if near else "remove it"
    return f"unknown {what}; {hint} (known: {', '.join(known)})"


def _a_list(_: dict[str, Any], value: object) -> str:
    parts = parts_of(value) if isinstance(value, str) else []
    if len(parts) > 1 and all(re.fullmatch(r"[a-z0-9-]+", part) for part in parts):
        return f"“{_shown(value)}” is one text, and a list is needed; write {_as_list(parts)}"
    return _instead(value, "a list is needed; begin each item with “- ” on a line of its own")


def _keys_and_values(_: dict[str, Any], value: object) -> str:
    return _instead(value, "keys with values are needed")


def _too_few(context: dict[str, Any], value: object) -> str:
    if not value:
        return "is an empty list; give at least one item"
    return f"has too few items; at least {context.get('min_length')} are needed"


def _wrong_form(context: dict[str, Any], value: object) -> str:
    pattern = str(context.get("pattern"))
    form = FORMS.get(pattern, f"it in the form {pattern}")
    return f"is empty; write {form}" if value == "" else f"“{_shown(value)}” cannot stand here; write {form}"


_SAYINGS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "literal_error": lambda context, value: not_allowed(value, _quoted(context["expected"])),
    "union_tag_invalid": lambda context, value: not_allowed(value["kind"], _quoted(context["expected_tags"])),
    "union_tag_not_found": lambda _, __: "missing; add it",
    "tuple_type": _a_list,
    "model_type": _keys_and_values,
    "model_attributes_type": _keys_and_values,
    "dict_type": _keys_and_values,
    "string_type": lambda _, value: _instead(value, "a single text is needed"),
    "string_too_short": lambda _, __: "is empty; write the text, in quotes if it begins with “#”",
    "string_pattern_mismatch": _wrong_form,
    "too_short": _too_few,
    "too_long": lambda context, _: f"has too many items; at most {context.get('max_length')} are allowed",
    "bool_parsing": lambda _, value: not_allowed(value, ["true", "false"]),
    "bool_type": lambda _, value: not_allowed(value, ["true", "false"]),
    "int_parsing": lambda _, value: _no_number(value),
    "int_type": lambda _, value: _no_number(value),
    "greater_than_equal": lambda context, value: f"“{_shown(value)}” is too small; write {context['ge']} or more",
}


def _no_number(value: object) -> str:
    if isinstance(value, str) and value:
        return f"“{_shown(value)}” is no whole number; write 1, 2, 3…"
    return _instead(value, "a whole number is needed")


def _instead(value: object, needed: str) -> str:
    if isinstance(value, dict):
        return f"keys with values, and {needed}"
    if isinstance(value, list):
        return f"a list, and {needed}"
    return f"a single text, and {needed}" if value else f"nothing stands here, and {needed}"


def _quoted(expected: object) -> list[str]:
    return re.findall(r"'([^']*)'", str(expected))


def _shown(value: object) -> str:
    """The beginning of a value, for a message of one line."""
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def nearest(word: object, others: Iterable[str]) -> str | None:
    """The one that was probably meant. Nobody mistypes a word so long that comparing would take its time."""
    if len(str(word)) > _LONGEST_SHOWN:
        return None
    return next(iter(difflib.get_close_matches(str(word), list(others), 1)), None)
