"""The page in the browser (`toolkit-builder serve`): the same pipeline as the command, for those who do not type."""
