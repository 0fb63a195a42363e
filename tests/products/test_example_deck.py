"""The deck in `examples/`: another subject, in three languages, from data alone. All of its products are right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from tests import making, reading
from tests.typed import ROOT, typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.project import Project

EXAMPLE = ROOT / "examples" / "good-meeting"
LANGUAGES = ["cy", "en", "pl"]
CARDS = 12


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(Project(EXAMPLE))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The products of `build` in all languages, and the cards in one of them. Others have tests of their own."""
    folder = tmp_path_factory.mktemp("allbwn")
    for words in (("build",), ("cards", "--language", "pl")):
        done = typed(*words, "--project", EXAMPLE, "--output", folder)
        assert done.status == 0, done.err
    return folder


def spoken(path: Path) -> set[str]:
    """The languages of all that is tagged in a document."""
    return {element.language for element in reading.tree(path)}


def wrongly_tagged(path: Path, catalogue: Catalogue, languages: Sequence[str]) -> list[str]:
    """The catalogue's texts that a document prints as if they were in another language."""
    written = reading.languages_of(catalogue)
    found = [element for element in reading.tree(path) if element.text in written]
    assert {element.language for element in found} == set(languages), "there is something to look at in each"
    return [element.text for element in found if element.language not in written[element.text]]


def test_it_is_data_alone() -> None:
    files = [path for path in EXAMPLE.rglob("*") if path.is_file() and path.parent.name != "output"]
    assert {path.suffix for path in files} == {".yaml", ".svg", ".md", ".txt"}
    assert {path.name for path in EXAMPLE.iterdir()} - {"output"} == {"content", "README.md"}


def test_no_fault_and_no_doubt() -> None:
    done = typed("check", "--strict", "--project", EXAMPLE)
    assert (done.status, done.out) == (0, ""), done.out


def test_every_card_has_a_picture_and_a_place_in_one_of_three_suits(catalogue: Catalogue) -> None:
    by_suit = {category.id: 0 for category in catalogue.framework.categories}
    for action in catalogue:
        by_suit[action.category] += 1
        assert action.pictogram
    assert by_suit == {"before": 4, "during": 4, "after": 4}
    assert sorted(path.stem for path in EXAMPLE.glob("content/pictograms/*.svg")) == [each.code for each in catalogue]


def test_the_translations_are_drafts(catalogue: Catalogue) -> None:
    review = {language.id: language.review for language in catalogue.framework.languages}
    assert review == {"cy": "draft", "en": "original", "pl": "draft"}
    assert not (EXAMPLE / "content" / "review.lock").exists()


def test_all_products_are_made_on_so_many_pages(output: Path) -> None:
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    pages = {entry["path"]: entry["pages"] for entry in manifest["files"]}
    assert pages == {
        "cards.cy-en-pl.pdf": (CARDS + 1) * 2 * len(LANGUAGES),  # with the card that says how to use them
        "cards.cy-en-pl.sheets.pdf": 20,
        "cards.pl.pdf": (CARDS + 1) * 2,
        "cards.pl.sheets.pdf": 8,
        "handouts.cy-en-pl.pdf": CARDS,
        "summary.cy-en-pl.pdf": len(LANGUAGES),
        "toolkit.cy-en-pl.pdf": 1 + (CARDS + 3 + 5) * len(LANGUAGES),
        "worksheet.cy-en-pl.pdf": len(LANGUAGES),
    }


@pytest.mark.parametrize("product", [name for name, one in making.PRODUCTS.items() if "build" in one.file.made_by])
def test_each_product_is_accessible_in_its_languages(output: Path, catalogue: Catalogue, product: str) -> None:
    path = output / f"{product}.cy-en-pl.pdf"
    assert reading.failures(path) == ""
    assert reading.unembedded_fonts(path) == 0
    assert spoken(path) == set(LANGUAGES)
    assert wrongly_tagged(path, catalogue, LANGUAGES) == []
    said = "".join(reading.pages(path))
    for action in catalogue if product != "worksheet" else []:  # which speaks of no action
        assert all(reading.plain(action.title[language]) in said for language in LANGUAGES)


def test_the_cards_in_one_language_have_their_pictures_in_words(output: Path, catalogue: Catalogue) -> None:
    path = output / "cards.pl.pdf"
    assert reading.failures(path) == ""
    assert spoken(path) == {"pl"}
    assert wrongly_tagged(path, catalogue, ["pl"]) == []
    with pikepdf.open(path) as pdf:
        described = {str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each}
    assert described == {action.pictogram["pl"] for action in catalogue if action.pictogram}
