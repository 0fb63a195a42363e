"""Binding: plates become one document.

Pages in order with their numbers stamped, one structure tree, links led to the pages of their leaves (or made plain
text where the document leaves those out), bookmarks, page labels, fonts and drawings written once, metadata, PDF/UA-1.
Bytes are put together from ready-made parts; nothing is laid out. Terms after ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from toolkit_builder.press.binding.parts import PartWriter
from toolkit_builder.press.pdf.metadata import Metadata, packet
from toolkit_builder.press.pdf.writer import PdfWriter, format_number, text_string
from toolkit_builder.press.plates.page_numbers import stamp
from toolkit_builder.press.plates.plate import Element, FontParts, Plate, PlateError, resources_body

_REFERENCE = b"%7d 0 R"


@dataclass(frozen=True)
class BoundLeaf:
    """A leaf in a document: its anchor, its bookmark with its level from 1, its plate (`key` tells plates apart; empty
    for one that no other document has).
    """

    anchor: str
    bookmark: str
    level: int
    key: str
    plate: Plate

    @property
    def pages(self) -> int:
        return len(self.plate.pages)


@dataclass(frozen=True)
class Document:
    """What a document is bound from. `sequence`: its pages in order, as index of leaf and place in the leaf (None: a
    blank page), each with its number. `fonts` by their names in pages; `facing`: pages lie open in pairs, the first
    alone on the right; `identifier`: 32 hexadecimal digits, the trailer's /ID.
    """

    leaves: tuple[BoundLeaf, ...]
    sequence: tuple[tuple[tuple[int, int | None], int], ...]
    fonts: Mapping[str, FontParts]
    metadata: Metadata
    identifier: str
    facing: bool


class Binder:
    """Binds documents, and keeps what it has worked out of plates for the next (of `memory` plates at most)."""

    def __init__(self, memory: int = 400) -> None:
        self._compiled = lru_cache(memory)(lambda key: _compile(*self._asked[key]))
        self._asked: dict[tuple[str, frozenset[str]], tuple[Plate, str, frozenset[str]]] = {}

    def bind(self, document: Document) -> bytes:
        """The document as PDF. Raises PlateError if two leaves have one anchor."""
        anchors = [leaf.anchor for leaf in document.leaves]
        if len(set(anchors)) != len(anchors):
            raise PlateError("two leaves of a document have one anchor")
        known = frozenset(anchors)
        return _Binding(document, [self._of(leaf, known) for leaf in document.leaves]).write()

    def _of(self, leaf: BoundLeaf, anchors: frozenset[str]) -> _Compiled:
        targets = frozenset(link.leaf for page in leaf.plate.pages for link in page.links if link.leaf)
        if not leaf.key:
            return _compile(leaf.plate, leaf.anchor, targets - anchors)
        key = (leaf.key, targets - anchors)
        self._asked[key] = (leaf.plate, leaf.anchor, targets - anchors)
        try:
            return self._compiled(key)
        finally:
            del self._asked[key]


# -- a plate, ready to be numbered ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Compiled:
    """A plate's objects as one template, in which only numbers are missing.

    `slots` says for each number which place of the table it comes from: see `_Binding._table`. Numbers are set in
    seven columns, so that `offsets` of the objects are known beforehand.
    """

    plate: Plate
    template: bytes
    slots: tuple[int, ...]
    offsets: tuple[int, ...]
    elements: int
    tops: tuple[int, ...]
    identifiers: tuple[tuple[bytes, int], ...]
    links: tuple[tuple[int, int], ...]
    """Page and index of each link that the document has."""
    owners: tuple[int, ...]
    """The element of each of these links."""
    fonts: tuple[str, ...]
    parts: tuple[str, ...]


_FIXED = 2
"""The table begins with the page tree and the document's element."""


class _Compiler:
    def __init__(self, plate: Plate, anchor: str, dead: frozenset[str]) -> None:
        self.plate, self.anchor, self.dead = plate, anchor, dead
        pages = len(plate.pages)
        self.links = tuple(
            (number, index)
            for number, page in enumerate(plate.pages)
            for index, link in enumerate(page.links)
            if not (link.leaf and link.leaf in dead)
        )
        self.link_places = {place: at for at, place in enumerate(self.links)}
        self.page, self.content, self.stamp, self.parents = (_FIXED + pages * step for step in range(4))
        self.nums = _FIXED + pages * 4
        self.annotation = _FIXED + pages * 5
        self.element = self.annotation + len(self.links)
        self.elements: list[tuple[bytes, list[int]]] = []
        self.owners = [0] * len(self.links)
        self.marks: list[list[int | None]] = [[None] * page.marks for page in plate.pages]
        self.identifiers: list[tuple[bytes, int]] = []

    def compile(self) -> _Compiled:
        tops = tuple(self._element(element, 1) for element in self.plate.elements)
        after = self.element + len(self.elements)
        fonts = tuple(sorted(self.plate.fonts))
        parts = tuple(sorted(self.plate.parts))
        places = {f"font:{name}": after + at for at, name in enumerate(fonts)}
        places |= {f"part:{digest}": after + len(fonts) + at for at, digest in enumerate(parts)}
        objects = [self._page(number, places) for number in range(len(self.plate.pages))]
        objects += [self._nums(number) for number in range(len(self.plate.pages))]
        objects += self.elements
        texts = [text for text, _ in objects]
        slots = tuple(slot for _, each in objects for slot in each)
        offsets, at = [], 0
        for text, each in objects:
            offsets.append(at)
            at += len(text % tuple([0] * len(each))) + 1
        return _Compiled(
            self.plate,
            b"\n".join(texts) + b"\n",
            slots,
            tuple(offsets),
            len(self.elements),
            tops,
            tuple(self.identifiers),
            self.links,
            tuple(self.owners),
            fonts,
            parts,
        )

    def _page(self, number: int, places: Mapping[str, int]) -> tuple[bytes, list[int]]:
        page = self.plate.pages[number]
        slots = [0, self.content + number]
        text = b"<</Type/Page/Parent %7d 0 R" + page.boxes + b"/Contents[%7d 0 R"
        if page.folio:
            text += b" %7d 0 R"
            slots.append(self.stamp + number)
        resources = resources_body(page.resources)
        text += b"]/Resources " + resources.text.replace(b"%d", b"%7d") + b"/Tabs/S/StructParents %7d"
        slots += [places[slot] for slot in resources.slots]
        slots.append(self.parents + number)
        annotations = [self.annotation + at for at, place in enumerate(self.links) if place[0] == number]
        if annotations:
            text += b"/Annots[" + b" ".join([_REFERENCE] * len(annotations)) + b"]"
            slots += annotations
        return text + b">>", slots

    def _nums(self, number: int) -> tuple[bytes, list[int]]:
        owners = self.marks[number]
        text = b" ".join(b"null" if owner is None else _REFERENCE for owner in owners)
        return b"[" + text + b"]", [owner for owner in owners if owner is not None]

    def _element(self, element: Element, parent: int) -> int:
        """Number an element and what is in it; its place in the table."""
        place = self.element + len(self.elements)
        self.elements.append((b"", []))
        page = element.page
        text = b"<</S/%s/P %%7d 0 R/Pg %%7d 0 R" % element.kind.encode()
        slots = [parent, self.page + page]
        if element.language:
            text += b"/Lang" + _escaped(text_string(element.language))
        if element.alternative:
            text += b"/Alt" + _escaped(text_string(element.alternative))
        if element.id:
            name = f"{self.anchor}.{element.id}".encode()
            text += b"/ID(" + name + b")"
            self.identifiers.append((name, place))
        headers = b"".join(f"({self.anchor}.{header})".encode() for header in element.headers)
        if element.attributes or headers:
            text += b"/A<<" + _escaped(element.attributes)
            text += (b"/Headers[" + headers + b"]" if headers else b"") + b">>"
        kids = []
        for index in element.links:
            at = self.link_places[page, index]
            self.owners[at] = place
            kids.append(b"<</Type/OBJR/Obj %7d 0 R/Pg %7d 0 R>>")
            slots += [self.annotation + at, self.page + page]
        for kid in self._alive(element.kids):
            if isinstance(kid, int):
                self.marks[page][kid] = place
                kids.append(b"%d" % kid)
            else:
                kids.append(_REFERENCE)
                slots.append(self._element(kid, place))
        self.elements[place - self.element] = (text + b"/K[" + b" ".join(kids) + b"]>>", slots)
        return place

    def _alive(self, kids: Sequence[int | Element]) -> list[int | Element]:
        """Links to leaves that the document leaves out become plain text."""
        alive: list[int | Element] = []
        for kid in kids:
            if isinstance(kid, Element) and kid.links and self._is_dead(kid):
                alive.append(Element("Span", kid.page, kid.kids, kid.language))
            else:
                alive.append(kid)
        return alive

    def _is_dead(self, link: Element) -> bool:
        return not any((link.page, at) in self.link_places for at in link.links)


def _compile(plate: Plate, anchor: str, dead: frozenset[str]) -> _Compiled:
    return _Compiler(plate, anchor, dead).compile()


def _escaped(text: bytes) -> bytes:
    return text.replace(b"%", b"%%")


# -- a document -------------------------------------------------------------------------------------------------------


class _Binding:
    """One document in the making: all objects numbered, then written."""

    def __init__(self, document: Document, compiled: Sequence[_Compiled]) -> None:
        self.document = document
        self.compiled = compiled
        self.file = PdfWriter()
        self.catalog, self.pages, self.tree, self.root_element = (self.file.number() for _ in range(4))
        self.parts = PartWriter(self.file, document.fonts)
        self.tables: list[list[int]] = []
        self.page_numbers: list[int] = []
        self.leaf_pages: list[range] = []
        self.elements: list[int] = []
        self.parents: list[tuple[int, int]] = []
        self.identifiers: list[tuple[bytes, int]] = []
        self.annotations: list[tuple[int, bytes]] = []

    def write(self) -> bytes:
        numbers = dict(self.document.sequence)
        parents = count(sum(len(leaf.plate.pages) for leaf in self.compiled))
        first_pages: dict[str, int] = {}
        titles = {leaf.anchor: leaf.bookmark for leaf in self.document.leaves}
        for at_leaf, (leaf, compiled) in enumerate(zip(self.document.leaves, self.compiled, strict=True)):
            table, base = self._table(compiled)
            pages = compiled.plate.pages
            first_pages[leaf.anchor] = base
            for number, page in enumerate(pages):
                self.file.stream(table[_FIXED + len(pages) + number], b"/Filter/FlateDecode", page.content)
                if page.folio:
                    folio = stamp(page.folio, numbers[at_leaf, number], page.width)
                    self.file.stream(table[_FIXED + 2 * len(pages) + number], b"", folio)
            for at, (page_index, link_index) in enumerate(compiled.links):
                link = pages[page_index].links[link_index]
                parent = next(parents)
                owner = table[compiled.owners[at]]
                self.parents.append((parent, owner))
                rectangle = b" ".join(format_number(edge) for edge in link.rectangle)
                goal = b"/Contents" + text_string(titles.get(link.leaf) or link.address)
                if link.leaf:
                    goal += b"/Dest(" + link.leaf.encode() + b")"
                else:
                    goal += b"/A<</S/URI/URI" + text_string(link.address) + b">>"
                start = _FIXED + 5 * len(pages)
                text = b"<</Type/Annot/Subtype/Link/F 4/Rect[%s]/BS<</W 0>>%s/StructParent %d>>"
                self.annotations.append((table[start + at], text % (rectangle, goal, parent)))
            objects = range(base, base + len(compiled.offsets))
            body = compiled.template % tuple([table[slot] for slot in compiled.slots])
            self.file.object_stream(objects, compiled.offsets, body)
        self.parts.write()
        self._write_document(first_pages)
        return self.file.bytes(self.catalog, self.info, self.document.identifier)

    def _table(self, compiled: _Compiled) -> tuple[list[int], int]:
        """The numbers of all that a plate refers to, in the order that its slots know; the first of its own objects."""
        count_pages = len(compiled.plate.pages)
        number = self.file.number
        base = self.file.numbers(len(compiled.offsets))
        first_page = len(self.page_numbers)
        pages = range(base, base + count_pages)
        nums = range(base + count_pages, base + 2 * count_pages)
        elements = range(base + 2 * count_pages, base + len(compiled.offsets))
        contents = [number() for _ in pages]
        stamps = [number() if page.folio else 0 for page in compiled.plate.pages]
        annotations = [number() for _ in compiled.links]
        table = [self.pages, self.root_element, *pages, *contents, *stamps]
        table += [*range(first_page, first_page + count_pages), *nums, *annotations, *elements]
        table += [self.parts.number(f"font:{name}") for name in compiled.fonts]
        table += [self.parts.number(f"part:{digest}", compiled.plate.parts) for digest in compiled.parts]
        self.page_numbers += pages
        self.leaf_pages.append(pages)
        self.parents += zip(range(first_page, first_page + count_pages), nums, strict=True)
        self.elements += [table[top] for top in compiled.tops]
        self.identifiers += [(name, table[place]) for name, place in compiled.identifiers]
        return table, base

    def _write_document(self, first_pages: Mapping[str, int]) -> None:
        add, document = self.file.add, self.document
        pages = [self._blank(at) if page is None else self.leaf_pages[at][page] for (at, page), _ in document.sequence]
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        add(self.pages, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
        for number, text in self.annotations:
            add(number, text)
        kids = b" ".join(b"%d 0 R" % number for number in self.elements)
        language = b"/Lang" + text_string(document.metadata.languages[0])
        add(self.root_element, b"<</S/Document/P %d 0 R%s/K[%s]>>" % (self.tree, language, kids))
        nums = b" ".join(b"%d %d 0 R" % entry for entry in sorted(self.parents))
        names = b" ".join(b"(%s) %d 0 R" % entry for entry in sorted(self.identifiers))
        tree = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d%s>>"
        identifiers = b"/IDTree<</Names[%s]>>" % names if names else b""
        add(self.tree, tree % (self.root_element, nums, len(self.parents), identifiers))
        heights = {leaf.anchor: leaf.plate.pages[0].height for leaf in document.leaves}
        destinations = b" ".join(
            b"(%s)[%d 0 R/XYZ 0 %s 0]" % (anchor.encode(), number, format_number(heights[anchor]))
            for anchor, number in sorted(first_pages.items())
        )
        outlines = self._outlines(first_pages, heights)
        xmp = self.file.number()
        self.file.stream(xmp, b"/Type/Metadata/Subtype/XML", packet(document.metadata))
        self.info = self.file.number()
        add(self.info, document.metadata.information())
        layout = b"TwoPageRight" if document.facing else b"SinglePage"
        add(
            self.catalog,
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>%s/Metadata %d 0 R"
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageLayout/%s/PageLabels<</Nums[%s]>>"
            b"/Names<</Dests<</Names[%s]>>>>/Outlines %d 0 R>>"
            % (self.pages, self.tree, language, xmp, layout, self._labels(), destinations, outlines),
        )

    def _blank(self, at: int) -> int:
        """A page with nothing on it, of the size of the first page of a leaf."""
        number = self.file.number()
        boxes = self.compiled[at].plate.pages[0].boxes
        self.file.add(number, b"<</Type/Page/Parent %d 0 R%s/Resources<<>>/Tabs/S>>" % (self.pages, boxes))
        return number

    def _labels(self) -> bytes:
        """Page labels (12.4.2): a range wherever numbers begin anew."""
        starts = [place for place, (_, number) in enumerate(self.document.sequence) if number == 1]
        return b" ".join(b"%d<</S/D>>" % place for place in starts)

    def _outlines(self, first_pages: Mapping[str, int], heights: Mapping[str, float]) -> int:
        """Write the bookmarks (12.3.3), all of them open."""
        root = self.file.number()
        numbers = [self.file.number() for _ in self.document.leaves]
        levels = [leaf.level for leaf in self.document.leaves]
        children: dict[int, list[int]] = {root: []}
        path = [(0, root)]
        parents = []
        for number, level in zip(numbers, levels, strict=True):
            while path[-1][0] >= level:
                path.pop()
            parents.append(path[-1][1])
            children[path[-1][1]].append(number)
            children[number] = []
            path.append((level, number))

        def below(number: int) -> int:
            return sum(1 + below(child) for child in children[number])

        def family(number: int) -> bytes:
            kids = children[number]
            return b"/First %d 0 R/Last %d 0 R/Count %d" % (kids[0], kids[-1], below(number)) if kids else b""

        for number, parent, leaf in zip(numbers, parents, self.document.leaves, strict=True):
            siblings = children[parent]
            at = siblings.index(number)
            near = b"/Prev %d 0 R" % siblings[at - 1] if at else b""
            near += b"/Next %d 0 R" % siblings[at + 1] if at + 1 < len(siblings) else b""
            goal = b"/Dest[%d 0 R/XYZ 0 %s 0]" % (first_pages[leaf.anchor], format_number(heights[leaf.anchor]))
            title = b"/Title" + text_string(leaf.bookmark)
            self.file.add(number, b"<<" + title + b"/Parent %d 0 R" % parent + near + family(number) + goal + b">>")
        self.file.add(root, b"<</Type/Outlines" + family(root) + b">>")
        return root
