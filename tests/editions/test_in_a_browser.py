"""Web pages as a browser shows them: by axe, by keyboard, on a narrow screen, without a script, in the dark."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.typed import typed

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages of a few actions, with a map."""
    folder = tmp_path_factory.mktemp("gwefan ŵ")
    chosen = [word for code in range(1, 8) for word in ("--action", f"SP{code}", "--action", f"FM{code}")]
    assert typed("toolkit", "--format", "html", *chosen, "--output", folder).status == 0
    [site] = folder.glob("*.web")
    return site


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pecyn")
    words = ("--format", "html", "--partnership", "example-mature", "--output", folder)
    assert typed("toolkit", *words).status == 0
    [site] = folder.glob("packs/*/*.web")
    return site


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with browser.new_page() as page:
        yield page


def faults(page: Any) -> list[tuple[str, str]]:
    """What axe finds on a page: the rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("scheme", "language"), [("light", "cy"), ("dark", "en")])
def test_axe_finds_nothing_on_any_kind_of_page(site: Path, browser: Any, scheme: str, language: str) -> None:
    others = [path for path in site.glob(f"{language}/*.html") if not re.fullmatch("(SP|FM)[2-7]", path.stem)]
    page = browser.new_page(color_scheme=scheme)
    found = {}
    for path in (site / "index.html", *sorted(others)):
        page.goto(path.as_uri())
        if told := faults(page):
            found[path.relative_to(site).as_posix()] = told
    page.close()
    assert found == {}


@pytest.mark.parametrize(
    "name", ["index", "cy/GA3", "en/GA3", "cy/partnership-welcome", "en/colophon", "cy/partnership-page-ten-years"]
)
def test_axe_finds_nothing_on_pages_of_a_pack(pack: Path, page: Any, name: str) -> None:
    page.goto((pack / f"{name}.html").as_uri())
    assert faults(page) == []


def test_nothing_is_fetched_and_nothing_fails(site: Path, page: Any) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
    assert wrong == []
    assert {address for address in asked if not address.startswith(site.as_uri())} == set()


@pytest.mark.parametrize("name", ["index.html", "cy/index.html", "en/SP1.html", "cy/map.html", "cy/worksheet.html"])
@pytest.mark.parametrize(("width", "text"), [(320, 1), (640, 2)])
def test_no_page_is_wider_than_a_narrow_screen(site: Path, page: Any, name: str, width: int, text: int) -> None:
    """320 pixels across, as at 400 % (WCAG 2.2, 1.4.10); and with text twice as large (1.4.4)."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto((site / name).as_uri())
    page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{100 * text}%")
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= width


def shown(page: Any) -> list[str]:
    return [str(link.inner_text()) for link in page.locator(".card:not([hidden]) h3 a").all() if link.is_visible()]


def test_the_filter_shows_what_the_command_lists(site: Path, page: Any) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    assert len(shown(page)) == 14
    page.get_by_label("Mature").check()
    page.get_by_label("High").check()
    chosen = [word for code in range(1, 8) for word in ("--action", f"SP{code}", "--action", f"FM{code}")]
    listed = typed("list", "--stage", "mature", "--resource", "high", "--format", "csv", *chosen).out
    titles = shown(page)
    assert 0 < len(titles) < 14
    assert all(title in listed for title in titles)
    assert page.locator("[data-count]").inner_text() == str(len(titles)) == str(len(listed.strip().splitlines()) - 1)
    page.get_by_role("link", name="Cymraeg").click()
    assert page.url.endswith("#stage=mature&resource=high")
    assert len(shown(page)) == len(titles)
    page.get_by_role("button", name="Dangos pob un").click()
    page.wait_for_function("document.querySelector('[data-count]').textContent === '14'")


def test_another_language_opens_at_the_same_place(site: Path, page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto((site / "cy" / "SP2.html").as_uri())
    page.evaluate("document.getElementById('keys').scrollIntoView({behavior: 'instant'})")
    page.evaluate("document.querySelector('.languages a').focus({preventScroll: true})")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/SP2.html#keys", timeout=5000)


def test_search_finds_words_without_their_accents(site: Path, page: Any) -> None:
    page.goto((site / "cy" / "SP1.html").as_uri())
    page.get_by_role("searchbox").fill("hwyluswyr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cy/search.html?q=hwyluswyr")
    found = page.locator("[data-results] a")
    assert "SP1" in [each.inner_text()[:3] for each in found.all()]
    page.get_by_role("searchbox").fill("gwybodaeth zzzz")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-nothing]:not([hidden])")


def test_all_actions_are_there_without_a_script(site: Path, browser: Any) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / "cy" / "index.html").as_uri())
    assert len(shown(page)) == 14
    assert not page.locator(".filters").is_visible()
    assert not page.locator(".search").is_visible()
    page.close()


def test_the_keyboard_reaches_the_content_first(site: Path, page: Any) -> None:
    page.goto((site / "en" / "SP1.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


STOP = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  if (at === document.body) { return null; }
  const all = [...document.querySelectorAll("a[href], button, input, [tabindex='0']")];
  return {
    place: all.indexOf(at),
    name: (at.getAttribute("aria-label") || at.textContent || at.closest("label").textContent).trim(),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
  };
}"""


def walk(page: Any, most: int = 150) -> list[dict[str, Any]]:
    """Where the tabulator stops on a page, from its top to its end."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the keyboard does not get out")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["index.html", "en/index.html", "cy/SP1.html", "cy/map.html", "en/search.html"])
def test_the_keyboard_goes_through_a_page_in_order_and_is_seen(site: Path, page: Any, name: str, width: int) -> None:
    """WCAG 2.2, 2.1.2, 2.4.3, 2.4.7 and 2.4.11: no trap, the order of the page, and a ring round what is on screen."""
    page.set_viewport_size({"width": width, "height": 600})
    page.emulate_media(reduced_motion="reduce")
    page.goto((site / name).as_uri())
    stops = walk(page)
    assert len(stops) > 1
    places = [stop["place"] for stop in stops]
    assert places == sorted(set(places))
    assert [stop["name"] for stop in stops if stop["ring"] < 2 or not stop["seen"]] == []


def test_everything_can_be_done_by_keyboard(site: Path, page: Any) -> None:
    """From the start page into a language, filter, search, and to what was found; the map is scrolled."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto((site / "index.html").as_uri())
    to(page, "English")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/index.html")
    to(page, "Mature")
    page.keyboard.press("Space")
    assert 0 < len(shown(page)) < 14
    to(page, "Show all")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[data-count]').textContent === '14'")
    page.goto((site / "en" / "SP1.html").as_uri())
    to(page, "Search")
    page.keyboard.type("facilitators")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search.html?q=facilitators")
    to(page, page.locator("[data-results] a").first.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/*.html")
    page.goto((site / "en" / "map.html").as_uri())
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "scroll":
            break
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def to(page: Any, name: str) -> None:
    """Press the tabulator until it stops at something called so."""
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop and stop["name"] == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")
