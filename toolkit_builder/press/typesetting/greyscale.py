"""Colours in grey, each as light as it was, so that contrasts stay what they are.

Colours are known as `#rrggbb`, in styles and in drawings (`%23rrggbb` within an address); pictures are known by their
pixels.
"""

from __future__ import annotations

import io
import re

from toolkit_builder.documents.print_shop import DIE_LINES

_COLOUR = re.compile(r"(#|%23)([0-9a-fA-F]{6})\b")
_STYLE = re.compile(r"""(?<=\sstyle=)("[^"]*"|'[^']*')""")


def grey(colour: str) -> str:
    """The grey of the same relative luminance (WCAG 2.2) as `rrggbb`, as `rrggbb`."""
    luminance = sum(
        share * _linear(int(colour[at : at + 2], 16) / 255) for share, at in ((0.2126, 0), (0.7152, 2), (0.0722, 4))
    )
    level = 12.92 * luminance if luminance <= 0.0031308 else 1.055 * luminance ** (1 / 2.4) - 0.055
    return f"{round(level * 255):02x}" * 3


def _linear(part: float) -> float:
    """IEC 61966-2-1: from a part of an sRGB colour to light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def grey_style(css: str) -> str:
    """A style sheet, or a drawing in SVG, in grey. Lines and columns stay where they are; die lines are no colour."""

    def greyed(colour: re.Match[str]) -> str:
        return colour[0] if f"#{colour[2].lower()}" in DIE_LINES.values() else colour[1] + grey(colour[2])

    return _COLOUR.sub(greyed, css)


def grey_html(html: str) -> str:
    """HTML whose styles within elements are in grey; its words stay as they are."""
    return _STYLE.sub(lambda style: grey_style(style[0]), html)


def grey_picture(data: bytes) -> bytes:
    """A picture of pixels in grey, as PNG."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        greyed = picture.convert("RGBA").convert("LA") if has_alpha else picture.convert("L")
    out = io.BytesIO()
    greyed.save(out, "PNG")
    return out.getvalue()
