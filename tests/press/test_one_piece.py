"""A bound toolkit equals the same typeset in one document: to the eye, to a reader's voice, to a mouse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from tests import making, reading
from tests.benchmarks import packs
from tests.press.one_piece import OnePiece
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store, default_folder
from toolkit_builder.project import Project, shipped

TOOLKITS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("both", {"actions": ("SP1", "GA4", "FM7", "SP3", "SP4", "GA1", "GA5", "FM1", "FM2", "FM5", "SP6")}),
    ("cy", {"categories": ("governance",)}),
    ("en", {"actions": ("FM3",)}),
)


@pytest.fixture(scope="module", params=TOOLKITS, ids=lambda each: each[0])
def pair(
    request: pytest.FixtureRequest, shipped_catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The bound document and the one in one piece."""
    language, filters = request.param
    folder = tmp_path_factory.mktemp("un-darn")
    selected = making.selection(shipped_catalogue, **filters)
    name = {"cy": "Partneriaeth Tŷ Gŵyr a’r Cylch", "en": "Tŷ Gŵyr and District Partnership"}
    whose = packs.partnership(shipped_catalogue, name) if language != "en" else None
    press = Press(Project(shipped()), shipped_catalogue, Store(default_folder()))
    asked = making.planned("toolkit", selected, making.edition(selected, language), whose)
    [prepared] = press.typeset(press.numbered([asked]))
    (folder / "bound.pdf").write_bytes(press.bind(prepared).data)
    OnePiece(shipped_catalogue, press).write(prepared, folder / "whole.pdf")
    return folder / "bound.pdf", folder / "whole.pdf"


def pictures(path: Path) -> list[Image.Image]:
    """The pages without their outer 14 mm, where thumb tabs stand, which the press stamps and mirrors."""
    scale, edge = 1.2, round(14 * 1.2 * 72 / 25.4)
    with pdfium.PdfDocument(path) as document:
        whole = [page.render(scale=scale).to_pil().convert("L") for page in document]
    return [page.crop((edge, 0, page.width - edge, page.height)) for page in whole]


def test_the_pages_look_alike(pair: tuple[Path, Path]) -> None:
    bound, whole = map(pictures, pair)
    assert len(bound) == len(whole)
    for number, (one, other) in enumerate(zip(bound, whole, strict=True), start=1):
        assert one.size == other.size
        off = ImageChops.difference(one, other)
        unlike = sum(off.histogram()[96:])
        assert unlike < 4, f"page {number}: {unlike} pixels are not alike"
        assert ImageStat.Stat(off).mean[0] < 0.05, f"page {number}"


def test_they_say_the_same_in_the_same_order(pair: tuple[Path, Path]) -> None:
    def words(path: Path, page: int) -> list[str]:
        """What is drawn, but for the page number, which is drawn last when it is stamped."""
        drawn = [reading.squeezed(word.text) for word in reading.words(path, page)]
        return [word for word in drawn if word and word != str(page + 1)]

    bound, whole = pair
    for page in range(len(reading.pages(bound))):
        assert words(bound, page) == words(whole, page)


def test_a_voice_reads_the_same(pair: tuple[Path, Path], shipped_catalogue: Catalogue) -> None:
    """But for running heads and those over symbols, which are read as text in the one and passed over in the other."""

    def read(path: Path) -> list[tuple[str, str]]:
        kinds = ("/P", "/H1", "/H2", "/H3", "/LI", "/TH", "/TD", "/Link")
        told = [(each.kind, each.text) for each in reading.tree(path) if each.kind in kinds and each.text]
        return [(kind, re.sub(r"(?<=\D)\d+$", "", text)) for kind, text in told]  # numbers of pages are stamped

    bound, whole = map(read, pair)
    heads = [item for item in whole if item not in bound]
    assert [item for item in whole if item in bound] == bound
    labels = [scale.label for scale in shipped_catalogue.framework.scales]
    over_symbols = {reading.squeezed(label[language]) for label in labels for language in ("cy", "en")}
    assert len({text for _, text in heads} - over_symbols) <= 2
    assert all(kind == "/P" for kind, _ in heads)


def test_links_destinations_and_bookmarks(pair: tuple[Path, Path]) -> None:
    bound, whole = pair
    places = [[(link.page, link.target) for link in reading.links(path)] for path in pair]
    assert places[0]
    assert sorted(places[0]) == sorted(places[1])
    assert reading.bookmarks(bound) == reading.bookmarks(whole)
    names = []
    for path in pair:
        with pikepdf.open(path) as pdf:
            names.append(sorted(pikepdf.NameTree(pdf.Root.Names.Dests)))
    assert names[0] == names[1]
    addresses = []
    for path in pair:
        with pikepdf.open(path) as pdf:
            notes = [note for page in pdf.pages for note in page.get("/Annots", ())]
            addresses.append(sorted(str(note.A.URI) for note in notes if "/A" in note))
    assert addresses[0] == addresses[1]


def test_the_verdict_is_the_same(pair: tuple[Path, Path]) -> None:
    assert [reading.failures(path) for path in pair] == ["", ""]


def test_the_size(pair: tuple[Path, Path]) -> None:
    bound, whole = pair
    if len(reading.pages(bound)) >= 30:
        assert bound.stat().st_size <= 1.2 * whole.stat().st_size


def test_every_table_header_has_an_identifier_of_its_own(pair: tuple[Path, Path]) -> None:
    with pikepdf.open(pair[0]) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        identifiers = [str(item.ID) for item in elements if "/ID" in item]
        assert len(identifiers) == len(set(identifiers)) > 0
        tree = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert sorted(identifiers) == sorted(tree)
        headers = [str(name) for item in elements if "/A" in item for name in item.A.get("/Headers", ())]
        assert headers
        assert set(headers) <= set(identifiers)


def test_the_parent_tree_knows_every_piece_of_marked_content(pair: tuple[Path, Path]) -> None:
    with pikepdf.open(pair[0]) as pdf:
        numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            owners = numbers[int(page.StructParents)]
            for number, owner in enumerate(owners):
                if owner is not None:
                    assert number in [kid for kid in owner.K if isinstance(kid, int)]
                    assert owner.Pg.objgen == page.objgen
            for note in page.get("/Annots", ()):
                assert numbers[int(note.StructParent)].S == "/Link"
