"""A project's content files: each read once, put into its shape, and every fault noted with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from toolkit_builder.catalogue.documents import KeyPath, Origin, SourceDocument, key_text
from toolkit_builder.catalogue.explaining import findings, gathered
from toolkit_builder.catalogue.model import Text
from toolkit_builder.catalogue.palette import PaletteColour
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project

S = TypeVar("S", bound=BaseModel)

ACTIONS = "actions"
TRANSLATE = (
    "add them, or have them translated: "
    "toolkit-builder translate export --format xlsx --only missing --language {language}"
)
"""What to do where the texts of a file lack a language."""


class ContentFiles:
    """One run over the content of a project; `faults` adds up, and has what is doubtful too. `lacking`: what to do
    where several texts of a file lack a `{language}`.
    """

    def __init__(self, project: Project, lacking: str = TRANSLATE) -> None:
        self.project = project
        self.lacking = lacking
        self.faults: list[Fault] = []
        self.positions: dict[str, tuple[str, int, int]] = {}
        """`content/actions/SP1.yaml#title.cy` to file, line and column; of colours, where their inks stand."""
        self.incomplete: set[str] = set()
        """The languages that texts lack."""
        self._read: dict[str, SourceDocument | None] = {}

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong, not only doubtful."""
        return any(fault.severity == "error" for fault in self.faults)

    def document(self, name: str) -> SourceDocument | None:
        """A file by its path in `content/`; None if it cannot be used, which is then among the faults."""
        if name not in self._read:
            path = self.project.content / name
            self._read[name] = read_yaml(path, self.project.file(path), self.faults)
        return self._read[name]

    def actions(self) -> list[str]:
        """The files of the actions. What else lies in their folder, and looks as if it were meant, is a fault."""
        folder = self.project.content / ACTIONS
        try:
            paths = sorted(folder.iterdir())
        except OSError:
            paths = []
        named = [path for path in paths if path.suffix == ".yaml" and not path.name.startswith(".")]
        if not named:
            self._fault_of_file(folder, "no actions; put one file an action here, called CODE.yaml")
        for path in paths:
            meant = re.fullmatch(r"(.+)\.ya?ml(\.txt)?", path.name, re.IGNORECASE)
            if meant and path.suffix != ".yaml":
                self._fault_of_file(path, f"is not read under this name; call it {meant[1]}.yaml")
        return [f"{ACTIONS}/{path.name}" for path in named]

    def shaped(self, document: SourceDocument, shape: type[S], source: str = "") -> S | None:
        """The document in its shape, each of its texts knowing where it was written.

        `source` is what its texts give as their file, where that is to be the same wherever the file lies.
        """
        try:
            read = shape.model_validate(document.data)
        except ValidationError as error:
            told = list(findings(document.data, error, shape))
            self.incomplete |= {found.language for found in told if found.language}
            for found in gathered(told, document.subject, self.lacking):
                self.fault(document, found.path, found.message, of_key=found.of_key)
            return None
        for path, value in _values(read, ()):
            origin = Origin(source or document.file, key_text(path))
            value.place_at(origin)
            for key in value.as_dict() if isinstance(value, Text) else ("ink",):
                place = document.position((*path, key))
                self.positions[f"{origin}.{key}"] = (document.file, place.line, place.column)
        return read

    def fault(self, document: SourceDocument, path: KeyPath, message: str, *, of_key: bool = False) -> None:
        place = document.key_position(path) if of_key else document.position(path)
        self.faults.append(Fault(document.file, place.line, place.column, document.subject(path), message))

    def warn(self, document: SourceDocument, path: KeyPath, message: str) -> None:
        """Note what is doubtful, and keeps nothing from being made."""
        place = document.position(path)
        self.faults.append(Fault(document.file, place.line, place.column, document.subject(path), message, "warning"))

    def no_doubles(self, document: SourceDocument, values: dict[KeyPath, str]) -> bool:
        """Whether each value stands once. The fault is noted where a value stands for the last time."""
        last = {value: path for path, value in values.items()}
        doubles = {value: count for value, count in Counter(values.values()).items() if count > 1}
        for value, count in doubles.items():
            self.fault(document, last[value], f"“{value}” stands {count} times; each may stand once")
        return not doubles

    def _fault_of_file(self, path: Path, message: str) -> None:
        self.faults.append(Fault(self.project.file(path), 0, 0, "", message))


def fits(data: object, shape: type[S]) -> S | None:
    """The data in a shape, or None; nothing is noted."""
    try:
        return shape.model_validate(data)
    except ValidationError:
        return None


def _values(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Text | PaletteColour]]:
    """Every text in a value that was read, and every colour with inks of its own, each with its path in the file."""
    if isinstance(value, Text) or (isinstance(value, PaletteColour) and value.ink):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _values(inner, path if name == "root" else (*path, name))
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _values(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*path, key))
