"""Addresses of mail and web in running text: they may be broken anywhere, and stand from left to right in any text; and
as people print them, to be typed.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

_WORD = re.compile(r"[^\s<>]+")
_BEFORE, _AFTER = "([{“‘\"'", ".,;:!?)]}”’\"'"


def is_address(word: str) -> bool:
    """Whether a word is a web or mail address, as people see it."""
    before, at, host = word.partition("@")
    return "://" in word or word.startswith("www.") or bool(before and at and "." in host.strip("."))


def short_address(address: str) -> str:
    """An address as people print it: `example.org/cy`, without https://, www., mailto: and a stroke at the end."""
    parts = urlsplit(address)
    shown = f"{parts.netloc.removeprefix('www.')}{unquote(parts.path).rstrip('/')}"
    return f"{shown}?{parts.query}" if parts.query and parts.netloc else shown


def marked(text: str) -> Markup:
    """The text as HTML, each address in an element of its own (`.address` in styles/base.css)."""
    if "@" not in text and "://" not in text and "www." not in text:
        return escape(text)
    html, at = Markup(), 0
    for found in _WORD.finditer(text):
        words = found[0]
        bare = words.lstrip(_BEFORE)
        start = found.start() + len(words) - len(bare)
        bare = bare.rstrip(_AFTER)
        if is_address(bare):
            html += escape(text[at:start]) + Markup('<span class="address" dir="ltr">{}</span>').format(bare)
            at = start + len(bare)
    return html + escape(text[at:])
