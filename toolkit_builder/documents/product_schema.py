"""The JSON Schema of products' files, for editors; as `catalogue/schemas.py`, which see.

Write it anew with `python -m toolkit_builder.documents.product_schema`, in the folder of a project, after a change to
the model or to the framework's scales.
"""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit_builder.catalogue.loading import load_framework
from toolkit_builder.catalogue.schemas import FOLDER, Schema, as_text, schema_of
from toolkit_builder.documents.product import ProductFile
from toolkit_builder.documents.product_values import SUBJECTS
from toolkit_builder.errors import ToolkitError
from toolkit_builder.project import Project, open_project

NAME = "product.schema.json"


def schema(project: Project) -> Schema:
    """The schema of a project's products; its scales may be what leaves are for.

    Raises FaultsError if the framework has faults.
    """
    framework = load_framework(project)
    described = (
        "A product: layouts/NAME/product.yaml. Its name in each language is product.NAME in content/labels.yaml."
    )
    made = schema_of(ProductFile, "Product", described, framework)
    entry = made["$defs"]["LeafEntry"]["properties"]
    allowed = [*SUBJECTS, *(scale.id for scale in framework.scales)]
    entry["for"] = {"description": entry["for"]["description"], "enum": allowed, "default": entry["for"]["default"]}
    return made


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
