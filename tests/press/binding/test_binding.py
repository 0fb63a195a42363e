"""What binding does beyond what a document in one piece has: plates of any origin, of any number of pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests import making, reading
from tests.making import Copy
from tests.partnerships.planting import LEAST, Bed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Plan
from toolkit_builder.errors import FaultsError
from toolkit_builder.press.plates.plate import PlateError
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project, shipped

CODES = ("SP1", "GA4")
MM = 72 / 25.4
"""In pt."""
GUIDE = """{% extends "leaf.html" %}
{% block kind %}page{% endblock %}
{% block body %}
<h1>{{ labels.toolkit_guide.title | t }}</h1>
{{ framework.introduction | blocks }}
{% endblock %}
"""


def bound(catalogue: Catalogue, plan: Plan, store: Store, processes: int = 1) -> bytes:
    press = Press(Project(shipped()), catalogue, store, processes)
    return making.bound(press, plan)


def test_the_same_bytes_whatever_the_store_held_and_however_many_typeset(
    shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    plan = making.plan(shipped_catalogue, "toolkit", actions=CODES)
    alone = bound(shipped_catalogue, plan, Store(None))
    store = Store(tmp_path / "storfa")
    for codes in (("SP1", "SP2"), ("GA4",), ("FM7", "GA4")):  # typeset among others, in other documents
        bound(shipped_catalogue, making.plan(shipped_catalogue, "toolkit", actions=codes), store)
    assert bound(shipped_catalogue, plan, store) == alone
    assert bound(shipped_catalogue, plan, store) == alone, "from the store"
    assert bound(shipped_catalogue, plan, Store(None), processes=2) == alone, "typeset by two processes"


def test_links_to_leaves_that_are_left_out_become_plain_text(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    whole = making.plan(shipped_catalogue, "toolkit", actions=CODES)
    part = whole.with_leaves([leaf for leaf in whole.leaves if "/action/GA4" not in leaf.name])
    for name, plan in (("whole", whole), ("part", part)):
        (tmp_path / f"{name}.pdf").write_bytes(bound(shipped_catalogue, plan, Store(None)))
    links = {name: reading.links(tmp_path / f"{name}.pdf") for name in ("whole", "part")}
    lost = [link for link in links["whole"] if whole.leaves[link.target].name.startswith("toolkit/action/GA4")]
    assert len(lost) == 4, "contents and opening, in two languages"
    assert len(links["part"]) == len(links["whole"]) - len(lost)
    assert reading.untagged_annotations(tmp_path / "part.pdf") == 0
    assert reading.failures(tmp_path / "part.pdf") == ""
    title = reading.plain(shipped_catalogue.action("GA4").title["cy"])
    texts = [each for each in reading.tree(tmp_path / "part.pdf") if each.text.endswith(title)]
    assert texts
    assert not any(each.kind == "/Link" for each in texts)


@pytest.fixture
def long(mine: Copy) -> Copy:
    """A project whose introduction takes pages."""
    text = (mine.root / "content" / "framework.yaml").read_text("utf-8")
    for first in ("Nid yw’r rhestr yn gyflawn", "The list is not complete"):
        assert first in text
        text = text.replace(f"    {first}", f"    {'Gair a gair arall. ' * 400}\n\n    {first}")
    mine.write("content/framework.yaml", text)
    mine.write("layouts/toolkit/guide.html", GUIDE)
    return mine


def test_a_leaf_may_run_over_pages_and_the_contents_know_it(long: Copy, tmp_path: Path) -> None:
    catalogue = load(long.project)
    whole = making.plan(catalogue, "toolkit", "cy", actions=CODES)
    asked = whole.with_leaves([replace(leaf, pages=0) if "/guide/" in leaf.name else leaf for leaf in whole.leaves])
    press = Press(long.project, catalogue, Store(None))
    [prepared] = press.numbered([asked])
    plan = prepared.plan
    [guide] = [leaf for leaf in plan.leaves if "/guide/" in leaf.name]
    assert guide.pages > 1
    path = tmp_path / "hir.pdf"
    path.write_bytes(press.bind(press.typeset([prepared])[0]).data)
    pages = reading.pages(path)
    assert len(pages) == len(plan.leaves) + guide.pages - 1
    [contents] = [leaf for leaf in plan.leaves if "/contents/" in leaf.name]
    [page] = [start for leaf, start in plan.starts() if leaf is contents]
    for entry in making.entries(contents):
        title = entry.action.title["cy"] if entry.action else entry.title
        # Of few actions the contents say what they are for, before the number.
        assert re.search(rf"{re.escape(reading.plain(title))}\D*{entry.page}", pages[page - 1])
        assert reading.plain(title) in pages[entry.page - 1]
    assert [link.target + 1 for link in reading.links(path) if link.page == page - 1] == [
        entry.page for entry in making.entries(contents)
    ]
    assert reading.failures(path) == ""


def test_numbers_are_artifacts_and_stand_on_the_outside(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "rhifau.pdf"
    path.write_bytes(bound(shipped_catalogue, making.plan(shipped_catalogue, "toolkit", actions=CODES), Store(None)))
    with pikepdf.open(path) as pdf:
        assert int(pdf.Root.PageLabels.Nums[0]) == 0
        for number, page in enumerate(pdf.pages, start=1):
            stamp = bytes(page.Contents[-1].read_bytes()) if len(page.Contents) > 1 else b""
            if b" Tm" in stamp:
                assert stamp.startswith(b"/Artifact<</Type/Pagination")
                left = float(stamp.split(b" Tm")[0].split()[-2])
                assert (left < 100) == (number % 2 == 0)
        count = len(pdf.pages)
    said = {each.text for each in reading.tree(path)}
    assert count > 12
    assert not said & set(map(str, range(8, count + 1))), "an action’s number is 7 at most"


def test_tabs_are_artifacts_at_the_outer_edge_of_each_page_of_their_category(
    shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "tabiau.pdf"
    plan = making.plan(shipped_catalogue, "toolkit", actions=CODES)
    path.write_bytes(bound(shipped_catalogue, plan, Store(None)))
    categories = {category.id: at for at, category in enumerate(shipped_catalogue.framework.categories)}
    seen = 0
    with pikepdf.open(path) as pdf:
        for leaf, number in plan.starts():
            stamp = bytes(pdf.pages[number - 1].Contents[-1].read_bytes()).partition(b"/Artifact<</Type/Layout>> BDC")[
                2
            ]
            assert bool(stamp) == (leaf.role in ("opening", "action")), leaf.name
            if stamp:
                left, bottom = (float(edge) / MM for edge in stamp.split(b" cm")[0].split()[-2:])
                assert left == pytest.approx(5 if number % 2 == 0 else 210 - 13, abs=0.1)
                assert 297 - bottom == pytest.approx(16 + 25 * (categories[leaf.data["category"].id] + 1), abs=0.2)
                seen += 1
    assert seen >= 2 * len(CODES)
    assert reading.failures(path) == ""


def test_running_heads_are_passed_over_by_a_voice(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "pennawd.pdf"
    path.write_bytes(bound(shipped_catalogue, making.plan(shipped_catalogue, "toolkit", actions=CODES), Store(None)))
    head = reading.plain(shipped_catalogue.framework.title["en"])
    assert sum(head in page for page in reading.pages(path)) > 4
    assert sum(each.text == head for each in reading.tree(path) if each.kind == "/P") == 0


def test_a_document_says_its_languages_licence_and_subject(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    plan = making.plan(shipped_catalogue, "toolkit", actions=CODES)
    path = tmp_path / "am.pdf"
    path.write_bytes(bound(shipped_catalogue, plan, Store(None)))
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert list(metadata["dc:language"]) == ["cy", "en"] or set(metadata["dc:language"]) == {"cy", "en"}
        assert metadata["dc:rights"] == plan.rights != ""
        assert metadata["dc:description"] == plan.subject
        assert set(metadata["dc:subject"]) == set(plan.keywords)


def test_one_leaf_twice_is_refused(shipped_catalogue: Catalogue) -> None:
    plan = making.plan(shipped_catalogue, "summary", "cy")
    press = Press(Project(shipped()), shipped_catalogue, Store(None))
    twice = plan.with_leaves([*plan.leaves, *plan.leaves])
    prepared = making.typeset(press, twice)
    with pytest.raises(PlateError):
        press.bind(prepared)


def test_contents_that_do_not_fit_run_over(mine: Copy, tmp_path: Path) -> None:
    """Rows that have room are pasted in; more are typeset in one piece, on as many pages as they need."""
    many = [f"{{id: p{at}, title: {{cy: Tudalen {at}, en: Page {at}}}, file: {{cy: c.md, en: e.md}}, after: finance}}"
            for at in range(12)]  # fmt: skip
    bed = Bed(mine.project)
    bed.write("c.md", "Gair.")
    bed.write("e.md", "Word.")
    catalogue = load(mine.project)
    press = Press(mine.project, catalogue, Store(None))
    found = {}
    for count in (1, 12):
        whose = bed.read(f"{LEAST}pages: [{', '.join(many[:count])}]\n")
        asked = making.planned("toolkit", making.selection(catalogue), Edition(("cy", "en")), whose)
        [prepared] = press.typeset(press.numbered([asked], print), print)
        plan = prepared.plan
        path = tmp_path / f"{count}.pdf"
        path.write_bytes(press.bind(prepared).data)
        pages = reading.pages(path)
        starts = {leaf.name: number for leaf, number in plan.starts()}
        contents = next(leaf for leaf in plan.leaves if leaf.name == "toolkit/contents/cy")
        start = starts[contents.name] - 1
        listed = "".join(pages[start : start + 2 * contents.pages : 2])
        for entry in making.entries(contents):
            title = entry.action.title["cy"] if entry.action else entry.title
            assert f"{reading.plain(title)}{entry.page}" in listed
            assert reading.plain(title) in pages[entry.page - 1]
        assert reading.failures(path) == ""
        found[count] = contents.pages
        over_columns = reading.plain("Lefel adnoddau")  # what the symbols are is said on each page of the list
        assert all(over_columns in pages[start + 2 * at] for at in range(contents.pages))
    assert found == {1: 1, 12: 2}


def test_a_cover_and_what_is_printed_over_it_have_room_of_their_own(mine: Copy) -> None:
    style = (mine.root / "styles" / "toolkit.css").read_text("utf-8")
    mine.write("styles/toolkit.css", f"{style}\n.imprint-said {{ top: 170mm; }}\n")
    with pytest.raises(FaultsError) as caught:
        mine.make("toolkit", actions=("FM5",))
    [fault] = caught.value.faults
    what = "what is printed over it stands over its text or its pictures: give each room of its own"
    assert str(fault).startswith(f"layouts/toolkit/cover.html: error: {what}")
