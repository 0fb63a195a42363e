"""Web pages as a folder and as one file: where links lead, what is there in each language, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from tests.editions.making import files, made, ticket_of
from tests.making import Copy, contents_of
from tests.typed import typed
from toolkit_builder.catalogue.colours import contrast
from toolkit_builder.catalogue.selecting import Filters
from toolkit_builder.documents.reading_options import ReadingOptions
from toolkit_builder.editions.colours import DARK, on_dark
from toolkit_builder.press.store.store import Store

SOME = ("--action", "SP1", "--action", "GA3", "--action", "FM2")
LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("storfa"))


@pytest.fixture(scope="module")
def site(store: Store) -> Mapping[str, bytes]:
    return files(made(ticket_of(), store=store))


def pages(site: Mapping[str, bytes]) -> dict[str, str]:
    return {name: data.decode() for name, data in site.items() if name.endswith(".html")}


def test_every_page_is_there_in_each_language_and_names_the_others(site: Mapping[str, bytes]) -> None:
    names = {language: {name[3:] for name in site if name.startswith(f"{language}/")} for language in ("cy", "en")}
    assert names["cy"] == names["en"]
    assert {"index.html", "SP1.html", "FM7.html", "map.html", "statement.html"} < names["cy"]
    for name, html in pages(site).items():
        if name == "index.html":
            continue
        language, page = name.split("/")
        other = "en" if language == "cy" else "cy"
        assert f'<html lang="{language}" dir="ltr">' in html
        assert f'<link rel="alternate" hreflang="{other}" href="../{other}/{page}">' in html
        assert f'<a rel="alternate" hreflang="{other}" lang="{other}" dir="ltr" href="../{other}/{page}">' in html


def test_links_lead_somewhere_and_every_page_is_led_to(site: Mapping[str, bytes]) -> None:
    ways: dict[str, set[str]] = {}
    for name, html in pages(site).items():
        for link in LINK.findall(html):
            target, fragment = urldefrag(urljoin(name, link))
            if target.startswith(("http", "mailto")):
                continue
            assert target in site, f"{name}: {link}"
            assert not fragment or f'id="{fragment}"' in site[target].decode(), f"{name}: {link}"
            ways.setdefault(target, set()).add(name)
    assert {name for name in site if name not in ways} == {
        "index.html",
        "fonts/OFL.txt",
        "fonts/toolkit-builder-sans.woff2",
    }


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(site: Mapping[str, bytes]) -> None:
    """So that the strictest content security policy lets it through."""
    for name, html in pages(site).items():
        assert not re.search(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', html), name
        assert not re.search(r'<script(?![^>]* src=)|<style|\sstyle="|\son[a-z]+="|src="data:', html), name
    style = site["style.css"].decode()
    assert re.findall(r"url\(([^)]*)\)", style) == ['"fonts/toolkit-builder-sans.woff2"']


def test_marks_of_preflight_are_taken_off(site: Mapping[str, bytes]) -> None:
    assert not any("data-key" in html or "<span>" in html for html in pages(site).values())


def test_it_is_small(site: Mapping[str, bytes]) -> None:
    assert sum(map(len, site.values())) < 1_500_000


def test_the_same_bytes_each_time(site: Mapping[str, bytes]) -> None:
    again = files(made(ticket_of(), store=Store(None)))
    assert again == site


def test_the_font_has_another_name_and_its_licence(site: Mapping[str, bytes]) -> None:
    assert b"SIL OPEN FONT LICENSE" in site["fonts/OFL.txt"]
    assert b"Source" not in site["style.css"].replace(b"source", b"")


def test_a_selection_and_a_pack(store: Store) -> None:
    early = files(made(ticket_of(filters=Filters(scales={"stage": ("early",)})), store=store))
    assert "cy/SP1.html" in early
    assert "cy/FM2.html" not in early
    few = files(made(ticket_of(filters=Filters(actions=("SP1", "GA3"))), store=store))
    assert ["map.html" in name for name in (*few,)].count(True) == 0, "the contents of so few say it all"
    mature = files(made(ticket_of(partnership="example-mature"), store=store))
    assert {"cy/partnership-welcome.html", "en/partnership-page-ten-years.html"} < set(mature)
    page = mature["en/GA3.html"].decode()
    assert "Locally" in page
    assert "Two seats for young people" in page
    first = mature["index.html"].decode()
    assert "four linked circles" in first
    assert "--band: #6b2a5b" in mature["style.css"].decode()
    assert "GA5.html" not in page
    assert "GA1.html" in page


def test_links_to_pages_that_are_left_out_are_text(store: Store) -> None:
    site = files(made(ticket_of(filters=Filters(actions=("SP1",))), store=store))
    assert "SP2.html" not in site["cy/SP1.html"].decode()


def test_all_in_one_file(site: Mapping[str, bytes], store: Store) -> None:
    [one] = made(ticket_of(), options=ReadingOptions(single_file=True), store=store).files
    html = one.data.decode()
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert not [link for link in re.findall(r'href="#([^"]*)"', html) if link not in ids]
    assert not re.search(r'(?:src|href)="(?!data:|#|https?:|mailto:)', html)
    assert html.count('<section class="one-page"') == one.pages
    assert len(one.data) < 1_500_000
    for page in ("cy/SP1.html", "en/map.html"):
        title = re.search("<h1>(.*?)</h1>", site[page].decode(), re.DOTALL)
        assert title
        assert title[1].strip() in html


def test_three_languages_and_fonts_of_their_own(store: Store) -> None:
    from toolkit_builder.project import Project

    project = Project(Path(__file__).parents[1] / "fixtures" / "three-languages")
    site = files(made(ticket_of(project=project), project=project, store=store))
    assert '<html lang="ar" dir="rtl">' in next(html for name, html in pages(site).items() if name.startswith("ar/"))
    assert ':lang(ar) { --typeface: "Toolkit ar Sans" }' in site["style.css"].decode()
    assert "fonts/toolkit-ar-sans.woff2" in site


@pytest.mark.parametrize("colour", ["#12797c", "#372872", "#93360f", "#000000", "#ffffff"])
def test_colours_of_text_can_be_read_in_the_dark(colour: str) -> None:
    assert contrast(on_dark(colour), DARK) >= 4.5


# -- as the command makes it -------------------------------------------------------------------------------------------


def test_the_folder_is_current_until_something_changes(tmp_path: Path) -> None:
    words = ("toolkit", "--format", "html", *SOME, "--output", tmp_path)
    assert ": 25 pages\n" in typed(*words).err
    before = contents_of(tmp_path)
    folder = tmp_path / "toolkit.cy-en.SP1-GA3-FM2.web"
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    listed = {entry["path"]: entry for entry in manifest}
    assert set(listed) == {path.relative_to(tmp_path).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed[f"{folder.name}/en/SP1.html"]["actions"] == ["SP1"]
    assert listed[f"{folder.name}/en/SP1.html"]["languages"] == ["en"]
    assert ": 25 pages, current\n" in typed(*words).err
    assert ": 25 pages, current\n" in typed(*words, "--no-cache").err
    (folder / "cy" / "SP1.html").write_text("newid", "utf-8")
    assert ", current" not in typed(*words).err
    assert contents_of(tmp_path) == before


def test_pages_that_are_no_longer_there_go(mine: Copy, tmp_path: Path) -> None:
    words = (
        "--format",
        "html",
        "--partnership",
        "example-mature",
        "--project",
        mine.project.root,
        "--output",
        tmp_path,
    )
    assert typed("toolkit", *words).status == 0
    [folder] = tmp_path.glob("packs/*/*.web")
    assert (folder / "cy" / "GA3.html").exists()
    path = mine.project.root / "content" / "partnerships" / "example-mature.yaml"
    path.write_text(path.read_text("utf-8").replace("GA5: {leave_out: true}", "GA4: {leave_out: true}"), "utf-8")
    assert typed("toolkit", *words).status == 0
    assert (folder / "cy" / "GA5.html").exists()
    assert not (folder / "cy" / "GA4.html").exists()


def test_build_makes_what_comes_so_and_says_what_does_not(tmp_path: Path) -> None:
    done = typed("build", "--format", "html", *SOME, "--output", tmp_path)
    assert done.status == 0
    assert "Not as html, and left out:" in done.err
    assert [path.name for path in tmp_path.glob("*.web")] == ["toolkit.cy-en.SP1-GA3-FM2.web"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cards", "--format", "html"), "--format html: cards does not come so; these do: toolkit."),
        (("toolkit", "--format", "html", "--large-print"), "its readers choose how it looks: leave out --large-print."),
        (("toolkit", "--format", "html", "--layout", "back-to-back"), "leave out --layout."),
        (("toolkit", "--format", "html", "--booklet"), "leave out the options of sheets."),
        (("toolkit", "--single-file"), "it is for --format html."),
        (("toolkit", "--grade", "1"), "for braille: --format brf."),
        (("toolkit", "--format", "brf", "--braille-page", "4x4"), "“4x4” is no page of braille"),
    ],
)
def test_what_cannot_be_is_said(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = typed(*words, folder=tmp_path)
    assert done.status == 2
    assert said in " ".join(done.err.split())


def test_a_template_that_is_wrong_is_told_where_it_stands(mine: Copy, tmp_path: Path) -> None:
    own = mine.project.root / "layouts" / "editions" / "page.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    (own.parent / "guide.html").write_text("<h1>{{ labels.toolkit_guide.title | t }}<p>", "utf-8")
    done = typed("toolkit", "--format", "html", "--project", mine.project.root, "--output", tmp_path)
    assert done.status == 1
    assert "layouts/editions/guide.html" in done.err
    assert "no well-formed HTML" in done.err
    assert not list(tmp_path.glob("*.web"))
