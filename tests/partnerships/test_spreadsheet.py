"""Partnerships from a spreadsheet: what rows say over a base, and faults by sheet, row and column."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.typed import typed
from toolkit_builder.catalogue.documents import Position, SourceDocument
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.spreadsheet import SHEET, RowDocument, TableTerms, read_rows, shared
from toolkit_builder.partnerships.template import NOTES, VALUES
from toolkit_builder.partnerships.words import CellWords
from toolkit_builder.project import Project, shipped

TABLE = TableTerms(Headings({"cy": "Cymraeg", "en": "English"}))
LOW = "{} has a contrast of {}:1 against"
HEADS = ["id", "name.cy", "name.en", "workshop.date", "selection.action"]
ROWS: list[list[Any]] = [
    ["llanfair", "Partneriaeth Llanfairpwll ŵŷ", "Llanfairpwll Partnership", datetime.date(2027, 3, 4), "SP1;GA2"],
    ["", "", "", None, ""],
    ["bala", "Partneriaeth y Bala", "Bala Partnership", "2027-03-05", "SP1"],
]


def write(path: Path, rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        book.active.title = "Taflen"
        for row in rows:
            book.active.append(row)
        book.save(path)
    return path


@pytest.fixture(params=["rhesi.csv", "rhesi.xlsx"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def documents(
    path: Path, table: TableTerms = TABLE, base: SourceDocument | None = None, warned: list[Fault] | None = None
) -> list[tuple[str, RowDocument]]:
    """The rows of a table; raises FaultsError with all that is wrong with it and with its cells."""
    read = read_rows(path, table, base, (warned if warned is not None else []).append)
    faults = [*read.faults, *(fault for _, document in read.documents for fault in document.faults)]
    if faults:
        raise FaultsError(faults)
    return read.documents


def place(path: Path) -> str:
    """What faults begin with, before the cell."""
    return f"{path.name}: " if path.suffix == ".csv" else f"{path.name}: Taflen!"


def test_a_row_is_a_partnership(path: Path) -> None:
    base = SourceDocument(
        "base.yaml", {"web": "https://example.org", "workshop": {"place": {"cy": "Tŷ", "en": "House"}}}
    )
    found = dict(documents(write(path, [HEADS, *ROWS]), base=base))
    assert list(found) == ["llanfair", "bala"]
    assert found["llanfair"].data == {
        "web": "https://example.org",
        "workshop": {"place": {"cy": "Tŷ", "en": "House"}, "date": "2027-03-04"},
        "name": {"cy": "Partneriaeth Llanfairpwll ŵŷ", "en": "Llanfairpwll Partnership"},
        "selection": {"action": ["SP1", "GA2"]},
    }
    at = found["bala"].position(("name", "en"))
    assert (at.line, at.column) == (4, 3)
    assert base.data == {"web": "https://example.org", "workshop": {"place": {"cy": "Tŷ", "en": "House"}}}


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        ([["web"], ["a"]], "1:1: error:", "there is neither a column “ID” nor “Name”"),
        ([["id", "nmae.cy"], ["a", "b"]], "B1: error: nmae.cy:", "unknown column"),
        ([["id", "name.cy", "name.cy"], ["a", "b", "c"]], "C1: error: name.cy:", "is the same column as B1"),
        ([["id", "name.cy", "Enw"], ["a", "b", "c"]], "C1: error: Enw:", "is the same column as B1"),
        ([["id"], ["a"], ["a"]], "A3: error: id:", "is also the id of row 2"),
        ([["id", "name.cy"], ["", "2 4"]], "A2: error: id:", "none can be made from the name"),
    ],
)
def test_a_table_that_is_wrong(path: Path, rows: list[list[Any]], where: str, said: str) -> None:
    with pytest.raises(FaultsError) as caught:
        documents(write(path, rows))
    assert f"{place(path)}{where}" in str(caught.value.message)
    assert said in caught.value.message


def test_faults_in_rows_are_told_at_once_before_anything_is_made(path: Path, tmp_path: Path) -> None:
    rows = [
        HEADS,
        ["bala", "Partneriaeth y Bala", "", "2027-03-05", "SP1"],
        ["conwy", "Partneriaeth Conwy", "Conwy Partnership", "yfory", "SP1"],
        ["dinbych", "Partneriaeth Dinbych", "Denbigh Partnership", "2027-03-05", "XX9"],
    ]
    done = typed("batch", "--from", write(path, rows), "--output", tmp_path / "allbwn")
    assert done.status == 1
    name = place(path)
    assert f"{name}C2: error: name.en: missing" in done.err
    assert f"{name}D3: error: workshop.date: “yfory” is no date" in done.err
    assert f"{name}E4: error: selection.action" in done.err
    assert not (tmp_path / "allbwn").exists()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods"])
def test_what_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00nonsense")
    done = typed("batch", "--from", tmp_path / name)
    assert done.status == 1
    assert name in done.err


def test_tables_as_people_make_them(path: Path, shipped_catalogue: Catalogue) -> None:
    """A title above, empty rows and columns, headings in either language, ids from names, several in a cell."""
    rows = [
        ["Partneriaethau 2027"],
        [],
        ["", "Enw", "", "Name (English)", "Ffôn", "SP1: note (Welsh)", "SP1: nodyn (Saesneg)", "Stage"],
        [],
        ["", "Tŷ Gŵyr a’r Bont", "", "House Partnership", "01632 960 001", "Nodyn", "Note", "early; mature"],
    ]
    [(name, document)] = documents(write(path, rows), TableTerms(Headings.of(shipped_catalogue)))
    assert name == "ty-gwyr-ar-bont"
    assert document.data == {
        "name": {"cy": "Tŷ Gŵyr a’r Bont", "en": "House Partnership"},
        "contact": {"telephone": "01632 960 001"},
        "actions": {"SP1": {"note": {"cy": "Nodyn", "en": "Note"}}},
        "selection": {"stage": ["early", "mature"]},
    }
    assert document.position(("actions", "SP1", "note", "en")) == Position(5, 7)
    assert document.subject(("contact", "telephone")) == "Ffôn"


def test_local_examples_stand_in_a_cell_one_a_line_or_parted(tmp_path: Path) -> None:
    heads = [
        "Name",
        "Enw",
        "SP1: examples (Welsh)",
        "SP1: examples (English)",
        "SP1: pwy (Cymraeg)",
        "actions.SP1.who.en",
    ]
    rows = [heads, ["A", "A", "- Cinio\n- Taith; hir", "Lunch\nA walk; long", "Ni; chi", "Us; you"]]
    [(_, document)] = documents(write(tmp_path / "a.xlsx", rows))
    assert isinstance(document.data, dict)
    assert document.data["actions"] == {
        "SP1": {
            "examples": [{"cy": "Cinio", "en": "Lunch"}, {"cy": "Taith; hir", "en": "A walk; long"}],
            "who": [{"cy": "Ni", "en": "Us"}, {"cy": "chi", "en": "you"}],
        }
    }


def test_an_example_that_one_language_lacks_is_told_at_its_cell(tmp_path: Path) -> None:
    heads = ["Name", "Enw", "SP1: examples (Welsh)", "SP1: examples (English)", "E-bost"]
    table = write(tmp_path / "a.xlsx", [heads, ["A", "A", "Cinio; Taith", "Lunch", "a@b.org; c@d.org"]])
    done = typed("batch", "--from", table, "--dry-run")
    assert "a.xlsx: Taflen!D2: error: SP1: examples (English), 2: missing; add it" in done.err
    assert "a.xlsx: Taflen!E2: error: E-bost: “a@b.org; c@d.org” cannot stand here; write an address" in done.err


def test_what_cannot_be_used_counts_only_under_a_heading(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Taflen"
    for row in (["id", "Name", "Enw", "", "Nodiadau"], ["a", "=1/0", "Un", "?", "=2"], ["=NA()", "B", "B"]):
        book.active.append(row)
    book.active["E1"] = None
    book.save(tmp_path / "a.xlsx")
    warned: list[Fault] = []
    with pytest.raises(FaultsError) as caught:
        documents(tmp_path / "a.xlsx", warned=warned)
    assert [str(fault).partition("; ")[0] for fault in caught.value.faults] == [
        "a.xlsx: Taflen!B2: error: Name: the formula has no result",
        "a.xlsx: Taflen!A3: error: id: the formula has no result",
    ]
    assert [str(fault) for fault in warned] == [
        "a.xlsx: Taflen!D2: warning: is not read, since its column has no heading",
        "a.xlsx: Taflen!E2: warning: is not read, since its column has no heading",
    ]


def test_numbers_and_dates_where_texts_belong_are_warned_of(tmp_path: Path) -> None:
    heads = ["id", "Telephone", "actions.SP1.order", "Name", "Workshop date"]
    day = datetime.date(2027, 3, 4)
    warned: list[Fault] = []
    documents(write(tmp_path / "a.xlsx", [heads, ["a", 1632960111, 2, day, day]]), warned=warned)
    assert [str(fault).partition(": warning: ")[2].partition(";")[0] for fault in warned] == [
        "Telephone: 1632960111 is kept as a number, which has no 0 before it",
        "Name: 2027-03-04 is kept as a date, and will be printed so",
    ]


def test_every_fault_of_every_row_is_told_in_the_words_of_the_table_with_a_sum(path: Path, tmp_path: Path) -> None:
    heads = [
        "Enw",
        "Name",
        "Stage",
        "Iaith",
        "First language",
        "Layout",
        "Cover colour",
        "Band colour",
        "Email",
        "Lliw",
    ]
    good = ["Un", "One", "Cynnar", "Welsh and English", "English", "Troi wyneb i waered", "1a5c3a", '"#b07a00"', "", ""]
    rows = [
        ["Dau", "", "earlly", "Klingon", "", "sideways", "yellow", "ffee00", "no", ""],
        ["Tri", "Three", "Mid/Mature", "Welsh", "English", "", "f5b800", "#ffee00", "", ""],
    ]
    done = typed("batch", "--from", write(path, [heads, good, *rows]), "--output", tmp_path / "allbwn")
    assert done.status == 1
    *told, total = done.err.splitlines()
    assert [line.removeprefix(place(path)).partition("; ")[0] for line in told if ": error: " in line] == [
        "J1: error: Lliw: unknown column",
        "B3: error: Name: missing",
        "C3: error: Stage: “earlly” is not among its words",
        "D3: error: Iaith: “Klingon” is not among its words",
        "F3: error: Layout: “sideways” is not among its words",
        "G3: error: Cover colour: “yellow” is no colour",
        f"H3: error: Band colour: {LOW.format('#ffee00', '1.2')} the white page that bands stand on",
        "I3: error: Email: “no” cannot stand here",
        "E4: error: First language: “Saesneg / English” is not among the pack’s languages (Cymraeg / Welsh)",
        f"G4: error: Cover colour: {LOW.format('#f5b800', '1.7')} the white text on the cover, and as the colour of "
        "headings on white",
        f"H4: error: Band colour: {LOW.format('#ffee00', '1.2')} the white page that bands stand on",
    ]
    assert (
        "C3: error: Stage: “earlly” is not among its words; did you mean “Early”?; it takes: Cynnar / Early" in done.err
    )
    assert total == f"{len(told)} faults; nothing was written."


def test_other_rows_do_not_stand_in_the_way_of_those_that_are_named(path: Path, tmp_path: Path) -> None:
    heads = ["Enw", "Name", "Stage"]
    table = write(path, [heads, ["Tŷ Un", "House One", "Early"], ["Dau", "Two", "earlly"], ["Tri", "Three", "Aeddfed"]])

    def chosen(*words: str) -> list[str]:
        done = typed("batch", "--from", table, "--output", tmp_path / "allbwn", "--dry-run", *words)
        return [line.split()[0] for line in done.out.splitlines()[1:]] if done.status == 0 else [done.err]

    assert chosen("--only", "house  ONE", "--only", "tri") == ["ty-un", "tri"]
    assert chosen("--stage", "Cynnar") == chosen("--where", "Cyfnod y cydweithio=early") == ["ty-un"]
    assert chosen("--stage", "early", "--where", "Stage=Mature") == ["ty-un", "tri"]
    assert "Did you mean “House One”?" in chosen("--only", "House Onne")[0]
    assert "--where stage: “erly” is not among its words; did you mean “Early”?" in chosen("--stage", "erly")[0]
    assert "no partnership wants resource=low" in chosen("--resource", "low")[0]
    assert "does not have the form COLUMN=VALUE" in chosen("--where", "Telephone=1")[0]


def test_columns_of_ones_own_are_left_alone_and_a_heading_that_is_not_known_says_how(path: Path) -> None:
    rows = [["Enw", "Name", "# Galwyd", "#Stage", "Galwyd"], ["Un", "One", "G?yr", "earlly", "x"]]
    warned: list[Fault] = []
    read = read_rows(write(path, rows), TABLE, warn=warned.append)
    assert not warned
    [fault] = read.faults
    assert (fault.column, fault.where) == (5, "Galwyd")
    assert fault.message.endswith("if the column is yours alone, begin its heading with #, and it is not read")
    [(_, document)] = read.documents
    assert document.data == {"name": {"cy": "Un", "en": "One"}}
    assert not document.faults


@pytest.mark.parametrize(
    ("heading", "meant"), [("Telefone", "did you mean “Ffôn / Telephone”?"), ("FfÃ´n", "call it “Ffôn”")]
)
def test_a_heading_that_is_nearly_known_is_told_in_words(path: Path, heading: str, meant: str) -> None:
    [fault] = read_rows(write(path, [["Enw", heading], ["Un", "x"]]), TABLE).faults
    assert meant in fault.message


def test_what_was_lost_on_the_way_is_told_once_a_column_with_all_cells(tmp_path: Path) -> None:
    heads = ["Enw", "Name", "Ffôn", "Website"]
    rows = [[f"T? G?yr {n}", f"Gwyneddâ€¦ {n}", f"163296011{n}", "https://a.org/b?c"] for n in range(3)]
    rows += [["Dau", "Two", "01632 960 111", ""], ["Tri", "Three", "1.63E+09", ""], ["Pedwar", "Four", "999", ""]]
    warned: list[Fault] = []
    documents(write(tmp_path / "a.csv", [heads, *rows]), warned=warned)
    assert [str(fault) for fault in warned] == [
        "a.csv: A2: warning: Enw: “T? G?yr 0” has lost a letter, for which ? or � stands; so in A3, A4; type it again, "
        "and save it as .xlsx",
        "a.csv: B2: warning: Name: “Gwyneddâ€¦ 0” has letters that were read in a wrong encoding; “Gwynedd… 0” may be "
        "meant; so in B3, B4; save it again as .xlsx or “CSV UTF-8”",
        "a.csv: C2: warning: Ffôn: 1632960110 has no 0 before it, which spreadsheets take away from numbers; so in C3, "
        "C4; format the column as text, and type it again",
        "a.csv: C6: warning: Ffôn: 1.63E+09 has lost its last figures; format the column as text, and type it again",
    ]


def test_the_format_of_a_cell_gives_a_telephone_its_zero_back(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Enw", "Ffôn"], ["Un", 1632960111], *([f"Rhif {n}", 1632960200 + n] for n in range(13))):
        book.active.append(row)
    book.active["B2"].number_format = "00000 000000"
    book.save(tmp_path / "a.xlsx")
    warned: list[Fault] = []
    (_, first), *_others = documents(tmp_path / "a.xlsx", warned=warned)
    assert isinstance(first.data, dict)
    assert first.data["contact"] == {"telephone": "01632 960111"}
    [warning] = warned
    assert str(warning).startswith("a.xlsx: Sheet!B3: warning: Ffôn: 1632960200 is kept as a number, which has no 0")
    assert "; so in B4, B5, B6, B7, B8, B9, B10, B11, B12, B13 and 2 more; " in warning.message


def test_words_that_mean_all_take_away_what_the_base_chooses(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    words = CellWords.of(shipped_catalogue, products_of(Project(shipped()), shipped_catalogue))
    base = SourceDocument("base.yaml", {"selection": {"stage": "early", "time": "short"}, "products": ["cards"]})
    table = TableTerms(Headings.of(shipped_catalogue), words)
    rows = [["Enw", "Stage", "Products"], ["Un", "Any stage", "All"]]
    [(_, document)] = documents(write(tmp_path / "a.csv", rows), table, base)
    assert document.data == {"name": {"cy": "Un"}, "selection": {"time": "short"}}


# -- the base ----------------------------------------------------------------------------------------------------------

BASE = """\
name: {cy: Sail, en: Base}
contact: {name: Siân}
introduction: {cy: Dyma ni., en: Here we are.}
colours: {ground: "#123456"}
selection: {stage: early}
actions:
  SP1: {note: {cy: Nodyn., en: A note.}, order: 1}
  SP2: {who: [{cy: Ni, en: Us}]}
  GA5: {leave_out: true}
"""


def test_texts_about_one_partnership_do_not_pass_to_rows(tmp_path: Path) -> None:
    (tmp_path / "sail.yaml").write_text(BASE, "utf-8")
    faults: list[Fault] = []
    base = read_yaml(tmp_path / "sail.yaml", "sail.yaml", faults)
    assert base is not None
    kept, left = shared(base)
    assert kept.data == {
        "colours": {"ground": "#123456"},
        "selection": {"stage": "early"},
        "actions": {"SP1": {"order": "1"}, "GA5": {"leave_out": "true"}},
    }
    assert left == ["name", "contact", "introduction", "actions.SP1", "actions.SP2"]


def test_they_do_if_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "sail.yaml").write_text(BASE, "utf-8")
    table = write(tmp_path / "a.csv", [["id", "name.cy"], ["a", "Un"]])
    words = ("batch", "--from", table, "--base", tmp_path / "sail.yaml", "--dry-run", "--output", tmp_path)
    without = typed(*words)
    assert without.status == 1
    assert "a.csv: B2: error: Enw (Saesneg) / Name (English): missing" in without.err
    assert "sail.yaml: warning: rows do not take name, contact, introduction, actions.SP1" in without.err
    assert "--base-texts takes them" in without.err
    with_them = typed(*words, "--base-texts")
    assert with_them.status == 0, with_them.err
    assert typed("batch", "--base-texts", "--output", tmp_path).status == 2


# -- the template ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_example_of_the_template_is_no_partnership_and_could_be_one(
    tmp_path: Path, ending: str, shipped_catalogue: Catalogue
) -> None:
    path = tmp_path / "ffolder newydd" / f"templed ŵ{ending}"
    assert typed("batch", "--template", path).status == 0
    warned: list[Fault] = []
    with pytest.raises(FaultsError, match="no rows"):
        documents(path, TableTerms(Headings.of(shipped_catalogue)), warned=warned)
    [warning] = warned
    assert "A2: warning: the row is not read, since its id begins with #" in str(warning)
    if ending == ".csv":
        path.write_text(path.read_text("utf-8-sig").replace("#enghraifft", "enghraifft"), "utf-8-sig")
    else:
        book = openpyxl.load_workbook(path)
        book[SHEET]["A2"] = "enghraifft"
        book.save(path)
    done = typed("batch", "--from", path, "--dry-run", "--output", tmp_path / "allbwn")
    assert (done.status, done.err) == (0, "")
    assert "Partneriaeth Enghreifftiol Cwm Enghraifft" in done.out


def test_the_template_has_drop_downs_notes_and_cells_that_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert typed("batch", "--template", path).status == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [SHEET, NOTES, VALUES]
    sheet = book[SHEET]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    stage = heads["Cyfnod y cydweithio / Stage"]
    column = lists[f"{stage}2:{stage}1000"].partition("$")[2][0]
    assert [cell.value for cell in book[VALUES][column] if cell.value] == [
        "Cyfnod y cydweithio / Stage",
        "Cynnar / Early",
        "Canol / Mid",
        "Aeddfed / Mature",
    ]
    assert sheet.column_dimensions[heads["Ffôn / Telephone"]].number_format == "@"
    assert len([row for row in book[NOTES].iter_rows(values_only=True) if all(row)]) > 5


def test_a_template_is_not_written_over_what_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEADS, *ROWS])
    before = path.read_bytes()
    done = typed("batch", "--template", path)
    assert done.status == 2
    assert "is there already, and may hold somebody's work; name another file, or use --force" in done.err
    assert path.read_bytes() == before
    assert typed("batch", "--template", path, "--force").status == 0
    assert path.read_bytes() != before
    assert typed("batch", "--template", path / "a.xlsx").status == 3
    assert typed("batch", "--template", tmp_path / "a.ods").status == 2
