"""Makes products: plans them, leaves what is current, has the press make the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.errors import UsageError
from toolkit_builder.output import Facts, Output, Stage
from toolkit_builder.press.press import Made, Press, Report
from toolkit_builder.press.store import Store, default_folder
from toolkit_builder.products import PRODUCTS
from toolkit_builder.products.plan import Edition, Plan
from toolkit_builder.project import Project

BOTH = "both"


@dataclass(frozen=True)
class Target:
    """A file to be made from a plan: its name, and the key that says whether one that is there is current."""

    name: str
    plan: Plan
    key: str
    is_sheets: bool = False

    @property
    def facts(self) -> Facts:
        """What the manifest says of the file."""
        plan = self.plan
        return Facts(plan.product, plan.languages, plan.layout, None, plan.actions)


def edition(selection: Selection, language: str) -> Edition:
    """The edition in one language, or in all that the framework names.

    Raises UsageError for a language that it does not name.
    """
    languages = selection.catalogue.framework.language_ids
    if language == BOTH:
        return Edition(languages)
    if language not in languages:
        raise UsageError(f"--language: no language “{language}”. Allowed: {', '.join([*languages, BOTH])}.")
    return Edition((language,))


def press_for(project: Project, selection: Selection, cache: Path | None = None, *, no_cache: bool = False) -> Press:
    """A press with the plate store in `cache`, in the user's cache folder, or with none."""
    return Press(project, selection.catalogue, Store(None if no_cache else cache or default_folder()))


def targets(
    press: Press, selection: Selection, products: Sequence[str], chosen: Edition, report: Report
) -> list[Target]:
    """The files of these products, with their keys.

    Raises FaultsError if a layout is wrong, or a page whose number of pages has to be known first.
    """
    plans = press.numbered([PRODUCTS[product](selection, chosen) for product in products], report)
    return [target for plan in plans for target in _targets(press, plan)]


def _targets(press: Press, plan: Plan) -> Iterator[Target]:
    name, key = f"{plan.product}.{'-'.join(plan.languages)}", press.document_key(plan)
    yield Target(f"{name}.pdf", plan, key)
    if plan.product == "cards":
        yield Target(f"{name}.sheets.pdf", plan, key, is_sheets=True)


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


def _put(stage: Stage, target: Target, made: Made) -> None:
    stage.path(target.name).write_bytes(made.data)
    stage.add(target.name, target.facts, made.pages)


def default_output(project: Project, folder: Path | None) -> Path:
    """Where files go: the folder asked for, or `output` in the project, or here if the project is the shipped one."""
    if folder is not None:
        return folder
    return (Path.cwd() if project.is_packaged else project.root) / "output"
