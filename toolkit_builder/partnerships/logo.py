"""A logo that was read and may be printed, and how large. What reads it (`logos.py`) takes longer to import."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

BOX = (60.0, 30.0)
"""The room that a logo is printed in, at most, in mm: width and height."""


@dataclass(frozen=True)
class Logo:
    """A logo that may be printed: its bytes, its size (in PNG in pixels), and what is doubtful about it."""

    kind: Literal["svg", "png"]
    data: bytes
    width: float
    height: float
    doubt: str = ""

    @property
    def address(self) -> str:
        """The logo itself as an address, so that whoever typesets it needs no file."""
        kind = "svg+xml" if self.kind == "svg" else self.kind
        return f"data:image/{kind};base64,{base64.b64encode(self.data).decode()}"

    def printed(self, box: tuple[float, float] = BOX) -> tuple[float, float]:
        """Its width and height in mm when it is printed as large as the box allows."""
        return printed_size(self.width, self.height, box)


def printed_size(width: float, height: float, box: tuple[float, float] = BOX) -> tuple[float, float]:
    """Width and height in mm of what is printed as large as a box in mm allows."""
    scale = min(box[0] / width, box[1] / height)
    return width * scale, height * scale
