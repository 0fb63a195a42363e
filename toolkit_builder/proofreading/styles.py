"""Style sheets as they are written: what they name and is not there, found without the engine that reads them."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from toolkit_builder.catalogue.decoding import read_text
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.catalogue.explaining import nearest
from toolkit_builder.documents.paper import RESIZED
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project
from toolkit_builder.proofreading.layout_texts import LayoutText

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
DEFINED = re.compile(r"(--[\w-]+)\s*:")
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
_SELECTORS = re.compile(r"[^{};]*\{")
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
LEAST = 6
"""Shorter names are near to too many others."""
ALIKE = 0.85
"""How much of two names has to be the same for one to be meant by the other (`difflib`)."""


def style_faults(project: Project, layouts: Mapping[str, LayoutText]) -> Iterator[Fault]:
    """What the style sheets of a project name that is not there: custom properties, files; and classes that no layout
    has but for a letter or two. Shipped styles are passed over, unless they are the project's own.
    """
    styles = {path: _without_comments(path) for place in project.styles for path in sorted(place.glob("*.css"))}
    printed = "\n".join(layout.text for layout in layouts.values())
    defined = {*RESIZED, *(name for text in (*styles.values(), printed) for name in DEFINED.findall(text))}
    near_word = _nearness(set(_WORD.findall(printed)))
    for path, text in styles.items():
        if path.parent != project.styles[0]:
            continue
        file = project.file(path)
        for found in VARIABLE.finditer(text):
            if found[1] not in defined:
                yield _fault(file, text, found.start(1), undefined(found[1], defined))
        for found in _ADDRESS.finditer(text):
            address = (found[1] or found[2]).partition("#")[0]
            if address and ":" not in address and not (path.parent / address).exists():
                yield _fault(file, text, found.start(), missing(address))
        for found, near in _mistyped(text, near_word):
            message = f"no layout has the class “{found[1]}”; did you mean “{near}”?"
            yield _fault(file, text, found.start(), message, is_error=False)


def _mistyped(text: str, near_word: Callable[[str], str]) -> Iterator[tuple[re.Match[str], str]]:
    """The classes in selectors that are words of the layouts but for a letter or two, with that word."""
    for rule in _SELECTORS.finditer(text):
        for found in _CLASS.finditer(text, rule.start(), rule.end()):
            if near := near_word(found[1]):
                yield found, near


def _nearness(words: set[str]) -> Callable[[str], str]:
    """What tells the word that a class means which is none of them; "" if there is none, or the class is one. Layouts
    put some together of a beginning, as `kit-`, and a word. A class stands in many rules, and is compared once.
    """

    @functools.cache
    def near_word(name: str) -> str:
        is_put_together = any(f"{name[:at]}-" in words for at, letter in enumerate(name) if letter == "-")
        if name in words or len(name) < LEAST or is_put_together:
            return ""
        return next(iter(difflib.get_close_matches(name, words, 1, ALIKE)), "")

    return near_word


def undefined(name: str, known: set[str]) -> str:
    """What is said of a custom property that no style defines."""
    near = nearest(name, known)
    return f"no style defines {name}; " + (f"did you mean “{near}”?" if near else "define it, or use another")


def missing(address: str) -> str:
    """What is said of a file that a style names and that is not there."""
    return f"“{address}” is not there; correct the address, or put the file there"


def _fault(file: str, text: str, at: int, message: str, *, is_error: bool = True) -> Fault:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Fault(file, line, column, "", message, "error" if is_error else "warning")


def _without_comments(path: Path) -> str:
    """A style sheet, comments blanked out; empty if it cannot be read, which others tell."""
    try:
        text = read_text(path)
    except RefusedError:
        return ""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
