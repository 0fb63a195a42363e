"""Makes a product: plans it, typesets it, writes it, imposes it."""

from __future__ import annotations

from pathlib import Path

from toolkit_builder.catalogue.selecting import Selection
from toolkit_builder.errors import UsageError
from toolkit_builder.output import Stage
from toolkit_builder.press import pdf
from toolkit_builder.press.typesetting import Report, Typeset, Typesetter
from toolkit_builder.products import PRODUCTS
from toolkit_builder.products.plan import Edition, Plan
from toolkit_builder.project import Project

BOTH = "both"


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


def make(project: Project, selection: Selection, product: str, chosen: Edition, stage: Stage, report: Report) -> None:
    """Make all files of one product on the stage.

    Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
    """
    plan = PRODUCTS[product](selection, chosen)
    typesetter = Typesetter(project, selection.catalogue, product)
    typeset = typesetter.typeset(plan, report)
    name = f"{product}.{'-'.join(plan.languages)}"
    report(f"writing {len(typeset.pages)} pages")
    _write(typesetter, typeset, stage, f"{name}.pdf")
    if product == "cards":
        report("laying cards on sheets")
        pdf.impose_cards(stage.path(f"{name}.pdf"), stage.path(f"{name}.sheets.pdf"), plan.title)
        _add(stage, plan, f"{name}.sheets.pdf")


def _write(typesetter: Typesetter, typeset: Typeset, stage: Stage, name: str) -> None:
    draft = stage.path(f"{name}.draft")
    typesetter.write(typeset, draft)
    languages = [language for page in typeset.pages for language in page.section_languages]
    facing = typeset.plan.layout == "parallel-pages" and len(typeset.plan.languages) == 2
    titles = {leaf.anchor: leaf.bookmark for leaf in typeset.plan.leaves}
    pdf.finish(draft, stage.path(name), languages, titles, facing=facing)
    draft.unlink()
    _add(stage, typeset.plan, name)


def _add(stage: Stage, plan: Plan, name: str) -> None:
    stage.add(
        name,
        product=plan.product,
        languages=plan.languages,
        layout=plan.layout,
        actions=plan.actions,
        pages=pdf.page_count(stage.path(name)),
    )


def default_output(project: Project, folder: Path | None) -> Path:
    """Where files go: the folder asked for, or `output` in the project, or here if the project is the shipped one."""
    if folder is not None:
        return folder
    return (Path.cwd() if project.is_packaged else project.root) / "output"
