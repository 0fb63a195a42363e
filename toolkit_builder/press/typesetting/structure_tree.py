"""From the engine's structure tree (ISO 32000-1, 14.7) to the elements of plates, slimmed and with their languages.

Of the engine's elements about half mean nothing to a reader. What is left is less to bind, and less to read out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import pikepdf
from pikepdf import Array, Dictionary

from toolkit_builder.press.plates.draft import FIELD_SCHEME, LEAF_SCHEME, Mark
from toolkit_builder.press.plates.plate import Element, Field, Link, PlateError
from toolkit_builder.press.typesetting.list_items import give_bodies
from toolkit_builder.press.typesetting.pdf_objects import BodyWriter, PartCollector

_TRANSPARENT = ("NonStruct", "Span")
"""Elements that are dissolved into what is around them."""
_INLINE = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Link", "Caption", "Span")
"""Elements that hold text themselves; grouping elements keep it in a Span."""
_KEEPS_EMPTY = ("TD", "TH")
"""Elements that count though nothing is in them: a table's row has as many cells as the others."""
_WITH_LANGUAGE = ("Sect", "Art")
"""Elements that say their language even if it is that of what is around them."""
_KEYS = {"/Type", "/S", "/K", "/P", "/Pg", "/A", "/Alt", "/ID"}


def elements_by_page(pdf: pikepdf.Pdf) -> dict[int, list[Any]]:
    """The elements right below the document, by page number from 0."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    [document] = pdf.Root.StructTreeRoot.K
    tops: dict[int, list[Any]] = {}
    for element in document.K:
        tops.setdefault(numbers[element.Pg.objgen], []).append(element)
    return tops


class PageStructure:
    """The structure of one page of a plate.

    `marks`: its marked content; `place`: which page of the plate it is, from 0; `identifiers`: those of the plate's
    elements so far, by what the engine calls them (which depends on the document, and so on other leaves); `fields`:
    those that were lifted out of the page, in the order of their numbers.
    """

    def __init__(
        self, page: Any, marks: dict[int, Mark], place: int, identifiers: dict[str, str], fields: Sequence[Field] = ()
    ) -> None:
        self.marks = marks
        self.place = place
        self.identifiers = identifiers
        self.links: list[Link] = []
        self.fields: list[Field] = []
        self.tagged: set[int] = set()
        """The marked content that an element has; what else there is, such as running heads, is an artifact."""
        self._annotations = {note.objgen: _annotation(note, fields) for note in page.get("/Annots", ())}

    def elements(self, tops: Iterable[Any]) -> list[Element]:
        """The elements of the page, from those right below the document; fills in `links`, `fields` and
        `tagged`.

        Raises PlateError for what is not understood, and if a link or field is on the page and not in the tree.
        """
        root = Element("Document", self.place)
        kids = [kid for top in tops for kid in self._kids_of(top, "Document", root)]
        elements = [self._in_element(kid) for kid in kids]
        for element in elements:
            self._say_language(element, "")
        known = len(self.links) + len(self.fields)
        if known != len(self._annotations):
            raise PlateError(f"{len(self._annotations)} links and fields on the page, {known} in its structure tree")
        return elements

    def _in_element(self, kid: int | Element) -> Element:
        """Text cannot hang in a grouping element by itself (14.8.4.2)."""
        return kid if isinstance(kid, Element) else Element("Span", self.place, [kid])

    def _kids_of(self, item: Any, parent: str, above: Element) -> list[int | Element]:
        """What an element becomes within its parent: itself, or its kids if it is dissolved; then what is `above` has
        its links, such as those of emphasised words in a link, each of which the engine gives one.
        """
        kind = str(item.S)[1:]
        if unknown := set(item.keys()) - _KEYS:
            raise PlateError(f"a structure element with {', '.join(sorted(unknown))}")
        element = Element(kind, self.place, alternative=str(item.get("/Alt", "")))
        self._add_kids(element, item, parent if kind in _TRANSPARENT else kind)
        if not element.kids and not element.links and kind not in _KEEPS_EMPTY:
            return []
        if kind == "L":
            give_bodies(element)
        if kind == "TR":
            _give_scopes(element)
        self._attributes(element, item)
        if kind == "Link":
            if parent == "Link":
                raise PlateError("a link within a link")
            if not element.links:  # leads nowhere, as `a` without an address does
                return element.kids if parent in _INLINE else [Element("Span", self.place, element.kids)]
        kept = self._dissolved(element, parent)
        if not any(kid is element for kid in kept):
            above.links += element.links
        return kept

    def _add_kids(self, element: Element, item: Any, inside: str) -> None:
        """What is in an element; a field comes last, after the words that ask for it, in an element of its own
        (ISO 14289-1, 7.18.4).
        """
        forms: list[int | Element] = []
        for kid in item.get("/K", Array()):
            if isinstance(kid, int):
                if not self.marks[kid].is_artifact:
                    self.tagged.add(kid)
                    element.kids.append(kid)
            elif kid.get("/Type") == "/OBJR":
                annotation = self._annotations[kid.Obj.objgen]
                if isinstance(annotation, Field):
                    forms.append(Element("Form", self.place, fields=[len(self.fields)]))
                    self.fields.append(annotation)
                else:
                    element.links.append(len(self.links))
                    self.links.append(annotation)
            else:
                element.kids += self._kids_of(kid, inside, element)
        element.kids += forms

    def _dissolved(self, element: Element, parent: str) -> list[int | Element]:
        if element.kind == "Div":
            inline = any(isinstance(kid, int) or kid.kind in ("Span", "Link", "Form") for kid in element.kids)
            return [element] if inline or parent in _INLINE else element.kids
        if element.kind not in _TRANSPARENT:
            return [element]
        return element.kids if parent in _INLINE else [self._in_element(kid) for kid in element.kids]

    def _attributes(self, element: Element, item: Dictionary) -> None:
        if "/ID" in item:
            element.id = self._identifier(item.ID)
        attributes = item.get("/A", Dictionary())
        body = BodyWriter(PartCollector())
        for key, value in sorted(attributes.items()):
            if key == "/Headers":
                element.headers = [self._identifier(header) for header in value]
            else:
                body.text(key.encode() + b" ")
                body.value(value)
        if body.references:
            raise PlateError("an attribute of a structure element that refers to an object")
        element.attributes = b"".join(body.pieces).replace(b"%%", b"%")

    def _identifier(self, given: Any) -> str:
        return self.identifiers.setdefault(str(given), f"h{len(self.identifiers)}")

    def _say_language(self, element: Element, inherited: str) -> None:
        """Put the language on each element that differs from its parent; sections and articles always say theirs."""
        languages = list(dict.fromkeys(self._languages(element)))
        here = languages[0] if len(languages) == 1 or (languages and not inherited) else inherited
        if here != inherited or element.kind in _WITH_LANGUAGE:
            element.language = here
        kids: list[int | Element] = []
        for kid in element.kids:
            if isinstance(kid, int) and self.marks[kid].language != here:
                kid = Element("Span", self.place, [kid])
            if isinstance(kid, Element):
                self._say_language(kid, here)
            kids.append(kid)
        element.kids = kids

    def _languages(self, element: Element) -> Iterator[str]:
        for kid in element.kids:
            if isinstance(kid, int):
                yield self.marks[kid].language
            else:
                yield from self._languages(kid)


def _give_scopes(row: Element) -> None:
    """Say of the heads in a row whether they are heads of it or of columns (14.8.5.7): a head of its row is one that
    other cells of the row name. The engine knows (`scope`), and does not say it.
    """
    cells = [kid for kid in row.kids if isinstance(kid, Element)]
    named = {name for cell in cells for name in cell.headers}
    for cell in cells:
        if cell.kind == "TH" and b"/Scope" not in cell.attributes:
            cell.attributes += b"/Scope/Row" if cell.id in named else b"/Scope/Column"


def _annotation(note: Any, fields: Sequence[Field]) -> Link | Field:
    if note.get("/Subtype") != "/Link" or note.get("/A", {}).get("/S") != "/URI":
        raise PlateError("an annotation that is not a link")
    left, bottom, right, top = (float(edge) for edge in note.Rect)
    rectangle = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    address = str(note.A.URI)
    if address.startswith(FIELD_SCHEME):
        return msgspec.structs.replace(fields[int(address.removeprefix(FIELD_SCHEME))], rectangle=rectangle)
    if address.startswith(LEAF_SCHEME):
        return Link(rectangle, leaf=address.removeprefix(LEAF_SCHEME))
    return Link(rectangle, address=address)
