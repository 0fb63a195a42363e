"""Translators' files: texts go out in the formats of their own tools and come back without a hand on YAML."""
