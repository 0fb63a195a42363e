"""Markdown in texts: emphasis, lists and links only; raw HTML is shown as it was typed, never passed through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from markdown import Markdown
from markupsafe import Markup, escape

ALLOWED_SCHEMES = ("http", "https", "mailto")
_SPECIAL = re.compile(r"[*_`\[\]<>&\\]")
_HEADING = re.compile(r"<(/?)h([1-6])")
_LINK = re.compile(r'href="([^"]*)"')


class ForbiddenLinkError(ValueError):
    """A link with a scheme other than http, https or mailto."""


def _reader(*, lists: bool, headings: bool = False) -> Markdown:
    markdown = Markdown(output_format="html")
    block_parts = ["code", "setextheader", "hr", "quote", "reference", *([] if headings else ["hashheader"])]
    parts: list[tuple[Any, Sequence[str]]] = [
        (markdown.preprocessors, ("html_block",)),
        (markdown.parser.blockprocessors, block_parts if lists else [*block_parts, "indent", "ulist", "olist"]),
        (
            markdown.inlinePatterns,
            ("html", "image_link", "image_reference", "reference", "short_reference", "short_image_ref", "backtick"),
        ),
    ]
    for registry, names in parts:
        for name in names:
            registry.deregister(name)
    return markdown


_blocks = _reader(lists=True)
_line = _reader(lists=False)
_pages = _reader(lists=True, headings=True)


def blocks(text: str) -> Markup:
    """A text of one or more paragraphs and lists, as block elements.

    Raises ForbiddenLinkError for a link to anything but the web or a mail address.
    """
    return _convert(_blocks, text)


def page(text: str) -> Markup:
    """A page of text: as `blocks`, with headings (`## `) on two levels, below that of the page's title.

    Raises ForbiddenLinkError as `blocks` does.
    """
    levels: dict[int, int] = {}

    def lowered(found: re.Match[str]) -> str:
        level = 2 if not levels or int(found[2]) <= min(levels) else 3  # none is skipped, whatever was typed
        levels[int(found[2])] = level
        return f"<{found[1]}h{level}"

    return Markup(_HEADING.sub(lowered, _convert(_pages, text)))  # noqa: S704  (of the reader's own)


def is_plain(text: str) -> bool:
    """Whether a text has nothing in it that Markdown or HTML would read as more than text."""
    return not _SPECIAL.search(text)


def inline(text: str) -> Markup:
    """A text within a line: emphasis and links, no element around it.

    Raises ForbiddenLinkError as `blocks` does.
    """
    if is_plain(text):
        return escape(text)
    return _convert(_line, text.strip()).removeprefix("<p>").removesuffix("</p>")


def _convert(reader: Markdown, text: str) -> Markup:
    html = reader.reset().convert(text)
    for address in map(unescape, _LINK.findall(html)):
        scheme, colon, _ = address.partition(":")
        if not colon or scheme.lower() not in ALLOWED_SCHEMES:
            raise ForbiddenLinkError(f"a link to “{address}”; allowed: {', '.join(ALLOWED_SCHEMES)}")
    return Markup(html)  # noqa: S704  (made by the reader above, which escapes what it does not know)
