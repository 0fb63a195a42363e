"""Compares what the HTML of a leaf says with what its finished pages say: nothing is missing, doubled or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.plates.draft import Mark
from toolkit_builder.press.preflight.html_words import HtmlText, LeafWords, joined, with_owners
from toolkit_builder.press.preflight.layout_checks import Finding, running_over
from toolkit_builder.press.preflight.plate_words import says

SHORTEST = 3
"""Fewer letters than so many are not told to be moved or doubled: they are anywhere."""


@dataclass(frozen=True)
class DrawnText:
    """A text of a finished page (counted from 1 within its leaf), in reading order: its letters and its mark."""

    page: int
    letters: str
    mark: Mark


def drawn_text(page: int, text: str, mark: Mark, *, from_right: bool = False) -> DrawnText:
    """A text as it was drawn; `from_right`: on a page that is written from right to left."""
    return DrawnText(page, says(text, mark.text, from_right=from_right), mark)


def compare(words: LeafWords, drawn: Sequence[DrawnText], strays: Mapping[str, str], leaf: str) -> list[Finding]:
    """What differs between the HTML of a leaf and its pages, as they are read out.

    `strays`: the letters of this leaf that stand on pages of others, by the names of those.
    """
    own = [text for text in drawn if not text.mark.is_generated and text.mark.place.leaf in ("", leaf)]
    said = "".join(text.letters for text in own)
    for texts in (words.texts, [text for text in words.texts if not text.is_optional]):
        expected = joined(texts)
        if expected == said or _folded(expected) == _folded(said):
            return []
    present = [text for text in words.texts if not text.is_optional or text.letters in said]
    return list(_differences(present, own, said, strays, leaf))


def _folded(letters: str) -> str:
    """What is left of letters whatever styles do to them: capitals, and hyphens at the ends of lines."""
    return letters.casefold().replace("-", "")


def _differences(
    texts: list[HtmlText], own: Sequence[DrawnText], said: str, strays: Mapping[str, str], leaf: str
) -> Iterator[Finding]:
    expected = joined(texts).casefold()
    said = said.casefold()
    matcher = SequenceMatcher(None, expected, said, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            yield from _missing(texts, start, end, expected, said, strays, own)
        if kind in ("insert", "replace"):
            yield from _added(own, first, last, expected, said, leaf)


def _missing(
    texts: list[HtmlText],
    start: int,
    end: int,
    expected: str,
    said: str,
    strays: Mapping[str, str],
    own: Sequence[DrawnText],
) -> Iterator[Finding]:
    for begin, stop, text in with_owners(texts):
        if begin >= end or stop <= start:
            continue
        letters, is_gone = text.letters.casefold(), False
        elsewhere = next((other for other, found in strays.items() if letters in found.casefold()), "")
        page = next((one.page for one in own if one.mark.place.key == text.place.key), 1)
        if elsewhere:
            yield running_over(page, text.place, text.shown)
            continue
        is_elsewhere = said.count(letters) >= expected.count(letters)  # others may say the same
        if is_elsewhere and len(letters) >= SHORTEST:
            message = f"“{_short(text.shown)}” is not read where it is written: something else comes before or after it"
        elif end - start < len(letters) and (begin < start or stop > end):
            message = f"“{_short(text.shown)}” is not whole on its page"
        else:
            message = f"“{_short(text.shown)}” is not on its page: it has no room there, or a style hides it"
            is_gone = True
        yield Finding(page, text.place, message, fits_smaller=is_gone, runs_over=is_gone)


def _added(own: Sequence[DrawnText], first: int, last: int, expected: str, said: str, leaf: str) -> Iterator[Finding]:
    at = 0
    for text in own:
        begin, at = at, at + len(text.letters)
        if begin >= last or at <= first:
            continue
        letters = text.letters.casefold()
        if len(letters) < SHORTEST or said.count(letters) <= expected.count(letters):
            continue  # what is missing tells of it
        how = "stands there more often than it is written" if letters in expected else "stands there and is not written"
        place = text.mark.place if text.mark.place.leaf else TextPlace(leaf)
        yield Finding(text.page, place, f"“{_short(text.mark.text or text.letters)}” {how}")


def compare_artifacts(words: LeafWords, drawn: Sequence[DrawnText], leaf: str) -> Iterator[Finding]:
    """What differs between running heads and the like, as they are written and as they stand on pages.

    Each is to be there once, unless a style may leave it out; those of the pages after the first, once on each of
    these. The longest are looked for first, since others may stand in them too: the stroke between two languages in
    `Hyfforddiant/cyd-ddysgu`.
    """
    said = "".join(text.letters for text in drawn if not text.mark.is_generated and text.mark.place.leaf == leaf)
    rest = said.casefold()
    written = [*((text, True) for text in words.artifacts), *((text, False) for text in words.continued)]
    for text, is_once in sorted(written, key=lambda each: -len(each[0].letters)):
        letters = text.letters.casefold()
        wanted = 1 if is_once else rest.count(letters)
        if wanted and letters not in rest and not text.is_optional:
            yield Finding(1, text.place, f"“{_short(text.shown)}” is not on its page")
        rest = rest.replace(letters, "", wanted)
    if rest:
        place = next((text.mark.place for text in drawn if text.letters.casefold() in rest), TextPlace(leaf))
        yield Finding(
            1, place, f"“{_short(rest)}” stands at the edge of the page, and is not written or more than once"
        )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38].rstrip() + "…"
