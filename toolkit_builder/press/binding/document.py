"""Binding: plates become one document.

Pages in order with their numbers stamped, one structure tree, links led to the pages of their leaves (or made plain
text where the document leaves those out), fields to fill in, bookmarks, page labels, fonts and drawings written once,
metadata, PDF/UA-1. Bytes are put together from ready-made parts; nothing is laid out. Terms after ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit_builder.press.binding.fields import FieldWriter
from toolkit_builder.press.binding.outline import Bookmark, page_labels, write_outline
from toolkit_builder.press.binding.parts import PartWriter
from toolkit_builder.press.binding.template import PlateTemplate, template
from toolkit_builder.press.pdf.metadata import Metadata, packet
from toolkit_builder.press.pdf.writer import PdfWriter, format_number, text_string
from toolkit_builder.press.plates.page_numbers import stamp
from toolkit_builder.press.plates.plate import FontParts, Link, Plate, PlateError


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
    """Binds documents, and keeps the templates of the plates used last (of `memory` plates at most) for the next."""

    def __init__(self, memory: int = 400) -> None:
        self._kept = lru_cache(memory)(lambda key: template(*self._asked[key]))
        self._asked: dict[tuple[str, frozenset[str]], tuple[Plate, str, frozenset[str]]] = {}
        """What a template is made of; beside the cache, since hashing a plate would take longer than binding it."""

    def bind(self, document: Document) -> bytes:
        """The document as PDF. Raises PlateError if two leaves have one anchor."""
        anchors = [leaf.anchor for leaf in document.leaves]
        if len(set(anchors)) != len(anchors):
            raise PlateError("two leaves of a document have one anchor")
        known = frozenset(anchors)
        return _Binding(document, [self._template(leaf, known) for leaf in document.leaves]).write()

    def _template(self, leaf: BoundLeaf, anchors: frozenset[str]) -> PlateTemplate:
        targets = frozenset(link.leaf for page in leaf.plate.pages for link in page.links if link.leaf)
        dead = targets - anchors
        if not leaf.key:
            return template(leaf.plate, leaf.anchor, dead)
        key = (leaf.key, dead)
        self._asked[key] = (leaf.plate, leaf.anchor, dead)
        try:
            return self._kept(key)
        finally:
            del self._asked[key]


class _Binding:
    """One document in the making: the objects of all leaves in turn, then those of the document itself."""

    def __init__(self, document: Document, templates: Sequence[PlateTemplate]) -> None:
        self.document = document
        self.templates = templates
        self.file = PdfWriter()
        self.catalog, self.page_tree, self.structure_tree, self.document_element = (
            self.file.number() for _ in range(4)
        )
        self.parts = PartWriter(self.file, document.fonts)
        self.leaf_pages: list[range] = []
        self.top_elements: list[int] = []
        self.parents: list[tuple[int, int]] = []
        """The parent tree (14.7.4.4): of pages by their order, then of links and fields."""
        self.identifiers: list[tuple[bytes, int]] = []
        self.annotations: list[tuple[int, bytes]] = []
        self.titles = {leaf.anchor: leaf.bookmark for leaf in document.leaves}
        self.fields = FieldWriter(self.file, self.parts)
        self.next_annotation = sum(leaf.pages for leaf in document.leaves)
        """The next key of the parent tree for a link or field; those of pages come before."""

    def write(self) -> bytes:
        numbers = dict(self.document.sequence)
        for leaf, leaf_template in enumerate(self.templates):
            anchor = self.document.leaves[leaf].anchor
            self._write_leaf(leaf_template, anchor, [numbers[leaf, page] for page in range(leaf_template.table.pages)])
        self.parts.write()
        information = self._write_document()
        return self.file.bytes(self.catalog, information, self.document.identifier)

    # -- leaves --------------------------------------------------------------------------------------------------------

    def _write_leaf(self, leaf: PlateTemplate, anchor: str, page_numbers: Sequence[int]) -> None:
        first = self.file.numbers(len(leaf.offsets))
        objects = range(first, first + len(leaf.offsets))
        table = self._number(leaf, objects)
        for index, (page, page_number) in enumerate(zip(leaf.plate.pages, page_numbers, strict=True)):
            self.file.stream(table[leaf.table.content + index], b"/Filter/FlateDecode", page.content)
            if page.is_stamped:
                self.file.stream(table[leaf.table.stamp + index], b"", stamp(page, page_number))
        for index, (page_index, link_index) in enumerate(leaf.links):
            text = self._link(leaf.plate.pages[page_index].links[link_index], self._key(table[leaf.owners[index]]))
            self.annotations.append((table[leaf.table.link + index], text))
        owners = leaf.owners[len(leaf.links) :]
        for index, ((page_index, field_index), owner) in enumerate(zip(leaf.fields, owners, strict=True)):
            field, key = leaf.plate.pages[page_index].fields[field_index], self._key(table[owner])
            self.fields.write(table[leaf.table.field + index], field, anchor, table[leaf.table.PAGE + page_index], key)
        self.file.object_stream(objects, leaf.offsets, leaf.filled(table))

    def _number(self, leaf: PlateTemplate, objects: range) -> list[int]:
        """The table of numbers of a leaf (`Table`), whose own objects are numbered already."""
        number, pages = self.file.number, leaf.table.pages
        first_key = sum(map(len, self.leaf_pages))
        page_objects, parent_entries, elements = objects[:pages], objects[pages : 2 * pages], objects[2 * pages :]
        keys = range(first_key, first_key + pages)
        contents = [number() for _ in page_objects]
        stamps = [number() if page.is_stamped else 0 for page in leaf.plate.pages]
        annotations = [number() for _ in (*leaf.links, *leaf.fields)]
        table = [self.page_tree, self.document_element, *page_objects, *contents, *stamps]
        table += [*keys, *parent_entries, *annotations, *elements]
        table += [self.parts.number(f"font:{name}") for name in leaf.fonts]
        table += [self.parts.number(f"part:{digest}", leaf.plate.parts) for digest in leaf.parts]
        self.leaf_pages.append(page_objects)
        self.parents += zip(keys, parent_entries, strict=True)
        self.top_elements += [table[place] for place in leaf.top_elements]
        self.identifiers += [(name, table[place]) for name, place in leaf.identifiers]
        return table

    def _key(self, element: int) -> int:
        """A key of the parent tree for an annotation of this element."""
        key, self.next_annotation = self.next_annotation, self.next_annotation + 1
        self.parents.append((key, element))
        return key

    def _link(self, link: Link, key: int) -> bytes:
        """A link (12.5.6.5); what it leads to is said in words too, as PDF/UA-1 asks (ISO 14289-1, 7.18.5)."""
        goal = b"/Contents" + text_string(self.titles.get(link.leaf) or link.address)
        if link.leaf:
            goal += b"/Dest(" + link.leaf.encode() + b")"
        else:
            goal += b"/A<</S/URI/URI" + text_string(link.address) + b">>"
        rectangle = b" ".join(format_number(edge) for edge in link.rectangle)
        text = b"<</Type/Annot/Subtype/Link/F 4/Rect[%s]/BS<</W 0>>%s/StructParent %d>>"
        return text % (rectangle, goal, key)

    # -- the document --------------------------------------------------------------------------------------------------

    def _write_document(self) -> int:
        """Write all that is of no leaf; the object of the document information."""
        add, document = self.file.add, self.document
        self._write_pages()
        form = self.fields.form()
        for number, text in self.annotations:
            add(number, text)
        language = b"/Lang" + text_string(document.metadata.languages[0])
        self._write_structure(language)
        bookmarks = [
            Bookmark(leaf.bookmark, leaf.level, pages[0], leaf.plate.pages[0].height)
            for leaf, pages in zip(document.leaves, self.leaf_pages, strict=True)
        ]
        anchors = [leaf.anchor.encode() for leaf in document.leaves]
        destinations = b" ".join(  # sorted, as name trees are (7.9.6)
            b"(%s)%s" % (anchor, bookmark.destination)
            for anchor, bookmark in sorted(zip(anchors, bookmarks, strict=True), key=lambda pair: pair[0])
        )
        outline = write_outline(self.file, bookmarks)
        xmp, information = self.file.number(), self.file.number()
        self.file.stream(xmp, b"/Type/Metadata/Subtype/XML", packet(document.metadata))
        add(information, document.metadata.information())
        layout = b"TwoPageRight" if document.facing else b"SinglePage"
        labels = page_labels([number for _, number in document.sequence])
        add(
            self.catalog,
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>%s/Metadata %d 0 R"
            b"/ViewerPreferences<</DisplayDocTitle true>>/PageLayout/%s/PageLabels<</Nums[%s]>>"
            b"/Names<</Dests<</Names[%s]>>>>/Outlines %d 0 R%s>>"
            % (self.page_tree, self.structure_tree, language, xmp, layout, labels, destinations, outline, form),
        )
        return information

    def _write_pages(self) -> None:
        pages = [
            self._blank(leaf) if page is None else self.leaf_pages[leaf][page]
            for (leaf, page), _ in self.document.sequence
        ]
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        self.file.add(self.page_tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))

    def _blank(self, leaf: int) -> int:
        """A page with nothing on it, of the size of the first page of a leaf."""
        number = self.file.number()
        boxes = self.templates[leaf].plate.pages[0].boxes
        self.file.add(number, b"<</Type/Page/Parent %d 0 R%s/Resources<<>>/Tabs/S>>" % (self.page_tree, boxes))
        return number

    def _write_structure(self, language: bytes) -> None:
        """Write the roots of the structure tree; leaves have written their elements."""
        kids = b" ".join(b"%d 0 R" % number for number in self.top_elements)
        text = b"<</S/Document/P %d 0 R%s/K[%s]>>"
        self.file.add(self.document_element, text % (self.structure_tree, language, kids))
        entries = b" ".join(b"%d %d 0 R" % entry for entry in sorted(self.parents))
        names = b" ".join(b"(%s) %d 0 R" % entry for entry in sorted(self.identifiers))
        identifiers = b"/IDTree<</Names[%s]>>" % names if names else b""
        text = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d%s>>"
        self.file.add(self.structure_tree, text % (self.document_element, entries, len(self.parents), identifiers))
