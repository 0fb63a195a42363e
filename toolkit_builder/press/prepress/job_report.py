"""What a print shop is told about the files that it gets: a text, beside them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from toolkit_builder.documents.plan import Plan
from toolkit_builder.documents.print_shop import (
    ALTERNATING,
    BACKS,
    BACKS_FIRST,
    CROP_MARKS,
    FRONTS,
    FRONTS_THEN_BACKS,
    TWO_FILES,
    PrintShop,
)
from toolkit_builder.press.plates.draft import Face
from toolkit_builder.press.plates.plate import Plate
from toolkit_builder.press.prepress.ink_preflight import LEAST_DPI, MOST_DPI, InkFindings, Seen
from toolkit_builder.press.prepress.pdfx import VERSION
from toolkit_builder.press.prepress.print_shop import ShopWork
from toolkit_builder.print_shops.profiles import REGISTRY

_COLUMN = 30
_NAMES = {FRONTS: "File of fronts (.fronts)", BACKS: "File of backs (.backs)"}
_ORDERS = {
    ALTERNATING: "front, back, front, back…",
    BACKS_FIRST: "back, front, back, front…",
    FRONTS_THEN_BACKS: "all fronts, then all backs in the same order",
    TWO_FILES: "a file of all fronts, and one of all backs in the same order",
}
_SHOWN = 12
"""So many pages are listed; of more, how many."""


def job_report(plan: Plan, shop: PrintShop, work: ShopWork, plates: Sequence[Plate], identifier: str) -> bytes:
    """The report. `plates`: those that the pages are of; `identifier`: 32 hexadecimal digits, which stand in its last
    line.
    """
    lines = [f"{plan.title}: {plan.product}", "", *_files(work), ""]
    lines += [*_paper(plan, shop), "", *_colours(shop, work), "", *_preflight(shop, work), ""]
    lines += [_line("Fonts, all embedded", _fonts(plates)), "", f"Identifier: {identifier}"]
    return ("\n".join(lines) + "\n").encode()


def doubts(shop: PrintShop, findings: InkFindings) -> Iterator[str]:
    """What of a file a person should look at before it goes to the shop."""
    if near := findings.too_near(shop.safe_zone):
        least = min(seen.amount for seen in near)
        yield f"type comes to {least:g} mm from the edge, nearer than {shop.safe_zone:g} mm: {_pages(near)}"
    if findings.coarse:
        least = min(seen.amount for seen in findings.coarse)
        yield f"pictures have fewer than {LEAST_DPI} dpi, {least:g} at least: {_pages(findings.coarse)}"
    if findings.fine:
        most = max(seen.amount for seen in findings.fine)
        yield f"pictures have more than {MOST_DPI} dpi, {most:g} at most: {_pages(findings.fine)}"


def _files(work: ShopWork) -> Iterator[str]:
    for part, file in work.files.items():
        size = f"{len(file.data):,} bytes, SHA-256 {hashlib.sha256(file.data).hexdigest()[:16]}…"
        yield _line(_NAMES.get(part, "File"), f"{file.pages} pages, {size}")


def _paper(plan: Plan, shop: PrintShop) -> Iterator[str]:
    (width, height), bleed = plan.page, shop.bleed
    yield _line("Trim", f"{width:g} x {height:g} mm (TrimBox)")
    yield _line("Bleed", f"{bleed:g} mm on each side: {width + 2 * bleed:g} x {height + 2 * bleed:g} mm (BleedBox)")
    yield _line("Marks", "crop marks, beyond the bleed" if shop.marks == CROP_MARKS else "none")
    if plan.is_paired:
        yield _line("Order of pages", _ORDERS[shop.order])
    yield _line("Languages", ", ".join(plan.languages))


def _colours(shop: PrintShop, work: ShopWork) -> Iterator[str]:
    profile = work.profile
    registered = f"{profile.condition} ({REGISTRY})" if profile.is_registered else "not registered"
    yield _line("Standard", f"{VERSION}, tagged")
    yield _line("Output intent", f"{registered}, profile embedded: {profile.description}")
    for inks, pages in Counter(inks for found in work.findings.values() for inks in found.inks).most_common():
        yield _line("Inks", f"{', '.join(inks) or 'none'}: {pages} pages")
    yield _line("Spot colours", "; ".join(map(_spot, work.spots)) or "none")
    yield _line("Overprint", f"{', '.join(work.spots) or 'none'}; black type and greys are of black alone")


def _preflight(shop: PrintShop, work: ShopWork) -> Iterator[str]:
    several = len(work.findings) > 1
    for part, found in work.findings.items():
        of_part = f" ({part})" if several else ""
        most = found.most_ink
        yield _line(f"Most ink{of_part}", f"{most.amount:g} % (page {most.page}); {shop.most_ink:g} % are allowed")
        yield _line(f"Smallest type{of_part}", f"in more than one ink: {_amount(found.type_in_inks, 'pt')}")
        yield _line(f"Thinnest line{of_part}", f"in more than one ink: {_amount(found.line_in_inks, 'pt')}")
        nearest = min(found.nearest_type, key=lambda seen: seen.amount, default=None)
        yield _line(f"Type nearest to edge{of_part}", f"{_amount(nearest, 'mm')}; {shop.safe_zone:g} mm are asked for")
        told = list(doubts(shop, found))
        yield from (_line(f"Look at{of_part}", text) for text in told)
        if not told:
            yield _line(f"Doubts{of_part}", "none")


def _fonts(plates: Sequence[Plate]) -> str:
    """Families, each with its weights."""
    faces = sorted({Face.from_key(key) for plate in plates for key in plate.fonts.values()})
    named: dict[str, list[str]] = {}
    for face in faces:
        named.setdefault(face.family, []).append(f"{face.weight}{' italic' if face.italic else ''}")
    return "; ".join(f"{family} ({', '.join(weights)})" for family, weights in named.items())


def _spot(name: str) -> str:
    return f"{name} (die lines, not printed, on a layer of their own)"


def _amount(seen: Seen | None, unit: str) -> str:
    return f"{seen.amount:g} {unit} (page {seen.page})" if seen else "none"


def _pages(seen: Iterable[Seen]) -> str:
    pages = sorted({each.page for each in seen})
    listed = ", ".join(map(str, pages[:_SHOWN]))
    more = f" and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else ""
    return f"page{'s' if len(pages) > 1 else ''} {listed}{more}"


def _line(name: str, value: str) -> str:
    return f"{name + ':':<{_COLUMN}} {value}"
