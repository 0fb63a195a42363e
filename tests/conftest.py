from __future__ import annotations

from pathlib import Path

import pytest

from tests.making import Copy
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.project import Project, shipped


@pytest.fixture(scope="session")
def shipped_catalogue() -> Catalogue:
    return load(Project(shipped()))


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    """A copy of the shipped project, to plant faults in."""
    return Copy(tmp_path)
