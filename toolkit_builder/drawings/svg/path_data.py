"""Path data and lists of points, cut into checked numbers and letters. fontTools interprets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit_builder.drawings.refusing import refused, shown
from toolkit_builder.drawings.svg.outlines import LONGEST_OUTLINE, PathOutline
from toolkit_builder.drawings.svg.values import LONGEST, bounded, numbers, written

_TOKEN = re.compile(r"([MmZzLlHhVvCcSsQqTtAa]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_FLAG = re.compile(r"([01])")
_SEPARATORS = re.compile(r"[\s,]*")


def path(data: str) -> PathOutline:
    """Path data. Raises RefusedError if it is broken, instead of drawing the half of it."""
    from fontTools.svgLib.path.parser import parse_path  # slow to import

    outline = PathOutline()
    try:
        parse_path(" ".join(_tokens(data)), outline)
    except (ValueError, IndexError, TypeError, AttributeError):
        raise refused(f"has an outline that is broken off: “{shown(data)}”; save it again") from None
    return outline


def _tokens(data: str) -> Iterator[str]:
    """Letters and numbers, one by one: flags of arcs need nothing between them (SVG 1.1, 8.3.9)."""
    place, letter, taken, count = 0, "", 0, 0
    while (place := _after(_SEPARATORS, data, place)) < len(data):
        is_flag = letter in ("A", "a") and taken % 7 in (3, 4)
        match = (_FLAG if is_flag else _TOKEN).match(data, place)
        if match is None or len(match[1]) > LONGEST:
            raise refused(f"has an outline that is not understood: “{shown(data[place:])}”; save it again")
        place, token, count = match.end(), match[1], count + 1
        if count > 8 * LONGEST_OUTLINE:  # an arc is a letter and seven numbers
            raise refused(f"has an outline of more than {LONGEST_OUTLINE:,} lines and curves; simplify it")
        if token.isalpha():
            letter, taken = token, 0
            yield token
        else:
            taken += 1
            yield written(bounded(float(token)))


def _after(pattern: re.Pattern[str], data: str, place: int) -> int:
    """Where what matches there ends."""
    match = pattern.match(data, place)
    return match.end() if match else place


def polygon(points: str, *, is_closed: bool) -> PathOutline:
    """The points of a polygon or polyline; a number too many is left out, as SVG 1.1, 9.6 has it."""
    values = numbers(points, most=2 * LONGEST_OUTLINE)
    outline = PathOutline()
    for n, point in enumerate(zip(values[::2], values[1::2], strict=False)):
        (outline.lineTo if n else outline.moveTo)(point)
    if is_closed and outline.segments:
        outline.closePath()
    return outline
