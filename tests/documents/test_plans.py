"""Which leaves each product has, in which order, for every kind of selection. Nothing is typeset here."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from tests import making
from tests.making import PRODUCTS, plan, selection
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Leaf
from toolkit_builder.errors import FaultsError

SELECTIONS: list[dict[str, Any]] = [
    {},
    *({"scales": {"stage": (stage,)}} for stage in ("early", "mid", "mature")),
    *({"scales": {"stage": ("early",), "resource": (resource,)}} for resource in ("low", "medium")),
    *({"categories": (category,)} for category in ("shared-purpose", "governance", "finance")),
    {"actions": ("GA4",)},
    {"actions": ("SP1", "FM7")},
    {"exclude": ("SP1",)},
    {"source_only": True, "scales": {"stage": ("early",)}},
]
each_selection = pytest.mark.parametrize("filters", SELECTIONS, ids=str)
each_language = pytest.mark.parametrize("language", ["both", "cy", "en"])


def names(leaves: tuple[Leaf, ...]) -> list[str]:
    """The names of leaves without the product."""
    return [leaf.name.partition("/")[2] for leaf in leaves]


def codes(catalogue: Catalogue, **filters: Any) -> list[str]:
    return list(selection(catalogue, **filters).codes)


@each_selection
def test_the_selections_differ_from_the_whole(shipped_catalogue: Catalogue, filters: dict[str, Any]) -> None:
    """Otherwise the tests below would say little."""
    assert (len(codes(shipped_catalogue, **filters)) == 21) == (not filters)


@each_selection
def test_cards(shipped_catalogue: Catalogue, filters: dict[str, Any]) -> None:
    expected = ["guide/cy", "guide/en"]
    for code in codes(shipped_catalogue, **filters):
        expected += [f"{code}/front/cy-en", f"{code}/back/cy-en"]
    assert names(plan(shipped_catalogue, "cards", **filters).leaves) == [*expected, "colophon/cy", "colophon/en"]


@each_selection
def test_text_cards(shipped_catalogue: Catalogue, filters: dict[str, Any]) -> None:
    expected = ["guide/cy", "guide/en"]
    for code in codes(shipped_catalogue, **filters):
        expected += [f"{code}/face/cy", f"{code}/face/en"]
    leaves = plan(shipped_catalogue, "cards", how={"deck": "text"}, **filters).leaves
    assert names(leaves) == [*expected, "colophon/cy", "colophon/en"]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_cards_in_one_language(shipped_catalogue: Catalogue, language: str) -> None:
    expected = [f"guide/{language}", f"colophon/{language}"]
    for code in ("SP1", "FM7"):
        expected += [f"{code}/front/{language}", f"{code}/back/{language}"]
    assert names(plan(shipped_catalogue, "cards", language, actions=("FM7", "SP1")).leaves) == expected


@each_selection
@each_language
def test_handouts(shipped_catalogue: Catalogue, filters: dict[str, Any], language: str) -> None:
    leaves = plan(shipped_catalogue, "handouts", language, **filters).leaves
    languages = "cy-en" if language == "both" else language
    assert names(leaves) == [f"{code}/{languages}" for code in codes(shipped_catalogue, **filters)]


@each_selection
@each_language
def test_the_summary(shipped_catalogue: Catalogue, filters: dict[str, Any], language: str) -> None:
    leaves = plan(shipped_catalogue, "summary", language, **filters).leaves
    assert names(leaves) == (["cy", "en"] if language == "both" else [language])
    for leaf in leaves:
        listed = [action.code for _, actions in leaf.data["groups"] for action in actions]
        assert listed == codes(shipped_catalogue, **filters)
        assert all(actions for _, actions in leaf.data["groups"])


def toolkit_names(catalogue: Catalogue, **filters: Any) -> list[str]:
    """What the toolkit has after its cover, in each language; a map of twelve actions or more."""
    selected = selection(catalogue, **filters)
    expected = ["guide", "contents", *(["map"] if len(selected.actions) > 11 else [])]
    for category, actions in itertools.groupby(selected.actions, key=lambda action: action.category):
        expected += [f"opening/{category}", *(f"action/{action.code}" for action in actions)]
    return [*expected, "worksheet", "colophon"]


@each_selection
def test_the_toolkit(shipped_catalogue: Catalogue, filters: dict[str, Any]) -> None:
    leaves = plan(shipped_catalogue, "toolkit", **filters).leaves
    expected = toolkit_names(shipped_catalogue, **filters)
    assert names(leaves) == ["cover/cy-en", *(f"{name}/{lang}" for name in expected for lang in ("cy", "en"))]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_toolkit_in_one_language(shipped_catalogue: Catalogue, language: str) -> None:
    leaves = plan(shipped_catalogue, "toolkit", language, categories=("finance",)).leaves
    expected = ["cover", *toolkit_names(shipped_catalogue, categories=("finance",))]
    assert names(leaves) == [f"{name}/{language}" for name in expected]
    assert {leaf.languages for leaf in leaves} == {(language,)}


@each_selection
def test_the_toolkit_has_welsh_on_the_left_and_english_on_the_right(
    shipped_catalogue: Catalogue, filters: dict[str, Any]
) -> None:
    page = 1
    for leaf in plan(shipped_catalogue, "toolkit", **filters).leaves:
        if page > 1:
            assert leaf.languages == (("cy",) if page % 2 == 0 else ("en",))
        page += leaf.pages


@each_selection
@each_language
def test_the_contents_give_the_pages_of_the_plan(
    shipped_catalogue: Catalogue, filters: dict[str, Any], language: str
) -> None:
    leaves = plan(shipped_catalogue, "toolkit", language, **filters).leaves
    at = {leaf.anchor: (page, leaf) for page, leaf in enumerate(leaves, start=1)}
    for contents in (leaf for leaf in leaves if "/contents/" in leaf.name):
        listed = making.entries(contents)
        for entry in listed:
            page, leaf = at[entry.anchor]
            assert (entry.page, entry.title, leaf.languages) == (page, leaf.bookmark, contents.languages)
        assert [entry.action.code for entry in listed if entry.action] == codes(shipped_catalogue, **filters)


@each_selection
@each_language
@pytest.mark.parametrize("product", PRODUCTS)
def test_every_plan(shipped_catalogue: Catalogue, product: str, filters: dict[str, Any], language: str) -> None:
    made = plan(shipped_catalogue, product, language, **filters)
    all_names = [leaf.name for leaf in made.leaves]
    assert len(set(all_names)) == len(all_names)
    assert len({leaf.anchor for leaf in made.leaves}) == len(made.leaves)
    assert all(leaf.bookmark.strip() for leaf in made.leaves)
    assert made.title
    assert made.author
    assert list(made.actions) == codes(shipped_catalogue, **filters)
    assert made.languages == (("cy", "en") if language == "both" else (language,))
    assert all(set(leaf.languages) <= set(made.languages) for leaf in made.leaves)
    groups: dict[str, set[tuple[float, ...]]] = {}
    for leaf in made.leaves:
        groups.setdefault(leaf.group_name, set()).add(leaf.sizes)
    assert all(len(sizes) == 1 for sizes in groups.values()), "faces that shrink together have the same sizes"


def test_the_selection_is_said_in_words(shipped_catalogue: Catalogue) -> None:
    framework = shipped_catalogue.framework
    made = plan(shipped_catalogue, "cards", scales={"stage": ("early",)}, categories=("finance",), source_only=True)
    for language in ("cy", "en"):
        assert framework.column("stage").label[language] in made.subject
        assert framework.scales[0].step("early").label[language] in made.subject
        assert framework.category("finance").title[language] in made.subject
        assert shipped_catalogue.labels["selection"]["source_only"][language] in made.subject
    assert all(code in made.subject for code in made.actions)


@pytest.mark.parametrize(
    "filters",
    [{"sectors": ("citizens",)}, {"exclude": ("SP1",)}, {"scales": {"stage": ("early",)}, "unstated": "include"}],
    ids=str,
)
def test_every_filter_is_said_in_words(shipped_catalogue: Catalogue, filters: dict[str, Any]) -> None:
    """Those by sector in the sector's own words, and others at least by the codes that they left."""
    made = plan(shipped_catalogue, "cards", **filters)
    assert all(code in made.subject for code in made.actions)
    if "sectors" in filters:
        [people] = shipped_catalogue.framework.people
        assert people.sector("citizens").label["en"] in made.subject


@pytest.mark.parametrize(
    ("product", "group"),
    [
        *((product, group) for product in PRODUCTS for group in ("product", "selection")),
        *(("cards", group) for group in ("guide", "colophon")),
        *(("toolkit", group) for group in ("toolkit_guide", "contents", "worksheet", "colophon")),
        ("summary", "summary"),
    ],
)
def test_a_label_that_a_product_needs_and_does_not_find(shipped_catalogue: Catalogue, product: str, group: str) -> None:
    labels = {name: labels for name, labels in shipped_catalogue.labels.items() if name != group}
    with pytest.raises(FaultsError) as caught:
        plan(replace(shipped_catalogue, labels=labels), product)
    [fault] = caught.value.faults
    assert (fault.file, fault.where.partition(".")[0]) == ("content/labels.yaml", group)
