"""The shapes and pictures of paper for the page: what the project's own layouts draw, as SVG."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import jinja2
from markupsafe import Markup

from toolkit_builder.catalogue.colours import mixed
from toolkit_builder.catalogue.model import Action, Catalogue, ScaleColumn, Text
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.drawings.pictograms import Pictograms
from toolkit_builder.project import Project

_IN_PLACE = 'class="symbol" aria-hidden="true" preserveAspectRatio="xMinYMid"'
_ADDRESS = re.compile(r"data:image/svg\+xml,([^'\"\s]+)")


class Drawings:
    """Drawings of a project's actions, as its `marks.html` has them on cards."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self._project = project
        self._catalogue = catalogue
        self._pictograms = Pictograms(project, catalogue)
        self._panels: dict[str, str] = {}
        self._symbols: dict[tuple[str, tuple[str, ...]], Markup] = {}

    @cached_property
    def _marks(self) -> Any:
        from toolkit_builder.press.html.templates import Templates  # slow to import

        environment = Templates(self._project, self._catalogue).environment
        languages = self._catalogue.framework.language_ids
        return environment.get_template("marks.html").make_module({"edition": Edition(languages)})

    def panel(self, action: Action) -> str:
        """The picture of an action on its panel, 95 by 82; of one without a picture, its category's shape."""
        if action.code not in self._panels:
            category = self._catalogue.framework.category(action.category)
            has_picture = self._pictograms.of(action.code) is not None
            drawn = self._drawn("panel_url", action, category) if has_picture else ""
            self._panels[action.code] = drawn or _plain(category.colour, self.shape(action.category, "#ffffff"))
        return self._panels[action.code]

    def shape(self, category_id: str, colour: str = "") -> str:
        """The shape of a category, 100 by 100, in its colour or another."""
        return self._drawn("shape_url", self._catalogue.framework.category(category_id), colour)

    def symbol(self, scale: ScaleColumn[Text], action: Action) -> Markup:
        """The symbol of an action's value on a scale, to stand in the page; its words say the same. Empty if nothing
        is stated.
        """
        rating = action.rating(scale.id)
        colour = self._catalogue.framework.category(action.category).colour
        known = f"{scale.id} {colour}", rating.steps
        if known not in self._symbols:
            drawn = self._drawn("symbol", scale, rating, colour) if rating.steps else ""
            in_place = drawn.replace("<svg ", f"<svg {_IN_PLACE} ", 1)
            self._symbols[known] = Markup(in_place)  # noqa: S704  (the layouts have escaped it)
        return self._symbols[known]

    @cached_property
    def look(self) -> str:
        """The colours of the categories, as a style sheet: `.of-ID` sets them for what stands in it."""
        lines = []
        for category in self._catalogue.framework.categories:
            colours = {
                "accent": category.colour,
                "dark": mixed(category.colour, "#000000", 0.2),
                "pale": mixed(category.colour, "#ffffff", 0.9),
            }
            said = "; ".join(f"--{name}: {colour}" for name, colour in colours.items())
            lines.append(f".of-{category.id} {{ {said} }}")
        return "\n".join(lines) + "\n"

    def _drawn(self, macro: str, *arguments: object) -> str:
        """What a macro of the layouts draws; empty if a project's own layouts have none of this name, or draw
        nothing.
        """
        try:
            written = str(getattr(self._marks, macro)(*arguments))
        except (AttributeError, jinja2.TemplateError):
            return ""
        found = _ADDRESS.search(written)
        return unquote(found[1]) if found else ""


def _plain(colour: str, shape: str) -> str:
    inner = shape.partition(">")[2].removesuffix("</svg>")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 95 82">'
        f'<rect width="95" height="82" rx="4" fill="{colour}"/>'
        f'<g transform="translate(27.500 21) scale(0.4)" fill="#ffffff">{inner}</g></svg>'
    )
