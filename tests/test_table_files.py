"""Tables from outside: bounded before they are read, and each cell that cannot be used told by its place."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import tracemalloc
from pathlib import Path

import openpyxl
import pytest

from tests.hostile.tables import row, xlsx
from tests.typed import typed
from toolkit_builder import table_files
from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.errors import Fault, cell_name
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.spreadsheet import TableTerms, read_rows
from toolkit_builder.table_files import (
    NO_EXCEL,
    TableError,
    TableRows,
    csv_cell,
    read_csv,
    read_table,
    read_xlsx,
    xlsx_cell,
    zero_filled,
)

HEADS = row(1, "id", "name.cy", "name.en")
TABLE = TableTerms(Headings({"cy": "Cymraeg", "en": "English"}))
FAR_RIGHT = '<row r="{0}"><c r="XFD{0}"/></row>'


def said_of(data: bytes) -> str:
    with pytest.raises(TableError) as caught:
        read_xlsx(data)
    return f"{caught.value.row}:{caught.value.column}: {caught.value}"


def test_what_is_read() -> None:
    table = read_xlsx(xlsx(HEADS + row(4, "bala", "Y Bala ŵŷ")))
    assert [(one.number, [cell.value for cell in one.cells]) for one in table.rows] == [
        (1, ["id", "name.cy", "name.en"]),
        (4, ["bala", "Y Bala ŵŷ"]),
    ]
    assert table.sheet == "Taflen"


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read() -> None:
    data = xlsx(HEADS + row(2, "bala", "Y Bala"), before='<dimension ref="A1:A1"/>')
    assert [len(one.cells) for one in read_xlsx(data).rows] == [3, 2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (xlsx(HEADS + "".join(FAR_RIGHT.format(n) for n in range(2, 40))), "3:0: has more than 20,000 cells"),
        (xlsx('<row r="1"><c r="XFD1" t="str"><v>x</v></c></row>'), "1:0: has more than 50 columns"),
        (xlsx("".join(row(n, "x") for n in range(1, 103))), "101:0: has more than 100 rows"),
        (xlsx('<row r="1048577"/><row r="99999999999"><c/></row>'), "1048577:0: has more than"),
        (xlsx(HEADS, strings="<si><t>x</t></si>" * 3000), "0:0: has more than 5,000 elements"),
        (xlsx(HEADS, parts={"xl/media/a.bin": bytes(300_000)}), "0:0: would have more than 200,000 bytes"),
        (xlsx(HEADS, parts={f"a{n}": b"" for n in range(40)}), "0:0: would have more than"),
        (xlsx(row(1, "a&#11;b")), "0:0: is not a spreadsheet that can be read; open it and save it again"),
        (xlsx(HEADS, parts={"xl/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "0:0: has a document type"),
        (xlsx(HEADS)[:-30], "0:0: is not a spreadsheet that can be read; open it and save it again"),
        (
            xlsx(HEADS, parts={"xl/workbook.xml": b"<workbook"}),
            "0:0: is not a spreadsheet that can be read; open it and save it again",
        ),
        (b"", "0:0: is not a spreadsheet that can be read; open it and save it again"),
    ],
)
def test_what_is_too_much_or_wrong(monkeypatch: pytest.MonkeyPatch, data: bytes, said: str) -> None:
    limits = {"CELLS": 20_000, "COLUMNS": 50, "ROWS": 100, "ELEMENTS": 5_000, "UNPACKED": 200_000, "PARTS": 40}
    for name, limit in limits.items():
        monkeypatch.setattr(table_files, f"MAXIMUM_{name}", limit)
    tracemalloc.start()
    try:
        assert said_of(data).startswith(said)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_cells_far_to_the_right_cost_no_memory() -> None:
    tracemalloc.start()
    try:
        assert "has more than 1,000,000 cells" in said_of(xlsx(HEADS + "".join(map(FAR_RIGHT.format, range(2, 3000)))))
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"id,name\na," + b"," * 30 + b"x", "2:0: has more than 10 columns"),
        (b"id\n" * 30, "21:0: has more than 20 rows"),
        (b"," * 2000, "0:0: has more than 1,000 cells"),
        (b'id\n"a\n', "0:0: is no CSV file that can be read: line 2"),
        (b"id\nM\xf4n\n", "0:0: is not encoded as UTF-8 in line 2; save it as .xlsx, or as “CSV UTF-8”"),
        (b"\xff\xfei\0d", "0:0: is UTF-16 that is cut short; save it"),
        (b"id\n" + b"x" * 200_000, "0:0: is no CSV file that can be read: line 2"),
        (xlsx(HEADS), "0:0: is a spreadsheet, and no CSV file"),
    ],
)
def test_csv_that_is_too_much_or_wrong(monkeypatch: pytest.MonkeyPatch, data: bytes, said: str) -> None:
    for name, limit in {"CELLS": 1_000, "COLUMNS": 10, "ROWS": 20}.items():
        monkeypatch.setattr(table_files, f"MAXIMUM_{name}", limit)
    with pytest.raises(TableError) as caught:
        read_csv(data)
    assert f"{caught.value.row}:{caught.value.column}: {caught.value}".startswith(said)


def test_a_line_that_names_the_separator_is_no_row() -> None:
    table = read_csv("\ufeffsep=;\r\nid;name.cy\r\ncwm-un;Cwm, Un\r\n".encode())
    assert [(one.number, [cell.value for cell in one.cells]) for one in table.rows] == [
        (1, ["id", "name.cy"]),
        (2, ["cwm-un", "Cwm, Un"]),
    ]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_pipe_is_not_waited_for_nor_a_large_file_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    with pytest.raises(TableError, match="is not a plain file"):
        read_table(path)
    path.unlink()
    with path.open("wb") as file:
        file.truncate(table_files.MAXIMUM_BYTES + 1)  # of no bytes on the disk
    with pytest.raises(TableError, match="has more than 20,000,000 bytes"):
        read_table(path)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin"])
def test_a_device_is_refused(tmp_path: Path, device: str) -> None:
    (tmp_path / "a.csv").symlink_to(device)
    done = typed("batch", "--from", tmp_path / "a.csv")
    assert done.status == 1
    assert "is not a plain file" in done.err


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "- pwynt", "@SUM(A1)", "\t=1", "'=1", "''=1", "'gair", "gair", "’r gair", "a=1", ""]
)
def test_formulas_stay_texts_and_come_back_as_they_went(text: str) -> None:
    cell = csv_cell(text)
    assert cell[:1] not in ("=", "+", "-", "@", "\t")
    out = io.StringIO()
    csv.writer(out).writerow(["x", cell])
    [read] = read_csv(out.getvalue().encode()).rows
    assert [one.value for one in read.cells] == ["x", text] if text else ["x"]


def faulty(table: TableRows) -> dict[str, str]:
    """What is said of the cells that cannot be used."""
    return {cell_name(row.number, cell.column): cell.fault for row in table.rows for cell in row.cells if cell.fault}


def test_cells_that_cannot_be_used_are_told_each_by_its_place() -> None:
    cells = (
        '<c r="A1" t="e"><v>#NAME?</v></c><c r="B1"><f>A1</f></c><c r="C1"><f>A1</f><v>3</v></c>'
        '<c r="D1" t="str"><f>IF(1,"","x")</f><v></v></c><c r="AB1" t="str"><v>a&#x2028;b</v></c>'
    )
    table = read_xlsx(xlsx(f'<row r="1">{cells}</row>' + row(2, "x" * 20_001)))
    assert {place: said.partition(";")[0] for place, said in faulty(table).items()} == {
        "A1": "the cell holds the error #NAME?",
        "B1": "the formula has no result",
        "AB1": "the character U+2028 is not allowed",
        "A2": "has 20,001 characters, and 20,000 are allowed",
    }
    with pytest.raises(TableError, match=r"Taflen!A1: the cell holds .*Taflen!AB1: the character .*Taflen!A2: has"):
        table.sound()


def test_characters_that_xml_cannot_hold_are_refused_however_they_are_written() -> None:
    table = read_xlsx(xlsx('<row r="1"><c r="A1" t="str"><v>Codi _x0007_pres</v></c></row>'))
    assert list(faulty(table)) == ["A1"]
    assert "U+0007 is not allowed" in faulty(table)["A1"]
    literal = "_x0007_ and _x005F_, _x41_"
    [[cell]] = [one.cells for one in read_xlsx(xlsx(row(1, xlsx_cell(literal)))).rows]
    assert cell.value == literal


def test_values_are_as_they_would_be_typed_and_say_what_they_were_kept_as() -> None:
    """Numbers without a point, dates, times, truth, texts in several styles; what is read for others is not."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([1632960111, 2.5, datetime.date(2027, 3, 4), datetime.time(18, 30), True, 1.0, "  ŵ\r\n"])
    out = io.BytesIO()
    book.save(out)
    [numbers] = read_xlsx(out.getvalue()).rows
    assert [(cell.value, cell.kept_as) for cell in numbers.cells] == [
        *(("1632960111", "number"), ("2.5", "number"), ("2027-03-04", "date"), ("18:30:00", "date")),
        *(("true", "text"), ("1", "number"), ("  ŵ\n", "text")),
    ]
    rich = "<si><r><t>Tŷ </t></r><r><rPr><b/></rPr><t>Gŵyr</t></r><rPh sb='0' eb='1'><t>ty</t></rPh></si>"
    [texts] = read_xlsx(xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=rich)).rows
    assert [cell.value for cell in texts.cells] == ["Tŷ Gŵyr"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_programs_write_it(separator: str, encoding: str) -> None:
    text = f'"Enw, neu; ddau"{separator}b\r\n\r\n"Tŷ\r\nGŵyr"{separator}{separator}x\r\n'
    table = read_csv(text.encode(encoding))
    assert [(one.number, [(cell.column, cell.value) for cell in one.cells]) for one in table.rows] == [
        (1, [(1, "Enw, neu; ddau"), (2, "b")]),
        (3, [(1, "Tŷ\nGŵyr"), (3, "x")]),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "has a password, or is of Excel before 2007"),
        (b"id,name\na,b\n", NO_EXCEL),
        (xlsx(HEADS).replace(b"\x08\x00", b"\x63\x00"), NO_EXCEL),
        (re.sub(rb"(PK\x01\x02.{4})\x00", b"\\1\x01", xlsx(HEADS), flags=re.DOTALL), NO_EXCEL),
        (xlsx(HEADS, parts={"xl/worksheets/sheet1.xml": b"<worksheet/>", "xl/workbook.xml": b"<a/>"}), NO_EXCEL),
        (xlsx('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), NO_EXCEL),
        (xlsx('<row r="x"><c r="??" t="n"><v>y</v></c></row>'), NO_EXCEL),
    ],
)
def test_what_is_no_spreadsheet_is_told_in_one_way(data: bytes, said: str) -> None:
    assert said_of(data).startswith(f"0:0: {said}")


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1632960111, "00000 000000", "01632 960111"),
        (1632960111, "00000\\ 000000", "01632 960111"),
        (1632960111, '"0"0000000000', "01632960111"),
        (1632960111, "(00000) 000-000;@", "(01632) 960-111"),
        (441632960111, "+00 0000 000000", "+44 1632 960111"),
        (441632960111, "00000 000000", "441632 960111"),
        (7, "000", "007"),
        (7, "0", ""),
        (7, "General", ""),
        (7, "#,##0.00", ""),
        (7, "0.00%", ""),
        (7, "[<=99]00;000", ""),
        (-7, "000", ""),
        (7, "0" * 999, ""),
    ],
)
def test_a_number_is_read_with_the_zeros_that_its_format_shows(value: int, form: str, shown: str) -> None:
    assert zero_filled(value, form) == shown


# -- partnerships ------------------------------------------------------------------------------------------------------


def test_heads_of_many_parts_are_refused_before_any_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id,name{'.a' * 60},name.{'b' * 300}\n" + "x,y,z\n" * 100, "utf-8")
    read = read_rows(path, TABLE)
    assert [fault.column for fault in read.faults] == [2, 3]
    assert "has more than 20 parts" in read.faults[0].message
    assert "has 305 characters, and 200 are allowed" in read.faults[1].message
    assert {str(document.data) for _, document in read.documents} == {"{}"}


def test_rows_share_what_they_do_not_change_with_their_base(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name.cy\na,Un\nb,Dau\n", "utf-8")
    base = SourceDocument("base.yaml", {"name": {"cy": "?", "en": "One"}, "actions": {"SP1": {"note": {"en": "x"}}}})
    (_, one), (_, two) = read_rows(path, TABLE, base).documents
    assert isinstance(base.data, dict)
    assert isinstance(one.data, dict)
    assert isinstance(two.data, dict)
    assert (one.data["name"], two.data["name"]) == ({"cy": "Un", "en": "One"}, {"cy": "Dau", "en": "One"})
    assert base.data["name"] == {"cy": "?", "en": "One"}
    assert one.data["actions"] is two.data["actions"] is base.data["actions"]


def test_a_telephone_that_is_kept_as_a_number_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    heads = row(1, "id", "contact.telephone")
    path.write_bytes(xlsx(heads + '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2"><v>1632960111</v></c></row>'))
    warned: list[Fault] = []
    read_rows(path, TABLE, warn=warned.append)
    [fault] = warned
    assert str(fault).startswith("a.xlsx: Taflen!B2: warning: contact.telephone: 1632960111 is kept as a number")
