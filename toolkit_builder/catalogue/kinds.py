"""Kinds of column: the shape that each gives to a value in an action's file.

The shapes of `content/actions/CODE.yaml` and `content/provisional.yaml` follow from the columns that the
framework declares, so they are made here, for checking and for the JSON Schemas alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, RootModel, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.explaining import several_in_one
from toolkit_builder.catalogue.model import (
    CODE,
    PEOPLE,
    WEB,
    ActionFile,
    Code,
    Column,
    Filled,
    Framework,
    LabelId,
    ListColumn,
    Outline,
    Party,
    PeopleColumn,
    ScaleColumn,
    Shape,
    Source,
    Text,
    TextColumn,
    Url,
)

_WEB = "A web address about it, or one for each language; printed as a QR code on its card and its handout"
ANY = "any"
UNSTATED = "unstated"

__all__ = [
    "ANY",
    "CODE",
    "PEOPLE",
    "UNSTATED",
    "action_shape",
    "framework_shape",
    "labels_shape",
    "one_or_each",
    "outline_shape",
    "provisional_shape",
]

# Types that are made from the content. `Any` tells the type checker not to look for them in the code.
_create: Any = create_model
_framework: Any = Framework
_source: Any = Source
_outline: Any = Outline
_party: Any = Party
_dict: Any = dict
_literal: Any = Literal
_tuple: Any = tuple
_root: Any = RootModel


def framework_shape(text: type[Text]) -> type[Framework[Text]]:
    languages = [*text.model_fields]
    source = create_model("Source", __base__=_source[text], licence_url=(one_or_each(text, languages, languages), ...))
    fields: dict[str, Any] = {
        "source": (source, ...),
        "web": (_addresses(text) | None, Field(default=None, description=WEB)),
    }
    shape: type[Framework[Text]] = _create("Framework", __base__=_framework[text], **fields)
    return shape


def one_or_each(shape: type[Text], languages: Sequence[str], needed: Sequence[str]) -> Any:
    """A text of which a single value stands for all languages; `needed`: those that it has to have otherwise."""

    def spread(value: object) -> object:
        return dict.fromkeys(languages, value) if isinstance(value, str) and value else value

    single = {"type": "string", "minLength": 1}
    each = {
        "type": "object",
        "properties": dict.fromkeys(languages, single),
        "required": [*needed],
        "additionalProperties": False,
    }
    return Annotated[shape, BeforeValidator(spread), WithJsonSchema({"anyOf": [single, each]})]


def outline_shape() -> type[Framework[Text]]:
    """The shape of a framework that has faults: what actions can be checked against, and no more."""
    shape: type[Framework[Text]] = _outline
    return shape


def labels_shape(text: type[Text]) -> type[RootModel[dict[str, dict[str, Text]]]]:
    """Two levels: a group for each layout or theme, and in it the words that layouts print."""
    shape: type[RootModel[dict[str, dict[str, Text]]]] = _root[_dict[LabelId, _dict[LabelId, text]]]
    return shape


def action_shape(framework: Framework[Text], text: type[Text]) -> type[ActionFile]:
    """The shape of an action's file: code, category, title, then a value for each column."""
    fields: dict[str, Any] = {
        "category": (_one_of(category.id for category in framework.categories), ...),
        "title": (text, ...),
        "pictogram": (text | None, None),
        "web": (_addresses(text) | None, Field(default=None, description=_WEB)),
        "lost": (text | None, None),
        "sort": (_sort_keys(text), None),
    }
    for column in framework.columns:
        fields[column.id] = _field(column, text)
    return create_model("Action", __base__=ActionFile, **fields)


def _addresses(text: type[Text]) -> Any:
    """A web address, or one for each language."""
    languages = [*text.model_fields]
    fields: dict[str, Any] = dict.fromkeys(languages, (Url, ...))
    return one_or_each(_create("Addresses", __base__=Text, **fields), languages, languages)


def _sort_keys(text: type[Text]) -> Any:
    """What to sort a title by, in the languages where the title will not do (`Ban|gor`)."""
    languages: dict[str, Any] = dict.fromkeys(text.model_fields, (Filled, None))
    return create_model("SortKeys", __base__=Shape, **languages) if languages else Any


def provisional_shape(framework: Framework[Text], text: type[Text]) -> type[RootModel[dict[str, Any]]]:
    """By code and scale: this project's own value, and the reason for it."""
    scales: dict[str, Any] = {}
    for scale in framework.scales:
        value = create_model(
            f"Provisional_{scale.id}",
            __base__=Shape,
            value=(_steps(scale, unstated=False), ...),
            reason=(text, ...),
        )
        scales[scale.id] = (value, None)  # may be left out, and is None then; may not stand empty
    entry = create_model("ProvisionalEntry", __base__=Shape, **scales)
    shape: type[RootModel[dict[str, Any]]] = _root[_dict[Code, entry]]
    return shape


def _field(column: Column, text: type[Text]) -> tuple[Any, Any]:
    match column:
        case TextColumn():
            return text, ...
        case ListColumn():
            return _tuple[text, ...], Field(min_length=1)
        case PeopleColumn():
            return _tuple[_party_shape(column, text), ...], Field(min_length=1)
        case ScaleColumn():
            return _steps(column, unstated=True), ...


def _party_shape(column: PeopleColumn[Text], text: type[Text]) -> Any:
    sectors = _tuple[_one_of(sector.id for sector in column.sectors), ...]
    return create_model("Party", __base__=_party[text], sectors=(sectors, Field(min_length=1)))


def _one_of(words: Iterable[str]) -> Any:
    return _literal[tuple(words)]


def _steps(scale: ScaleColumn[Text], *, unstated: bool) -> Any:
    """A step; with `several` also a list of steps, or `any`. Read as a tuple of words."""
    alone = [*([UNSTATED] if unstated else []), *([ANY] if scale.several else [])]
    allowed = [*scale.step_ids, *alone]

    def listed(value: object) -> object:
        if isinstance(value, str):
            said = several_in_one(value, allowed, may_be_list=scale.several)
            if said:
                raise _refusal(said)
            return (value,)
        if not scale.several or not isinstance(value, list):
            what = "a list" if isinstance(value, list) else "keys with values"
            raise _refusal(f"{what}, and one value is needed; allowed: {', '.join(allowed)}")
        for word in value:
            if word in alone and len(value) > 1:
                raise _refusal(f"“{word}” stands alone, not in a list with others")
            if value.count(word) > 1:
                raise _refusal(f"“{word}” stands {value.count(word)} times; each may stand once")
        return value

    return Annotated[
        _tuple[_one_of(allowed), ...],
        BeforeValidator(listed),
        Field(min_length=1),
        WithJsonSchema(_steps_schema(scale, allowed)),
    ]


def _refusal(message: str) -> PydanticCustomError:
    return PydanticCustomError("steps", "{message}", {"message": message})


def _steps_schema(scale: ScaleColumn[Text], allowed: list[str]) -> dict[str, Any]:
    """What stands in the file, which is not yet a tuple."""
    single = {"enum": allowed}
    if not scale.several:
        return single
    step = {"enum": list(scale.step_ids)}
    return {"anyOf": [single, {"type": "array", "items": step, "minItems": 1, "uniqueItems": True}]}
