"""The partnerships that a session may take: those of the project, and those that it keeps itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.model import PARTNERSHIP
from toolkit_builder.partnerships.loading import FOLDER
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MOST_NAMED = 60
"""So many partnerships are listed by their names; of more, by their ids alone."""


@dataclass(frozen=True)
class Shelf:
    """Files of partnerships: `project` the folder of the project's, `own` that of the session's, which comes first.

    `is_own`: whether the project's may be changed. Otherwise what is changed is kept in the session's folder.
    """

    project: Path
    own: Path
    is_own: bool

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """The files by the ids of their partnerships."""
        folders = [self.project, *([] if self.is_own else [self.own])]
        found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}
        return {name: path for name, path in sorted(found.items()) if re.fullmatch(PARTNERSHIP, name)}

    @property
    def place(self) -> Path:
        """Where what is changed is kept."""
        return self.project if self.is_own else self.own

    def names(self) -> dict[str, Mapping[str, str]]:
        """What each is called, by language; its id where its file does not say."""
        if len(self.files) > MOST_NAMED:
            return {name: {"": name} for name in self.files}
        return {name: _name(path) or {"": name} for name, path in self.files.items()}


def _name(path: Path) -> Mapping[str, str]:
    """The name that a file gives, as far as it can be read: it may be wrong in other places."""
    try:
        data = yaml.safe_load(read_regular(path, MAXIMUM_BYTES))
    except (UnreadableFileError, yaml.YAMLError, UnicodeDecodeError):
        return {}
    name = data.get("name") if isinstance(data, dict) else None
    return {str(key): str(value) for key, value in name.items()} if isinstance(name, dict) else {}


def shelf_in(content: Path, own: Path, *, is_own: bool) -> Shelf:
    """The shelf of a session. `content`: the project's; `own`: the session's folder for it."""
    return Shelf(content / FOLDER, own, is_own)
