"""Pages as SVG: what Poppler's `pdftocairo` makes of a bound document, which is a program of its own.

Letters become outlines, so that a page looks the same wherever it is opened; what it says stands in its title and
description (SVG 2, 5.8).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from toolkit_builder.errors import MachineError
from toolkit_builder.output import PICTURE_KEY

PROGRAM = "pdftocairo"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_ROOT = re.compile(rb"<svg\b([^>]*)>")


@contextmanager
def drawn(document: bytes) -> Iterator[Callable[[int], bytes]]:
    """A way to have pages of a document drawn, by their number from 0.

    Raises MachineError if the program is not there, or fails.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="toolkit-builder-") as folder:
        source, target = Path(folder, "pages.pdf"), Path(folder, "page.svg")
        source.write_bytes(document)

        def page(number: int) -> bytes:
            words = [program, "-svg", "-f", str(number + 1), "-l", str(number + 1), str(source), str(target)]
            done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603  (paths of our own)
            if done.returncode or not target.exists():
                said = done.stderr.decode("utf-8", "replace").strip()
                raise MachineError(f"{PROGRAM} failed over page {number + 1}: {said or done.returncode}")
            return target.read_bytes()

        yield page


def svg(drawing: bytes, words: Mapping[str, str], key: str, language: str) -> bytes:
    """A drawn page with what is said of it. `words`: its `Title`, `Description` and others, which become metadata;
    `key`: 32 hexadecimal digits; `language`: a BCP 47 tag, empty if it is in several.
    """
    title, description = words.get("Title", ""), words.get("Description", "")
    others = "\n".join(f"{name}: {text}" for name, text in words.items() if name not in ("Title", "Description"))
    marks = f' role="img" aria-labelledby="title description"{f" xml:lang={quoteattr(language)}" if language else ""}'
    inside = (
        f'\n<title id="title">{escape(title)}</title>\n<desc id="description">{escape(description)}</desc>'
        f"\n<metadata>{escape(others)}</metadata>"
    )
    root = _ROOT.search(drawing)
    if root is None:
        raise MachineError(f"{PROGRAM} wrote no SVG")
    head = f"<!-- {PICTURE_KEY} {key} -->\n<svg".encode()
    return b"".join((_DECLARATION, head, root[1], marks.encode(), b">", inside.encode(), drawing[root.end() :]))


@lru_cache(maxsize=1)
def version() -> str:
    """Which version of the program draws. Raises MachineError if it is not there."""
    done = subprocess.run([_program(), "-v"], capture_output=True, check=False)  # noqa: S603
    return (done.stderr or done.stdout).decode("utf-8", "replace").partition("\n")[0]


def _program() -> str:
    found = shutil.which(PROGRAM)
    if found is None:
        raise MachineError(
            f"--format svg needs {PROGRAM}, which is missing on this machine: install Poppler’s utilities "
            "(Debian: sudo apt-get install poppler-utils), or take --format png"
        )
    return found
