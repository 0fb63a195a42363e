"""Handouts for Word: headings, tables with heads, every word in its language, the same bytes each time."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from defusedxml.ElementTree import fromstring
from docx.document import Document

from tests import reading
from tests.editions.making import made, rendered, ticket_of
from tests.typed import typed
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.texts import within
from toolkit_builder.editions.rendering import text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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


def test_it_says_what_it_is(handouts: Document) -> None:
    said = handouts.core_properties
    assert said.title.startswith("Fframwaith Gweithredu: Taflenni gwybodaeth / Framework for Action: Handouts")
    assert said.language == "cy-GB"
    assert said.created == said.modified


def test_the_same_bytes_each_time(data: bytes) -> None:
    [again] = made(ticket_of("handouts", "docx"), "docx").files
    assert again.data == data


def test_a_pack_has_what_is_local(tmp_path: Path) -> None:
    words = ("--partnership", "example-mature", "--output", tmp_path)
    done = typed("handouts", "--format", "docx", *words)
    assert done.status == 0
    assert "drawings are left out of docx" in done.err
    [path] = tmp_path.rglob("*.docx")
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
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    words: Any = ("handouts", "--format", "docx", "--action", "SP1", "--output", tmp_path)
    assert typed(*words).status == 0
    [path] = tmp_path.glob("*.docx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path], check=True, timeout=120
    )
    pdf = path.with_suffix(".pdf")
    first, second = reading.pages(pdf)
    assert "Casglugwybodaeth" in first
    assert "Informationgathering" in second
