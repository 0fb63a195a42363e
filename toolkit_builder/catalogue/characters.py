"""What a text may hold, by one rule for every way in: YAML, spreadsheets, translators' files, names that are typed.

Characters that XML 1.0 (2.2) does not allow would make a PDF's metadata unreadable; others are printed as nothing, or
end a line for one program and not for another.
"""

from __future__ import annotations

import re
import unicodedata

MAXIMUM_CHARACTERS = 20_000
"""Of a text. The longest that is shipped has 600."""
MAXIMUM_PAGE = 100_000
"""Of a Markdown file, in characters: some thirty pages."""
MAXIMUM_NAME = 200
"""Of a key, an id, or the name of a person, in characters."""

_LEFT_OUT = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
_IN_FILES = re.compile(f"[{_LEFT_OUT}]")
_IN_TEXTS = re.compile(f"[\r{_LEFT_OUT}]")
"""In a file, a carriage return is part of a line's end; a text has line feeds only."""


_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What has no glyph (Default_Ignorable_Code_Point, UAX 44): it breaks, joins or turns what stands beside it."""


_OF_LINES = re.compile(
    "[\u00ad\u034f\u200b\u2060-\u2064\ufe00-\ufe0f]|(?<=[\0-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\0-\u024f])"
)


def is_unseen(character: str) -> bool:
    """Whether a character is printed as nothing, and takes no room."""
    return bool(_UNSEEN.match(character))


def unseen(text: str) -> list[tuple[int, str]]:
    """The characters of a text that have no glyph, each with its place."""
    return [(found.start(), found[0]) for found in _UNSEEN.finditer(text)]


def without_unseen(text: str) -> str:
    """A text without characters that have no glyph, for messages: some turn what stands beside them round."""
    return _UNSEEN.sub("", text)


def seen(text: str) -> str:
    """A text without what shapes its lines only: soft hyphens, zero-width spaces, joiners beside Latin letters. Joiners
    of scripts that need them to be spelt (Persian), and what sets a direction, stay.
    """
    return text if text.isascii() else _OF_LINES.sub("", text)


def composed(text: str) -> str:
    """A text in Unicode's Normalization Form C (UAX 15): letters with their accents are one character."""
    return unicodedata.normalize("NFC", text)


def forbidden_in_file(text: str) -> re.Match[str] | None:
    """The first character that no file may hold."""
    return _IN_FILES.search(text)


def doubt(text: str, maximum: int = MAXIMUM_CHARACTERS) -> str:
    """Why a text cannot be used, and what to do; empty if it can."""
    if len(text) > maximum:
        return f"has {len(text):,} characters, and {maximum:,} are allowed; divide or shorten it"
    character = _IN_TEXTS.search(text)
    return not_allowed(character[0]) if character else ""


def not_allowed(character: str) -> str:
    """That a character may not stand somewhere, by its number."""
    return f"the character U+{ord(character):04X} is not allowed; remove it"


def harmless(text: str, maximum: int = MAXIMUM_CHARACTERS) -> str:
    """A text without what it may not hold, so that what else is wrong with a file can be looked for."""
    return _IN_TEXTS.sub("", text[:maximum])
