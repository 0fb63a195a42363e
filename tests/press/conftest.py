from __future__ import annotations

from pathlib import Path

import pytest

from tests.press.planting import Press
from toolkit_builder.catalogue.model import Catalogue


@pytest.fixture
def press(tmp_path: Path, shipped_catalogue: Catalogue) -> Press:
    return Press(tmp_path, shipped_catalogue)
