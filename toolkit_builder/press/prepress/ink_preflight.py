"""Preflight for ink: what finished pages would be on a press. Plates are looked at, in the inks that they will have.

How much ink lies on one place, what small type and thin lines are printed in several inks, how large pictures' pixels
are, how near type comes to the edge that is cut, whether what reaches that edge runs on beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit_builder.catalogue.palette import Ink
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.plates.plate import FontParts, Page, Plate
from toolkit_builder.press.preflight.bleed import TOLERANCE, bare_edges, distances
from toolkit_builder.press.preflight.paint import Kind, Paint, Painting, Run
from toolkit_builder.press.preflight.painting import read_page
from toolkit_builder.press.preflight.plate_words import set_texts
from toolkit_builder.press.preflight.regions import common, is_empty
from toolkit_builder.press.preflight.resources import value_of
from toolkit_builder.press.prepress.inks import Inks, Rgb

LEAST_DPI, MOST_DPI = 300, 600
"""Pictures with fewer pixels an inch look coarse, with more they are only slow."""
TRACE = 0.005
"""An ink of less than half a percent is none."""
INK_NAMES = ("cyan", "magenta", "yellow", "black")
_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Seen:
    """Something on a page: the number of the page in its document (from 1), how much of it there is, what it is."""

    page: int
    amount: float
    what: str = ""


@dataclass
class InkFindings:
    """What was found on the pages of a document. `ink`: the most of it on each page, in percent; `inks`: which are
    printed on each; `type_in_inks` and `line_in_inks`: the smallest type and the thinnest line in more than one ink, in
    pt; `nearest_type`: how near type comes to the edge of each page, in mm; `coarse` and `fine`: pictures, in dpi;
    `bare`: pages whose artwork ends at the edge.
    """

    ink: list[Seen] = field(default_factory=list)
    inks: list[tuple[str, ...]] = field(default_factory=list)
    type_in_inks: Seen | None = None
    line_in_inks: Seen | None = None
    nearest_type: list[Seen] = field(default_factory=list)
    coarse: list[Seen] = field(default_factory=list)
    fine: list[Seen] = field(default_factory=list)
    bare: list[Seen] = field(default_factory=list)

    @property
    def most_ink(self) -> Seen:
        """Where most ink lies."""
        return max(self.ink, key=lambda seen: seen.amount, default=Seen(0, 0))

    def too_near(self, safe_zone: float) -> list[Seen]:
        """Pages whose type comes nearer to the edge than it should (mm)."""
        return [seen for seen in self.nearest_type if seen.amount < safe_zone - TOLERANCE]


class InkPreflight:
    """Looks at the pages of one document, in turn."""

    def __init__(self, inks: Inks, fonts: Mapping[str, FontParts], bleed: float) -> None:
        """`fonts`: by their names in pages; `bleed` in mm."""
        self.inks = inks
        self.bleed = bleed
        self.found = InkFindings()
        self._glyphs = {name: _widths(font) for name, font in fonts.items()}

    def look_at(self, number: int, plate: Plate, page: Page) -> None:
        """Look at a page of a plate, which is the `number`th of the document. Raises PlateError for what is not
        understood.
        """
        painting = read_page(page, plate)
        self._ink(number, painting)
        self._thinnest(number, painting.paints)
        self._pictures(number, painting.paints, plate)
        self._near(number, painting)
        self._bleed(number, painting)

    def pass_over(self, number: int) -> None:
        """A page that is blank."""
        self.found.ink.append(Seen(number, 0))
        self.found.inks.append(())

    def _ink(self, number: int, painting: Painting) -> None:
        """What lies over one another is mixed, so that the most of any is the most that can be."""
        used = [ink for paint in painting.paints if paint.kind is not Kind.PICTURE for ink in self._inks_of(paint)]
        used += [ink for run in painting.runs if not run.is_invisible for ink in self._inks_of(run)]
        most = max(map(sum, used), default=0.0)
        self.found.ink.append(Seen(number, round(most * 100)))
        printed = [name for at, name in enumerate(INK_NAMES) if any(ink[at] > TRACE for ink in used)]
        if any(paint.kind is Kind.PICTURE for paint in painting.paints):
            printed = [*INK_NAMES]
        self.found.inks.append(tuple(printed))
        for run in painting.runs:
            if not run.is_invisible and self._is_of_several(run):
                self.found.type_in_inks = _least(self.found.type_in_inks, Seen(number, round(run.size, 2)))

    def _thinnest(self, number: int, paints: Sequence[Paint]) -> None:
        for paint in paints:
            if paint.kind is Kind.PICTURE or not self._is_of_several(paint):
                continue
            left, bottom, right, top = paint.bounds
            width = paint.region.width if paint.kind is Kind.STROKE else min(right - left, top - bottom)
            if width > 0.01:
                self.found.line_in_inks = _least(self.found.line_in_inks, Seen(number, round(width, 2)))

    def _pictures(self, number: int, paints: Sequence[Paint], plate: Plate) -> None:
        for paint in paints:
            if paint.kind is Kind.PICTURE and paint.picture:
                body = plate.parts[paint.picture]
                facts = value_of(body.text, body.references)
                left, bottom, right, top = paint.region.bounds
                sides = ((int(facts["/Width"]), right - left), (int(facts["/Height"]), top - bottom))
                dpi = min(pixels / length * _POINTS_PER_INCH for pixels, length in sides if length > 0)
                if dpi < LEAST_DPI:
                    self.found.coarse.append(Seen(number, round(dpi)))
                elif dpi > MOST_DPI:
                    self.found.fine.append(Seen(number, round(dpi)))

    def _near(self, number: int, painting: Painting) -> None:
        page = (0.0, 0.0, painting.width, painting.height)
        least: Seen | None = None
        for text in set_texts([run for run in painting.runs if not run.is_invisible], self._glyphs):
            bounds = common(text.bounds(), text.run.window)
            if not is_empty(bounds) and not is_empty(common(bounds, page)):
                least = _least(least, Seen(number, round(min(distances(bounds, page)) / POINTS_PER_MM, 1)))
        if least:
            self.found.nearest_type.append(least)

    def _bleed(self, number: int, painting: Painting) -> None:
        bare = bare_edges(painting, self.bleed, lambda paint: any(sum(ink) > TRACE for ink in self._inks_of(paint)))
        if bare:
            self.found.bare.append(Seen(number, 0, ", ".join(bare)))

    def _inks_of(self, drawn: Paint | Run) -> Iterator[Ink]:
        return (self.inks.painted(_rounded(colour)) for colour in drawn.colours)

    def _is_of_several(self, drawn: Paint | Run) -> bool:
        return any(sum(part > TRACE for part in ink) > 1 for ink in self._inks_of(drawn))


def _rounded(colour: Iterable[float]) -> Rgb:
    red, green, blue = (round(part, 6) for part in colour)
    return red, green, blue


def _least(before: Seen | None, seen: Seen) -> Seen:
    return seen if before is None or seen.amount < before.amount else before


def _widths(font: FontParts) -> dict[int, tuple[str, float]]:
    """The width of each glyph of a font, in thousandths of the size (9.7.4.3), as `plate_words` takes them."""
    found: dict[int, tuple[str, float]] = {}
    for body in font.parts.values():
        if body.stream is not None or b"/W" not in body.text:
            continue
        value = value_of(body.text, body.references)
        entries = list(value.get("/W", ())) if hasattr(value, "get") else []
        at = 0
        while at < len(entries):
            first, second = int(entries[at]), entries[at + 1]
            if hasattr(second, "__len__"):
                found |= {first + place: ("x", float(width)) for place, width in enumerate(second)}
                at += 2
            else:
                found |= {glyph: ("x", float(entries[at + 2])) for glyph in range(first, int(second) + 1)}
                at += 3
    return found
