"""The press: typeset once, bind many.

Prints the leaves of plans as HTML, finds their plates in the store, has the missing ones typeset together, and binds
plates to documents. Only typesetting imports the engine, and only when something is missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakKeyDictionary

from toolkit_builder import __version__
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press import keys, workers
from toolkit_builder.press.binding import Binder, BoundLeaf, Document
from toolkit_builder.press.imposition import Placed, cards_four_up, impose, tilted_and_turned
from toolkit_builder.press.imprinting import imprinted
from toolkit_builder.press.plates import FontParts, Plate, PlateError, decode_font, decode_plate, digest_of
from toolkit_builder.press.printed import SIZE, PrintedLeaf, Workshop
from toolkit_builder.press.proofing import overlays, proof_sheets
from toolkit_builder.press.store import Store
from toolkit_builder.press.templates import DOCUMENT, Templates
from toolkit_builder.press.xmp import Metadata
from toolkit_builder.products.plan import Leaf, Plan
from toolkit_builder.project import Project

BASE_STYLE, PACK_STYLE, LARGE_STYLE = "base.css", "partnership.css", "large-print.css"
GREY_STYLE = "greyscale.css"
_LEAVES = "<!--leaves-->"
MEMORY = 400
"""So many plates are kept in memory, those used last; others are read from the store again."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A finished document: its bytes and its number of pages."""

    data: bytes
    pages: int


class Press:
    """Makes documents of one project and catalogue. `processes`: how many may typeset side by side."""

    def __init__(self, project: Project, catalogue: Catalogue, store: Store, processes: int | None = None) -> None:
        self.project = project
        self.catalogue = catalogue
        self.store = store
        self.processes = processes or os.cpu_count() or 1
        self.templates = Templates(project, catalogue)
        self._binder = Binder()
        self._workshops: dict[tuple[str, bool, bool], Workshop] = {}
        self._printed: WeakKeyDictionary[Leaf, PrintedLeaf] = WeakKeyDictionary()
        self._keys: WeakKeyDictionary[Plan, list[tuple[Leaf, str]]] = WeakKeyDictionary()
        self._plates: dict[str, Plate] = {}
        self._unkept: dict[str, Plate] = {}
        self._fonts: dict[str, FontParts] = {}
        self._digests: dict[Workshop, str] = {}
        self._font_digests: dict[Workshop, str] = {}

    # -- what is to be made --------------------------------------------------------------------------------------------

    def numbered(self, plans: Sequence[Plan], report: Report) -> list[Plan]:
        """The plans, told how many pages each leaf takes: those that take as many as they need are typeset first.

        Raises FaultsError if one of them is wrong.
        """
        open_ended = [_part(plan, [leaf for leaf in plan.leaves if not leaf.pages]) for plan in plans]
        if not any(part.leaves for part in open_ended):
            return list(plans)
        self.typeset([_with_groups(part, plan) for part, plan in zip(open_ended, plans, strict=True)], report)
        return [
            plan.numbered({leaf.name: len(self._plate(key).pages) for leaf, key in self._leaf_keys(part)})
            for plan, part in zip(plans, map(_with_groups, open_ended, plans), strict=True)
        ]

    def document_key(self, plan: Plan) -> str:
        """32 hexadecimal digits for a numbered plan: the same for the same document, another for any other."""
        leaves = [(key, leaf.anchor, leaf.bookmark, leaf.level) for leaf, key in self._leaf_keys(plan)]
        facts = (
            keys.BINDING,
            leaves,
            self._metadata(plan).information(),
            self._metadata(plan).rights,
            plan.layout,
            plan.seams,
            plan.turns,
        )
        return digest_of(facts)[:32]

    def leaf_keys(self, plan: Plan) -> dict[str, str]:
        """The key of each leaf of a plan, by its name."""
        return {leaf.name: key for leaf, key in self._leaf_keys(plan)}

    def learn(self, positions: Mapping[str, tuple[str, int, int]]) -> None:
        """Take in where the texts of a partnership were written, so that faults on its pages can be told there."""
        self.templates.positions.update(positions)

    # -- making it -----------------------------------------------------------------------------------------------------

    def typeset(self, plans: Sequence[Plan], report: Report) -> None:
        """See to it that all leaves of these plans have plates.

        Raises FaultsError with all that preflight finds, MachineError if the machine lacks something.
        """
        jobs: dict[Workshop, dict[str, PrintedLeaf]] = {}
        places: dict[str, tuple[Leaf, int]] = {}
        for plan in plans:
            found = self._leaf_keys(plan)
            missing = {leaf.group_name for leaf, key in found if not self._has(key)}
            wanted = {key: leaf for leaf, key in found if leaf.group_name in missing}
            if wanted:
                jobs.setdefault(self.workshop(plan), {}).update(self._jobs(wanted))
                starts = _starts(plan)
                places |= {key: (leaf, starts[leaf]) for key, leaf in wanted.items()}
        if not jobs:
            return
        lists = [(workshop, list(leaves.values())) for workshop, leaves in jobs.items()]
        faults: list[Fault] = []
        for workshop, outcome in workers.typeset(lists, self.processes, report):
            for plate in outcome.plates:
                self._keep(plate.key, plate)
                for face in plate.fonts.values():  # in the meantime: others are typesetting
                    self._font(face, {}, workshop)
            faults += self._faults(outcome, workshop, places)
        if faults:
            raise FaultsError(faults)
        self._make_fonts(plans)

    def bind(self, plan: Plan) -> Made:
        """The document of a numbered plan; its leaves are to be typeset first, together with those of others."""
        found = dict(self._leaf_keys(plan))
        leaves = tuple(self._bound(leaf, found) for leaf in plan.leaves)
        plates = [leaf.plate for leaf in leaves]
        fonts = self._fonts_of(plates, self.workshop(plan))
        sequence = tuple(plan.numbers())
        document = Document(leaves, sequence, fonts, self._metadata(plan), self.document_key(plan), plan.is_facing)
        return Made(self._binder.bind(document), len(sequence))

    def _bound(self, leaf: Leaf, found: Mapping[Leaf, str]) -> BoundLeaf:
        key, plate = found[leaf], self._plate(found[leaf])
        if leaf.imprint:
            key += found[leaf.imprint]
            plate = imprinted(plate, self._plate(found[leaf.imprint]))
        return BoundLeaf(leaf.anchor, leaf.bookmark, leaf.level, key, plate)

    def impose(self, plan: Plan) -> Made:
        """Print sheets: cards four up, or a document that is tilted and turned."""
        found = dict(self._leaf_keys(plan))
        plates = [self._bound(leaf, found).plate for leaf in plan.leaves]
        if plan.product == "cards":
            sheets = cards_four_up(plates, turned_backs=bool(plan.turns))
        else:
            sheets = tilted_and_turned(_halves(plan, plates))
        fonts = self._fonts_of(plates, self.workshop(plan))
        data, pages = impose(sheets, fonts, self._metadata(plan), self.document_key(plan))
        return Made(data, pages)

    def proof(self, plan: Plan) -> Made:
        """A proof of a numbered plan: its pages with the keys of their texts beside them.

        Raises FaultsError if a page is wrong, MachineError if the machine lacks something.
        """
        from toolkit_builder.press.typesetting import Typesetter  # the engine, which is slow to import

        self.typeset([plan], lambda _: None)
        found = self._leaf_keys(plan)
        printed = [self._print(leaf) for leaf, _ in found]
        sizes = {leaf.name: self._plate(key).size for leaf, key in found}
        geometry = Typesetter(self.workshop(plan)).geometry(printed, sizes)
        pages = [(self._plate(key), at) for _, key in found for at in range(len(self._plate(key).pages))]
        titles = [leaf.bookmark for leaf, key in found for _ in self._plate(key).pages]
        over = replace(plan, product="proof", leaves=tuple(overlays(geometry, titles)), seams=(), turns=())
        self.typeset([over], lambda _: None)
        notes = [self._plate(key) for _, key in self._leaf_keys(over)]
        fonts = self._fonts_of([*(plate for plate, _ in pages), *notes], self.workshop(plan))
        data, count = impose(proof_sheets(pages, notes), fonts, self._metadata(plan), self.document_key(over))
        return Made(data, count)

    # -- leaves and plates ---------------------------------------------------------------------------------------------

    def _leaf_keys(self, plan: Plan) -> list[tuple[Leaf, str]]:
        if plan not in self._keys:
            found = keys.leaf_keys(map(self._print, plan.typeset_leaves()), self._digest(self.workshop(plan)))
            self._keys[plan] = [(leaf, found[leaf.name]) for leaf in plan.typeset_leaves()]
        return self._keys[plan]

    def _jobs(self, wanted: Mapping[str, Leaf]) -> dict[str, PrintedLeaf]:
        """Leaves to be typeset, named by their keys: leaves of several plans may have one name."""
        groups: dict[str, list[str]] = {}
        for key, leaf in wanted.items():
            groups.setdefault(leaf.group_name, []).append(key)
        return {key: self._print(leaf).named(key, group=min(groups[leaf.group_name])) for key, leaf in wanted.items()}

    def _print(self, leaf: Leaf) -> PrintedLeaf:
        if leaf not in self._printed:
            html = str(self.templates.leaf(leaf, SIZE))
            pages = 0 if leaf.is_counted else leaf.pages  # it is the plate that its pages were counted on
            digest = keys.leaf_digest(html, leaf.sizes, pages, self.project.layouts[0])
            self._printed[leaf] = PrintedLeaf(leaf.name, html, leaf.group_name, leaf.sizes, pages, digest)
        return self._printed[leaf]

    def workshop(self, plan: Plan) -> Workshop:
        """What the leaves of a plan are typeset with."""
        asked = (plan.product, plan.large_print, plan.greyscale)
        if asked not in self._workshops:
            head, _, tail = str(self.templates.document(plan.product, _LEAVES)).partition(_LEAVES)
            folders = (*self.project.layouts, *self.project.styles, self.project.content)
            names = [BASE_STYLE, f"{plan.product}.css", PACK_STYLE]
            names += [LARGE_STYLE] * plan.large_print + [GREY_STYLE] * plan.greyscale
            styles = tuple(map(self.project.style, names))
            self._workshops[asked] = Workshop(styles, folders, self.project.layouts[0], head, tail, plan.greyscale)
        return self._workshops[asked]

    def _digest(self, workshop: Workshop) -> str:
        if workshop not in self._digests:
            self._digests[workshop] = keys.workshop_digest(workshop)
        return self._digests[workshop]

    def _fonts_digest(self, workshop: Workshop) -> str:
        if workshop not in self._font_digests:
            self._font_digests[workshop] = keys.fonts_digest(workshop)
        return self._font_digests[workshop]

    def _has(self, key: str) -> bool:
        try:
            self._plate(key)
        except KeyError:
            return False
        return True

    def _plate(self, key: str) -> Plate:
        """Raises KeyError if it is not there, or damaged."""
        if key in self._unkept:
            return self._unkept[key]
        if key in self._plates:
            self._plates[key] = self._plates.pop(key)  # the last one used
        else:
            data = self.store.get(key)
            if data is None:
                raise KeyError(key)
            try:
                self._remember(key, decode_plate(data))
            except PlateError:
                raise KeyError(key) from None
        return self._plates[key]

    def _keep(self, key: str, plate: Plate) -> None:
        if self.store.put(key, plate.encode()):
            self._remember(key, plate)
        else:
            self._unkept[key] = plate

    def _remember(self, key: str, plate: Plate) -> None:
        self._plates[key] = plate
        if len(self._plates) > MEMORY:
            del self._plates[next(iter(self._plates))]

    # -- fonts ---------------------------------------------------------------------------------------------------------

    def _make_fonts(self, plans: Iterable[Plan]) -> None:
        """The fonts of documents, so that they are in the store along with the plates."""
        for plan in plans:
            self._fonts_of([self._plate(key) for _, key in self._leaf_keys(plan)], self.workshop(plan))

    def _fonts_of(self, plates: Sequence[Plate], workshop: Workshop) -> dict[str, FontParts]:
        """The fonts that plates need, by their names in pages, with the glyphs that go beyond the repertoire."""
        faces = {name: face for plate in plates for name, face in plate.fonts.items()}
        extra: dict[str, dict[int, tuple[str, float]]] = {name: {} for name in faces}
        for plate in plates:
            for name, glyphs in plate.glyphs.items():
                for glyph, value in glyphs.items():
                    extra[name][glyph] = min(value, extra[name].get(glyph, value))
        return {name: self._font(faces[name], extra[name], workshop) for name in sorted(faces)}

    def _font(self, face: str, extra: dict[int, tuple[str, float]], workshop: Workshop) -> FontParts:
        key = keys.font_key(face, self._fonts_digest(workshop), extra)
        if key not in self._fonts:
            data = self.store.get(key)
            try:
                font = decode_font(data) if data is not None else None
            except PlateError:
                font = None
            if font is None:
                font = workers.make_font(workshop, face, extra)
                self.store.put(key, font.encode())
            self._fonts[key] = font
        return self._fonts[key]

    # -- what is said --------------------------------------------------------------------------------------------------

    def _metadata(self, plan: Plan) -> Metadata:
        return Metadata(
            plan.title,
            plan.author,
            plan.subject,
            plan.keywords,
            plan.rights,
            plan.languages,
            f"Toolkit Builder {__version__}",
            f"WeasyPrint {keys.versions()['weasyprint']}",
        )

    def _faults(
        self, outcome: workers.Outcome, workshop: Workshop, leaves: Mapping[str, tuple[Leaf, int]]
    ) -> Iterator[Fault]:
        """What is wrong, at the place where the text was written, or else at the layout or the style.

        `leaves` are those that were typeset, by their keys, with the numbers of their first pages.
        """
        styles = ", ".join(self.project.file(style) for style in workshop.styles)
        if outcome.failure:
            message = f"the typesetting engine fails over this ({outcome.failure}); undo the last change"
            yield Fault(styles, 0, 0, "", f"{message} to layouts or styles")
        for complaint in outcome.complaints:
            message = _short(complaint.message)
            if complaint.leaf in leaves:
                leaf, start = leaves[complaint.leaf]
                yield Fault(f"layouts/{leaf.layout}", 0, 0, "", f"{message}; page {start} ({leaf.name})")
            elif complaint.is_of_document:
                yield Fault(f"layouts/{DOCUMENT}", 0, 0, "", message)
            else:
                file = self.project.file(Path(complaint.style)) if complaint.style else styles
                yield Fault(file, complaint.line, complaint.column, "", message)
        seen = set()
        for finding, size in outcome.findings:
            place = finding.place
            if (place.leaf, place.key, finding.fits_smaller) in seen:
                continue  # one finding for each text on each leaf: one line too long makes many
            seen.add((place.leaf, place.key, finding.fits_smaller))
            known, start = leaves.get(place.leaf, (None, 1))
            message = f"{finding.message}; page {start + finding.page - 1} ({known.name if known else 'no leaf'})"
            if known and finding.fits_smaller:
                message += f", in {size:g} pt, the least size: shorten the text"
            key = f"{place.key}.{place.printed or place.language}"
            if key in self.templates.positions:
                file, line, column = self.templates.positions[key]
                yield Fault(file, line, column, key.partition("#")[2], message)
            else:
                yield Fault(f"layouts/{known.layout if known else DOCUMENT}", 0, 0, place.language, message)


def _halves(plan: Plan, plates: Sequence[Plate]) -> list[tuple[list[Placed | None], list[Placed | None]]]:
    """The pages of a plan that is tilted and turned: halves in pairs, the second of which is to be turned."""
    halves: list[list[Placed | None]] = []
    for (at, page), number in plan.numbers():
        if at in plan.turns and page == 0:
            halves.append([])
        halves[-1].append(None if page is None else Placed(plates[at], page, number=number))
    return list(zip(halves[::2], halves[1::2], strict=True))


def _starts(plan: Plan) -> dict[Leaf, int]:
    """The number of the first page of each leaf that is typeset."""
    starts = dict(plan.starts())
    return starts | {leaf.imprint: page for leaf, page in starts.items() if leaf.imprint}


def _part(plan: Plan, leaves: Iterable[Leaf]) -> Plan:
    return plan.with_leaves(tuple(leaves))


def _with_groups(part: Plan, plan: Plan) -> Plan:
    """A part of a plan with all leaves that shrink with one of its own."""
    groups = {leaf.group_name for leaf in part.leaves}
    return _part(plan, [leaf for leaf in plan.leaves if leaf.group_name in groups])


def _short(complaint: str) -> str:
    """The engine quotes whole addresses; what it says of them stands at the end."""
    return complaint if len(complaint) <= 400 else f"{complaint[:150]}…{complaint[-250:]}"


def plates_of(press: Press, plan: Plan) -> Mapping[str, Plate]:
    """The plates of a plan that is typeset, by the names of its leaves."""
    return {leaf.name: press._plate(key) for leaf, key in press._leaf_keys(plan)}
