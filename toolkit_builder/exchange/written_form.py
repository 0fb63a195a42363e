"""How a text file is written besides its words: its line ends and its byte order mark, which stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.regular_files import read_regular

_MARK = "\ufeff"


class MixedLinesError(Exception):
    """Some lines of a file end as Windows has it and some do not, so that it could not be written back as it was."""


@dataclass(frozen=True)
class WrittenForm:
    """The byte order mark (or nothing) and the line end of a file."""

    mark: str = ""
    line_end: str = "\n"

    def written(self, text: str) -> str:
        """A text with line feeds, as the file has it."""
        return self.mark + text.replace("\n", self.line_end)


def taken_apart(text: str) -> tuple[WrittenForm, str]:
    """The form of a file's text, and the text without it. Raises MixedLinesError."""
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    count = text.count("\r\n")
    if count == 0:
        return WrittenForm(mark), text
    if count != text.count("\n"):
        raise MixedLinesError
    return WrittenForm(mark, "\r\n"), text.replace("\r\n", "\n")


def like(path: Path, text: str) -> str:
    """A text with line feeds, in the form of the file that it replaces; as it is if there is none, or one that mixes
    line ends.

    Raises UnreadableFileError if there is something else, UnicodeDecodeError if it is not UTF-8.
    """
    if not path.exists():
        return text
    try:
        return taken_apart(read_regular(path, MAXIMUM_BYTES).decode("utf-8"))[0].written(text)
    except MixedLinesError:
        return text
