"""What stands in `content/shops/NAME.yaml`: what a print shop asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.model import Filled, Shape
from toolkit_builder.catalogue.palette import InkedColourEntry
from toolkit_builder.documents.print_shop import ALTERNATING, MARKS, NO_MARKS, ORDERS
from toolkit_builder.documents.product_values import PageSize
from toolkit_builder.documents.sheet_options import MOST_BLEED

MOST_SAFE_ZONE = 30
"""In mm: what lies beyond is a slip of the pen."""
LEAST_INK, MOST_INK = 100, 400
"""In percent: one ink, and all four of them."""

_literal: Any = Literal  # of what stands in tables: the type checker is not to look for it in the code


def _number(least: float, most: float, unit: str) -> Callable[[object], object]:
    def read(value: object) -> object:
        number = float(str(value)) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", str(value)) else -1
        if not least <= number <= most:
            message = f"no number of {unit}; write one from {least:g} to {most:g}"
            raise PydanticCustomError("shop", "{message}", {"message": message})
        return number

    return read


def _between(least: float, most: float, unit: str) -> Any:
    schema = {"type": "number", "minimum": least, "maximum": most}
    return Annotated[float, BeforeValidator(_number(least, most, unit)), WithJsonSchema(schema)]


Bleed: Any = _between(0, MOST_BLEED, "mm")
SafeZone: Any = _between(0, MOST_SAFE_ZONE, "mm")
Ink: Any = _between(LEAST_INK, MOST_INK, "percent")
Order: Any = _literal[ORDERS]
Marks: Any = _literal[MARKS]


class ShopFile(Shape):
    """A print shop as its file has it."""

    help: Filled = Field(description="For whom it is, in a sentence")
    trim: tuple[PageSize, ...] = Field(
        default=(), description="The sizes that it cuts: names such as a6, or [width, height] in mm; left out, any"
    )
    bleed: Bleed = Field(default=3.0, description="How far artwork runs on beyond the edge, in mm; left out, 3")
    safe_zone: SafeZone = Field(default=5.0, description="How far type keeps from the edge, in mm; left out, 5")
    order: Order = Field(
        default=ALTERNATING,
        description="Of the sides of cards: alternating (front, back, front, back), backs-first (back, front, back, "
        "front), fronts-then-backs, or two-files, one of fronts and one of backs; left out, alternating",
    )
    marks: Marks = Field(default=NO_MARKS, description="crop: marks beyond the bleed; left out, none")
    most_ink: Ink = Field(default=300.0, description="All inks at one place, in percent; left out, 300")
    inks: tuple[InkedColourEntry, ...] = Field(
        default=(),
        description="Colours that have other inks on this shop’s paper than the framework or a partnership gives them",
    )
    profile: Filled | None = Field(
        default=None,
        description="The file of an output profile (ICC, CMYK), beside this one; left out, ISO Coated v2 300% "
        "(FOGRA39)",
    )
    condition: Filled | None = Field(
        default=None,
        description="What the printing condition of the profile is called in the registry of the ICC, such as FOGRA51, "
        "where its description does not say so",
    )
