"""What the HTML of a leaf says, as a reader would read it: its texts in order, and the pictures that it names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from toolkit_builder.catalogue.characters import without_unseen
from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.preflight.html_checks import SVG, address_of_picture

_UNSEEN = frozenset({"head", "title", "style", "script", "template", "noscript", "object", "svg", f"{SVG}svg"})
"""Elements whose text is not set as text of the page."""
_PASSED_OVER = re.compile(r"[\s\ufeff]+")
"""White space. It is passed over, as are characters that have no glyph (where a word may be broken, which way it is
written): how lines are broken is the style's affair.
"""
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-"})
"""Letters that fonts have one glyph for, beyond those that NFKC makes alike."""


@dataclass(frozen=True)
class HtmlText:
    """A text of a leaf: `letters` as `letters_of` has them, `shown` as it is quoted.

    `is_optional`: a style may leave it out (`data-optional`).
    """

    place: TextPlace
    letters: str
    shown: str
    is_optional: bool = False


@dataclass
class LeafWords:
    """What a leaf says: its texts in order; apart from them what stands on its pages again and again, as artifacts;
    how often it names each picture; the alternative texts of its pictures.
    """

    texts: list[HtmlText] = field(default_factory=list)
    artifacts: list[HtmlText] = field(default_factory=list)
    continued: list[HtmlText] = field(default_factory=list)
    """Artifacts of the pages after the first (`data-artifact="continued"`)."""
    pictures: Counter[str] = field(default_factory=Counter)
    alternatives: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Around:
    place: TextPlace
    artifact: str | None = None
    is_optional: bool = False


def letters_of(text: str) -> str:
    """A text without white space and what is not drawn, in compatibility form (Unicode Standard Annex 15, NFKC)."""
    squeezed = _PASSED_OVER.sub("", text)
    return squeezed if squeezed.isascii() else unicodedata.normalize("NFKC", without_unseen(squeezed).translate(_ALIKE))


def words_of_leaves(root: Element) -> dict[str, LeafWords]:
    """What each leaf of an HTML document says, by its name."""
    found: dict[str, LeafWords] = {}
    for element in root.iter():
        name = element.get("data-leaf")
        if name is not None:
            words = found.setdefault(name, LeafWords())
            _read(element, _Around(TextPlace(name)), words)
    return found


def _read(element: Element, around: _Around, words: LeafWords) -> None:
    around = _entered(element, around)
    address = address_of_picture(element)
    if address and not around.is_optional and around.artifact != "continued":
        words.pictures[address] += 1
    if element.tag in ("img", f"{SVG}svg"):
        words.alternatives.append(_alternative(element))
    if element.tag in _UNSEEN or element.get("data-number") is not None:
        return
    _add(element.text, around, words)
    for child in element:
        if isinstance(child.tag, str) and child.get("data-leaf") is None:  # otherwise a comment, or a leaf of its own
            _read(child, around, words)
        _add(child.tail, around, words)


def _entered(element: Element, around: _Around) -> _Around:
    get = element.get
    place = around.place
    if get("data-key") is not None or get("lang") is not None or get("data-language") is not None:
        place = TextPlace(
            place.leaf,
            get("data-key") or place.key,
            get("lang") or place.language,
            get("data-language") or place.printed,
        )
    artifact = get("data-artifact")
    return _Around(
        place,
        around.artifact if artifact is None else artifact,
        around.is_optional or get("data-optional") is not None,
    )


def _alternative(element: Element) -> str:
    if element.tag == f"{SVG}svg":
        return "".join(element.findtext(f"{SVG}title") or "")
    return element.get("alt") or ""


def _add(text: str | None, around: _Around, words: LeafWords) -> None:
    if not text or text.isspace():
        return
    letters = letters_of(text)
    if not letters:
        return
    read = HtmlText(around.place, letters, " ".join(text.split()), around.is_optional)
    if around.artifact is None:
        words.texts.append(read)
    elif around.artifact == "continued":
        words.continued.append(read)
    else:
        words.artifacts.append(read)


def joined(texts: list[HtmlText]) -> str:
    return "".join(text.letters for text in texts)


def with_owners(texts: list[HtmlText]) -> Iterator[tuple[int, int, HtmlText]]:
    """Each text with where it begins and ends among the letters of all."""
    at = 0
    for text in texts:
        yield at, at + len(text.letters), text
        at += len(text.letters)
