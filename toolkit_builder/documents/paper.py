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


RESIZED = ("--width", "--height", "--scale", "--type")
"""What styles are told of a card of another size than usual: width and height; by how much it is larger, and
by how much its type is, which is no smaller than usual.
"""


def css_size(size: Size) -> str:
    """The size as CSS has it in `@page`: `297mm 420mm`."""
    width, height = size
    return f"{width:g}mm {height:g}mm"


def page_style(size: Size, scale: float = 0, bleed: float = 0) -> str:
    """The size of a page as a style sheet, which goes before all others. `scale`: of a card that has another size than
    its product's, by how much it is larger; styles read the size and that (`RESIZED`). With `bleed` (mm), paper reaches
    beyond it on each side, and `--bleed` says how far: what reaches the edge runs on by `var(--bleed, 0mm)`.
    """
    width, height = size
    beyond = f"; bleed: {bleed:g}mm" if bleed else ""
    page = f"@page {{ size: {css_size(size)}{beyond} }}"
    values = f"{width:g}mm", f"{height:g}mm", f"{scale:.4f}", f"{max(1, scale):.4f}"
    lengths = [f"{name}: {value}" for name, value in zip(RESIZED, values, strict=True)] if scale else []
    lengths += [f"--bleed: {bleed:g}mm"] if bleed else []
    return f"{page} :root {{ {'; '.join(lengths)} }}" if lengths else page
