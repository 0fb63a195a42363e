"""Where in a layout a line of a leaf was written: known by what stands there before the first value or condition."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"[^{]*")


def line_of(layout: str, printed: str) -> int:
    """The number of the line of a layout that a printed line comes from, the one that says most of it alike; 0 if none
    does, as where another layout prints it.
    """
    best, found = 1, 0  # one character alike says nothing
    for number, line in enumerate(layout.splitlines(), start=1):
        begins = _begins(line)
        if len(begins) > best and printed.strip().startswith(begins):
            best, found = len(begins), number
    return found


def _begins(line: str) -> str:
    match = _BEGINS.match(line.strip())
    return match[0] if match else ""
