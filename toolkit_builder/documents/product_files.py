"""Where products are declared: `layouts/NAME/product.yaml`, of the project and of the shipped one.

The command line asks here which commands there are, so nothing heavy is imported, and a file with faults is no error.
"""

from __future__ import annotations

import re
from pathlib import Path

from toolkit_builder.project import Project
from toolkit_builder.regular_files import UnreadableFileError, read_regular

FILE = "product.yaml"
MAXIMUM_BYTES = 1_000_000
NAME = r"[a-z][a-z0-9-]{0,59}"
COMMANDS = frozenset(
    "build workshop calibrate add serve batch cache list check translate doctor new help".split()  # noqa: SIM905
)
"""Commands of this tool's own, and those that are to come."""
STYLES = frozenset(("base", "partnership", "large-print", "greyscale", "low-ink", "proof", "approval", "zip"))
"""Names that mean something else where products are named: style sheets, and what a manifest calls other files."""


_HELP = re.compile(r'^help: "([^"\\\n]{1,200})"[ ]*$', re.MULTILINE)
"""A sentence in double quotes on one line."""


def product_files(project: Project) -> dict[str, Path]:
    """The files of all products by the names of their folders, sorted. A project's own goes before the shipped one."""
    shipped_first = [path for place in reversed(project.layouts) for path in place.glob(f"*/{FILE}")]
    named = {path.parent.name: path for path in shipped_first if not path.parent.name.startswith(".")}
    return dict(sorted(named.items()))


def unread_files(project: Project) -> list[Path]:
    """Files of the project that look as if they were meant, and are not read under their names."""
    return sorted(path for path in project.layouts[0].glob("*/product.y*ml") if path.name != FILE)


def is_command(name: str) -> bool:
    """Whether a product can be called so, and its command with it."""
    return re.fullmatch(NAME, name) is not None and name not in COMMANDS | STYLES


def help_of(path: Path) -> str:
    """What the file says for `--help`; where it cannot be read, that it cannot."""
    try:
        text = read_regular(path, MAXIMUM_BYTES).decode("utf-8-sig")
    except (UnreadableFileError, UnicodeDecodeError):
        text = ""
    if line := _HELP.search(text):
        return line[1]  # nearly always: reading YAML would take longer than all the rest of --help
    import yaml

    try:
        data = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (texts)
    except (ValueError, RecursionError, yaml.YAMLError):
        data = None
    said = data.get("help") if isinstance(data, dict) else None
    return said if isinstance(said, str) and said.strip() else f"Its {FILE} has faults: toolkit-builder check"
