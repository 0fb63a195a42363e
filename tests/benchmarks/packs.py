"""The workloads that the press and its competitors are measured with.

A pack is the bilingual toolkit of one selection for a partnership of its own, whose name stands on the cover. There are
ten kinds of selection, with 19.2 pages a pack on average, and any number of random ones of ten actions.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests import making
from toolkit_builder.catalogue.documents import SourceDocument
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.selecting import Filters, Selection, select
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.plan import Plan
from toolkit_builder.partnerships.loading import Partnerships
from toolkit_builder.partnerships.model import Partnership
from toolkit_builder.project import Project, shipped

KINDS: Mapping[str, Filters] = {
    "three to begin with": Filters(actions=("SP1", "GA2", "FM5")),
    "two of one category": Filters(actions=("GA1", "GA4")),
    "one action": Filters(actions=("SP4",)),
    "early": Filters(categories=("shared-purpose",), scales={"stage": ("early",)}, exclude=("SP5", "SP6")),
    "low resource": Filters(scales={"resource": ("low",)}),
    "short": Filters(scales={"time": ("short",)}),
    "citizens": Filters(sectors=("citizens",)),
    "mature finance": Filters(categories=("finance",), scales={"stage": ("mature",)}),
    "governance": Filters(categories=("governance",), exclude=("GA5", "GA6", "GA7")),
    "the source's only": Filters(actions=("SP2", "SP5", "FM1"), source_only=True),
}
"""Ten kinds of selection, by name."""

_PLACES = (
    "Dyffryn Tŷ Gŵyr",
    "Pontŵyll",
    "Bro Llŷn Uchaf",
    "Cwm Ŵyn",
    "Môr a Mynydd",
    "Glannau’r Wîg",
    "Trefŷr",
    "Llanfaŵr",
    "Pen-y-Tŵr",
    "Ystrad Âl",
)
_WORKS = (
    ("Partneriaeth Llesiant", "Wellbeing Partnership"),
    ("Rhwydwaith Cymunedol", "Community Network"),
    ("Cynghrair Tŷ a Chymdogaeth", "Home and Neighbourhood Alliance"),
    ("Fforwm Gwŷr a Gwragedd", "People’s Forum"),
    ("Cydweithrediad Iechyd a Gofal", "Health and Care Collaboration"),
    ("Menter Dŵr a Thir", "Water and Land Initiative"),
    ("Bwrdd Dysgu Gydol Oes", "Lifelong Learning Board"),
)


@dataclass(frozen=True)
class BenchmarkPack:
    """One document of a workload: what kind it is of, and its plan."""

    kind: str
    selection: Selection
    plan: Plan


def kinds(catalogue: Catalogue) -> dict[str, Selection]:
    """The ten kinds of selection."""
    return {name: select(catalogue, filters) for name, filters in KINDS.items()}


def random_selections(catalogue: Catalogue, n: int, seed: int) -> list[Selection]:
    """`n` different selections of ten of the actions; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  (no secret)
    codes = [action.code for action in catalogue]
    chosen: dict[tuple[str, ...], None] = {}
    while len(chosen) < n:
        chosen[tuple(sorted(dice.sample(codes, 10)))] = None
    return [select(catalogue, Filters(actions=some)) for some in chosen]


def partnership_names(n: int) -> list[dict[str, str]]:
    """`n` different invented names of partnerships, by language, with Welsh letters.

    After 70 they begin again with a number behind them.
    """
    names = []
    for number in range(n):
        place = _PLACES[number % len(_PLACES)]
        welsh, english = _WORKS[number // len(_PLACES) % len(_WORKS)]
        again = number // (len(_PLACES) * len(_WORKS))
        behind = f" {again + 1}" if again else ""
        names.append({"cy": f"{welsh} {place}{behind}", "en": f"{place} {english}{behind}"})
    return names


def partnership(catalogue: Catalogue, name: Mapping[str, str]) -> Partnership:
    """A partnership with a name, checked as a file of it is."""
    number = hashlib.sha256(name["en"].encode()).hexdigest()[:8]
    document = SourceDocument("names.yaml", {"name": dict(name)})
    framework = id(catalogue.framework)  # which selections share that leave something out of the catalogue
    if framework not in _PARTNERSHIPS:
        _PARTNERSHIPS[framework] = Partnerships(Project(shipped()), catalogue)
    return _PARTNERSHIPS[framework].partnership_from(document, f"p{number}", Path())


_PARTNERSHIPS: dict[int, Partnerships] = {}
"""By framework; each holds its own."""


def plan_for(selection: Selection, edition: Edition, name: Mapping[str, str]) -> Plan:
    """The toolkit of a partnership with this name."""
    return making.planned("toolkit", selection, edition, partnership(selection.catalogue, name))


def packs(catalogue: Catalogue, number_each: int) -> list[BenchmarkPack]:
    """`number_each` packs of each kind, every one for a partnership of its own, the kinds in turn."""
    edition = Edition(catalogue.framework.language_ids)
    selections = kinds(catalogue)
    names = iter(partnership_names(number_each * len(selections)))
    return [
        BenchmarkPack(kind, selection, plan_for(selection, edition, next(names)))
        for _ in range(number_each)
        for kind, selection in selections.items()
    ]
