"""Slips in one text, of whatever language: what was typed twice, left open, pasted, or turned round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from toolkit_builder.catalogue.characters import unseen, without_unseen
from toolkit_builder.proofreading.checks import Check
from toolkit_builder.proofreading.doubts import Doubt, Written, quoted

TWICE = {
    "cy": frozenset(["bach", "da", "fach", "fawr", "ha", "hen", "mawr", "wir"]),
    "en": frozenset(["bye", "had", "ha", "that", "very"]),
}
"""Words that may well stand twice, by language: *hen hen daid*, *that that*."""

_DOUBLED = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \u00a0]+(\1)(?![\w’'-])", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S)(?:[ \t\u00a0]{2,}|\t)(?=\S)")
_MARKER = re.compile(r"(?<![ \t])[ \t]*+(?:[-*+]|\d{1,9}[.)])")
_OPEN = re.compile(r"\*\*|__|(?<![\w*])\*(?=[^\W\d_])|(?<![\w_])_(?=[^\W\d_])")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--|<(?:https?:|mailto:)[^<>]*>|&(?:[a-zA-Z]{2,8}|#\w+);")
_TABLE = re.compile(r"\|[ \t]*:?-{3}|(?<!-)-{3,}+:?[ \t]*\|")
_RANGE = re.compile(r"(?<![\w.,:/–-])(?<!\d )(\d{1,6})(?:\s?–\s?|-)(\d{1,6})(?![\w:/–-]|[.,]\d)")
_CODE = re.compile(r"(?<![\w-])([A-Z]{1,3})(\d{1,3})(?![\w-])(?! ?\d[A-Z]{2}\b)")
_FIGURE = re.compile(r"\d")
_ADDRESS = ("://", "@", "www.")


def slips(text: Written, codes: Collection[str], *, from_right: bool) -> Iterator[Doubt]:
    """What is doubtful in a text by itself. `codes`: those of the actions; `from_right`: whether it is read so."""
    words = text.words
    yield from _twice(words, text.language)
    yield from _spaces(text.source.strip())
    if "*" in words or "_" in words or "](" in words:
        yield from _left_open(words)
    if "<" in words or "&" in words:
        for mark in dict.fromkeys(_HTML.findall(words)):
            yield Doubt(
                Check.HTML,
                f"“{mark}” is HTML or like it, and is printed as it stands here; write the text without",
                mark,
            )
    if not text.source.isascii():
        yield from _unseen(text.source, from_right=from_right)
    if _FIGURE.search(words):
        without = _without_addresses(words)
        yield from _turned_round(without)
        yield from _references(without, codes)


def shape(text: Written, *, is_prose: bool) -> Iterator[Doubt]:
    """Paragraphs, lists and tables in a text that is printed within a line; `is_prose`: whether it is none such."""
    if is_prose:
        return
    if "|" in text.source and _TABLE.search(text.source):
        message = "a table, which is printed as it was typed here; write it as a list or as sentences"
        yield Doubt(Check.TABLE, message)
    elif text.outline.blocks > 1 or text.outline.items > 1:
        message = "several paragraphs, or a list, and it is printed in one line here; write one sentence or phrase"
        yield Doubt(Check.LINES, message)


def _twice(words: str, language: str) -> Iterator[Doubt]:
    for found in _DOUBLED.finditer(words):
        first, second = found[1], found[2]
        is_name = second[0].isupper() and first[0].isupper()
        if not is_name and second.lower() not in TWICE.get(language, ()):
            yield Doubt(Check.WORD_TWICE, f"“{found[0]}”: a word stands twice; remove one", found[0])


def _spaces(source: str) -> Iterator[Doubt]:
    """Spaces side by side within a line, and tabs: they are printed as one space, and are not what stands there for a
    translator. More than one may stand behind the mark of a list's item.
    """
    for found in _SPACES.finditer(source):
        begin = source.rfind("\n", 0, found.start()) + 1
        if not _MARKER.fullmatch(source, begin, found.start()):
            around = source[max(begin, found.start() - 15) : found.end() + 15].split("\n")[0]
            words = around.strip()
            said = "a tab (→)" if "\t" in found[0] else "two spaces or more"
            shown = words.replace("\t", "→")
            yield Doubt(Check.SPACES, f"{said} at “{shown}”; write one space", words)
            return


def _without_addresses(words: str) -> str:
    if not any(sign in words for sign in _ADDRESS):
        return words
    return re.sub(r"\S+", lambda found: "" if any(sign in found[0] for sign in _ADDRESS) else found[0], words)


def _left_open(words: str) -> Iterator[Doubt]:
    plain = _without_addresses(words)
    found = _OPEN.search(plain)
    if found:
        here = plain[found.start() :].split("\n")[0]
        message = f"a mark of emphasis is left open at {quoted(here)}; close it, or write \\{found[0][0]} for the sign"
        yield Doubt(Check.OPEN_MARK, message, here.split()[0])
    if "](" in words:
        yield Doubt(Check.OPEN_MARK, "a link that is not closed: write [words](https://…), without a space between")


def _unseen(source: str, *, from_right: bool) -> Iterator[Doubt]:
    """Characters that nobody sees. Soft hyphens and no-break spaces are meant; what turns the direction is where text
    runs from right to left; joiners are between letters of scripts that join them.
    """
    if "\ufffd" in source:
        message = "the character U+FFFD stands for one that was lost; write it again"
        yield Doubt(Check.UNSEEN, message, "", "error")
    first: dict[str, int] = {}
    for at, character in unseen(source):
        if not _is_wanted(source, at, from_right=from_right):
            first.setdefault(character, at)
    for character, at in first.items():
        name = unicodedata.name(character, "no name").lower()
        around = without_unseen(source[max(0, at - 12) : at]) + "·" + without_unseen(source[at + 1 : at + 13])
        message = f"the invisible character U+{ord(character):04X} ({name}) at “·” in {quoted(around)}; remove it"
        yield Doubt(Check.UNSEEN, message)


def _is_wanted(source: str, at: int, *, from_right: bool) -> bool:
    character = source[at]
    if character == "\u00ad":
        return True
    if unicodedata.bidirectional(character) != "BN":  # what sets a direction
        return from_right
    beside = source[max(0, at - 1) : at] + source[at + 1 : at + 2]
    joins = character in "\u200c\u200d" or "\ufe00" <= character <= "\ufe0f"
    return joins and not any(one.isspace() or unicodedata.name(one, "LATIN").startswith("LATIN") for one in beside)


def _turned_round(words: str) -> Iterator[Doubt]:
    """Numbers from more to less. Not told of what may be hours (9–5), nor of an end that is cut short (2026–27)."""
    for found in _RANGE.finditer(words):
        first, last = found[1], found[2]
        if len(first) == 4 and len(last) == 2:
            last = first[:2] + last
        is_about_hours = max(int(first), int(last)) <= 12
        if len(first) <= len(last) and int(first) > int(last) and not is_about_hours:
            yield Doubt(Check.RANGE, f"“{found[0]}” runs from more to less; turn it round", found[0])


def _references(words: str, codes: Collection[str]) -> Iterator[Doubt]:
    for found in _CODE.finditer(words):
        is_known = found[0] in codes or not any(code.rstrip("0123456789") == found[1] for code in codes)
        if not is_known:
            yield Doubt(
                Check.REFERENCE, f"there is no action {found[0]}; write the code of one that there is", found[0]
            )
