"""Contrast of colours, after WCAG 2.2 (relative luminance and contrast ratio, success criterion 1.4.3)."""

from __future__ import annotations

import re

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


def as_hex(text: str) -> str:
    """A colour as people write it (`0b6468`, `"#0b6468"`) as `#rrggbb`; empty if it is none."""
    found = _HEX.fullmatch(text.strip(" \t\n'\"‘’“”"))
    return f"#{found[1]}" if found else ""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white)."""
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def contrast_with_white(colour: str) -> float:
    return contrast(colour, "#ffffff")


def mixed(colour: str, other: str, share: float) -> str:
    """Two colours `#rrggbb` mixed in sRGB, as a translucent ink prints over a ground; `share` of the other, 0 to 1."""
    pairs = ((int(colour[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(own + (its - own) * share):02x}" for own, its in pairs)
