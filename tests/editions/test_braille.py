"""Braille: translated back it says what the catalogue says, and lines and pages are as an embosser has them."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.editions.making import files, made, rendered, ticket_of
from tests.making import contents_of
from tests.typed import typed
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.reading_options import ReadingOptions
from toolkit_builder.editions.blocks import blocks
from toolkit_builder.editions.braille import TABLES, translate

needs_liblouis = pytest.mark.skipif(shutil.which("lou_translate") is None, reason="liblouis-bin is not installed")


@pytest.fixture(scope="module")
def embossed() -> Mapping[str, bytes]:
    return files(made(ticket_of(file_format="brf"), "brf"))


def sheets(data: bytes) -> list[list[str]]:
    """The pages of a file, each its lines."""
    *pages, rest = data.decode("ascii").split("\f")
    assert rest == ""
    return [page.split("\r\n")[:-1] for page in pages]


@needs_liblouis
@pytest.mark.parametrize("language", ["cy", "en"])
def test_pages_are_40_by_25_with_their_numbers(embossed: Mapping[str, bytes], language: str) -> None:
    for number, page in enumerate(sheets(embossed[f"toolkit.{language}.brf"]), start=1):
        assert len(page) == 25
        assert max(map(len, page)) <= 40
        assert page[-1].strip() == "#" + "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
        assert page[0].strip(), "no page begins with an empty line"


@needs_liblouis
@pytest.mark.parametrize("grade", [1, 2])
@pytest.mark.parametrize("size", [(32, 20), (20, 10)])
def test_other_pages_and_grades(grade: int, size: tuple[int, int]) -> None:
    options = ReadingOptions(grade=grade, braille_page=size)
    for name, data in files(made(ticket_of(file_format="brf"), "brf", options=options)).items():
        if name.endswith(".brf"):
            assert {len(page) for page in sheets(data)} == {size[1]}
            assert max(len(line) for page in sheets(data) for line in page) <= size[0]


@needs_liblouis
@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_is_lost_when_lines_are_broken(embossed: Mapping[str, bytes], language: str) -> None:
    """Every block of every page, translated by itself, stands in the file in order; of the contents, what leads on."""
    _, _, pages = rendered(ticket_of(file_format="brf"))
    texts = [
        block.text
        for page in pages
        if page.language == language and page.page.leaf.role != "contents"
        for block in blocks(page.body)
    ]
    lines = [line for page in sheets(embossed[f"toolkit.{language}.brf"]) for line in page[:-1]]
    run = "".join("".join(lines).split())
    at = 0
    for cells in translate(texts, TABLES[language][1]):
        wanted = "".join(cells.split())
        at = run.find(wanted, at)
        assert at >= 0, cells
        at += len(wanted)


@needs_liblouis
def test_english_translated_back_is_the_catalogue(shipped_catalogue: Catalogue) -> None:
    texts = [text["en"] for action in shipped_catalogue for text in (action.title, action.pictogram) if text]
    for table in TABLES["en"]:
        back = translate(translate(texts, table), table, back=True)
        assert list(map(plain, back)) == list(map(plain, texts))


@needs_liblouis
@pytest.mark.parametrize("grade", [0, 1])
def test_welsh_translated_back_is_the_catalogue_almost(shipped_catalogue: Catalogue, grade: int) -> None:
    """liblouis's Welsh tables lose some letters on the way back (a circumflex, `th` at the end of a word)."""
    texts = [action.title["cy"] for action in shipped_catalogue]
    table = TABLES["cy"][grade]
    back = translate(translate(texts, table), table, back=True)
    alike = [
        difflib.SequenceMatcher(None, plain(one), plain(other)).ratio() for one, other in zip(texts, back, strict=True)
    ]
    assert min(alike) > 0.6
    assert sum(alike) / len(alike) > 0.9


def plain(text: str) -> str:
    return "".join(filter(str.isalnum, markdown.plain(text))).casefold()


@needs_liblouis
def test_the_contents_name_the_pages(embossed: Mapping[str, bytes], shipped_catalogue: Catalogue) -> None:
    pages = sheets(embossed["toolkit.en.brf"])
    [at] = [number for number, page in enumerate(pages) if any(line.strip() == ",3T5TS" for line in page)]
    title = translate([shipped_catalogue.action("FM5").title["en"]], TABLES["en"][1])[0]
    entry = next(line for page in pages[at : at + 3] for line in page if title in line)
    digits = entry.rpartition("#")[2].strip()
    number = int("".join(str("JABCDEFGHI".index(letter)) for letter in digits))
    assert any(line.strip() == title for line in pages[number - 1])
    assert all(line.strip() != title for line in pages[number])


@needs_liblouis
def test_long_texts_are_whole() -> None:
    """The program breaks lines of more than some 2,000 characters into two."""
    text = " ".join(f"word{'abcdefghij'[number % 10]}" for number in range(1000))
    [cells] = translate([text], TABLES["en"][0])
    assert len(cells.split()) == 1000


@needs_liblouis
def test_a_backslash_is_no_escape() -> None:
    table = TABLES["en"][0]
    assert translate(translate([r"one \Two three"], table), table, back=True) == [r"one \Two three"]


@needs_liblouis
def test_it_is_current_until_something_changes(tmp_path: Path) -> None:
    words = ("toolkit", "--format", "brf", "--action", "SP1", "--language", "en", "--output", tmp_path)
    done = typed(*words)
    assert done.status == 0
    assert "Somebody who reads braille should read it" in done.err
    folder = tmp_path / "toolkit.en.SP1.braille"
    assert {path.name for path in folder.iterdir()} == {"toolkit.en.brf", "note.txt"}
    before = contents_of(tmp_path)
    assert ", current" in typed(*words).err
    assert ", current" in typed(*words, "--no-cache").err
    assert contents_of(tmp_path) == before
    assert ", current" not in typed(*words, "--grade", "1").err
    assert (tmp_path / "toolkit.en.SP1.grade-1.braille").is_dir()


def test_where_liblouis_is_missing_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    done = typed("toolkit", "--format", "brf", "--action", "SP1", "--output", tmp_path)
    assert done.status == 3
    assert "sudo apt-get install liblouis-bin" in " ".join(done.err.split())
    assert not list(tmp_path.glob("*.braille"))
