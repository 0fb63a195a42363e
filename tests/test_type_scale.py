"""Sizes of type on running pages are those of one scale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[1] / "styles"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIZE = re.compile(r"font-size: ([\d.]+)pt")
_IN_A_SHAPE = re.compile(r"(?<![\w-])height: ([\d.]+(?:mm|em));.*line-height: [\d.]+(?:mm|em)", re.DOTALL)


def _scale() -> set[float]:
    found = re.search(r"--type-scale: ([\d. ]+);", (STYLES / "base.css").read_text(encoding="utf-8"))
    assert found
    return set(map(float, found[1].split()))


@pytest.mark.parametrize("name", ["base", "toolkit", "handouts", "summary", "cards"])
def test_sizes_of_running_pages_are_on_the_scale(name: str) -> None:
    """But of what stands in a shape: numbers, codes, and drawings of numbers; it is as large as that."""
    css = re.sub(r"/\*.*?\*/", "", (STYLES / f"{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    sizes = {
        (selector.strip(), float(size))
        for selector, declarations in _RULE.findall(css)
        if not _IN_A_SHAPE.search(declarations) and not re.search(r"number|code|picture$", selector.strip())
        for size in _SIZE.findall(declarations)
    }
    assert sizes
    assert {one for one in sizes if one[1] not in _scale()} == set()
