"""The summary: all that is selected on one page a language, as a list and as a picture."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import ImageColor

from tests import making, reading
from tests.products.conftest import Made
from tests.products.documents import Documents, each_of
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue, ScaleColumn, Text

SCALE = 4.0
"""pixels a pt"""
EARLY = {"scales": {"stage": ("early",)}}

document = each_of("summary", ("both", {}), ("both", {"actions": ("GA4",)}), ("en", EARLY))


class TestSummary(Documents):
    pass


def test_one_page_a_language(made: Made, shipped_catalogue: Catalogue) -> None:
    pages = reading.pages(made("summary"))
    assert len(pages) == 2
    for page, language in zip(pages, ("cy", "en"), strict=True):
        for action in shipped_catalogue:
            assert page.count(f"{shipped_catalogue.number(action)}{action.code}") == 1, "once, after its number"
            assert page.count(reading.plain(action.title[language])) == 1
        for category in shipped_catalogue.framework.categories:
            assert reading.plain(category.title[language]) in page
        for scale in shipped_catalogue.framework.scales:
            assert reading.plain(scale.label[language]) in page


def test_each_action_stands_under_its_resource_with_a_bar_across_its_stages(
    made: Made, shipped_catalogue: Catalogue
) -> None:
    """Looked for in the pixels: at the height of its code, in the columns of its stages and in no other."""
    framework = shipped_catalogue.framework
    stage, resource = (next(scale for scale in framework.scales if scale.id == name) for name in ("stage", "resource"))
    path = made("summary")
    for page, language in enumerate(("cy", "en")):
        picture = reading.picture(path, page, SCALE).convert("RGB")
        columns = [reading.find(path, page, rf"{step.label[language]}(?!\w)")[0].left for step in stage.steps]
        heads = [
            reading.find(path, page, f"{resource.label[language]}: {step.label[language]}")[0].bottom
            for step in resource.steps
        ]
        for action in shipped_catalogue:
            [code] = reading.find(path, page, rf"{action.code}(?!\d)")
            below = sum(code.bottom < head for head in heads)
            assert resource.step_ids[:below][-1:] == action.rating("resource").steps, action.code
            middle = picture.height - int((code.bottom + code.height / 2) * SCALE)
            colour = ImageColor.getrgb(framework.category(action.category).colour)
            drawn = [picture.getpixel((int((left + 20) * SCALE), middle)) == colour for left in columns]
            assert drawn == [step in action.rating("stage").steps for step in stage.step_ids], action.code


def test_bars_say_the_stages(made: Made, shipped_catalogue: Catalogue) -> None:
    stage = shipped_catalogue.framework.column("stage")
    assert isinstance(stage, ScaleColumn)
    with pikepdf.open(made("summary", "en")) as pdf:
        said = Counter(
            str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        )
    ratings = [action.rating("stage") for action in shipped_catalogue]
    assert stage.any is not None
    expected = Counter(
        stage.any["en"] if rating.any else ", ".join(stage.step(step).label["en"] for step in rating.steps)
        for rating in ratings
    )
    assert said == expected


def test_few_actions_say_what_they_are_for(made: Made, shipped_catalogue: Catalogue) -> None:
    few = "".join(reading.pages(made("summary", actions=("GA4",))))
    purpose = shipped_catalogue.action("GA4").values["purpose"]
    assert isinstance(purpose, Text)
    assert all(reading.plain(purpose[language]) in few for language in ("cy", "en"))
    assert reading.plain(purpose["en"]) not in "".join(reading.pages(made("summary")))


@pytest.mark.parametrize("selected", [{}, EARLY], ids=["all", "early"])
def test_both_languages_have_each_action_at_the_same_height(
    made: Made, shipped_catalogue: Catalogue, selected: dict[str, Any]
) -> None:
    """Where rows say what actions are for, too."""
    path = made("summary", **selected)
    for action in making.selection(shipped_catalogue, **selected).actions:
        welsh, english = (reading.find(path, page, rf"{action.code}(?!\d)")[0] for page in (0, 1))
        assert (welsh.left, welsh.bottom) == pytest.approx((english.left, english.bottom), abs=0.5), action.code


@pytest.mark.parametrize("words", [(), ("--partnership", "example-early")], ids=str)
def test_both_languages_have_the_foot_at_the_same_height(
    tmp_path: Path, shipped_catalogue: Catalogue, words: tuple[str, ...]
) -> None:
    """However many lines each of them takes."""
    assert typed("summary", *words, "--output", tmp_path).status == 0
    [path] = tmp_path.rglob("*.pdf")
    label = (
        shipped_catalogue.labels["partnership"]["made_for"]
        if words
        else shipped_catalogue.labels["selection"]["actions"]
    )
    [welsh], [english] = (
        reading.find(path, page, f"{label[language]}:?")[-1:] for page, language in enumerate(("cy", "en"))
    )
    assert welsh.bottom == pytest.approx(english.bottom, abs=0.5)


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
