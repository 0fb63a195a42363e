"""One to four languages, one of them from right to left: every product in every layout that it takes.

The frameworks are made: each of their texts begins with a mark that no other has, so that it is known wherever it
stands.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import reading
from tests.fuzz.framework_files import MARK, Writer
from tests.fuzz.framework_shapes import Scale, Shape
from tests.making import PRODUCTS
from tests.typed import Typed, typed
from toolkit_builder.documents.layouts import LAYOUTS, Edition
from toolkit_builder.project import shipped

SPOKEN = {1: ("ar",), 2: ("cy", "ar"), 3: ("ar", "cy", "en"), 4: ("cy", "pl", "en", "ar")}
ACTIONS = 1
LEAVES = {"cards": 2 + ACTIONS, "summary": 1, "handouts": ACTIONS, "toolkit": 6 + ACTIONS, "worksheet": 1}
"""Leaves of each language; of a toolkit, with its cover. Of the products that say all of an action, or its title."""
LEAST = {"cards": 9.5, "summary": 9.5, "handouts": 9.5, "toolkit": 10.0, "worksheet": 11}
"""The least size of type in pt, of small print."""
EDITIONS = [
    *((1, product, "", False) for product in LEAVES),
    *(
        (max(count for count in SPOKEN if described.holds(layout, count, large_print=large)), product, layout, large)
        for product, described in PRODUCTS.items()
        if product in LEAVES
        for large in (False, True)
        for layout in described.takes(large_print=large)
        if not (large and LAYOUTS[layout].has_halves)  # whose pages are those of back to back
    ),
    (3, "toolkit", "parallel-pages", False),  # whose cover has them side by side
]
"""Every layout with as many languages as it holds, of the four."""


@dataclass(frozen=True)
class Framework:
    """A framework that was written: where, in which languages, and what it says."""

    root: Path
    languages: tuple[str, ...]
    writer: Writer

    def make(self, output: Path, *command: str) -> Typed:
        return typed(*command, "--project", self.root, "--output", output, "--cache", self.root / "cof")


@pytest.fixture(scope="module")
def framework(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Framework]:
    """Frameworks by their languages, each written once."""
    written: dict[tuple[str, ...], Framework] = {}

    def get(languages: tuple[str, ...]) -> Framework:
        if languages not in written:
            root = tmp_path_factory.mktemp("-".join(languages)) / "fframwaith ŵŷ"
            scales = (Scale(3, "path", several=True), Scale(3, "bars", several=False))
            writer = Writer(Shape(languages, ACTIONS, 1, scales, 2, 2, 2, 24, 12, 0.25, 7, ()), whole=True)
            writer.project(root)
            written[languages] = Framework(root, languages, writer)
        return written[languages]

    return get


def entries(output: Path) -> list[Mapping[str, Any]]:
    """What the manifest says of the documents for the screen."""
    files = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
    return [file for file in files if not file["path"].endswith(".sheets.pdf")]


@pytest.mark.parametrize(("count", "product", "layout", "large"), EDITIONS)
def test_every_layout_has_all_languages(
    framework: Callable[[tuple[str, ...]], Framework],
    tmp_path: Path,
    count: int,
    product: str,
    layout: str,
    large: bool,
) -> None:
    """Nothing is lost, each text is tagged with its language, and no type is smaller than it may be."""
    languages = SPOKEN[count]
    made = framework(languages)
    done = made.make(tmp_path, product, *(["--layout", layout] if layout else []), *["--large-print"][: int(large)])
    assert done.status == 0, done.err
    assert "does not hold" not in done.err
    [entry] = entries(tmp_path)
    path = tmp_path / entry["path"]
    assert entry["languages"] == list(languages)
    assert reading.failures(path) == ""
    assert reading.smallest_type(path)[0] >= (18 if large else LEAST[product])
    pages = reading.pages(path)
    if not large:  # lines of Arabic are higher: half a card has no room for all of these, and a further card has it
        further = 2 if (product, layout) == ("cards", "top-and-bottom") else 0
        assert len(pages) - page_count(product, layout, len(languages)) in (0, further)
    assert_all_said(made, pages, product)
    if product == "worksheet":  # which has labels alone, and those have no marks
        assert {element.language for element in reading.tree(path)} == set(languages)
        return
    told: dict[str, str] = {}
    for element in reading.tree(path):  # what stands in an element comes after it
        told |= dict.fromkeys(MARK.findall(element.text), element.language)
    assert set(told.values()) == set(languages)
    assert {mark: made.writer.spoken[mark] for mark in told} == told


def page_count(product: str, layout: str, languages: int) -> int:
    """How many pages a document has, each leaf taking one."""
    leaves = LEAVES[product]
    if product == "cards":  # of two languages each has a side, of another number of languages each has a card
        return leaves * languages if languages == 2 else (leaves - 1) * 2 * languages
    if layout and LAYOUTS[layout].is_together:
        return leaves
    return 1 + (leaves - 1) * languages if layout == "parallel-pages" else leaves * languages


def assert_all_said(made: Framework, pages: list[str], product: str) -> None:
    """Each mark of the actions' texts stands on a page, and its whole text with it."""
    said = "".join(pages)
    of_actions = marks_of_actions(made, titles_only=product == "summary") if product != "worksheet" else []
    for mark in of_actions:
        assert mark in said, made.writer.texts[mark]
    for found in MARK.finditer(said):
        assert said.startswith(made.writer.texts[found[0]], found.start())


def marks_of_actions(made: Framework, *, titles_only: bool) -> list[str]:
    """The marks of all that the actions say, or of their titles."""
    read = [yaml.safe_load(file.read_text("utf-8")) for file in (made.root / "content" / "actions").iterdir()]
    return [mark for action in read for mark in MARK.findall(str(action["title"] if titles_only else action))]


# -- layouts that do not hold all languages ----------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "usual"), [(2, "parallel-columns"), (3, "block-by-block"), (4, "back-to-back")])
def test_the_first_layout_that_holds_them_is_taken(count: int, usual: str) -> None:
    """What is said is said once, whatever the number of pages."""
    handouts = PRODUCTS["handouts"]
    assert handouts.layout_in(Edition(SPOKEN[count])) == usual
    assert handouts.layout_in(Edition(SPOKEN[count], "tilt-and-turn")) == ("tilt-and-turn" if count == 2 else usual)
    said = f"handouts: parallel-columns does not hold {count} languages; laid out {usual}"
    assert handouts.substitution(Edition(SPOKEN[count])) == ("" if count == 2 else said)


def test_a_layout_that_was_asked_for_is_for_the_products_that_take_it(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path
) -> None:
    done = framework(SPOKEN[4]).make(tmp_path, "build", "--layout", "top-and-bottom")
    assert done.status == 0, done.err
    assert done.err.count("handouts: top-and-bottom does not hold 4 languages; laid out back-to-back\n") == 1
    assert done.err.count("Not in top-and-bottom, and left out: summary, toolkit, worksheet\n") == 1
    assert done.err.count("cards: top-and-bottom does not hold 4 languages; laid out back-to-back\n") == 1
    assert [(entry["product"], entry["layout"], entry["path"]) for entry in entries(tmp_path)] == [
        ("cards", "back-to-back", "cards.cy-pl-en-ar.pdf"),
        ("handouts", "back-to-back", "handouts.cy-pl-en-ar.pdf"),
    ]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("build", "--layout", "parallel-columns", "--large-print"), "cards: not in large print; handouts, summary, "),
        (("cards", "--layout", "parallel-columns"), "--layout: cards does not take parallel-columns. It takes: "),
    ],
)
def test_a_layout_that_nothing_takes_is_refused(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path, command: tuple[str, ...], said: str
) -> None:
    done = framework(SPOKEN[3]).make(tmp_path, *command)
    assert done.status == 2
    assert said in done.err


def test_a_product_whose_layouts_hold_too_few_is_left_out_and_told(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path
) -> None:
    root = tmp_path / "pedair iaith"
    shutil.copytree(framework(SPOKEN[4]).root / "content", root / "content")
    text = (shipped() / "layouts" / "summary" / "product.yaml").read_text("utf-8")
    text = text.replace("[back-to-back, tilt-and-turn]", "[back-to-back]\nmost_languages: {back-to-back: 2}", 1)
    (root / "layouts" / "summary").mkdir(parents=True)
    (root / "layouts" / "summary" / "product.yaml").write_text(text, "utf-8")
    told = typed("check", "--project", root)
    assert "layouts: none of them holds the 4 languages of the framework; it is made in one language only" in told.out
    refused = typed("summary", "--project", root)
    assert refused.status == 2
    assert "summary does not come in 4 languages" in refused.err


# -- packs -------------------------------------------------------------------------------------------------------------


def test_a_pack_may_have_some_of_the_languages(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path
) -> None:
    """Texts in two of three: it is made in these two, in the layout of two, and not in the third."""
    pack = tmp_path / "dwy.yaml"
    local = {"examples": [{"cy": "Taith", "en": "A walk"}], "note": {"cy": "Ebrill", "en": "April"}}
    data = {"name": {"cy": "Cwm", "en": "Valley"}, "edition": {"languages": ["cy", "en"]}, "actions": {"AX1": local}}
    pack.write_text(yaml.safe_dump(data), "utf-8")
    made = framework(SPOKEN[3])
    done = made.make(tmp_path, "handouts", "--partnership", str(pack))
    assert done.status == 0, done.err
    [entry] = entries(tmp_path)
    assert (entry["languages"], entry["layout"]) == (["cy", "en"], "parallel-columns")
    assert "Awalk" in "".join(reading.pages(tmp_path / entry["path"]))
    refused = made.make(tmp_path, "handouts", "--partnership", str(pack), "--language", "ar")
    assert refused.status == 2
    assert "are not in “ar”. Allowed: cy, en, both" in refused.err


@pytest.mark.parametrize("count", [3, 4])
def test_the_cover_of_a_pack_has_room_for_all_languages(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path, count: int
) -> None:
    """Names stand above what is said of the workshop, in all languages, and nothing beside another of its kind."""
    languages = SPOKEN[count]
    pack = tmp_path / "pecyn.yaml"
    words = {"cy": "Dyffryn", "pl": "Dolina", "en": "Valley", "ar": "Qalat"}
    name = {language: f"N{words[language]} {words[language]}" for language in languages}
    place = {language: f"P{words[language]}" for language in languages}
    data = {"name": name, "workshop": {"date": "2027-03-04", "place": place}}
    pack.write_text(yaml.safe_dump(data), "utf-8")
    done = framework(languages).make(tmp_path, "toolkit", "--partnership", str(pack))
    assert done.status == 0, done.err
    [entry] = entries(tmp_path)
    path = tmp_path / entry["path"]
    names = [found for language in languages for found in reading.find(path, 0, name[language].partition(" ")[0])]
    places = [found for language in languages for found in reading.find(path, 0, place[language])]
    assert (len(names), len(places)) == (count, count)
    assert min(found.bottom for found in names) > max(found.bottom + found.height for found in places)
    assert len({round(found.bottom) for found in names}) == count
    assert len({(round(found.left), round(found.bottom)) for found in places}) == count


def test_a_language_without_a_font_has_that_of_the_styles_in_any_other(
    framework: Callable[[tuple[str, ...]], Framework], tmp_path: Path
) -> None:
    """The first language has a font of its own, and what stands around the others is in that language."""
    done = framework(SPOKEN[3]).make(tmp_path, "handouts")
    assert done.status == 0, done.err
    [entry] = entries(tmp_path)
    path = tmp_path / entry["path"]
    titles = yaml.safe_load((framework(SPOKEN[3]).root / "content" / "actions" / "AX1.yaml").read_text("utf-8"))[
        "title"
    ]
    fonts = {language: reading.font_of(path, 0, title[:5]) for language, title in titles.items()}
    assert {language: "Cairo" in font for language, font in fonts.items()} == {"ar": True, "cy": False, "en": False}
