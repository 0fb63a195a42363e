"""The reference of all commands, as Markdown, made from the commands themselves.

`python -m toolkit_builder.cli.reference` writes `docs/commands.md`; a test fails when that file is out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from toolkit_builder.cli import cli
from toolkit_builder.cli.content import list_actions
from toolkit_builder.cli.options import SELECTION_NAMES
from toolkit_builder.cli.products import shipped_context
from toolkit_builder.errors import ExitStatus
from toolkit_builder.file_names import LONGEST_SELECTION, file_name

HEAD = """\
# Commands

Made by `python -m toolkit_builder.cli.reference`; do not edit.

What was asked for goes to standard output, reports go to standard error. A command that makes files writes all of them
or none.

| exit status | meaning |
|---|---|
"""

MEANINGS = {
    ExitStatus.DONE: "done",
    ExitStatus.CONTENT: "the content or a page is wrong, or the filters leave no action",
    ExitStatus.USAGE: "an unknown command, option or value; the message says which exist",
    ExitStatus.MACHINE: "the machine lacks something: a library, a font, room, the right to write",
    ExitStatus.BATCH: "a batch ended with some packs not made; they are listed",
    ExitStatus.INTERRUPTED: "interrupted",
}

SELECTING = """
## Selecting

Values of one option are alternatives (`--stage early --stage mid`: early or mid); different options all hold. An action
that has no value for a filter is left out, and the report says which were; `--unstated include` takes such actions in,
`--unstated only` takes nothing else.

| option | what it does |
|---|---|
"""

FILES = """
## Names of files

Parts joined by full stops, in this order, so that what is apart has names apart: files of another selection or look
stay as they are. The manifest says the rest.

{table}

A selection has its values joined by hyphens: those of scales, categories and sectors, then actions by their codes, then
`without` and the codes that were taken out. What would be longer than {longest} characters, or could be read in two
ways, is the number of actions and a hash; `actions` in the manifest has all of them. A translator’s proof begins with
`proof.`, a batch’s zip is `packs/ID/ID.zip`.
"""

COMPLETING = r"""
## Completing what is typed

The Tab key completes commands (products of the project at hand too), options, and their values: codes of actions,
stages and the steps of other scales, categories, sectors, languages, partnerships, products. Put one of these lines
where it says:

| shell | line | where |
|---|---|---|
| bash 4.4 or later | `eval "$(_TOOLKIT_BUILDER_COMPLETE=bash_source toolkit-builder)"` | `~/.bashrc` |
| zsh | `eval "$(_TOOLKIT_BUILDER_COMPLETE=zsh_source toolkit-builder)"` | `~/.zshrc`, after `compinit` |
| fish | `_TOOLKIT_BUILDER_COMPLETE=fish_source toolkit-builder \| source` | `~/.config/fish/config.fish` |

Values are those of the project that `--project` names before them, of the current folder, or of the shipped one. A
project with faults completes what can be read of it.
"""


def reference() -> str:
    """The whole of `docs/commands.md`."""
    statuses = "".join(f"| {status.value} | {MEANINGS[status]} |\n" for status in ExitStatus)
    selecting = "".join(_rows(list_actions, lambda name: name in SELECTION_NAMES))
    commands = "".join(_command(name, command) for name, command in sorted(_all(cli, shipped_context(cli))))
    files = FILES.format(table=_table_of(file_name), longest=LONGEST_SELECTION)
    return f"{HEAD}{statuses}{SELECTING}{selecting}{files}{COMPLETING}{commands}"


def _table_of(function: Callable[..., object]) -> str:
    """The table in a function's docstring."""
    return "\n".join(line.strip() for line in (function.__doc__ or "").splitlines() if line.strip().startswith("|"))


def _all(group: click.Group, context: click.Context, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by its whole name: `translate status`."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _all(command, context, f"{before}{name} ")
        elif command:
            yield f"{before}{name}", command


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command)
    arguments = "".join(f" {p.make_metavar(context)}" for p in command.params if p.param_type_name != "option")
    selects = any(parameter.name in SELECTION_NAMES for parameter in command.params)
    rows = "".join(_rows(command, lambda name: name not in SELECTION_NAMES))
    table = f"\n| option | what it does |\n|---|---|\n{rows}" if rows else ""
    note = "\nTakes the options under [Selecting](#selecting), and:\n" if selects else ""
    return f"\n## toolkit-builder {name}{arguments}\n\n{(command.help or '').strip()}\n{note}{table}"


def _rows(command: click.Command, wanted: Callable[[str], bool]) -> Iterator[str]:
    context = click.Context(command)
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and wanted(parameter.name or ""):
            option, help_text = (text.replace("|", "\\|") for text in record)
            yield f"| `{option}` | {help_text} |\n"


if __name__ == "__main__":
    Path("docs/commands.md").write_text(reference(), encoding="utf-8")
