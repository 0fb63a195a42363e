"""One leaf with a layout and a style of its own: the smallest thing in which a fault can be planted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.making import bound
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.errors import FaultsError
from toolkit_builder.press.press import Press as Machine
from toolkit_builder.press.store.store import Store
from toolkit_builder.project import Project

PAGE = "@page { size: 100mm 100mm; margin: 0 } .leaf { padding: 10mm; width: 100mm; height: 100mm }"
AROUND = """<section class="leaf" id="leaf" data-leaf="{{{{ leaf.name }}}}" lang="{{{{ lang }}}}">
{body}
</section>
"""


class PlantingPress:
    """A project of one layout, and the texts of a catalogue to print in it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.root = folder / "gwasg ŵŷ"
        self.catalogue = catalogue
        self.target = self.root / "output" / "test.pdf"
        for part in ("layouts", "styles", "content", "output"):
            (self.root / part).mkdir(parents=True)

    def retell(self, key: str, cy: str) -> None:
        """Put other Welsh words for a text of SP1, at the place where that text was written."""
        action = self.catalogue.action("SP1")
        text = action.title if key == "title" else action[key]
        other = text.model_copy(update={"cy": cy})  # type: ignore[union-attr]
        changed = (
            replace(action, title=other) if key == "title" else replace(action, values={**action.values, key: other})
        )
        actions = tuple(changed if one.code == "SP1" else one for one in self.catalogue)
        self.catalogue = replace(self.catalogue, actions=actions)

    def faults(self, body: str, css: str = PAGE, *, planned: int = 1, around: str = AROUND) -> list[str]:
        """Typeset the leaf; what is said against it, a line a fault. Nothing is written then, otherwise a PDF is."""
        (self.root / "layouts" / "leaf.html").write_text(around.format(body=body), "utf-8")
        (self.root / "styles" / "test.css").write_text(css, "utf-8")
        leaf = Leaf(
            "prawf/1", "leaf.html", ("cy",), "Prawf", data={"action": self.catalogue.action("SP1")}, pages=planned
        )
        plan = Plan("test", ("cy",), "Prawf", "", "Awdur", (), (leaf,), ("SP1",), "back-to-back")
        try:
            press = Machine(Project(self.root), self.catalogue, Store(None))
            self.target.write_bytes(bound(press, plan))
        except FaultsError as error:
            return [str(fault) for fault in error.faults]
        assert self.target.exists()
        return []
