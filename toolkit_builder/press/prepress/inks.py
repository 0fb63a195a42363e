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

from toolkit_builder.catalogue.palette import Ink
from toolkit_builder.press.prepress.die_lines import SPOTS
from toolkit_builder.print_shops.profiles import OutputProfile

Rgb = tuple[float, float, float]
WHITE: Rgb = (1.0, 1.0, 1.0)
BLACK: Rgb = (0.0, 0.0, 0.0)
NO_INK: Ink = (0.0, 0.0, 0.0, 0.0)
BLACK_INK: Ink = (0.0, 0.0, 0.0, 1.0)
MOST_CHROMA = 7.0
"""A colour is a grey if it has no more (CIELAB, C*): the greys in use have from 0 to 6."""
PALE, MOST_CHROMA_OF_PALE = 90.0, 2.5
"""What is lighter (L*) is a grey with less: pale grounds in the colour of a category have from 3 on."""
DARKEST = 25.0
"""A grey as dark as this or darker (CIELAB, L*) is black: a screen of 92 or 97 % would only make edges rough."""
MOST_MIXED = 0.95
"""Of white or black in a mixture: with more, it is hardly told from that of another colour."""
_STEP = 0.6 / 255
"""Colours of the screen are in whole steps of 255, and so mixtures miss by half of one."""
_MIDDLE = 128
FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC


class Inks:
    """What colours are in the inks of a press. `given`: those (`#rrggbb`) that do not go through the profile, and
    neither do their mixtures with white and with black, which layouts make.
    """

    space = Name.DeviceCMYK

    def __init__(self, profile: OutputProfile, given: Iterable[tuple[str, Ink]] = ()) -> None:
        self.profile = profile
        self._whole = {colour.lower(): ink for colour, ink in given}
        self._given = {_from_hex(colour): ink for colour, ink in self._whole.items()}
        self._whole |= dict.fromkeys(SPOTS, NO_INK)
        self._screen = ImageCms.createProfile("sRGB")
        self._press = profile.open()
        self._painted: dict[Rgb, Ink] = {}
        self.most_used = 0.0
        """The most ink that lies at one place of pictures and gradients, in percent."""
        self.spots_used: set[str] = set()

    def painted(self, rgb: Rgb) -> Ink:
        """The inks of type, of an area or a line, in whole percents; of die lines, none."""
        if rgb not in self._painted and (given := self._of_palette(rgb)):
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

    def _of_palette(self, rgb: Rgb) -> Ink | None:
        """The inks of a colour that has its own, or of a mixture of it, in proportion."""
        if (screen := as_hex(rgb)) in self._whole:
            return self._whole[screen]
        for colour, ink in self._given.items():
            for end, end_ink in ((WHITE, NO_INK), (BLACK, BLACK_INK)):
                share = _share(rgb, colour, end)
                if 0 < share < MOST_MIXED:
                    cyan, magenta, yellow, black = (
                        round(own + (its - own) * share, 4) for own, its in zip(ink, end_ink, strict=True)
                    )
                    return cyan, magenta, yellow, black
        return None

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


def _from_hex(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _share(rgb: Rgb, colour: Rgb, end: Rgb) -> float:
    """How much of `end` is in a mixture of it and a colour; 0 for what is no mixture of these."""
    length = sum((its - own) ** 2 for own, its in zip(colour, end, strict=True))
    along = sum((its - own) * (part - own) for own, its, part in zip(colour, end, rgb, strict=True))
    share = along / length if length else 0.0
    mixture = (own + (its - own) * share for own, its in zip(colour, end, strict=True))
    return share if all(abs(part - mixed) <= _STEP for part, mixed in zip(rgb, mixture, strict=True)) else 0.0


def _most_ink(picture: Image.Image) -> float:
    """The most ink of a pixel, in percent, to within 2."""
    cyan, magenta, yellow, black = picture.split()
    first, second = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    extremes: Any = ImageChops.add(first, second, scale=2).getextrema()
    return float(extremes[1]) * 4 / 2.55
