"""What a translator is given of a string, whatever the format of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from toolkit_builder.catalogue.review import PARTNERSHIPS, digest
from toolkit_builder.errors import UsageError
from toolkit_builder.exchange.returning import Exported
from toolkit_builder.exchange.strings import String, Strings
from toolkit_builder.proofreading.pairs import LONG, LONGEST

LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]+)*")
"""A BCP 47 tag."""


@dataclass(frozen=True)
class Unit:
    """A string to translate: its key, the original, the translation (empty if there is none), its state, a note."""

    key: str
    source: str
    target: str
    state: str
    note: str = ""

    @property
    def mark(self) -> str:
        """What the file has to bring back of the unit as it went out, so that it can be seen what was done to it."""
        return str(Exported(self.state, digest(self.source), digest(self.target)))


@dataclass(frozen=True)
class TranslationJob:
    """Units in one language pair, as a file holds them."""

    original: str
    language: str
    units: tuple[Unit, ...]


def job(strings: Strings, language: str | None, only: str = "all", files: Collection[str] = ()) -> TranslationJob:
    """The strings to translate into a language: all, or those that are missing, stale, or drafts and missing.

    A language that the framework does not have yet is one that is being prepared: all its strings are missing. Raises
    UsageError for what is no language, or the original's.
    """
    target = language or next(iter(strings.targets), "")
    if not LANGUAGE.fullmatch(target) or target == strings.original:
        known = ", ".join(strings.targets) or "(none)"
        raise UsageError(f"--language: “{target}” is not translated into. Allowed: {known}; or the tag of a new one.")
    wanted = {"missing": ("missing",), "stale": ("stale",), "draft": ("missing", "draft")}.get(only)
    return TranslationJob(strings.original, target, tuple(_units(strings, target, wanted, files)))


def _units(strings: Strings, target: str, wanted: Collection[str] | None, files: Collection[str]) -> Iterator[Unit]:
    for string in strings.all.values():
        state = strings.state(string, target)
        if (wanted is None or state in wanted) and (not files or string.origin.file in files):
            yield Unit(string.key, string[strings.original], string[target], state, _note(string, strings.original))


def most_characters(original: str) -> int | None:
    """How long the translation of a text may be, as its note says; None for a word or two, of which none is said."""
    return int(LONGEST * len(original)) if len(original) >= LONG / LONGEST else None


def _note(string: String, original: str) -> str:
    most = most_characters(string[original])
    limit = f"{most} characters at most" if most else "about as long as the original"
    return f"{_where(string)}. Length: {limit}."


def _where(string: String) -> str:
    """Where a string is printed, as a translator would say it."""
    file, top = string.path.name, str(string.place[0])
    if string.path.parent.name == PARTNERSHIPS:
        return f"Partnership {string.path.stem}, {'page in Markdown' if string.pages else top}; in its own packs"
    if string.path.parent.name == "actions":
        part = "title; on every page about the action, and in lists" if top == "title" else top
        return f"Action {string.path.stem}, {part}; on cards, handouts and in the toolkit"
    if file == "labels.yaml":
        return f"Label of the group “{top}”"
    if file == "provisional.yaml":
        return f"Why a value of {top} is provisional; read by editors, not printed"
    return f"Framework, {top}; on covers, openings, headings and colophons"
