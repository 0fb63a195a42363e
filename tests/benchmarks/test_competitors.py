"""What the press is measured against makes the same pages: otherwise the figures would say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import reading
from tests.benchmarks import chromium, packs
from tests.benchmarks.competitors import CompetitorMissingError
from tests.benchmarks.typst_port import TypstPress
from toolkit_builder.catalogue.model import Action, Catalogue
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.project import Project, shipped


def assert_same_pages(path: Path, plan: Plan) -> None:
    """A page a leaf, each with its titles, and all texts of an action on its page."""
    pages = reading.pages(path)
    assert len(pages) == len(plan.leaves)
    assert {(round(width), round(height)) for width, height in reading.sizes(path)} == {(210, 297)}
    for leaf, page in zip(plan.leaves, pages, strict=True):
        for name in _names(leaf):
            assert reading.plain(name) in page
        action = leaf.data.get("action")
        if isinstance(action, Action):
            texts = [action.code, action.title, action["purpose"], *action["examples"], *action["keys"]]  # type: ignore[misc]
            roles = [party.role for party in action.parties("who") if party.role]
            for text in (*texts, *roles):
                words = text if isinstance(text, str) else text[leaf.languages[0]]
                assert reading.plain(words) in page


def _names(leaf: Leaf) -> list[str]:
    """The names of a partnership that a leaf bears."""
    whose = [imprint.data["partnership"] for imprint in leaf.imprints if "partnership" in imprint.data]
    return [one.name[language] for one in whose for language in leaf.languages]


def test_the_packs_have_some_twenty_pages_on_average(shipped_catalogue: Catalogue) -> None:
    counts = [len(pack.plan.leaves) for pack in packs.packs(shipped_catalogue, 1)]
    assert len(counts) == 10
    assert 19 <= sum(counts) / len(counts) <= 20


def test_random_selections_differ_and_come_again(shipped_catalogue: Catalogue) -> None:
    codes = [selection.codes for selection in packs.random_selections(shipped_catalogue, 20, seed=1)]
    assert len(set(codes)) == 20
    assert {len(one) for one in codes} == {10}
    assert codes == [selection.codes for selection in packs.random_selections(shipped_catalogue, 20, seed=1)]


def test_partnerships_have_names_of_their_own() -> None:
    names = packs.partnership_names(200)
    assert len({name["cy"] for name in names}) == len({name["en"] for name in names}) == 200


def test_typst_makes_the_same_pages(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    try:
        press = TypstPress()
    except CompetitorMissingError as error:
        pytest.skip(str(error))
    target = tmp_path / "typst.pdf"
    for pack in packs.packs(shipped_catalogue, 1):
        target.write_bytes(press.compile(pack.plan, shipped_catalogue))
        assert_same_pages(target, pack.plan)
        assert not reading.failures(target)


def test_chromium_makes_the_same_pages(shipped_catalogue: Catalogue, tmp_path: Path) -> None:
    try:
        printer = chromium.ChromiumPrinter(Project(shipped()), shipped_catalogue)
    except CompetitorMissingError as error:
        pytest.skip(str(error))
    pack = packs.packs(shipped_catalogue, 1)[0]
    source, target = tmp_path / "pack.html", tmp_path / "pack.pdf"
    least = {leaf.name: leaf.sizes[-1] for leaf in pack.plan.leaves}  # a browser does not fit type
    source.write_text(printer.html(pack.plan, least), encoding="utf-8")
    printer.print(source, target)
    assert_same_pages(target, pack.plan)
