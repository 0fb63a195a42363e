"""The JSON Schema of partnerships' files, for editors; as `catalogue/schemas.py`, which see.

Write it anew with `python -m toolkit_builder.partnerships.schemas`, in the folder of a project, after a change to the
model, to the framework or to the codes of actions.
"""

from __future__ import annotations

import sys

from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.schemas import Schema, main, schema_of
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.partnerships.file_models import partnership_shape
from toolkit_builder.project import Project

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


if __name__ == "__main__":
    sys.exit(main(lambda project: {NAME: schema(project)}))
