"""Looks at a colour as soon as it is given, and knows the nearest that would do."""

from __future__ import annotations

from toolkit_builder.catalogue.checking import LEAST_CONTRAST
from toolkit_builder.catalogue.colours import as_hex, contrast
from toolkit_builder.errors import UsageError
from toolkit_builder.partnerships.colours import USES, WHITE, Use, nearest_passing

CATEGORY = Use("colour", WHITE, LEAST_CONTRAST, "the white text in it and the white page")
BY_OPTION = {use.colour: use for use in (CATEGORY, *USES)}
"""What each option's colour is used for."""


class RefusedColourError(UsageError):
    """A colour that is none, or cannot be seen where it is used; `nearest` is the one that can, if it is a colour."""

    def __init__(self, message: str, nearest: str = "") -> None:
        super().__init__(message)
        self.nearest = nearest


def check_colour(option: str, colour: str) -> None:
    """Raises RefusedColourError for a colour that cannot be used for what the option's is."""
    use, given, colour = BY_OPTION[option], colour, as_hex(colour)
    if not colour:
        raise RefusedColourError(f"--{option}: “{given}” is no colour; write its six figures, such as 0b6468.")
    if contrast(colour, use.against) < use.least:
        nearest = nearest_passing(colour, use.against, use.least)
        said = f"--{option}: {colour} has a contrast below {use.least:g}:1 against {use.what}."
        raise RefusedColourError(f"{said} The nearest colour that passes is {nearest}.", nearest)
