"""A page as a run of blocks, one below the other: headings, paragraphs, items.

Tables become lines: each row under its head, each cell after the head of its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit_builder.editions.rendering import BLOCKS, text_of

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Block:
    """A block of text. `kind`: `heading`, `paragraph` or `item`; `level`: of a heading from 1, of an item how deep its
    list is, from 1; `target`: the name of the page that it leads to, if it does nothing else.
    """

    kind: str
    text: str
    level: int = 0
    target: str = ""


def blocks(body: Element) -> list[Block]:
    """The blocks of a page, in the order of reading."""
    return [block for block in _blocks(body, 0) if block.text]


def _blocks(element: Element, depth: int) -> Iterator[Block]:
    if "hidden" in element.attrib or element.tag in ("nav", "svg"):
        return
    if element.tag in _HEADINGS:
        yield Block("heading", text_of(element), int(element.tag[1]), _target(element))
    elif element.tag == "table":
        yield from _rows(element, depth)
    elif element.tag == "dl":
        yield from _terms(element)
    elif element.tag in ("ul", "ol"):
        yield from _items(element, depth + 1)
    elif _has_blocks(element):
        yield from _parts(element, depth)
    else:
        yield Block("paragraph", text_of(element))


def _has_blocks(element: Element) -> bool:
    return any(child.tag in BLOCKS for child in element)


def _parts(element: Element, depth: int) -> Iterator[Block]:
    """What stands in an element: blocks, and between them runs of words, each a paragraph."""
    run = Element("p")
    run.text = element.text
    for child in element:
        if child.tag in BLOCKS:
            yield Block("paragraph", text_of(run))
            yield from _blocks(child, depth)
            run = Element("p")
            run.text = child.tail
        else:
            run.append(child)
    yield Block("paragraph", text_of(run))


def _items(element: Element, depth: int) -> Iterator[Block]:
    number = 0
    for item in element:
        number = int(item.get("value", number + 1))
        sign = f"{number}. " if element.tag == "ol" else ""
        has_blocks = _has_blocks(item)
        parts = list(_parts(item, depth)) if has_blocks else [Block("paragraph", text_of(item))]
        for block in (part for part in parts if part.text):
            if block.kind == "paragraph":
                yield Block("item", sign + block.text, depth, "" if has_blocks else _target(item))
                sign = ""
            else:
                yield block


def _terms(element: Element) -> Iterator[Block]:
    """Terms with what is said of them, each on a line."""
    for pair in element.iter("div"):
        term = " ".join(text_of(each) for each in pair.findall("dt")).rstrip(":")
        said = ", ".join(text for each in pair.findall("dd") for text in _listed(each))
        yield Block("item", f"{term}: {said}", 1)


def _rows(table: Element, depth: int) -> Iterator[Block]:
    heads = [text_of(cell) for cell in table.findall("thead/tr/th")]
    is_empty = True
    for row in table.findall("tbody/tr"):
        cells = list(row)
        if not any(text_of(cell) for cell in cells):
            continue
        is_empty = False
        has_head = bool(cells) and cells[0].tag == "th"
        if has_head:
            yield Block("heading", f"{heads[0]}: {text_of(cells[0])}" if heads else text_of(cells[0]), 3)
        for head, cell in list(zip(heads, cells, strict=False))[int(has_head) :]:
            if said := _listed(cell):
                yield Block("item", f"{head}: {', '.join(said)}", depth + 1)
    if is_empty:  # it is to be filled in
        yield from (Block("item", f"{head}:", depth + 1) for head in heads)


def _listed(element: Element) -> Sequence[str]:
    """The items of a cell, or all that it says."""
    items = [text_of(item) for item in element.iter("li")]
    return items or [text for text in (text_of(element),) if text]


def _target(element: Element) -> str:
    """Where an element leads that has one link to a page."""
    links = [link.get("href", "") for link in element.iter("a")]
    return links[0][1:] if len(links) == 1 and links[0].startswith("#") else ""
