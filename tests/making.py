"""A project of one's own, for faults to be planted in, and products made from it or from the shipped one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit_builder.build import put_all, targets
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Action, Catalogue, Category, Text
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.documents.edition_options import EditionOptions
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.job_ticket import JobTicket
from toolkit_builder.job_ticket import edition as edition_of
from toolkit_builder.output import stage
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.press import Press
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.units import PreparedPlan
from toolkit_builder.products import planning
from toolkit_builder.progress import Report, silent
from toolkit_builder.project import Project, shipped

PRODUCTS = products_of(Project(shipped()))
"""Those of the shipped project."""
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def selection(catalogue: Catalogue, **filters: Any) -> Selection:
    return select(catalogue, Filters(**filters))


def plan(
    catalogue: Catalogue, product: str, language: str = "both", how: Mapping[str, Any] | None = None, **filters: Any
) -> Plan:
    """The leaves of a product, not typeset. `how`: options of the edition, such as its layout."""
    selected = selection(catalogue, **filters)
    return planned(product, selected, edition(selected, language, **(how or {})))


def planned(product: str, selected: Selection, chosen: Edition, partnership: Partnership | None = None) -> Plan:
    """The plan of a shipped product."""
    return planning.plan(PRODUCTS[product], selected, chosen, partnership)


def product(
    project: Project,
    name: str,
    output: Path,
    language: str = "both",
    report: Report = silent,
    store: Store | None = None,
    how: Mapping[str, Any] | None = None,
    **filters: Any,
) -> Path:
    """Make a product as the command does; the file that was made, or the first of two."""
    selected = selection(load(project), **filters)
    press = Press(project, selected.catalogue, store or Store(None))
    table = products_of(project, selected.catalogue)
    ticket = JobTicket(selected, (table[name],), edition(selected, language, **(how or {})))
    prepared = press.typeset(press.numbered(ticket.plans(), report), report)
    with stage(output) as files:
        put_all(press, targets(press, prepared), files, report)
    return output / files.made[0].path


def edition(selected: Selection, language: str = "both", **how: Any) -> Edition:
    """An edition of a catalogue, as options ask for it."""
    return edition_of(selected.catalogue, EditionOptions(language, **how))


def leaf_keys(press: Press, plan: Plan) -> dict[str, str]:
    """The key of each leaf of a plan, of its rows and imprints, by its name."""
    return {leaf.name: unit.key for leaf, unit in press.prepare(plan).units.items()}


def typeset(press: Press, plan: Plan) -> PreparedPlan:
    """A plan whose leaves all have plates."""
    [prepared] = press.typeset([press.prepare(plan)])
    return prepared


def bound(press: Press, plan: Plan) -> bytes:
    """The document of a plan."""
    return press.bind(typeset(press, plan)).data


def plates_of(press: Press, prepared: PreparedPlan) -> dict[str, Plate]:
    """The plates of a plan that is typeset, by the names of its leaves and imprints."""
    plan = prepared.plan
    whole = {leaf.name: press.assembly.bound_leaf(prepared, leaf).plate for leaf in plan.leaves}
    imprints = [imprint for leaf in plan.leaves for imprint in leaf.imprints]
    return whole | {leaf.name: press.plates.plate(prepared.unit(leaf).key) for leaf in imprints}


def whole_leaf(templates: Templates, leaf: Leaf, sizes: Mapping[str, float]) -> str:
    """A leaf as HTML with its rows and imprints within it, as a document in one piece has it; sizes in pt by name
    of leaf.
    """
    html = templates.one_piece(leaf, f"{sizes.get(leaf.name, leaf.sizes[0]):g}")
    for imprint in leaf.imprints:
        above = f'<div style="position: absolute; left: 0; top: 0">{whole_leaf(templates, imprint, sizes)}</div>'
        before, end, after = html.rpartition("</section>")
        html = before + above.replace(f' id="{imprint.anchor}" data-leaf=', " data-imprint=") + end + after
    return html


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: where it leads, its title, the number of that page, the action or category."""

    anchor: str
    title: str
    page: int
    action: Action | None
    category: Category[Text] | None


def entries(contents: Leaf) -> list[ContentsLine]:
    """The lines of a contents page."""
    return [_entry(row) for row in contents.rows]


def _entry(row: Leaf) -> ContentsLine:
    action, category = row.data["action"], row.data["category"]
    [language] = row.languages
    title = row.data["title"] or (f"{action.code} {action.title[language]}" if action else category.title[language])
    return ContentsLine(row.data["anchor"], title, row.number, action, category)


class Copy:
    """A copy of the shipped project, in a folder with a name that is not ASCII."""

    def __init__(self, folder: Path, *parts: str) -> None:
        self.root = folder / "fy-mhrosiect ŵŷ"
        for part in parts or ("content", "layouts", "styles"):
            shutil.copytree(shipped() / part, self.root / part)
        self.project = Project(self.root)
        self.output = self.root / "output"

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.root / name).read_text("utf-8") + text)

    def retell(self, code: str, key: str, cy: str, en: str) -> tuple[int, int]:
        """Put other words for a text of an action; the lines of the Welsh and of the English.

        The words stand in single quotes. The file is written anew so that nothing depends on how it was laid out.
        """
        import yaml

        path = self.root / "content" / "actions" / f"{code}.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        data[key] = {"cy": "¦cy¦", "en": "¦en¦"}
        written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10000)
        lines = tuple(1 + written[: written.index(f"¦{language}¦")].count("\n") for language in ("cy", "en"))
        for language, words in (("cy", cy), ("en", en)):
            quoted = words.replace("'", "''")
            written = written.replace(f"¦{language}¦", f"'{quoted}'")
        path.write_text(written, "utf-8")
        return lines[0], lines[1]

    def make(self, name: str, language: str = "both", **filters: Any) -> Path:
        return product(self.project, name, self.output, language, **filters)


def contents_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, hidden ones too; folders count as well."""
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
    }
