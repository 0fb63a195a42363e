"""The press: typeset once, bind many.

Prints the leaves of plans as HTML, finds their plates in the store, has the missing ones typeset together, and binds
plates to documents. Only typesetting imports the engine, and only when something is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from toolkit_builder import __version__
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press import keys, units
from toolkit_builder.press.binding.document import Binder, BoundLeaf, Document
from toolkit_builder.press.binding.imposition import Placed, cards_four_up, impose, tilted_and_turned
from toolkit_builder.press.fault_report import faults
from toolkit_builder.press.fonts import language_style
from toolkit_builder.press.html import markdown
from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.html.rendering import Renderer
from toolkit_builder.press.html.templates import Templates
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.plates.assembly import collide, fits, imprinted, pasted
from toolkit_builder.press.plates.plate import Plate, digest_of
from toolkit_builder.press.proofs import overlays, proof_sheets
from toolkit_builder.press.store.plate_cache import PlateCache
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.typesetting import processes as typesetting_processes
from toolkit_builder.press.typesetting.gc_pause import gc_paused
from toolkit_builder.press.typesetting.geometry import PageGeometry
from toolkit_builder.press.units import TypesettingUnit, Units
from toolkit_builder.project import Project

BASE_STYLE, PACK_STYLE, LARGE_STYLE = "base.css", "partnership.css", "large-print.css"
GREY_STYLE = "greyscale.css"
_LEAVES = "<!--leaves-->"
PASTED = 400
"""So many pages that rows were pasted into are kept in memory."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class BoundDocument:
    """A finished document: its bytes and its number of pages."""

    data: bytes
    pages: int


class Press:
    """Makes documents of one project and catalogue.

    `processes`: how many may typeset side by side; or `backend`, which typeset in their own way.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        store: Store,
        processes: int | None = None,
        backend: typesetting_processes.TypesettingBackend | None = None,
        font_maker: typesetting_processes.FontMaker = typesetting_processes.made_here,
    ) -> None:
        self.project = project
        self.catalogue = catalogue
        self.processes = processes or os.cpu_count() or 1
        self.backend = backend or typesetting_processes.local_processes(self.processes)
        self.templates = Templates(project, catalogue)
        self._plate_cache = PlateCache(store, font_maker)
        self._renderer = Renderer(self.templates, project.layouts[0])
        self._units = Units(self._renderer)
        self._binder = Binder()
        self._style_sets: dict[tuple[str, bool, bool], StyleSet] = {}
        self._one_piece_units_of: WeakKeyDictionary[Plan, dict[Leaf, TypesettingUnit]] = WeakKeyDictionary()
        self._pasted = lru_cache(PASTED)(self._paste)

    @property
    def store(self) -> Store:
        """Where plates and fonts come from and go to."""
        return self._plate_cache.store

    @store.setter
    def store(self, store: Store) -> None:
        self._plate_cache.store = store

    # -- what is to be made --------------------------------------------------------------------------------------------

    def numbered(self, plans: Sequence[Plan], report: Report) -> list[Plan]:
        """The plans, told how many pages each leaf takes: those that take as many as they need are typeset first.

        Raises FaultsError if one of them is wrong.
        """
        parts = [_open_ended(plan) for plan in plans]
        if not any(part.leaves for part in parts):
            return list(plans)
        self.typeset(parts, report)
        return [
            plan.numbered({leaf.name: self._bound(part, leaf).pages for leaf in part.leaves if not leaf.pages})
            for plan, part in zip(plans, parts, strict=True)
        ]

    def document_key(self, plan: Plan) -> str:
        """32 hexadecimal digits for a numbered plan: the same for the same document, another for any other."""
        leaves = [
            (unit.key, unit.leaf.anchor, unit.leaf.bookmark, unit.leaf.level, unit.leaf.number)
            for unit in self.units(plan).values()
        ]
        metadata = self._metadata(plan)
        facts = (
            keys.BINDING,
            leaves,
            metadata.information(),
            metadata.rights,
            plan.layout,
            plan.numbering_restarts,
            plan.half_starts,
        )
        return digest_of(facts)[:32]

    def units(self, plan: Plan) -> dict[Leaf, TypesettingUnit]:
        """What is typeset for a plan: its leaves, their rows and imprints."""
        with gc_paused():
            return self._units.of(plan, self.style_set(plan))

    def leaf_keys(self, plan: Plan) -> dict[str, str]:
        """The key of each leaf of a plan, of its rows and imprints, by its name."""
        return {leaf.name: unit.key for leaf, unit in self.units(plan).items()}

    def learn(self, positions: Mapping[str, tuple[str, int, int]]) -> None:
        """Take in where the texts of partnerships were written, so that faults on their pages can be told there.

        Those of others, learnt before, are forgotten.
        """
        self.templates.positions = {**self.catalogue.positions, **positions}

    # -- making it -----------------------------------------------------------------------------------------------------

    def typeset(self, plans: Sequence[Plan], report: Report) -> None:
        """See to it that all leaves of these plans have plates.

        Raises FaultsError with all that preflight finds, MachineError if the machine lacks something.
        """
        self._typeset([(plan, self.units(plan)) for plan in plans], report)
        self._typeset([(plan, self._one_piece_units(plan)) for plan in plans], report)
        if clashes := [clash for plan in plans for clash in self._clashes(plan)]:
            raise FaultsError(clashes)
        for plan in plans:  # their fonts are in the store along with the plates
            self._plate_cache.fonts(
                [self._plate_cache.plate(key) for key in self._typeset_keys(plan)], self.style_set(plan)
            )

    def _typeset(self, wanted: Iterable[tuple[Plan, Mapping[Leaf, TypesettingUnit]]], report: Report) -> None:
        jobs: dict[StyleSet, dict[str, RenderedLeaf]] = {}
        places: dict[str, tuple[Leaf, int]] = {}
        for plan, each in wanted:
            groups = {unit.rendered.group for unit in each.values() if unit.key not in self._plate_cache}
            missing = [unit for unit in each.values() if unit.rendered.group in groups]
            if missing:
                jobs.setdefault(self.style_set(plan), {}).update(units.jobs(missing))
                starts = dict(_starts(plan))
                places |= {unit.key: (unit.leaf, starts[unit.leaf]) for unit in missing}
        if not jobs:
            return
        found: list[Fault] = []
        lists = [(style_set, list(leaves.values())) for style_set, leaves in jobs.items()]
        for style_set, outcome in self.backend(lists, report):
            for plate in outcome.plates:
                self._plate_cache.keep(plate)
                for face in plate.fonts.values():  # in the meantime: others are typesetting
                    self._plate_cache.order(face, {}, style_set)
            found += faults(outcome, style_set, places, self.templates.positions, self.project)
        if found:
            raise FaultsError(found)

    def _clashes(self, plan: Plan) -> Iterator[Fault]:
        """Imprints that stand over texts of what they are printed on, which preflight cannot see in either."""
        known = self.units(plan)
        for leaf, page in plan.starts():
            if leaf.imprints and collide([self._plate_cache.plate(known[one].key) for one in (leaf, *leaf.imprints)]):
                message = f"what is printed over it stands over its text; page {page} ({leaf.name})"
                yield Fault(f"layouts/{leaf.layout}", 0, 0, "", f"{message}: give each room of its own (data-frame)")

    def bind(self, plan: Plan) -> BoundDocument:
        """The document of a numbered plan; its leaves are to be typeset first, together with those of others."""
        with gc_paused():
            leaves = self._all_bound(plan)
            fonts = self._plate_cache.fonts([leaf.plate for leaf in leaves], self.style_set(plan))
            sequence = tuple(plan.numbers())
            document = Document(leaves, sequence, fonts, self._metadata(plan), self.document_key(plan), plan.is_facing)
            return BoundDocument(self._binder.bind(document), len(sequence))

    def impose(self, plan: Plan) -> BoundDocument:
        """Print sheets: cards four up, or a document that is tilted and turned."""
        plates = [leaf.plate for leaf in self._all_bound(plan)]
        if plan.product == "cards":
            sheets = cards_four_up(plates, turned_backs=bool(plan.half_starts))
        else:
            sheets = tilted_and_turned(_halves(plan, plates))
        fonts = self._plate_cache.fonts(plates, self.style_set(plan))
        data, pages = impose(sheets, fonts, self._metadata(plan), self.document_key(plan))
        return BoundDocument(data, pages)

    def proof(self, plan: Plan) -> BoundDocument:
        """A proof of a numbered plan: its pages with the keys of their texts beside them.

        Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
        """
        self.typeset([plan], lambda _: None)
        bound = self._all_bound(plan)
        geometry = self._geometry(plan, [leaf.plate.size for leaf in bound])
        pages = [(leaf.plate, at) for leaf in bound for at in range(len(leaf.plate.pages))]
        titles = [leaf.bookmark for leaf in bound for _ in leaf.plate.pages]
        language = self.catalogue.framework.language(plan.languages[0])
        leaves = overlays(geometry, titles, language.id, from_right=language.direction == "rtl")
        over = replace(plan, product="proof", leaves=tuple(leaves), numbering_restarts=(), half_starts=())
        self.typeset([over], lambda _: None)
        notes = [leaf.plate for leaf in self._all_bound(over)]
        fonts = self._plate_cache.fonts([*(plate for plate, _ in pages), *notes], self.style_set(plan))
        data, count = impose(proof_sheets(pages, notes), fonts, self._metadata(plan), self.document_key(over))
        return BoundDocument(data, count)

    def needs(self, plan: Plan) -> set[str]:
        """The keys of all that binding a numbered plan takes out of the store: plates and fonts.

        Raises KeyError if a leaf has no plate.
        """
        found = self._typeset_keys(plan)
        return {
            *found,
            *self._plate_cache.font_keys([self._plate_cache.plate(key) for key in found], self.style_set(plan)),
        }

    def _typeset_keys(self, plan: Plan) -> list[str]:
        """The keys of all plates that a plan is bound from. Raises KeyError if one is not there."""
        return [unit.key for unit in (*self.units(plan).values(), *self._one_piece_units(plan).values())]

    def _geometry(self, plan: Plan, sizes: Iterable[float]) -> list[PageGeometry]:
        """Where everything stands on the pages of a plan, set in these sizes in pt."""
        from toolkit_builder.press.typesetting.typesetter import Typesetter  # the engine, which is slow to import

        rendered = [self._renderer.one_piece(leaf) for leaf in plan.leaves]
        named = dict(zip((leaf.name for leaf in plan.leaves), sizes, strict=True))
        return Typesetter(self.style_set(plan)).geometry(rendered, named)

    # -- pages from pieces ---------------------------------------------------------------------------------------------

    def _all_bound(self, plan: Plan) -> tuple[BoundLeaf, ...]:
        return tuple(self._bound(plan, leaf) for leaf in plan.leaves)

    def _bound(self, plan: Plan, leaf: Leaf) -> BoundLeaf:
        """The finished plate of a leaf, its rows pasted in, its imprints printed over it."""
        known = self._one_piece_units(plan) if leaf in self._one_piece_units(plan) else self.units(plan)
        key, rows = known[leaf].key, [row for row in leaf.rows if row in known]
        plate = self._plate_cache.plate(key)
        if rows:
            parts = (key, *(known[row].key for row in rows)), tuple(row.number for row in rows)
            key, plate = digest_of(*parts), self._pasted(*parts)
        if leaf.imprints:
            over = [self.units(plan)[imprint].key for imprint in leaf.imprints]
            key, plate = "", imprinted(plate, [self._plate_cache.plate(each) for each in over])
        return BoundLeaf(leaf.anchor, markdown.plain(leaf.bookmark), leaf.level, key, plate)

    def _paste(self, plates: tuple[str, ...], numbers: tuple[int, ...]) -> Plate:
        shell, *rows = map(self._plate_cache.plate, plates)
        return pasted(shell, rows, numbers)

    def _one_piece_units(self, plan: Plan) -> dict[Leaf, TypesettingUnit]:
        """The leaves whose rows do not have room below one another, and those that shrink with them: they are typeset
        in one piece, smaller or on several pages. The pieces of the plan are to be typeset first.
        """
        if plan not in self._one_piece_units_of:
            full = {leaf.group_name for leaf in plan.leaves if leaf.rows and not self._has_room(plan, leaf)}
            leaves = [leaf for leaf in plan.leaves if leaf.group_name in full]
            self._one_piece_units_of[plan] = self._units.one_piece_units(leaves, self.style_set(plan))
        return self._one_piece_units_of[plan]

    def _has_room(self, plan: Plan, leaf: Leaf) -> bool:
        known = self.units(plan)
        if not all(row in known for row in leaf.rows):
            return True  # they are in it already
        return fits(
            self._plate_cache.plate(known[leaf].key), [self._plate_cache.plate(known[one].key) for one in leaf.rows]
        )

    def style_set(self, plan: Plan) -> StyleSet:
        """What the leaves of a plan are typeset with."""
        asked = (plan.product, plan.large_print, plan.greyscale)
        if asked not in self._style_sets:
            head, _, tail = str(self.templates.document(plan.product, _LEAVES)).partition(_LEAVES)
            folders = (*self.project.layouts, *self.project.styles, self.project.content)
            names = [BASE_STYLE, f"{plan.product}.css", PACK_STYLE]
            names += [LARGE_STYLE] * plan.large_print + [GREY_STYLE] * plan.greyscale
            styles = tuple(map(self.project.style, names))
            fonts = language_style(self.catalogue.framework.languages)
            self._style_sets[asked] = StyleSet(
                styles, folders, self.project.layouts[0], head, tail, plan.greyscale, fonts, self.project.content
            )
        return self._style_sets[asked]

    def _metadata(self, plan: Plan) -> Metadata:
        return Metadata(
            markdown.plain(plan.title),
            markdown.plain(plan.author),
            markdown.plain(plan.subject),
            tuple(map(markdown.plain, plan.keywords)),
            markdown.plain(plan.rights),
            plan.languages,
            f"Toolkit Builder {__version__}",
            f"WeasyPrint {keys.versions()['weasyprint']}",
        )


def _halves(plan: Plan, plates: Sequence[Plate]) -> list[tuple[list[Placed | None], list[Placed | None]]]:
    """The pages of a plan that is tilted and turned: halves in pairs, the second of which is to be turned."""
    halves: list[list[Placed | None]] = []
    for (at, page), number in plan.numbers():
        if at in plan.half_starts and page == 0:
            halves.append([])
        halves[-1].append(None if page is None else Placed(plates[at], page, number=number))
    return list(zip(halves[::2], halves[1::2], strict=True))


def _starts(plan: Plan) -> Iterator[tuple[Leaf, int]]:
    """The number of the first page of each leaf that is typeset."""
    for leaf, page in plan.starts():
        yield leaf, page
        for part in (*leaf.rows, *leaf.imprints):
            yield part, page


def _open_ended(plan: Plan) -> Plan:
    """The leaves of a plan that take as many pages as they need, with all that shrink with them."""
    groups = {leaf.group_name for leaf in plan.leaves if not leaf.pages}
    return plan.with_leaves([leaf for leaf in plan.leaves if leaf.group_name in groups])


def plates_of(press: Press, plan: Plan) -> Mapping[str, Plate]:
    """The plates of a plan that is typeset, by the names of its leaves and imprints."""
    bound = {leaf.name: press._bound(plan, leaf).plate for leaf in plan.leaves}
    imprints = [imprint for leaf in plan.leaves for imprint in leaf.imprints]
    return bound | {leaf.name: press._plate_cache.plate(press.units(plan)[leaf].key) for leaf in imprints}
