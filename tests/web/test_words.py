"""The page's words: all in one file, in both languages, each used; and Welsh throughout."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from tests.web.conftest import Server
from tests.web.site import read
from toolkit_builder import web
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import Fault
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.words import CellWords
from toolkit_builder.progress import Notice, NoticeSubject, Phase
from toolkit_builder.project import Project, shipped
from toolkit_builder.web.cell_faults import by_cell
from toolkit_builder.web.jobs import State, Trouble
from toolkit_builder.web.notices import cards_taken, noticed
from toolkit_builder.web.words import LANGUAGES, PageWords, Phrase, phrases

ROOM = Path(web.__file__).parent
SOURCES = [*ROOM.glob("templates/*.html"), *ROOM.glob("*.py")]
PAGES = (
    "choose",
    "choose?stage=early",
    "choose?category=nothing&stage=early&resource=high",
    "tailor",
    "tailor/example-early?stage=early",
    "tailor/example-mature?saved=yes",
    "take",
    "take?stage=early&use=shop",
    "many",
    "translate",
    "translate?state=draft&words=a",
    "translate/texts/3a5e7f5bc786?state=draft",
    "translate/files",
)
ENGLISH = re.compile(r"\b(the|and|of|with|your|this|page|choose|card|cards|file)\b", re.IGNORECASE)
"""Words that no Welsh sentence has."""
_BEGUN = re.compile(r'f"([a-z]+)\.([a-z_]*)\{')
_NAMED = re.compile(r"""["']([a-z]+\.[a-z0-9_.-]*)["']""")


def test_every_phrase_that_is_said_is_there_and_every_one_that_is_there_is_said() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = phrases()
    said = re.findall(r"""say\(["']([a-z]+\.[A-Za-z0-9_-]+)["'](?!\s*~)""", text)
    assert said
    assert [key for key in said if key not in known] == []
    begun = {*_NAMED.findall(text), *(f"{group}.{name}" for group, name in _BEGUN.findall(text))}
    names = {*re.findall(r'"([a-z_]+)"', text)}
    unused = [
        key
        for key in known
        if key not in said and not any(key.startswith(each) for each in begun) and key.partition(".")[2] not in names
    ]
    assert unused == []


def test_every_step_and_every_end_of_a_job_has_words() -> None:
    named = [*(phase.name.lower() for phase in Phase), *State, *(trouble for trouble in Trouble if trouble)]
    assert [name for name in named if f"job.{name}" not in phrases()] == []


@pytest.mark.parametrize(("key", "phrase"), phrases().items(), ids=str)
def test_both_languages_have_the_same_slots_and_their_own_typography(key: str, phrase: Phrase) -> None:
    assert re.findall(r"\{\w+\}", phrase.cy) == re.findall(r"\{\w+\}", phrase.en) or {
        *re.findall(r"\{\w+\}", phrase.cy)
    } == {*re.findall(r"\{\w+\}", phrase.en)}
    for text in (phrase.cy, phrase.en):
        assert "'" not in text
        assert '"' not in text
        assert "..." not in text
    assert "&" not in phrase.cy


@pytest.mark.parametrize("page", PAGES)
def test_welsh_pages_have_no_english_and_english_ones_no_welsh(server: Server, page: str) -> None:
    browser = server.browser()
    for language in LANGUAGES:
        other = PageWords(language).other
        foreign = {getattr(each, other) for each in phrases().values()} - {
            getattr(each, language) for each in phrases().values()
        }
        here = read(browser.get(f"/{language}/{page}").text)
        assert len(here.texts) > 20
        texts = [text for said, text in here.texts if said == language]
        assert [text for text in texts if text in foreign] == []
        if language == "cy":
            assert [text for text in texts if ENGLISH.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_switch_keeps_the_place(server: Server, page: str) -> None:
    browser = server.browser()
    reader = read(browser.get(f"/cy/{page}").text)
    switch = next(has for tag, has in reader.elements if tag == "a" and has.get("class") == "switch")
    assert switch["href"] == f"/en/{page}"
    assert switch["lang"] == "en"
    assert ("en", "English") in reader.texts


def test_the_page_says_that_its_welsh_is_a_draft(server: Server) -> None:
    browser = server.browser()
    for language in LANGUAGES:
        assert PageWords(language)("site.draft") in browser.get(f"/{language}/choose").text


def test_a_browser_is_met_in_its_language_and_welsh_first(server: Server) -> None:
    browser = server.browser()
    for asked, given in (("en-GB,en", "en"), ("cy,en;q=0.5", "cy"), ("de", "cy"), ("", "cy")):
        assert browser.get("/", headers={"Accept-Language": asked}).headers["Location"] == f"/{given}/"


def test_no_words_stand_in_templates() -> None:
    for path in ROOM.glob("templates/*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!doctype html>", " ", path.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r'<[^>]*>|aria-[a-z]+="[^"]*"', " ", text.replace("Toolkit Builder", ""))
        assert re.findall(r"[A-Za-z]{2,}", re.sub("[kM]B", "", text)) == [], path.name


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        ("5 of 21 actions selected; 2 left out, for which a value is not stated: GA1, GA2", "left out: GA1, GA2."),
        ("Not in large print, and left out: cards, mat", "Not made, as they do not come so: Action <b>cards</b>, mat."),
        ("cards: pictures have more than 600 dpi, 1814 at most: pages 1, 2", "There is nothing to do."),
        ("cards: pictures have fewer than 225 dpi, 90 at least: page 1", "Send a larger file"),
        ("cards: type comes to 2.5 mm from the edge, nearer than 3 mm: page 1", "Ask the print shop."),
        ("cards: no map of fewer than 12 actions; the contents have its symbols", "<b>cards</b>: there is no map"),
        (
            "a.yaml:3:1: warning: #12797c looks like #12797d, the colour of the category “x” (ΔE00 0.2…",
            "too like",
        ),
    ],
)
def test_what_the_tool_notices_is_told_in_the_words_of_the_page(notice: str, said: str) -> None:
    called = {"cards": Markup("Action <b>cards</b>")}
    for language in LANGUAGES:
        (found,) = noticed([*map(Notice, ("21 of 21 actions selected", notice, notice))], PageWords(language), called)
        assert not found.is_of_the_tool
        assert "{" not in found.text
        assert language == "cy" or said in found.text


@pytest.mark.parametrize(
    ("subject", "cy", "en"),
    [
        (NoticeSubject("SP1", "back"), "SP1 (cefn)", "SP1 (back)"),
        (NoticeSubject("<SP1>", "action"), "&lt;SP1&gt;", "&lt;SP1&gt;"),
        (NoticeSubject(role="cover"), "y clawr", "the cover"),
        (NoticeSubject(titles=(("cy", "Canllaw"), ("en", "Guide"))), "‘Canllaw’", "‘Guide’"),
        (NoticeSubject(titles=(("pl", "Plan"),)), '<span lang="pl">‘Plan’</span>', '<span lang="pl">‘Plan’</span>'),
    ],
)
def test_pages_that_a_notice_is_about_are_called_what_the_page_calls_them(
    subject: NoticeSubject, cy: str, en: str
) -> None:
    further = Notice(f"cards: {subject} takes 3 further cards", subject)
    code = Notice(f"toolkit: {subject} has no room for a QR code, and goes without", subject)
    assert [told.text for told in noticed([further, code], PageWords("cy"), {"cards": Markup("<b>Cardiau</b>")})] == [
        f"<b>Cardiau</b>: mae angen mwy o le ar gyfer {cy}. Tudalennau ychwanegol: 3.",
        f"toolkit: nid oes lle i god QR ar gyfer {cy}, ac felly nid oes un yno.",
    ]
    assert [told.text for told in noticed([further, code], PageWords("en"), {})] == [
        f"cards: {en} needs more room. Further pages: 3.",
        f"toolkit: {en} has no room for a QR code, and goes without.",
    ]


def test_how_many_cards_a_note_takes_is_what_the_press_says_of_further_ones() -> None:
    local, back = NoticeSubject("FM1", "local"), NoticeSubject("FM2", "back")
    said = [
        Notice(f"cards: {each} takes {more}", each)
        for each, more in ((local, "2 further cards"), (back, "a further card"))
    ]
    assert cards_taken(said) == {"FM1": 3}
    assert cards_taken([Notice(f"cards: {local} takes a further card", local)]) == {"FM1": 2}
    assert cards_taken([Notice(f"toolkit: {local} takes a further page", local)]) == {}


def test_what_the_page_has_no_words_for_comes_last_in_those_of_the_tool() -> None:
    own, other = noticed([Notice("<odd>"), Notice("Not so, and left out: mat")], PageWords("cy"), {})
    assert (own.is_of_the_tool, other.is_of_the_tool) == (False, True)
    assert other.text == "&lt;odd&gt;"


def test_spreadsheets_call_layouts_decks_and_looks_what_the_page_calls_them(shipped_catalogue: Catalogue) -> None:
    cells = CellWords.of(shipped_catalogue, products_of(Project(shipped()), shipped_catalogue))
    for kind in ("layout", "deck"):
        choices = cells.choices(f"edition.{kind}")
        assert choices
        assert choices.words == {name: _said(f"take.{kind}_{name}") for name in choices.words}
    headings = Headings.of(shipped_catalogue)
    for name in ("large_print", "greyscale", "low_ink"):
        words = headings.words(f"edition.{name}").split(" / ")
        assert [said.startswith(word) for said, word in zip(_said(f"take.{name}"), words, strict=True)] == [True, True]
    assert headings.in_language("edition.first", "cy") == _said("take.first")[0]


def _said(key: str) -> tuple[str, str]:
    return phrases()[key].cy, phrases()[key].en


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("no such file “a.png” in partnerships", "This logo is not here: a.png."),
        ("a.gif is neither SVG nor PNG nor JPEG; save it as one of them", "This logo is no SVG, PNG or JPEG file."),
        ("a.svg is no SVG; save it again", "This logo is no SVG, PNG or JPEG file."),
        (
            "“../a.svg” lies outside of the partnership’s folder; copy it there",
            "This logo is in another folder.",
        ),
        ("1632960111 is kept as a number, which has no 0 before it; format", "This is a number in the spreadsheet"),
        ("1632960111 has no 0 before it, which spreadsheets take away", "There is no 0 before this number."),
        ("1.6E+09 has lost its last figures; format the column", "This number has lost its last figures."),
    ],
)
def test_what_is_wrong_with_a_cell_is_told_as_what_it_is(message: str, said: str) -> None:
    fault = Fault("a.csv: ", 2, 3, "logo.file", message)
    for language in LANGUAGES:
        (told,) = by_cell([fault], PageWords(language), Headings({"cy": "Cymraeg", "en": "English"}))
        assert (told.cell, told.rest) == ("C2", "")
        assert language == "cy" or told.text.startswith(said)


def test_a_row_that_somebody_has_marked_as_not_to_be_read_is_no_fault() -> None:
    """The example in an untouched spreadsheet to fill in is one."""
    marked = Fault("a.csv: ", 2, 1, "", "the row is not read, since its id begins with #", "warning")
    assert by_cell([marked], PageWords("en"), Headings({"cy": "Cymraeg", "en": "English"})) == []
