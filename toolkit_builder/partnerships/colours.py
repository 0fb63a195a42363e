"""A partnership's colours: whether they can be seen where they are used, and the nearest that can.

Contrast is that of WCAG 2.2: 4.5:1 for text (1.4.3), 3:1 for shapes (1.4.11). Nearest is meant to the eye: the distance
in Oklab (Björn Ottosson, “A perceptual color space for image processing”, 2020, bottosson.github.io/posts/oklab), with
the hue kept (Oklch: the same space in polar coordinates), as CSS Color 4, section 9, gives both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit_builder.catalogue.colour_difference import difference
from toolkit_builder.catalogue.colours import contrast
from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Category, Text
from toolkit_builder.partnerships.model import Colours

TEXT, SHAPES = 4.5, 3.0
BLACK, WHITE = "#000000", "#ffffff"
_STEPS = 40
ALIKE = 15.0
"""ΔE00 (`catalogue.colour_difference`) within which a partnership's colour is taken for that of a category."""


@dataclass(frozen=True)
class Use:
    """Where a colour is used: what it meets there, and the least contrast."""

    colour: str
    against: str
    least: float
    what: str


USES = (
    Use("ground", WHITE, TEXT, "the white text on the cover, and as the colour of headings on white"),
    Use("band", WHITE, SHAPES, "the white page that bands stand on"),
)


def check_colours(files: ContentFiles, document: SourceDocument, colours: Colours) -> None:
    """Note each colour that cannot be seen where it is used, with the nearest that can."""
    for use in USES:
        colour: str | None = getattr(colours, use.colour)
        if colour is None:
            continue
        reached = contrast(colour, use.against)
        if reached < use.least:
            said = f"{colour} has a contrast of {_cut(reached)}:1 against {use.what}; {use.least:g}:1 is needed"
            nearest = nearest_passing(colour, use.against, use.least)
            files.fault(document, ("colours", use.colour), f"{said}. The nearest colour that passes is {nearest}")


def warn_of_likeness(
    files: ContentFiles, document: SourceDocument, colours: Colours, categories: Iterable[Category[Text]]
) -> None:
    """Note, as doubtful, each colour that readers may take for that of a category."""
    for use in USES:
        colour: str | None = getattr(colours, use.colour)
        for category in categories if colour else ():
            apart = difference(colour or "", category.colour)
            if apart < ALIKE:
                said = f"{colour} looks like {category.colour}, the colour of the category “{category.id}”"
                message = f"{said} (ΔE00 {apart:.1f}, below {ALIKE:g}); another shade keeps them apart"
                files.warn(document, ("colours", use.colour), message)


def nearest_passing(colour: str, against: str, least: float) -> str:
    """The colour of the same hue nearest to `colour` (`#rrggbb`) whose contrast with `against` is `least` or more.

    Black or white if no colour of that hue reaches it.
    """
    from coloraide import Color  # slow to import

    start = Color(colour).convert("oklab")
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    best, nearest = math.inf, max((BLACK, WHITE), key=lambda extreme: contrast(extreme, against))

    def passes(candidate: str) -> bool:
        return contrast(candidate, against) >= least

    for part in range(_STEPS + 1):
        for extreme in (0.0, 1.0):
            found = _edge(lightness, extreme, chroma * part / _STEPS, hue, passes)
            distance = math.dist(start.coords(), Color(found).convert("oklab").coords()) if found else math.inf
            if found and distance < best:
                best, nearest = distance, found
    return nearest


def _edge(lightness: float, extreme: float, chroma: float, hue: float, passes: Callable[[str], bool]) -> str | None:
    """The first colour to pass on the way from a lightness to an extreme one, as `#rrggbb`; None if sRGB has none.

    Contrast grows along that way, so halving finds it.
    """
    from coloraide import Color

    failing, passing, found = lightness, extreme, None
    for _ in range(12):
        middle = (failing + passing) / 2
        colour = Color("oklch", [middle, chroma, hue])
        written = colour.convert("srgb").to_string(hex=True, fit="clip")
        if passes(written):
            passing, found = middle, (written if colour.in_gamut("srgb", tolerance=0.002) else None)
        else:
            failing = middle
    return found


def _cut(contrast_ratio: float) -> str:
    """To one decimal, never rounded up to a value that would have been enough."""
    return f"{math.floor(contrast_ratio * 10) / 10:.1f}"
