"""What a print shop is told about the files that it gets: a text beside them, the same in each language of the
framework, one below the other. Its words are labels (`print_shop` in `labels.yaml`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.print_shop import BACKS, CROP_MARKS, FRONTS, PrintShop
from toolkit_builder.press.plates.draft import Face
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.prepress.ink_preflight import LEAST_DPI, MOST_DPI, InkFindings, Seen
from toolkit_builder.press.prepress.pdfx import VERSION
from toolkit_builder.press.prepress.print_shop import ShopWork

_SHOWN = 12
"""So many pages are listed; of more, how many."""
_INK_LETTERS = {"cyan": "C", "magenta": "M", "yellow": "Y", "black": "K"}
_SIDES = {FRONTS: "front", BACKS: "back"}
"""What the sides are called, by the files that have them."""


@dataclass(frozen=True)
class ShopDoubt:
    """What of a file a person should look at before it goes to the shop: type too near to the cut (`near`, in mm),
    pictures with too few pixels or more than are of use (`coarse`, `fine`, in dpi). `amount`: the worst of it; `pages`.
    """

    kind: str
    amount: float
    pages: tuple[int, ...]


def doubts(shop: PrintShop, findings: InkFindings) -> Iterator[ShopDoubt]:
    """All doubts about a file."""
    looked_at = {"near": findings.too_near(shop.safe_zone), "coarse": findings.coarse, "fine": findings.fine}
    for kind, seen in looked_at.items():
        if seen:
            amounts = [each.amount for each in seen]
            worst = max(amounts) if kind == "fine" else min(amounts)
            yield ShopDoubt(kind, worst, tuple(sorted({each.page for each in seen})))


def notices(shop: PrintShop, findings: InkFindings) -> Iterator[str]:
    """The doubts about a file, as the command tells them."""
    for doubt in doubts(shop, findings):
        said = {
            "near": f"type comes to {doubt.amount:g} mm from the edge, nearer than {shop.safe_zone:g} mm",
            "coarse": f"pictures have fewer than {LEAST_DPI} dpi, {doubt.amount:g} at least",
            "fine": f"pictures have more than {MOST_DPI} dpi, {doubt.amount:g} at most",
        }[doubt.kind]
        yield f"{said}: page{'s' if len(doubt.pages) > 1 else ''} {_listed(doubt.pages)}"


def job_report(
    plan: Plan, shop: PrintShop, work: ShopWork, plates: Sequence[Plate], names: Mapping[str, str], identifier: str
) -> bytes:
    """The report. `plates`: those that the pages are of; `names`: what languages call themselves; `identifier`: 32
    hexadecimal digits, which stand in its last line.
    """
    parts = [plan.title]
    for language in names:
        words = {name: text[language] for name, text in plan.shop_words.items()}
        parts.append(_Telling(plan, shop, work, plates, words, names).text())
    files = [
        f"{_SIDES.get(part, plan.product)}: {len(file.data):,} B, SHA-256 {hashlib.sha256(file.data).hexdigest()}"
        for part, file in work.files.items()
    ]
    return "\n\n".join([*parts, "\n".join([*files, f"Identifier: {identifier}\n"])]).encode()


@dataclass(frozen=True)
class _Telling:
    """The report in one language. `words`: the labels in it."""

    plan: Plan
    shop: PrintShop
    work: ShopWork
    plates: Sequence[Plate]
    words: Mapping[str, str]
    names: Mapping[str, str]

    def text(self) -> str:
        """A title, and a line for each thing: what it is, how much of it."""
        rows = [*self._paper(), *self._colours(), *self._preflight(), (self.words["fonts"], _fonts(self.plates))]
        widest = max(len(name) for name, _ in rows) + 2
        title = self.words["report"]
        return "\n".join([title, "-" * len(title), *(f"{name + ':':<{widest}}{value}" for name, value in rows)])

    def _paper(self) -> Iterator[tuple[str, str]]:
        words, (width, height), bleed = self.words, self.plan.page, self.shop.bleed
        for part, file in self.work.files.items():
            yield self._of(part, "count"), str(file.pages)
        yield words["trim"], f"{width:g} × {height:g} mm (TrimBox)"
        whole = f"{width + 2 * bleed:g} × {height + 2 * bleed:g} mm (BleedBox)"
        yield words["bleed"], f"{bleed:g} mm {words['each_side']}: {whole}"
        yield words["marks"], words["crop_marks"] if self.shop.marks == CROP_MARKS else words["none"]
        if self.plan.is_paired:
            yield words["order"], words[self.shop.order.replace("-", "_")]
        yield words["languages"], ", ".join(self.names[language] for language in self.plan.languages)

    def _colours(self) -> Iterator[tuple[str, str]]:
        words, profile = self.words, self.work.profile
        yield words["standard"], f"{VERSION}, {words['tagged']}"
        yield words["condition"], profile.condition if profile.is_registered else words["unregistered"]
        yield words["profile"], profile.description
        counted = Counter(inks for found in self.work.findings.values() for inks in found.inks)
        used = [("".join(_INK_LETTERS[ink] for ink in inks) or words["none"], n) for inks, n in counted.most_common()]
        yield words["inks"], ", ".join(f"{inks} ({n})" for inks, n in used)
        spots = [f"{name} ({words['die_line']})" for name in self.work.spots]
        yield words["spots"], "; ".join(spots) or words["none"]
        yield words["overprint"], ", ".join(self.work.spots) or words["none"]
        yield words["black"], words["black_alone"]

    def _preflight(self) -> Iterator[tuple[str, str]]:
        words, shop = self.words, self.shop
        for part, found in self.work.findings.items():
            most = found.most_ink
            yield self._of(part, "most_ink"), f"{self._amount(most, '%')}; {words['limit']} {shop.most_ink:g} %"
            yield self._of(part, "type_in_inks"), self._amount(found.type_in_inks, "pt")
            yield self._of(part, "line_in_inks"), self._amount(found.line_in_inks, "pt")
            nearest = min(found.nearest_type, key=lambda seen: seen.amount, default=None)
            zone = f"{words['safe_zone'].lower()} {shop.safe_zone:g} mm"
            yield self._of(part, "nearest"), f"{self._amount(nearest, 'mm')}; {zone}"
            told = [self._doubt(doubt) for doubt in doubts(shop, found)]
            yield from ((self._of(part, "look_at"), text) for text in told or [words["none"]])

    def _of(self, part: str, name: str) -> str:
        """A label; of two files, with the side that is in it."""
        return f"{self.words[name]} ({self.words[_SIDES[part]]})" if part in _SIDES else self.words[name]

    def _amount(self, seen: Seen | None, unit: str) -> str:
        return f"{seen.amount:g} {unit} ({self._pages([seen.page])})" if seen else self.words["none"]

    def _doubt(self, doubt: ShopDoubt) -> str:
        unit = "mm" if doubt.kind == "near" else "dpi"
        return f"{self.words[doubt.kind]} ({doubt.amount:g} {unit}): {self._pages(doubt.pages)}"

    def _pages(self, pages: Sequence[int]) -> str:
        return f"{self.words['pages' if len(pages) > 1 else 'page']} {_listed(pages)}"


def _fonts(plates: Sequence[Plate]) -> str:
    """Families, each with its weights."""
    faces = sorted({Face.from_key(key) for plate in plates for key in plate.fonts.values()})
    named: dict[str, list[str]] = {}
    for face in faces:
        named.setdefault(face.family, []).append(f"{face.weight}{' italic' if face.italic else ''}")
    return "; ".join(f"{family} ({', '.join(weights)})" for family, weights in named.items())


def _listed(pages: Iterable[int]) -> str:
    """The numbers of pages; of many, the first, and how many more."""
    listed = [str(page) for page in pages]
    return ", ".join(listed[:_SHOWN]) + (f" (+{len(listed) - _SHOWN})" if len(listed) > _SHOWN else "")
