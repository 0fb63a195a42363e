"""Type that is made smaller: both faces of a card alike, no other card, never below the least size."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from tests import reading
from tests.making import LONG_WORD, PRODUCTS, Copy, contents_of, plan, plates_of
from tests.typed import typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.errors import FaultsError
from toolkit_builder.press.fault_report import page_of
from toolkit_builder.press.plates.plate import Page
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.progress import Event

FACE = """{% extends "leaf.html" %}
{% block kind %}card{% endblock %}
{% block body %}
<h1>{{ action.title | t }}</h1>
<p>{{ action.purpose | t }}</p>
{% endblock %}
"""
ABOUT = '{% extends "leaf.html" %}{% block kind %}card{% endblock %}{% block body %}<h1>Gair</h1>{% endblock %}'
STYLE = """
@page { size: 105mm 148mm; margin: 0 }
.card { width: 105mm; height: 148mm; padding: 5mm }
p { line-height: 2 }
"""
CARD_SIZES = PRODUCTS["cards"].file.sizes
ROOM = CARD_SIZES[0] / 72 * 25.4 * 2
"""The height of a line of a purpose in the largest size, in mm."""


@pytest.fixture
def plain(mine: Copy) -> Copy:
    """A project with cards so plain that it is known what fits on them, whatever the shipped ones look like."""
    mine.write("layouts/cards/face.html", FACE)
    mine.write("layouts/cards/guide.html", ABOUT)
    mine.write("layouts/cards/colophon.html", ABOUT)
    mine.write("styles/cards.css", STYLE)
    cards = yaml.safe_load((mine.root / "layouts/cards/product.yaml").read_text("utf-8"))
    text_deck = {**cards, **cards["other_decks"]["text"]}
    without = {name: said for name, said in text_deck.items() if name not in ("deck", "other_decks", "most_languages")}
    written = yaml.safe_dump(without, sort_keys=False)
    mine.write("layouts/cards/product.yaml", re.sub(r"(?m)^ *may_run_over: true\n", "", written))
    for code in ("SP1", "SP2", "GA1"):
        mine.retell(code, "purpose", "Gair.", "Word.")
    return mine


def lines(number: int) -> str:
    """Words that take so many lines, since no two fit side by side."""
    return " ".join([f"{'Llanfairpwllgwyngyll' * 2}."] * number)


def fitting(parts: float) -> int:
    """How many lines fill a card, where `parts` are those of the largest size."""
    return int(125 / ROOM * parts)


@dataclass(frozen=True)
class Typeset:
    """The size that each leaf was set in, and all sizes of type on its pages, in pt."""

    sizes: dict[str, float]
    printed: dict[str, set[float]]


def typeset(
    copy: Copy, product: str = "cards", language: str = "both", *, one_size: bool = False
) -> tuple[Typeset, list[str]]:
    """Three actions of a product, each in its own size unless they are to have `one_size`."""
    catalogue = load(copy.project)
    told: list[Event] = []
    leaves = plan(catalogue, product, language, {"deck": "text"}, actions=("SP1", "SP2", "GA1"))
    if not one_size:
        leaves = leaves.with_leaves([replace(leaf, size_group="") for leaf in leaves.leaves])
    press = Press(copy.project, catalogue, Store(None), processes=1)
    [prepared] = press.typeset([press.prepare(leaves)], told.append)
    steps = [str(event) for event in told]
    plates = plates_of(press, prepared)
    printed = {name: {size for page in plate.pages for size in set_sizes(page)} for name, plate in plates.items()}
    return Typeset({name: plate.size for name, plate in plates.items()}, printed), steps


def set_sizes(page: Page) -> set[float]:
    """The sizes of type that a page sets, in pt; it gives them in pixels of the style sheets."""
    return {
        round(float(size) * 0.75, 2) for size in re.findall(rb"^/\S+ ([\d.]+) Tf$", zlib.decompress(page.content), re.M)
    }


def sizes(typeset: Typeset) -> dict[str, float]:
    return {name: size for name, size in typeset.sizes.items() if "face" in name}


def test_what_fits_is_set_in_the_largest_size(plain: Copy) -> None:
    result, steps = typeset(plain)
    assert set(result.sizes.values()) == {CARD_SIZES[0]}
    assert len(steps) == 1


@pytest.mark.parametrize("long", ["cy", "en"])
def test_both_faces_shrink_alike_and_no_other_card(plain: Copy, long: str) -> None:
    words = {"cy": "Gair.", "en": "Word.", long: lines(fitting(1.05))}
    plain.retell("SP2", "purpose", words["cy"], words["en"])
    result, _ = typeset(plain)
    found = sizes(result)
    assert found["cards/SP2/face/cy"] == found["cards/SP2/face/en"]
    assert CARD_SIZES[-1] <= found["cards/SP2/face/cy"] < CARD_SIZES[0]
    assert {found[f"cards/{code}/face/{lang}"] for code in ("SP1", "GA1") for lang in ("cy", "en")} == {CARD_SIZES[0]}
    for leaf, size in found.items():
        assert size in result.printed[leaf], "the page is not set in the size that was found"


def test_leaves_of_one_size_are_set_in_the_least_that_one_needs(plain: Copy) -> None:
    plain.retell("SP2", "purpose", "Gair.", lines(fitting(1.05)))
    alone, _ = typeset(plain)
    together, _ = typeset(plain, one_size=True)
    least = min(sizes(alone).values())
    assert least < CARD_SIZES[0]
    assert set(sizes(together).values()) == {least}
    for leaf, size in sizes(together).items():
        assert size in together.printed[leaf]


def test_what_runs_over_makes_no_other_card_smaller(plain: Copy) -> None:
    plain.retell("SP2", "purpose", "Gair.", lines(fitting(1.5)))
    found = sizes(typeset(plain, one_size=True)[0])
    assert set(found.values()) == {CARD_SIZES[0]}


def test_the_largest_size_that_fits_is_taken(plain: Copy) -> None:
    """One line more, one step smaller or none: never smaller than need be."""
    found = []
    for number in range(fitting(0.95), fitting(1.08) + 1):
        plain.retell("SP2", "purpose", "Gair.", lines(number))
        found.append(sizes(typeset(plain)[0])["cards/SP2/face/en"])
    assert found[0] == CARD_SIZES[0]
    assert found == sorted(found, reverse=True)
    assert found[-1] < CARD_SIZES[0]


def test_two_cards_shrink_each_for_itself(plain: Copy) -> None:
    plain.retell("SP2", "purpose", "Gair.", lines(fitting(1.05)))
    plain.retell("GA1", "purpose", lines(fitting(1.02)), "Word.")
    found = sizes(typeset(plain)[0])
    assert found["cards/SP2/face/en"] < CARD_SIZES[0]
    assert found["cards/SP2/face/en"] <= found["cards/GA1/face/cy"]
    assert found["cards/SP1/face/cy"] == CARD_SIZES[0]


def test_what_does_not_fit_at_the_least_size_stops_the_press(plain: Copy) -> None:
    plain.output.mkdir()
    (plain.output / "cards.cy-en.SP1-SP2.pdf").write_bytes(b"yesterday's cards")
    before = contents_of(plain.output)
    _, line = plain.retell("SP2", "purpose", "Gair.", lines(fitting(2)))
    done = typed("cards", "--project", plain.root, "--action", "SP1", "--action", "SP2")
    assert (done.status, done.out) == (1, "")
    place = rf"^content/actions/SP2\.yaml:{line}:\d+: error: purpose\.en: .*; page 6 \(SP2, face, en\)"
    assert re.search(rf"{place}, in 11 pt, the least size: shorten the text$", done.err, re.MULTILINE)
    assert "SP1" not in done.err.replace("SP1.yaml", "")
    assert "nothing was written" in done.err
    assert contents_of(plain.output) == before


def test_every_text_that_does_not_fit_is_named(plain: Copy) -> None:
    for code in ("SP1", "GA1"):
        plain.retell(code, "purpose", LONG_WORD * 3, LONG_WORD * 3)
    done = typed("cards", "--project", plain.root)
    told = re.findall(r"^content/actions/(\w+)\.yaml:\d+:\d+: error: (purpose\.\w+):", done.err, re.MULTILINE)
    expected = [("GA1", "purpose.cy"), ("GA1", "purpose.en"), ("SP1", "purpose.cy"), ("SP1", "purpose.en")]
    assert sorted(told) == expected
    assert contents_of(plain.output) == {}


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit", "summary"])
def test_a_long_welsh_word_in_the_shipped_layouts(mine: Copy, product: str, tmp_path: Path) -> None:
    """Nothing is cut off: it is refused, or it is set smaller and stands there whole."""
    mine.retell("SP1", "title", f"{LONG_WORD}{LONG_WORD}", "Information gathering")
    done = typed(product, "--project", mine.root, "--action", "SP1", "--output", tmp_path / "allan")
    assert done.status == 1
    assert re.search(r"^content/actions/SP1\.yaml:\d+:\d+: error: title\.cy: .*; page \d", done.err, re.MULTILINE)
    assert contents_of(tmp_path / "allan") == {}


def test_a_title_of_four_lines_has_a_band_as_high_on_handouts(mine: Copy, tmp_path: Path) -> None:
    """It was 20 mm high whatever stood in it, and what had no room there was white on white."""
    mine.retell("SP1", "title", " ".join(["cyfrifoldebau"] * 4), " ".join(["responsibilities"] * 4))
    done = typed("handouts", "--project", mine.root, "--action", "SP1", "--output", tmp_path / "allan")
    assert done.status == 0, done.err


def test_a_name_too_long_for_a_line_is_broken_where_its_soft_hyphens_are(plain: Copy, tmp_path: Path) -> None:
    """Nobody can shorten it: that is what is advised."""
    name = LONG_WORD * 2
    plain.retell("SP1", "purpose", name, "Gair.")
    refused = typed("cards", "--project", plain.root, "--action", "SP1")
    advice = "shorten it, or say with soft hyphens (U+00AD) where it may be broken"
    assert re.search(rf"error: purpose\.cy: .*: {re.escape(advice)}$", refused.err, re.MULTILINE)
    plain.retell("SP1", "purpose", "\u00ad".join(name[at : at + 14] for at in range(0, len(name), 14)), "Gair.")
    done = typed("cards", "--project", plain.root, "--action", "SP1", "--output", tmp_path / "allan")
    assert done.status == 0, done.err


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit"])
@pytest.mark.parametrize("language", ["both", "en"])
def test_a_text_too_long_for_a_page_runs_over(mine: Copy, product: str, language: str, tmp_path: Path) -> None:
    """In the shipped layouts it goes on to further pages, in type that is no smaller than the least, and is whole."""
    mine.retell("SP1", "purpose", "Gair.", "A word and another. " * 150)
    words = (product, "--project", mine.root, "--action", "SP1", "--language", language)
    done = typed(*words, "--output", tmp_path / "allan")
    assert done.status == 0, done.err
    [path] = [path for path in (tmp_path / "allan").glob("*.pdf") if ".sheets." not in path.name]
    assert "".join(reading.pages(path)).count("another.") == 150


def test_a_page_to_write_on_that_is_none_is_told(mine: Copy, tmp_path: Path) -> None:
    """A style of one's own may keep it from being a page; pages were then counted again without end."""
    style = (mine.root / "styles" / "toolkit.css").read_text("utf-8")
    for rule in (
        ".action .more { break-before: page; }",
        ".action .more .question { height: 216mm; background-position: 0 0; }",
    ):
        assert rule in style
        style = style.replace(rule, "")
    mine.write("styles/toolkit.css", style)
    mine.retell("SP1", "purpose", "Gair.", "A word and another. " * 150)
    done = typed("toolkit", "--project", mine.root, "--action", "SP1", "--output", tmp_path)
    assert done.status == 1
    told = (
        r"layouts/toolkit/action\.html: error: is to take 3 pages and takes 2; page \d+ \(SP1, action, cy\): where it"
    )
    assert re.search(told, done.err), done.err


@pytest.mark.parametrize("product", ["cards", "handouts", "toolkit", "summary"])
def test_faults_give_the_page_of_the_document_as_planned(mine: Copy, product: str) -> None:
    """A leaf that takes more pages than planned does not shift the numbers of those after it."""
    codes = ("SP1", "SP2")
    mine.retell("SP1", "purpose", "Gair. " * 1500, "Word. " * 1500)
    mine.retell("SP2", "title", "Gair 漢", "Word")
    leaves = plan(load(mine.project), product, actions=codes).leaves
    with pytest.raises(FaultsError) as caught:
        mine.make(product, actions=codes)
    told = [re.search(r"“漢”.*; (page (\d+) \(.*?\))", fault.message) for fault in caught.value.faults]
    found = [(match[1], int(match[2])) for match in told if match]
    assert found
    for said, page in found:
        assert said in [page_of(leaf, page) for leaf in (leaves[page - 1], *leaves[page - 1].rows)]
