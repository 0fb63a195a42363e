"""What colours a PDF draws with: every operator and every colour space in every stream, as pikepdf finds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

SETS_COLOUR = {"rg": "RGB", "RG": "RGB", "g": "Gray", "G": "Gray", "k": "CMYK", "K": "CMYK"}
SHOWS_TEXT = ("Tj", "TJ", "'", '"')


def streams_of_content(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Pages, and every form and pattern of tiles."""
    yield from (page.obj for page in pdf.pages)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1):
            yield item


def operators(pdf: pikepdf.Pdf) -> set[tuple[str, tuple[float, ...]]]:
    """Every colour that an operator sets, with the space that it is of."""
    found = set()
    for holder in streams_of_content(pdf):
        for instruction in pikepdf.parse_content_stream(holder):
            name = str(instruction.operator)
            if name in SETS_COLOUR:
                found.add((SETS_COLOUR[name], tuple(round(float(value), 4) for value in instruction.operands)))
            elif name in ("cs", "CS") and str(instruction.operands[0]) != "/Pattern":
                found.add((str(instruction.operands[0])[1:], ()))
    return found


def spaces(pdf: pikepdf.Pdf) -> set[str]:
    """The colour spaces of pictures, gradients and groups, and those that resources name."""
    found: set[str] = set()
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for value in _everything(item):
            if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                for key in ("/ColorSpace", "/CS"):
                    space = value.get(key)
                    if isinstance(space, pikepdf.Name):
                        found.add(str(space))
                    elif isinstance(space, pikepdf.Array):
                        found.add(str(space[0]))
    return found


def _everything(item: Any, depth: int = 0) -> Iterator[Any]:
    yield item
    if depth > 6:
        return
    kids = item.values() if isinstance(item, pikepdf.Dictionary) else item if isinstance(item, pikepdf.Array) else ()
    if isinstance(item, pikepdf.Stream):
        kids = dict(item.items()).values()
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary | pikepdf.Array) and not kid.is_indirect:
            yield from _everything(kid, depth + 1)


def text_colours(path: Path) -> set[tuple[float, ...]]:
    """The colours in which texts are filled on pages."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            colour: tuple[float, ...] = (0.0,)
            saved: list[tuple[float, ...]] = []
            for instruction in pikepdf.parse_content_stream(page):
                name = str(instruction.operator)
                if name == "q":
                    saved.append(colour)
                elif name == "Q":
                    colour = saved.pop()
                elif name in ("rg", "g", "k"):
                    colour = tuple(round(float(value), 4) for value in instruction.operands)
                elif name in SHOWS_TEXT:
                    found.add(colour)
    return found
