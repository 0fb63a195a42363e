"""Markdown in texts: emphasis, lists, tables and links only; all else is printed as it was typed, HTML too.

Lists, links and escapes are CommonMark's (0.31), tables GitHub's (GFM 0.29, 4.10), read by markdown-it-py, whose time
grows with the text and no faster. Where this differs, it is so that a text means what people think: asterisks within a
word stay (`2*3*4`), as CommonMark has it for underscores; a line such as `* * *` stays as it is; two spaces make a list
within a list (`nesting.py`); an item of one paragraph is always tight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import hr as is_rule
from markdown_it.rules_inline import StateInline, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markupsafe import Markup

from toolkit_builder.catalogue.addresses import is_address, marked, short_address
from toolkit_builder.catalogue.characters import seen
from toolkit_builder.catalogue.nesting import indented

ALLOWED_SCHEMES = ("http", "https", "mailto")
MAXIMUM_DEPTH = 6
"""Lists may stand within each other so deep."""
_SPECIAL = re.compile(r"[*_`\[\]<>&\\]")
_SPACES = re.compile(r"[ \t\n\f]+")
_IN_LINK, _PRINTED = "in-link", "printed_address"
_EDGES = {"text-align:left": "start", "text-align:right": "end"}
"""How the reader aligns cells, and the same for either direction of writing."""
_INLINE_RULES = ("newline", "escape", "emphasis", "link")


class MarkdownError(ValueError):
    """A text whose Markdown cannot be printed; the message is for whoever wrote it."""


class ForbiddenLinkError(MarkdownError):
    """A link with a scheme other than http, https or mailto."""


def _reader(*block_rules: str) -> MarkdownIt:
    # A list and its item are two levels. Where they are exceeded, the reader drops the rest without a word: one level
    # more than is allowed is read, and refused (`_checked`).
    reader = MarkdownIt("zero", {"maxNesting": 2 * (MAXIMUM_DEPTH + 1)})
    reader.enable([*_INLINE_RULES, *block_rules])
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.inline.ruler.at("link", _link)
    reader.add_render_rule("text", _text)
    reader.add_render_rule(_PRINTED, _printed_address)
    if "hr" in block_rules:
        reader.block.ruler.at("hr", _printed_rule, {"alt": ["list"]})
    # Every address comes through, to be refused by name: the reader would print a link that it refuses as text.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader


def _text(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """Words as HTML, with marks on addresses; links have the marks themselves (`_with_links`)."""
    token = tokens[at]
    return escapeHtml(token.content) if _IN_LINK in token.meta else str(marked(token.content))


def _printed_address(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """The address of a link, behind its words: paper has no links."""
    return str(Markup(' (<span class="address" dir="ltr">{}</span>)').format(short_address(tokens[at].content)))


def _emphasis(state: StateInline, silent: bool) -> bool:
    """The reader's rule for marks of emphasis, but that these do not count within a word."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, False)
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), run.length, place, -1, run.can_open, run.can_close))
    state.pos += run.length
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """The reader's rule for links, but that a picture (`![...](...)`) is none."""
    return state.src[max(0, state.pos - 1)] != "!" and link(state, silent)


def _printed_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What CommonMark takes for a thematic break (4.1): a line of text here, and no list."""
    if not is_rule(state, start, end, True):
        return False
    if not silent:
        state.line = start + 1
        state.push("paragraph_open", "p", 1).map = [start, state.line]
        words = state.push("inline", "", 0)
        words.content, words.children = state.getLines(start, state.line, state.blkIndent, False).strip(), []
        state.push("paragraph_close", "p", -1)
    return True


_blocks = _reader("list", "hr", "table")
_pages = _reader("list", "hr", "table", "heading")


def blocks(text: str) -> Markup:
    """A text of one or more paragraphs, lists and tables, as block elements.

    Raises MarkdownError for lists that are nested too deep, ForbiddenLinkError for a link to anything but the web or a
    mail address.
    """
    return _rendered(_blocks, _checked(_blocks.parse(indented(text))))


def page(text: str) -> Markup:
    """A page of text: as `blocks`, with headings (`## `) on two levels, below that of the page's title.

    Raises what `blocks` does.
    """
    tokens = _checked(_pages.parse(indented(text)))
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = len("######")
    for opening, closing in zip(headings[::2], headings[1::2], strict=True):
        level = len(opening.markup)
        opening.tag = closing.tag = "h2" if level <= highest else "h3"  # none is skipped, whatever was typed
        highest = min(highest, level)
    return _rendered(_pages, tokens)


def inline(text: str, *, addresses: bool = True) -> Markup:
    """A text within a line: emphasis and links, no element around it; with the `addresses` of links behind their words.

    Raises ForbiddenLinkError as `blocks` does.
    """
    if is_plain(text):
        return marked(text)
    return _rendered(_blocks, _checked(_blocks.parseInline(text.strip()), addresses=addresses))


@lru_cache(maxsize=4096)  # packs have the same bookmarks, thousands of times
def plain(text: str) -> str:
    """The words of a text within a line as they are printed, without marks: for bookmarks and metadata."""
    [line] = _blocks.parseInline(text.strip())
    return _SPACES.sub(" ", seen(_words(line.children)))


@dataclass(frozen=True)
class MarkdownOutline:
    """What a text is made of, for those who compare texts: paragraphs and lists, items, phrases that are strong, the
    addresses of links, and the words as they are printed, with the numbers of items.
    """

    blocks: int
    items: int
    strong: int
    links: tuple[str, ...]
    words: str


def outline(text: str) -> MarkdownOutline:
    """What a text is made of, by the reader that it is printed by. What is forbidden counts too."""
    tokens = _blocks.parse(indented(text))
    within = [child for token in tokens for child in token.children or ()]
    words = [f"{token.info}. " if token.type == "list_item_open" else _words(token.children) + "\n" for token in tokens]
    return MarkdownOutline(
        sum(token.level == 0 and token.nesting >= 0 and token.type != "inline" for token in tokens),
        sum(token.type == "list_item_open" for token in tokens),
        sum(token.type == "strong_open" for token in within),
        tuple(str(child.attrGet("href")) for child in within if child.type == "link_open"),
        "".join(words),
    )


def _words(tokens: Iterable[Token] | None) -> str:
    return "".join(" " if one.type in ("softbreak", "hardbreak") else one.content for one in tokens or ())


def is_plain(text: str) -> bool:
    """Whether a text has nothing in it that Markdown or HTML would read as more than text."""
    return not _SPECIAL.search(text)


# -- what was read -----------------------------------------------------------------------------------------------------


def _checked(tokens: Sequence[Token], *, addresses: bool = True) -> list[Token]:
    """The tokens of a text: items tight, with the numbers that were typed, cells of tables by their edges, and the
    `addresses` of links behind their words.
    """
    lists: list[list[Token]] = []  # those that are open, each with its items
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append([token])
            if len(lists) > MAXIMUM_DEPTH:
                raise MarkdownError(f"lists are nested more than {MAXIMUM_DEPTH} deep; write them flatter")
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type == "ordered_list_close":
            _number(*lists.pop())
        elif token.type == "bullet_list_close":
            lists.pop()
        elif token.type in ("th_open", "td_open") and (edge := _EDGES.get(str(token.attrGet("style")))):
            token.attrSet("style", f"text-align: {edge}")
        if token.children:
            token.children = list(_with_addresses(token.children) if addresses else _with_links(token.children))
    return _tight(tokens)


def _with_addresses(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line, its links marked, with the address of each behind its words, unless these are one.

    Raises ForbiddenLinkError as `_with_links` does.
    """
    link: Token | None = None
    for token in _with_links(tokens):
        yield token
        if token.type == "link_open":
            link = token
        elif token.type == "link_close" and link and "class" not in link.attrs:
            yield Token(_PRINTED, "", 0, content=str(link.attrGet("href")))


def _with_links(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a line, its links marked whose words are an address. Raises ForbiddenLinkError for a link to
    anything but the web or a mail address.
    """
    link: Token | None = None
    for token in tokens:
        if token.type == "link_open":
            link = token
            _check_address(str(link.attrGet("href")))
        elif token.type == "link_close":
            link = None
        elif link and token.type == "text":
            token.meta[_IN_LINK] = True
            if is_address(token.content):
                link.attrs |= {"class": "address", "dir": "ltr"}
    return list(tokens)


def _number(opening: Token, *items: Token) -> None:
    """Let the items of a list have the numbers that were typed; if all are the same, they count on from it.

    The engine knows neither `start` nor `value`, so each item adds to the counter what it is more than the one before.
    A number of several digits, which stands before its item, has room to do so.
    """
    opening.attrs.pop("start", None)
    typed = [int(item.info) for item in items]
    printed = range(typed[0], typed[0] + len(typed)) if len(set(typed)) == 1 else typed
    before = 0
    for item, number in zip(items, printed, strict=True):
        if number != before + 1:
            item.attrSet("style", f"counter-increment: list-item {number - before}")
        before = number
    digits = len(str(max(printed)))
    if digits > 1:
        opening.attrSet("style", f"padding-inline-start: {0.6 * digits + 0.7:.1f}em")


def _tight(tokens: Sequence[Token]) -> list[Token]:
    """A paragraph that is the only one of its item is text of that item."""
    items: list[list[Token]] = []  # those that are open, each with the marks of its paragraphs
    for token in tokens:
        if token.type == "list_item_open":
            items.append([])
        elif token.type == "list_item_close":
            marks = items.pop()
            for mark in marks:
                mark.hidden = len(marks) == 2
        elif token.type in ("paragraph_open", "paragraph_close") and items:
            items[-1].append(token)
    return list(tokens)


def _check_address(address: str) -> None:
    scheme, colon, _ = address.partition(":")
    if not colon or scheme.lower() not in ALLOWED_SCHEMES:
        raise ForbiddenLinkError(f"a link to “{address}”; allowed: {', '.join(ALLOWED_SCHEMES)}")


def _rendered(reader: MarkdownIt, tokens: Sequence[Token]) -> Markup:
    html = reader.renderer.render(tokens, reader.options, {})
    return Markup(html.rstrip("\n"))  # noqa: S704  (made by the reader, which escapes what it does not know)
