"""QR codes (ISO/IEC 18004) of web addresses, as drawings."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import segno

LEAST = 15.0
"""Width of the smallest code, in mm, without the white around it."""
LEAST_MODULE = 0.4
"""Width of the smallest of its squares, in mm: what telephones read from a card that an office printed."""
QUIET = 4
"""So many squares of white stand around it (ISO/IEC 18004, 9.1)."""


@dataclass(frozen=True)
class QrCode:
    """A code: its drawing as an address of data, black on white with the white around it; how wide that is, in mm."""

    url: str
    width: float


@lru_cache(maxsize=256)
def qr_code(address: str) -> QrCode:
    """The code of a web address, of error level M: it is read with 15 % of it spoilt."""
    made = segno.make_qr(address, error="m", boost_error=False)
    count, all_of_it = (made.symbol_size(border=border)[0] for border in (0, QUIET))
    width = all_of_it * max(LEAST / count, LEAST_MODULE)
    squares = "".join(
        f"M{left} {top}h{right - left}v1H{left}z"
        for top, row in enumerate(made.matrix_iter(border=QUIET))
        for left, right in _runs(row)
    )
    side = f'width="{all_of_it}" height="{all_of_it}"'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {side} viewBox="0 0 {all_of_it} {all_of_it}">'
        f'<rect {side} fill="#ffffff"/><path d="{squares}" fill="#000000"/></svg>'
    )
    return QrCode(f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}", round(width, 2))


def _runs(squares: Iterable[int]) -> list[tuple[int, int]]:
    """Where dark squares that touch one another begin and end."""
    row = [bool(square) for square in squares]
    edges = [at for at in range(1, len(row)) if row[at] != row[at - 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))
