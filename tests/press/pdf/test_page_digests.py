"""Pages by what they look like: two that look alike are known by one digest."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from toolkit_builder.press.pictures.page_digests import page_digests


def test_a_blank_page_is_a_page(tmp_path: Path) -> None:
    """Behind a sheet that is printed on one side."""
    path = tmp_path / "gwag.pdf"
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 200))
        document.add_blank_page(page_size=(100, 200))
        document.add_blank_page(page_size=(200, 100))
        document.save(path)
    first, second, wide = page_digests(path)
    assert first == second != wide
