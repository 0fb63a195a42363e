"""The same HTML and CSS printed by headless Chromium, from cold, to measure against.

Every document is a command of its own with a new profile: that is what it costs to have a browser make one. Type is set
in the sizes that the toolkit's own press has found, or the largest: a browser does not fit it. `chromium` is Debian's
package of that name (`apt-get install --no-install-recommends chromium`); it is not needed for anything else.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.competitors import CompetitorMissingError
from tests.making import whole_leaf
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.paper import page_style
from toolkit_builder.documents.plan import Plan
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.style_sets import BASE_STYLE, PACK_STYLE
from toolkit_builder.project import Project

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)
SECONDS = 120


def find() -> str:
    """The browser's command. Raises CompetitorMissingError if there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise CompetitorMissingError("chromium is not installed. Type: apt-get install --no-install-recommends chromium")


def version() -> str:
    """What the browser calls itself."""
    return subprocess.run([find(), "--version"], capture_output=True, text=True, check=True).stdout.strip()


class ChromiumPrinter:
    """Writes plans of the toolkit as HTML that stands alone, and has the browser print it.

    Raises CompetitorMissingError if there is no browser.
    """

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self.command = find()
        self.templates = Templates(project, catalogue)
        self.style = "\n".join(_inlined(project.style(name)) for name in (BASE_STYLE, "toolkit.css", PACK_STYLE))

    def html(self, plan: Plan, sizes: Mapping[str, float] | None = None) -> str:
        """A plan as one HTML document. `sizes`: the size in pt of leaves by name; the largest for all others."""
        known = sizes or {}
        leaves = [whole_leaf(self.templates, leaf, known) for leaf in plan.leaves]
        document = str(self.templates.document(plan.product, "\n".join(leaves)))
        page = page_style(plan.page, plan.scale, plan.bleed)
        head = f"<style>\n{page}\n{self.style}\n</style>\n</head>"
        return document.replace("</head>", head, 1)

    def print(self, source: Path, target: Path) -> None:
        """Print an HTML file to PDF: the whole command, from cold.

        Raises CalledProcessError or TimeoutExpired if the browser fails, FileNotFoundError if it leaves no PDF.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [
                self.command,
                *OPTIONS,
                f"--user-data-dir={profile}",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        if not target.is_file():
            raise FileNotFoundError(f"{self.command} ended well and left no {target}")


@functools.cache
def _inlined(style: Path) -> str:
    """A style sheet whose addresses stand by themselves: fonts of packages and neighbouring files."""

    def address(match: re.Match[str]) -> str:
        url = match[1]
        if url.startswith("data:"):
            return match[0]
        path = font_file(url) if url.startswith(SCHEME) else style.parent / url
        return f'url("{path.resolve().as_uri()}")'

    return re.sub(r"""url\(\s*["']?([^"')]+)["']?\s*\)""", address, style.read_text(encoding="utf-8"))
