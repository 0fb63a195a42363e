"""Markdown in texts: emphasis, lists and links only; raw HTML is shown as it was typed, never passed through."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markupsafe import Markup, escape

ALLOWED_SCHEMES = ("http", "https", "mailto")
_SPECIAL = re.compile(r"[*_`\[\]<>&\\]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)
_LINK = re.compile(r'href="([^":]*):')


class ForbiddenLinkError(ValueError):
    """A link with a scheme other than http, https or mailto."""


def _reader() -> Markdown:
    markdown = Markdown(output_format="html")
    parts: list[tuple[Any, tuple[str, ...]]] = [
        (markdown.preprocessors, ("html_block",)),
        (markdown.parser.blockprocessors, ("code", "hashheader", "setextheader", "hr", "quote", "reference")),
        (
            markdown.inlinePatterns,
            ("html", "image_link", "image_reference", "reference", "short_reference", "short_image_ref", "backtick"),
        ),
    ]
    for registry, names in parts:
        for name in names:
            registry.deregister(name)
    return markdown


_markdown = _reader()


def blocks(text: str) -> Markup:
    """A text of one or more paragraphs and lists, as block elements.

    Raises ForbiddenLinkError for a link to anything but the web or a mail address.
    """
    html = _markdown.reset().convert(text)
    for scheme in _LINK.findall(html):
        if scheme.lower() not in ALLOWED_SCHEMES:
            raise ForbiddenLinkError(f"a link to “{scheme}:”; allowed: {', '.join(ALLOWED_SCHEMES)}")
    return Markup(html)  # noqa: S704  (made by the reader above, which escapes what it does not know)


def inline(text: str) -> Markup:
    """A text within a line: one paragraph, without its element."""
    if not _SPECIAL.search(text):
        return escape(text)
    html = blocks(text)
    single = html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>")
    return html[3:-4] if single else html
