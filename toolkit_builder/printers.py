"""What is known of a user's printers: by how much each shifts what it prints, as `calibrate` was told.

It lies in the user's configuration folder, and is of no project. Every name has its measures by paper and by how the
printer turns it over: `Swyddfa` on `a4 long-edge`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from toolkit_builder.atomic_files import replace_bytes
from toolkit_builder.documents.sheet_options import SHORT_EDGE, UNSHIFTED, Offset, SheetOptions
from toolkit_builder.errors import MachineError, UsageError
from toolkit_builder.own_state import DamagedError, from_json
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MOST, MOST_TURN = 20.0, 5.0
"""More than this, in mm and in degrees, is no shift of a printer but a slip of the pen."""


@dataclass(frozen=True)
class Measures:
    """By how much a printer shifts fronts on the paper, and backs on their fronts: the latter as it is read on the
    front when the sheet is held against the light.
    """

    fronts: Offset = UNSHIFTED
    backs: Offset = UNSHIFTED

    def options(self, options: SheetOptions) -> SheetOptions:
        """The options, with what has to be made good on each side as one looks at it.

        Whoever turns a sheet over an upright edge sees right and left change places, over a level one top and bottom; a
        turn goes the other way round in both.
        """
        right, up = self.fronts.right + self.backs.right, self.fronts.up + self.backs.up
        turn = -(self.fronts.turn + self.backs.turn)
        backs = Offset(right, -up, turn) if options.sides == SHORT_EDGE else Offset(-right, up, turn)
        return replace(options, fronts=self.fronts, backs=backs)


Printers = dict[str, dict[str, Measures]]


def default_file() -> Path:
    """Where it lies."""
    from platformdirs import user_config_path

    return user_config_path("toolkit-builder", appauthor=False) / "printers.json"


def remember(name: str, options: SheetOptions, measures: Measures, file: Path | None = None) -> Path:
    """Keep what was measured of a printer with this paper, turned over so; where it is kept.

    Raises UsageError if it is more than any printer shifts, MachineError if it cannot be written.
    """
    for offset in (measures.fronts, measures.backs):
        if max(abs(offset.right), abs(offset.up)) > MOST or abs(offset.turn) > MOST_TURN:
            raise UsageError(f"No printer shifts by more than {MOST:g} mm or turns by more than {MOST_TURN:g} degrees.")
    file = file or default_file()
    known = _read(file)
    known.setdefault(name, {})[_conditions(options)] = measures
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"the folder {file.parent} cannot be made ({error.strerror})") from None
    replace_bytes(file, msgspec.json.format(msgspec.json.encode(known), indent=2) + b"\n")
    return file


def made_good(name: str, options: SheetOptions, file: Path | None = None) -> SheetOptions:
    """The options, with what this printer shifts. Raises UsageError if it was not measured, or not with this paper."""
    known = _read(file or default_file())
    if name not in known:
        told = f"Known: {', '.join(sorted(known))}." if known else "None is known."
        raise UsageError(f"--printer: no printer “{name}”. {told} toolkit-builder calibrate measures one.")
    if _conditions(options) not in known[name]:
        measured = ", ".join(sorted(known[name]))
        raise UsageError(f"--printer: “{name}” was measured with {measured}, not with {_conditions(options)}.")
    return known[name][_conditions(options)].options(options)


def _conditions(options: SheetOptions) -> str:
    return f"{options.paper} {options.sides}"


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
