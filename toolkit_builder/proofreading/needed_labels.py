"""Labels that layouts print, or products need, and `labels.yaml` does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project
from toolkit_builder.proofreading.layout_texts import LayoutText

FILE = "content/labels.yaml"
OF_PRODUCTS = (
    *(("selection", name) for name in ("categories", "values", "source_only", "all", "actions")),
    *(("partnership", name) for name in ("foreword", "introduction", "contact")),
)
"""Those that products need whatever their layouts print (`products/parts.py`, `products/tailoring.py`)."""
PACKS = "partnership"
"""The folder of layouts, and the group of labels, that packs alone need."""

_LABEL = re.compile(r"\blabels\.([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")


def missing_labels(
    project: Project, layouts: Mapping[str, LayoutText], catalogue: Catalogue, *, has_packs: bool
) -> list[Fault]:
    """An error for each label that is needed and is not there, at the first place that prints it."""
    needed: dict[tuple[str, str], tuple[Path, int, int]] = {}
    for name, layout in layouts.items():
        if has_packs or not name.startswith(f"{PACKS}/"):
            for label, line, column in _printed(layout.text):
                needed.setdefault(label, (layout.path, line, column))
    found = []
    for label, (path, line, column) in needed.items():
        if not _is_there(catalogue, label):
            found.append(
                Fault(
                    project.file(path),
                    line,
                    column,
                    "",
                    f"{FILE} has no {'.'.join(label)}; write it there in every language",
                )
            )
    for label in OF_PRODUCTS:
        if label not in needed and (has_packs or label[0] != PACKS) and not _is_there(catalogue, label):
            found.append(Fault(FILE, 0, 0, ".".join(label), "missing; products need it, so write it in every language"))
    return found


def _printed(text: str) -> Iterator[tuple[tuple[str, str], int, int]]:
    """The labels that a layout names, each with its line and column."""
    for found in _LABEL.finditer(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        yield (found[1], found[2]), line + 1, column + 1


def _is_there(catalogue: Catalogue, label: tuple[str, str]) -> bool:
    return label[1] in catalogue.labels.get(label[0], {})
