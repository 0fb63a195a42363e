"""Pictograms: the pictures of actions, `content/pictograms/CODE.svg`, drawn in three inks.

A drawing is 100 by 100, in black for its lines, mid grey for its tint and white for what the ground shows through. The
layout says what these are printed in. As with logos, a drawing is built anew from what is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit_builder.catalogue.decoding import refusal_of
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.rebuilding import rebuild
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.project import Project
from toolkit_builder.regular_files import UnreadableFileError, read_regular

FOLDER = "pictograms"
MAXIMUM_BYTES = 100_000
LINE, TINT, GROUND = "#000000", "#808080", "#ffffff"
"""The inks as a drawing has them, so that it can be looked at in any program."""

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@dataclass(frozen=True)
class Pictogram:
    """A picture; `drawing` is the SVG within its `<svg>`, 100 by 100, in the three inks."""

    drawing: str

    def inked(self, line: str, tint: str, ground: str) -> str:
        """The drawing in these colours, `#rrggbb`."""
        inks = {LINE: line, TINT: tint, GROUND: ground}
        return _COLOUR.sub(lambda found: inks[found[0]], self.drawing)


def read_pictogram(path: Path) -> Pictogram:
    """A picture from its file.

    Raises RefusedError, saying what to do, if it is not to be printed.
    """
    try:
        drawing = rebuild(read_regular(path, MAXIMUM_BYTES))
    except UnreadableFileError as error:
        raise refused(str(error)) from None
    if drawing.doubts:
        raise refused(f"{'; it '.join(drawing.doubts)}, which is not printed; flatten it")
    if (drawing.width, drawing.height) != (100, 100):
        size = f"{drawing.width:g} by {drawing.height:g}"
        raise refused(f"is {size}; draw it 100 by 100 (viewBox 0 0 100 100), so that all pictures are alike")
    svg = drawing.data.decode("utf-8")
    others = sorted(set(_COLOUR.findall(svg)) - {LINE, TINT, GROUND})
    if others:
        inks = f"{LINE} for lines, {TINT} for the tint and {GROUND} for what the ground shows through"
        raise refused(f"has {', '.join(others)}; draw with three inks only: {inks}")
    if "Gradient" in svg:
        raise refused("has a gradient; fill its shapes with one of the three inks")
    inner = _INNER.search(svg)
    return Pictogram(inner[1] if inner else "")


class Pictograms:
    """The pictures of a project's actions, each read when it is asked for."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self._project = project
        self._actions = {action.code: action for action in catalogue}
        self._read: dict[str, Pictogram] = {}

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """The files that there are by the codes that they are called after."""
        folder = self._project.content / FOLDER
        return {path.stem: path for path in sorted(folder.glob("*.svg")) if not path.name.startswith(".")}

    def of(self, code: str) -> Pictogram | None:
        """The picture of an action, if it has one.

        Raises FaultsError if its file is not to be printed, or if no words say what it shows.
        """
        if code not in self.files:
            return None
        if code not in self._read:
            self._read[code] = self._printable(code)
        return self._read[code]

    def _printable(self, code: str) -> Pictogram:
        path, action = self.files[code], self._actions.get(code)
        file = self._project.file(path)
        try:
            pictogram = read_pictogram(path)
        except RefusedError as error:
            raise FaultsError([refusal_of(file, error)]) from None
        if action and not action.pictogram:
            message = f"{file} has no words; say here in every language what it shows (pictogram:)"
            raise FaultsError([Fault(action.file, 1, 1, "pictogram", message)])
        return pictogram


def pictogram_faults(project: Project, catalogue: Catalogue) -> list[Fault]:
    """What is wrong with the pictures of a project: their files, actions that are not there, words that are missing."""
    pictograms, faults = Pictograms(project, catalogue), []
    codes = {action.code for action in catalogue}
    for code, path in pictograms.files.items():
        try:
            pictograms.of(code)
        except FaultsError as error:
            faults += error.faults
        if code not in codes:
            message = "no action has this code; call the file after one, or remove it"
            faults.append(Fault(project.file(path), 1, 1, "", message, "warning"))
    for action in catalogue:
        if action.pictogram and action.code not in pictograms.files:
            place = catalogue.positions.get(f"{action.pictogram.origin}.{catalogue.framework.language_ids[0]}")
            file, line, column = place or (action.file, 1, 1)
            message = f"there is no content/{FOLDER}/{action.code}.svg; add the picture, or leave its words out"
            faults.append(Fault(file, line, column, "pictogram", message, "warning"))
    return faults
