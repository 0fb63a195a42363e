from __future__ import annotations

import pytest

from tests.making import Copy
from tests.partnerships.planting import Bed


@pytest.fixture
def bed(mine: Copy) -> Bed:
    return Bed(mine.project)
