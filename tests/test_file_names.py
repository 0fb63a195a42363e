"""What files are called: what is apart has names apart, and what is as usual has the usual name."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.making import PRODUCTS
from tests.partnerships.planting import LEAST, Bed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters, select
from toolkit_builder.documents.edition_options import EditionOptions
from toolkit_builder.file_names import LONGEST_SELECTION, file_name, selection_mark
from toolkit_builder.job_ticket import job_ticket
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.project import Project, shipped
from toolkit_builder.request import Request
from toolkit_builder.target import targets_of

SHIPPED = Project(shipped())


def names(catalogue: Catalogue, product: str, how: dict[str, Any] | None = None, **filters: Any) -> list[str]:
    """The names of a product's files."""
    request = Request(SHIPPED, (product,), Filters(**filters), EditionOptions(**(how or {})))
    [plan] = job_ticket(request, catalogue, PRODUCTS).plans()
    return [target.name for target in targets_of(plan, "", catalogue.framework.language_ids)]


def names_of_pack(bed: Bed, wanted: str, how: dict[str, Any] | None = None, **filters: Any) -> list[str]:
    """The names of the files of the pack of a partnership that wants something."""
    bed.write("ty-gwyr.yaml", LEAST + wanted)
    catalogue = load(bed.project)
    partnership = Partnerships(bed.project, catalogue, PRODUCTS).load("ty-gwyr")
    request = Request(bed.project, ("handouts",), Filters(**filters), EditionOptions(**(how or {})))
    [plan] = job_ticket(request, catalogue, PRODUCTS, partnership).plans()
    return [target.name for target in targets_of(plan, "", catalogue.framework.language_ids)]


def mark(catalogue: Catalogue, **filters: Any) -> str:
    return selection_mark(select(catalogue, Filters(**filters)), Filters())


def test_what_is_as_usual_has_the_usual_name(shipped_catalogue: Catalogue) -> None:
    assert names(shipped_catalogue, "toolkit") == ["toolkit.cy-en.pdf"]
    assert names(shipped_catalogue, "cards", {"language": "cy"}) == ["cards.cy.pdf", "cards.cy.sheets.pdf"]
    asked = {"layout": PRODUCTS["toolkit"].takes(large_print=False)[0], "first": "cy"}
    assert names(shipped_catalogue, "toolkit", asked, unstated="exclude") == ["toolkit.cy-en.pdf"]


@pytest.mark.parametrize(
    ("how", "filters", "name"),
    [
        ({"large_print": True}, {"scales": {"stage": ("early",)}}, "handouts.cy-en.early.large-print.pdf"),
        ({"first": "en", "greyscale": True}, {}, "handouts.cy-en.en-first.grey.pdf"),
        ({"greyscale": True, "low_ink": True}, {}, "handouts.cy-en.grey.low-ink.pdf"),
        ({"fillable": True, "large_print": True}, {}, "handouts.cy-en.large-print.fillable.pdf"),
        ({"layout": "top-and-bottom"}, {"actions": ("GA2", "SP1")}, "handouts.cy-en.SP1-GA2.top-and-bottom.pdf"),
        ({"language": "en"}, {"categories": ("finance",), "source_only": True}, "handouts.en.finance-source-only.pdf"),
        (
            {},
            {"scales": {"time": ("medium",)}, "unstated": "include"},
            "handouts.cy-en.time-medium-unstated-include.pdf",
        ),
        ({}, {"exclude": ("GA2",), "categories": ("governance",)}, "handouts.cy-en.governance-without-GA2.pdf"),
    ],
)
def test_what_is_not_as_usual_is_said(
    shipped_catalogue: Catalogue, how: dict[str, Any], filters: dict[str, Any], name: str
) -> None:
    assert names(shipped_catalogue, "handouts", how, **filters) == [name]


def test_the_order_in_which_options_were_typed_makes_no_other_file(shipped_catalogue: Catalogue) -> None:
    said = {mark(shipped_catalogue, scales={"stage": steps}) for steps in (("early", "mid"), ("mid", "early", "mid"))}
    assert said == {"early-mid"}


def test_a_long_selection_is_shortened_and_stays_apart(shipped_catalogue: Catalogue) -> None:
    codes = [action.code for action in shipped_catalogue]
    marks = {mark(shipped_catalogue, actions=some) for some in itertools.combinations(codes, len(codes) - 2)}
    assert len(marks) == len(codes) * (len(codes) - 1) // 2
    assert all(re.fullmatch(r"19-actions-[0-9a-f]{8}", each) for each in marks)
    assert mark(shipped_catalogue, categories=("finance",), sectors=("citizens",), exclude=codes[:9]).startswith(
        "1-action-"
    )


def test_each_selection_of_a_few_values_has_a_name_of_its_own(shipped_catalogue: Catalogue) -> None:
    """Of every filter none, one, or two values: all combinations that leave an action."""
    choices: dict[str, list[Any]] = {
        "scales": [
            {},
            {"stage": ("early",)},
            {"stage": ("early", "mid"), "time": ("medium",)},
            {"resource": ("medium",)},
        ],
        "categories": [(), ("finance",), ("governance", "finance")],
        "sectors": [(), ("citizens",)],
        "actions": [(), ("GA3",), ("GA3", "FM5", "FM1", "FM2")],
        "exclude": [(), ("GA3",), ("FM5",)],
        "source_only": [False, True],
        "unstated": [None, "include"],
    }
    asked = [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]
    selection = select(shipped_catalogue, Filters())
    marks = [selection_mark(replace(selection, filters=Filters(**filters)), Filters()) for filters in asked]
    assert len({each.casefold() for each in marks}) == len(asked)
    assert max(map(len, marks)) <= LONGEST_SELECTION


def test_ids_that_could_be_read_in_two_ways_are_told_apart(bed: Bed) -> None:
    """A category that is called like two steps of a scale together, and one like a layout."""
    for name in ("framework.yaml", *(f"actions/{code}{n}.yaml" for code in ("SP", "FM") for n in range(1, 8))):
        path = bed.project.content / name
        text = path.read_text("utf-8").replace("shared-purpose", "early-mid").replace("finance", "tilt-and-turn")
        path.write_text(text, "utf-8")
    catalogue = load(bed.project)
    filters: list[dict[str, Any]] = [
        {"categories": ("early-mid",)},
        {"scales": {"stage": ("early", "mid")}},
        {"categories": ("tilt-and-turn",)},
    ]
    marks = [mark(catalogue, **each) for each in filters]
    assert len(set(marks)) == 3
    assert not {"early-mid", "tilt-and-turn"} & set(marks)


# -- packs -------------------------------------------------------------------------------------------------------------


def test_the_file_of_a_pack_bears_its_partnership_and_lies_in_its_folder(bed: Bed) -> None:
    assert names_of_pack(bed, "") == ["packs/ty-gwyr/handouts.ty-gwyr.cy-en.pdf"]


def test_what_a_partnership_wants_is_usual_for_its_pack(bed: Bed) -> None:
    wanted = "selection: {stage: early}\nedition: {first: en, large_print: true, layout: back-to-back, low_ink: true}\n"
    usual = ["packs/ty-gwyr/handouts.ty-gwyr.cy-en.pdf"]
    assert names_of_pack(bed, wanted) == usual
    asked = {"first": "en", "large_print": True, "low_ink": True}
    assert names_of_pack(bed, wanted, asked, scales={"stage": ("early",)}) == usual


def test_what_was_asked_for_beyond_what_a_partnership_wants_is_said(bed: Bed) -> None:
    wanted = "selection: {stage: early, unstated: include}\nedition: {first: en}\nactions: {GA5: {leave_out: true}}\n"
    asked = {"scales": {"stage": ("mature",)}, "unstated": "exclude"}
    name = "packs/ty-gwyr/handouts.ty-gwyr.cy-en.mature-unstated-exclude.cy-first.grey.pdf"
    assert names_of_pack(bed, wanted, {"first": "cy", "greyscale": True}, **asked) == [name]
    assert names_of_pack(bed, wanted, {"language": "cy"}) == ["packs/ty-gwyr/handouts.ty-gwyr.cy.pdf"]


def test_the_rule_stands_in_the_docs() -> None:
    """It is written once, where the names are made, and printed in the reference of commands."""
    from toolkit_builder.cli.reference import reference

    table = re.findall(r"^ *(\|.*\|)$", file_name.__doc__ or "", re.MULTILINE)
    assert len(table) == 20
    assert all(line in reference() for line in table)
