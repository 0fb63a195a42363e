"""Texts are translated on the page: as the command does it, nobody's work lost, the shipped project left alone."""

from __future__ import annotations

import io
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.making import Copy, contents_of
from tests.typed import typed
from tests.web.conftest import Server
from tests.web.site import Browser
from tests.web.test_tailoring import NAMES, file_of, project_of
from toolkit_builder.catalogue.review import digest
from toolkit_builder.exchange import formats
from toolkit_builder.project import shipped
from toolkit_builder.web import finding
from toolkit_builder.web.jobs import State
from toolkit_builder.web.safety import MOST_BYTES

FM5 = "content/actions/FM5.yaml"
TITLE = f"{FM5}#title"
STORY = "Chwarae teg i bawb"


def address(key: str, query: str = "", language: str = "en") -> str:
    return f"/{language}/translate/texts/{digest(key)}{query}"


def form(browser: Browser, key: str, **changes: str) -> dict[str, str]:
    """The form of a text as a browser would send it."""
    page = browser.get(address(key))
    assert page.status_code == 200, page.text
    return {**form_in(page.text), "as": "draft", "do": "save", **changes}


def form_in(html: str) -> dict[str, str]:
    base, words = (
        re.search(pattern, html, re.DOTALL)
        for pattern in (r'name="base" value="([^"]*)"', r"<textarea [^>]*>\n(.*?)</textarea>")
    )
    assert base
    assert words
    return {"base": unescape(base[1]), "words": unescape(words[1]).replace("\n", "\r\n")}


def ticks(html: str) -> list[str]:
    """What the boxes of a list would send."""
    return [unescape(found) for found in re.findall(r'name="text" value="([^"]*)"', html)]


def listed(html: str) -> list[str]:
    """The texts that a list shows, by their ids."""
    return re.findall(r'<a id="text-([0-9a-f]{12})"', html)


def other_copy(mine: Copy) -> Path:
    """A second project like the first, for the command."""
    folder = mine.root.parent / "other"
    shutil.copytree(mine.root, folder)
    return folder


def upload(browser: Browser, data: bytes, name: str, **fields: str) -> Any:
    return browser.post("/en/translate/files", {**fields, "file": (io.BytesIO(data), name)})


def test_texts_stand_with_their_state_and_in_both_languages(own: Server) -> None:
    browser = own.browser()
    page = browser.get(f"/en/translate?file={FM5}&state=draft").text
    assert "Texts: 7" in page
    assert '<p class="text-words" lang="cy" dir="ltr">Codi arian</p>' in page
    assert '<p class="text-words" lang="en" dir="ltr">Fundraising</p>' in page
    assert page.count('class="state state-draft"') == 7
    assert "No text answers" in browser.get(f"/en/translate?file={FM5}&state=reviewed").text
    assert listed(browser.get("/en/translate?words=fundraising").text)[0] == digest(TITLE)
    every = browser.get("/en/translate").text
    second = browser.get("/en/translate?page=2").text
    assert len(listed(every)) == len(listed(second)) == 40
    assert not {*listed(every)} & {*listed(second)}
    assert browser.get("/en/translate?page=99999999999").status_code == 200


@pytest.mark.parametrize("query", ["file=../../etc/passwd", "whose=../x", "into=xx", "state=x", "page=-1", "page=x"])
def test_what_an_address_names_that_is_not_there_is_passed_over(server: Server, query: str) -> None:
    page = server.browser().get(f"/en/translate?{query}")
    assert page.status_code == 200
    assert "Texts: 583" in page.text


@pytest.mark.parametrize("key", ["..%2f..%2fetc", "0" * 12, "content%2factions%2fFM5.yaml%23title"])
def test_a_text_that_is_not_there_is_not_found(server: Server, key: str) -> None:
    assert server.browser().get(f"/en/translate/texts/{key}").status_code == 404


@pytest.mark.parametrize("form", formats.ENDINGS)
def test_what_is_exported_is_what_the_command_exports(server: Server, tmp_path: Path, form: str) -> None:
    sent = server.browser().get(f"/en/translate/export?form={form}&only=draft&file={FM5}")
    assert sent.status_code == 200
    name = f"texts.en-cy{formats.ENDINGS[form]}"
    assert f"filename={name}" in sent.headers["Content-Disposition"]
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / name).write_bytes(sent.data)
    options = ("--format", form, "--only", "draft", "--action", "FM5", "--output", tmp_path / name)
    done = typed("translate", "export", *options, folder=shipped())
    assert done.status == 0, done.err
    if form in ("xlsx", "docx"):  # which say when they were made
        assert formats.read(tmp_path / "here" / name) == formats.read(tmp_path / name)
    else:
        assert sent.data == (tmp_path / name).read_bytes()


def test_there_may_be_nothing_to_export(server: Server) -> None:
    sent = server.browser().get("/cy/translate/export?form=po&only=missing")
    assert sent.status_code == 422
    assert "Nid oes dim i’w gyfieithu" in sent.text
    assert server.browser().get("/cy/translate/export?form=exe").status_code == 400


def test_an_edited_text_is_what_the_command_imports_and_comments_stay(own: Server, mine: Copy) -> None:
    mine.append(FM5, "# said by hand\n")
    other = other_copy(mine)
    browser = own.browser()
    changes = {"words": STORY, "as": "translated", "by": "Nia"}
    sent = browser.post(address(TITLE), form(browser, TITLE, **changes))
    assert sent.status_code == 303, sent.text
    assert "Saved." in browser.get(sent.headers["Location"]).text
    after = (mine.root / FM5).read_text("utf-8")
    assert f"  cy: {STORY}\n" in after
    assert after.endswith("# said by hand\n")

    table = mine.root.parent / "a.csv"
    assert typed("translate", "export", "--format", "csv", "--project", other, "--output", table).status == 0
    text = table.read_text("utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith(f"{TITLE},"))
    table.write_text(text.replace(row, row.replace("Codi arian,draft", f"{STORY},translated")), "utf-8-sig")
    done = typed("translate", "import", table, "--by", "Nia", "--project", other)
    assert done.status == 0, done.err
    assert contents_of(mine.root / "content") == contents_of(other / "content")


def test_what_is_ticked_is_accepted_as_the_command_accepts_it(own: Server, mine: Copy) -> None:
    other = other_copy(mine)
    browser = own.browser()
    page = browser.get(f"/en/translate?file={FM5}").text
    sent = browser.post(f"/en/translate/accept?file={FM5}", {"text": ticks(page), "as": "reviewed", "by": "Nia"})
    assert sent.status_code == 303
    assert "Texts accepted: 7" in browser.get(sent.headers["Location"]).text
    assert typed("translate", "accept", "--action", "FM5", "--by", "Nia", "--project", other).status == 0
    assert contents_of(mine.root / "content") == contents_of(other / "content")


def test_a_text_may_be_accepted_alone_and_again_in_another_state(own: Server, mine: Copy) -> None:
    browser, lock = own.browser(), mine.root / "content" / "review.lock"
    for state in ("reviewed", "translated"):
        sent = browser.post(address(TITLE), form(browser, TITLE, **{"as": state, "by": "Nia"}))
        assert sent.headers["Location"].endswith("saved=yes")
        (line,) = (line for line in lock.read_text("utf-8").splitlines() if line.startswith(f"{TITLE} "))
        assert f" cy {state} " in line
        assert line.endswith(" Nia")
    again = browser.post(address(TITLE), form(browser, TITLE, **{"as": "translated"}))
    assert "nothing to change" in browser.get(again.headers["Location"]).text
    assert 'value="Nia"' in browser.get(address(TITLE)).text


def test_the_second_of_two_translators_is_told_and_loses_nothing(own: Server, mine: Copy) -> None:
    first, second = own.browser(), own.browser()
    one, two = form(first, TITLE, words="Un"), form(second, TITLE, words="Dau", **{"as": "reviewed"})
    page = second.get(f"/en/translate?file={FM5}").text
    assert first.post(address(TITLE), one).status_code == 303
    kept = contents_of(mine.root / "content")

    sent = second.post(address(TITLE), two)
    assert sent.status_code == 409
    assert "somebody else has changed this text" in sent.text
    assert 'What is there now:</strong> <span lang="cy">Un<' in sent.text
    assert form_in(sent.text)["words"] == "Dau"
    accepted = second.post(f"/en/translate/accept?file={FM5}", {"text": ticks(page), "as": "reviewed"})
    told = second.get(accepted.headers["Location"]).text
    assert "Texts accepted: 6" in told
    assert "those were not accepted. Number: 1" in told
    assert contents_of(mine.root / "content")[FM5.removeprefix("content/")] == kept[FM5.removeprefix("content/")]

    assert second.post(address(TITLE), {**two, **form_in(sent.text)}).status_code == 303
    assert "  cy: Dau\n" in (mine.root / FM5).read_text("utf-8")


def test_what_is_missing_is_filled_in_though_nothing_can_be_built_yet(own: Server, mine: Copy) -> None:
    text = (mine.root / FM5).read_text("utf-8")
    (mine.root / FM5).write_text(text.replace("  cy: Codi arian\n", ""), "utf-8")
    browser = own.browser()
    refused = browser.get("/en/choose")
    assert refused.status_code == 500
    assert 'href="/en/translate?state=missing"' in refused.text
    for look in ("/look.css", "/shapes/finance.svg"):
        assert browser.get(look).status_code == 200
    for language, said in (("en", "There is no translation yet"), ("cy", "Nid oes cyfieithiad eto")):
        page = browser.get(f"/{language}/translate?state=missing").text
        assert said in page
        assert listed(page) == [digest(TITLE)]
    assert "Fundraising" in browser.get("/en/translate/export?form=csv&only=missing").text
    assert browser.get("/cy/translate/files").status_code == 200
    sent = browser.post(address(TITLE), form(browser, TITLE, words="Codi arian"))
    assert sent.status_code == 303, sent.text
    assert (mine.root / FM5).read_text("utf-8") == text
    assert browser.get("/en/choose").status_code == 200


def test_an_original_that_was_changed_meanwhile_is_told(own: Server, mine: Copy) -> None:
    browser = own.browser()
    sent = form(browser, TITLE, words="Un")
    text = (mine.root / FM5).read_text("utf-8")
    (mine.root / FM5).write_text(text.replace("en: Fundraising", "en: Raising money"), "utf-8")
    answer = browser.post(address(TITLE), sent)
    assert answer.status_code == 409
    assert "Raising money" in answer.text
    assert "cy: Codi arian" in (mine.root / FM5).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Write a translation"),
        ("Codi **arian", "Formatting, or slots"),
        ("Codi {arian}", "Formatting, or slots"),
        ("Codi 漢", "This is not right"),
        ("Codi\x01", "This is not right"),
        ("a " * 20_000, "This is not right"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_nothing_is_written(
    own: Server, mine: Copy, words: str, said: str
) -> None:
    browser, before = own.browser(), contents_of(mine.root / "content")
    sent = browser.post(address(TITLE), form(browser, TITLE, words=words))
    assert sent.status_code == 422
    assert said in sent.text
    assert 'aria-invalid="true"' in sent.text
    assert contents_of(mine.root / "content") == before


def test_a_name_that_no_lock_can_hold_is_told(own: Server, mine: Copy) -> None:
    browser, before = own.browser(), contents_of(mine.root / "content")
    sent = browser.post(address(TITLE), form(browser, TITLE, by="x" * 300, **{"as": "reviewed"}))
    assert sent.status_code == 422
    assert "This name cannot be kept" in sent.text
    page = browser.get(f"/en/translate?file={FM5}").text
    sent = browser.post("/en/translate/accept", {"text": ticks(page), "as": "reviewed", "by": "x" * 300})
    assert sent.status_code == 422
    assert browser.post("/en/translate/accept", {"as": "stale"}).status_code == 400
    assert contents_of(mine.root / "content") == before


def test_saving_goes_on_with_the_next_that_is_looked_for(own: Server) -> None:
    browser, query = own.browser(), f"?state=draft&file={FM5}"
    ids = listed(browser.get(f"/en/translate{query}").text)
    sent = browser.post(address(TITLE, query), form(browser, TITLE, **{"as": "reviewed", "do": "next"}))
    assert f"/en/translate/texts/{ids[1]}?state=draft" in sent.headers["Location"]
    assert listed(browser.get(f"/en/translate{query}").text) == ids[1:]


def test_the_shipped_project_is_not_changed_and_translations_are_the_sessions_own(server: Server) -> None:
    browser, other = server.browser(), server.browser()
    before = contents_of(project_of(server).content)
    assert "which nobody changes" in browser.get("/en/translate").text
    changes = {"words": STORY, "as": "reviewed"}
    assert browser.post(address(TITLE), form(browser, TITLE, **changes)).status_code == 303
    page = browser.get(f"/en/translate?file={FM5}").text
    assert browser.post("/en/translate/accept", {"text": ticks(page), "as": "reviewed"}).status_code == 303
    exported = browser.get("/en/translate/export?form=csv&only=all").text
    assert STORY in exported
    assert upload(browser, exported.replace(STORY, "Tri").encode(), "x.csv", force="yes").status_code == 200
    assert contents_of(project_of(server).content) == before
    assert "Tri" in browser.get(address(TITLE)).text
    assert "Tri" not in other.get(address(TITLE)).text
    # A partnership that the session keeps has its texts there too; those of the shipped project are not its own.
    assert browser.post("/en/tailor", NAMES).status_code == 303
    page = browser.get("/en/translate?whose=partneriaeth-ty-gwyr").text
    assert "Tŷ Gŵyr Partnership" in page
    assert "Texts: 1" in page
    assert "Texts: 583" in browser.get("/en/translate?whose=example-early").text


def test_texts_of_a_partnership_have_a_lock_of_their_own(own: Server, mine: Copy) -> None:
    other = other_copy(mine)
    browser, query = own.browser(), "?whose=example-mature"
    page = browser.get(f"/en/translate{query}").text
    sent = browser.post(f"/en/translate/accept{query}", {"text": ticks(page), "as": "translated", "by": "Nia"})
    assert sent.status_code == 303
    typed(
        "translate",
        "accept",
        "--partnership",
        "example-mature",
        "--state",
        "translated",
        "--by",
        "Nia",
        "--project",
        other,
    )
    assert contents_of(mine.root / "content") == contents_of(other / "content")
    assert (file_of(own, "example-mature").parent / "example-mature.review.lock").exists()
    assert "filename=texts.example-mature.en-cy.po" in str(
        browser.get(f"/en/translate/export{query}&form=po").headers["Content-Disposition"]
    )


@pytest.mark.parametrize("form", formats.ENDINGS)
def test_what_is_imported_is_what_the_command_imports(own: Server, mine: Copy, form: str) -> None:
    other, file = other_copy(mine), mine.root.parent / f"back{formats.ENDINGS[form]}"
    work = mine.root.parent / "work"
    shutil.copytree(other, work)  # where a translator has changed a text
    text = (work / FM5).read_text("utf-8").replace("cy: Codi arian", f"cy: {STORY}")
    (work / FM5).write_text(text, "utf-8")
    typed("translate", "accept", "--action", "FM5", "--project", work)
    assert typed("translate", "export", "--format", form, "--project", work, "--output", file).status == 0
    browser = own.browser()
    sent = upload(browser, file.read_bytes(), f"../../../{file.name}", by="Nia", force="yes")
    assert sent.status_code == 200, sent.text
    done = typed("translate", "import", file, "--by", "Nia", "--force", "--project", other)
    assert done.status == 0, done.err
    assert f"Texts changed: {done.err.count('changed: ')}" in sent.text
    assert contents_of(mine.root / "content") == contents_of(other / "content")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"MZ", "texts.exe", "does not know this kind of file"),
        (b"MZ", "texts.xlf", "Nothing was changed"),
        (b"PK\x03\x04", "texts.xlsx", "Nothing was changed"),
        (b"PK\x03\x04", "texts.docx", "Nothing was changed"),
        (b"key,source,target\ncontent/x#y,a,b\n", "texts.csv", "no text has the key"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_written(
    own: Server, mine: Copy, data: bytes, name: str, said: str
) -> None:
    browser, before = own.browser(), contents_of(mine.root / "content")
    sent = upload(browser, data, name)
    assert sent.status_code == 422
    assert said in sent.text
    assert browser.post("/en/translate/files", {}).status_code == 422
    assert upload(browser, b"x" * (MOST_BYTES + 1), "texts.xlf").status_code == 413
    assert contents_of(mine.root / "content") == before


def test_what_an_import_leaves_is_told(own: Server) -> None:
    browser = own.browser()
    exported = browser.get("/en/translate/export?form=csv").text
    assert browser.post(address(TITLE), form(browser, TITLE, **{"as": "reviewed"})).status_code == 303
    sent = upload(browser, exported.replace("Codi arian,draft", "Arian,draft").encode(), "x.csv")
    assert sent.status_code == 200
    assert "Texts that were not taken: 1" in sent.text
    assert "is a draft in the file, and reviewed here" in sent.text


def test_a_text_is_shown_on_its_page_as_it_would_be_and_nothing_is_written(own: Server, mine: Copy) -> None:
    browser, before = own.browser(), contents_of(mine.root / "content")
    asked = {**form(browser, TITLE, words=STORY), "view": "handouts", "do": "see"}
    sent = browser.post(address(TITLE), asked)
    assert sent.status_code == 200
    job = list(own.queue._jobs.values())[-1]
    while not job.is_over:
        own.queue.wait(job, job.version, 60)
    assert job.state is State.DONE, job
    shown = browser.get(f"/en/jobs/{job.key}/state").text
    (picture, *_) = re.findall(r'<img src="([^"]+)"', shown)
    marked, plain = (browser.get(unescape(each)).data for each in (picture, picture.replace("marked=yes", "")))
    assert marked.startswith(b"\x89PNG")
    assert marked != plain
    assert job.result
    places = finding.places(job.result.files[0].path, STORY)
    assert 1 in places
    assert all(0 <= edge <= 1 for boxes in places.values() for box in boxes for edge in box)
    assert finding.places(job.result.files[0].path, "Nowhere at all") == {}
    assert contents_of(mine.root / "content") == before
    wrong = browser.post(address(TITLE), {**asked, "words": "Un **"})
    assert "Formatting, or slots" in wrong.text
    assert browser.post(address(TITLE), {**asked, "view": "../x"}).status_code == 400
