"""The record of a batch, `batch.jsonl`: a line of JSON a pack, the last line of an id counts.

Lines are added as packs are finished, each written through to the disk, so that a batch that is killed goes on where it
stopped. A last line that was torn is passed over.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from toolkit_builder.atomic_files import refuse_special, replace_bytes
from toolkit_builder.errors import Fault, MachineError
from toolkit_builder.output import made_from
from toolkit_builder.own_state import DamagedError, damage, from_json, unreadable
from toolkit_builder.regular_files import UnreadableFileError, read_regular

FILE = "batch.jsonl"


@dataclass(frozen=True)
class PackEntry:
    """What became of a pack: `state` made or failed; `key` says what it was made of; seconds; files with their hashes
    and facts, as the manifest has them; faults.
    """

    id: str
    state: str
    key: str
    seconds: float
    files: tuple[dict[str, str | int | list[str] | None], ...] = ()
    faults: tuple[str, ...] = ()


class BatchRecord:
    """The record in an output folder."""

    def __init__(self, output: Path) -> None:
        self.path = output / FILE
        self.entries: dict[str, PackEntry] = {}
        lines, self.damage = _lines(self.path)
        """What of the record cannot be read, None if nothing."""
        lost = 0
        for line in lines:
            try:
                entry = _entry(line)
            except DamagedError:
                lost += 1
            else:
                self.entries[entry.id] = entry
        self.damage = self.damage or damage(self.path, lost, len(lines))

    def add(self, entry: PackEntry) -> None:
        """Write an entry through to the disk. Raises MachineError if that cannot be."""
        self.entries[entry.id] = entry
        try:
            refuse_special(self.path)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(_line(entry))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise MachineError(f"cannot write {self.path} ({error.strerror})") from None

    def compact(self) -> None:
        """A line a pack, sorted."""
        if self.entries:
            replace_bytes(self.path, "".join(_line(self.entries[one]) for one in sorted(self.entries)).encode())


@contextmanager
def undivided() -> Iterator[None]:
    """Let an interruption (Ctrl-C) wait until what is begun is done."""
    waiting: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


def _line(entry: PackEntry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) + "\n"


def _lines(path: Path) -> tuple[list[bytes], Fault | None]:
    """The lines of a record but for a last one that was torn; none if there is no file that can be read, and why."""
    try:
        *whole, _torn = read_regular(path).split(b"\n")
    except UnreadableFileError as error:
        return [], None if error.is_missing else unreadable(path, str(error))
    return [line for line in whole if line.strip()], None


def _entry(line: bytes) -> PackEntry:
    """The entry of a line. Raises DamagedError if it is none, such as one that another program wrote."""
    entry = from_json(line, PackEntry)
    for one in entry.files:
        made_from(one)
    return entry
