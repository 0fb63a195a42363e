"""Partnerships from a spreadsheet: what rows say over a base, and faults by sheet, row and column."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.typed import typed
from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.errors import FaultsError
from toolkit_builder.partnerships.spreadsheet import read_rows

HEADS = ["id", "name.cy", "name.en", "workshop.date", "selection.action"]
ROWS: list[list[Any]] = [
    ["llanfair", "Partneriaeth Llanfairpwll ŵŷ", "Llanfairpwll Partnership", datetime.date(2027, 3, 4), "SP1;GA2"],
    ["", "", "", None, ""],
    ["bala", "Partneriaeth y Bala", "Bala Partnership", "2027-03-05", "SP1"],
]


def write(path: Path, rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
        path.write_text("\n".join(lines), "utf-8-sig")
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


def test_a_row_is_a_partnership(path: Path) -> None:
    base = SourceDocument(
        "base.yaml", {"web": "https://example.org", "workshop": {"place": {"cy": "Tŷ", "en": "House"}}}
    )
    found = dict(read_rows(write(path, [HEADS, *ROWS]), base))
    assert list(found) == ["llanfair", "bala"]
    assert found["llanfair"].data == {
        "web": "https://example.org",
        "workshop": {"place": {"cy": "Tŷ", "en": "House"}, "date": "2027-03-04"},
        "name": {"cy": "Partneriaeth Llanfairpwll ŵŷ", "en": "Llanfairpwll Partnership"},
        "selection": {"action": ["SP1", "GA2"]},
    }
    place = found["bala"].position(("name", "en"))
    assert (place.line, place.column) == (4, 3)
    assert base.data == {"web": "https://example.org", "workshop": {"place": {"cy": "Tŷ", "en": "House"}}}


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        ([["name.cy"], ["a"]], ":1:1: error: id:", "there is no column of this name"),
        ([["id", "nmae.cy"], ["a", "b"]], ":1:2: error: nmae.cy:", "unknown column"),
        ([["id", "name.cy", "name.cy"], ["a", "b", "c"]], ":1:3: error: name.cy:", "is also the name of column 2"),
        ([["id"], ["a"], ["a"]], ":3:1: error: id:", "is also the id of row 2"),
        ([["id", "name.cy"], ["", "b"]], ":2:1: error: id:", "missing"),
        ([["id"]], ":2:1: error:", "no rows"),
    ],
)
def test_a_table_that_is_wrong(path: Path, rows: list[list[Any]], where: str, said: str) -> None:
    with pytest.raises(FaultsError) as caught:
        read_rows(write(path, rows), None)
    name = path.name if path.suffix == ".csv" else f"{path.name}[Taflen]"
    assert f"{name}{where}" in str(caught.value.message)
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
    name = path.name if path.suffix == ".csv" else f"{path.name}[Taflen]"
    assert f"{name}:2:2: error: name.en: missing" in done.err
    assert f"{name}:3:4: error: workshop.date: “yfory” is no date" in done.err
    assert f"{name}:4:5: error: selection.action" in done.err
    assert not (tmp_path / "allbwn").exists()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods"])
def test_what_is_no_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00nonsense")
    done = typed("batch", "--from", tmp_path / name)
    assert done.status == 1
    assert name in done.err


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_template_can_be_filled_in(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"templed{ending}"
    assert typed("batch", "--template", path).status == 0
    with pytest.raises(FaultsError, match="no rows"):
        read_rows(path, None)
