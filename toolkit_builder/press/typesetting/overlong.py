"""How much of a text has room, where the engine fails over a leaf: found by laying the leaf out with less of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

_PRINTED = re.compile(
    r'<(?P<tag>span|div|a) data-key="(?P<key>[^"]*)" data-language="(?P<language>[^"]*)"[^>]*>'
    r"(?P<inside>.*?)</(?P=tag)>",
    re.DOTALL,
)
_TOKEN = re.compile(r"<[^>]*>|[^<\s]+")
SUSPECTS = 4
"""So many of the longest texts of a leaf are tried, one after the other."""

Fits = Callable[[str], bool]
"""Whether a leaf, as HTML, can be laid out, and has room."""


@dataclass(frozen=True)
class Overlong:
    """A text that a leaf has no room for: its key, its language, how many words it has and about how many have room."""

    key: str
    language: str
    words: int
    room: int
    begins: str

    def told(self, reason: str) -> str:
        """What to say of it."""
        begins = self.begins if len(self.begins) <= 40 else self.begins[:38].rstrip() + "…"
        surplus = self.words - self.room
        return f"“{begins}” is too long by about {surplus} words: about {self.room} have room ({reason})"


def emptied(html: str) -> str:
    """A leaf without the words of its texts."""
    return _PRINTED.sub(lambda text: _shortened(text, 0), html)


def overlong_text(html: str, fits: Fits) -> Overlong | None:
    """The text of a leaf that is too long for it; None if no text alone is to blame."""
    texts = sorted(_PRINTED.finditer(html), key=lambda text: -_count(text["inside"]))
    for text in texts[:SUSPECTS]:
        count = _count(text["inside"])

        def with_words(room: int, text: re.Match[str] = text) -> str:
            return html[: text.start()] + _shortened(text, room) + html[text.end() :]

        if fits(with_words(0)):
            room = _most(count, lambda room: fits(with_words(room)))
            begins = " ".join(word for word in _TOKEN.findall(text["inside"]) if not word.startswith("<"))
            return Overlong(unescape(text["key"]), text["language"], count, room, unescape(begins))
    return None


def _most(count: int, has_room: Callable[[int], bool]) -> int:
    """The largest number of words that has room, by halving; none has, `count` has not."""
    least, most = 0, count
    while most - least > max(1, count // 100):
        middle = (least + most) // 2
        if has_room(middle):
            least = middle
        else:
            most = middle
    return least


def _count(inside: str) -> int:
    return sum(not token.startswith("<") for token in _TOKEN.findall(inside))


def _shortened(text: re.Match[str], room: int) -> str:
    """A printed text with its first `room` words, and all of its elements."""
    left = room

    def kept(token: re.Match[str]) -> str:
        nonlocal left
        if token[0].startswith("<"):
            return token[0]
        left -= 1
        return token[0] if left >= 0 else ""

    start = text.start("inside") - text.start()
    end = text.end("inside") - text.start()
    return text[0][:start] + _TOKEN.sub(kept, text["inside"]) + text[0][end:]
