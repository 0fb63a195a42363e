"""The press: typeset once, bind many.

Renders the leaves of plans as HTML, finds their plates in the store, has the missing ones typeset together, and binds
plates to documents. Only typesetting imports the engine, and only when something is missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import original_language
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.documents.plan import Leaf, Plan
from toolkit_builder.documents.print_shop import PROOF, REPORT
from toolkit_builder.documents.sheet_options import BOOKLET, TWO_UP, card_grid
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press import keys
from toolkit_builder.press.binding.document import Binder, Document
from toolkit_builder.press.fault_report import (
    faults,
    missing_fields,
    no_room,
    uneven,
    unsettled,
    wrong_pages,
    wrong_sheets,
)
from toolkit_builder.press.geometry import PageGeometry
from toolkit_builder.press.html.rendered import CODED, RenderedLeaf, Setting, StyleSet
from toolkit_builder.press.html.rendering import RenderedBefore, Renderer
from toolkit_builder.press.html.templates import CompiledLayouts, Templates
from toolkit_builder.press.imposition.booklets import booklet, too_thick, two_up
from toolkit_builder.press.imposition.folded import tilted_and_turned
from toolkit_builder.press.imposition.schemes import SCHEMES, ImpositionJob
from toolkit_builder.press.imposition.sheets import Placed, Sheets
from toolkit_builder.press.imposition.writing import impose
from toolkit_builder.press.leaf_assembly import LeafAssembly
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.pictures.picture_key import pictures_key
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.preflight.bleed import bare_edges, told
from toolkit_builder.press.preflight.painting import read_page
from toolkit_builder.press.proofs import SHEET, overlays, proof_sheets
from toolkit_builder.press.store.plate_cache import PlateCache
from toolkit_builder.press.store.store import Store
from toolkit_builder.press.style_sets import StyleSets
from toolkit_builder.press.typesetting.gc_pause import gc_paused
from toolkit_builder.press.typesetting.jobs import FontMaker, TypesettingBackend
from toolkit_builder.press.typesetting.processes import local_processes, made_here
from toolkit_builder.press.units import PreparedPlan, TypesettingUnit, Units, named_by_key
from toolkit_builder.progress import Report, silent
from toolkit_builder.project import Project
from toolkit_builder.version import __version__

if TYPE_CHECKING:
    from toolkit_builder.press.pictures.picture_set import PictureSet
    from toolkit_builder.press.prepress.print_shop import Approval


@dataclass(frozen=True)
class BoundDocument:
    """A finished document: its bytes and its number of pages (0 of a report). `doubts`: what of it to look at."""

    data: bytes
    pages: int
    doubts: tuple[str, ...] = ()


MOST_ROUNDS = 5
"""So often pages are counted again after numbers and pages to write on have changed; twice is usual."""


class Press:
    """Makes documents of one project and catalogue.

    `processes`: how many may typeset side by side (none given: one a core); or `backend`, which typesets in its own
    way, and `font_maker`, which makes fonts.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        store: Store,
        processes: int | None = None,
        backend: TypesettingBackend | None = None,
        font_maker: FontMaker = made_here,
    ) -> None:
        self.project = project
        self.backend = backend or local_processes(processes or os.cpu_count() or 1)
        self.plates = PlateCache(store, font_maker)
        self.assembly = LeafAssembly(self.plates)
        self._binder = Binder()
        self._compiled = CompiledLayouts()
        self._rendered_before = RenderedBefore()
        self.take(catalogue)
        self._for_shop: tuple[PreparedPlan, Mapping[str, BoundDocument]] | None = None
        """The files for a print shop that were made last: they are asked for one after the other."""

    def take(self, catalogue: Catalogue, surroundings: str = "") -> None:
        """Make documents of this catalogue from now on, with layouts and styles as they are now. Plates, and leaves
        that print what they printed before, are kept. `surroundings`: a hash of all else that leaves are printed with.
        """
        self.catalogue = catalogue
        self.templates = Templates(self.project, catalogue, self._compiled)
        self._style_sets = StyleSets(self.templates)
        self._renderer = Renderer(self.templates, self.project.layouts[0], self._rendered_before, surroundings)
        self._units = Units(self._renderer)
        self.plates.renew()

    def forget_rendered(self) -> None:
        """Render all leaves again from now on."""
        self._rendered_before.clear()

    @property
    def store(self) -> Store:
        """Where plates and fonts come from and go to."""
        return self.plates.store

    @store.setter
    def store(self, store: Store) -> None:
        self.plates.store = store

    # -- what is to be made --------------------------------------------------------------------------------------------

    def prepare(self, plan: Plan) -> PreparedPlan:
        """Work out what a plan is typeset with, and its units.

        Raises FaultsError if a layout is wrong.
        """
        style_set = self._style_sets.of(plan)
        with gc_paused():
            filler = self.prepare(plan.filler) if plan.filler else None
            return PreparedPlan(plan, style_set, self._units.of(plan, style_set), filler=filler)

    def numbered(self, plans: Sequence[Plan], report: Report = silent) -> list[PreparedPlan]:
        """The plans, prepared, each leaf told how many pages it takes: those that take as many as they need are typeset
        first.

        Raises FaultsError if one of them is wrong.
        """
        open_ended = [_open_ended(plan) for plan in plans]
        if not any(part.leaves for part in open_ended):
            return [self._recounted(prepared) for prepared in self.prepare_all(plans)]
        parts = self.prepare_all(open_ended)
        counts = [self._page_counts(part) for part in self.typeset(parts, report)]
        numbered = self.prepare_all([plan.numbered(count) for plan, count in zip(plans, counts, strict=True)])
        return [self._recounted(prepared) for prepared in numbered]

    def prepare_all(self, plans: Sequence[Plan]) -> list[PreparedPlan]:
        """Several plans, prepared. Raises FaultsError if a layout is wrong."""
        with gc_paused():  # once for all: it is looked for garbage when the pause ends
            return [self.prepare(plan) for plan in plans]

    def _page_counts(self, part: PreparedPlan) -> dict[str, int]:
        open_ended = [leaf for leaf in part.plan.leaves if not leaf.planned_pages]
        return {leaf.name: len(self.assembly.bound_leaf(part, leaf).plate.pages) for leaf in open_ended}

    def _recounted(self, prepared: PreparedPlan) -> PreparedPlan:
        """The plan, told how close rows are set, in which sizes leaves of one size are, and how many pages those leaves
        take that run over, if that is known: if all is typeset.
        """
        if not any(leaf.may_run_over or leaf.size_group or leaf.closer_rows for leaf in prepared.plan.leaves):
            return prepared
        try:
            while names := self.assembly.crowded(prepared):
                prepared = self._closed_up(prepared, names)
            while sizes := self.assembly.levelled(self.settled(prepared)):
                prepared = self.prepare(prepared.plan.levelled(sizes))
            counts = self.assembly.recounted(self.settled(prepared))
        except KeyError:  # it is not typeset yet; most leaves that may run over do not
            return prepared
        return self.prepare(prepared.plan.numbered(counts)) if counts else prepared

    def document_key(self, prepared: PreparedPlan) -> str:
        """32 hexadecimal digits for a numbered plan: the same for the same document, another for any other."""
        plan, metadata = prepared.plan, self._metadata(prepared.plan)
        leaves = [
            (unit.key, unit.leaf.anchor, unit.leaf.bookmark, unit.leaf.level, unit.leaf.number)
            for unit in prepared.units.values()
        ]
        order = plan.layout, plan.numbering_restarts, plan.half_starts, plan.own_sheets
        filler = [self.document_key(prepared.filler)] if prepared.filler else []
        return keys.document_key(leaves, metadata.information(), metadata.rights, *order, *filler)

    def learn(self, positions: Mapping[str, tuple[str, int, int]]) -> None:
        """Take in where the texts of partnerships were written, so that faults on their pages can be told there.

        Those of others, learnt before, are forgotten.
        """
        self.templates.positions = {**self.catalogue.positions, **positions}

    # -- making it -----------------------------------------------------------------------------------------------------

    def typeset(self, plans: Sequence[PreparedPlan], report: Report = silent) -> list[PreparedPlan]:
        """See to it that all leaves of these plans have plates; the plans, ready to be bound. Where a leaf runs over,
        pages after it have other numbers than planned.

        Raises FaultsError with all that preflight finds, MachineError if the machine lacks something.
        """
        plans, rounds = self._as_planned(plans, report), 0
        while any(counts := [self.assembly.recounted(prepared) for prepared in plans]):
            rounds += 1
            if rounds > MOST_ROUNDS:
                raise FaultsError(list(unsettled(zip((each.plan for each in plans), counts, strict=True))))
            plans = [
                self.prepare(prepared.plan.numbered(count)) if count else prepared
                for prepared, count in zip(plans, counts, strict=True)
            ]
            plans = self._as_planned(plans, report)
        if clashes := [clash for prepared in plans for clash in self._clashes(prepared)]:
            raise FaultsError(clashes)
        for prepared in _with_fillers(plans):  # their fonts are in the store along with the plates
            self.plates.fonts(self._plates(prepared), prepared.style_set)
        return plans

    def _as_planned(self, plans: Sequence[PreparedPlan], report: Report) -> list[PreparedPlan]:
        """See to it that all leaves of these plans have plates, those of one size group in one size; the plans,
        settled.
        """
        plans = self._each_planned(plans, report)
        while any(sizes := [self.assembly.levelled(prepared) for prepared in plans]):  # each time smaller
            plans = [
                self.prepare(prepared.plan.levelled(some)) if some else prepared
                for prepared, some in zip(plans, sizes, strict=True)
            ]
            plans = self._each_planned(plans, report)
        return plans

    def _each_planned(self, plans: Sequence[PreparedPlan], report: Report) -> list[PreparedPlan]:
        """See to it that all leaves of these plans have plates, each in its own size; the plans, settled."""
        self._typeset([(prepared, prepared.units.values()) for prepared in _with_fillers(plans)], report)
        while any(names := [self.assembly.crowded(prepared) for prepared in plans]):
            plans = [self._closed_up(prepared, some) for prepared, some in zip(plans, names, strict=True)]
            self._typeset([(prepared, prepared.units.values()) for prepared in plans], report)
        plans = [self.settled(prepared) for prepared in plans]
        self._typeset([(prepared, prepared.one_piece.values()) for prepared in plans], report)
        return plans

    def _closed_up(self, prepared: PreparedPlan, names: Sequence[str]) -> PreparedPlan:
        """The plan with the rows of these leaves set closer by a step."""
        return self.prepare(prepared.plan.closed_up(names)) if names else prepared

    def settled(self, prepared: PreparedPlan) -> PreparedPlan:
        """The plan, told which of its leaves are typeset in one piece. Its units have to be typeset.

        Raises KeyError if one has no plate.
        """
        leaves = self.assembly.too_full(prepared)
        return replace(prepared, one_piece=self._units.in_one_piece(leaves, prepared.style_set))

    def _typeset(self, wanted: Iterable[tuple[PreparedPlan, Iterable[TypesettingUnit]]], report: Report) -> None:
        """Raises ChangedError if styles or pictures change meanwhile, beside what `typeset` raises."""
        jobs: dict[StyleSet, dict[str, RenderedLeaf]] = {}
        places: dict[str, tuple[Leaf, int]] = {}
        sources: dict[str, TypesettingUnit] = {}
        for prepared, units in wanted:
            missing = self._missing(list(units))
            if missing:
                jobs.setdefault(prepared.style_set, {}).update(named_by_key(missing))
                starts = dict(_starts(prepared.plan))
                places |= {unit.key: (unit.leaf, starts[unit.leaf]) for unit in missing}
                sources |= {unit.key: unit for unit in missing}
        if not jobs:
            return
        wrong: list[Fault] = []
        lists = [(style_set, list(leaves.values())) for style_set, leaves in jobs.items()]
        for style_set, outcome in self.backend(lists, report):
            self._units.refuse_changed(style_set, [sources[plate.key] for plate in outcome.plates])
            for plate in outcome.plates:
                self.plates.keep(plate)
                for face in plate.fonts.values():  # in the meantime: others are typesetting
                    self.plates.order(face, {}, style_set)
            wrong += faults(outcome, style_set, places, self.templates.positions, self.project)
        if wrong:
            raise FaultsError(wrong)

    def _clashes(self, prepared: PreparedPlan) -> Iterator[Fault]:
        return self.assembly.clashes(prepared, self.templates.positions)

    def _missing(self, units: Sequence[TypesettingUnit]) -> list[TypesettingUnit]:
        """The units without a plate, with all that shrink with them."""
        groups = {unit.rendered.group for unit in units if unit.key not in self.plates}
        return [unit for unit in units if unit.rendered.group in groups]

    def bind(self, prepared: PreparedPlan) -> BoundDocument:
        """The document of a numbered plan that is typeset.

        Raises FaultsError unless every page of every leaf stands in it once, and if it is to be filled in and has no
        fields.
        """
        plan = prepared.plan
        with gc_paused():
            leaves = self.assembly.bound_leaves(prepared)
            fonts = self.plates.fonts([leaf.plate for leaf in leaves], prepared.style_set)
            sequence, key = tuple(plan.numbers()), self.document_key(prepared)
            if wrong := [*wrong_pages(plan, leaves), *missing_fields(plan, leaves)]:
                raise FaultsError(wrong)
            document = Document(leaves, sequence, fonts, self._metadata(plan), key, plan.is_facing)
            return BoundDocument(self._binder.bind(document), len(sequence))

    def impose(self, prepared: PreparedPlan) -> BoundDocument:
        """Print sheets of a numbered plan that is typeset, as its product says; or a document tilted and turned.

        Raises FaultsError if its pages have no room on them, or have artwork without the bleed that is asked for.
        """
        plan = prepared.plan
        plates = [leaf.plate for leaf in self.assembly.bound_leaves(prepared)]
        if wrong := list(self._bare(plan, plates)):
            raise FaultsError(wrong)
        if plan.sheet_options.pages:
            sheets = self._on_halves(plan, plates)
        elif plan.sheets:
            pages = self._pages_of(prepared)
            if plan.sheets == "grid":
                _check_cards(plan, pages)
            filler = self._pages_of(prepared.filler) if prepared.filler else []
            plates += [page.plate for page in filler if page]
            turned_backs = bool(plan.half_starts)
            job = ImpositionJob(pages, plan.sheet_options, plan.sheet_words, turned_backs=turned_backs, filler=filler)
            sheets = SCHEMES[plan.sheets](job)
        else:
            sheets = tilted_and_turned(_halves(plan, plates))
        if wrong := list(wrong_sheets(plan, sheets)):
            raise FaultsError(wrong)
        fonts = self.plates.fonts(plates, prepared.style_set)
        key = keys.sheets_key(self.document_key(prepared), plan.sheet_options)
        thick = too_thick(sheets, plan.sheet_options) if plan.sheet_options.pages == BOOKLET else ""
        doubts = (f"{plan.product}: {thick}",) if thick else ()
        return BoundDocument(*impose(sheets, fonts, self._metadata(plan), key), doubts)

    @staticmethod
    def _bare(plan: Plan, plates: Sequence[Plate]) -> Iterator[Fault]:
        """Artwork without bleed, on pages that are to have it."""
        for number, (at, page) in enumerate(plan.sequence() if plan.bleed else (), start=1):
            if page is not None and (edges := bare_edges(read_page(plates[at].pages[page], plates[at]), plan.bleed)):
                yield Fault(f"layouts/{plan.product}", 0, 0, "", told(number, ", ".join(edges), plan.bleed))

    def _pages_of(self, prepared: PreparedPlan) -> list[Placed | None]:
        """The pages of a plan that is typeset, in order, to be placed on sheets."""
        plan, bound = prepared.plan, self.assembly.bound_leaves(prepared)
        return [
            None
            if page is None
            else Placed(bound[at].plate, page, title=bound[at].bookmark, code=_code(plan.leaves[at]))
            for at, page in plan.sequence()
        ]

    def _on_halves(self, plan: Plan, plates: Sequence[Plate]) -> Sheets:
        """Two pages on each side of sheets. What is tilted and turned has its blank pages where the halves meet."""
        pages: list[Placed | None]
        blanks_at = None
        if plan.half_starts:
            [(first, second)] = _halves(plan, plates)
            pages = [*first, *(page and replace(page, turned=True) for page in reversed(second))]
            blanks_at = len(first)
        else:
            numbers = plan.numbers()
            pages = [
                None if page is None else Placed(plates[at], page, number=number) for (at, page), number in numbers
            ]
        from_right = self.catalogue.framework.language(plan.languages[0]).direction == "rtl"
        if plan.sheet_options.pages == TWO_UP:
            return two_up(pages, plan.sheet_options, is_facing=plan.is_facing, from_right=from_right)
        return booklet(pages, plan.sheet_options, blanks_at=blanks_at, from_right=from_right)

    def pictures(self, prepared: PreparedPlan, kind: str) -> PictureSet:
        """The pages of a numbered plan that is typeset, as `png` or `svg`.

        Raises FaultsError as `bind` does, MachineError if what draws SVG is missing.
        """
        from toolkit_builder.press.pictures.picture_set import picture_set  # PDFium, which is not needed otherwise

        plan, key = prepared.plan, pictures_key(self.document_key(prepared), kind)
        return picture_set(self.bind(prepared).data, plan, self._metadata(plan), key, kind)

    def without_codes(self, prepared: PreparedPlan) -> Iterator[Leaf]:
        """The leaves of a plan that is typeset that have no room for their QR code."""
        for unit in prepared.every_unit():
            if CODED in unit.rendered.html and self.plates.plate(unit.key).fit:
                yield unit.leaf

    def print_shop(self, prepared: PreparedPlan, part: str) -> BoundDocument:
        """One of the files that a print shop gets of a numbered plan that is typeset
        (`PrintShop.parts`). All are made together.

        Raises FaultsError if pages are such that no shop would take them.
        """
        if self._for_shop is None or self._for_shop[0] is not prepared:
            self._for_shop = prepared, self._shop_files(prepared)
        return self._for_shop[1][part]

    def _shop_files(self, prepared: PreparedPlan) -> Mapping[str, BoundDocument]:
        from toolkit_builder.press.prepress.job_report import job_report, notices  # slow to import
        from toolkit_builder.press.prepress.print_shop import ShopJob

        plan, shop = prepared.plan, prepared.plan.print_shop
        if shop is None:
            raise ValueError(f"{plan.product} is for no print shop")
        document, to_sign = self.document_key(prepared), self.approval_key(plan)

        def key(part: str) -> str:
            return keys.print_shop_key(document, plan, part, to_sign)

        with gc_paused():
            leaves = self.assembly.bound_leaves(prepared)
            if wrong := list(wrong_pages(plan, leaves)):
                raise FaultsError(wrong)
            plates = [leaf.plate for leaf in leaves]
            fonts = self.plates.fonts(plates, prepared.style_set)
            approval = self._approval(plan, prepared.style_set, plates) if shop.proof else None
            work = ShopJob(plan, shop, leaves, fonts, self._metadata(plan), key, approval).work()
        made = {part: BoundDocument(file.data, file.pages) for part, file in work.files.items()}
        if work.proof:
            made[PROOF] = BoundDocument(work.proof.data, work.proof.pages)
        told = [f"{plan.product}: {text}" for found in work.findings.values() for text in notices(shop, found)]
        names = {language.id: language.name for language in self.catalogue.framework.languages}
        report = job_report(plan, shop, work, plates, names, key(REPORT))
        return {**made, REPORT: BoundDocument(report, 0, tuple(told))}

    def approval_key(self, plan: Plan) -> str:
        """The key of the page of a proof that a client signs; empty if there is to be none."""
        if plan.print_shop is None or not plan.print_shop.proof:
            return ""
        from toolkit_builder.press.prepress.approval import approval_page

        return self.document_key(self.prepare(approval_page(plan)))

    def _approval(self, plan: Plan, style_set: StyleSet, plates: Sequence[Plate]) -> Approval:
        """That page, typeset, with the fonts of the proof. Raises FaultsError if it is wrong."""
        from toolkit_builder.press.prepress.approval import approval_page
        from toolkit_builder.press.prepress.print_shop import Approval

        framework = self.catalogue.framework
        [prepared] = self.typeset([self.prepare(approval_page(plan))])
        [leaf] = self.assembly.bound_leaves(prepared)
        fonts = self.plates.fonts([leaf.plate, *plates], style_set)
        languages = [each for each in plan.languages if framework.language(each).direction == "ltr"]
        return Approval(leaf, fonts, languages)

    def proof(self, prepared: PreparedPlan) -> BoundDocument:
        """A proof of a numbered plan that is typeset: its pages with the keys of their texts beside them.

        Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
        """
        plan = prepared.plan
        bound = self.assembly.bound_leaves(prepared)
        pages = [(leaf.plate, at) for leaf in bound for at in range(len(leaf.plate.pages))]
        notes = self._proof_notes(prepared, [leaf.bookmark for leaf in bound for _ in leaf.plate.pages])
        over = [leaf.plate for leaf in self.assembly.bound_leaves(notes)]
        fonts = self.plates.fonts([*(plate for plate, _ in pages), *over], prepared.style_set)
        return BoundDocument(*impose(proof_sheets(pages, over), fonts, self._metadata(plan), self.document_key(notes)))

    def _proof_notes(self, prepared: PreparedPlan, titles: Sequence[str]) -> PreparedPlan:
        """What is printed over and beside each page of a proof, typeset."""
        plan = prepared.plan
        framework = self.catalogue.framework
        language, original = framework.language(plan.languages[0]), original_language(framework)
        translated = texts(self.catalogue) if language.id != original else ()
        originals = {str(text.origin): markdown.plain(text[original]) for text in translated}
        leaves = overlays(self._geometry(prepared), titles, language, original, originals)
        notes = replace(plan, product="proof", page=SHEET, leaves=tuple(leaves), numbering_restarts=(), half_starts=())
        return self.typeset([self.prepare(notes)])[0]

    def needs(self, prepared: PreparedPlan) -> set[str]:
        """The keys of all that binding a numbered plan takes out of the store: plates and fonts.

        Raises KeyError if a leaf has no plate.
        """
        prepared = self.settled(prepared)
        plates = {unit.key for unit in prepared.every_unit()}
        return plates | self.plates.font_keys(self._plates(prepared), prepared.style_set)

    def _plates(self, prepared: PreparedPlan) -> list[Plate]:
        """All plates that a plan is bound from. Raises KeyError if one is not there."""
        return [self.plates.plate(unit.key) for unit in prepared.every_unit()]

    def _geometry(self, prepared: PreparedPlan) -> list[PageGeometry]:
        """Where everything stands on the pages of a plan, set in the sizes in which it was typeset."""
        from toolkit_builder.press.typesetting.typesetter import Typesetter  # the engine, which is slow to import

        leaves = prepared.plan.leaves
        plates = [(leaf, self.assembly.bound_leaf(prepared, leaf).plate) for leaf in leaves]
        settings = {leaf.name: Setting(plate.size, len(plate.pages), plate.fit) for leaf, plate in plates}
        rendered = [self._renderer.one_piece(leaf) for leaf in leaves]
        return Typesetter(prepared.style_set).geometry(rendered, settings)

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
        if plan.is_paired or (at in plan.half_starts and page == 0):  # each side of a card is a half
            halves.append([])
        halves[-1].append(None if page is None else Placed(plates[at], page, number=number))
    return list(zip(halves[::2], halves[1::2], strict=True))


def _check_cards(plan: Plan, pages: Sequence[Placed | None]) -> None:
    """Raises FaultsError if cards are not of one size, or have no room on the sheet."""
    sizes = [(page.source.width / POINTS_PER_MM, page.source.height / POINTS_PER_MM) for page in pages if page]
    if wrong := list(uneven(plan, sizes)):
        raise FaultsError(wrong)
    if not card_grid(sizes[0], plan.sheet_options).count:
        raise FaultsError([no_room(plan, sizes[0])])


def _with_fillers(plans: Sequence[PreparedPlan]) -> list[PreparedPlan]:
    """The plans, and those of what fills their sheets."""
    return [*plans, *(prepared.filler for prepared in plans if prepared.filler)]


def _code(leaf: Leaf) -> str:
    """What a card is called when it is counted: its action's code, or what it is in its product (guide, colophon)."""
    action = leaf.data.get("action")
    return action.code if action else leaf.role


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
