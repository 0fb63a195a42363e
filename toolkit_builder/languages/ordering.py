"""Alphabetical order by language: Welsh by its own alphabet, others by the Unicode Collation Algorithm.

pyuca reads the algorithm's default table (DUCET), which is right for English and most of what is written in Europe.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from toolkit_builder.languages import welsh


def sort_key(language: str) -> Callable[[str], Any]:
    """What to sort texts of a language by."""
    if language.partition("-")[0] == "cy":
        return welsh.sort_key
    return _unicode_order()


@lru_cache(maxsize=1)
def _unicode_order() -> Callable[[str], Any]:
    from pyuca import Collator  # reads a large table

    key: Callable[[str], Any] = Collator().sort_key
    return key
