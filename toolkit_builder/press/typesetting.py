"""From a plan to laid-out pages that have passed preflight.

All leaves are set at their largest size first. The groups of which a leaf does not fit are set smaller, step by step
and alone, until they fit; then the whole document is laid out in the sizes found. A group that does not fit at its
least size stops the press, as does every other finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press.engine import Engine, EngineError, LaidOut
from toolkit_builder.press.fonts import FontFace, font_faces
from toolkit_builder.press.geometry import PageGeometry
from toolkit_builder.press.preflight import Finding, inspect
from toolkit_builder.press.source import Complaint
from toolkit_builder.press.templates import DOCUMENT, Templates
from toolkit_builder.products.plan import Leaf, Plan
from toolkit_builder.project import Project

BASE_STYLE = "base.css"

Report = Callable[[str], None]


@dataclass
class Typeset:
    """A document that is laid out and fits: its pages, and the size in pt that each leaf was set in."""

    plan: Plan
    laid_out: LaidOut
    pages: list[PageGeometry]
    sizes: dict[str, float]


class Typesetter:
    """Typesets the plans of one product, with the layouts, styles and fonts of a project."""

    def __init__(self, project: Project, catalogue: Catalogue, product: str) -> None:
        self.project = project
        self.catalogue = catalogue
        self.templates = Templates(project, catalogue)
        styles = [project.style(BASE_STYLE), project.style(f"{product}.css")]
        self.faces: list[FontFace] = [
            face for style in styles for face in font_faces(style.read_text(encoding="utf-8"), style.parent)
        ]
        self.engine = Engine(styles, [*project.layouts, *project.styles, project.content])
        self.style_files = ", ".join(project.file(style) for style in styles)

    def typeset(self, plan: Plan, report: Report) -> Typeset:
        """Lay the plan out, making type smaller where it has to be.

        Raises FaultsError with all that preflight finds: nothing is to be written then.
        """
        sizes = {leaf.shrinks_with: leaf.sizes[0] for leaf in plan.leaves}
        report(f"laying out {len(plan.leaves)} pages")
        typeset, findings = self._lay_out(plan, sizes)
        too_big = _groups(plan, findings)
        if too_big:
            self._fit(plan, sizes, too_big, report)
            report(f"laying out {len(plan.leaves)} pages, {len(too_big)} of them in smaller type")
            typeset, findings = self._lay_out(plan, sizes)
        if findings:
            raise FaultsError(self._fault(plan, finding, sizes) for finding in _first_of_each(findings))
        return typeset

    def write(self, typeset: Typeset, target: Path) -> None:
        """Write a typeset document as tagged PDF.

        Raises FaultsError for what only comes up in writing: a glyph, an image, a font that is not what was asked for.
        """
        complaints = typeset.laid_out.write(target)
        foreign = typeset.laid_out.families() - {face.family for face in self.faces}
        complaints += [
            Complaint(f"the font {family} was used, which the styles do not declare") for family in sorted(foreign)
        ]
        self._no_complaints(complaints, typeset.plan, typeset.pages)

    def _lay_out(self, plan: Plan, sizes: dict[str, float]) -> tuple[Typeset, list[Finding]]:
        html = self.templates.document(
            plan, [self.templates.leaf(leaf, sizes[leaf.shrinks_with]) for leaf in plan.leaves]
        )
        try:
            laid_out = self.engine.lay_out(html, self.project.layouts[0])
        except EngineError as error:
            message = f"the typesetting engine fails over this ({error}); undo the last change to layouts or styles"
            raise FaultsError([Fault(self.style_files, 0, 0, "", message)]) from error
        pages = laid_out.pages()
        self._no_complaints(laid_out.complaints, plan, pages)
        findings = inspect(pages, {leaf.name: leaf.pages for leaf in plan.leaves}, self.faces)
        return Typeset(plan, laid_out, pages, {leaf.name: sizes[leaf.shrinks_with] for leaf in plan.leaves}), findings

    def _fit(self, plan: Plan, sizes: dict[str, float], too_big: set[str], report: Report) -> None:
        """Find the largest size in which each of these groups fits, and put it into `sizes`."""
        trying = set(too_big)
        while trying:
            leaves = tuple(leaf for leaf in plan.leaves if leaf.shrinks_with in trying)
            smaller = {leaf.shrinks_with: _next_size(leaf, sizes[leaf.shrinks_with]) for leaf in leaves}
            trying = {group for group, size in smaller.items() if size is not None}
            sizes |= {group: size for group, size in smaller.items() if size is not None}
            if trying:
                part = replace(plan, leaves=tuple(leaf for leaf in leaves if leaf.shrinks_with in trying))
                report(f"fitting {len(part.leaves)} pages")
                _, findings = self._lay_out(part, sizes)
                trying = _groups(part, findings)

    def _no_complaints(self, complaints: Iterable[Complaint], plan: Plan, pages: Iterable[PageGeometry]) -> None:
        layouts = {leaf.name: leaf.layout for leaf in plan.leaves}
        first = {page.leaf: page for page in reversed([*pages])}

        def fault(complaint: Complaint) -> Fault:
            message = _short(complaint.message)
            if complaint.leaf in layouts:
                number = first[complaint.leaf].number if complaint.leaf in first else 0
                message = f"{message}; page {number} ({complaint.leaf})"
                return Fault(f"layouts/{layouts[complaint.leaf]}", 0, 0, "", message)
            if complaint.is_of_document:
                return Fault(f"layouts/{DOCUMENT}", 0, 0, "", message)
            file = self.project.file(Path(complaint.style)) if complaint.style else self.style_files
            return Fault(file, complaint.line, complaint.column, "", message)

        faults = [fault(complaint) for complaint in complaints]
        if faults:
            raise FaultsError(faults)

    def _fault(self, plan: Plan, finding: Finding, sizes: dict[str, float]) -> Fault:
        """A finding as a fault at the place where the text was written, or else at the layout."""
        leaf = next((leaf for leaf in plan.leaves if leaf.name == finding.place.leaf), None)
        message = f"{finding.message}; page {finding.page} ({finding.place.leaf})"
        if leaf and finding.fits_smaller:
            message += f", in {sizes[leaf.shrinks_with]:g} pt, the least size: shorten the text"
        key = f"{finding.place.key}.{finding.place.printed or finding.place.language}"
        if key in self.catalogue.positions:
            file, line, column = self.catalogue.positions[key]
            return Fault(file, line, column, key.partition("#")[2], message)
        layout = f"layouts/{leaf.layout}" if leaf else f"layouts/{DOCUMENT}"
        return Fault(layout, 0, 0, finding.place.language, message)


def _groups(plan: Plan, findings: Iterable[Finding]) -> set[str]:
    """The groups of leaves that smaller type may mend."""
    too_big = {finding.place.leaf for finding in findings if finding.fits_smaller}
    return {leaf.shrinks_with for leaf in plan.leaves if leaf.name in too_big}


def _next_size(leaf: Leaf, size: float) -> float | None:
    return next((smaller for smaller in leaf.sizes if smaller < size), None)


def _first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each text on each leaf: one line too long makes many."""
    found: dict[tuple[str, str, bool], Finding] = {}
    for finding in findings:
        found.setdefault((finding.place.leaf, finding.place.key, finding.fits_smaller), finding)
    return list(found.values())


def _short(complaint: str) -> str:
    """The engine quotes whole addresses; what it says of them stands at the end."""
    return complaint if len(complaint) <= 400 else f"{complaint[:150]}…{complaint[-250:]}"
