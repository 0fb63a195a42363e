"""The JSON Schema of partnerships' files, for editors; as `catalogue/schemas.py`, which see.

Write it anew with `python -m toolkit_builder.partnerships.schemas`, in the folder of a project, after a change to the
model, to the framework or to the codes of actions.
"""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.schemas import FOLDER, Schema, as_text, schema_of
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import ToolkitError
from toolkit_builder.partnerships.file_models import partnership_shape
from toolkit_builder.project import Project, open_project

NAME = "partnership.schema.json"


def schema(project: Project) -> Schema:
    """The schema of a project's partnerships.

    Texts need no language in it: which they need follows from the languages of the pack, and loading sees to it.
    Raises FaultsError if the content has faults.
    """
    catalogue = load(project)
    described = "A partnership: content/partnerships/ID.yaml. What is left out is as in the products for everyone."
    shape = partnership_shape(catalogue, tuple(products_of(project, catalogue)), ())
    return schema_of(shape, "Partnership", described, catalogue.framework)


def write(project: Project) -> Path:
    """Write the schema into the project's `docs/schemas`; the file."""
    path = project.root / FOLDER / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(schema(project)), encoding="utf-8", newline="\n")
    return path


def main() -> int:
    try:
        print(write(open_project()))
    except ToolkitError as error:
        error.show()
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
