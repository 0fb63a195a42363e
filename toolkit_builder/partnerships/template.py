"""The spreadsheet that people fill in: headings in words, an example, drop-downs, and a sheet of notes."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit_builder.atomic_files import put_new
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import UsageError
from toolkit_builder.partnerships.headings import ID, OWN, Headings
from toolkit_builder.partnerships.spreadsheet import NOT_READ, SHEET
from toolkit_builder.partnerships.words import CellWords
from toolkit_builder.project import Project
from toolkit_builder.table_files import csv_cell, excel

NOTES, VALUES = "Nodiadau · Notes", "Gwerthoedd · Values"
"""The sheets beside the one that is filled in."""
TEMPLATES = (".xlsx", ".csv")
ROWS = 1_000
"""Rows that have drop-downs."""
_BY_LANGUAGE = ("name", "short_name", "logo.alternative", "introduction", "workshop.place")
_WIDE, _WIDEST, _USUAL = 30, 50, 22
_EXAMPLE = {
    ID: f"{NOT_READ}enghraifft",
    "name.cy": "Partneriaeth Enghreifftiol Cwm Enghraifft",
    "name.en": "Cwm Enghraifft Example Partnership",
    "short_name.cy": "Cwm Enghraifft",
    "short_name.en": "Cwm Enghraifft",
    "introduction.cy": "Enghraifft yw’r rhes hon.\n\n- un\n- dau",
    "introduction.en": "This row is an example.\n\n- one\n- two",
    "workshop.place.cy": "Neuadd y Pentref",
    "workshop.place.en": "The Village Hall",
    "workshop.date": "2027-03-04",
    "colours.ground": "#1a5c3a",
    "colours.band": "#b07a00",
    "contact.name": "Siân Enghraifft",
    "contact.email": "sian@example.org",
    "contact.telephone": "01632 960 123",
    "web": "https://example.org/cwm-enghraifft",
}
_LOCAL = {
    "examples.cy": "Taith gerdded drwy’r cwm\nCinio cymunedol",
    "examples.en": "A walk through the valley\nA community lunch",
    "note.cy": "Byddwn yn dechrau ym mis Ebrill.",
    "note.en": "We will start in April.",
}
"""Of one action, whose columns show how those of others are called."""
_NOTES = (
    ("Un bartneriaeth ym mhob rhes.", "One partnership a row."),
    (
        f"Os yw dynodydd rhes yn dechrau â {NOT_READ}, ni chaiff y rhes ei darllen. Rhes o’r fath yw’r enghraifft.",
        f"A row whose ID begins with {NOT_READ} is not read. The example is such a row.",
    ),
    (
        "Os nad oes dynodydd, caiff un ei greu ar sail yr enw: llythrennau bach heb acenion, a rhifau, "
        "gyda - rhyngddynt.",
        "Where there is no ID, one is made from the name: small letters without accents, numbers, and - between.",
    ),
    (
        "Gallwch ddileu colofnau nad oes eu hangen, a newid trefn y lleill.",
        "You may delete columns that are not needed, and change the order of the others.",
    ),
    (
        f"Lle y gellir rhoi mwy nag un gwerth, rhowch ; rhyngddynt. Mae’r gwerthoedd ar y ddalen “{VALUES}”, yn "
        "Gymraeg ac yn Saesneg: mae’r naill iaith neu’r llall yn ddigon.",
        f"Where more than one value may stand, put ; between them. The values are on the sheet “{VALUES}”, in Welsh "
        "and English: either language is enough.",
    ),
    (
        f"Os yw pennawd colofn yn dechrau â {OWN}, at eich defnydd chi yn unig y mae’r golofn: ni chaiff ei darllen.",
        f"A column whose heading begins with {OWN} is yours alone: it is not read.",
    ),
    ("Ysgrifennwch ddyddiadau fel hyn: 2027-03-04.", "Write dates as 2027-03-04."),
    (
        "Mae’r celloedd ar ffurf testun, er mwyn i rifau ffôn gadw’r 0 sydd ar eu dechrau.",
        "The cells are text, so that telephone numbers keep the 0 that they begin with.",
    ),
    (
        "Logo: enw ffeil SVG, PNG neu JPEG yn yr un ffolder â’r daenlen hon. Mae angen disgrifiad o’r logo hefyd.",
        "A logo: the name of an SVG, PNG or JPEG file in the folder of this spreadsheet. It needs a description too.",
    ),
    (
        "Enghreifftiau lleol: un ar bob llinell yn y gell (Alt+Enter).",
        "Local examples: one on each line of the cell (Alt+Enter).",
    ),
    (
        "I ddweud rhywbeth am gam gweithredu arall, copïwch bennawd y golofn a newidiwch y cod.",
        "To say something of another action, copy the heading of the column and change the code.",
    ),
)


def write_template(path: Path, project: Project, catalogue: Catalogue, *, force: bool = False) -> None:
    """Write a spreadsheet with headings and an example, as CSV or Excel by its ending.

    Raises UsageError for another ending, or if the file is there and `force` is not given; MachineError if it cannot be
    written.
    """
    ending = path.suffix.lower()
    if ending not in TEMPLATES:
        raise UsageError(f"--template: {path.name} has an unknown ending. Allowed: {', '.join(TEMPLATES)}.")
    put_new(path, template(ending, project, catalogue), force=force)


def template(ending: str, project: Project, catalogue: Catalogue) -> bytes:
    """The same as a file of the kind that has one of the endings in `TEMPLATES`.

    Raises MachineError if the package for Excel is not installed.
    """
    columns = keys(catalogue)
    headings = Headings.of(catalogue)
    rows = [[headings.words(key) for key in columns], _example(catalogue, columns)]
    return _csv(rows) if ending == ".csv" else _xlsx(columns, rows, _values(project, catalogue, columns))


def keys(catalogue: Catalogue) -> list[str]:
    """The columns of the template: ways to values in a partnership's file."""
    languages = catalogue.framework.language_ids
    texts = {name: [f"{name}.{language}" for language in languages] for name in _BY_LANGUAGE}
    scales = [f"selection.{scale.id}" for scale in catalogue.framework.scales if scale.filter]
    code = catalogue.actions[0].code
    local = [f"actions.{code}.{kind}.{language}" for kind in ("examples", "note") for language in languages]
    return [
        *(ID, *texts["name"], *texts["short_name"], "logo.file", *texts["logo.alternative"]),
        *("contact.name", "contact.email", "contact.telephone", "web", *texts["introduction"]),
        *("workshop.date", *texts["workshop.place"], "colours.ground", "colours.band", "products"),
        *(*scales, "selection.category", "selection.action", "selection.exclude"),
        *("edition.languages", "edition.first", "edition.layout", "edition.large_print", *local),
    ]


def _example(catalogue: Catalogue, columns: Sequence[str]) -> list[str]:
    said = _EXAMPLE | {f"actions.{catalogue.actions[0].code}.{key}": text for key, text in _LOCAL.items()}
    return [said.get(key, "") for key in columns]


def _values(project: Project, catalogue: Catalogue, columns: Sequence[str]) -> dict[str, list[str]]:
    """What may stand in columns that take words."""
    words = CellWords.of(catalogue, products_of(project, catalogue))
    taken = {key: choices for key in columns if (choices := words.choices(key))}
    values = {key: [choices.word(value) for value in choices.words] for key, choices in taken.items()}
    values["edition.languages"].append("; ".join(values["edition.languages"]))
    return values


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _xlsx(columns: Sequence[str], rows: Sequence[Sequence[str]], values: Mapping[str, Sequence[str]]) -> bytes:
    book = excel().Workbook()
    sheet = book.active
    sheet.title = SHEET
    for row in rows:
        sheet.append(row)
    _dress(sheet, [_width(key) for key in columns])
    sheet.freeze_panes = "B2"
    _write_notes(book.create_sheet(NOTES))
    _write_values(book.create_sheet(VALUES), columns, rows[0], values, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _width(key: str) -> int:
    if key.startswith(("introduction", "actions.")):
        return _WIDEST
    return _WIDE if key.startswith(("name", "logo.alternative", "web")) else _USUAL


def _write_notes(sheet: Any) -> None:
    sheet.append(["Nodiadau", "Notes"])
    for note in _NOTES:
        sheet.append(note)
    _dress(sheet, [70, 70])


def _write_values(
    sheet: Any, columns: Sequence[str], heads: Sequence[str], values: Mapping[str, Sequence[str]], filled: Any
) -> None:
    """A column for each list of values, from which the drop-downs of the sheet that is filled in take them."""
    letter = importlib.import_module("openpyxl.utils").get_column_letter
    validation = importlib.import_module("openpyxl.worksheet.datavalidation").DataValidation
    for number, (key, allowed) in enumerate(values.items(), start=1):
        at = columns.index(key)
        for row, value in enumerate((heads[at], *allowed), start=1):
            sheet.cell(row, number, value)
        column = letter(number)
        # Several values may stand in a cell, so that what is not in the list is not refused.
        offered = validation("list", formula1=f"'{VALUES}'!${column}$2:${column}${len(allowed) + 1}", allow_blank=True)
        offered.showErrorMessage = False
        offered.add(f"{letter(at + 1)}2:{letter(at + 1)}{ROWS}")
        filled.add_data_validation(offered)
    _dress(sheet, [_WIDE] * len(values))


def _dress(sheet: Any, widths: Sequence[int]) -> None:
    """The first row bold, lines broken, and all cells text, which keeps what is typed as it is typed."""
    styles = importlib.import_module("openpyxl.styles")
    letter = importlib.import_module("openpyxl.utils").get_column_letter
    for number, width in enumerate(widths, start=1):
        column = sheet.column_dimensions[letter(number)]
        column.width, column.number_format = width, "@"
        for cell in sheet[letter(number)]:
            cell.data_type, cell.number_format = "s", "@"
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            cell.font = styles.Font(bold=cell.row == 1)
