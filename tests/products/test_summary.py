"""The summary: all that is selected on one page a language, as a list and as a picture."""

from __future__ import annotations

from tests import making, reading
from tests.products.conftest import Made
from tests.products.documents import Documents, each_of
from toolkit_builder.catalogue.model import Catalogue

EARLY = {"scales": {"stage": ("early",)}}

document = each_of("summary", ("both", {}), ("both", {"actions": ("GA4",)}), ("en", EARLY))


class TestSummary(Documents):
    pass


def test_one_page_a_language(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("summary"))
    assert len(pages) == 2
    for page, language in zip(pages, ("cy", "en"), strict=True):
        for action in shipped_catalogue:
            assert page.count(action.code) >= 2, "in the list and in the picture"
            assert reading.plain(action.title[language]) in page
        for scale in shipped_catalogue.framework.scales:
            assert reading.plain(scale.label[language]) in page


def test_the_picture_shows_each_action_where_it_belongs(made: Made, shipped_catalogue: Catalogue) -> None:
    """The cell of the picture for a stage and a resource has the codes of just those actions."""
    framework = shipped_catalogue.framework
    stage, resource = (next(scale for scale in framework.scales if scale.id == name) for name in ("stage", "resource"))
    cells = [element.text for element in reading.tree(made("summary")) if element.kind == "/TD"]
    for level in resource.steps:
        for step in stage.steps:
            codes = [
                action.code
                for action in shipped_catalogue
                if step.id in action.rating("stage").steps and level.id in action.rating("resource").steps
            ]
            assert cells.count("".join(codes)) >= 2, (level.id, step.id)


def test_categories_without_actions_are_left_out(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("summary", actions=("GA4",)))
    for page, language in zip(pages, ("cy", "en"), strict=True):
        for category in shipped_catalogue.framework.categories:
            assert (reading.plain(category.title[language]) in page) == (category.id == "governance")


def test_it_says_what_was_selected(made: Made, shipped_catalogue: Catalogue) -> None:
    text = "".join(reading.pages(made("summary", "en", **EARLY)))
    selected = making.selection(shipped_catalogue, **EARLY)
    assert reading.squeezed(f"{shipped_catalogue.framework.column('stage').label['en']}: Early") in text
    assert reading.squeezed(", ".join(selected.codes)) in text
    assert reading.plain(shipped_catalogue.labels["colophon"]["other"]["en"]) in text
