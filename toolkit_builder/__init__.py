"""Bilingual cards, handouts, a summary and a toolkit as PDF, from one YAML catalogue.

The interface for programs (docs/python.md): `open_project`, `Request` with `Filters`, `EditionOptions` and
`SheetOptions`, `make`, and the types of what it gives and tells: `Result`, `FinishedFile`, `Progress`, `Notice`,
`Fault`; `WarmPress` for whoever makes things again and again.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from toolkit_builder.version import __version__

if TYPE_CHECKING:
    from toolkit_builder.build import make
    from toolkit_builder.catalogue.selecting import Filters
    from toolkit_builder.documents.edition_options import EditionOptions
    from toolkit_builder.documents.print_shop import ShopOptions
    from toolkit_builder.documents.sheet_options import SheetOptions
    from toolkit_builder.errors import Fault, FaultsError, ToolkitError
    from toolkit_builder.progress import Notice, Progress
    from toolkit_builder.project import Project, open_project
    from toolkit_builder.request import FinishedFile, Request, Result
    from toolkit_builder.warm_press import WarmPress

__all__ = [
    "EditionOptions",
    "Fault",
    "FaultsError",
    "Filters",
    "FinishedFile",
    "Notice",
    "Progress",
    "Project",
    "Request",
    "Result",
    "SheetOptions",
    "ShopOptions",
    "ToolkitError",
    "WarmPress",
    "__version__",
    "make",
    "open_project",
]

_MODULES = {
    "make": "build",
    "Filters": "catalogue.selecting",
    "EditionOptions": "documents.edition_options",
    "SheetOptions": "documents.sheet_options",
    "ShopOptions": "documents.print_shop",
    "Fault": "errors",
    "FaultsError": "errors",
    "ToolkitError": "errors",
    "Notice": "progress",
    "Progress": "progress",
    "Project": "project",
    "open_project": "project",
    "FinishedFile": "request",
    "Request": "request",
    "Result": "request",
    "WarmPress": "warm_press",
}
"""Where each name lies. It is imported when it is asked for, so that `toolkit-builder --help` answers at once."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
