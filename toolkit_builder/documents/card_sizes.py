"""Sizes of cards, as somebody asks for them: by name, or by width and height."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit_builder.documents.paper import PAPER, Size
from toolkit_builder.errors import UsageError

CARD_SIZES: Mapping[str, Size] = {
    "bridge": (57, 89),
    "poker": (63, 88),
    "a7": PAPER["a7"],
    "tarot": (70, 120),
    "a6": PAPER["a6"],
    "a5": PAPER["a5"],
}
"""By area, in mm: those of ISO 216, and those that makers of playing cards have."""
SMALLEST, LARGEST = 50.0, 300.0
"""Neither side of a card is shorter or longer, in mm."""


@dataclass(frozen=True)
class CardSize:
    """The size of a card: what it is called in names of files, width and height in mm."""

    name: str
    size: Size


def card_size(asked: str) -> CardSize:
    """A size by its name, or as `80x120mm`. Raises UsageError if it is neither, or lies across."""
    name = asked.strip().lower()
    if name in CARD_SIZES:
        return CardSize(name, CARD_SIZES[name])
    found = re.fullmatch(r"([0-9]{2,3}(?:\.[0-9])?)[x×]([0-9]{2,3}(?:\.[0-9])?)(?:mm)?", name)
    if not found:
        known = ", ".join(CARD_SIZES)
        raise UsageError(f"--card-size {asked}: write {known}, or width and height such as 80x120mm.")
    width, height = float(found[1]), float(found[2])
    if not SMALLEST <= width <= height <= LARGEST:
        told = f"cards stand upright, and have sides of {SMALLEST:g} to {LARGEST:g} mm"
        raise UsageError(f"--card-size {asked}: {told}.")
    return CardSize(f"{width:g}x{height:g}mm", (width, height))


@dataclass(frozen=True)
class ResizedCard:
    """What layouts are given of a card that has another size than its product has: width and height in mm, and by how
    much type and lengths that go with it are larger or smaller.
    """

    width: float
    height: float
    scale: float

    @property
    def is_small(self) -> bool:
        """Whether it has less room, so that not all of a card has room on it."""
        return self.scale < 1
