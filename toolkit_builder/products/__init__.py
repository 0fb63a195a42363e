"""Products: from what `layouts/NAME/product.yaml` says to the leaves of a document (`planning.plan`)."""
