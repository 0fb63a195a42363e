"""The JSON Schema of print shops' files, for editors; as `catalogue/schemas.py`, which see.

Write it anew with `python -m toolkit_builder.print_shops.schemas`, in the folder of a project, after a change to the
model.
"""

from __future__ import annotations

import sys

from toolkit_builder.catalogue.loading import load_framework
from toolkit_builder.catalogue.schemas import Schema, main, schema_of
from toolkit_builder.print_shops.model import ShopFile
from toolkit_builder.project import Project

NAME = "shop.schema.json"


def schema(project: Project) -> Schema:
    """The schema of a project's print shops. Raises FaultsError if the framework has faults."""
    described = "A print shop: content/shops/NAME.yaml. What is left out is as usual."
    return schema_of(ShopFile, "Print shop", described, load_framework(project))


if __name__ == "__main__":
    sys.exit(main(lambda project: {NAME: schema(project)}))
