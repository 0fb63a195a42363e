"""Kinds of column: the shape that each gives to a value in an action's file.

The shapes of `content/actions/CODE.yaml` and `content/provisional.yaml` follow from the columns that the framework
declares, so they are made here, for checking and for the JSON Schemas alike.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    RootModel,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.model import (
    Filled,
    Framework,
    LabelId,
    ListColumn,
    Party,
    PeopleColumn,
    ScaleColumn,
    Shape,
    Text,
    TextColumn,
)

ANY = "any"
UNSTATED = "unstated"
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[0-9]{1,3}$")]


def framework_shape(text: type[Text]) -> type[Framework[Text]]:
    return Framework[text]  # type: ignore[valid-type]


def labels_shape(text: type[Text]) -> type[RootModel[Any]]:
    """Two levels: a group for each layout or theme, and in it the words that layouts print."""
    return RootModel[dict[LabelId, dict[LabelId, text]]]  # type: ignore[valid-type]


def action_shape(framework: Framework[Text], text: type[Text]) -> type[Shape]:
    """The shape of an action's file: code, category, title, then a value for each column."""
    categories = Literal[tuple(category.id for category in framework.categories)]  # type: ignore[valid-type]
    fields: dict[str, Any] = {
        "code": (Code, Field(description="The same in all languages; the file is called after it")),
        "category": (categories, ...),
        "title": (text, ...),
    }
    for column in framework.columns:
        fields[column.id] = _field(column, text)
    return create_model("Action", __base__=Shape, **fields)


def provisional_shape(framework: Framework[Text], text: type[Text]) -> type[RootModel[Any]]:
    """By code and scale: this project's own value, and the reason for it."""
    scales: dict[str, Any] = {}
    for scale in framework.scales:
        value = create_model(
            f"Provisional_{scale.id}", __base__=Shape, value=(_steps(scale, unstated=False), ...), reason=(text, ...)
        )
        scales[scale.id] = (value | None, None)
    entry = create_model("ProvisionalEntry", __base__=Shape, **scales)
    return RootModel[dict[Code, entry]]  # type: ignore[valid-type]


def _field(column: Any, text: type[Text]) -> tuple[Any, Any]:
    match column:
        case TextColumn():
            return (text, ...)
        case ListColumn():
            return (tuple[text, ...], Field(min_length=1))  # type: ignore[valid-type]
        case PeopleColumn():
            return (tuple[_party(column, text), ...], Field(min_length=1))  # type: ignore[misc]
        case ScaleColumn():
            return (_steps(column, unstated=True), ...)
    raise TypeError(column)


def _party(column: PeopleColumn[Text], text: type[Text]) -> Any:
    sectors = Literal[tuple(sector.id for sector in column.sectors)]  # type: ignore[valid-type]
    return create_model(
        "Party",
        __base__=Party[text],  # type: ignore[valid-type]
        sectors=(tuple[sectors, ...], Field(min_length=1)),
    )


def _steps(scale: ScaleColumn[Text], *, unstated: bool) -> Any:
    """A step; with `several` also a list of steps, or `any`. Read as a tuple of words."""
    words = [*([UNSTATED] if unstated else []), *([ANY] if scale.several else [])]
    allowed = Literal[tuple([*scale.step_ids, *words])]  # type: ignore[valid-type]
    schema: dict[str, Any] = {"enum": [*scale.step_ids, *words]}
    if scale.several:
        several = {"type": "array", "items": {"enum": list(scale.step_ids)}, "minItems": 1, "uniqueItems": True}
        schema = {"anyOf": [schema, several]}

    def listed(value: object) -> object:
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and value:
            if not scale.several and len(value) > 1:
                raise PydanticCustomError("one_step", "a list, and one value is needed; allowed: " + ", ".join(scale.step_ids))
            if len(value) > 1 and (ANY in value or UNSTATED in value):
                raise PydanticCustomError("alone", f"“{ANY}” and “{UNSTATED}” stand alone, not in a list")
        return value

    return Annotated[
        tuple[allowed, ...],  # type: ignore[valid-type]
        BeforeValidator(listed),
        Field(min_length=1),
        WithJsonSchema(schema),
    ]


__all__ = [
    "ANY",
    "UNSTATED",
    "Filled",
    "ValidationError",
    "action_shape",
    "framework_shape",
    "labels_shape",
    "provisional_shape",
]
