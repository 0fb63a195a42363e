"""What is known of a user's printers: by how much each shifts what it prints, as `calibrate` was told.

It lies in the user's configuration folder, and is of no project. Every name has its measures by paper, by how the
printer turns it over, and by how it lies: `swyddfa` on `a4 long-edge`, on `a3 long-edge across`.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.documents.sheet_options import Measures, Printer, SheetOptions
from toolkit_builder.errors import MachineError, UsageError
from toolkit_builder.own_state import DamagedError, from_json
from toolkit_builder.partnerships.ids import id_from
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MOST, MOST_TURN = 20.0, 5.0
"""More than this, in mm and in degrees, is no shift of a printer but a slip of the pen."""


Printers = dict[str, dict[str, Measures]]


def default_file() -> Path:
    """Where it lies."""
    from platformdirs import user_config_path

    return user_config_path("toolkit-builder", appauthor=False) / "printers.json"


def remember(
    name: str, options: SheetOptions, measures: Measures, *, across: bool = False, file: Path | None = None
) -> Path:
    """Keep what was measured of a printer with this paper, turned over so, lying upright or across; where it is kept.

    Raises UsageError if it is more than any printer shifts, or the name has no letters, MachineError if it cannot be
    written.
    """
    for offset in (measures.fronts, measures.backs):
        if max(abs(offset.right), abs(offset.up)) > MOST or abs(offset.turn) > MOST_TURN:
            raise UsageError(f"No printer shifts by more than {MOST:g} mm or turns by more than {MOST_TURN:g} degrees.")
    file = file or default_file()
    known = _read(file)
    known.setdefault(_named(name), {})[_conditions(options, across=across)] = measures
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"the folder {file.parent} cannot be made ({error.strerror})") from None
    replace_bytes(file, msgspec.json.format(msgspec.json.encode(known), indent=2) + b"\n")
    return file


def printer(name: str, options: SheetOptions, file: Path | None = None) -> Printer:
    """What is known of a printer with this paper, turned over so. Raises UsageError if that was not measured."""
    known, known_as = _read(file or default_file()), _named(name)
    if known_as not in known:
        told = f"Known: {', '.join(sorted(known))}." if known else "None is known."
        raise UsageError(f"--printer: no printer “{name}”. {told} toolkit-builder calibrate measures one.")
    of_it = known[known_as]
    upright, across = (of_it.get(_conditions(options, across=lies_across)) for lies_across in (False, True))
    if not (upright or across):
        measured = ", ".join(sorted(of_it))
        raise UsageError(f"--printer: “{name}” was measured with {measured}, not with {_conditions(options)}.")
    return Printer(known_as, upright, across)


def _named(name: str) -> str:
    """What a printer is kept under, and called in names of files. Raises UsageError if there are no letters in it."""
    if not (made := id_from(name)):
        raise UsageError(f"--printer “{name}”: give it a name with a letter from a to z.")
    return made


def _conditions(options: SheetOptions, *, across: bool = False) -> str:
    return f"{options.paper} {options.sides}{' across' if across else ''}"


def _read(file: Path) -> Printers:
    """What is known; nothing if there is no file. Raises UsageError if it is damaged: only the user can measure
    again.
    """
    try:
        return from_json(read_regular(file), Printers)
    except (UnreadableFileError, DamagedError) as error:
        if isinstance(error, UnreadableFileError) and error.is_missing:
            return {}
        raise UsageError(f"{file} cannot be read ({error}); mend it or delete it, and measure again.") from None
