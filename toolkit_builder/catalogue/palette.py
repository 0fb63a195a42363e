"""Colours of the palette: what they are on a screen and, where that is said, in the inks of a press.

`"#12797c"` is a colour of the screen, whose inks the profile of the press gives. `{screen: "#12797c", ink: [90, 20, 40,
10]}` has inks of its own, as brands have. To layouts both are the colour of the screen.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.colours import as_hex
from toolkit_builder.catalogue.documents import Origin

COLOUR = r"^#?[0-9a-fA-F]{6}$"
Colour = Annotated[str, StringConstraints(pattern=COLOUR), AfterValidator(as_hex)]
"""sRGB as `#rrggbb`; six figures without `#` are read as if they had it."""
Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""
INKS = 4
_NUMBER = r"[0-9]+(\.[0-9]+)?"


def percent(ink: Ink) -> float:
    """How much ink that is at one place, in percent: 400 of all four."""
    return round(100 * sum(ink), 2)


def _parts(value: object) -> Ink:
    """Cyan, magenta, yellow and black, in percent; as parts of 1."""
    texts = [str(each) for each in value] if isinstance(value, list | tuple) else []
    numbers = [float(text) / 100 for text in texts if re.fullmatch(_NUMBER, text)]
    if len(texts) != INKS or len(numbers) != INKS or max(numbers) > 1:
        message = "no inks; write four numbers from 0 to 100, cyan, magenta, yellow and black, such as [81, 28, 45, 20]"
        raise PydanticCustomError("ink", "{message}", {"message": message})
    cyan, magenta, yellow, black = (round(number, 4) for number in numbers)
    return cyan, magenta, yellow, black


_PERCENTS = {
    "type": "array",
    "items": {"type": "number", "minimum": 0, "maximum": 100},
    "minItems": INKS,
    "maxItems": INKS,
}


class InkedColourEntry(BaseModel):
    """A colour with inks of its own, as files have it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    screen: Colour = Field(description="The colour on a screen, and where no press prints it")
    ink: Annotated[Ink, BeforeValidator(_parts), WithJsonSchema(_PERCENTS)] = Field(
        description="Cyan, magenta, yellow and black, in percent: what a print shop prints it in"
    )


class PaletteColour(str):
    """A colour of the screen as `#rrggbb`, which knows what a press prints it in: `ink`, or None for what the profile
    of the press makes of it.
    """

    __slots__ = ("ink", "origin")
    ink: Ink | None
    origin: Origin

    def __new__(cls, screen: str, ink: Ink | None = None) -> PaletteColour:
        made = super().__new__(cls, screen)
        made.ink, made.origin = ink, Origin("", "")
        return made

    def place_at(self, origin: Origin) -> None:
        """Where it was written."""
        self.origin = origin


_plain: TypeAdapter[str] = TypeAdapter(Colour)


def _read(value: object) -> PaletteColour:
    if isinstance(value, dict):
        given = InkedColourEntry.model_validate(value)  # whose faults keep their places
        return PaletteColour(given.screen, given.ink)
    return PaletteColour(_plain.validate_python(value), getattr(value, "ink", None))


_schema: dict[str, Any] = {"anyOf": [{"type": "string", "pattern": COLOUR}, InkedColourEntry.model_json_schema()]}
ColourOrInked = Annotated[PaletteColour, PlainValidator(_read), WithJsonSchema(_schema)]
"""A colour as files have it: `"#12797c"`, or with inks of its own."""
