"""The JSON Schema of products' files, for editors; as `catalogue/schemas.py`, which see.

Write it anew with `python -m toolkit_builder.documents.product_schema`, in the folder of a project, after a change to
the model or to the framework's scales.
"""

from __future__ import annotations

import sys

from toolkit_builder.catalogue.loading import load_framework
from toolkit_builder.catalogue.schemas import Schema, main, schema_of
from toolkit_builder.documents.product import ProductFile
from toolkit_builder.documents.product_values import SUBJECTS
from toolkit_builder.project import Project

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


if __name__ == "__main__":
    sys.exit(main(lambda project: {NAME: schema(project)}))
