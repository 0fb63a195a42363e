"""The command line: `toolkit-builder`. Commands read options, call, report.

Nothing heavy is imported before it is needed, so that help and lists answer at once.
"""

from __future__ import annotations

import os
import sys

import click

from toolkit_builder.cli.add import add
from toolkit_builder.cli.batch import batch
from toolkit_builder.cli.cache import cache
from toolkit_builder.cli.content import check, list_actions
from toolkit_builder.cli.machine import doctor, new
from toolkit_builder.cli.make import build
from toolkit_builder.cli.products import ProjectGroup
from toolkit_builder.cli.translate import translate
from toolkit_builder.errors import ExitStatus, printable
from toolkit_builder.version import __version__

DEBUG = "TOOLKIT_BUILDER_DEBUG"
"""Set this in the environment to see the traceback of a defect."""


@click.group(cls=ProjectGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="toolkit-builder")
def cli() -> None:
    """Bilingual cards, handouts, a summary and a toolkit as PDF, from one catalogue of actions."""


for command in (add, build, list_actions, check, cache, doctor, new, translate, batch):
    cli.add_command(command)


def main() -> None:
    """Run the command and end with its exit status; an interruption is one, and no traceback."""
    try:
        sys.exit(cli.main(standalone_mode=False) or ExitStatus.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(ExitStatus.USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; nothing was changed.", err=True)
        sys.exit(ExitStatus.INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe went away, as `| head` does
        sys.stderr.close()
        sys.exit(ExitStatus.DONE)
    except OSError as error:  # of a kind that nobody foresaw: the machine's all the same, and not the content's
        if os.environ.get(DEBUG):
            raise
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        click.echo(printable(f"Error: {where}{error.strerror or error}; nothing was changed."), err=True)
        sys.exit(ExitStatus.MACHINE)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        said = printable(f"{type(error).__name__}: {error}")
        click.echo(f"Error: a defect of this tool, not of your content: {said}", err=True)
        click.echo(f"Nothing was changed. Run it again with {DEBUG}=1 to see where, and report that.", err=True)
        sys.exit(ExitStatus.CONTENT)
