"""Standard output and standard error as they are found: closed, full, or in an encoding that lacks letters."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
import unicodedata
from typing import TextIO

import click

from toolkit_builder.errors import printable

_NEAREST = "toolkit-builder-nearest"
_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def prepare() -> None:
    """Let whatever is said be written.

    A file or a pipe is given UTF-8, unless PYTHONIOENCODING asks for something else. A terminal keeps its encoding, and
    is given the nearest letter (w for ŵ) for one that it has not.
    """
    sys.stdout = sys.stdout or _closed(os.O_RDONLY)  # to which nothing can be written, as to what is closed
    sys.stderr = sys.stderr or _closed(os.O_WRONLY)
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a test's stream has no encoding
            keeps = stream.isatty() or "PYTHONIOENCODING" in os.environ
            reconfigure(encoding=stream.encoding if keeps else "utf-8", errors=_NEAREST)


def complain(text: str) -> None:
    """Say what is wrong on standard error, if that takes it."""
    with contextlib.suppress(OSError):
        click.echo(printable(text), err=True)


def abandon() -> None:
    """Let what could not be written to standard output go; otherwise the interpreter tries again when it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _closed(flags: int) -> TextIO:
    """A stream in the place of one that is closed: else the next file that is opened would have its number."""
    return open(os.open(os.devnull, flags), "w", encoding="utf-8")  # noqa: PTH123  (as long as this runs)


def _nearest(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    near = unicodedata.normalize("NFKD", error.object[error.start : error.end].translate(_MARKS))
    plain = (letter for letter in near if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else "?" for letter in plain), error.end
