"""Makes products: plans them, leaves what is current, has the press make the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import original_language
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.product_table import Products
from toolkit_builder.errors import UsageError
from toolkit_builder.output import FileFacts, Output, Stage
from toolkit_builder.partnerships import preferences
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.products import planning
from toolkit_builder.project import Project
from toolkit_builder.recall import Recall

if TYPE_CHECKING:  # the press is slow to import, and not needed when nothing is out of date
    from toolkit_builder.press.press import BoundDocument, Press

Report = Callable[[str], None]
BOTH = "both"
SHEETS = ".sheets.pdf"
PACKS = "packs"


@dataclass(frozen=True)
class Target:
    """A file to be made from a plan: its name, and the key that says whether one that is there is current."""

    name: str
    plan: Plan
    key: str
    is_sheets: bool = False

    @property
    def facts(self) -> FileFacts:
        """What the manifest says of the file."""
        plan = self.plan
        return FileFacts(plan.product, plan.languages, plan.layout, plan.partnership, plan.actions)


def edition(
    selection: Selection,
    language: str = BOTH,
    *,
    first: str | None = None,
    layout: str | None = None,
    large_print: bool = False,
    greyscale: bool = False,
    for_print: bool = False,
) -> Edition:
    """The edition in one language, or in all that the framework names, `first` before the others.

    Raises UsageError for a language that it does not name, or if only what is tilted and turned can be arranged so.
    """
    languages = selection.catalogue.framework.language_ids
    if language not in (*languages, BOTH):
        raise UsageError(f"--language: no language “{language}”. Allowed: {', '.join([*languages, BOTH])}.")
    if first and first not in languages:
        raise UsageError(f"--first: no language “{first}”. Allowed: {', '.join(languages)}.")
    if for_print and not (layout and LAYOUTS[layout].has_halves):
        turned = " or ".join(each.name for each in LAYOUTS.values() if each.has_halves)
        raise UsageError(f"--for-print turns the second half of what is laid out with --layout {turned}.")
    chosen = languages if language == BOTH else (language,)
    in_order = tuple(sorted(chosen, key=lambda one: one != first))
    return Edition(in_order, layout or "", large_print, greyscale, for_print)


def plans(
    selection: Selection,
    table: Products,
    names: Sequence[str],
    chosen: Edition,
    partnership: Partnership | None = None,
) -> list[Plan]:
    """The plans of the products with these names, tailored to a partnership if there is one.

    Products that do not take the layout that a partnership wants are laid out as usual. Raises UsageError for a product
    that does not come so, FaultsError for one whose file is wrong.
    """
    return [
        planning.plan(product, selection, preferences.edition_for(product, chosen, partnership), partnership)
        for product in table.chosen(names, large_print=chosen.large_print)
    ]


def proof_plan(catalogue: Catalogue, table: Products, product: str, language: str | None, codes: Sequence[str]) -> Plan:
    """The plan of a product in the language of which a translator wants a proof, of these actions or of all.

    Without a language it is the first that is not the original. Raises UsageError for what there is not.
    """
    languages = catalogue.framework.language_ids
    original = original_language(catalogue.framework)
    wanted = language or next((one for one in languages if one != original), original)
    if wanted not in languages:
        raise UsageError(f"--language: no language “{wanted}”. Allowed: {', '.join(languages)}.")
    if product not in table:
        raise UsageError(f"--product: no product “{product}”. Allowed: {', '.join(table)}.")
    selection = select(catalogue, Filters(actions=tuple(code.upper() for code in codes)))
    return planning.plan(table[product], selection, edition(selection, wanted))


def recalled(planned: Sequence[Plan], recall: Recall) -> list[Target]:
    """The files of these plans, if their keys are known from before; otherwise none."""
    found = [(plan, recall.keys(plan.product)) for plan in planned]
    if not all(known for _, known in found):
        return []
    return [Target(name, plan, key, name.endswith(SHEETS)) for plan, known in found for name, key in known.items()]


def targets(press: Press, planned: Sequence[Plan], recall: Recall | None, report: Report) -> list[Target]:
    """The files of these plans, with their keys.

    Raises FaultsError if a layout is wrong, or a page whose number of pages has to be known first.
    """
    found = [target for plan in press.numbered(planned, report) for target in _targets(press, plan)]
    if recall:
        for product in dict.fromkeys(target.plan.product for target in found):
            recall.keep(product, {one.name: one.key for one in found if one.plan.product == product})
    return found


def _targets(press: Press, plan: Plan) -> Iterator[Target]:
    known = press.catalogue.framework.language_ids
    folder = f"{PACKS}/{plan.partnership}/" if plan.partnership else ""
    name = f"{folder}{plan.product}.{'-'.join(sorted(plan.languages, key=known.index))}"
    key = press.document_key(plan)
    yield Target(f"{name}.pdf", plan, key)
    if plan.has_sheets:
        yield Target(f"{name}{SHEETS}", plan, key, is_sheets=True)


def out_of_date(output: Output, wanted: Sequence[Target]) -> list[Target]:
    """The files that are not there, or not as they would be made now."""
    return [target for target in wanted if not output.is_current(target.name, target.key, target.facts)]


def make(press: Press, wanted: Sequence[Target], stage: Stage, report: Report) -> None:
    """Make files on the stage.

    Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
    """
    press.typeset(list(dict.fromkeys(target.plan for target in wanted)), report)
    for target in wanted:
        report(f"binding {target.name}")
        made = press.impose(target.plan) if target.is_sheets else press.bind(target.plan)
        _put(stage, target, made)


def _put(stage: Stage, target: Target, made: BoundDocument) -> None:
    stage.path(target.name).write_bytes(made.data)
    stage.add(target.name, target.facts, made.pages)


def default_output(project: Project, folder: Path | None) -> Path:
    """Where files go: the folder asked for, or `output` in the project, or here if the project is the shipped one."""
    if folder is not None:
        return folder
    return (Path.cwd() if project.is_packaged else project.root) / "output"
