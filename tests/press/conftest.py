from __future__ import annotations

from pathlib import Path

import pytest

from tests.press.planting import PlantingPress
from toolkit_builder.catalogue.model import Catalogue


@pytest.fixture
def press(tmp_path: Path, shipped_catalogue: Catalogue) -> PlantingPress:
    return PlantingPress(tmp_path, shipped_catalogue)
