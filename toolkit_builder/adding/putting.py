"""Puts what is added into a project, and says what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.atomic_files import replace_files
from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import Fault, FaultsError, MachineError
from toolkit_builder.exchange.reading_back import changed
from toolkit_builder.project import Project

_TO_FILL_IN = ("missing", "is empty", "is an empty list", "no action is in")
"""What the messages of faults begin with that go away when a person fills something in."""
FEW = 12
"""So many faults are listed one by one; more are counted by file."""


@dataclass(frozen=True)
class Added:
    """What was added: the files that were written, and what is left to do, a line each."""

    files: tuple[Path, ...]
    left: tuple[str, ...]


def put(project: Project, texts: Mapping[Path, str], *steps: str) -> Added:
    """Put files into a project, new ones or in the places of others; what they lack is left to be filled in.

    `steps` are told before what is to be filled in. Raises FaultsError for what is wrong with the files, MachineError
    if they cannot be written; nothing is changed then.
    """
    with changed(project, texts) as copy:
        fresh = _fresh(_faults(copy), _faults(project))
    if wrong := [fault for fault in fresh if not fault.message.startswith(_TO_FILL_IN)]:
        raise FaultsError(wrong)
    write(texts)
    return Added(tuple(texts), (*steps, *in_lines(fresh)))


def write(texts: Mapping[Path, str]) -> None:
    """Write files, and make their folders. Raises MachineError if they cannot be written."""
    for path in texts:
        make_folder(path.parent)
    replace_files(texts)


def make_folder(folder: Path) -> None:
    """Make a folder with its parents. Raises MachineError if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"{folder} cannot be made ({error.strerror}); nothing was changed") from None


def in_lines(faults: Iterable[Fault]) -> list[str]:
    """What is left to fill in: each by its place, or how many in each file."""
    faults = sorted(set(faults))
    if len(faults) <= FEW:
        return [f"{fault.file}:{fault.line}:{fault.column}: {fault.where}: {fault.message}" for fault in faults]
    counts = Counter(fault.file for fault in faults)
    return [f"{file}: {count} {'text' if count == 1 else 'texts'} to fill in" for file, count in counts.items()]


def _faults(project: Project) -> list[Fault]:
    try:
        load(project)
    except FaultsError as error:
        return error.faults
    return []


def _fresh(after: Iterable[Fault], before: Iterable[Fault]) -> list[Fault]:
    """Faults that were not there, wherever the lines of the others stand now."""
    known = {(fault.file, fault.where, fault.message) for fault in before}
    return [fault for fault in after if (fault.file, fault.where, fault.message) not in known]
