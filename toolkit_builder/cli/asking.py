"""Asks on a terminal for what was not given as an option; where nobody can be asked, options have to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from toolkit_builder.errors import ToolkitError, UsageError

LATER = "Enter: later"


def is_asking() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(option: str, given: str | None, question: str, default: str | None = None, allowed: Sequence[str] = ()) -> str:
    """What was given, or what is answered; where nobody can be asked, the default.

    Raises UsageError if there is neither an answer nor a default.
    """
    if given is not None:
        return given
    if is_asking():
        kind = click.Choice(allowed) if allowed else None
        return str(click.prompt(question, default=default, type=kind, show_default=bool(default), err=True)).strip()
    if default is not None:
        return default
    listed = f" Allowed: {', '.join(allowed)}." if allowed else ""
    raise UsageError(f"{option} is needed.{listed}")


def ask_checked(
    option: str, given: str | None, question: str, check: Callable[[str], object], default: str = ""
) -> str:
    """The same for what is looked at at once: what is refused is told and asked for again, the nearest that would do
    being offered. An empty answer is none, and is not looked at.

    Raises what `check` raises where nobody can be asked.
    """
    while True:
        answer = ask(option, given, question, default)
        try:
            if answer:
                check(answer)
        except ToolkitError as error:
            if not is_asking():
                raise
            error.show()
            given, default = None, getattr(error, "nearest", "")
        else:
            return answer


def ask_texts(option: str, given: Iterable[str], question: str, languages: Mapping[str, str]) -> dict[str, str]:
    """A text by language: given as LANGUAGE=TEXT, or answered for each of `languages`, by id and name.

    Raises UsageError for what is not of that form.
    """
    words: dict[str, str] = {}
    for one in given:
        language, equals, text = one.partition("=")
        if not equals:
            forms = " or ".join(f'{option} "{known}={one.strip()}"' for known in languages)
            message = f"{option}: “{one}” does not say in which language it is (LANGUAGE=TEXT)"
            raise UsageError(f"{message}; type {forms}." if forms else f"{message}.")
        words[language.strip()] = text.strip()
    if is_asking():
        for language, name in languages.items():
            if language not in words:
                words[language] = ask(option, None, f"{question} in {name} ({LATER})", "")
    return {language: text for language, text in words.items() if text}


def as_path(answer: str) -> Path | None:
    return Path(answer).expanduser() if answer else None
