"""A framework with other categories, columns, scales and languages builds from its data and its layouts alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.typed import typed

FIXTURE = Path(__file__).parent.parent / "fixtures" / "three-languages"

LABELS = {
    "product": ("cards", "handouts"),
    "guide": ("title",),
    "colophon": ("title",),
    "selection": ("actions", "all", "categories", "values", "source_only"),
    "scale": ("unstated",),
    "review": ("draft",),
}

SIDE = """{% extends "leaf.html" %}
{% block kind %}card{% endblock %}
{% block body %}
{% include "head.html" %}
<div class="card-body">
<p>{{ action.why | t }}</p>
{{ marks.list(action.tools, 'points') }}
{{ marks.parties(framework.column('helpers'), action.helpers) }}
{% for scale in framework.scales %}
<p>{{ marks.symbol(scale, action[scale.id], category.colour) }}{{ marks.words(scale, action[scale.id]) }}</p>
{% endfor %}
</div>
{% endblock %}
"""
ABOUT = """{% extends "leaf.html" %}
{% block kind %}card{% endblock %}
{% block body %}
<h1>{{ framework.title | t }}</h1>
{% endblock %}
"""


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """The framework of the fixture as a project, with layouts that name its own columns."""
    root = tmp_path / "gardd ŵŷ"
    shutil.copytree(FIXTURE / "content", root / "content")
    labels = "".join(
        f"{group}:\n" + "".join(f"  {name}: {{cy: {name} cy, en: {name} en, ar: البطاقات}}\n" for name in names)
        for group, names in LABELS.items()
    )
    (root / "content" / "labels.yaml").write_text(labels, "utf-8")
    (root / "layouts" / "cards").mkdir(parents=True)
    for name, layout in (("front", SIDE), ("back", SIDE), ("guide", ABOUT), ("colophon", ABOUT)):
        (root / "layouts" / "cards" / f"{name}.html").write_text(layout, "utf-8")
    return root


def text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    ("language", "title", "step"), [("cy", "Palu’r gwelyau", "Gwanwyn"), ("en", "Dig the beds", "Spring")]
)
def test_cards_build_with_other_columns(garden: Path, language: str, title: str, step: str) -> None:
    done = typed("cards", "--language", language, "--project", garden)
    assert done.status == 0, done.err
    printed = text(garden / "output" / f"cards.{language}.pdf")
    assert title in printed
    assert step in printed
    assert "4–8" in printed
    with pypdfium2.PdfDocument(garden / "output" / f"cards.{language}.pdf") as document:
        assert len(document) == 2 + 2 * 4


def test_its_scales_and_sectors_filter(garden: Path) -> None:
    done = typed("list", "--where", "season=spring", "--source-only", "--format", "csv", "--project", garden)
    codes = [line.split(",")[0] for line in done.out.splitlines()[1:]]
    assert "SO1" in codes
    assert "N1" not in codes
    assert "N1" in done.err
    done = typed("list", "--where", "effort=light", "--sector", "families", "--format", "csv", "--project", garden)
    assert "N1" in [line.split(",")[0] for line in done.out.splitlines()[1:]]


def test_a_short_form_without_its_scale_says_which_scales_there_are(garden: Path) -> None:
    done = typed("list", "--stage", "early", "--project", garden)
    assert done.status == 2
    assert "It has: season, effort." in done.err


def test_letters_that_the_font_lacks_are_refused_by_name(garden: Path) -> None:
    done = typed("cards", "--language", "ar", "--project", garden)
    assert done.status == 1
    assert "has no “" in done.err
    assert "content/actions/SO1.yaml:" in done.err
    assert not (garden / "output" / "cards.ar.pdf").exists()
