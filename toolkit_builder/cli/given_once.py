"""Commands that refuse an option of one value that is given twice: Click takes the last, without a word.

Folders may be given twice, and the last counts, so that what an alias says can be overruled.
"""

from __future__ import annotations

from collections import Counter

import click


class Command(click.Command):
    """A command whose options of one value may be given once."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises click.UsageError for an option of one value that is given twice."""
        if not ctx.resilient_parsing:  # else the Tab key was typed
            _, _, given = self.make_parser(ctx).parse_args([*args])
            for parameter, count in Counter(given).items():
                if count > 1 and isinstance(parameter, click.Option) and _is_once(parameter):
                    message = f"{parameter.opts[0]} is given {count} times; it takes one value."
                    raise click.UsageError(message, ctx)
        return super().parse_args(ctx, args)


def _is_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or (option.metavar or "").startswith("DIR"))


class CommandGroup(click.Group):
    """A group of such commands."""

    command_class = Command
