"""Silent faults of many kinds are found, and named where they can be mended."""

from __future__ import annotations

import re

import pytest

from tests.making import Copy, contents_of
from tests.press.planting import PAGE, PlantingPress
from tests.press.preflight.planted import Planted, PlantedInProject
from tests.press.preflight.planted_layouts import LAYOUTS
from tests.press.preflight.planted_projects import PROJECTS
from tests.press.preflight.planted_styles import STYLES
from tests.press.typesetting.test_preflight import PIXEL
from tests.typed import typed


@pytest.mark.parametrize("fault", [*STYLES, *LAYOUTS], ids=lambda fault: fault.name)
def test_a_silent_fault_on_a_page(press: PlantingPress, fault: Planted) -> None:
    (press.root / "layouts" / "llun.png").write_bytes(PIXEL)
    (press.root / "styles" / "llun.png").write_bytes(PIXEL)
    told = press.faults(fault.body, f"{PAGE}\n{fault.css}")
    assert re.search(fault.said, "\n".join(told)), told


@pytest.mark.parametrize("fault", PROJECTS, ids=lambda fault: fault.name)
def test_a_silent_fault_in_a_project(mine: Copy, fault: PlantedInProject) -> None:
    for name, old, new in fault.edits:
        text = (mine.root / name).read_text("utf-8")
        assert old in text, f"{name} has no “{old}” any more"
        mine.write(name, text.replace(old, new, 1))
    before = contents_of(mine.output)
    done = typed(*fault.command, "--project", mine.root)
    assert done.status == 1
    assert re.search(fault.said, done.err, re.MULTILINE), done.err
    assert contents_of(mine.output) == before


def test_there_are_forty_kinds() -> None:
    names = [fault.name for fault in (*STYLES, *LAYOUTS, *PROJECTS)]
    assert len(names) == len(set(names)) >= 40
