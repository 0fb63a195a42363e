"""The values of attributes: numbers, lengths, opacities and colours, each finite and bounded.

What does not have exactly the form that SVG gives it is refused, never passed on. Patterns are linear: they repeat
single classes of characters, and no repetition stands within another.
"""

from __future__ import annotations

import functools
import math
import re

from toolkit_builder.drawings.refusing import refused, shown

GREATEST = 1e6
"""The greatest number, either sign: PDF readers need not take more than some 32,000 (ISO 32000-1, Annex C), scaled."""
LONGEST = 64
"""Characters that a number may have."""
LEAST = 1e-6
"""Less is nothing: what is written is rounded to a billionth, and has to mean the same when it is read again."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_LENGTH = re.compile(rf"({_NUMBER.pattern})\s*([a-zA-Z%]*)")
_SEPARATOR = re.compile(r"[\s,]*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 24 / 25.4}
"""User units in a unit (CSS Values 3, 6.2)."""
BLACK = "#000000"
"""What shapes are filled with that say nothing (SVG 1.1, 11.3)."""
_HEX = re.compile(r"#[0-9a-f]{6}")


def number(text: str) -> float:
    """A finite number. Raises RefusedError if it is none, or too large to be drawn."""
    text = text.strip()
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        raise refused(f"has “{shown(text)}” where a number belongs; save it again")
    return bounded(float(text))


def bounded(value: float) -> float:
    """The value itself, if it can be drawn."""
    if not abs(value) <= GREATEST:  # also false for NaN
        raise refused(f"has numbers beyond {GREATEST:,.0f}; draw it smaller")
    return value


def numbers(text: str, most: int) -> list[float]:
    """Numbers with spaces, commas or signs between them (SVG 1.1, 8.3.9: as in paths)."""
    values: list[float] = []
    place = _after_separator(text, 0)
    while place < len(text):
        match = _NUMBER.match(text, place)
        if len(values) == most:
            raise refused(f"has more than {most:,} numbers where fewer belong; simplify it")
        if match is None or len(match[0]) > LONGEST:
            raise refused(f"has “{shown(text[place:])}” where numbers belong; save it again")
        values.append(bounded(float(match[0])))
        place = _after_separator(text, match.end())
    return values


def _after_separator(text: str, place: int) -> int:
    match = _SEPARATOR.match(text, place)
    return match.end() if match else place


def length(text: str, whole: float) -> float:
    """A length in user units; `whole` is what 100 % are."""
    text = text.strip()
    match = _LENGTH.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        raise refused(f"has “{shown(text)}” where a length belongs; save it again")
    value, unit = number(match[1]), match[2].lower()
    if unit == "%":
        return bounded(value * whole / 100)
    if unit not in _UNITS:
        raise refused(f"has a length in “{shown(unit)}”; save it with lengths in px or mm")
    return bounded(value * _UNITS[unit])


def share(text: str) -> float:
    """An opacity, or a place along a gradient: from 0 to 1, or in per cent."""
    text = text.strip()
    value = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    return round(min(1.0, max(0.0, value)), 9)


@functools.lru_cache(maxsize=1024)
def colour(text: str) -> tuple[str, float]:
    """A colour as `#rrggbb`, as greyscale knows it, and its opacity. Raises RefusedError for what is none."""
    text = text.strip()
    if _HEX.fullmatch(text.lower()):  # nearly always, and what knows all other forms is slow to import
        return text.lower(), 1.0
    from coloraide import Color

    match = Color.match(text, fullmatch=True) if len(text) <= LONGEST else None
    if match is not None and all(math.isfinite(part) for part in match.color.coords(nans=False)):
        written = match.color.convert("srgb").to_string(hex=True, fit="clip", alpha=False, none=False).lower()
        alpha = float(match.color.alpha(nans=False))
        if _HEX.fullmatch(written) and math.isfinite(alpha):
            return written, min(1.0, max(0.0, alpha))
    raise refused(f"has “{shown(text)}” where a colour belongs; save it with colours as #rrggbb")


def written(*values: float) -> str:
    """Numbers as SVG has them, never with an exponent, to a billionth of a unit."""
    return " ".join(_written(value) for value in values)


def _written(value: float) -> str:
    text = f"{value:.9f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
