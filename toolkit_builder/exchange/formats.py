"""Translators' file formats: XLIFF 1.2 and 2.0, gettext PO, Excel, CSV, Word.

Every format has the key, the original, the translation, the state and a note of each unit, and a mark of what went out
(`Unit.mark`). A draft comes as what the format has for work to be done: fuzzy, needs review, initial.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from toolkit_builder.errors import Fault, FaultsError, ToolkitError
from toolkit_builder.exchange import po, tables, word, xliff
from toolkit_builder.exchange.returning import Contents, NotThatError, Returned
from toolkit_builder.exchange.units import TranslationJob
from toolkit_builder.regular_files import UnreadableFileError, read_regular

MAXIMUM_BYTES = 20_000_000
MAXIMUM_UNITS = 20_000
ENDINGS = {"xliff": ".xlf", "xliff2": ".xlf", "po": ".po", "xlsx": ".xlsx", "csv": ".csv", "docx": ".docx"}
_WRITERS: dict[str, Callable[[TranslationJob], bytes]] = {
    "xliff": xliff.write_1,
    "xliff2": xliff.write_2,
    "po": po.write,
    "xlsx": tables.write_xlsx,
    "csv": tables.write_csv,
    "docx": word.write,
}
_READERS: dict[str, Callable[[bytes], Contents]] = {
    ".xlf": xliff.read,
    ".xliff": xliff.read,
    ".po": po.read,
    ".xlsx": tables.read_xlsx,
    ".csv": tables.read_csv,
    ".docx": word.read,
}
KNOWN_ENDINGS = tuple(_READERS)
"""Of files that can be read."""


def write(job: TranslationJob, form: str) -> bytes:
    """A job as a file of a format.

    Raises MachineError if the packages for it are not installed.
    """
    return _WRITERS[form](job)


def read(path: Path) -> Contents:
    """The units of a file, and its languages.

    Raises FaultsError if it is not what its ending says, or holds no units.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise refused(path, f"unknown ending; known: {', '.join(KNOWN_ENDINGS)}")
    try:
        contents = reader(read_regular(path, MAXIMUM_BYTES))
    except (NotThatError, UnreadableFileError) as error:
        raise refused(path, str(error)) from None
    except ToolkitError:
        raise
    # Whatever else XML, PO or what reads them throws is the fault of that file.
    except Exception as error:
        raise refused(path, f"is no {path.suffix[1:].upper()} file that can be read ({_short(error)})") from None
    if not contents.units:
        raise refused(path, "holds no units; export the texts again")
    if len(contents.units) > MAXIMUM_UNITS:
        raise refused(path, f"holds more than {MAXIMUM_UNITS:,} units; divide it")
    return replace(contents, units=[_with_line_feeds(unit) for unit in contents.units])


def _with_line_feeds(unit: Returned) -> Returned:
    """Some tools end lines as Windows does, which is no change of the text."""
    source, target = (text.replace("\r\n", "\n").replace("\r", "\n") for text in (unit.source, unit.target))
    return replace(unit, source=source, target=target)


def refused(path: Path, message: str) -> FaultsError:
    """That a file cannot be used at all."""
    return FaultsError([Fault(path.name, 0, 0, "", message)])


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
