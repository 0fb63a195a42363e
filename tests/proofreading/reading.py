"""What the proofreader says of a project, as `check` has it read, on a day that stays the same."""

from __future__ import annotations

import datetime

from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.project import Project
from toolkit_builder.proofreading import welsh
from toolkit_builder.proofreading.doubts import Doubt, Written
from toolkit_builder.proofreading.lists import doubts_of_lists
from toolkit_builder.proofreading.pairs import differences
from toolkit_builder.proofreading.slips import shape, slips
from toolkit_builder.proofreading.texts import proofread

TODAY = datetime.date(2026, 11, 26)


def doubts(project: Project, today: datetime.date = TODAY) -> list[Fault]:
    """All that is wrong or doubtful in what a project prints."""
    catalogue = load(project)
    loaded, faults = Partnerships(project, catalogue).load_all()
    return sorted({*faults, *proofread(project, catalogue, loaded, today)})


def doubts_of(text: str) -> list[Doubt]:
    """What is said of a text by itself and beside another, whatever it is."""
    here, there = Written(text, "cy"), Written(f"{text} [a](https://example.org/2026) three", "en")
    found = [
        *shape(here, is_prose=False),
        *slips(here, ("SP1",), from_right=False),
        *doubts_of_lists(text),
        *welsh.doubts(here, there),
    ]
    return [*found, *welsh.straight_marks(text), *differences(here, there)]
