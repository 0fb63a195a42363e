from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.making import Copy
from tests.partnerships.planting import Bed
from tests.press.planting import PlantingPress
from tests.proofreading.reading import TODAY
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.project import Project, shipped
from toolkit_builder.proofreading import today

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what goes on in its background so, and the commands that tests stop with Ctrl-C would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def one_day() -> Iterator[None]:
    """Let `check` be run on one day, so that no date of the shipped content goes by."""
    with patch.object(today, "today", lambda: TODAY):
        yield


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A plate store for the tests of this process, and printers: no test touches those of the user."""
    folder = tmp_path_factory.mktemp("storfa")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("XDG_CONFIG_HOME", str(folder / "gosodiadau"))
        yield folder


@pytest.fixture(scope="session")
def shipped_catalogue() -> Catalogue:
    return load(Project(shipped()))


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    """A copy of the shipped project, to plant faults in."""
    return Copy(tmp_path)


@pytest.fixture
def bed(mine: Copy) -> Bed:
    """The partnerships of a copy of the shipped project, to plant faults in."""
    return Bed(mine.project)


@pytest.fixture
def press(tmp_path: Path, shipped_catalogue: Catalogue) -> PlantingPress:
    """A project of one layout, to plant faults in."""
    return PlantingPress(tmp_path, shipped_catalogue)
