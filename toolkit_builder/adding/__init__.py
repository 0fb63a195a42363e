"""Files to fill in, for what a person adds to a project: an action, a category, a language, a partnership."""
