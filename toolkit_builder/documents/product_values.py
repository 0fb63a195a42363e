"""The values of a product's file that need more than a type: sizes of paper and type, numbers of pages, names.

All that is read from a file is text; each of these is checked and becomes what it stands for.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.paper import LARGEST, PAPER, Size

AS_MANY = "as-many-as-needed"
ONCE, CATEGORY, ACTION, LOCAL, FIRST_SCALE = "once", "category", "action", "local", "first-scale"
SUBJECTS = (ONCE, CATEGORY, ACTION, LOCAL, FIRST_SCALE)
"""What a leaf may be `for`, besides the scales of the framework."""
GIVEN = (
    "groups",
    "actions",
    "categories",
    "chart",
    "about",
    "has_provisional",
    "review",
    "partnership",
    "tuck_box",
    "wall_map",
)
"""What of the selection a leaf may be given (`products.given`)."""
PLANNERS = ("toolkit",)
"""What `planner` may name: products that do more in Python than their file can say (`products.planners`)."""

SHEETS = ("grid", "tent", "tiles")
"""What `sheets` may name: how pages lie on print sheets (`press.imposition.schemes`)."""

LEAST_LANGUAGES = 2
"""A bilingual layout holds so many at least."""

LABEL = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
TEMPLATE = r"^[^/\\]+(/[^/\\]+)*\.html$"
SMALLEST, GREATEST = 4.0, 400.0
"""Type is set in so many pt at least and at most: what lies beyond is a slip of the pen."""

# Types that are made from tables. `Any` tells the type checker not to look for them in the code.
_literal: Any = Literal


def _refusal(message: str) -> PydanticCustomError:
    return PydanticCustomError("product", "{message}", {"message": message})


def _number(value: object) -> float:
    """A number that was written in a file, where all is text; 0 if it is none."""
    return float(str(value)) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", str(value)) else 0


def _page(value: object) -> object:
    """A name of PAPER, or width and height; read as both in mm."""
    if isinstance(value, str) and value in PAPER:
        return PAPER[value]
    numbers = [_number(each) for each in value] if isinstance(value, list | tuple) else []
    if len(numbers) == 2 and all(0 < each <= LARGEST for each in numbers):
        return tuple(numbers)
    raise _refusal(f"no size of paper; write one of {', '.join(PAPER)}, or [width, height] in mm, up to {LARGEST:g}")


def _sizes(value: object) -> object:
    """Sizes of type in pt, falling."""
    numbers = [_number(each) for each in value] if isinstance(value, list | tuple) else []
    if not numbers or not all(SMALLEST <= each <= GREATEST for each in numbers):
        raise _refusal(f"no sizes of type; write a list of numbers from {SMALLEST:g} to {GREATEST:g}, in pt")
    if numbers != sorted(set(numbers), reverse=True):
        raise _refusal("sizes of type begin with the largest, and each is smaller than the one before")
    return tuple(numbers)


def _pages(value: object) -> object:
    """How many pages; 0 for as many as it needs."""
    if value == AS_MANY:
        return 0
    if re.fullmatch(r"[1-9][0-9]?", str(value)):
        return int(str(value))
    raise _refusal(f"no number of pages; write 1, 2, 3…, or {AS_MANY}")


def _times(value: object) -> object:
    """How many of a leaf."""
    if re.fullmatch(r"[1-9][0-9]?", str(value)):
        return int(str(value))
    raise _refusal("no number of leaves; write one from 1 to 99")


def _most_languages(value: object) -> object:
    """How many languages at most: two or more, since a bilingual layout is for several."""
    if re.fullmatch(r"[1-9][0-9]?", str(value)) and int(str(value)) >= LEAST_LANGUAGES:
        return int(str(value))
    raise _refusal(f"no number of languages; write {LEAST_LANGUAGES}, 3, 4…, or leave it out where any number has room")


def _formed(pattern: str, words: str) -> Any:
    """A text of this form, which a message gives in words."""

    def check(value: object) -> object:
        if isinstance(value, str) and re.search(pattern, value):
            return value
        raise _refusal(f"“{value}” cannot stand here; write {words}" if value else f"is empty; write {words}")

    return Annotated[str, BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": pattern})]


_MM = {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST}
_PT = {"type": "number", "minimum": SMALLEST, "maximum": GREATEST}
_PAGE = {"anyOf": [{"enum": [*PAPER]}, {"type": "array", "items": _MM, "minItems": 2, "maxItems": 2}]}
_SIZES = {"type": "array", "items": _PT, "minItems": 1, "uniqueItems": True}
_PAGES = {"anyOf": [{"const": AS_MANY}, {"type": "integer", "minimum": 1, "maximum": 99}]}

_LANGUAGES = {"type": "integer", "minimum": LEAST_LANGUAGES, "maximum": 99}

PageSize = Annotated[Size, BeforeValidator(_page), WithJsonSchema(_PAGE)]
Sizes = Annotated[tuple[float, ...], BeforeValidator(_sizes), WithJsonSchema(_SIZES)]
Pages = Annotated[int, BeforeValidator(_pages), WithJsonSchema(_PAGES)]
Times = Annotated[int, BeforeValidator(_times), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 99})]
MostLanguages = Annotated[int, BeforeValidator(_most_languages), WithJsonSchema(_LANGUAGES)]
LayoutName: Any = _literal[tuple(LAYOUTS)]
Given: Any = _literal[GIVEN]
PlannerName: Any = _literal[PLANNERS]
SheetScheme: Any = _literal[SHEETS]
Template: Any = _formed(TEMPLATE, "the path of a template in layouts/, such as poster/page.html")
LabelKey: Any = _formed(LABEL, "the group and the name of a label, such as summary.title")
Level = Annotated[Literal["1", "2", "3"], WithJsonSchema({"enum": [1, 2, 3]})]
