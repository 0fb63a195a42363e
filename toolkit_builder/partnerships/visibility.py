"""Whether a logo can be seen on what it is printed on: the white of the cover (`layouts/partnership/cover.html`).

A logo's colours are its owner's, so no more is asked than that it is seen at all: a contrast of 1.5:1 with white (the
3:1 of WCAG 2.2, 1.4.11, excepts logos). Contrast is that of relative luminance, so it is the same in grey. What is
meant for a dark ground falls short: white shapes on nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

from toolkit_builder.catalogue.colours import contrast_with_white

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 1.5
LEAST_OF_ALL, LEAST_OF_INK = 0.01, 0.5
"""The share that has to be seen, of a picture's pixels, and of those that are not transparent, where most are: a small
mark in colour does not make up for a name in white. Where most are not, white is the ground that others stand on."""
FAINT = f"can hardly be seen on the white of the cover (contrast below {LEAST:g}:1); take the one for white paper"
_OPAQUE = 128
_BRIGHTEST = 255 * (1.05 / LEAST - 0.05)
"""The luminance that has that contrast with white, in 255ths."""


def is_faint_picture(picture: Image) -> bool:
    """Whether too few of a picture's pixels are seen, of all or of those that are not transparent."""
    from PIL import Image  # slow to import

    colours = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    counts = _luminance(Image.alpha_composite(white, colours)).histogram()
    seen = sum(count for level, count in enumerate(counts) if level <= _BRIGHTEST)
    size = picture.width * picture.height
    ink = sum(colours.getchannel("A").histogram()[_OPAQUE:])
    return seen < size * LEAST_OF_ALL or (ink < size / 2 and seen < ink * LEAST_OF_INK)


def _luminance(picture: Image) -> Image:
    """Each pixel's relative luminance (WCAG 2.2) in 255ths."""
    from PIL import ImageChops

    parts = []
    for at, channel in enumerate(picture.convert("RGB").split()):
        weights = (0.2126, 0.7152, 0.0722)
        parts.append(channel.point([round(255 * weights[at] * _linear(value / 255)) for value in range(256)]))
    return ImageChops.add(ImageChops.add(parts[0], parts[1]), parts[2])


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def is_faint_drawing(data: bytes) -> bool:
    """Whether no colour in which a drawing paints is seen. It was built anew (`svg.rebuilding`)."""
    return max(_contrasts(fromstring(data), 1.0), default=1.0) < LEAST  # noqa: S314  (written here)


def _contrasts(element: Element, opacity: float) -> list[float]:
    """The contrast with white of each colour in an element, as its opacity leaves it."""
    opacity *= float(element.get("opacity", "1"))
    found = []
    for paint, thinned in (("fill", "fill-opacity"), ("stroke", "stroke-opacity"), ("stop-color", "stop-opacity")):
        colour = element.get(paint, "")
        if colour.startswith("#"):
            found.append(contrast_with_white(_on_white(colour, opacity * float(element.get(thinned, "1")))))
    return [*found, *(each for child in element for each in _contrasts(child, opacity))]


def _on_white(colour: str, opacity: float) -> str:
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * opacity):02x}" for channel in channels)
