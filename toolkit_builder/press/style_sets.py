"""Which style sheets, fonts and surrounding HTML the leaves of a plan are typeset with."""

from __future__ import annotations

from pathlib import Path

from toolkit_builder.catalogue.decoding import project_text
from toolkit_builder.documents.paper import Size, page_style
from toolkit_builder.documents.plan import Plan
from toolkit_builder.press.fonts import language_style
from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.html.templates import Templates

BASE_STYLE, PACK_STYLE, LARGE_STYLE = "base.css", "partnership.css", "large-print.css"
LOW_INK_STYLE, GREY_STYLE = "low-ink.css", "greyscale.css"
_LEAVES = "<!--leaves-->"
"""Stands for the leaves while the HTML around them is rendered."""


class StyleSets:
    """The style sets of a project, each made once: plates and fonts are shared by all that have the same."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates
        self._known: dict[tuple[str, Size, float, float, bool, bool, bool], StyleSet] = {}

    def of(self, plan: Plan) -> StyleSet:
        """What the leaves of a plan are typeset with."""
        asked = (plan.product, plan.page, plan.scale, plan.bleed, plan.large_print, plan.low_ink, plan.greyscale)
        if asked not in self._known:
            self._known[asked] = self._make(plan)
        return self._known[asked]

    def _readable(self, name: str) -> Path:
        """Raises FaultsError if it is no text that can be read."""
        path = self.templates.project.style(name)
        project_text(self.templates.project, path)
        return path

    def _make(self, plan: Plan) -> StyleSet:
        project, framework = self.templates.project, self.templates.catalogue.framework
        head, _, tail = str(self.templates.document(plan.product, _LEAVES)).partition(_LEAVES)
        own, resized = f"{plan.product}.css", f"{plan.product}-resized.css"
        names = [BASE_STYLE, *([own] if project.has_style(own) else []), PACK_STYLE]
        names += [resized] if plan.scale and project.has_style(resized) else []
        names += [LARGE_STYLE] * plan.large_print + [GREY_STYLE] * plan.greyscale + [LOW_INK_STYLE] * plan.low_ink
        return StyleSet(  # each style sheet may overrule those before it
            styles=tuple(map(self._readable, names)),
            folders=(*project.layouts, *project.styles, project.content),
            base=project.layouts[0],
            head=head,
            tail=tail,
            greyscale=plan.greyscale,
            language_style=f"{page_style(plan.page, plan.scale, plan.bleed)}\n{language_style(framework.languages)}",
            language_base=project.content,
        )
