"""The selected actions as plain data, for programs and for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_builder.catalogue.model import Party, Rating, Text, Value
from toolkit_builder.catalogue.selecting import Selection


def as_objects(selection: Selection) -> list[dict[str, Any]]:
    """An object an action: code, category, every text in every language, every scale value with its basis."""
    return [
        {
            "code": action.code,
            "category": action.category,
            "title": action.title.as_dict(),
            **{column: _plain(value) for column, value in action.values.items()},
        }
        for action in selection.actions
    ]


def as_rows(selection: Selection) -> list[Mapping[str, str]]:
    """A row an action: code, category, the title in each language, the steps of each scale (`*`: provisional)."""
    framework = selection.catalogue.framework
    return [
        {
            "code": action.code,
            "category": action.category,
            **{f"title.{language}": action.title[language] for language in framework.language_ids},
            **{scale.id: _steps(action.rating(scale.id)) for scale in framework.scales},
        }
        for action in selection.actions
    ]


def _plain(value: Value | Party[Text]) -> Any:
    match value:
        case Text():
            return value.as_dict()
        case Rating():
            rating: dict[str, Any] = {"values": list(value.steps), "any": value.any, "basis": value.basis}
            return rating | ({"reason": value.reason.as_dict()} if value.reason else {})
        case Party():
            role = value.role.as_dict() if value.role else None
            return {"sectors": list(value.sectors), "role": role, "people": value.people}
        case _:
            return [_plain(item) for item in value]


def _steps(rating: Rating) -> str:
    if rating.basis == "unstated":
        return "unstated"
    words = "any" if rating.any else "+".join(rating.steps)
    return f"{words}*" if rating.basis == "provisional" else words
