"""A leaf's key changes with everything that shapes its pages, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.making import Copy, leaf_keys, plan
from toolkit_builder.catalogue.loading import load
from toolkit_builder.documents.plan import Plan
from toolkit_builder.press import keys
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store

LEAF = "toolkit/action/SP1/cy"


def press(copy: Copy) -> Press:
    return Press(copy.project, load(copy.project), Store(None))


def key(copy: Copy, leaf: str = LEAF, language: str = "both", codes: tuple[str, ...] = ("SP1", "SP2")) -> str:
    machine = press(copy)
    product = leaf.partition("/")[0]
    return leaf_keys(machine, plan(machine.catalogue, product, language, actions=codes))[leaf]


def edit(name: str, old: str, new: str) -> Callable[[Copy], None]:
    def change(copy: Copy) -> None:
        text = (copy.root / name).read_text("utf-8")
        assert old in text, f"{name} has no {old}"
        copy.write(name, text.replace(old, new))

    return change


SHAPES: dict[str, Callable[[Copy], object]] = {
    "its own text": lambda copy: copy.retell("SP1", "purpose", "Gair.", "Word."),
    "the text of the leaf that it shrinks with": edit(
        "content/actions/SP1.yaml", "assets, issues", "assets and issues"
    ),
    "its rating": lambda copy: retire(copy),
    "a label": edit("content/labels.yaml", "Ein nodiadau", "Nodiadau"),
    "the colour of its category": edit("content/framework.yaml", "#12797c", "#0b6469"),
    "its layout": edit("layouts/toolkit/action.html", "<div", '<div title="x"'),
    "a layout that it includes": edit("layouts/head.html", 'class="head"', 'class="head x"'),
    "a layout that it extends": edit("layouts/leaf.html", 'class="leaf', 'class="x leaf'),
    "a layout that it imports from": edit("layouts/marks.html", 'r="50"', 'r="49"'),
    "the layout around all leaves": edit("layouts/document.html", "<body", '<body id="x"'),
    "its style": lambda copy: copy.append("styles/toolkit.css", ".action { margin-top: 1mm }"),
    "the style of all": lambda copy: copy.append("styles/base.css", "p { margin-top: 1mm }"),
    "a picture that its style names": edit("styles/ruled.svg", "<svg", '<svg id="x"'),
}


@pytest.mark.parametrize("what", SHAPES)
def test_what_shapes_a_page_changes_its_key(mine: Copy, what: str) -> None:
    before = key(mine)
    SHAPES[what](mine)
    assert key(mine) != before


def retire(copy: Copy) -> None:
    """Take the provisional values of SP1 away."""
    import yaml

    path = copy.root / "content" / "provisional.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))

    def without(value: object) -> object:
        if isinstance(value, dict):
            return {name: without(inner) for name, inner in value.items() if name != "SP1"}
        return [without(item) for item in value] if isinstance(value, list) else value

    path.write_text(yaml.safe_dump(without(data), allow_unicode=True, sort_keys=False), "utf-8")


IRRELEVANT: dict[str, Callable[[Copy], object]] = {
    "a comment in its content": lambda copy: copy.append("content/actions/SP1.yaml", "# sylw\n"),
    "a comment in its layout": lambda copy: copy.append("layouts/toolkit/action.html", "{# sylw #}"),
    "another action": lambda copy: copy.retell("SP2", "purpose", "Gair.", "Word."),
    "a label that it does not print": edit("content/labels.yaml", "Taflen gynllunio", "Dalen gynllunio"),
    "the style of another product": lambda copy: copy.append("styles/cards.css", "p { margin: 1mm }"),
    "a layout of another page": lambda copy: copy.append("layouts/toolkit/cover.html", "<p>x</p>"),
    "a file that nothing names": lambda copy: copy.write("styles/arall.svg", "<svg/>"),
}


@pytest.mark.parametrize("what", IRRELEVANT)
def test_what_does_not_shape_it_does_not(mine: Copy, what: str) -> None:
    before = key(mine)
    IRRELEVANT[what](mine)
    assert key(mine) == before


def test_the_document_and_the_place_in_it_do_not_count(mine: Copy) -> None:
    assert key(mine, codes=("SP1",)) == key(mine, codes=("GA1", "SP1", "FM7", "SP5"))


def test_the_edition_counts(mine: Copy) -> None:
    """In two languages the two texts of an action shrink together."""
    assert key(mine, language="both") != key(mine, language="cy")


@pytest.mark.parametrize("what", ["weasyprint", "pango", "platemaking"])
def test_versions_count(mine: Copy, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    before = key(mine)
    other = {**keys.versions(), what: "0"}
    monkeypatch.setattr(keys, "versions", lambda: other)
    assert key(mine) != before


def test_fonts_count(mine: Copy) -> None:
    from toolkit_builder.press.fonts import font_file

    data = font_file("font:fontpkg_source_sans_3/SourceSans3[wght].ttf").read_bytes()
    (mine.root / "styles" / "ffont.ttf").write_bytes(data)
    edit("styles/base.css", "font:fontpkg_source_sans_3/SourceSans3[wght].ttf", "ffont.ttf")(mine)
    before = key(mine)
    (mine.root / "styles" / "ffont.ttf").write_bytes(data + b"\0")
    assert key(mine) != before


def test_sizes_and_pages_count(mine: Copy) -> None:
    machine = press(mine)
    whole = plan(machine.catalogue, "toolkit", actions=("SP1",))

    def changed(**facts: object) -> Plan:
        return whole.with_leaves([replace(leaf, **facts) if leaf.name == LEAF else leaf for leaf in whole.leaves])  # type: ignore[arg-type]

    found = [leaf_keys(machine, each)[LEAF] for each in (whole, changed(sizes=(9.0,)), changed(pages=2), changed())]
    assert len(set(found[:3])) == 3
    assert found[3] == found[0]


def test_the_key_of_a_document_is_that_of_its_leaves_and_of_what_it_says_of_itself(mine: Copy) -> None:
    machine = press(mine)
    whole = plan(machine.catalogue, "toolkit", actions=("SP1", "SP2"))
    again = plan(machine.catalogue, "toolkit", actions=("SP1", "SP2"))
    assert machine.document_key(machine.prepare(whole)) == machine.document_key(machine.prepare(again))
    others = [
        whole.with_leaves(whole.leaves[:-1]),
        whole.with_leaves([*whole.leaves[:-2], *whole.leaves[:-3:-1]]),
        replace(whole, title="arall"),
        replace(whole, author="arall"),
        replace(whole, subject="arall"),
        replace(whole, rights="arall"),
        replace(whole, layout="back-to-back"),
        whole.with_leaves([replace(leaf, bookmark="arall") for leaf in whole.leaves]),
    ]
    found = {machine.document_key(machine.prepare(each)) for each in [whole, *others]}
    assert len(found) == len(others) + 1


ROW = "toolkit/contents/row/action/SP1/cy"


def test_rows_are_shared_whatever_stands_beside_them_and_on_whatever_page(mine: Copy) -> None:
    machine = press(mine)
    plans = [
        plan(machine.catalogue, "toolkit", actions=codes) for codes in (("SP1",), ("SP1", "SP2", "FM7"), ("GA1", "SP1"))
    ]
    assert len({leaf_keys(machine, one)[ROW] for one in plans}) == 1
    shells = {leaf_keys(machine, one)["toolkit/contents/cy"] for one in plans}
    assert len(shells) == 1, "what differs is in the rows"
    assert len({machine.document_key(machine.prepare(one)) for one in plans}) == 3


def test_a_document_with_other_page_numbers_is_another(mine: Copy) -> None:
    machine = press(mine)
    whole = plan(machine.catalogue, "toolkit", actions=("SP1", "SP2"))

    def renumbered(by: int) -> Plan:
        return whole.with_leaves(
            [
                replace(leaf, rows=tuple(replace(row, number=row.number + by) for row in leaf.rows))
                for leaf in whole.leaves
            ]
        )

    def document_key(plan: Plan) -> str:
        return machine.document_key(machine.prepare(plan))

    assert leaf_keys(machine, renumbered(1)) == leaf_keys(machine, whole)
    assert document_key(renumbered(1)) != document_key(whole) == document_key(renumbered(0))


def test_a_row_changes_with_its_title_and_its_layout(mine: Copy) -> None:
    before = key(mine, ROW), key(mine)
    edit("layouts/toolkit/contents_row.html", "<li", '<li title="x"')(mine)
    after = key(mine, ROW), key(mine)
    assert after[0] != before[0]
    assert after[1] == before[1]
    mine.retell("SP1", "title", "Teitl arall", "Another title")
    assert key(mine, ROW) != after[0]
