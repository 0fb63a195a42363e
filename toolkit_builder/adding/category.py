"""A category to fill in: one more item under `categories` in `content/framework.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from toolkit_builder.adding.colours import check_colour
from toolkit_builder.adding.outline import FrameworkOutline, outline_of
from toolkit_builder.adding.putting import Added, put
from toolkit_builder.adding.yaml_text import Words, entry, texts, with_item
from toolkit_builder.catalogue.checking import LEAST_CONTRAST
from toolkit_builder.catalogue.colours import contrast_with_white
from toolkit_builder.catalogue.loading import FRAMEWORK
from toolkit_builder.catalogue.model import FORMS, Category
from toolkit_builder.errors import UsageError
from toolkit_builder.project import Project

SHAPES: tuple[str, ...] = get_args(Category.model_fields["shape"].annotation)
LIGHTNESS, CHROMA, HUES = 0.42, 0.11, range(0, 360, 15)
"""Of the colours that are offered, in Oklch: dark enough for white text, and of one strength."""


@dataclass(frozen=True)
class NewCategory:
    """A category that is to be added. `colour` and `shape` may be empty: those that are least like the others' then."""

    id: str
    code: str
    title: Words
    introduction: Words
    colour: str = ""
    shape: str = ""


def add_category(project: Project, new: NewCategory) -> Added:
    """Add a category.

    Raises UsageError for an id or code that is taken, a language, shape or colour that cannot be; with the colour that
    would do.
    """
    outline = outline_of(project)
    languages = tuple(outline.languages)
    _check(outline, new)
    outline.check_languages("--title", new.title)
    outline.check_languages("--introduction", new.introduction)
    lines = [
        entry("id", new.id),
        entry("code", new.code),
        *texts("title", new.title, languages),
        *texts("introduction", new.introduction, languages),
        f'colour: "{new.colour or free_colour([each.colour for each in outline.categories])}"',
        entry("shape", new.shape or free_shape([each.shape for each in outline.categories])),
    ]
    path = project.content / FRAMEWORK
    text = with_item(path, project.file(path), "categories", lines)
    return put(
        project,
        {path: text},
        f"an action in it: toolkit-builder add action --category {new.id}",
        "colour and shape: look whether they suit, beside those of the others",
    )


def _check(outline: FrameworkOutline, new: NewCategory) -> None:
    for option, value, form, taken in (
        ("--id", new.id, r"^[a-z][a-z0-9-]*$", [each.id for each in outline.categories]),
        ("--code", new.code, r"^[A-Z]{1,3}$", [each.code for each in outline.categories]),
    ):
        if not re.fullmatch(form, value):
            raise UsageError(f"{option}: “{value}” does not suit; write {FORMS[form]}.")
        if value in taken:
            raise UsageError(f"{option}: “{value}” is taken. There are: {', '.join(taken)}.")
    if new.shape and new.shape not in SHAPES:
        raise UsageError(f"--shape: no shape “{new.shape}”. Allowed: {', '.join(SHAPES)}.")
    if new.colour:
        check_colour("colour", new.colour)


def free_shape(taken: Sequence[str]) -> str:
    """The shape that fewest categories have, the first of several."""
    return min(SHAPES, key=taken.count)


def free_colour(taken: Sequence[str]) -> str:
    """A colour for white text that is as far as can be from those that are taken, to the eye (in Oklab)."""
    from coloraide import Color  # slow to import

    others = [Color(colour) for colour in taken]
    offered = [Color("oklch", [LIGHTNESS, CHROMA, hue]).convert("srgb").fit() for hue in HUES]
    passing = [colour for colour in offered if contrast_with_white(colour.to_string(hex=True)) >= LEAST_CONTRAST]
    best = max(passing, key=lambda colour: min((colour.distance(other, space="oklab") for other in others), default=0))
    written: str = best.to_string(hex=True)
    return written
