from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.making import product
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.project import Project, shipped

Made = Callable[..., Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Products of the shipped project, each made once: `made("cards", "en", actions=("SP1",))`."""
    done: dict[str, Path] = {}

    def get(name: str, language: str = "both", how: Mapping[str, Any] | None = None, **filters: Any) -> Path:
        asked = repr((name, language, how, filters))
        if asked not in done:
            output = tmp_path_factory.mktemp("allbwn")
            store = Store(default_folder())
            done[asked] = product(Project(shipped()), name, output, language, store=store, how=how, **filters)
        return done[asked]

    return get
