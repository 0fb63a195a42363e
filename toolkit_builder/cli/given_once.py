"""Commands that refuse an option of one value that is given twice: Click takes the last, without a word.

Folders may be given twice, and the last counts, so that what an alias says can be overruled.
"""

from __future__ import annotations

from collections import Counter

import click

from toolkit_builder.cli.options import typed_folder


class Command(click.Command):
    """A command whose options of one value may be given once, and that knows a value that was typed as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises click.UsageError for an option of one value that is given twice."""
        if not ctx.resilient_parsing:  # else the Tab key was typed
            try:
                _, _, given = self.make_parser(ctx).parse_args([*args])
            except click.NoSuchOption as error:
                if meant := _value_meant(self, error.option_name, args):
                    raise click.UsageError(f"No such option {error.option_name}; type {meant}", ctx) from None
                raise
            for parameter, count in Counter(given).items():
                if count > 1 and isinstance(parameter, click.Option) and _is_once(parameter):
                    message = f"{parameter.opts[0]} is given {count} times; it takes one value."
                    raise click.UsageError(message, ctx)
        return super().parse_args(ctx, args)


def _value_meant(command: click.Command, typed: str, args: list[str]) -> str:
    """The option with its value where the value was typed as an option, `--early` or `--cymraeg`; empty if it is none
    of this project.
    """
    from toolkit_builder.cli.completing import option_of_value

    options = {name for parameter in command.params for name in parameter.opts}
    return option_of_value(typed.lstrip("-"), options, typed_folder(args))


def _is_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or (option.metavar or "").startswith("DIR"))


class CommandGroup(click.Group):
    """A group of such commands."""

    command_class = Command
