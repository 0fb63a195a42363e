"""The six bilingual layouts, large print and grey: what stands where, that nothing is lost, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from tests import reading
from tests.making import PRODUCTS
from tests.products.conftest import Made
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.plan import Leaf, Plan

TAKES = {name: product.takes(large_print=False) for name, product in PRODUCTS.items()}
TAKES_IN_LARGE_PRINT = {name: PRODUCTS[name].takes(large_print=True) for name in PRODUCTS.in_large_print}
TWO = {"actions": ("SP4", "FM5")}
EACH = [(product, layout) for product, takes in TAKES.items() for layout in takes]
IN_LARGE_PRINT = [(product, layout) for product, takes in TAKES_IN_LARGE_PRINT.items() for layout in takes]
LARGE = {"large_print": True}


def languages_by_page(path: Path) -> list[set[str]]:
    """The languages of the parts on each page."""
    found: list[set[str]] = []
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        found = [set() for _ in pdf.pages]
        [document] = pdf.Root.StructTreeRoot.K

        def visit(element: Any, language: str) -> None:
            language = str(element.get("/Lang", "")) or language
            for kid in element.K:
                if isinstance(kid, int):
                    found[pages[element.Pg.objgen]].add(language)
                elif "/S" in kid:
                    visit(kid, language)

        visit(document, "")
    return found


def sheets_of(path: Path) -> Path:
    """The print sheets of a document."""
    return path.with_suffix(".sheets.pdf")


# -- in every layout ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=[*EACH, *((p, f"{how} large") for p, how in IN_LARGE_PRINT)], ids=" ".join)
def made_so(request: pytest.FixtureRequest, made: Made) -> Path:
    product, layout = request.param
    layout, _, large = layout.partition(" ")
    return made(product, how={"layout": layout, "large_print": bool(large)}, **TWO)


def test_nothing_is_lost_and_all_is_in_its_language(made_so: Path, shipped_catalogue: Catalogue) -> None:
    found = {(element.language, element.text) for element in reading.tree(made_so)}
    pages = "".join(reading.pages(made_so))
    product = made_so.name.partition(".")[0]
    has_all, has_titles = product in ("cards", "handouts", "toolkit"), product in ("summary", "map-poster", "dividers")
    for code in TWO["actions"]:
        action = shipped_catalogue.action(code)
        texts = [action.title] if has_titles else reading.texts_of(action) if has_all else []
        if made_so.name.startswith("cards") and "deck" not in made_so.name:  # picture cards say less
            texts = [text for text in texts if text.origin.key.partition("[")[0] in ("title", "purpose", "keys")]
        for text in texts:
            for language in ("cy", "en"):
                words = reading.plain(text[language])
                assert words in pages
                if not text.origin.key.startswith("who") and not has_titles:
                    assert (language, words) in found, f"{text.origin}.{language}"
    assert reading.failures(made_so) == ""


# -- each layout -------------------------------------------------------------------------------------------------------


def test_block_by_block_english_follows_welsh_at_once(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("handouts", how={"layout": "block-by-block"}, **TWO)
    for page, code in enumerate(TWO["actions"]):
        action = shipped_catalogue.action(code)
        [welsh], [english] = (reading.find(path, page, action.title[language]) for language in ("cy", "en"))
        assert welsh.left == pytest.approx(english.left, abs=2)
        assert 0 < welsh.bottom - english.bottom < 25 / 25.4 * 72
    parts = [element.own_language for element in reading.tree(path) if element.kind == "/Art"]
    assert parts[: len(parts) // 2] == ["cy", "en"] * (len(parts) // 4)


def test_top_and_bottom_have_the_same_room(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("handouts", how={"layout": "top-and-bottom"}, **TWO)
    for page, code in enumerate(TWO["actions"]):
        action = shipped_catalogue.action(code)
        [welsh], [english] = (reading.find(path, page, action.title[language]) for language in ("cy", "en"))
        assert welsh.left == pytest.approx(english.left, abs=2)
        assert welsh.bottom - english.bottom == pytest.approx((271 + 6.25) / 2 / 25.4 * 72, abs=3)
        assert welsh.height == pytest.approx(english.height, abs=4)


@pytest.mark.parametrize("product", ["handouts", "toolkit", "summary", "cards"])
def test_back_to_back_has_welsh_on_every_front(made: Made, product: str) -> None:
    path = made(product, how={"layout": "back-to-back"}, **TWO)
    for number, languages in enumerate(languages_by_page(path), start=1):
        assert languages == {"cy" if number % 2 else "en"}, number


def test_parallel_pages_have_welsh_on_the_left(made: Made) -> None:
    cover, *pages = languages_by_page(made("toolkit", how={"layout": "parallel-pages"}, **TWO))
    assert cover == {"cy", "en"}
    assert pages == [{"cy"}, {"en"}] * (len(pages) // 2)


def test_tilt_and_turn_has_two_whole_documents(made: Made, shipped_catalogue: Catalogue) -> None:
    path = made("toolkit", how={"layout": "tilt-and-turn"}, **TWO)
    languages = languages_by_page(path)
    half = len(languages) // 2
    assert languages == [{"cy"}] * half + [{"en"}] * half
    pages = reading.pages(path)
    for start, language in ((0, "cy"), (half, "en")):
        action = shipped_catalogue.action("FM5")
        [contents] = [page for page in pages[start : start + half] if reading.plain(action.title[language]) in page][:1]
        title = re.escape(reading.plain(action.title[language]))  # what it is for stands before the number
        number = next(n for n in range(1, half) if re.search(rf"{title}\D*{n}", contents))
        assert reading.plain(action.title[language]) in pages[start + number - 1]
        assert str(number) in [word.text.strip() for word in reading.words(path, start + number - 1)]
    with pikepdf.open(path) as pdf:
        assert [int(at) for at in list(pdf.Root.PageLabels.Nums)[::2]] == [0, half]


def test_tilt_and_turn_for_print(made: Made) -> None:
    """Turned over and upside down, the sheets begin with the second cover and go on in order."""
    path = made("toolkit", how={"layout": "tilt-and-turn", "for_print": True}, **TWO)
    sheets = sheets_of(path)
    screen, printed = len(reading.pages(path)), len(reading.pages(sheets))
    assert printed == screen + screen % 2
    for number in range(screen):
        in_half = number - screen // 2
        page = number if in_half < 0 else printed - 1 - in_half
        picture = reading.picture(sheets, page, 0.5).convert("L")
        if in_half >= 0:
            picture = picture.transpose(Image.Transpose.ROTATE_180)
        off = ImageChops.difference(picture, reading.picture(path, number, 0.5).convert("L"))
        assert ImageStat.Stat(off).mean[0] < 3, number


def test_an_odd_page_more_is_blank_between_the_halves(shipped_catalogue: Catalogue) -> None:
    from toolkit_builder.press.imposition.folded import tilted_and_turned
    from toolkit_builder.press.imposition.sheets import Placed
    from toolkit_builder.press.plates.plate import Page, Plate

    page = Page(10.0, 20.0, b"", b"", {}, 0)
    first, second = (Plate("", 12, [page] * count, [], {}, {}, {}) for count in (2, 1))
    sheets = tilted_and_turned([([Placed(first, 0), Placed(first, 1)], [Placed(second, 0)])])
    assert [len(side.placed) for side in sheets.sides] == [1, 1, 0, 1]
    assert [one.turned for side in sheets.sides for one in side.placed] == [False, False, True]


def test_the_backs_of_cards_are_turned(made: Made) -> None:
    upright = sheets_of(made("cards", how={"layout": "back-to-back"}, **TWO))
    turned = sheets_of(made("cards", how={"layout": "tilt-and-turn"}, **TWO))
    one, other = (reading.picture(path, 1, 0.5).convert("L") for path in (upright, turned))
    width, height = one.width // 2, one.height // 2
    for left, top in ((0, 0), (width, 0), (0, height), (width, height)):
        # a face keeps clear of the edges, where the marks are
        box = (left + 12, top + 12, left + width - 12, top + height - 12)
        face, back = one.crop(box), other.crop(box)
        turned_off = ImageChops.difference(face.transpose(Image.Transpose.ROTATE_180), back)
        off = ImageChops.difference(face, back)
        assert ImageStat.Stat(turned_off).mean[0] < ImageStat.Stat(off).mean[0] * 0.6


# -- a language that runs longer ---------------------------------------------------------------------------------------


def of_pages(*pages: tuple[str, str, int], layout: str) -> Plan:
    """A plan of leaves, each its group, its language and its number of pages."""
    leaves = [Leaf(f"{group}/{lang}", "x.html", (lang,), "", group=group, pages=count) for group, lang, count in pages]
    return Plan("toolkit", ("cy", "en"), "", "", "", (), tuple(leaves), (), layout)


@pytest.mark.parametrize("layout", ["parallel-pages", "back-to-back"])
def test_a_language_that_runs_longer_adds_a_page_to_both(layout: str) -> None:
    plan = of_pages(("a", "cy", 1), ("a", "en", 1), ("b", "cy", 3), ("b", "en", 2), ("c", "cy", 1), layout=layout)
    sequence = list(plan.sequence())
    assert sequence == [(0, 0), (1, 0), (2, 0), (3, 0), (2, 1), (3, 1), (2, 2), (3, None), (4, 0)]
    assert [(leaf.name, page) for leaf, page in plan.starts()] == [
        ("a/cy", 1), ("a/en", 2), ("b/cy", 3), ("b/en", 4), ("c/cy", 9),
    ]  # fmt: skip


# -- sheets of one's own -----------------------------------------------------------------------------------------------


def fronts(*pages: tuple[str, str, int], layout: str, languages: int = 2) -> list[str]:
    """What begins where, on leaves with sheets of their own: `a1` on page 1."""
    plan = replace(of_pages(*pages, layout=layout), languages=("cy", "en", "ga")[:languages], own_sheets=True)
    begun: dict[str, int] = {}
    for leaf, number in plan.starts():
        begun.setdefault(leaf.group_name, number)
    places = [place for place in plan.sequence() if place[1] is not None]
    assert places == list(replace(plan, own_sheets=False).sequence()), "all pages are there, in the same order"
    return [f"{name}{number}" for name, number in begun.items()] + [f"of {len(list(plan.sequence()))}"]


def test_where_all_have_one_page_nothing_is_added() -> None:
    together = [(name, "cy", 1) for name in "abc"]
    assert fronts(*together, layout="parallel-columns") == ["a1", "b2", "c3", "of 3"]
    each = [(name, language, 1) for name in "abc" for language in ("cy", "en")]
    for layout in ("back-to-back", "tilt-and-turn"):
        assert fronts(*each, layout=layout) == ["a1", "b3", "c5", "of 6"]


def test_what_runs_over_leaves_its_neighbours_on_their_own_sheets() -> None:
    """Those with one page too, before it and after it: the whole is printed on both sides."""
    pages = ("a", "cy", 1), ("b", "cy", 2), ("c", "cy", 3), ("d", "cy", 1)
    assert fronts(*pages, layout="parallel-columns", languages=1) == ["a1", "b3", "c5", "d9", "of 9"]


def test_languages_of_one_leaf_share_its_sheets() -> None:
    longer = ("a", "cy", 2), ("a", "en", 1), ("b", "cy", 1), ("b", "en", 1), ("c", "cy", 1), ("c", "en", 1)
    assert fronts(*longer, layout="tilt-and-turn") == ["a1", "b5", "c7", "of 8"]
    three = [(name, language, 1) for name in "ab" for language in ("cy", "en", "ga")]
    assert fronts(*three, layout="back-to-back", languages=3) == ["a1", "b5", "of 7"]


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_halves_run_on_by_themselves_and_count_anew() -> None:
    plan = of_pages(("a", "cy", 2), ("b", "cy", 1), ("a", "en", 1), ("b", "en", 1), layout="tilt-and-turn")
    plan = replace(plan, numbering_restarts=(0, 2))
    assert [number for _, number in plan.numbers()] == [1, 2, 3, 1, 2]


def test_a_blank_page_faces_what_has_no_pair(made: Made) -> None:
    """In large print texts of both languages take several pages, not always as many."""
    path = made("toolkit", how={"layout": "parallel-pages", **LARGE}, **TWO)
    _, *pages = languages_by_page(path)
    assert all(one <= {"cy"} for one in pages[::2])
    assert all(one <= {"en"} for one in pages[1::2])
    for code in TWO["actions"]:
        first, second = [page for _, title, page in reading.bookmarks(path) if title.startswith(f"{code} ")]
        assert second == first + 1


# -- large print and grey ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", TAKES_IN_LARGE_PRINT)
def test_large_print_is_18_pt_at_least(made: Made, product: str) -> None:
    path = made(product, how={"layout": TAKES_IN_LARGE_PRINT[product][0], **LARGE}, **TWO)
    assert reading.smallest_type(path)[0] >= 18
    assert reading.sizes(path) == {(297, 210) if product in ("worksheet", "facilitator-guide") else (210, 297)}


# -- the order of languages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", ["cards", "summary", "toolkit"])
def test_english_may_come_first_and_the_colophon_says_so(
    made: Made, shipped_catalogue: Catalogue, product: str
) -> None:
    path = made(product, how={"first": "en"}, **TWO)
    assert path.name == f"{product}.cy-en.SP4-FM5.en-first.pdf"
    assert [languages for languages in languages_by_page(path) if len(languages) == 1][:2] == [{"en"}, {"cy"}]
    pages = reading.pages(path)
    for language in ("cy", "en"):
        said = reading.plain(shipped_catalogue.labels["colophon"]["first"][language])
        assert said in "".join(pages[-2:])
        assert said not in "".join(reading.pages(made(product, **TWO)))


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "layout"), [(p, layout) for p in TAKES for layout in LAYOUTS if layout not in TAKES[p]], ids=" ".join
)
def test_a_product_refuses_what_it_does_not_take(tmp_path: Path, product: str, layout: str) -> None:
    done = typed(product, "--layout", layout, "--output", tmp_path)
    assert done.status == 2
    assert f"{product} does not take {layout}. It takes: {', '.join(TAKES[product])}." in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cards", "--large-print"), "cards does not come in large print; these do: facilitator-guide, handouts, "),
        (
            ("handouts", "--large-print", "--layout", "parallel-columns"),
            "does not take parallel-columns in large print",
        ),
        (
            ("toolkit", "--for-print"),
            "--for-print turns the second half of what is laid out with --layout tilt-and-turn",
        ),
        (("toolkit", "--language", "cy", "--layout", "back-to-back"), "is for several languages, and this has one"),
        (("toolkit", "--first", "fr"), "no language “fr”. Allowed: cy, en."),
        (("toolkit", "--layout", "sideways"), "'sideways' is not one of"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_cannot_be(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = typed(*words, "--output", tmp_path)
    assert done.status == 2
    assert said in done.err
    assert not list(tmp_path.iterdir())


def test_the_manifest_says_the_layout(tmp_path: Path) -> None:
    import json

    words = ("--action", "FM5", "--layout", "tilt-and-turn", "--for-print", "--output", tmp_path)
    assert typed("handouts", *words).status == 0
    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert [(entry["path"], entry["layout"]) for entry in entries] == [
        ("handouts.cy-en.FM5.tilt-and-turn.pdf", "tilt-and-turn"),
        ("handouts.cy-en.FM5.tilt-and-turn.sheets.pdf", "tilt-and-turn"),
    ]
    assert "pages, current" not in typed("handouts", "--action", "FM5", "--output", tmp_path).err


def test_the_docs_tell_what_each_layout_does_with_the_languages() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "bilingual.md").read_text("utf-8").splitlines()
    for name, layout in LAYOUTS.items():
        [row] = [line for line in lines if line.startswith(f"| {name} |")]
        arrangement, languages = [cell.strip() for cell in row.strip("|").split("|")][1:]
        assert arrangement == layout.arrangement
        held = [
            product.file.most_languages[name]
            for product in PRODUCTS.sound.values()
            if name in product.file.most_languages
        ]
        most = layout.languages or max(held, default="any number of")
        assert languages.removeprefix("up to ").startswith(f"{most} languages")
        assert ("face each other" in languages) == layout.is_facing


def test_the_docs_tell_which_product_takes_which() -> None:
    table = (Path(__file__).parents[2] / "docs" / "bilingual.md").read_text("utf-8")
    for product, takes in TAKES.items():
        [row] = [line for line in table.splitlines() if line.startswith(f"| {product} ")]
        cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
        assert [layout for layout, cell in zip(LAYOUTS, cells, strict=True) if cell] == [
            layout for layout in LAYOUTS if layout in takes
        ]
