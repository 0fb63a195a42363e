"""Which products `build` and `workshop` make: by what these say themselves, and by what a partnership wants."""

from __future__ import annotations

import pytest

from tests.documents.test_products import declare
from tests.making import PRODUCTS, Copy
from tests.typed import typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.errors import UsageError
from toolkit_builder.job_ticket import job_ticket
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.project import open_project
from toolkit_builder.request import ProductSet, Request

POSTER = """\
help: "A poster."
page: a3
layouts: [back-to-back]
sizes: [16]
leaves:
  - layout: summary/large.html
    given: [groups, actions, about]
    pages: as-many-as-needed
"""
USUAL = {"cards", "handouts", "summary", "toolkit", "worksheet"}


def made(project: Copy, product_set: ProductSet, partnership: str | None = None) -> set[str]:
    """The names of the products that a command for several makes in this project."""
    catalogue = load(project.project)
    table = products_of(project.project, catalogue)
    whose = Partnerships(project.project, catalogue, table).load(partnership) if partnership else None
    ticket = job_ticket(Request(project.project, product_set=product_set), catalogue, table, whose)
    return {product.name for product in ticket.products}


def test_a_product_that_says_nothing_is_made_by_build(mine: Copy) -> None:
    declare(mine, POSTER)
    assert made(mine, "build") == USUAL | {"poster"}
    assert "poster" not in made(mine, "workshop")


def test_a_product_is_made_by_the_commands_that_it_names(mine: Copy) -> None:
    declare(mine, POSTER + "made_by: [workshop]\n")
    assert made(mine, "build") == USUAL
    assert {"cards", "poster"} <= made(mine, "workshop")


def test_a_partnership_may_want_any_product_and_has_the_whole_workshop(mine: Copy) -> None:
    declare(mine, POSTER + "made_by: [workshop]\n")
    least = "name: {cy: Un, en: One}\nshort_name: {cy: Un, en: One}\n"
    mine.write("content/partnerships/one.yaml", f"{least}products: [poster, toolkit]\n")
    assert made(mine, "build", "one") == {"poster", "toolkit"}
    assert made(mine, "workshop", "one") == made(mine, "workshop")


def test_without_a_product_for_it_a_workshop_is_refused_with_what_to_do() -> None:
    project = open_project()
    others = {name: each for name, each in PRODUCTS.items() if "workshop" not in each.file.made_by}
    with pytest.raises(UsageError, match=r"workshop: this project has no products for it\. .* made_by"):
        job_ticket(Request(project, product_set="workshop"), load(project), type(PRODUCTS)(others))


def test_what_does_not_come_in_large_print_is_left_out_of_a_workshop_and_said(mine: Copy) -> None:
    declare(mine, POSTER + "made_by: [workshop]\nlarge_print: {layouts: [back-to-back]}\n")
    done = typed("workshop", "--large-print", "--action", "SP1", "--language", "cy", "--project", mine.root)
    assert done.status == 0, done.err
    [left_out] = [line for line in done.err.splitlines() if line.startswith("Not in large print, and left out: ")]
    assert {"cards", "sorting-mat"} <= set(left_out.partition(": ")[2].split(", "))
    assert (mine.root / "output" / "poster.cy.SP1.large-print.pdf").is_file()


def test_a_workshop_to_fill_in_is_what_has_fields_without_tiles(mine: Copy) -> None:
    done = typed("workshop", "--fillable", "--action", "SP1", "--project", mine.root)
    assert done.status == 0, done.err
    [left_out] = [line for line in done.err.splitlines() if line.startswith("Not to fill in, and left out: ")]
    assert {"cards", "map-poster"} <= set(left_out.partition(": ")[2].split(", "))
    assert sorted(path.name for path in (mine.root / "output").glob("*.pdf")) == [
        f"{product}.cy-en.SP1.fillable.pdf" for product in ("slips", "sorting-mat", "wall-plan", "worksheet")
    ]
