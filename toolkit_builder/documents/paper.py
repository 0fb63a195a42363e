"""Sizes of paper, in mm. All pages stand upright unless a product gives width and height itself."""

from __future__ import annotations

from collections.abc import Mapping

Size = tuple[float, float]
"""Width and height in mm."""

PAPER: Mapping[str, Size] = {
    "a2": (420, 594),
    "a3": (297, 420),
    "a4": (210, 297),
    "a5": (148, 210),
    "a6": (105, 148),
    "a7": (74, 105),
}
"""ISO 216, the sizes that offices and print shops have."""

LARGEST = 2000.0
"""A page may be so wide and high, in mm: PDF viewers stop at 200 inches, and nobody here prints larger."""


def css_size(size: Size) -> str:
    """The size as CSS has it in `@page`: `297mm 420mm`."""
    width, height = size
    return f"{width:g}mm {height:g}mm"


def page_style(size: Size, bleed: float = 0) -> str:
    """The size of a page as a style sheet, which goes before all others. With `bleed` (mm), paper reaches beyond it on
    each side, and `--bleed` says how far: what reaches the edge runs on by `var(--bleed, 0mm)`.
    """
    if not bleed:
        return f"@page {{ size: {css_size(size)} }}"
    return f"@page {{ size: {css_size(size)}; bleed: {bleed:g}mm }}\n:root {{ --bleed: {bleed:g}mm }}"
