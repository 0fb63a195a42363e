"""Assembly: pages put together from plates that are typeset apart and shared by many documents.

An imprint is printed over a shell, as printers put a customer's name on what was printed beforehand. Rows are pasted
below one another into the room that a page leaves for them, as rows of a list were before there were computers; narrow
ones side by side.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

import msgspec

from toolkit_builder.press.pdf.content_streams import renumbered
from toolkit_builder.press.pdf.writer import format_number
from toolkit_builder.press.plates.page_numbers import stamp_in_text
from toolkit_builder.press.plates.plate import Element, Field, Link, Plate, PlateError

T = TypeVar("T", Link, Field)

MOST_OVERLAP = 1.1
"""Points that texts may overlap: twice preflight's tolerance of 0.2 mm, since ink is reckoned from ascender to
descender, which letters seldom reach.
"""
TOLERANCE = 0.1
"""Points that rows may be higher than their room: heights are rounded by the engine, and their sum adds that up."""


def imprinted(shell: Plate, imprints: Sequence[Plate]) -> Plate:
    """The shell with imprints over its first page; they are read after it, one after the other.

    Raises PlateError if an imprint has several pages, another size, a page number or a tab.
    """
    below = shell.pages[0]
    page = _Assembled(shell)
    read: list[Element] = []
    for at, imprint in enumerate(imprints):
        over = imprint.pages[0]
        if len(imprint.pages) > 1 or (over.width, over.height) != (below.width, below.height) or over.is_stamped:
            raise PlateError(
                "an imprint is one page of the size of what it is printed on, without a page number or a tab"
            )
        read += page.add(imprint, f"i{at}x")
    page.inserted(read)
    return page.plate()


def collide(plates: Sequence[Plate]) -> bool:
    """Whether texts of one plate stand over those of another, where they are printed over each other."""
    return any(
        _overlap(ink, other) > MOST_OVERLAP
        for first, second in combinations(plates, 2)
        for ink in first.ink
        for other in second.ink
    )


def _overlap(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> float:
    """The shorter side of what both rectangles (`Plate.ink`) cover, in pt; negative if they do not touch."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    return min(across, down)


def fits(shell: Plate, rows: Sequence[Plate]) -> bool:
    """Whether rows, in the shell's size of type, have the room that they need."""
    if shell.row_area is None or shell.fit or any(row.size != shell.size for row in rows):
        return False
    return sum(map(_height, _lines(shell, rows))) <= shell.row_area[2] + TOLERANCE


def places(shell: Plate, rows: Sequence[Plate]) -> Iterator[tuple[float, float]]:
    """Where rows stand: the left and the top of each, in pt from the shell's left and top.

    As many as the room is wide for stand side by side, from where lines begin in the shell's language; the next line
    begins below the highest of them. Raises PlateError if the shell leaves no room for rows.
    """
    if shell.row_area is None:
        raise PlateError("a page without room for rows")
    left, top, _ = shell.row_area
    for line in _lines(shell, rows):
        used = 0.0
        for row in line:
            width = row.breadth
            yield left + (shell.row_width - used - width if shell.rows_from_right else used), top
            used += width
        top += _height(line)


def _lines(shell: Plate, rows: Sequence[Plate]) -> list[list[Plate]]:
    lines: list[list[Plate]] = []
    used = 0.0
    for row in rows:
        width = row.breadth
        if not lines or used + width > shell.row_width + TOLERANCE:
            lines.append([])
            used = 0.0
        lines[-1].append(row)
        used += width
    return lines


def _height(line: Sequence[Plate]) -> float:
    return max(row.extent for row in line)


def pasted(shell: Plate, rows: Sequence[Plate], numbers: Sequence[int]) -> Plate:
    """The shell with rows pasted in at their places, each stamped with its page number (0: none).

    They are read at the end of the shell's last section; lists that follow one another become one. Raises PlateError if
    the shell leaves no room for rows, or has another language.
    """
    page = _Assembled(shell)
    kids: list[int | Element] = []
    each = zip(rows, numbers, places(shell, rows), strict=True)
    for at, (row, number, (left, top)) in enumerate(each):
        down = shell.pages[0].height - top - row.pages[0].height
        for section in page.add(row, f"s{at}x", left, down, number):
            if section.kids and section.language != shell.elements[-1].language:
                raise PlateError("a row in another language than its page")
            for kid in section.kids:
                _append(kids, kid)
    last = shell.elements[-1]
    page.elements[-1] = msgspec.structs.replace(last, kids=[*last.kids, *kids])
    return page.plate()


def _append(kids: list[int | Element], kid: int | Element) -> None:
    """Add an element; a list goes on in the list before it."""
    before = kids[-1] if kids else None
    if isinstance(kid, Element) and isinstance(before, Element) and kid.kind == before.kind == "L":
        before.kids.extend(kid.kids)
    else:
        kids.append(kid)


class _Assembled:
    """A plate in the making, from a shell and what is added to its first page."""

    def __init__(self, shell: Plate) -> None:
        page = shell.pages[0]
        self.shell = shell
        self.elements = list(shell.elements)
        self.content = [zlib.decompress(page.content)]
        self.resources = {kind: dict(named) for kind, named in page.resources.items()}
        self.marks = page.marks
        self.links = list(page.links)
        self.fields = list(page.fields)
        self.parts = dict(shell.parts)
        self.fonts = dict(shell.fonts)
        self.glyphs = {font: dict(glyphs) for font, glyphs in shell.glyphs.items()}

    def add(self, plate: Plate, prefix: str, x: float = 0, y: float = 0, number: int = 0) -> list[Element]:
        """Draw the first page of a plate, moved by `x` to the right and `y` up, in pt; its elements, renumbered.

        `prefix` tells their identifiers, and names of fields, from those of other plates; `number` is stamped in its
        text (0: none). Raises PlateError if it and what is there already call different resources the same.
        """
        page = plate.pages[0]
        elements = [self._element(element, prefix) for element in plate.elements]
        content = renumbered(zlib.decompress(page.content), self.marks)
        marks = page.marks
        if page.number and number:
            content += stamp_in_text(page.number, number, self.marks + marks)
            _innermost(elements[-1]).kids.append(self.marks + marks)
            marks += 1
        if x or y:
            content = b"q\n1 0 0 1 %s %s cm\n%sQ\n" % (format_number(x), format_number(y), content)
        self.content.append(content)
        for kind, named in page.resources.items():
            own = self.resources.setdefault(kind, {})
            for name, body in named.items():  # named by what they are, so that most are there already
                if own.setdefault(name, body) != body:
                    raise PlateError(f"two resources with one name: {kind} {name}")
        self.links += [_moved(link, x, y) for link in page.links]
        for field in page.fields:
            self.fields.append(msgspec.structs.replace(_moved(field, x, y), name=f"{prefix}{field.name}"))
        self.marks += marks
        self.parts |= plate.parts
        self.fonts |= plate.fonts
        for font, glyphs in plate.glyphs.items():
            self.glyphs.setdefault(font, {}).update(glyphs)
        return elements

    def inserted(self, more: Sequence[Element]) -> None:
        """Put elements after those of the first page, so that reading goes on page by page."""
        at = next((at for at, element in enumerate(self.elements) if element.page > 0), len(self.elements))
        self.elements[at:at] = more

    def plate(self) -> Plate:
        page = msgspec.structs.replace(
            self.shell.pages[0],
            content=zlib.compress(b"".join(self.content), 6),
            resources=self.resources,
            marks=self.marks,
            links=self.links,
            fields=self.fields,
        )
        return msgspec.structs.replace(
            self.shell,
            pages=[page, *self.shell.pages[1:]],
            elements=self.elements,
            parts=self.parts,
            glyphs=dict(sorted(self.glyphs.items())),
            fonts=self.fonts,
        )

    def _element(self, element: Element, prefix: str) -> Element:
        """A copy of an element that is added: its marks, links, fields and identifiers come after those there are."""
        return Element(
            element.kind,
            element.page,
            [kid + self.marks if isinstance(kid, int) else self._element(kid, prefix) for kid in element.kids],
            element.language,
            element.alternative,
            [link + len(self.links) for link in element.links],
            element.attributes,
            f"{prefix}{element.id}" if element.id else "",
            [f"{prefix}{header}" for header in element.headers],
            [field + len(self.fields) for field in element.fields],
        )


def _innermost(element: Element) -> Element:
    """The element that a number at the end of a row belongs to: the last one that holds text and is no link."""
    last = element.kids[-1] if element.kids else None
    return _innermost(last) if isinstance(last, Element) and last.kind not in ("Link", "Span") else element


def _moved(annotation: T, x: float, y: float) -> T:
    left, bottom, right, top = annotation.rectangle
    return msgspec.structs.replace(annotation, rectangle=(left + x, bottom + y, right + x, top + y))
