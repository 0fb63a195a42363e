"""How different two colours look: CIEDE2000 (ISO/CIE 11664-6:2022), in CIE L*a*b* under D65."""

from __future__ import annotations

import math
from functools import lru_cache

_WHITE = (0.95047, 1.0, 1.08883)
"""D65, as the matrix of sRGB (IEC 61966-2-1) has it."""
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_FAR = 25.0**7
"""Of the chroma from which on the correction of grey is small."""


@lru_cache(256)
def lab(colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 100), a* and b* of `#rrggbb`."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    parts = [sum(share * c for share, c in zip(row, linear, strict=True)) for row in _TO_XYZ]
    x, y, z = (_root(part / white) for part, white in zip(parts, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str) -> float:
    """The difference ΔE00 of two colours `#rrggbb`: below 1 is not seen, 100 is black and white."""
    return ciede2000(lab(one), lab(other))


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The difference ΔE00 of two colours in L*a*b*."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    grey = 1.5 - 0.5 * _nearness((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    c1, c2 = math.hypot(grey * a1, b1), math.hypot(grey * a2, b2)
    h1, h2 = math.atan2(b1, grey * a1) % math.tau, math.atan2(b2, grey * a2) % math.tau
    apart = (h2 - h1 + math.pi) % math.tau - math.pi if c1 * c2 else 0.0
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + apart / 2 if c1 * c2 else h1 + h2
    weight = (
        1
        - 0.17 * math.cos(hue - math.radians(30))
        + 0.24 * math.cos(2 * hue)
        + 0.32 * math.cos(3 * hue + math.radians(6))
        - 0.20 * math.cos(4 * hue - math.radians(63))
    )
    off = (lightness - 50) ** 2
    by_lightness = (l2 - l1) / (1 + 0.015 * off / math.sqrt(20 + off))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * math.sqrt(c1 * c2) * math.sin(apart / 2) / (1 + 0.015 * chroma * weight)
    turn = math.radians(30) * math.exp(-((((math.degrees(hue) % 360) - 275) / 25) ** 2))
    rotation = -2 * _nearness(chroma) * math.sin(2 * turn)
    return math.sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


def _nearness(chroma: float) -> float:
    """How far a chroma is from grey, 0 to 1."""
    return math.sqrt(chroma**7 / (chroma**7 + _FAR))


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
