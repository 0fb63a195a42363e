"""The rooms of the code: imports lead one way, and every class has a name of its own."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import toolkit_builder

PACKAGE = Path(toolkit_builder.__file__).parent
ROOMS = (
    "version",
    "errors",
    "progress",
    "doctor",
    "languages",
    "regular_files",
    "own_state",
    "atomic_files",
    "project",
    "new_project",
    "output",
    "catalogue",
    "drawings",
    "table_files",
    "documents",
    "partnerships",
    "printers",
    "print_shops",
    "press/fonts",
    "press/typesetting/repertoire",
    "proofreading",
    "exchange",
    "adding",
    "products",
    "press/text_memory",
    "press/hashing",
    "press/geometry",
    "press/pdf",
    "press/plates",
    "press/html",
    "press/keys",
    "press/binding",
    "press/imposition",
    "press/preflight",
    "press/prepress",
    "press/typesetting",
    "press/store",
    "press/units",
    "press/style_sets",
    "press/fault_report",
    "press/leaf_assembly",
    "press/proofs",
    "press/pictures",
    "press/press",
    "request",
    "file_names",
    "job_ticket",
    "target",
    "recall",
    "editions",
    "warm_press",
    "build",
    "batch",
    "web",
    "cli",
    "__init__",
    "__main__",
)
"""Each room imports only from those before it."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module by its path without ending, such as `press/press`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix()
        yield name, ast.parse(path.read_text("utf-8"))


def room_of(module: str) -> str:
    """The room that a module lies in: the longest name that it begins with."""
    fitting = [room for room in ROOMS if module == room or module.startswith(f"{room}/")]
    assert fitting, f"{module} lies in no room that is known here"
    return max(fitting, key=len)


def imported(tree: ast.Module) -> Iterator[str]:
    """What a module imports of this package, by path, within functions and for type checking too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "toolkit_builder":
            base = node.module.split(".")[1:]
            for alias in node.names:
                path = PACKAGE.joinpath(*base, alias.name)
                is_module = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
                yield "/".join([*base, alias.name] if is_module else base) or "__init__"


def test_no_import_runs_back() -> None:
    order = {room: at for at, room in enumerate(ROOMS)}
    back = [
        f"{module} imports {other}"
        for module, tree in modules()
        for other in imported(tree)
        if order[room_of(other)] > order[room_of(module)]
    ]
    assert not back


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
