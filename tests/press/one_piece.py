"""The same toolkit typeset by WeasyPrint as one document: what a bound one has to equal."""

from __future__ import annotations

from pathlib import Path

from tests.making import plates_of, whole_leaf
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting.typesetter import Typesetter
from toolkit_builder.press.units import PreparedPlan
from toolkit_builder.project import Project, shipped

MIRRORED = """
@page :left {{ @bottom-right {{ content: none }} @bottom-left {{ content: counter(page); {style} }} }}
@page bare:left {{ @bottom-left {{ content: none }} }}
"""
"""What a document in one piece says of left-hand pages, where a bound one mirrors the numbers of its plates."""
NUMBER = "font-size: 11pt; font-weight: 600; color: #565b63; vertical-align: top; padding-top: 4mm"


class OnePiece:
    """Typesets plans in one document each, in the sizes that the press found."""

    def __init__(self, catalogue: Catalogue, press: Press | None = None) -> None:
        self.press = press or Press(Project(shipped()), catalogue, Store(None), processes=1)

    def write(self, prepared: PreparedPlan, target: Path) -> None:
        """Write the document as WeasyPrint does it."""
        import weasyprint

        [prepared] = self.press.typeset([prepared])
        plan, style_set = prepared.plan, prepared.style_set
        sizes = {name: plate.size for name, plate in plates_of(self.press, prepared).items()}
        html = "\n".join(whole_leaf(self.press.templates, leaf, sizes) for leaf in plan.leaves)
        head = style_set.head.replace("<body", f"<style>{MIRRORED.format(style=NUMBER)}</style><body", 1)
        head = head.replace('<html lang="cy">', f'<html lang="{plan.languages[0]}">')
        engine = Typesetter(style_set).engine
        laid_out = engine.lay_out(f"{head}{html}{style_set.tail}", style_set.base, leaf_links=False)
        assert isinstance(laid_out.document, weasyprint.Document)
        laid_out.document.write_pdf(target, pdf_variant="pdf/ua-1")
