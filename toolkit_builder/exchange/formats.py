"""Translators' file formats: XLIFF 1.2 and 2.0 and gettext PO by translate-toolkit, Excel by openpyxl, CSV.

Every format has the key, the original, the translation, the state and a note of each unit. A draft comes as what the
format has for work to be done: fuzzy, needs review, initial.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit_builder.errors import Fault, FaultsError, MachineError
from toolkit_builder.exchange.units import Job, Unit

COLUMNS = ("key", "source", "target", "state", "note")
SHEET = "texts"
MAXIMUM_BYTES = 20_000_000
ENDINGS = {"xliff": ".xlf", "xliff2": ".xlf", "po": ".po", "xlsx": ".xlsx", "csv": ".csv"}

_XLIFF_STATES = {
    "missing": "needs-translation",
    "stale": "needs-adaptation",
    "draft": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
}
_XLIFF2_STATES = {"translated": "translated", "reviewed": "final"}
_FINISHED = {"translated": "translated", "signed-off": "reviewed", "final": "reviewed", "reviewed": "reviewed"}


@dataclass(frozen=True)
class Returned:
    """A unit as it came back: `place` says where in the file it stands."""

    place: str
    key: str
    source: str
    target: str
    state: str


def write(job: Job, form: str) -> bytes:
    """A job as a file of a format.

    Raises MachineError if the packages for it are not installed.
    """
    return _WRITERS[form](job)


def read(path: Path) -> tuple[str | None, list[Returned]]:
    """The language of a file (None if the format does not say) and its units.

    Raises FaultsError if it is not what its ending says, or holds no units.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _refused(path, f"unknown ending; known: {', '.join(_READERS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read ({error.strerror})") from None
    if len(data) > MAXIMUM_BYTES:
        raise _refused(path, f"has more than {MAXIMUM_BYTES:,} bytes")
    try:
        language, units = reader(data)
    except _NotThatError as error:
        raise _refused(path, str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise _refused(path, f"is no {path.suffix[1:].upper()} file that can be read ({_short(error)})") from None
    if not units:
        raise _refused(path, "holds no units; export the texts again")
    return language, units


class _NotThatError(Exception):
    """A file is not what it says; the message is for the user."""


def _refused(path: Path, message: str) -> FaultsError:
    return FaultsError([Fault(path.name, 0, 0, "", message)])


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _storage(name: str) -> Any:
    """A module of translate-toolkit, which is slow to import."""
    try:
        import importlib

        return importlib.import_module(f"translate.storage.{name}")
    except ImportError:
        raise MachineError(
            "translate-toolkit is not installed. Type: pip install 'toolkit-builder[translate]'"
        ) from None


# -- XLIFF -------------------------------------------------------------------------------------------------------------


def _write_xliff(job: Job) -> bytes:
    store = _storage("xliff").xlifffile()
    store.setsourcelanguage(job.original)
    store.settargetlanguage(job.language)
    for unit in job.units:
        entry = store.addsourceunit(unit.source)
        entry.setid(unit.key)
        entry.addnote(unit.note, origin="developer")
        if unit.target:
            entry.target = unit.target
            entry.get_target_dom().set("state", _XLIFF_STATES[unit.state])
        entry.xmlelement.set("approved", "yes" if unit.state == "reviewed" else "no")
    # translate-toolkit calls it 1.1, of which 1.2 is the later name; what is written here is the same in both.
    return (
        bytes(store).replace(b"xliff:document:1.1", b"xliff:document:1.2").replace(b'version="1.1"', b'version="1.2"')
    )


def _write_xliff2(job: Job) -> bytes:
    store = _storage("xliff2").Xliff2File()
    store.setsourcelanguage(job.original)
    store.settargetlanguage(job.language)
    for number, unit in enumerate(job.units, start=1):
        entry = store.addsourceunit(unit.source)
        entry.setid(f"u{number}")  # an id may not have the characters of a key
        element = entry.getunitelement()
        element.set("name", unit.key)
        notes = element.makeelement(f"{{{entry.namespace}}}notes")
        note = notes.makeelement(f"{{{entry.namespace}}}note", category="developer")
        note.text = unit.note
        notes.append(note)
        element.insert(0, notes)  # before the segment, as the schema has it
        if unit.target:
            entry.target = unit.target
        entry.xmlelement.set("state", _XLIFF2_STATES.get(unit.state, "initial"))
    return bytes(store)


def _read_xliff(data: bytes) -> tuple[str | None, list[Returned]]:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    version = root.get("version", "")
    if etree.QName(root).localname != "xliff" or version[:1] not in ("1", "2"):
        raise _NotThatError("is XML, but no XLIFF 1.2 or 2.0 file")
    name = "xliff" if version.startswith("1") else "xliff2"
    store = (
        _storage(name).xlifffile.parsestring(data) if name == "xliff" else _storage(name).Xliff2File.parsestring(data)
    )
    return store.gettargetlanguage(), [_returned(entry, name) for entry in store.units]


def _returned(entry: Any, name: str) -> Returned:
    if name == "xliff":
        target = entry.get_target_dom()
        state, key = (target.get("state", "") if target is not None else ""), entry.getid().rpartition("\x04")[2]
    else:
        state, key = entry.xmlelement.get("state", ""), entry.getunitelement().get("name", "")
    return Returned("", key, str(entry.source), str(entry.target or ""), _FINISHED.get(state, "draft"))


# -- PO ----------------------------------------------------------------------------------------------------------------


def _write_po(job: Job) -> bytes:
    pypo = _storage("pypo")
    store = pypo.pofile()
    store.updateheader(
        add=True,
        Project_Id_Version="toolkit-builder",
        PO_Revision_Date="",
        Last_Translator="",
        Language_Team=job.language,
        Language=job.language,
        MIME_Version="1.0",
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
    )
    for unit in job.units:
        entry = store.addsourceunit(unit.source)
        entry.setcontext(unit.key)
        entry.addnote(f"{unit.note} ({unit.state})", origin="developer")
        entry.target = unit.target
        entry.markfuzzy(bool(unit.target) and unit.state in ("draft", "stale"))
    return bytes(store)


def _read_po(data: bytes) -> tuple[str | None, list[Returned]]:
    text = data.decode("utf-8")
    if "msgid" not in text:
        raise _NotThatError("is no gettext PO file: it has no msgid")
    store = _storage("pypo").pofile.parsestring(data)
    header = store.parseheader()
    entries = [entry for entry in store.units if not entry.isheader() and not entry.isobsolete()]
    return header.get("Language") or None, [
        Returned(
            "",
            entry.getcontext(),
            str(entry.source),
            str(entry.target or ""),
            "draft" if entry.isfuzzy() else "translated",
        )
        for entry in entries
    ]


# -- spreadsheets ------------------------------------------------------------------------------------------------------


def _write_csv(job: Job) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_headings(job))
    writer.writerows(_rows(job.units))
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _write_xlsx(job: Job) -> bytes:
    openpyxl, styles = _excel()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(_headings(job))
    for row in _rows(job.units):
        sheet.append(row)
    for column, width in zip("ABCDE", (42, 60, 60, 12, 60), strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column]:
            cell.data_type = "s"  # what begins with = is no formula
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            cell.font = styles.Font(bold=cell.row == 1)
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(job: Job) -> list[str]:
    return ["key", f"source ({job.original})", f"target ({job.language})", "state", "note"]


def _rows(units: Iterable[Unit]) -> Iterator[list[str]]:
    return ([unit.key, unit.source, unit.target, unit.state, unit.note] for unit in units)


def _excel() -> tuple[Any, Any]:
    try:
        import openpyxl
        from openpyxl import styles
    except ImportError:
        raise MachineError("openpyxl is not installed. Type: pip install 'toolkit-builder[translate]'") from None
    return openpyxl, styles


def _read_csv(data: bytes) -> tuple[str | None, list[Returned]]:
    text = data.decode("utf-8-sig")
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _table([(f"line {reader.line_num}", row) for row in reader])
    except csv.Error as error:
        raise _NotThatError(f"is no CSV file that can be read (line {reader.line_num}: {error})") from None


def _read_xlsx(data: bytes) -> tuple[str | None, list[Returned]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > 10 * MAXIMUM_BYTES:
            raise _NotThatError("would be too large when it is unpacked")
    openpyxl, _ = _excel()
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    rows = [
        (f"{sheet.title}, row {number}", ["" if cell is None else str(cell) for cell in row])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    book.close()
    return _table(rows)


def _table(rows: list[tuple[str, list[str]]]) -> tuple[str | None, list[Returned]]:
    heads = [head.partition(" ")[0].strip().lower() for head in rows[0][1]] if rows else []
    if lacking := [name for name in COLUMNS[:3] if name not in heads]:
        raise _NotThatError(f"has no column {', '.join(lacking)}; the first row has to name them")
    language = rows[0][1][heads.index("target")].partition("(")[2].rstrip(") ") or None
    units = []
    for place, row in rows[1:]:
        cells = dict(zip(heads, row, strict=False))
        if any(row):
            state = _FINISHED.get(cells.get("state", "").strip().lower(), "draft")
            units.append(
                Returned(place, cells.get("key", "").strip(), cells.get("source", ""), cells.get("target", ""), state)
            )
    return language, units


_WRITERS: dict[str, Callable[[Job], bytes]] = {
    "xliff": _write_xliff,
    "xliff2": _write_xliff2,
    "po": _write_po,
    "xlsx": _write_xlsx,
    "csv": _write_csv,
}
_READERS: dict[str, Callable[[bytes], tuple[str | None, list[Returned]]]] = {
    ".xlf": _read_xliff,
    ".xliff": _read_xliff,
    ".po": _read_po,
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
}
