"""A document for a print shop, from its leaves to its files: pages in the shop's order, bound, separated, PDF/X-4."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf

from toolkit_builder.documents.plan import Place, Plan
from toolkit_builder.documents.print_shop import (
    BACKS_FIRST,
    CROP_MARKS,
    FRONTS,
    FRONTS_THEN_BACKS,
    PROOF,
    REPORT,
    WHOLE,
    PrintShop,
)
from toolkit_builder.errors import Fault, FaultsError
from toolkit_builder.press.binding.document import Binder, BoundLeaf, Document
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.plates.page_numbers import stamped
from toolkit_builder.press.plates.plate import FontParts
from toolkit_builder.press.preflight.bleed import told
from toolkit_builder.press.prepress.client_proof import ProofMarks, client_proof
from toolkit_builder.press.prepress.colour_operators import SeparationError
from toolkit_builder.press.prepress.ink_preflight import InkFindings, InkPreflight
from toolkit_builder.press.prepress.inks import Inks
from toolkit_builder.press.prepress.pdfx import PdfxFacts, finish
from toolkit_builder.press.prepress.separation import Separator
from toolkit_builder.press.prepress.without_links import without_links
from toolkit_builder.print_shops.profiles import OutputProfile, profile_at

INK_TOLERANCE = 2
"""In percent: whole percents of four inks, added up, may be so much more than the profile has it."""
Numbered = tuple[Place, int]
"""A page of a document with its number."""


def in_order(plan: Plan, order: str, part: str = WHOLE) -> list[Numbered]:
    """The pages of a file, as the shop wants them."""
    pages = list(plan.numbers())
    if not plan.is_paired:
        return pages
    fronts, backs = pages[::2], pages[1::2]
    if part:
        return fronts if part == FRONTS else backs
    if order == FRONTS_THEN_BACKS:
        return fronts + backs
    pairs = zip(backs, fronts, strict=True) if order == BACKS_FIRST else zip(fronts, backs, strict=True)
    return [page for pair in pairs for page in pair]


@dataclass(frozen=True)
class PrintFile:
    """A finished file: its bytes, the number of its pages."""

    data: bytes
    pages: int


@dataclass(frozen=True)
class ShopWork:
    """What a shop gets of a document: its files by their parts, what was found on its pages (numbered as in `parts`),
    and with what it was separated; the proof that its client signs, if there is to be one; its spot colours.
    """

    files: Mapping[str, PrintFile]
    findings: Mapping[str, InkFindings]
    profile: OutputProfile
    proof: PrintFile | None = None
    spots: Sequence[str] = ()


@dataclass(frozen=True)
class Approval:
    """The page of a proof that a client signs, the fonts of the proof, and which languages the legend is in."""

    leaf: BoundLeaf
    fonts: Mapping[str, FontParts]
    languages: Sequence[str]


@dataclass(frozen=True)
class ShopJob:
    """A document to be made for a shop. `keys`: 32 hexadecimal digits for each of its files; `approval`: for a proof,
    if there is to be one.
    """

    plan: Plan
    shop: PrintShop
    leaves: Sequence[BoundLeaf]
    fonts: Mapping[str, FontParts]
    metadata: Metadata
    keys: Callable[[str], str]
    approval: Approval | None = None

    def work(self) -> ShopWork:
        """Make all files.

        Raises FaultsError for colours that are not understood, for more ink than the shop takes, and for artwork that
        ends at the edge that is cut.
        """
        profile = profile_at(self.shop.profile, self.shop.condition)
        inks = Inks(profile, self.shop.inks)
        leaves = [replace(leaf, key="", plate=without_links(leaf.plate)) for leaf in self.leaves]
        parts = self.shop.parts(is_paired=self.plan.is_paired)
        orders = {part: in_order(self.plan, self.shop.order, part) for part in parts if part not in (REPORT, PROOF)}
        findings = {part: self._findings(inks, pages) for part, pages in orders.items()}
        try:
            files = {part: self._file(part, pages, leaves, inks) for part, pages in orders.items()}
            proof = self._proof(leaves, inks, self.approval) if self.approval else None
        except SeparationError as error:
            raise FaultsError([self._fault(f"its colours cannot be separated: {error}")]) from error
        most = max([inks.most_used, *(found.most_ink.amount for found in findings.values())])
        faults = list(self._faults([*findings.values()], most))
        if faults:
            raise FaultsError(faults)
        return ShopWork(files, findings, profile, proof, sorted(inks.spots_used))

    def _file(self, part: str, pages: Sequence[Numbered], leaves: Sequence[BoundLeaf], inks: Inks) -> PrintFile:
        with pikepdf.open(io.BytesIO(self._bound(part, pages, leaves, self.fonts))) as pdf:
            Separator(pdf, inks).separate()
            has_marks = self.shop.marks == CROP_MARKS
            facts = PdfxFacts(inks.profile, self.shop.bleed, has_marks, self.plan.date, self.keys(part))
            return PrintFile(finish(pdf, facts), len(pages))

    def _proof(self, leaves: Sequence[BoundLeaf], inks: Inks, approval: Approval) -> PrintFile:
        """The page to sign, then all pages in the order of reading, each with a line that says what it is."""
        pages, words, (width, height) = list(self.plan.numbers()), self.plan.shop_words, self.plan.page

        def said(word: str) -> list[str]:
            return list(dict.fromkeys(words[word][language] for language in approval.languages))

        title = " / ".join(said("title")) or self.plan.title
        captions = []
        for at in range(len(pages)):
            side = " / ".join(said("back" if at % 2 else "front")) if self.plan.is_paired else ""
            told = (title, side, f"{at + 1}/{len(pages)}", f"{width:g} × {height:g} mm")
            captions.append("  ·  ".join(filter(None, told)))
        marks = ProofMarks(
            self.shop.bleed, self.shop.safe_zone, (said("trim_line"), said("safe_zone"), said("cut_off"))
        )
        to_sign: Numbered = ((len(leaves), 0), 1)
        document = self._bound(PROOF, [to_sign, *pages], [*leaves, approval.leaf], approval.fonts)
        return PrintFile(client_proof(document, inks, marks, captions), len(pages) + 1)

    def _bound(
        self, part: str, pages: Sequence[Numbered], leaves: Sequence[BoundLeaf], fonts: Mapping[str, FontParts]
    ) -> bytes:
        kept = list(dict.fromkeys(leaf for (leaf, _), _ in pages))
        place = {leaf: at for at, leaf in enumerate(kept)}
        sequence = tuple(((place[leaf], page), number) for (leaf, page), number in pages)
        own = tuple(leaves[leaf] for leaf in kept)
        document = Document(own, sequence, fonts, self.metadata, self.keys(part), facing=False)
        return Binder(memory=1).bind(document)

    def _findings(self, inks: Inks, pages: Sequence[Numbered]) -> InkFindings:
        preflight = InkPreflight(inks, self.fonts, self.shop.bleed)
        for at, ((leaf, page), number) in enumerate(pages, start=1):
            plate = self.leaves[leaf].plate
            if page is None:
                preflight.pass_over(at)
            else:
                preflight.look_at(at, plate, stamped(plate.pages[page], number))
        return preflight.found

    def _faults(self, findings: Sequence[InkFindings], most: float) -> Iterator[Fault]:
        shop = self.shop
        if most > shop.most_ink + INK_TOLERANCE:
            yield self._fault(
                f"{most:.0f} % of ink lie on one place, and {shop.name} takes {shop.most_ink:g} %: "
                "take a profile for so little ink (--profile), or other colours"
            )
        for found in findings:
            for seen in found.bare:
                yield self._fault(told(seen.page, seen.what, shop.bleed))

    def _fault(self, message: str) -> Fault:
        return Fault(f"layouts/{self.plan.product}", 0, 0, "", message)
