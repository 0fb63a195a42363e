"""A partnership is filled in on the page: its file, what is wrong with it, two people at once, its logo, its pages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.making import LONG_WORD
from tests.reading import pages, squeezed
from tests.typed import typed
from tests.web.conftest import Server
from tests.web.site import Browser, form_in, read
from tests.web.test_taking import files
from toolkit_builder.exchange.yaml_writing import with_values
from toolkit_builder.project import Project
from toolkit_builder.request import Request
from toolkit_builder.web import tailoring
from toolkit_builder.web.drafts import Desk
from toolkit_builder.web.jobs import JobQueue, State
from toolkit_builder.web.partnership_choices import choices_of
from toolkit_builder.web.partnership_form import PartnershipForm, form_of, merged
from toolkit_builder.web.words import PageWords

EARLY = "/en/tailor/example-early"
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#1a5c3a"/></svg>'
)
NAMES = {"name.cy": "Partneriaeth Tŷ Gŵyr", "name.en": "Tŷ Gŵyr Partnership"}


def project_of(server: Server) -> Project:
    found: Project = server.app.extensions["toolkit-builder"].library.project
    return found


def file_of(server: Server, partnership: str) -> Path:
    return project_of(server).content / "partnerships" / f"{partnership}.yaml"


def content_of(server: Server, partnership: str) -> Any:
    return yaml.safe_load(file_of(server, partnership).read_text("utf-8"))


def filled_in(browser: Browser, address: str) -> dict[str, Any]:
    """The form of a page as a browser would send it."""
    page = browser.get(address)
    assert page.status_code == 200, page.text
    return form_in(page.text)


def remarks(html: str) -> dict[str, str]:
    """What is said of fields, by their names."""
    found = re.findall(r'<div data-remarks="([^"]*)">\n(.*?)\n?</div>', html, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]*>", " ", said).split()) for name, said in found if said.strip()}


def test_a_form_that_is_sent_as_it_is_changes_nothing(own: Server) -> None:
    for partnership in ("example-early", "example-mature"):
        before = file_of(own, partnership).read_bytes()
        browser = own.browser()
        form = filled_in(browser, f"/en/tailor/{partnership}")
        assert form["name.cy"]
        sent = browser.post(f"/en/tailor/{partnership}", {**form, "do": "save"})
        assert sent.status_code == 303, remarks(sent.text)
        assert file_of(own, partnership).read_bytes() == before


def test_what_is_filled_in_is_kept_in_the_file_and_all_else_stays_as_it_was(own: Server) -> None:
    before = file_of(own, "example-mature").read_text("utf-8")
    browser = own.browser()
    form = filled_in(browser, "/cy/tailor/example-mature")
    changes = {
        "short_name.en": "The Network",
        "contact.telephone": "029 2000 0000",
        "workshop.place.cy": "Neuadd y Dref",
        "workshop.place.en": "The Town Hall",
        "actions.SP1.note.cy": "Dechrau ym mis Mai.\r\n\r\n- un\r\n- dau",
        "actions.SP1.note.en": "Begins in May.\r\n\r\n- one\r\n- two",
        "actions.GA3.examples.cy": "Un bwrdd\r\nDwy sedd\r\nTair stori",
        "actions.GA3.examples.en": "One board\r\nTwo seats\r\nThree stories",
        "foreword.cy": "",
        "foreword.en": "",
    }
    sent = browser.post("/cy/tailor/example-mature", {**form, **changes, "do": "save"})
    assert sent.status_code == 303, remarks(sent.text)
    after = file_of(own, "example-mature").read_text("utf-8")
    data = yaml.safe_load(after)
    assert data["short_name"]["en"] == "The Network"
    assert data["contact"]["telephone"] == "029 2000 0000"
    assert data["workshop"]["place"] == {"cy": "Neuadd y Dref", "en": "The Town Hall"}
    assert data["actions"]["SP1"]["note"]["en"] == "Begins in May.\n\n- one\n- two"
    assert [item["en"] for item in data["actions"]["GA3"]["examples"]] == ["One board", "Two seats", "Three stories"]
    assert "foreword" not in data
    assert data["actions"]["GA3"]["order"] == 1
    assert data["pages"] == yaml.safe_load(before)["pages"]
    assert after.startswith("# yaml-language-server")
    assert "\n# An invented example" in after
    assert typed("check", "--project", project_of(own).root).status == 0
    assert "Wedi’i gadw" in browser.get(sent.headers["Location"]).text


def test_every_field_that_a_partnerships_file_may_have_is_on_the_form(own: Server) -> None:
    """Each leaf of the file's schema is a field of the form, or of its pages and logos."""
    reading = own.app.extensions["toolkit-builder"].library.read()
    schema = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "partnership.schema.json").read_text("utf-8"))
    form = form_of(reading.catalogue, choices_of(reading.catalogue, reading.products.sound))
    known = {".".join(map(str, field.place)) for field in form.fields()}
    apart = {"logo.file", "pages"}  # a file is sent; pages of one's own have fields of their own

    def leaves(shape: Any, place: str = "") -> Iterator[str]:
        name = shape.get("$ref", "").rpartition("/")[2]
        inner = schema["$defs"][name] if name else shape
        for each in inner.get("anyOf", []):
            yield from leaves(each, place)
        properties = inner.get("properties", {})
        if (inner.get("type") == "array" and "$ref" in inner.get("items", {})) or {*properties} & {"cy", "screen"}:
            yield place
        elif properties:
            for key, value in properties.items():
                yield from leaves(value, f"{place}.{key}".lstrip("."))
        elif "anyOf" not in inner and inner.get("type") != "null":
            yield place

    found = {*leaves(schema)}
    assert len(found) > 200
    assert found - known == apart
    assert known - found == {"logo.away"}


def test_what_is_chosen_is_kept_in_the_file_as_the_command_takes_it(own: Server) -> None:
    browser, address = own.browser(), "/en/tailor/example-mature"
    form = filled_in(browser, address)
    assert form["selection.category"] == ["", "governance", "finance"]
    changed = {
        "selection.category": ["", "finance"],
        "selection.stage": "",
        "selection.unstated": "",
        "selection.exclude": ["", "FM1"],
        "products": ["", "cards", "summary"],
        "edition.layout": "",
        "edition.first": "en",
        "edition.low_ink": ["", "yes"],
        "sheets": ["", "yes"],
        "colours.ground.ink": "60, 95 30  20.5",
        "actions.GA3.order": "3",
        "actions.FM5.leave_out": ["", "yes"],
        "actions.FM5.contact.organisation.cy": "Y Banc",
        "actions.FM5.contact.organisation.en": "The Bank",
    }
    sent = browser.post(address, {**form, **changed, "do": "save"})
    assert sent.status_code == 303, remarks(sent.text)
    data = content_of(own, "example-mature")
    assert data["selection"] == {"category": ["finance"], "exclude": ["FM1"]}
    assert data["products"] == ["cards", "summary"]
    assert data["edition"] == {"first": "en", "low_ink": True}
    assert "sheets" not in data
    assert data["colours"]["ground"] == {"screen": "#6b2a5b", "ink": [60, 95, 30, 20.5]}
    assert data["actions"]["GA3"]["order"] == 3
    assert data["actions"]["FM5"] == {
        "leave_out": True,
        "contact": {"organisation": {"cy": "Y Banc", "en": "The Bank"}},
    }
    assert typed("check", "--project", project_of(own).root).status == 0
    again = filled_in(browser, address)
    assert again["colours.ground.ink"] == "60 95 30 20.5"
    assert browser.post(address, {**again, "colours.ground.ink": "", "do": "save"}).status_code == 303
    assert content_of(own, "example-mature")["colours"]["ground"] == "#6b2a5b"


def test_a_new_partnership_has_its_id_from_its_name_and_is_there_for_the_command(own: Server) -> None:
    browser = own.browser()
    sent = browser.post("/en/tailor?stage=early", NAMES)
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/en/tailor/partneriaeth-ty-gwyr?stage=early"
    assert typed("check", "--project", project_of(own).root).status == 0
    assert "Tŷ Gŵyr Partnership" in browser.get("/en/tailor").text
    assert "Tŷ Gŵyr Partnership" in browser.get("/en/take").text
    again = browser.post("/en/tailor", NAMES)
    assert again.status_code == 422
    assert "There is a partnership of that name" in again.text
    assert browser.post("/cy/tailor", {"name.cy": " ../!", "name.en": "%00"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"foreword.cy": "Croeso."}, "foreword.en", "missing in this language"),
        ({"name.en": ""}, "name.en", "missing in this language"),
        ({"colours.ground": "#f5b800"}, "colours.ground", "The nearest that is dark enough: #"),
        ({"colours.band": "yellowish"}, "colours.band", "This is no colour"),
        ({"contact.email": "nobody"}, "contact.email", "This is no email address"),
        ({"contact.telephone": "ask for it"}, "contact.telephone", "no number here"),
        ({"colours.band": "#b07a00", "colours.band.ink": "10 20"}, "colours.band.ink", "Write four numbers"),
        ({"actions.SP2.order": "first"}, "actions.SP2.order", "Write a number"),
        ({"actions.SP2.order": "1", "actions.SP3.order": "1"}, "actions.SP3.order", "another card in this place"),
        ({"actions.SP2.order": "0"}, "actions.SP2.order", "Write a number"),
        ({"workshop.date": "2027-02-31"}, "workshop.date", "This is no date"),
        ({"web.cy": "our page", "web.en": "our page"}, "web.cy", "Write the whole address"),
        (
            {"actions.SP2.examples.cy": "un\r\ndau", "actions.SP2.examples.en": "one"},
            "actions.SP2.examples.en",
            "missing",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(
    own: Server, changes: dict[str, str], field: str, said: str
) -> None:
    before = file_of(own, "example-early").read_bytes()
    browser = own.browser()
    for language in ("en", "cy"):
        form = filled_in(browser, f"/{language}/tailor/example-early")
        sent = browser.post(f"/{language}/tailor/example-early", {**form, **changes, "do": "save"})
        assert sent.status_code == 422
        told = remarks(sent.text)
        if language == "en":
            assert said in told[field], told
        for name, value in changes.items():
            assert form_in(sent.text)[name].replace("\r\n", "\n") == value.replace("\r\n", "\n")
        texts = [text for where, text in read(sent.text).texts if where == language]
        if language == "cy":
            assert not [text for text in texts if re.search(r"\b(the|missing|write|this)\b", text, re.IGNORECASE)]
    assert file_of(own, "example-early").read_bytes() == before


def test_a_website_is_completed_and_a_colour_has_its_swatch_without_the_sign_before_it(own: Server) -> None:
    browser = own.browser()
    form = {**filled_in(browser, EARLY), "web.cy": "www.example.org/cy", "web.en": "https://example.org"}
    saved = browser.post(EARLY, {**form, "colours.ground": "1a5c3a", "do": "save"})
    assert saved.status_code == 303, saved.text
    page = browser.get(EARLY).text
    assert 'value="https://www.example.org/cy"' in page
    assert 'value="https://example.org"' in page
    assert re.search(r'type="color" data-for="colours.ground" value="#1a5c3a"', page)
    assert "what you save stays in the project" in page


def test_the_second_of_two_people_is_told_and_loses_nothing(own: Server) -> None:
    first, second = own.browser(), own.browser()
    mine, theirs = filled_in(first, EARLY), filled_in(second, EARLY)
    assert first.post(EARLY, {**mine, "contact.name": "Nia", "name.en": "First", "do": "save"}).status_code == 303
    kept = file_of(own, "example-early").read_bytes()

    changed = {**theirs, "contact.telephone": "1234", "name.en": "Second", "do": "save"}
    sent = second.post(EARLY, changed)
    assert sent.status_code == 200
    assert "somebody else has changed this partnership" in sent.text
    assert file_of(own, "example-early").read_bytes() == kept
    now = form_in(sent.text)
    assert (now["contact.name"], now["contact.telephone"], now["name.en"]) == ("Nia", "1234", "Second")
    assert remarks(sent.text)["name.en"].endswith("First")

    assert second.post(EARLY, {**now, "do": "save"}).status_code == 303
    data = yaml.safe_load(file_of(own, "example-early").read_text("utf-8"))
    assert (data["contact"]["name"], data["contact"]["telephone"], data["name"]["en"]) == ("Nia", "1234", "Second")


def test_merging_takes_what_one_alone_has_changed() -> None:
    base = {"a": "0", "b": "0", "c": "0", "d": "0"}
    found, clashes = merged(base, {"a": "1", "b": "0", "c": "1", "d": "1"}, {"a": "0", "b": "2", "c": "2", "d": "1"})
    assert found == {"a": "1", "b": "2", "c": "1", "d": "1"}
    assert clashes == {"c": "2"}


def test_a_logo_is_looked_at_shown_and_kept_under_a_name_of_the_pages_own(own: Server) -> None:
    browser = own.browser()
    browser.post("/en/tailor", NAMES)
    address = "/en/tailor/partneriaeth-ty-gwyr"
    form = filled_in(browser, address)
    hostile = (io.BytesIO(LOGO), "../../../framework.yaml")
    seen = browser.post(address, {**form, "logo": hostile, "do": "see", "with-script": "yes"})
    assert seen.status_code == 200, remarks(seen.text)
    assert f"{address}/logo/cy" in seen.text
    assert browser.get(f"{address}/logo/cy").mimetype == "image/svg+xml"
    assert browser.post(address, {**form_in(seen.text), "do": "save"}).status_code == 303
    data = yaml.safe_load(file_of(own, "partneriaeth-ty-gwyr").read_text("utf-8"))
    assert re.fullmatch(r"partneriaeth-ty-gwyr/logo-[0-9a-f]{8}\.svg", data["logo"]["file"])
    assert data["logo"]["alternative"] == {"cy": NAMES["name.cy"], "en": NAMES["name.en"]}
    assert (file_of(own, "x").parent / data["logo"]["file"]).read_bytes() == LOGO
    assert typed("check", "--project", project_of(own).root).status == 0


def test_a_logo_may_be_another_in_each_language_and_a_card_have_a_contact_of_its_own(own: Server) -> None:
    browser = own.browser()
    browser.post("/en/tailor", NAMES)
    address = "/en/tailor/partneriaeth-ty-gwyr"
    form = filled_in(browser, address)
    other = LOGO.replace(b"#1a5c3a", b"#123456")
    alone = browser.post(address, {**form, "logo.cy": (io.BytesIO(other), "a.svg"), "do": "save"})
    assert alone.status_code == 422
    assert "missing" in remarks(alone.text)["logo.file.en"]
    both = {"logo": (io.BytesIO(LOGO), "a.svg"), "logo.cy": (io.BytesIO(other), "../b.svg")}
    assert browser.post(address, {**form_in(alone.text), **both, "do": "see", "with-script": "yes"}).status_code == 200
    assert browser.get(f"{address}/logo/cy").data != browser.get(f"{address}/logo/en").data
    contact = {"actions.FM5.contact.name": "Nia", "actions.FM5.contact.email": "nia@example.org"}
    roles = {"actions.FM5.contact.role.cy": "Trysorydd", "actions.FM5.contact.role.en": "Treasurer"}
    assert browser.post(address, {**form, **contact, **roles, "do": "save"}).status_code == 303
    data = yaml.safe_load(file_of(own, "partneriaeth-ty-gwyr").read_text("utf-8"))
    folder = file_of(own, "x").parent
    named = data["logo"]["file"]
    assert {each: (folder / named[each]).read_bytes() for each in named} == {"cy": other, "en": LOGO}
    assert data["actions"]["FM5"]["contact"] == {
        "name": "Nia", "role": {"cy": "Trysorydd", "en": "Treasurer"}, "email": "nia@example.org"
    }  # fmt: skip
    assert typed("check", "--project", project_of(own).root).status == 0
    refused = browser.post(address, {**filled_in(browser, address), "logo.en": (io.BytesIO(b"GIF89a"), "a.svg")})
    assert "This file is not a picture" in remarks(refused.text)["logo.file.en"]


def test_a_logo_is_taken_away_and_another_put_in_its_place(own: Server) -> None:
    browser = own.browser()
    sent = browser.post(EARLY, {**filled_in(browser, EARLY), "logo.away": ["", "yes"], "do": "save"})
    assert sent.status_code == 303, remarks(sent.text)
    assert "logo" not in content_of(own, "example-early")
    form = filled_in(browser, EARLY)
    assert form["logo.alternative.cy"] == ""
    assert "logo.away" not in form
    assert browser.post(EARLY, {**form, "logo": (io.BytesIO(LOGO), "a.svg"), "do": "save"}).status_code == 303
    assert content_of(own, "example-early")["logo"]["alternative"]["en"] == form["name.en"]


@pytest.mark.parametrize(
    "data", [b"GIF89a", LOGO.replace(b"<rect", b"<script>1</script><rect"), b"\x89PNG\r\n", b"<svg/>"]
)
def test_a_bad_logo_is_refused_and_told_at_its_field(own: Server, data: bytes) -> None:
    browser = own.browser()
    form = filled_in(browser, EARLY)
    before = file_of(own, "example-early").read_bytes()
    sent = browser.post(EARLY, {**form, "logo": (io.BytesIO(data), "logo.svg"), "do": "save"})
    assert sent.status_code == 422
    wanted = "This logo cannot be printed" if b"script" in data else "This file is not a picture"
    assert wanted in remarks(sent.text)["logo.file"]
    assert file_of(own, "example-early").read_bytes() == before


def test_the_shipped_project_is_not_changed_and_what_is_made_of_it_is_the_sessions_own(server: Server) -> None:
    browser, other = server.browser(), server.browser()
    before = {path: path.read_bytes() for path in file_of(server, "x").parent.rglob("*") if path.is_file()}
    form = filled_in(browser, EARLY)
    assert "which nobody changes" in browser.get(EARLY).text
    assert browser.post(EARLY, {**form, "name.en": "Mine alone", "do": "save"}).status_code == 303
    assert browser.post("/en/tailor", NAMES).status_code == 303
    assert {path: path.read_bytes() for path in file_of(server, "x").parent.rglob("*") if path.is_file()} == before
    assert "Mine alone" in browser.get("/en/tailor").text
    assert "Mine alone" not in other.get("/en/tailor").text
    assert other.get("/en/tailor/partneriaeth-ty-gwyr").status_code == 404
    assert "Mine alone" in browser.get(f"{EARLY}/file").text


def test_real_pages_stand_beside_the_form_without_script_too(server: Server) -> None:
    browser = server.browser()
    form = filled_in(browser, f"{EARLY}?category=finance&exclude=FM1&exclude=FM2")
    sent = browser.post(f"{EARLY}?category=finance", {**form, "view": "summary", "do": "see"})
    job = list(server.queue._jobs.values())[-1]
    assert job.is_preview
    while not job.is_over:
        server.queue.wait(job, job.version, 60)
    assert job.state is State.DONE
    links = re.findall(r'href="(/en/jobs/[^"]+)"', sent.text)
    assert links
    assert browser.get(unescape(links[0])).status_code == 200
    picture = f"/en/jobs/{job.key}/pages/0/1.png"
    assert browser.get(picture).mimetype == "image/png"
    assert picture in browser.get(f"/en/jobs/{job.key}/state").text
    assert browser.post(EARLY, {**form, "view": "../x", "do": "see"}).status_code == 400
    assert browser.post(EARLY, {**form, "view": "summary.sheets", "do": "see"}).status_code == 400


def test_pages_that_look_as_they_did_keep_the_addresses_of_their_pictures(server: Server) -> None:
    browser = server.browser()
    form = filled_in(browser, EARLY)
    seen: list[list[str]] = []
    for name in ("House", "Mansion"):
        sent = {**form, "name.en": name, "view": "summary", "do": "see", "with-script": "yes"}
        browser.post(f"{EARLY}?add=FM5&add=SP1", sent)
        job = list(server.queue._jobs.values())[-1]
        while not job.is_over:
            server.queue.wait(job, job.version, 60)
        shown = re.findall(r'<img src="(/en/pages/[^"]+)"', browser.get(f"/en/jobs/{job.key}/state").text)
        for number, address in enumerate(shown, start=1):
            picture = browser.get(address)
            assert picture.data == browser.get(f"/en/jobs/{job.key}/pages/0/{number}.png").data
            assert "max-age" in picture.headers["Cache-Control"]
        seen.append(shown)
    first, second = seen
    assert [one == other for one, other in zip(first, second, strict=True)].count(False) == 1  # where the name stands
    assert server.browser().get(second[0]).status_code == 404


def test_sheets_with_their_marks_can_be_looked_at_beside_the_form(server: Server) -> None:
    browser = server.browser()
    form = filled_in(browser, f"{EARLY}?add=FM5")
    assert "sheets to print" in browser.get(EARLY).text
    browser.post(f"{EARLY}?add=FM5", {**form, "view": "cards.sheets", "do": "see", "with-script": "yes"})
    job = list(server.queue._jobs.values())[-1]
    while not job.is_over:
        server.queue.wait(job, job.version, 60)
    assert job.result
    (sheets,) = (number for number, file in enumerate(job.result.files) if file.path.name.endswith(".sheets.pdf"))
    shown = re.findall(r"/pages/(\d+)/", browser.get(f"/en/jobs/{job.key}/state").text)
    assert {*shown} == {str(sheets)}


def test_the_page_that_a_field_is_about_is_found(server: Server) -> None:
    browser = server.browser()
    note = {"actions.FM5.note.cy": "Dechrau cyn y Pasg.", "actions.FM5.note.en": "Begin before Easter."}
    words = {"foreword.cy": "Croeso cynnes.", "foreword.en": "A warm welcome."}
    form = {**filled_in(browser, f"{EARLY}?add=FM5"), **note, **words, "view": "toolkit"}
    browser.post(f"{EARLY}?add=FM5", {**form, "do": "see", "with-script": "yes"})
    job = list(server.queue._jobs.values())[-1]
    assert browser.get(f"/en/jobs/{job.key}/at?field=name.cy").status_code in (200, 204)  # before it is there
    while not job.is_over:
        server.queue.wait(job, job.version, 60)
    assert job.result
    texts = pages(job.result.files[0].path)

    def page_of(field: str) -> str:
        answer = browser.get(f"/en/jobs/{job.key}/at?field={field}")
        assert f'id="{answer.text}"' in browser.get(f"/en/jobs/{job.key}/state").text
        return texts[int(answer.text.rpartition("-")[2]) - 1]

    assert squeezed("Begin before Easter.") in page_of("actions.FM5.note.en")
    assert squeezed("Dechrau cyn y Pasg.") in page_of("actions.FM5.note.cy")
    assert squeezed("Dechrau cyn y Pasg.") in page_of("actions.FM5.who.cy"), "nothing is said there yet"
    assert squeezed("Croeso cynnes.") in page_of("foreword.cy")
    for on_the_cover in ("name.en", "colours.ground", "logo", "no such field"):
        assert page_of(on_the_cover) == texts[0]
    other = server.browser()
    assert other.get(f"/en/jobs/{job.key}/at?field=name.cy").status_code == 404


def test_the_press_is_warmed_once_while_somebody_chooses(own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = own.browser()
    browser.get("/cy/choose")
    assert not own.queue._jobs, "a press that does not stay is not warmed"
    monkeypatch.setattr(JobQueue, "is_warm", True)
    for page in ("/cy/choose", "/cy/tailor", "/en/choose?stage=early"):
        browser.get(page)
    (job,) = own.queue._jobs.values()
    assert isinstance(job.request, Request)
    assert (job.request.products, job.is_preview) == (("toolkit",), True)
    browser.post(EARLY, {**filled_in(browser, EARLY), "do": "see", "with-script": "yes"})
    assert job.is_unwanted or job.is_over, "what is looked at comes first"


def test_what_preflight_finds_is_told_at_the_field_that_causes_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tailoring, "FIRST_WAIT", 240)
    browser = server.browser()
    field, note = "actions.FM5.note.cy", dict.fromkeys(("actions.FM5.note.cy", "actions.FM5.note.en"), LONG_WORD * 3)
    form = {**filled_in(browser, f"{EARLY}?add=FM5"), **note, "view": "handouts"}
    sent = browser.post(f"{EARLY}?add=FM5", {**form, "do": "see", "with-script": "yes"})
    job = list(server.queue._jobs.values())[-1]
    while not job.is_over:
        server.queue.wait(job, job.version, 60)
    assert job.state is State.WRONG
    above = browser.get(f"/en/jobs/{job.key}/state").text
    assert f'data-cause="{field}"' in above
    assert f'<a lang="en" href="#{field}">Go to the text</a>' in above
    assert isinstance(job.request, Request)
    assert str(job.request.partnership) not in above
    assert "Something is wrong on the page" not in remarks(sent.text).get(field, "")
    again = browser.post(f"{EARLY}?add=FM5", {**form, "do": "see"})  # without script it is waited for
    assert "Something is wrong on the page" in remarks(again.text)[field]


def test_a_pack_that_was_tailored_here_is_what_the_command_makes(own: Server, tmp_path: Path) -> None:
    browser = own.browser()
    browser.post("/en/tailor", NAMES)
    address = "/en/tailor/partneriaeth-ty-gwyr"
    form = {**filled_in(browser, address), "colours.ground": "#1a5c3a", "contact.email": "ty@example.org"}
    form |= {"actions.FM5.examples.cy": "Sioe", "actions.FM5.examples.en": "A show"}
    assert browser.post(address, {**form, "logo": (io.BytesIO(LOGO), "a.svg"), "do": "save"}).status_code == 303
    made, job = browser.made({"product": "handouts", "partnership": "partneriaeth-ty-gwyr", "stage": "early"})
    assert job.state is State.DONE, job
    done = typed(
        "handouts", "--partnership", "partneriaeth-ty-gwyr", "--stage", "early",
        "--project", project_of(own).root, "--output", tmp_path,
    )  # fmt: skip
    assert done.status == 0, done.err
    assert files(browser, made) == {path.name: path.read_bytes() for path in tmp_path.rglob("*.pdf")}


def test_other_values_are_put_into_a_file_and_comments_stay() -> None:
    text = "# first\na:  # of a\n  cy: un\n  en: one\nb: {cy: dau, en: two}\nc: 1\n"
    put = with_values(text, {("a",): {"cy": "un", "en": "1\n2"}, ("b",): {"cy": "dau"}, ("d", "e"): "x", ("c",): None})
    assert put.startswith("# first\na:  # of a\n  cy: un\n  en: |-\n    1\n    2\n")
    assert yaml.safe_load(put) == {"a": {"cy": "un", "en": "1\n2"}, "b": {"cy": "dau"}, "d": {"e": "x"}}
    assert with_values(put, {("d", "e"): None}).endswith("b: {cy: dau}\n")


def test_lists_have_a_line_an_item_in_each_language() -> None:
    form = PartnershipForm(("cy", "en"), ("SP1",))
    text = "name: {cy: a, en: b}\nactions:\n  SP1:\n    who:\n      - {cy: un, en: one}\n"
    values = form.values(text)
    assert (values["actions.SP1.who.cy"], values["actions.SP1.who.en"]) == ("un", "one")
    more = form.written(text, {**values, "actions.SP1.who.cy": "un\ndau", "actions.SP1.who.en": "one\ntwo"})
    assert yaml.safe_load(more)["actions"]["SP1"]["who"] == [{"cy": "un", "en": "one"}, {"cy": "dau", "en": "two"}]
    none = form.written(more, {**form.values(more), "actions.SP1.who.cy": "", "actions.SP1.who.en": ""})
    assert "actions" not in yaml.safe_load(none)


def test_pages_of_ones_own_are_written_changed_and_taken_out(own: Server) -> None:
    """Two that are there, in their files; one more; and the printed toolkit has it."""
    browser, address = own.browser(), "/en/tailor/example-mature"
    form = filled_in(browser, address)
    assert form["pages.fund.title.en"] == "How the fund works"
    assert 'value="after finance" selected' in browser.get(address).text
    before = content_of(own, "example-mature")
    new = {
        "pages.+.title.cy": "Sut i ymuno â ni",
        "pages.+.title.en": "How to join us",
        "pages.+.place": "before finance",
    }
    new |= {
        "pages.+.text.cy": "Dewch i’r cyfarfod.\n\n- ar droed\n- ar fws",
        "pages.+.text.en": "Come along.\n\n- on foot\n- by bus",
    }
    changed = {"pages.fund.text.en": form["pages.fund.text.en"] + "\n\nOne more line."}
    changed |= dict.fromkeys([name for name in form if name.startswith("pages.ten-years.t")], "")
    assert browser.post(address, {**form, **new, **changed, "do": "save"}).status_code == 303
    now = content_of(own, "example-mature")
    assert [page["id"] for page in now["pages"]] == ["fund", "sut-i-ymuno-a-ni"]
    assert now["pages"][0] == before["pages"][1], "its texts are in the same files"
    assert now["pages"][1]["before"] == "finance"
    folder = file_of(own, "example-mature").parent
    assert (folder / "example-mature" / "the-fund.md").read_text("utf-8").endswith("One more line.\n")
    assert (folder / now["pages"][1]["file"]["cy"]).read_text("utf-8") == new["pages.+.text.cy"] + "\n"
    assert (folder / "example-mature" / "ten-years.md").exists(), "the files of a page that was taken out stay"
    again = filled_in(browser, address)["pages.sut-i-ymuno-a-ni.text.en"]
    assert again.replace("\r\n", "\n") == new["pages.+.text.en"]


def test_a_page_that_is_in_one_language_only_is_told_at_its_field(own: Server) -> None:
    browser, address = own.browser(), "/en/tailor/example-mature"
    form = {**filled_in(browser, address), "pages.+.title.cy": "Croeso", "pages.+.title.en": "Welcome"}
    sent = browser.post(address, {**form, "pages.+.text.cy": "Dewch.", "do": "save"})
    assert sent.status_code == 422
    assert "missing in this language" in remarks(sent.text)["pages.+.text.en"]
    assert form_in(sent.text)["pages.+.text.cy"] == "Dewch.", "nothing is lost"
    wrong = {**form, "pages.+.text.cy": "<b>Dewch</b>\n\n![x](y.png)", "pages.+.text.en": "Come."}
    said = remarks(browser.post(address, {**wrong, "do": "see"}).text)
    assert not set(said) - {"pages.+.text.cy", "see"}, said


def test_a_page_that_another_has_changed_meanwhile_is_not_overwritten(own: Server) -> None:
    one, other, address = own.browser(), own.browser(), "/en/tailor/example-mature"
    mine, theirs = filled_in(one, address), filled_in(other, address)
    field = "pages.fund.text.en"
    assert other.post(address, {**theirs, field: theirs[field] + "\n\nTheirs.", "do": "save"}).status_code == 303
    sent = one.post(address, {**mine, field: mine[field] + "\n\nMine.", "do": "save"})
    assert sent.status_code == 200
    assert "Theirs." in remarks(sent.text)[field]
    text = (file_of(own, "example-mature").parent / "example-mature" / "the-fund.md").read_text("utf-8")
    assert text.endswith("Theirs.\n")


def test_items_of_lists_are_changed_added_and_taken_out_and_comments_stay() -> None:
    text = "a:\n  # first\n  - id: x  # of x\n    t: {cy: un}\n  - id: y\n"
    put = with_values(text, {("a", 0, "t"): {"cy": "dau"}, ("a", 2): {"id": "z"}, ("a", 1): None})
    assert put == "a:\n  # first\n  - id: x  # of x\n    t: {cy: dau}\n  - id: z\n"
    assert with_values("b: 1\na:\n  - id: x\n", {("a", 0): None}) == "b: 1\n"
    assert with_values("b: 1\nc:\n", {("c",): None}) == "b: 1\n"
    assert with_values("b: 1\n", {("a", 0): {"id": "x"}}) == "b: 1\na:\n  - id: x\n"


def test_a_look_that_takes_longer_than_saving_leaves_nothing_behind(
    own: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had the same words, and told that another had changed them."""
    monkeypatch.setattr(Desk, "forget", lambda *_: None)  # as if a look had kept them again at once
    browser = own.browser()
    form = filled_in(browser, EARLY) | {"short_name.en": "The Valley"}
    assert "not saved yet" in browser.post(EARLY, {**form, "do": "see"}).text
    saved = browser.post(EARLY, {**form, "do": "save"})
    page = browser.get(saved.headers["Location"]).text
    assert PageWords("en")("tailor.saved") in page
    assert PageWords("en")("tailor.behind") not in page


def test_what_was_filled_in_and_not_saved_is_there_again(own: Server) -> None:
    """In the other language, after another page; not in the file, and Take away says so; and it can be forgotten."""
    browser = own.browser()
    form, before = filled_in(browser, EARLY), file_of(own, "example-early").read_bytes()
    assert "not saved yet" not in browser.get(EARLY).text
    sent = {**form, "contact.name": "Nia Newydd", "logo": (io.BytesIO(LOGO), "a.svg"), "do": "keep"}
    assert browser.post(EARLY, sent).status_code == 204
    for address in (EARLY, EARLY.replace("/en/", "/cy/")):
        page = browser.get(address).text
        assert form_in(page)["contact.name"] == "Nia Newydd"
    assert "nid yw eich newidiadau wedi’u cadw eto" in page.lower()
    assert "will not be in the pack" in browser.get("/en/take?partnership=example-early").text
    assert file_of(own, "example-early").read_bytes() == before
    other = own.browser()
    assert form_in(other.get(EARLY).text)["contact.name"] == form["contact.name"], "it is the session's own"
    saved = browser.post(EARLY, {**form_in(page), "do": "take"})
    assert saved.status_code == 303
    assert saved.headers["Location"].startswith("/en/take?partnership=example-early")
    assert content_of(own, "example-early")["contact"]["name"] == "Nia Newydd"
    assert "logo-" in content_of(own, "example-early")["logo"]["file"], "the logo was kept too"
    assert "will not be in the pack" not in browser.get("/en/take?partnership=example-early").text
    browser.post(EARLY, {**filled_in(browser, EARLY), "contact.name": "X", "do": "keep"})
    assert 'value="afresh"' in browser.get(EARLY).text
    assert browser.post(EARLY, {**form, "contact.name": "Y", "do": "afresh"}).status_code == 303
    assert form_in(browser.get(EARLY).text)["contact.name"] == "Nia Newydd"
    assert "not saved yet" not in browser.get(EARLY).text


def test_a_failed_save_leads_to_the_first_field_that_is_wrong(own: Server) -> None:
    browser = own.browser()
    form = {**filled_in(browser, EARLY), "contact.email": "x", "logo": (io.BytesIO(LOGO), "a.svg"), "do": "save"}
    page = browser.post(EARLY, form).text
    assert '<a href="#contact.email">' in page
    assert "still here" in remarks(page)["logo.kept"]
    assert "do not show your changes" in remarks(page)["see"]


def test_the_choice_of_the_address_is_kept_with_the_partnership(own: Server) -> None:
    """So that whoever opens it from the list the next day has it, and not the whole deck."""
    browser, address = own.browser(), "/en/tailor/partneriaeth-ty-gwyr"
    assert browser.post("/en/tailor?stage=early&add=GA3", NAMES).status_code == 303
    page = browser.get(f"{address}?stage=early&exclude=SP2").text
    assert 'name="keep_choice" value="yes" checked' in page
    saved = browser.post(f"{address}?stage=early&exclude=SP2", {**form_in(page), "do": "save"})
    assert saved.status_code == 303, remarks(saved.text)
    assert content_of(own, "partneriaeth-ty-gwyr")["selection"] == {"stage": ["early"], "exclude": ["SP2"]}
    tomorrow = own.browser().get(address).text
    assert "own choice is taken here: Stage: Early" in " ".join(tomorrow.replace("</span>", "").split())
    assert "keep_choice" not in tomorrow, "it is kept already"
    assert '/en/choose?partnership=partneriaeth-ty-gwyr&stage=early&exclude=SP2"' in unescape(tomorrow)
    assert "Cards chosen: 11 of 21" in browser.get("/en/take?partnership=partneriaeth-ty-gwyr").text

    page = browser.get(f"{address}?stage=mature").text
    unticked = {name: value for name, value in form_in(page).items() if name != "keep_choice"}
    assert browser.post(f"{address}?stage=mature", {**unticked, "do": "save"}).status_code == 303
    assert content_of(own, "partneriaeth-ty-gwyr")["selection"]["stage"] == ["early"], "nobody wanted it to be kept"
    by_hand = browser.post(f"{address}?stage=mature", {**form_in(page), "selection.stage": "mid", "do": "save"})
    assert content_of(own, "partneriaeth-ty-gwyr")["selection"]["stage"] == ["mid"], (
        "what is ticked by hand goes before"
    )
    assert "stage=mid" in by_hand.headers["Location"]


def test_cards_taken_in_one_by_one_are_kept_by_their_codes(own: Server) -> None:
    browser, address = own.browser(), "/en/tailor/partneriaeth-ty-gwyr?category=finance&add=GA3"
    browser.post("/en/tailor", NAMES)
    browser.post(address, {**filled_in(browser, address), "do": "save"})
    kept = content_of(own, "partneriaeth-ty-gwyr")["selection"]
    assert set(kept) == {"action"}
    assert "GA3" in kept["action"]
    page = browser.get("/en/tailor/partneriaeth-ty-gwyr").text
    assert re.findall(r'<span class="chip">(\w+)</span>', page) == kept["action"]


def test_the_steps_keep_partnership_and_choice_both_ways(own: Server) -> None:
    browser = own.browser()
    form = browser.get(f"{EARLY}?stage=early").text
    back = unescape(re.findall(r'<a class="step step-choose" href="([^"]*)"', form)[0])
    choose = browser.get(back).text
    assert form_in(choose)["partnership"] == "example-early", "the filters hand it on"
    for link in ("step step-tailor", "step step-take"):
        [there] = re.findall(rf'<a class="{link}" href="([^"]*)"', choose)
        assert "example-early" in there
        assert "stage=early" in there
    [following] = re.findall(r'id="next" href="([^"]*)"', choose)
    assert following == f"{EARLY}?stage=early"
    cards = re.findall(r'class="toggle" id="[^"]*" href="([^"]*)"', choose)
    assert len(cards) == 21
    assert all("partnership=example-early" in each for each in cards)
    take = browser.get("/en/take?partnership=example-early&stage=early").text
    assert '/en/choose?partnership=example-early&stage=early">Change' in unescape(take)


def test_the_count_is_what_the_pack_will_have(own: Server) -> None:
    browser, query = own.browser(), "partnership=example-early&stage=early"
    assert "Cards chosen: 12 of 21" in browser.get(f"/en/take?{query}").text
    form = {**filled_in(browser, EARLY), "actions.SP2.leave_out": "yes", "do": "save"}
    assert browser.post(EARLY, form).status_code == 303
    for page in ("choose", "take"):
        assert "Cards chosen: 11 of 21" in browser.get(f"/en/{page}?{query}").text
    assert "no map" in browser.get(f"/en/take?{query}").text
    assert "no map" not in browser.get("/en/take?stage=early").text
    for page in ("choose", "take"):
        assert "Cards chosen: 12 of 21" in browser.get(f"/en/{page}?stage=early").text, "others have it"
    assert "not be in its pack: SP2." in browser.get(f"/en/choose?{query}").text
    shown = browser.post("/en/take", {"do": "show", "sent": "yes", "partnership": "example-early", "stage": "early"})
    assert "Cards chosen: 11 of 21" in shown.text
