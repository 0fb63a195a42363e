"""A plate's objects as a template: all that does not depend on the document is written once, only numbers are missing.

A hundred packs bind the same plates: for each, filling in a table of numbers is all that is left to do. Terms after
ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit_builder.press.pdf.writer import text_string
from toolkit_builder.press.plates.plate import Element, Plate, resources_body

_NUMBER = b"%7d"
"""Numbers take seven columns, so that it is known beforehand where each object begins in its object stream."""
_REFERENCE = _NUMBER + b" 0 R"


@dataclass(frozen=True)
class Table:
    """Where in a plate's table of numbers each kind of number begins, for `pages` pages, `links` links, `fields` fields
    and `elements` elements. The table begins with the object of the page tree, and that of the document's structure
    element; then come, in this order, the objects of: pages, their contents, what is stamped on them; each
    page's key in the parent tree; the objects of the parent tree's entries, of links, fields, elements, fonts and
    parts.
    """

    pages: int
    links: int
    fields: int
    elements: int = 0

    PAGE_TREE = 0
    DOCUMENT = 1
    PAGE = 2

    @property
    def content(self) -> int:
        return self.PAGE + self.pages

    @property
    def stamp(self) -> int:
        return self.content + self.pages

    @property
    def parent_key(self) -> int:
        return self.stamp + self.pages

    @property
    def parent_entry(self) -> int:
        return self.parent_key + self.pages

    @property
    def link(self) -> int:
        return self.parent_entry + self.pages

    @property
    def field(self) -> int:
        return self.link + self.links

    @property
    def element(self) -> int:
        return self.field + self.fields

    @property
    def font(self) -> int:
        return self.element + self.elements


@dataclass(frozen=True)
class PlateTemplate:
    """A plate's pages, parent tree entries and elements, in this order.

    `text` has a place for each number; `places` says for each of these which number of the table comes there.
    `offsets`: where each object begins in the text once it is filled in. `top_elements`, `identifiers` and `owners`
    are places in the table: of the elements right below the document, of those with an identifier, and of the element
    of each link and then of each field. `links` and `fields`: page and index of each that the document has.
    """

    plate: Plate
    table: Table
    text: bytes
    places: tuple[int, ...]
    offsets: tuple[int, ...]
    top_elements: tuple[int, ...]
    identifiers: tuple[tuple[bytes, int], ...]
    links: tuple[tuple[int, int], ...]
    fields: tuple[tuple[int, int], ...]
    owners: tuple[int, ...]
    fonts: tuple[str, ...]
    parts: tuple[str, ...]

    def filled(self, numbers: Sequence[int]) -> bytes:
        """The objects, with the numbers of this table."""
        return self.text % tuple([numbers[place] for place in self.places])


def template(plate: Plate, anchor: str, dead: frozenset[str]) -> PlateTemplate:
    """The template of a plate. `anchor` tells the identifiers of its elements from those of other leaves; `dead`: the
    leaves that the document leaves out: links to them become plain text.
    """
    return _Writer(plate, anchor, dead).write()


class _Writer:
    def __init__(self, plate: Plate, anchor: str, dead: frozenset[str]) -> None:
        self.plate, self.anchor = plate, anchor
        self.links = tuple(
            (number, index)
            for number, page in enumerate(plate.pages)
            for index, link in enumerate(page.links)
            if not (link.leaf and link.leaf in dead)
        )
        self.fields = tuple((number, at) for number, page in enumerate(plate.pages) for at in range(len(page.fields)))
        self.index_of_link = {link: index for index, link in enumerate(self.links)}
        self.index_of_field = {field: index for index, field in enumerate(self.fields)}
        self.table = Table(len(plate.pages), len(self.links), len(self.fields))
        self.elements: list[tuple[bytes, list[int]]] = []
        self.owners = [0] * (len(self.links) + len(self.fields))
        self.owners_of_marks: list[list[int | None]] = [[None] * page.marks for page in plate.pages]
        self.identifiers: list[tuple[bytes, int]] = []

    def write(self) -> PlateTemplate:
        plate = self.plate
        top_elements = tuple(self._element(element, Table.DOCUMENT) for element in plate.elements)
        table = Table(len(plate.pages), len(self.links), len(self.fields), len(self.elements))
        fonts, parts = tuple(sorted(plate.fonts)), tuple(sorted(plate.parts))
        references = [f"font:{name}" for name in fonts] + [f"part:{digest}" for digest in parts]
        place_of = {reference: table.font + index for index, reference in enumerate(references)}
        objects = [self._page(number, place_of) for number in range(len(plate.pages))]
        objects += [self._parent_entry(owners) for owners in self.owners_of_marks]
        objects += self.elements
        return PlateTemplate(
            plate,
            table,
            b"\n".join(text for text, _ in objects) + b"\n",
            tuple(place for _, places in objects for place in places),
            _offsets(objects),
            top_elements,
            tuple(self.identifiers),
            self.links,
            self.fields,
            tuple(self.owners),
            fonts,
            parts,
        )

    def _page(self, number: int, place_of: Mapping[str, int]) -> tuple[bytes, list[int]]:
        page, table = self.plate.pages[number], self.table
        places = [Table.PAGE_TREE, table.content + number]
        text = b"<</Type/Page/Parent " + _REFERENCE + page.boxes + b"/Contents[" + _REFERENCE
        if page.is_stamped:
            text += b" " + _REFERENCE
            places.append(table.stamp + number)
        resources = resources_body(page.resources)
        text += b"]/Resources " + resources.text.replace(b"%d", _NUMBER) + b"/Tabs/S/StructParents " + _NUMBER
        places += [place_of[reference] for reference in resources.references]
        places.append(table.parent_key + number)
        annotations = [table.link + index for index, (link_page, _) in enumerate(self.links) if link_page == number]
        annotations += [
            table.field + index for index, (field_page, _) in enumerate(self.fields) if field_page == number
        ]
        if annotations:
            text += b"/Annots[" + b" ".join([_REFERENCE] * len(annotations)) + b"]"
            places += annotations
        return text + b">>", places

    def _parent_entry(self, owners: Sequence[int | None]) -> tuple[bytes, list[int]]:
        """Which element each piece of marked content of a page belongs to (14.7.4.4); artifacts belong to none."""
        text = b" ".join(b"null" if owner is None else _REFERENCE for owner in owners)
        return b"[" + text + b"]", [owner for owner in owners if owner is not None]

    def _element(self, element: Element, parent: int) -> int:
        """Write an element and what is in it; its place in the table. `parent` is that of its parent."""
        place = self.table.element + len(self.elements)
        self.elements.append((b"", []))  # an element comes before what is in it
        entries = self._entries(element, place)
        kids: list[bytes] = []
        places = [parent, Table.PAGE + element.page]
        annotations = [self.index_of_link[element.page, index] for index in element.links]
        annotations += [self.table.links + self.index_of_field[element.page, index] for index in element.fields]
        for annotation in annotations:  # fields come right after links in the table
            self.owners[annotation] = place
            kids.append(b"<</Type/OBJR/Obj " + _REFERENCE + b"/Pg " + _REFERENCE + b">>")
            places += [self.table.link + annotation, Table.PAGE + element.page]
        for kid in map(self._alive, element.kids):
            if isinstance(kid, int):
                self.owners_of_marks[element.page][kid] = place
                kids.append(b"%d" % kid)
            else:
                kids.append(_REFERENCE)
                places.append(self._element(kid, place))
        head = b"<</S/" + element.kind.encode() + b"/P " + _REFERENCE + b"/Pg " + _REFERENCE
        text = head + _escaped(entries) + b"/K[" + b" ".join(kids) + b"]>>"
        self.elements[place - self.table.element] = text, places
        return place

    def _entries(self, element: Element, place: int) -> bytes:
        """The entries of an element that refer to no object."""
        text = b""
        if element.language:
            text += b"/Lang" + text_string(element.language)
        if element.alternative:
            text += b"/Alt" + text_string(element.alternative)
        if element.id:
            name = f"{self.anchor}.{element.id}".encode()
            text += b"/ID(" + name + b")"
            self.identifiers.append((name, place))
        headers = b"".join(f"({self.anchor}.{header})".encode() for header in element.headers)
        if element.attributes or headers:
            text += b"/A<<" + element.attributes + (b"/Headers[" + headers + b"]" if headers else b"") + b">>"
        return text

    def _alive(self, kid: int | Element) -> int | Element:
        """A link to a leaf that the document leaves out becomes plain text."""
        if isinstance(kid, int) or not kid.links:
            return kid
        is_alive = any((kid.page, index) in self.index_of_link for index in kid.links)
        return kid if is_alive else Element("Span", kid.page, kid.kids, kid.language)


def _offsets(objects: Sequence[tuple[bytes, list[int]]]) -> tuple[int, ...]:
    offsets, end = [], 0
    for text, places in objects:
        offsets.append(end)
        end += len(text % tuple([0] * len(places))) + 1
    return tuple(offsets)


def _escaped(text: bytes) -> bytes:
    return text.replace(b"%", b"%%")
