"""What is wrong with typeset pages, told where the text was written, or else at the layout or the style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from toolkit_builder.documents.paper import Size
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.sheet_options import holding_papers
from toolkit_builder.errors import Fault
from toolkit_builder.press.binding.document import BoundLeaf
from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.html.layout_lines import line_of
from toolkit_builder.press.html.rendered import StyleSet
from toolkit_builder.press.html.templates import DOCUMENT
from toolkit_builder.press.imposition.sheets import Sheets
from toolkit_builder.press.preflight.html_checks import Complaint
from toolkit_builder.press.preflight.laid_over import Clash
from toolkit_builder.press.preflight.sheets import lost_or_doubled, misplaced
from toolkit_builder.press.preflight.style_checks import of_layout
from toolkit_builder.press.typesetting.jobs import Failure, Outcome
from toolkit_builder.project import Project

Typeset = Mapping[str, tuple[Leaf, int]]
"""The leaves that were typeset, by their keys, with the numbers of their first pages."""


def faults(
    outcome: Outcome,
    style_set: StyleSet,
    leaves: Typeset,
    positions: Mapping[str, tuple[str, int, int]],
    project: Project,
) -> Iterator[Fault]:
    """What came of a job as faults. `positions` say where each text was written."""
    styles = ", ".join(project.file(style) for style in style_set.styles)
    yield from _failures(outcome, styles, leaves, project)
    for complaint in outcome.complaints:
        for known in _at_styles(complaint, style_set):
            yield _of_engine(known, styles, leaves, project)
    yield from _of_preflight(outcome, leaves, positions)


def _failures(outcome: Outcome, styles: str, leaves: Typeset, project: Project) -> Iterator[Fault]:
    """What the engine failed over, once for each layout: others with the same layout fail alike."""
    first: dict[tuple[str, str], Failure] = {}
    count: Counter[tuple[str, str]] = Counter()
    for failure in outcome.failures:
        of_layout = leaves[failure.leaf][0].layout, failure.said
        first.setdefault(of_layout, failure)
        count[of_layout] += 1
    for (layout, said), failure in first.items():
        leaf, page = leaves[failure.leaf]
        more = count[layout, said] - 1
        whose = f", of {partnership.id}" if (partnership := leaf.data.get("partnership")) else ""
        others = f", and {more} more with it" if more else ""
        message = f"the typesetting engine fails over this leaf ({_short(said)}); {page_of(leaf, page, whose)}{others}"
        message += f"; it does so from {_shown(failure.line)} on" if failure.line else ""
        advice = f"undo the last change to this layout or to {styles}"
        line = _line_of(failure.line, layout, project)
        yield Fault(f"layouts/{layout}", line, 1 if line else 0, "", f"{message}: {advice}")


def page_of(leaf: Leaf, page: int, whose: str = "") -> str:
    """A page in words: `page 6 (SP2, face, en)`: its number, what it is about, what it is there, its languages. The
    name of the leaf, if it says no more.
    """
    action, category = leaf.data.get("action"), leaf.data.get("category")
    about = action.code if action else category.id if category else ""
    what = ", ".join(filter(None, (about, leaf.role, "-".join(leaf.languages)))) if about or leaf.role else leaf.name
    return f"page {page} ({what}{whose})"


def _shown(line: str) -> str:
    return f"“{line}”" if len(line) <= 80 else f"“{line[:78].rstrip()}…”"


def _line_of(printed: str, layout: str, project: Project) -> int:
    """The line of a layout that a line of a leaf comes from; 0 if it comes from another."""
    path = next((path for place in project.layouts if (path := place / layout).is_file()), None)
    return line_of(path.read_text("utf-8"), printed) if path and printed else 0


def _at_styles(complaint: Complaint, style_set: StyleSet) -> list[Complaint]:
    """A complaint that names neither leaf nor style, at the places of styles that it is about, if there are such."""
    if complaint.leaf or complaint.style or complaint.is_of_document:
        return [complaint]
    css = {str(path): path.read_text("utf-8", errors="replace") for path in style_set.styles}
    return [*of_layout(complaint.message, css)] or [complaint]


def _of_engine(complaint: Complaint, styles: str, leaves: Typeset, project: Project) -> Fault:
    message = _short(complaint.message)
    if complaint.leaf in leaves:
        leaf, start = leaves[complaint.leaf]
        return Fault(f"layouts/{leaf.layout}", 0, 0, "", f"{message}; {page_of(leaf, start)}")
    if complaint.is_of_document:
        return Fault(f"layouts/{DOCUMENT}", 0, 0, "", message)
    file = project.file(Path(complaint.style)) if complaint.style else styles
    return Fault(file, complaint.line, complaint.column, "", message)


def _of_preflight(outcome: Outcome, leaves: Typeset, positions: Mapping[str, tuple[str, int, int]]) -> Iterator[Fault]:
    seen = set()
    over = _running_over(outcome)
    for finding, size in outcome.findings:
        place = finding.place
        if (place.leaf, place.key, finding.fits_smaller) in seen:
            continue  # one finding for each text on each leaf: one line too long makes many
        if finding.runs_over and place != over[place.leaf][0]:
            continue
        seen.add((place.leaf, place.key, finding.fits_smaller))
        known, start = leaves.get(place.leaf, (None, 1))
        more = over[place.leaf][1] if finding.runs_over else 0
        advice = finding.advice or ("shorten the texts, or have fewer there" if more else "shorten the text")
        if not place.key and not finding.advice:  # no text that content has is to blame
            advice = "give it more room, or have less there"
        with_it = f", and {more} more with it" if more else ""
        page = start + finding.page - 1
        message = f"{finding.message}{with_it}; {page_of(known, page) if known else f'page {page}'}"
        if known and finding.fits_smaller:
            message += f", in {size:g} pt, the least size: {advice}"
        key = f"{place.key}.{place.printed or place.language}"
        if key in positions:
            file, line, column = positions[key]
            yield Fault(file, line, column, key.partition("#")[2], message)
        else:
            yield Fault(f"layouts/{known.layout if known else DOCUMENT}", 0, 0, place.language, message)


def _running_over(outcome: Outcome) -> dict[str, tuple[TextPlace, int]]:
    """For each leaf with texts that run over its end: where the first of them was written, and how many more do.

    What the layout writes beside them, a code or a mark, does not count, unless there is nothing else.
    """
    of_leaf: dict[str, list[TextPlace]] = {}
    for finding, _ in outcome.findings:
        if finding.runs_over:
            of_leaf.setdefault(finding.place.leaf, []).append(finding.place)
    written = {leaf: [place for place in places if place.key] or places for leaf, places in of_leaf.items()}
    return {leaf: (places[0], len(set(places)) - 1) for leaf, places in written.items()}


def clash_fault(clash: Clash, leaf: Leaf, page: int, positions: Mapping[str, tuple[str, int, int]]) -> Fault:
    """What is wrong where a leaf is laid over another, or has others laid over it, on that page."""
    message = f"{clash.message}; {page_of(leaf, page)}"
    if clash.key in positions:
        return Fault(*positions[clash.key], clash.key.partition("#")[2], message)
    return Fault(f"layouts/{leaf.layout}", 0, 0, "", message)


def missing_fields(plan: Plan, leaves: Sequence[BoundLeaf]) -> Iterator[Fault]:
    """That a document has no fields which is to be filled in: its product says that it has some."""
    if plan.fillable and not any(page.fields for leaf in leaves for page in leaf.plate.pages):
        message = "no template has a field (marks.field); give one to what is to be filled in, or leave this out"
        yield Fault(f"layouts/{plan.product}/product.yaml", 0, 0, "fillable", message)


def wrong_pages(plan: Plan, leaves: Sequence[BoundLeaf]) -> Iterator[Fault]:
    """The leaves of a document whose pages do not all stand in it once."""
    sequence = [place for place, _ in plan.numbers()]
    for at, message in lost_or_doubled(sequence, [leaf.pages for leaf in leaves]):
        leaf = plan.leaves[at]
        yield Fault(f"layouts/{leaf.layout}", 0, 0, "", f"{leaf.name} {message}")


def wrong_sheets(plan: Plan, sheets: Sheets) -> Iterator[Fault]:
    """Pages that stand outside of their sheets, or over their neighbours."""
    for message in misplaced(sheets):
        yield Fault(f"styles/{plan.product}.css", 0, 0, "", f"{message}: give all pages one size (@page size)")


def unsettled(plans: Iterable[tuple[Plan, Mapping[str, int]]]) -> Iterator[Fault]:
    """Leaves that take other numbers of pages than they are told, again and again, by their names."""
    for plan, counts in plans:
        for leaf, page in plan.starts():
            if leaf.name in counts:
                message = f"is to take {leaf.pages} pages and takes {counts[leaf.name]}; {page_of(leaf, page)}"
                advice = "where it prints more_pages, each has to begin a page (break-before: page)"
                yield Fault(f"layouts/{leaf.layout}", 0, 0, "", f"{message}: {advice}")


def uneven(plan: Plan, sizes: Iterable[Size]) -> Iterator[Fault]:
    """Faces of cards, in mm, that are not all of one size: the others would be cut too large."""
    told = sorted({(round(width, 1), round(height, 1)) for width, height in sizes})
    if len(told) > 1:
        listed = ", ".join(f"{width:g} × {height:g} mm" for width, height in told)
        message = f"cards of several sizes lie on a sheet ({listed}): give all pages one size (@page size)"
        yield Fault(f"styles/{plan.product}.css", 0, 0, "", message)


def no_room(plan: Plan, card: Size) -> Fault:
    """That a card has no room on the sheets that were asked for; it is given in mm."""
    holding = ", ".join(holding_papers(card, plan.sheet_options))
    advice = f"it has on {holding} (--sheet)" if holding else "no sheet is large enough; make it smaller (@page size)"
    what = f"a card of {card[0]:.0f} × {card[1]:.0f} mm has no room on {plan.sheet_options.paper}"
    return Fault(f"styles/{plan.product}.css", 0, 0, "", f"{what}: {advice}")


def _short(complaint: str) -> str:
    """The engine quotes whole addresses; what it says of them stands at the end."""
    return complaint if len(complaint) <= 400 else f"{complaint[:150]}…{complaint[-250:]}"
