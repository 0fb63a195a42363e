"""The words of the page, in Welsh and English: `words.yaml`, of which nothing stands in code or templates.

They are the tool's own, not a project's: a project may be in any languages, and the page is in these two.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parent / "words.yaml"
LANGUAGES = ("cy", "en")
"""Welsh first, as everywhere."""


class Phrase(BaseModel):
    """A phrase in both languages. `{name}` is a slot for a number, a name or a code, never for a part of a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cy: str = Field(min_length=1)
    en: str = Field(min_length=1)


class WordsFile(BaseModel):
    """The file: `review` says how far the Welsh has come, as `framework.yaml` does of a language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review: str = Field(pattern="^(draft|reviewed)$")
    languages: Phrase
    words: dict[str, dict[str, Phrase]]


@lru_cache(maxsize=1)
def _file() -> WordsFile:
    return WordsFile.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def is_draft() -> bool:
    """Whether no Welsh speaker has accepted the page's Welsh yet."""
    return _file().review == "draft"


def phrases() -> Mapping[str, Phrase]:
    """All phrases by `group.name`."""
    return {f"{group}.{name}": phrase for group, each in _file().words.items() for name, phrase in each.items()}


class PageWords:
    """The page's words in one language: `say("choose.title")`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.other = next(other for other in LANGUAGES if other != language)
        self.other_name: str = getattr(_file().languages, self.other)
        """What the other language is called in itself, for the switch."""

    def __call__(self, key: str, **slots: object) -> str:
        """A phrase with its slots filled. Raises KeyError if there is none."""
        return self.of(key, self.language, **slots)

    def of(self, key: str, language: str, **slots: object) -> str:
        """A phrase in another language than the page's."""
        group, _, name = key.partition(".")
        phrase: str = getattr(_file().words[group][name], language)
        return phrase.format(**slots) if slots else phrase

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        group, _, name = key.partition(".")
        return name in _file().words.get(group, {})
