"""Products as their files declare them: what is checked, what a faulty one leaves alone, which leaves follow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.catalogue.test_schemas import as_editor
from tests.making import PRODUCTS, Copy, edition
from tests.typed import ROOT, run, typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.schemas import FOLDER, as_text
from toolkit_builder.catalogue.selecting import Filters, select
from toolkit_builder.cli import PLACES
from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.product import ProductFile
from toolkit_builder.documents.product_files import COMMANDS
from toolkit_builder.documents.product_schema import NAME, schema
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.documents.product_values import PLANNERS
from toolkit_builder.products import planning
from toolkit_builder.products.planners import REGISTRY
from toolkit_builder.project import Project

FILES = sorted((ROOT / "layouts").glob("*/product.yaml"))
LEAST = """\
help: "A poster."
page: a3
layouts: [parallel-columns]
sizes: [16]
leaves:
  - layout: summary/page.html
"""
LABEL = "\nproduct:\n  poster: {cy: Poster, en: Poster}\n"


def declare(mine: Copy, text: str = LEAST, name: str = "poster") -> None:
    """A product in a copy of the shipped project, with its name."""
    mine.write(f"layouts/{name}/product.yaml", text)
    labels = (mine.root / "content" / "labels.yaml").read_text("utf-8")
    if f"\n  {name}: " not in labels:
        mine.write("content/labels.yaml", labels.replace("\nproduct:\n", LABEL.replace("poster", name)))


def faults(mine: Copy) -> list[str]:
    return list(map(str, products_of(mine.project, load(mine.project)).faults))


# -- what is checked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('help: "A poster."\n', "", "1:1: error: help: missing; add it"),
        ("page: a3", "page: a33", "2:7: error: page: no size of paper; write one of a2, a3, a4, a5, a6, a7, or [width"),
        ("page: a3", "page: [297]", "2:7: error: page: no size of paper"),
        ("page: a3", "page: [0, 420]", "2:7: error: page: no size of paper"),
        ("page: a3", "paeg: a3", "2:1: error: paeg: unknown key; did you mean “page”?"),
        (
            "[parallel-columns]",
            "[parallel-colums]",
            "3:11: error: layouts[1]: “parallel-colums” is not allowed; did you",
        ),
        ("[parallel-columns]", "[]", "3:10: error: layouts: is an empty list; give at least one item"),
        (
            "[parallel-columns]",
            "[back-to-back, back-to-back]",
            "3:25: error: layouts[2]: “back-to-back” stands 2 times",
        ),
        ("[16]", "[16, 18]", "4:8: error: sizes: sizes of type begin with the largest"),
        ("[16]", "[]", "4:8: error: sizes: no sizes of type; write a list of numbers from 4 to 400, in pt"),
        ("[16]", "[big]", "4:8: error: sizes: no sizes of type"),
        ("summary/page.html", "summary/pag.html", "6:13: error: leaves[1].layout: no such layout in layouts or "),
        ("summary/page.html", "../page", "6:13: error: leaves[1].layout: “../page” cannot stand here; write the path"),
        ("\n  - layout", "\n  - for: actoin\n    layout", "6:10: error: leaves[1].for: “actoin” is not allowed"),
        ("\n  - layout", "\n  - for: local\n    layout", "6:10: error: leaves[1].for: local stands under the then of"),
        (
            "\n  - layout",
            "\n  - pages: some\n    layout",
            "6:12: error: leaves[1].pages: no number of pages; write 1, 2",
        ),
        (
            "\n  - layout",
            "\n  - title: a.b\n    layout",
            "6:12: error: leaves[1].title: content/labels.yaml has no a.b",
        ),
        ("\n  - layout", "\n  - given: [group]\n    layout", "6:13: error: leaves[1].given[1]: “group” is not allowed"),
        (
            "\n  - layout",
            "\n  - for: action\n    title: summary.title\n    layout",
            "7:12: error: leaves[1].title: is for leaves that stand once; one for each action has the title of that",
        ),
        (
            "\n  - layout",
            "\n  - local: on-the-page\n    layout",
            "6:12: error: leaves[1].local: is for leaves about an action",
        ),
        (
            "\n  - layout",
            "\n  - in_layout: {back-to-back: {pages: 2}}\n    layout",
            "6:17: error: leaves[1].in_layout.back-to-back: the product does not take back-to-back",
        ),
        (
            "page.html\n",
            "page.html\n  - layout: summary/large.html\n",
            "7:5: error: leaves[2].role: more than one leaf is for once; give each a role of its own",
        ),
        (
            "[parallel-columns]\nsizes: [16]\nleaves:\n  - ",
            "[tilt-and-turn]\nsizes: [16]\nleaves:\n  - languages: all\n    ",
            "6:16: error: leaves[1].languages: a leaf in all languages cannot be turned",
        ),
        ("sizes", "sheets: grid\nsizes", "4:9: error: sheets: grid is for sides: front-and-back"),
        (
            "sizes",
            "sides: front-and-back\nown_sheets: true\nsizes",
            "5:1: error: own_sheets: is for sides: pages; leave it out",
        ),
        (
            "[parallel-columns]\n",
            "[parallel-columns, parallel-pages]\nown_sheets: true\n",
            "4:1: error: own_sheets: in parallel-pages, pages begin on the back of a sheet to face each other; leave",
        ),
        ("sizes", "sides: front-and-back\nsizes", "1:1: error: one_language: missing; with front-and-back, write"),
        (
            "sizes",
            "sides: front-and-back\nsizes",
            "7:5: error: leaves[1].back: missing; say what stands on the back of it",
        ),
        (
            "sizes",
            "most_languages: {parallel-columns: 1}\nsizes",
            "4:36: error: most_languages.parallel-columns: no number of languages; write 2, 3, 4",
        ),
        (
            "sizes",
            "most_languages: {back-to-back: 2}\nsizes",
            "4:18: error: most_languages.back-to-back: is not among layouts; add back-to-back there",
        ),
        (
            "[parallel-columns]",
            "[tilt-and-turn]\nmost_languages: {tilt-and-turn: 3}",
            "4:18: error: most_languages.tilt-and-turn: tilt-and-turn is for 2 languages, whatever the product",
        ),
        (
            "a3",
            "a4\nsheets: tiles",
            "3:9: error: sheets: the page is no larger than A4, and needs no tiles; leave it out",
        ),
        (
            "sizes",
            "sides: front-and-back\nsheets: tiles\nsizes",
            "5:9: error: sheets: tiles is for sides: pages; leave it out",
        ),
        ("sizes", "made_by: [batch]\nsizes", "4:11: error: made_by[1]: “batch” is not allowed"),
        ("sizes", "made_by: []\nsizes", "4:10: error: made_by: is an empty list; give at least one item"),
        ("sizes", "planner: tolkit\nsizes", "4:10: error: planner: “tolkit” is not allowed; did you mean “toolkit”?"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_do(mine: Copy, before: str, after: str, said: str) -> None:
    assert before in LEAST
    declare(mine, LEAST.replace(before, after))
    found = [fault.removeprefix("layouts/poster/product.yaml:") for fault in faults(mine)]
    assert [fault for fault in found if fault.startswith(said)], found


def test_all_faults_come_in_one_run(mine: Copy) -> None:
    declare(mine, LEAST.replace("a3", "a33").replace("[16]", "[0]").replace("summary/page.html", "x"))
    declare(mine, LEAST.replace("layouts", "layuots"), "leaflet")
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    assert [line.rpartition(": error: ")[0] for line in done.out.splitlines() if "product.yaml" in line] == [
        "layouts/leaflet/product.yaml:3:1",
        "layouts/poster/product.yaml:2:7",
        "layouts/poster/product.yaml:4:8",
        "layouts/poster/product.yaml:6:13",
    ]


def test_faults_of_products_and_of_content_come_together(mine: Copy) -> None:
    declare(mine, LEAST.replace("a3", "a33"))
    mine.append("content/actions/SP1.yaml", "colour: blue\n")
    out = typed("check", "--project", mine.root).out
    assert "content/actions/SP1.yaml:" in out
    assert "layouts/poster/product.yaml:2:7: error: page: " in out


def test_a_product_without_a_name_is_told_where_to_write_it(mine: Copy) -> None:
    mine.write("layouts/poster/product.yaml", LEAST)
    assert faults(mine) == [
        "layouts/poster/product.yaml:1:1: error: content/labels.yaml has no product.poster; write there what it is "
        "called in every language"
    ]


@pytest.mark.parametrize("name", ["list", "My-Poster", "base", "poster_2"])
def test_a_product_cannot_be_called_anything(mine: Copy, name: str) -> None:
    mine.write(f"layouts/{name}/product.yaml", LEAST)
    [fault] = faults(mine)
    assert fault.startswith(f"layouts/{name}/product.yaml:1:1: error: “{name}” ")
    assert "call its folder something else" in fault
    assert f"\n  {name} " not in typed("--help", folder=mine.root).out.replace("\n  list ", "", name == "list")


def test_a_file_that_is_not_read_under_its_name(mine: Copy) -> None:
    mine.write("layouts/poster/product.yml", LEAST)
    mine.write("layouts/.old/product.yaml", LEAST)
    assert faults(mine) == ["layouts/poster/product.yml:1:1: error: is not read under this name; call it product.yaml"]


def test_a_side_of_a_card_is_one_page_in_one_language(mine: Copy) -> None:
    text = (ROOT / "layouts" / "cards" / "product.yaml").read_text("utf-8")
    text = text.replace("sizes:", "large_print: {layouts: [back-to-back]}\nsizes:", 1)
    wrong = ("pages: 2", "languages: all", "local: may-run-over")
    text = text.replace("role: face\n", "\n        ".join(["role: face", *wrong, ""]).rstrip(" "))
    declare(mine, text.replace("page: a6", "page: a3"))
    said = [fault.partition(": error: ")[2].partition(": ")[0] for fault in faults(mine)]
    assert set(said) == {
        "large_print.pages",
        "other_decks.text.leaves[2].languages",
        "other_decks.text.leaves[2].local",
        "other_decks.text.leaves[2].pages",
        "sheets",
    }


def test_no_command_can_be_taken_for_a_product() -> None:
    assert set(PLACES) <= COMMANDS


@pytest.mark.parametrize("size", ["A4", "210mm 297mm", "420mm 297mm", "wide"])
def test_a_style_that_says_another_size_of_the_page(mine: Copy, size: str) -> None:
    declare(mine)
    mine.write(
        "styles/poster.css", f"/* A poster.\n@page {{ size: A5 }} */\n@page {{\n  size: {size}; margin: 0;\n}}\n"
    )
    [fault] = faults(mine)
    assert fault == (
        "styles/poster.css:4:3: error: size: the page is 297mm 420mm in layouts/poster/product.yaml; leave it out "
        "here, or let both agree"
    )


@pytest.mark.parametrize("style", ["@page { size: a3 }", "@page { size: 297mm 420mm }", "@page row { size: 10mm 9mm }"])
def test_a_style_that_says_the_same_size_or_that_of_another_page(mine: Copy, style: str) -> None:
    declare(mine)
    mine.write("styles/poster.css", style)
    assert faults(mine) == []


# -- what a faulty product leaves alone --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["help: [\n", "", "help: {a: b}\n", "\x00", LEAST.replace("a3", "a33")])
def test_a_faulty_product_stands_in_nobodys_way_but_its_own(mine: Copy, text: str) -> None:
    declare(mine, text)
    assert typed("--help", folder=mine.root).status == 0
    assert typed("list", folder=mine.root).status == 0
    assert typed("poster", "--help", folder=mine.root).status == 0
    assert typed("summary", "--action", "SP1", folder=mine.root).status == 0
    for words in (("poster",), ("build",)):
        refused = typed(*words, folder=mine.root)
        assert refused.status == 1
        assert "layouts/poster/product.yaml:" in refused.err
    file = mine.root / "content" / "partnerships" / "un.yaml"
    file.write_text("name: {cy: Un, en: One}\nproducts: [poster]\nedition: {layout: back-to-back}\n", "utf-8")
    told = typed("check", folder=mine.root)
    assert "layouts/poster/product.yaml:" in told.out
    assert "partnerships/un.yaml" not in told.out, "its product is at fault, and not what it wants of it"


def test_help_answers_at_once(mine: Copy) -> None:
    declare(mine)
    code = (
        "import sys, time, toolkit_builder.cli as c\n"
        "sys.argv = ['toolkit-builder', '--help']\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        "print(time.process_time(), 'pydantic' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=mine.root,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    seconds, has_models = done.stderr.split()
    assert re.search(r"\n  poster +A poster\.\n", done.stdout)
    assert (float(seconds) < 0.3, has_models) == (True, "False")


# -- which leaves follow -----------------------------------------------------------------------------------------------


def planned(mine: Copy, text: str, language: str = "both", filters: dict[str, Any] | None = None, **how: Any) -> Plan:
    declare(mine, text)
    catalogue = load(mine.project)
    selected = select(catalogue, Filters(**(filters or {})))
    product = products_of(mine.project, catalogue)["poster"]
    return planning.plan(product, selected, edition(selected, language, **how))


def test_a_leaf_for_each_step_of_a_scale(mine: Copy) -> None:
    text = LEAST.replace("  - layout", "  - for: stage\n    layout")
    plan = planned(mine, text, filters={"actions": ("SP1", "FM5")})
    framework = load(mine.project).framework
    for leaf in plan.leaves:
        step = leaf.data["step"]
        assert leaf.name == f"poster/stage-{step.id}/cy-en"
        assert leaf.bookmark == f"{step.label['cy']} / {step.label['en']}"
        assert all(step.id in action.rating("stage").steps for action in leaf.data["actions"])
    there = {step for action in plan.leaves for one in action.data["actions"] for step in one.rating("stage").steps}
    [scale] = [one for one in framework.scales if one.id == "stage"]
    assert [leaf.data["step"].id for leaf in plan.leaves] == [step for step in scale.step_ids if step in there]


def test_what_follows_what(mine: Copy) -> None:
    text = LEAST.replace("[parallel-columns]", "[back-to-back, tilt-and-turn]").replace(
        "  - layout: summary/page.html\n",
        "  - {role: front, layout: toolkit/guide.html, title: toolkit_guide.title}\n"
        "  - for: category\n    role: opening\n    layout: toolkit/opening.html\n    then:\n"
        "      - {for: action, role: action, layout: toolkit/action.html, level: 2, pages: as-many-as-needed}\n"
        "      - {role: end, layout: toolkit/worksheet.html, title: worksheet.title}\n",
    )
    each = [
        "front",
        "opening/governance",
        "action/GA2",
        "end/governance",
        "opening/finance",
        "action/FM5",
        "end/finance",
    ]
    filters = {"actions": ("FM5", "GA2")}
    plan = planned(mine, text, filters=filters)
    assert [leaf.name for leaf in plan.leaves] == [f"poster/{name}/{lang}" for name in each for lang in ("cy", "en")]
    assert {leaf.name: leaf.pages for leaf in plan.leaves}["poster/action/GA2/cy"] == 0
    halves = planned(mine, f"halves: whole\n{text}", filters=filters, layout="tilt-and-turn")
    assert [leaf.name for leaf in halves.leaves] == [f"poster/{name}/{lang}" for lang in ("cy", "en") for name in each]
    assert halves.half_starts == halves.numbering_restarts == (0, 7)
    single = planned(mine, text, filters=filters, layout="tilt-and-turn")
    assert single.half_starts == tuple(range(14))


def test_what_is_otherwise_in_a_layout_and_in_large_print(mine: Copy) -> None:
    text = LEAST.replace(
        "[parallel-columns]", "[parallel-columns, back-to-back]\nlarge_print: {layouts: [back-to-back]}"
    )
    text += (
        "    in_layout: {back-to-back: {layout: summary/large.html, sizes: [15, 14.5], languages: each}}\n"
        "    large_print: {pages: 3}\n"
    )
    [together] = planned(mine, text).leaves
    assert (together.layout, together.sizes, together.languages) == ("summary/page.html", (16,), ("cy", "en"))
    first, _ = planned(mine, text, layout="back-to-back").leaves
    assert (first.layout, first.sizes, first.languages) == ("summary/large.html", (15, 14.5), ("cy",))
    large, _ = planned(mine, text, large_print=True).leaves
    assert (large.layout, large.sizes, large.pages) == ("summary/large.html", (18,), 3)
    assert large.edition.large_print
    [alone] = planned(mine, text, "en").leaves
    assert (alone.layout, alone.sizes) == ("summary/page.html", (16,))


def test_a_deck_of_ones_own_comes_on_sheets(mine: Copy, tmp_path: Path) -> None:
    text = (ROOT / "layouts" / "cards" / "product.yaml").read_text("utf-8").replace("page: a6", "page: [100, 140]")
    declare(mine, text, "deck")
    mine.write("styles/deck.css", (ROOT / "styles" / "cards.css").read_text("utf-8").replace("148mm", "140mm"))
    mine.append("styles/deck.css", ".card, .card-foot { width: 100mm; } .card .within { height: 130mm; }\n")
    mine.append(
        "styles/deck.css",
        ".words-alone .card-half { height: 123mm; } .picture-alone .picture-title { height: 31mm; }\n",
    )
    words = ("--language", "cy", "--action", "FM5", "--project", mine.root, "--output", tmp_path)
    done = typed("deck", *words)
    assert done.status == 0, done.err
    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert [(entry["path"], entry["pages"]) for entry in entries] == [
        ("deck.cy.FM5.pdf", 4),
        ("deck.cy.FM5.sheets.pdf", 2),
    ]


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_each_file_names_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=../../docs/schemas/{NAME}\n")
    made = json.loads((ROOT / FOLDER / NAME).read_text("utf-8"))
    Draft202012Validator.check_schema(made)
    assert [error.message for error in Draft202012Validator(made).iter_errors(as_editor(text))] == []


def test_the_schema_is_as_the_model_makes_it() -> None:
    stored = (ROOT / FOLDER / NAME).read_text("utf-8")
    assert stored == as_text(schema(Project(ROOT))), "run: python -m toolkit_builder.documents.product_schema"


@pytest.mark.parametrize("wrong", [{"page": "a33"}, {"sizes": []}, {"leaves": [{"for": "actoin", "layout": "a.html"}]}])
def test_the_schema_refuses_what_loading_refuses(wrong: dict[str, Any]) -> None:
    made = Draft202012Validator(schema(Project(ROOT)))
    data = yaml.safe_load(LEAST)
    assert made.is_valid(data)
    assert not made.is_valid({**data, **wrong})


def test_every_key_is_in_the_docs() -> None:
    guide = (ROOT / "docs" / "products.md").read_text("utf-8")
    keys = json.loads((ROOT / FOLDER / NAME).read_text("utf-8"))
    for properties in (keys["properties"], keys["$defs"]["LeafEntry"]["properties"]):
        for key in properties:
            assert f"`{key}`" in guide, key


def test_planners_that_files_may_name_are_there() -> None:
    assert set(REGISTRY) == set(PLANNERS)


def test_the_shipped_products_are_the_default_set(shipped_catalogue: Catalogue) -> None:
    sets = {
        name: sorted(each.name for each in PRODUCTS.sound.values() if name in each.file.made_by)
        for name in ("build", "workshop")
    }
    assert sets == {
        "build": ["cards", "handouts", "summary", "toolkit", "worksheet"],
        "workshop": [
            *("badges", "blank-cards", "cards", "dividers", "facilitator-guide", "map-poster", "sign-up", "slips"),
            *("sorting-mat", "tent-cards", "tokens", "tuck-box", "wall-plan", "worksheet"),
        ],
    }
    assert set(shipped_catalogue.labels["product"]) == {name.replace("-", "_") for name in PRODUCTS}
    assert PRODUCTS.in_large_print == ("facilitator-guide", "handouts", "summary", "toolkit", "worksheet")
    assert PRODUCTS.with_fields == ("handouts", "slips", "sorting-mat", "toolkit", "wall-plan", "worksheet")
    assert PRODUCTS.faults == []


def test_every_command_offers_every_layout() -> None:
    offered = run("handouts", "--help").out
    assert all(layout in offered.replace("\n", "").replace(" ", "") for layout in LAYOUTS)


def test_no_product_is_named_in_the_code() -> None:
    """But for the planner that a file may name."""
    for path in (ROOT / "toolkit_builder").rglob("*.py"):
        text = path.read_text("utf-8")
        for name in PRODUCTS:
            lines = [line for line in text.splitlines() if f'"{name}"' in line]
            allowed = path.name in ("product_values.py", "planners.py", "translate.py") and name == "toolkit"
            assert not lines or allowed, f"{path.name}: {lines}"


def test_a_product_file_is_all_that_a_product_is() -> None:
    assert ProductFile.model_validate(yaml.load(LEAST, yaml.BaseLoader)).page == (297, 420)  # noqa: S506
