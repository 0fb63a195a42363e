"""Faults planted in a copy of the shipped content, and what loading says of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import FaultsError
from toolkit_builder.project import Project, shipped

MARK = "¦"
"""In the text that is planted: the place that the fault is expected at."""

ACTION = """\
# An action for faults to be planted in.
code: FM5
category: finance
title:
  cy: Codi arian
  en: Fundraising
purpose:
  cy: Talwch am waith ŵyneb.
  en: Pay for the work.
examples:
  - cy: Rhoddion
    en: Donations
  - cy: Cyllido torfol
    en: Crowdfunding
keys:
  - cy: Daliwch ati.
    en: Go on.
who:
  - sectors: [citizens, third-sector]
    people: 5-10
stage: unstated
resource: low
time: unstated
"""


class Garden:
    """A copy of the shipped content, in a folder with a name that is not ASCII."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "ünicöde-prosiect-ŵŷ"
        shutil.copytree(shipped() / "content", self.root / "content")
        self.write("actions/FM5.yaml", ACTION)

    def path(self, name: str) -> Path:
        return self.root / "content" / name

    def write(self, name: str, content: str | bytes) -> None:
        raw = content.encode() if isinstance(content, str) else content
        self.path(name).write_bytes(raw)

    def plant(self, name: str, old: str, new: str) -> str:
        """Put `new` for the one place of `old`; the file, line and column of the mark in it."""
        text = self.path(name).read_text("utf-8")
        assert text.count(old) >= 1, f"{name} has no {old!r}"
        planted = text.replace(old, new, 1)
        before, mark, after = planted.partition(MARK)
        self.write(name, before + after)
        lines = before.split("\n")
        return f"content/{name}:{len(lines)}:{len(lines[-1]) + 1}" if mark else ""

    def faults(self) -> list[str]:
        """What loading reports, a line a fault; nothing if it loads."""
        try:
            load(Project(self.root))
        except FaultsError as error:
            return [str(fault) for fault in error.faults]
        return []
