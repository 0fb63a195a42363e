"""Which line of a leaf the engine fails over: found by laying out more and more of it."""

from __future__ import annotations

from collections.abc import Callable


def failing_line(html: str, fails: Callable[[str], bool]) -> str:
    """The line of a leaf with which the failure comes: what stands before it can be laid out, with it no more.

    `fails` says whether so much of the leaf fails as the whole of it does. What is cut off is closed by the parser.
    """
    lines = html.splitlines(keepends=True)
    least, most = 0, len(lines)
    while most - least > 1:
        middle = (least + most) // 2
        if fails("".join(lines[:middle])):
            most = middle
        else:
            least = middle
    return lines[least].strip() if lines else ""
