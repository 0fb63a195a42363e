"""Handouts and the worksheet for Word: headings, tables with heads, pictures with words, every word in its language."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pytest
from defusedxml.ElementTree import fromstring
from docx.document import Document
from PIL import Image

from tests import reading
from tests.editions.making import made, rendered, ticket_of
from tests.typed import typed
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.texts import within
from toolkit_builder.editions.rendering import text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
ART = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def data() -> bytes:
    [file] = made(ticket_of("handouts", "docx"), "docx").files
    return file.data


@pytest.fixture(scope="module")
def handouts(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def test_headings_are_headings_each_action_in_turn_in_each_language(
    handouts: Document, shipped_catalogue: Catalogue
) -> None:
    titles = [one.text for one in handouts.paragraphs if one.style and one.style.name == "Heading 1"]
    assert titles == [action.title[language] for action in shipped_catalogue for language in ("cy", "en")]
    levels = [
        int(one.style.name[-1]) for one in handouts.paragraphs if one.style and one.style.name.startswith("Heading")
    ]
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_words_are_those_of_the_pages_in_their_order(data: bytes, shipped_catalogue: Catalogue) -> None:
    root = fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    said = letters("".join(each.text or "" for each in root.iter(f"{W}t")))
    at = 0
    for action in shipped_catalogue:
        values = [value for value in action.values.values() if not hasattr(value, "steps")]
        for language in ("cy", "en"):
            at = said.index(letters(action.title[language]), at)
            for text in within(values):
                assert letters(markdown.plain(text[language])) in said[at : at + 2500], f"{text.origin}.{language}"
    _, _, pages = rendered(ticket_of("handouts", "docx"))
    pictured = sum(len(letters(one.get("alt", ""))) for page in pages for one in page.body.iter("img"))
    assert len(said) == sum(len(letters(text_of(page.body))) for page in pages) - pictured


def test_every_word_is_in_its_language(data: bytes, shipped_catalogue: Catalogue) -> None:
    root = fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    tagged: dict[str, str] = {}
    for run in root.iter(f"{W}r"):
        words = "".join(each.text or "" for each in run.iter(f"{W}t"))
        if words.strip():
            language = run.find(f"{W}rPr/{W}lang")
            assert language is not None, words
            tagged[words] = language.get(f"{W}val", "")
    for action in shipped_catalogue:
        assert tagged[action.title["cy"]] == "cy-GB"
        assert tagged[action.title["en"]] == "en-GB"


def test_tables_have_heads_and_pages_begin_anew(data: bytes, handouts: Document) -> None:
    root = fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    tables = list(root.iter(f"{W}tbl"))
    assert len(tables) == 84, "ratings, and who does it by when"
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)
    assert len(list(root.iter(f"{W}pageBreakBefore"))) == 41


def pictures(data: bytes) -> list[tuple[str, str, float]]:
    """What is said of each picture, its file in the archive, and how wide it is, in mm."""
    root = fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    parts = docx.Document(io.BytesIO(data)).part.rels
    found = []
    for inline in root.iter(f"{DRAWING}inline"):
        said, extent = inline.find(f"{DRAWING}docPr"), inline.find(f"{DRAWING}extent")
        [blip] = inline.iter(f"{ART}blip")
        assert said is not None
        assert extent is not None
        place = str(parts[blip.get(f"{RELATION}embed", "")].target_part.partname)
        found.append((said.get("descr", ""), place, int(extent.get("cx", "")) / 36000))
    return found


def test_pictograms_say_in_each_language_what_they_show(data: bytes, shipped_catalogue: Catalogue) -> None:
    """Each is one file for both languages, of 300 pixels an inch."""
    found = pictures(data)
    assert [said for said, _, _ in found] == [
        action.pictogram[language] for action in shipped_catalogue if action.pictogram for language in ("cy", "en")
    ]
    assert len({place for _, place, _ in found}) == 21
    archive = zipfile.ZipFile(io.BytesIO(data))
    for _, place, width in found:
        with Image.open(io.BytesIO(archive.read(place[1:]))) as image:
            assert image.format == "PNG"
            assert image.width / (width / 25.4) == pytest.approx(300, abs=2)
            assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 3, "something is drawn"


def test_the_worksheet_lies_broadside_with_room_to_write(shipped_catalogue: Catalogue) -> None:
    [file] = made(ticket_of("worksheet", "docx"), "docx").files
    sheet = docx.Document(io.BytesIO(file.data))
    [section] = sheet.sections
    assert section.page_width
    assert section.page_height
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    labels = shipped_catalogue.labels["worksheet"]
    titles = [one.text for one in sheet.paragraphs if one.style and one.style.name == "Heading 1"]
    assert titles == ["Taflen gynllunio · drafft", "Planning worksheet"]
    for table, language in zip(sheet.tables, ("cy", "en"), strict=True):
        heads, *rows = ([cell.text for cell in row.cells] for row in table.rows)
        assert heads == [labels[head][language] for head in ("card", "why", "step", "who", "when")]
        assert rows == [[""] * 5] * 5
        assert all(row.height.mm >= 15 for row in table.rows[1:] if row.height)
        assert table.rows[1].cells[0].width < table.rows[1].cells[1].width


def test_it_says_what_it_is(handouts: Document) -> None:
    said = handouts.core_properties
    assert said.title.startswith("Fframwaith Gweithredu: Taflenni gwybodaeth / Framework for Action: Handouts")
    assert said.language == "cy-GB"
    assert said.created == said.modified


def test_the_same_bytes_each_time(data: bytes) -> None:
    [again] = made(ticket_of("handouts", "docx"), "docx").files
    assert again.data == data


def test_a_pack_has_what_is_local_and_its_logo(tmp_path: Path) -> None:
    words = ("--partnership", "example-mature", "--output", tmp_path)
    done = typed("handouts", "--format", "docx", *words)
    assert done.status == 0
    [path] = tmp_path.rglob("*.docx")
    logos = [said for said, _, _ in pictures(path.read_bytes()) if "four linked circles" in said]
    titles = [one for one in docx.Document(str(path)).paragraphs if one.style and one.style.name == "Heading 1"]
    assert len(logos) == len(titles) / 2
    said = "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    assert "Two seats for young people" in said
    assert "Dwy sedd i bobl ifanc" in said


def test_it_is_current_until_something_changes(tmp_path: Path) -> None:
    words = ("handouts", "--format", "docx", "--action", "SP1", "--output", tmp_path)
    assert typed(*words).status == 0
    assert ", current" in typed(*words).err
    assert ", current" in typed(*words, "--no-cache").err
    [path] = tmp_path.glob("*.docx")
    path.write_bytes(b"PK")
    assert ", current" not in typed(*words).err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_them(tmp_path: Path, shipped_catalogue: Catalogue) -> None:
    """Every action has a page in each language, and the worksheet one broadside."""
    for product in ("handouts", "worksheet"):
        assert typed(product, "--format", "docx", "--output", tmp_path).status == 0
    paths = sorted(tmp_path.glob("*.docx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *paths], check=True, timeout=120
    )
    handouts, worksheet = (path.with_suffix(".pdf") for path in paths)
    pages = reading.pages(handouts)
    for (action, language), page in zip(
        ((action, language) for action in shipped_catalogue for language in ("cy", "en")), pages, strict=True
    ):
        assert letters(action.title[language]) in letters(page)
    with pikepdf.open(worksheet) as pdf:
        assert [page.mediabox[2] > page.mediabox[3] for page in pdf.pages] == [True, True]
