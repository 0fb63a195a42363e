"""What a translator is given of a string, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from toolkit_builder.errors import UsageError
from toolkit_builder.exchange.strings import String, Strings
from toolkit_builder.proofreading.pairs import LONG, LONGEST

WANTED = ("missing", "stale", "draft", "all")


@dataclass(frozen=True)
class Unit:
    """A string to translate: its key, the original, the translation (empty if there is none), its state, a note."""

    key: str
    source: str
    target: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class TranslationJob:
    """Units in one language pair, as a file holds them."""

    original: str
    language: str
    units: tuple[Unit, ...]


def job(strings: Strings, language: str | None, only: str = "all", files: Collection[str] = ()) -> TranslationJob:
    """The strings to translate into a language: all, or those that are missing, stale, or drafts and missing.

    Raises UsageError for a language that is not translated into.
    """
    targets = [language for language in strings.framework.language_ids if language != strings.original]
    target = language or (targets[0] if targets else "")
    if target not in targets:
        raise UsageError(f"--language: “{target}” is not translated into. Allowed: {', '.join(targets)}.")
    wanted = {"missing": ("missing",), "stale": ("stale",), "draft": ("missing", "draft")}.get(only)
    return TranslationJob(strings.original, target, tuple(_units(strings, target, wanted, files)))


def _units(strings: Strings, target: str, wanted: Collection[str] | None, files: Collection[str]) -> Iterator[Unit]:
    for string in strings.all.values():
        state = strings.state(string, target)
        if (wanted is None or state in wanted) and (not files or string.origin.file in files):
            yield Unit(string.key, string[strings.original], string[target], state, _note(string, strings.original))


def _note(string: String, original: str) -> str:
    length = len(string[original])
    limit = (
        f"{int(LONGEST * length)} characters at most" if length >= LONG / LONGEST else "about as long as the original"
    )
    return f"{_where(string)}. Length: {limit}."


def _where(string: String) -> str:
    """Where a string is printed, as a translator would say it."""
    file, top = string.path.name, str(string.place[0])
    if string.path.parent.name == "actions":
        part = "title; on every page about the action, and in lists" if top == "title" else top
        return f"Action {string.path.stem}, {part}; on cards, handouts and in the toolkit"
    if file == "labels.yaml":
        return f"Label of the group “{top}”"
    if file == "provisional.yaml":
        return f"Why a value of {top} is provisional; read by editors, not printed"
    return f"Framework, {top}; on covers, openings, headings and colophons"
