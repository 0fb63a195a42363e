"""What the proofreader says of a project, as `check` has it read, on a day that stays the same."""

from __future__ import annotations

import datetime

from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.project import Project
from toolkit_builder.proofreading.texts import proofread

TODAY = datetime.date(2026, 11, 26)


def doubts(project: Project, today: datetime.date = TODAY) -> list[Fault]:
    """All that is wrong or doubtful in what a project prints."""
    catalogue = load(project)
    loaded, faults = Partnerships(project, catalogue).load_all()
    return sorted({*faults, *proofread(project, catalogue, loaded, today)})
