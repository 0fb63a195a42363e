"""The commands that make one product: one for each that the project at hand declares.

The project may be another than that of the last command, so they are looked up when one is typed.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from toolkit_builder.cli.options import typed_folder
from toolkit_builder.documents.product_files import help_of, is_command, product_files
from toolkit_builder.errors import ProjectError
from toolkit_builder.project import Project, open_project, shipped

FOLDER = "toolkit_builder.project"
"""Where the context keeps the project folder that was typed."""


class ProjectGroup(click.Group):
    """The commands of this tool, each imported when it is asked for (`places`: by their names, in which module of this
    package they are and what they are called there), and those of the products of the project at hand.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.places, *_products(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        path = None if cmd_name in self.places else _products(ctx).get(cmd_name)
        command = _product_command(cmd_name, path) if path else self._own_command(cmd_name)
        if command and ctx.resilient_parsing:  # the Tab key was typed
            from toolkit_builder.cli.completing import complete_values

            complete_values(command)
        return command

    def _own_command(self, name: str) -> click.Command | None:
        if name not in self.places:
            return None
        module, _, called = self.places[name].partition(".")
        command: click.Command = getattr(importlib.import_module(f"toolkit_builder.cli.{module}"), called)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`--project DIR` stands behind the name of the command, and says whose command it is."""
        ctx.meta[FOLDER] = typed_folder(args)
        name = args[0]
        if not (ctx.resilient_parsing or name.startswith("-") or self.get_command(ctx, name)):
            known = self.list_commands(ctx)
            near = difflib.get_close_matches(name, known, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known)}."
            raise click.UsageError(f"No such command “{name}”. {hint}", ctx)
        return super().resolve_command(ctx, args)


def shipped_context(group: click.Group) -> click.Context:
    """A context in which the commands are those of the shipped project, for the reference."""
    context = click.Context(group)
    context.meta[FOLDER] = shipped()
    return context


def _products(ctx: click.Context) -> Mapping[str, Path]:
    """The files of the products that can be commands; of the shipped ones if there is no such project, as the command
    will say itself.
    """
    try:
        project = open_project(ctx.meta.get(FOLDER))
    except ProjectError:
        project = Project(shipped())
    return {name: path for name, path in product_files(project).items() if is_command(name)}


def _product_command(product: str, path: Path) -> click.Command:
    from toolkit_builder.cli.given_once import Command
    from toolkit_builder.cli.make import make_files
    from toolkit_builder.cli.options import edition_options, making_options, selection_options, sheet_choices

    @click.command(product, cls=Command, help=help_of(path))
    @selection_options
    @edition_options
    @sheet_choices
    @making_options
    def command(**options: Any) -> None:
        make_files((product,), **options)

    return command
