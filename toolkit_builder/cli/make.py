"""The commands that make files: `build` and one for each product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from toolkit_builder.cli.options import language_option, output_option, project_option, selection_options
from toolkit_builder.cli.reporter import Reporter

_ABOUT = {
    "cards": "Action cards, A6: for the screen, and four up on A4 for a duplex printer.",
    "handouts": "Handouts: one A4 page an action, the languages in parallel columns.",
    "summary": "The whole framework on one A4 page a language.",
    "toolkit": "The toolkit, A4: cover, guide, contents, all actions, worksheet, colophon.",
}


@click.command()
@selection_options
@language_option
@project_option
@output_option
def build(language: str, folder: Path | None, output: Path | None, **options: Any) -> None:
    """Make everything: cards, handouts, summary and toolkit."""
    _make(tuple(_ABOUT), language, folder, output, options)


def product_commands() -> Iterator[click.Command]:
    """A command for each product."""
    for product, about in _ABOUT.items():
        yield _product_command(product, about)


def _product_command(product: str, about: str) -> click.Command:
    @click.command(product, help=about)
    @selection_options
    @language_option
    @project_option
    @output_option
    def command(language: str, folder: Path | None, output: Path | None, **options: Any) -> None:
        _make((product,), language, folder, output, options)

    return command


def _make(
    products: Sequence[str], language: str, folder: Path | None, output: Path | None, options: dict[str, Any]
) -> None:
    from toolkit_builder.catalogue.loading import load
    from toolkit_builder.cli.selecting import report_selection, selection
    from toolkit_builder.project import open_project

    project = open_project(folder)
    selected = selection(load(project), options)
    with Reporter() as reporter:
        reporter.step("starting the press")
        from toolkit_builder.build import default_output, edition, make
        from toolkit_builder.output import stage

        chosen = edition(selected, language)
        target = default_output(project, output)
        reporter.line(report_selection(selected))
        with stage(target) as files:
            for product in products:
                make(project, selected, product, chosen, files, reporter.about(product))
            files.publish()
        for made in files.made:
            reporter.line(f"{target / made.path}: {made.pages} {'page' if made.pages == 1 else 'pages'}")
