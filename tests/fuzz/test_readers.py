"""Some inputs of each reader, the same each time; `make fuzz` makes others by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.__main__ import READERS, attempt


@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_reader_reads_or_refuses(reader: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert all(attempt(reader, seed, tmp_path) for seed in range(100)), capsys.readouterr().out
