"""The selected actions as plain data, for programs and for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from toolkit_builder.catalogue.model import Party, Rating, Text, Value
from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.errors import UsageError
from toolkit_builder.languages.ordering import sort_key


def by_title(selection: Selection, language: str | None) -> Selection:
    """The selection in the alphabetical order of a language, the framework's first unless one is given.

    Raises UsageError for a language that the framework does not name.
    """
    languages = selection.catalogue.framework.language_ids
    language = language or languages[0]
    if language not in languages:
        raise UsageError(f"--language: no language “{language}”. Allowed: {', '.join(languages)}.")
    key = sort_key(language)
    return replace(
        selection, actions=tuple(sorted(selection.actions, key=lambda action: key(action.sorted_by(language))))
    )


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
