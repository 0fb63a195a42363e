"""The commands that make files: `build` and one for each product."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from toolkit_builder.cli.options import EDITION_NAMES, SHORT_FORMS, edition_options, making_options, selection_options
from toolkit_builder.cli.reporter import Reporter

if TYPE_CHECKING:
    from toolkit_builder.catalogue.model import Catalogue
    from toolkit_builder.partnerships.model import Partnership
    from toolkit_builder.press.store.storage import Where
    from toolkit_builder.project import Project

_ABOUT = {
    "cards": "Action cards, A6: for the screen, and four up on A4 for a duplex printer.",
    "handouts": "Handouts: one A4 page an action.",
    "summary": "The whole framework on one A4 page a language.",
    "toolkit": "The toolkit, A4: cover, guide, contents, all actions, worksheet, colophon.",
}


@click.command()
@selection_options
@edition_options
@making_options
@click.option("--watch", is_flag=True, help="Go on, and make what each change of the project touches. End with Ctrl-C.")
def build(*, watch: bool, **options: Any) -> None:
    """Make everything: cards, handouts, summary and toolkit."""
    if watch:
        from toolkit_builder.cli.watching import watch_project

        watch_project(options["folder"], options["output"], lambda: _make(None, **options))
    else:
        _make(None, **options)


def product_commands() -> Iterator[click.Command]:
    """A command for each product."""
    for product, about in _ABOUT.items():
        yield _product_command(product, about)


def _product_command(product: str, about: str) -> click.Command:
    @click.command(product, help=about)
    @selection_options
    @edition_options
    @making_options
    def command(**options: Any) -> None:
        _make((product,), **options)

    return command


def _make(
    products: Sequence[str] | None,
    *,
    partnership: str | None,
    folder: Path | None,
    output: Path | None,
    cache: Where | None,
    no_cache: bool,
    force: bool,
    reviewed_only: bool,
    **options: Any,
) -> None:
    """Make products; without any, all, or those that the partnership wants."""
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.selecting import report_selection, selection
    from toolkit_builder.project import open_project

    project = open_project(folder)
    catalogue = load(project)
    theirs = _partnership(project, catalogue, partnership)
    if theirs:
        from toolkit_builder.partnerships import preferences

        options = preferences.options(theirs, options, _typed(), SHORT_FORMS)
        products = products or preferences.products(theirs, tuple(_ABOUT))
    products = products or tuple(_ABOUT)
    selected = selection(catalogue, options)
    with Reporter() as reporter, ExitStack() as stack:
        reporter.step("looking at what is there")
        from toolkit_builder.build import default_output, edition, make, out_of_date, plans, recalled, targets
        from toolkit_builder.catalogue.review import unreviewed
        from toolkit_builder.documents.layouts import TAKES_IN_LARGE_PRINT
        from toolkit_builder.errors import FaultsError
        from toolkit_builder.output import Output, stage
        from toolkit_builder.press.store.store import Store, default_folder
        from toolkit_builder.products import tailoring
        from toolkit_builder.recall import Recall

        for warning in theirs.warnings if theirs else ():
            reporter.line(str(warning))
        selected = tailoring.selection(selected, theirs)
        chosen = edition(selected, **{name: options[name] for name in EDITION_NAMES})
        if chosen.large_print and len(products) > 1:
            left_out = [product for product in products if product not in TAKES_IN_LARGE_PRINT]
            products = [product for product in products if product in TAKES_IN_LARGE_PRINT]
            reporter.line(f"Not in large print, and left out: {', '.join(left_out)}")
        if reviewed_only and (faults := unreviewed(selected.catalogue, selected.codes, chosen.languages)):
            raise FaultsError(faults)
        target = default_output(project, output)
        reporter.line(report_selection(selected))
        store = Store(None if no_cache else cache or default_folder())
        planned = plans(selected, products, chosen, theirs)
        recall = None if no_cache else Recall(store, project, selected, chosen, theirs.digest if theirs else "")
        there = Output(target)
        known = recalled(planned, recall) if recall else []
        wanted = [] if force else known
        missing = out_of_date(there, wanted)
        if missing or not wanted:
            from toolkit_builder.press.press import Press  # slow to import
            from toolkit_builder.press.typesetting import jobs, processes

            # What is not known from before is likely to have to be typeset.
            cores = os.cpu_count() or 1
            staff: tuple[jobs.TypesettingBackend, jobs.FontMaker] = (
                processes.local_processes(cores),
                processes.made_here,
            )
            if not known:
                staff = stack.enter_context(processes.at_hand(cores))
            press = Press(project, selected.catalogue, store, cores, *staff)
            press.learn(theirs.positions if theirs else {})
            wanted = targets(press, planned, recall, reporter.step)
            missing = wanted if force else out_of_date(there, wanted)
        if missing:
            with stage(target) as files:
                make(press, missing, files, reporter.step)
                files.publish()
            pages = {made.path: made.pages for made in files.made}
        for one in wanted:
            count = pages[one.name] if one in missing else there.pages(one.name)
            state = "" if one in missing else ", current"
            reporter.line(f"{target / one.name}: {count} {'page' if count == 1 else 'pages'}{state}")


def _partnership(project: Project, catalogue: Catalogue, name: str | None) -> Partnership | None:
    if name is None:
        return None
    from toolkit_builder.partnerships.loading import Partnerships  # slow to import

    return Partnerships(project, catalogue).load(name)


def _typed() -> set[str]:
    """The options that somebody typed, rather than left to their defaults."""
    context = click.get_current_context()
    return {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
