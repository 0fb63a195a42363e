"""Labels that layouts print, or products need, and `labels.yaml` does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project

FILE = "content/labels.yaml"
OF_PRODUCTS = (
    *(("selection", name) for name in ("categories", "values", "source_only", "all", "actions")),
    *(("partnership", name) for name in ("foreword", "introduction", "contact")),
)
"""Those that products need whatever their layouts print (`products/parts.py`, `products/tailoring.py`)."""
PACKS = "partnership"
"""The folder of layouts, and the group of labels, that packs alone need."""

_LABEL = re.compile(r"\blabels\.([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def missing_labels(project: Project, catalogue: Catalogue, *, has_packs: bool) -> list[Fault]:
    """An error for each label that is needed and is not there, at the first place that prints it."""
    needed: dict[tuple[str, str], tuple[str, int, int]] = {}
    for name, path in _layouts(project).items():
        if has_packs or not name.startswith(f"{PACKS}/"):
            for label, line, column in _printed(path):
                needed.setdefault(label, (project.file(path), line, column))
    found = []
    for label, (file, line, column) in needed.items():
        if not _is_there(catalogue, label):
            found.append(
                Fault(file, line, column, "", f"{FILE} has no {'.'.join(label)}; write it there in every language")
            )
    for label in OF_PRODUCTS:
        if label not in needed and (has_packs or label[0] != PACKS) and not _is_there(catalogue, label):
            found.append(Fault(FILE, 0, 0, ".".join(label), "missing; products need it, so write it in every language"))
    return found


def _layouts(project: Project) -> dict[str, Path]:
    """The layouts by their names: of one name, the project's own goes before the shipped one."""
    named: dict[str, Path] = {}
    for place in reversed(project.layouts):
        named |= {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*.html"))}
    return named


def _printed(path: Path) -> Iterator[tuple[tuple[str, str], int, int]]:
    """The labels that a layout names, each with its line and column. Comments count as if they were blank."""
    text = path.read_text("utf-8", errors="replace")
    if "labels." not in text:
        return
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in _LABEL.finditer(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        yield (found[1], found[2]), line + 1, column + 1


def _is_there(catalogue: Catalogue, label: tuple[str, str]) -> bool:
    return label[1] in catalogue.labels.get(label[0], {})
