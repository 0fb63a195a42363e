"""The packs of a spreadsheet: how far each is, and its files, while and after they are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import g as request_globals
from flask import url_for

from toolkit_builder.batch.record import BatchRecord, PackEntry
from toolkit_builder.file_names import PACKS
from toolkit_builder.output import made_from
from toolkit_builder.web.jobs import Job
from toolkit_builder.web.pages import reading
from toolkit_builder.web.uploads import uploads

_PLACE = re.compile(r"^[^:]*: ")
"""What a message begins with: the name of the spreadsheet, which nobody has given it."""


@dataclass(frozen=True)
class ShownPack:
    """A pack: its id, its partnership's name, what became of it, its files with their bytes, pages, and faults."""

    id: str
    name: str
    state: str
    files: tuple[tuple[str, int], ...]
    pages: int
    faults: tuple[str, ...]


def about_packs(job: Job) -> dict[str, Any]:
    """What templates are told of a job of packs, beside what they are told of any."""
    packs = list(packs_of(job))
    states = [pack.state for pack in packs]
    return {
        "packs": packs,
        "has_packs": any(pack.files for pack in packs),
        "not_made": states.count("failed"),
        "outstanding": states.count("waiting"),
        "back": address_of(job),
    }


def address_of(job: Job) -> str:
    """The address of the spreadsheet whose packs a job makes, as it was matched; empty if it is not there any more."""
    upload = next((each for each in uploads().all().values() if each.output == job.request.output), None)
    return f"{url_for('pages.match', language=request_globals.language, key=upload.key)}?{job.query}" if upload else ""


def packs_of(job: Job) -> Iterator[ShownPack]:
    """The packs of a job as they are now, in the order of their rows."""
    entries = entries_of(job)
    languages = reading().catalogue.framework.language_ids
    at = languages.index(request_globals.language) if request_globals.language in languages else 0
    for name, pack in job.packs.items():
        entry = entries.get(name) if pack.state != "waiting" else None
        made = [made_from(file) for file in entry.files] if entry else []
        paths = [path for path, _ in files_of_pack(job, entry)] if entry else []
        sizes = tuple((name_in_pack(job, name, path), path.stat().st_size) for path in paths)
        called = pack.names[min(at, len(pack.names) - 1)] if pack.names else name
        faults = tuple(_PLACE.sub("", fault) for fault in entry.faults) if entry else ()
        yield ShownPack(name, called, pack.state, sizes, sum(file.pages for file in made), faults)


def entries_of(job: Job) -> dict[str, PackEntry]:
    """What the record says of all packs of its spreadsheet, by their ids."""
    return BatchRecord(job.request.output).entries if job.request.output else {}


def files_of_pack(job: Job, entry: PackEntry) -> list[tuple[Path, str]]:
    """The files of a pack that are there, each with the hash of its content."""
    made = [made_from(file) for file in entry.files]
    output = job.request.output or Path()
    return [(output / one.path, one.sha256) for one in made if (output / one.path).is_file()]


def name_in_pack(job: Job, pack: str, path: Path) -> str:
    """What a file of a pack is called within it: editions without pages may lie in folders."""
    return path.relative_to((job.request.output or Path()) / PACKS / pack).as_posix()
