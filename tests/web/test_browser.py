"""The page in a real browser: Debian's Chromium, where it is installed."""

from __future__ import annotations

import shutil
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.making import LONG_WORD, Copy
from tests.partnerships.test_spreadsheet import write
from tests.typed import typed
from tests.web.test_server import serving

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

LONG = 120_000
"""Milliseconds that typesetting may take on a machine that is busy."""
PAGES = (
    "choose?stage=early",
    "choose?stage=mature&resource=low&time=medium",
    "tailor",
    "tailor/example-early?stage=early",
    "take?stage=early",
    "many",
    "translate?state=draft",
    "translate?state=reviewed",
    "translate/texts/3a5e7f5bc786?state=draft",
    "translate/files",
    "jobs/nothing",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(chromium: Any, address: str, **how: Any) -> Any:
    """A page of a browser that is let in, and that fails where something is refused by the page's own policy."""
    page = chromium.new_context(**how).new_page()
    page.set_default_timeout(LONG)
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda said: page.wrong.append(said.text) if "Content Security" in said.text else None)
    page.goto(address)
    return page


def test_an_officer_gets_from_the_start_to_the_pack_and_it_is_what_the_command_makes(
    chromium: Any, mine: Copy, tmp_path: Path
) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", accept_downloads=True)
        # choose
        page.get_by_label("Early").check()
        page.get_by_text("Cards chosen: 12 of 21").wait_for()
        page.get_by_label("Leave out SP2: Systems thinking and mapping").click()
        page.get_by_text("Cards chosen: 11 of 21").wait_for()
        assert "stage=early&exclude=SP2" in page.url
        page.get_by_role("link", name="Cymraeg").click()
        page.get_by_text("Cardiau wedi’u dewis: 11 o 21").wait_for()
        page.get_by_role("link", name="English").click()
        page.get_by_role("link", name="Next: tailor").click()
        # tailor
        page.get_by_label("Cymraeg").fill("Partneriaeth Dyffryn")
        page.get_by_label("English").fill("Dyffryn Partnership")
        page.get_by_role("button", name="Begin").click()
        page.locator(".sheets img").first.wait_for()
        page.get_by_label("Colour of the cover").first.fill("#f5b800")
        page.get_by_role("button", name="Use #").click()
        page.locator("[id='contact.email']").fill("nobody")
        page.get_by_text("This is no email address").wait_for()
        page.locator("[id='contact.email']").fill("swyddfa@example.org")
        page.get_by_text("This is no email address").wait_for(state="detached")
        page.get_by_text("GA2", exact=True).click()
        page.locator("[id='actions.GA2.examples.cy']").fill("Siarter leol")
        page.locator("[id='actions.GA2.examples.en']").fill("A local charter")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Saved.").wait_for()
        page.get_by_role("button", name="Next: take away").click()
        # take away
        for name in ("Action cards", "Summary", "Toolkit", "Planning worksheet"):
            page.get_by_label(name, exact=True).uncheck()
        page.get_by_role("button", name="Make the files").click()
        page.get_by_role("heading", name="Your files: Ready").wait_for()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download handouts").click()
        name, data = waiting.value.suggested_filename, waiting.value.path().read_bytes()
        assert page.wrong == []
    done = typed(
        "handouts", "--partnership", "partneriaeth-dyffryn", "--stage", "early", "--exclude", "SP2",
        "--project", mine.root, "--output", tmp_path / "typed",
    )  # fmt: skip
    assert done.status == 0, done.err
    (made,) = (tmp_path / "typed").rglob("*.pdf")
    assert (name, data) == (made.name, made.read_bytes())


def test_no_page_keeps_anybody_out_and_none_is_wider_than_a_telephone(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, bypass_csp=True)  # for what looks at it
        root = address.partition("?")[0]
        for language in ("cy", "en"):
            for name in PAGES:
                page.set_viewport_size({"width": 1280, "height": 900})
                page.goto(f"{root}{language}/{name}")
                found = axe.Axe().run(page).response["violations"]
                assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
                page.set_viewport_size({"width": 320, "height": 700})
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_without_script_forms_and_links_do_all_of_it(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", java_script_enabled=False)
        page.get_by_label("Early").check()
        page.get_by_role("button", name="Show these cards").click()
        page.get_by_text("Cards chosen: 12 of 21").wait_for()
        page.get_by_role("link", name="Take away").click()
        for name in ("Action cards", "Handouts", "Toolkit", "Planning worksheet"):
            page.get_by_label(name, exact=True).uncheck()
        page.get_by_role("button", name="Make the files").click()
        page.get_by_role("heading", name="Your files: Ready").wait_for()  # the page loads itself again


def to(page: Any, what: Any, most: int = 300) -> None:
    """Go to a field, a link or a button with the key that goes from one to the next; it can be seen there."""
    for _ in range(most):
        if what.evaluate("node => node === document.activeElement"):
            assert what.is_visible()
            return
        page.keyboard.press("Tab")
    raise AssertionError(what)


def test_by_keyboard_alone_an_officer_gets_from_the_start_to_the_pack(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", accept_downloads=True)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "stage-early"
        page.keyboard.press("Space")
        page.get_by_text("Cards chosen: 12 of 21").wait_for()
        assert page.evaluate("document.activeElement.id") == "stage-early"
        to(page, page.get_by_label("Leave out SP2: Systems thinking and mapping"))
        page.keyboard.press("Enter")
        page.get_by_text("Cards chosen: 11 of 21").wait_for()
        assert page.evaluate("document.activeElement.id") == "card-SP2"  # where it can be put in again
        page.keyboard.press("Home")
        page.get_by_role("link", name="Skip to the content").focus()
        to(page, page.get_by_role("link", name="Next: tailor"))
        page.keyboard.press("Enter")
        # tailor
        page.get_by_role("heading", name="Tailor to a partnership").wait_for()
        for label, name in (("Cymraeg", "Partneriaeth Dyffryn"), ("English", "Dyffryn Partnership")):
            to(page, page.get_by_label(label))
            page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.locator(".sheets img").first.wait_for()
        to(page, page.locator("[id='contact.email']"))
        page.keyboard.type("swyddfa@example.org")
        to(page, page.locator(".of-action summary").nth(2))
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Siarter leol")
        page.keyboard.press("Tab")
        page.keyboard.type("A local charter")
        to(page, page.get_by_role("button", name="Save", exact=True))
        page.keyboard.press("Enter")
        page.get_by_text("Saved.").wait_for()
        to(page, page.get_by_role("button", name="Next: take away"))
        page.keyboard.press("Enter")
        # take away
        page.get_by_role("heading", name="Take your pack away").wait_for()
        for name in ("Action cards", "Handouts", "Toolkit", "Planning worksheet"):
            to(page, page.get_by_label(name, exact=True))
            page.keyboard.press("Space")
        to(page, page.get_by_role("button", name="Make the files"))
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Your files: Ready").wait_for()
        to(page, page.get_by_role("link", name="Download summary"))
        with page.expect_download() as waiting:
            page.keyboard.press("Enter")
        assert waiting.value.path().read_bytes().startswith(b"%PDF")
        assert waiting.value.suggested_filename.startswith("summary.partneriaeth-dyffryn.")
        assert page.wrong == []


WIDER = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !each.closest(".map-scroll, .sr, .skip");
}).map((each) => each.outerHTML.slice(0, 200))"""
"""What stands out on the right, but for what can be scrolled by itself."""
STANDING = """() => [...document.querySelectorAll("main *")].filter(
    (each) => ["sticky", "fixed"].includes(getComputedStyle(each).position) && each.offsetHeight > innerHeight / 3
).map((each) => each.className)"""
"""What stays in view, and would leave little of it for all else."""


def test_at_four_times_the_size_every_page_reads_downwards_alone(chromium: Any, mine: Copy) -> None:
    """WCAG 2.2, 1.4.10: a window of 1280 by 1024 at 400 % is one of 320 by 256."""
    with serving("--project", str(mine.root)) as (_, address):
        window = {"width": 320, "height": 256}
        page = opened(chromium, address, viewport=window, device_scale_factor=4, locale="en-GB")
        root = address.partition("?")[0]
        page.goto(f"{root}en/take?add=FM5&product=summary")
        page.get_by_role("button", name="Make the files").click()
        page.get_by_role("heading", name="Your files: Ready").wait_for()
        made = page.url.partition("/en/")[2]
        for language in ("cy", "en"):
            for name in (*PAGES, made):
                page.goto(f"{root}{language}/{name}")
                if name.startswith(("tailor/", "translate/texts")):
                    page.locator(".see .sheets img").first.wait_for(state="attached")
                    page.locator(".see .sheets a").first.scroll_into_view_if_needed()
                assert page.evaluate("document.documentElement.scrollWidth") <= window["width"], name
                assert page.evaluate(WIDER) == [], name
                assert page.evaluate(STANDING) == [], name


AWAY, UNKNOWN = "The server does not answer", "The server was started again"


def test_a_connection_that_is_lost_is_told_and_the_page_goes_on(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", bypass_csp=True)
        root = address.partition("?")[0]
        page.get_by_label("Early").wait_for()
        page.context.set_offline(True)
        page.get_by_label("Early").check()
        page.get_by_text(AWAY).wait_for()
        assert axe.Axe().run(page).response["violations"] == []
        page.context.set_offline(False)
        page.get_by_text("Cards chosen: 12 of 21").wait_for()  # what was asked for meanwhile
        page.get_by_text(AWAY).wait_for(state="hidden")

        page.goto(f"{root}en/tailor/example-early?add=FM5")
        page.locator(".see .sheets img").first.wait_for()
        page.context.set_offline(True)
        page.locator("[id='contact.email']").fill("nobody")
        page.get_by_text(AWAY).wait_for()
        page.get_by_role("button", name="Save", exact=True).click()  # would lead to a page of the browser's own
        page.wait_for_timeout(500)
        assert page.locator("[id='contact.email']").input_value() == "nobody"
        page.context.set_offline(False)
        page.get_by_text("This is no email address").wait_for()
        page.get_by_text(AWAY).wait_for(state="hidden")


def test_a_server_that_is_stopped_and_started_is_told_and_nothing_is_lost(chromium: Any, mine: Copy) -> None:
    options = ("--project", str(mine.root))
    with serving(*options) as (process, address):
        page = opened(chromium, address, locale="en-GB")
        root = address.partition("?")[0]
        page.goto(f"{root}en/tailor/example-early?add=FM5")
        page.locator(".see .sheets img").first.wait_for()
        process.send_signal(signal.SIGINT)
        process.wait()
        page.locator("[id='contact.telephone']").fill("029 2000 0000")
        page.get_by_text(AWAY).wait_for()
        page.get_by_role("button", name="Save", exact=True).click()
    with serving(*options, port=int(urlsplit(address).port or 0)) as (_, anew):
        page.get_by_text(UNKNOWN).wait_for()
        other = page.context.new_page()
        other.goto(anew)
        page.get_by_text(UNKNOWN).wait_for(state="hidden")
        assert page.locator("[id='contact.telephone']").input_value() == "029 2000 0000"
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Saved.").wait_for()
    assert "029 2000 0000" in (mine.root / "content" / "partnerships" / "example-early.yaml").read_text("utf-8")


def test_what_is_wrong_with_a_page_is_told_at_its_field(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB")
        page.goto(f"{address.partition('?')[0]}en/tailor/example-early?add=FM5")
        page.get_by_label("What to show").select_option("handouts")
        field = page.locator("[id='actions.FM5.note.cy']")
        page.locator(".of-action", has=field).locator("summary").click()
        page.locator("[id='actions.FM5.note.en']").fill("Short.")
        field.fill(LONG_WORD * 3)
        page.get_by_text("Something is wrong on the page because of this text").wait_for()
        assert field.get_attribute("aria-invalid") == "true"
        page.get_by_role("link", name="Go to the text").first.click()
        assert page.url.endswith("#actions.FM5.note.cy")
        field.fill("Byr.")
        page.get_by_text("Something is wrong on the page because of this text").wait_for(state="detached")
        assert page.wrong == []


def test_pages_never_stand_under_another_name_and_a_server_that_fails_is_not_asked_again(
    chromium: Any, mine: Copy
) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", viewport={"width": 1400, "height": 900})
        page.goto(f"{address.partition('?')[0]}en/tailor/example-early?action=FM1")
        page.locator(".see .sheets img").first.wait_for()
        field = page.locator("[id='actions.FM1.note.en']")
        page.locator(".of-action", has=field).locator("summary").click()
        field.fill("We ask the people of the valley. " * 34)
        page.locator("[id='actions.FM1.note.cy']").fill("Byddwn yn gofyn i bobl y cwm. " * 34)
        page.get_by_label("What to show").select_option("cards")
        assert page.locator(".see .sheets img").count() == 0, "those are of another product"
        page.locator("[data-fits=FM1]", has_text="Number of cards that this takes: 2").wait_for()
        asked: list[str] = []

        def fail(route: Any) -> None:
            if route.request.method != "POST":
                route.continue_()
                return
            asked.append(route.request.url)
            route.fulfill(status=500, body="")

        page.route("**/tailor/example-early*", fail)
        page.get_by_label("What to show").select_option("handouts")
        page.get_by_text("Something went wrong while the pages were being shown.").wait_for()
        assert page.locator(".see .sheets img").count() == 0
        page.wait_for_timeout(2500)
        assert len(asked) == 1
        page.unroute("**/tailor/example-early*")
        field.fill("Short.")
        page.locator("[id='actions.FM1.note.cy']").fill("Byr.")
        page.locator(".see .sheets img").first.wait_for()
        assert page.wrong == []


IN_VIEW = "each => { const box = each.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; }"


def test_the_page_that_is_worked_on_comes_into_view_and_can_be_reached_on_a_telephone(
    chromium: Any, mine: Copy
) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", viewport={"width": 1280, "height": 800})
        page.goto(f"{address.partition('?')[0]}en/tailor/example-early?add=FM5")
        page.locator(".see .sheets img").first.wait_for()
        field, at = page.locator("[id='actions.FM5.note.cy']"), page.locator(".see .is-at")
        page.locator(".of-action", has=field).locator("summary").click()
        page.locator("[id='name.cy']").focus()
        page.locator(".see li.is-at[id='page-0-1']").wait_for()
        field.fill("Dechrau cyn y Pasg.")
        page.locator(".see li.is-at:not([id='page-0-1'])").wait_for()
        page.locator("[id='actions.FM5.note.en']").fill("Begin before Easter.")
        page.wait_for_timeout(1500)
        page.locator(".see li.is-at:not([id='page-0-1'])").wait_for()
        assert at.count() == 1
        assert at.evaluate(IN_VIEW)
        page.set_viewport_size({"width": 360, "height": 700})
        field.focus()
        page.get_by_role("link", name="See the page").click()
        page.wait_for_function(f"({IN_VIEW})(document.querySelector('.is-at'))")
        assert not field.evaluate(IN_VIEW)
        page.get_by_role("link", name="Back to the form").click()
        assert field.evaluate(IN_VIEW)
        assert field.evaluate("each => each === document.activeElement")
        assert page.wrong == []


def test_a_translator_goes_from_text_to_text(chromium: Any, mine: Copy) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB")
        page.get_by_role("link", name="Translate").click()
        page.wait_for_url("**/translate")  # and its script: nobody chooses sooner
        page.get_by_label("Where the text is").select_option("content/actions/FM5.yaml")
        page.get_by_text("Texts: 7").wait_for()
        page.get_by_label("Draft").check()
        page.locator(".text-row a[href*='state=draft']").first.wait_for()
        page.get_by_role("link", name="Fundraising title").click()
        page.get_by_label("Cymraeg").fill("Codi arian **yn awr")
        page.get_by_text("Formatting, or slots to be filled").wait_for()
        page.get_by_label("Cymraeg").fill("Codi arian da")
        page.get_by_text("Formatting, or slots to be filled").wait_for(state="detached")
        page.locator(".see .sheets img").first.wait_for()
        page.get_by_label("Reviewed").check()
        page.get_by_label("Who accepts it").fill("Nia")
        page.get_by_role("button", name="Save and go to the next").click()
        page.get_by_text("Saved.").wait_for()
        page.get_by_role("link", name="Back to the list").click()
        page.get_by_text("Texts: 6").wait_for()
        page.get_by_role("button", name="Tick all that are shown").click()
        page.get_by_role("button", name="Accept those that are ticked").click()
        page.get_by_text("Texts accepted: 6").wait_for()
        assert page.wrong == []
    text = (mine.root / "content" / "actions" / "FM5.yaml").read_text("utf-8")
    assert "cy: Codi arian da" in text
    assert typed("check", "--project", mine.root).status == 0


def spreadsheet(folder: Path, name: str, stage: str) -> Path:
    """A spreadsheet with one heading of which the tool understands nothing."""
    path = folder / name
    rows = [["Partneriaethau"], [], ["Enw", "Who they are", "Stage"], ["Tŷ Gŵyr", "House", stage], ["Âl", "Ale", "Mid"]]
    return write(path, rows)


def test_a_spreadsheet_is_matched_put_right_and_made_with_nobody_kept_out(
    chromium: Any, mine: Copy, tmp_path: Path
) -> None:
    wrong, right = spreadsheet(tmp_path, "rhestr.xlsx", "Earlly"), spreadsheet(tmp_path, "cywir.xlsx", "Early")
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="en-GB", accept_downloads=True, bypass_csp=True)  # for axe

        def looked_at() -> None:
            """No violation, in either language, and not wider than a telephone."""
            for _ in range(2):
                found = axe.Axe().run(page).response["violations"]
                assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page.url
                page.set_viewport_size({"width": 320, "height": 700})
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
                page.set_viewport_size({"width": 1280, "height": 900})
                page.locator("a.switch").click()

        page.get_by_role("link", name="Many partnerships", exact=True).click()
        looked_at()
        page.get_by_label("The spreadsheet", exact=True).set_input_files(wrong)
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_label("Column B").select_option(label="Name (English)")
        page.get_by_label("Summary", exact=True).check()
        page.get_by_role("button", name="Check").click()
        page.get_by_text("Taflen!C4").wait_for()
        looked_at()
        page.get_by_label("The corrected spreadsheet").set_input_files(right)
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_text("All is right. Number of packs: 2.").wait_for()
        looked_at()
        page.get_by_role("button", name="Make the packs").focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Your packs: Ready").wait_for()
        assert page.get_by_text("ready", exact=True).count() == 2
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download all packs").click()
        with zipfile.ZipFile(waiting.value.path()) as archive:
            assert {*archive.namelist()} >= {"al/summary.al.cy-en.pdf", "ty-gwyr/summary.ty-gwyr.cy-en.pdf"}
        looked_at()
        assert page.wrong == []


def test_without_script_a_spreadsheet_is_sent_matched_and_made(chromium: Any, mine: Copy, tmp_path: Path) -> None:
    with serving("--project", str(mine.root)) as (_, address):
        page = opened(chromium, address, locale="cy", java_script_enabled=False)
        page.get_by_role("link", name="Llawer o bartneriaethau", exact=True).click()
        page.get_by_label("Y daenlen", exact=True).set_input_files(spreadsheet(tmp_path, "a.xlsx", "Early"))
        page.get_by_role("button", name="Anfon", exact=True).click()
        page.get_by_label("Colofn B").select_option(label="Enw (Saesneg)")
        page.get_by_label("Crynodeb", exact=True).check()
        page.get_by_role("button", name="Gwirio").click()
        page.get_by_role("button", name="Creu’r pecynnau").click()
        page.get_by_role("heading", name="Eich pecynnau: Yn barod").wait_for()  # the page loads itself again
