"""The command line: `toolkit-builder`. Commands read options, call, report.

Nothing heavy is imported before it is needed, so that help and lists answer at once.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys

import click

from toolkit_builder.cli import console
from toolkit_builder.cli.products import ProjectGroup
from toolkit_builder.errors import ExitStatus
from toolkit_builder.version import __version__

DEBUG = "TOOLKIT_BUILDER_DEBUG"
"""Set this in the environment to see the traceback of a defect."""


PLACES = {
    "add": "add.add",
    "batch": "batch.batch",
    "build": "make.build",
    "cache": "cache.cache",
    "calibrate": "sheets.calibrate",
    "check": "content.check",
    "doctor": "machine.doctor",
    "list": "content.list_actions",
    "new": "machine.new",
    "serve": "serve.serve",
    "translate": "translate.translate",
    "workshop": "make.workshop",
}
"""Where commands are: modules of this package, and what they are called there."""


@click.group(
    cls=ProjectGroup,
    places=PLACES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="toolkit-builder")
def cli() -> None:
    """Bilingual cards, handouts, a summary and a toolkit as PDF, from one catalogue of actions."""


_OF_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What a stream may say when it is written; without the name of a file it is standard output."""


def main() -> None:
    """Run the command and end with its exit status; an interruption is one, and no traceback."""
    console.prepare()
    try:
        sys.exit(cli.main(standalone_mode=False) or ExitStatus.DONE)
    except click.ClickException as error:
        with contextlib.suppress(OSError):  # standard error may be full
            error.show()
        no_command = isinstance(error, click.exceptions.NoArgsIsHelpError)
        sys.exit(ExitStatus.USAGE if no_command else error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        console.complain("Interrupted; nothing was changed.")
        sys.exit(ExitStatus.INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe went away, as `| head` does
        console.abandon()
        sys.exit(ExitStatus.DONE)
    except OSError as error:
        sys.exit(_told(error))
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        console.complain(f"Error: a defect of this tool, not of your content: {type(error).__name__}: {error}")
        console.complain(f"Nothing was changed. Run it again with {DEBUG}=1 to see where, and report that.")
        sys.exit(ExitStatus.CONTENT)


def _told(error: OSError) -> ExitStatus:
    """What the system refused, and nobody on the way has said better. Writing alone has no name of a file."""
    if os.environ.get(DEBUG):
        raise error
    reason = error.strerror or str(error)
    if error.filename is None and error.errno in _OF_WRITING:
        console.abandon()
        console.complain(f"Error: standard output cannot be written ({reason}); make room, or send it elsewhere.")
    else:
        named = f" {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
        console.complain(f"Error: the system refuses{named} ({reason}); nothing was changed.")
    return ExitStatus.MACHINE
