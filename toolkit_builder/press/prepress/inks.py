"""Colours of the screen as inks: through the profiles, relative colorimetric with black point compensation.

Each colour is converted once and remembered. Black and greys are of black ink alone, in type, lines and areas alike:
letters of several inks have coloured edges as soon as one of the plates is off by a tenth of a millimetre, white
letters on such a ground close up, and greys of several inks turn pink or green as the press goes. Pictures and
gradients are not looked at so: their greys go over into colours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from math import hypot
from typing import Any

from pikepdf import Name
from PIL import Image, ImageChops, ImageCms

from toolkit_builder.press.prepress.die_lines import SPOTS
from toolkit_builder.print_shops.profiles import OutputProfile

Rgb = tuple[float, float, float]
Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""
NO_INK: Ink = (0.0, 0.0, 0.0, 0.0)
BLACK_INK: Ink = (0.0, 0.0, 0.0, 1.0)
MOST_CHROMA = 7.0
"""A colour is a grey if it has no more (CIELAB, C*): the greys in use have from 0 to 6."""
PALE, MOST_CHROMA_OF_PALE = 90.0, 2.5
"""What is lighter (L*) is a grey with less: pale grounds in the colour of a category have from 3 on."""
DARKEST = 25.0
"""A grey as dark as this or darker (CIELAB, L*) is black: a screen of 92 or 97 % would only make edges rough."""
_MIDDLE = 128
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC


class Inks:
    """What colours are in the inks of a press. `given`: those (`#rrggbb`) that do not go through the profile."""

    space = Name.DeviceCMYK

    def __init__(self, profile: OutputProfile, given: Iterable[tuple[str, Ink]] = ()) -> None:
        self.profile = profile
        self._given = {colour.lower(): ink for colour, ink in given} | dict.fromkeys(SPOTS, NO_INK)
        self._screen = ImageCms.createProfile("sRGB")
        self._press = profile.open()
        self._painted: dict[Rgb, Ink] = {}
        self.most_used = 0.0
        """The most ink that lies at one place of pictures and gradients, in percent."""
        self.spots_used: set[str] = set()

    def painted(self, rgb: Rgb) -> Ink:
        """The inks of type, of an area or a line, in whole percents; of die lines, none."""
        if rgb not in self._painted and (given := self._given.get(as_hex(rgb))):
            self._painted[rgb] = given
        elif rgb not in self._painted:
            lightness, a, b = self._lab(rgb)
            most = MOST_CHROMA_OF_PALE if lightness >= PALE else MOST_CHROMA
            self._painted[rgb] = self._black(lightness) if hypot(a, b) <= most else self._converted(rgb)
        return self._painted[rgb]

    def spot(self, rgb: Rgb) -> str:
        """The spot colour that a line has, or empty."""
        found = SPOTS.get(as_hex(rgb), "")
        self.spots_used |= {found} - {""}
        return found

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture of pixels (RGB) in inks (CMYK)."""
        converted = self._in_inks(picture)
        self.most_used = max(self.most_used, _most_ink(converted))
        return converted

    def _in_inks(self, picture: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(picture, self._to_ink)
        if converted is None:
            raise ValueError("a picture that cannot be converted")
        return converted

    def _converted(self, rgb: Rgb) -> Ink:
        pixel: Any = self._in_inks(_pixel(rgb)).getpixel((0, 0))
        cyan, magenta, yellow, black = (round(value / 255, 2) for value in pixel)
        return cyan, magenta, yellow, black

    def _black(self, lightness: float) -> Ink:
        """Black alone, as light as a colour (L*)."""
        if lightness <= DARKEST:
            return BLACK_INK
        # Lightness falls as ink is added: the first step that is as dark.
        at = bisect_left(self._steps, -lightness, key=lambda light: -light)
        return 0.0, 0.0, 0.0, round(min(at, len(self._steps) - 1) / (len(self._steps) - 1), 2)

    def _lab(self, rgb: Rgb) -> tuple[float, float, float]:
        pixel: Any = ImageCms.applyTransform(_pixel(rgb), self._screen_to_lab).getpixel((0, 0))  # type: ignore[union-attr]
        return pixel[0] / 2.55, pixel[1] - _MIDDLE, pixel[2] - _MIDDLE

    @cached_property
    def _steps(self) -> list[float]:
        """How light (L*) black ink is on the paper, percent by percent."""
        ramp = Image.new("CMYK", (101, 1))
        for step in range(101):
            ramp.putpixel((step, 0), (0, 0, 0, round(step * 2.55)))
        lab: Any = ImageCms.applyTransform(ramp, self._press_to_lab)
        return [lab.getpixel((step, 0))[0] / 2.55 for step in range(101)]

    @cached_property
    def _to_ink(self) -> Any:
        return self._transform(self._screen, self._press, "RGB", "CMYK")

    @cached_property
    def _screen_to_lab(self) -> Any:
        return self._transform(self._screen, ImageCms.createProfile("LAB"), "RGB", "LAB")

    @cached_property
    def _press_to_lab(self) -> Any:
        return self._transform(self._press, ImageCms.createProfile("LAB"), "CMYK", "LAB")

    @staticmethod
    def _transform(source: Any, goal: Any, mode: str, mode_of_goal: str) -> Any:
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        return ImageCms.buildTransform(source, goal, mode, mode_of_goal, intent, FLAGS)


def _pixel(rgb: Rgb) -> Image.Image:
    red, green, blue = (round(min(max(part, 0), 1) * 255) for part in rgb)
    return Image.new("RGB", (1, 1), (red, green, blue))


def as_hex(rgb: Rgb) -> str:
    """A colour of the screen as `#rrggbb`."""
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in rgb)


def _most_ink(picture: Image.Image) -> float:
    """The most ink of a pixel, in percent, to within 2."""
    cyan, magenta, yellow, black = picture.split()
    first, second = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    extremes: Any = ImageChops.add(first, second, scale=2).getextrema()
    return float(extremes[1]) * 4 / 2.55
