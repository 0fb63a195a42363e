"""Whether the pictures of a page are there: drawn, within it, to be seen, and not over one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit_builder.press.geometry import Picture, Rectangle, TextPlace
from toolkit_builder.press.preflight.colours import LEAST_LARGE, contrast
from toolkit_builder.press.preflight.html_words import LeafWords
from toolkit_builder.press.preflight.layout_checks import Finding
from toolkit_builder.press.preflight.paint import Kind, Paint, Painting, seen_at
from toolkit_builder.press.preflight.regions import Bounds, Point, meet, touch

MM = 72 / 25.4
TOLERANCE = 0.3
"""mm that pictures may lie over one another or stick out before it counts."""
SLACK = 1.5
"""pt that lines may reach beyond the room of their picture."""


def compare_pictures(words: LeafWords, pages: Sequence[Sequence[Picture]], leaf: str) -> Iterator[Finding]:
    """The pictures that the HTML of a leaf names and that none of its pages has."""
    laid_out = Counter(picture.address for page in pages for picture in page if picture.place.leaf == leaf)
    for address, count in words.pictures.items():
        if laid_out[address] < count:
            message = f"the picture {quoted(address)} is named {count} times, and drawn {laid_out[address]} times"
            if count == 1:
                message = f"the picture {quoted(address)} is named, and not drawn"
            yield Finding(1, TextPlace(leaf), f"{message}: a style hides it or puts another in its place")


def check_pictures(
    page: int, pictures: Sequence[Picture], painting: Painting, *, over_others: bool
) -> Iterator[Finding]:
    """What is wrong with the pictures of one page (its number within its leaf)."""
    strips = _Strips(painting.paints)
    for picture in pictures:
        if message := _fault(picture, painting, strips, over_others=over_others):
            yield Finding(page, picture.place, f"the picture {quoted(picture.address)} {message}")
    size = Rectangle(0, 0, painting.width / MM, painting.height / MM)
    for one, other in combinations(pictures, 2):
        overlap = one.rectangle.overlap(other.rectangle)
        if overlap > TOLERANCE and _are_apart(one, other):
            pictures_said = f"the pictures {quoted(one.address)} and {quoted(other.address)}"
            message = f"{pictures_said} stand over one another by {overlap:.1f} mm"
            where = f"{_place(other.rectangle, size)}: give each room of its own, or say so (data-over)"
            yield Finding(page, one.place, f"{message}, {where}")


def _are_apart(one: Picture, other: Picture) -> bool:
    """Whether neither stands within the other's element, and no layout says that they may overlap."""
    nested = one.within[-1:] == other.within[-1:] or one.within[-1] in other.within or other.within[-1] in one.within
    return not (nested or one.may_overlap or other.may_overlap)


def _place(one: Rectangle, size: Rectangle) -> str:
    return f"{one.left:.0f} mm from the left and {one.top:.0f} mm from the top of {size.right:.0f} × {size.bottom:.0f}"


class _Strips:
    """What is painted on a page, in order, by the strips of it that it reaches: for each of many small pictures, few
    paints are looked at.
    """

    HIGH = 24.0
    """pt"""

    def __init__(self, paints: Sequence[Paint]) -> None:
        self._paints: dict[int, list[tuple[int, Paint]]] = defaultdict(list)
        for at, paint in enumerate(paints):
            for strip in self._reached(paint.bounds):
                self._paints[strip].append((at, paint))

    def near(self, bounds: Bounds) -> list[tuple[int, Paint]]:
        """The paints that have a point in common with a rectangle, if only on its edges, each with its place."""
        found = {at: paint for strip in self._reached(bounds) for at, paint in self._paints[strip]}
        return [(at, found[at]) for at in sorted(found) if touch(found[at].bounds, bounds)]

    def _reached(self, bounds: Bounds) -> range:
        """Beyond the page by a strip at most, however far something reaches."""
        least, most = (min(max(edge // self.HIGH, -1), 1000) for edge in (bounds[1], bounds[3]))
        return range(int(least), int(most) + 1)


def _fault(picture: Picture, painting: Painting, strips: _Strips, *, over_others: bool) -> str:
    area = picture.rectangle
    if area.right - area.left < TOLERANCE or area.bottom - area.top < TOLERANCE:
        return "has no room: it is drawn in no size"
    size = Rectangle(0, 0, painting.width / MM, painting.height / MM)
    if (beyond := area.outside(size)) > TOLERANCE + painting.bleed / MM:
        return f"stands {beyond:.1f} mm outside the page"
    room = in_points(area, painting.height)
    near = strips.near(_wider(room))
    own = [(at, paint) for at, paint in near if _is_of(paint, picture, room)]
    if not own and _has_letters(picture, painting):
        return ""  # how these are seen is checked as for any text
    if not own:
        return "draws nothing: it is empty, cut off, or what it draws is not understood"
    if over_others:
        return ""  # what it stands on is not known yet
    if not any(_is_told_apart(at, paint, own, near) for at, paint in own):
        return "is not seen: all of it has the colour of what it stands on, or is covered"
    return ""


def _is_of(paint: Paint, picture: Picture, room: Bounds) -> bool:
    """Whether something painted is part of a picture: drawn as one, within its room (in pt)."""
    if paint.kind is not Kind.PICTURE and not paint.form and (picture.is_background or paint.mark < 0):
        return False
    left, bottom, right, top = paint.bounds
    wide = _wider(room)
    return left >= wide[0] and right <= wide[2] and bottom >= wide[1] and top <= wide[3]


def _wider(room: Bounds) -> Bounds:
    """A room with what lines at its edges take outside of it."""
    return room[0] - SLACK, room[1] - SLACK, room[2] + SLACK, room[3] + SLACK


def _has_letters(picture: Picture, painting: Painting) -> bool:
    """Whether a picture has letters. Nothing else is set in the room of an element that is one; over a background
    there is text that is tagged.
    """
    left, bottom, right, top = in_points(picture.rectangle, painting.height)
    begins = ((run.matrix[4], run.matrix[5]) for run in painting.runs if run.mark < 0 or not picture.is_background)
    return any(left <= x <= right and bottom <= y <= top for x, y in begins)


def _is_told_apart(at: int, paint: Paint, own: Sequence[tuple[int, Paint]], near: Sequence[tuple[int, Paint]]) -> bool:
    """Whether part of a picture is told from what it stands on, and nothing is painted over it. `near`: all that is
    painted where the picture is.
    """
    if paint.kind is Kind.PICTURE:
        return True
    first = own[0][0]
    below = [other for index, other in near if index < first and meet(other.bounds, paint.bounds)]
    mine = {index for index, _ in own}
    above = [
        later
        for index, later in near
        if index > at and later.alpha >= 1 and index not in mine and touch(later.bounds, paint.bounds)
    ]
    for x, y in _points(paint):
        if any(later.covers(x, y) for later in above):
            continue
        grounds, _ = seen_at(x, y, below)
        if any(contrast(colour, ground) >= LEAST_LARGE for colour in paint.colours for ground in grounds):
            return True
    return False


def _points(paint: Paint) -> Iterator[Point]:
    """Some points that something painted covers."""
    left, bottom, right, top = paint.bounds
    steps = (0.5, 0.25, 0.75, 0.1, 0.9)
    grid = [(left + (right - left) * across, bottom + (top - bottom) * up) for up in steps for across in steps]
    ends = [(x, y) for line in paint.region.outlines for x, y in line[:8]] if paint.region.width else []
    yield from (point for point in [*grid, *ends] if paint.covers(*point))


def in_points(area: Rectangle, height: float) -> Bounds:
    """A rectangle in mm from the page's top left, in pt from its bottom left."""
    return area.left * MM, height - area.bottom * MM, area.right * MM, height - area.top * MM


def quoted(address: str) -> str:
    """The address of a picture, shortened: drawings may stand in it as a whole."""
    if address == "svg":
        return "<svg>"
    if address.startswith("data:"):
        return f"“{address[:24]}…”" if len(address) > 24 else f"“{address}”"
    return f"“{address.rpartition('/')[2] or 'of a style'}”"
