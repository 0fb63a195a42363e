"""Contrast of colours (WCAG 2.2, 1.4.3), each red, green and blue from 0 to 1."""

from __future__ import annotations

from functools import lru_cache

Colour = tuple[float, float, float]
PAPER: Colour = (1.0, 1.0, 1.0)
LEAST, LEAST_LARGE = 4.5, 3.0
"""The least contrast of text (1.4.3), and of large text and of what is drawn (1.4.3, 1.4.11)."""
LARGE, LARGE_BOLD, BOLD = 18.0, 14.0, 700
"""From which size in pt text is large, upright or bold, and the weight that is bold."""


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (none) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blended(over: Colour, below: Colour, alpha: float) -> Colour:
    """What is seen of a colour that lets part of what is below it through."""
    if alpha >= 1:
        return over
    red, green, blue = (alpha * a + (1 - alpha) * b for a, b in zip(over, below, strict=True))
    return red, green, blue


def least_contrast(size: float, weight: int) -> float:
    """What text of a size in pt and a weight needs."""
    is_large = size >= LARGE - 0.01 or (size >= LARGE_BOLD - 0.01 and weight >= BOLD)
    return LEAST_LARGE if is_large else LEAST


def named(colour: Colour) -> str:
    """As style sheets write it."""
    return "#" + "".join(f"{round(max(0.0, min(1.0, part)) * 255):02x}" for part in colour)


def from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Colour:
    """About what four inks give; no profile is asked."""
    red, green, blue = ((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))
    return red, green, blue
