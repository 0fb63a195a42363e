"""The version of this tool, by itself so that any module may know it."""

__version__ = "0.1.0"
