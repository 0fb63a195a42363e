"""Leaves that many plans share are rendered once."""

from __future__ import annotations

from tests import making
from tests.benchmarks.packs import partnership
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project, shipped


def test_two_packs_of_one_selection_share_all_leaves_but_what_says_whose_they_are(shipped_catalogue: Catalogue) -> None:
    selected = making.selection(shipped_catalogue)
    edition = making.edition(selected, "both")
    press = Press(Project(shipped()), shipped_catalogue, Store(None), processes=1)
    names = ({"cy": "Bro Ŵyn", "en": "Bro Ŵyn"}, {"cy": "Tŷ Gwyrdd", "en": "Green House"})
    first, second = (
        {
            unit.leaf.name: unit.rendered
            for unit in press.prepare(
                making.planned("toolkit", selected, edition, partnership(shipped_catalogue, name))
            ).units.values()
        }
        for name in names
    )
    own = {name for name in {*first, *second} if first.get(name) is not second.get(name)}
    assert {"toolkit/map/cy", "toolkit/map/en", "toolkit/action/SP1/cy"} <= {*first} - own
    assert all(name.startswith("toolkit/imprint/p") for name in own), own
