"""From the pages that the engine has written to plates.

Reads the PDF's pages, structure tree and resources, and takes them apart by leaf. Whatever is not understood (an
operator, a resource, an annotation, an attribute) raises PlateError: a guess would be printed. Terms after
ISO 32000-1.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from toolkit_builder.press.pdf.content_streams import FONT, MARKED, NAME, NAMED, RESOURCE_OF, SHOWN, names_resource
from toolkit_builder.press.plates.plate import Body, Element, FontParts, Link, Page, Plate, PlateError, resources_body
from toolkit_builder.press.typesetting.draft import LEAF_SCHEME, Draft, Mark
from toolkit_builder.press.typesetting.geometry import PageGeometry, Rectangle

_TRANSPARENT = ("NonStruct", "Span")
_INLINE = ("P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Link", "Caption", "Span")
"""Elements that hold text themselves; grouping elements keep it in a Span."""
_KEEPS_EMPTY = ("TD", "TH")
POINTS_PER_MM = 72 / 25.4


def make_plates(draft: Draft, geometry: Sequence[PageGeometry], sizes: dict[str, float]) -> list[Plate]:
    """The plates of the leaves in these pages. `geometry` is that of each page, and names its leaf.

    Raises PlateError for what is not understood.
    """
    with pikepdf.open(io.BytesIO(draft.data)) as pdf:
        if unknown := set(pdf.Root.keys()) & {"/AcroForm", "/OpenAction", "/AA"}:
            raise PlateError(f"the document has {', '.join(sorted(unknown))}")
        tops = _elements_by_page(pdf)
        numbers: dict[str, list[int]] = {}
        for number, page in enumerate(geometry):
            numbers.setdefault(page.leaf, []).append(number)
        plates = [_plate(pdf, draft, name, own, tops, sizes[name]) for name, own in numbers.items()]
    for plate in plates:
        _place(plate, geometry[numbers[plate.key][0]])
    return plates


def _in_points(ink: Rectangle) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(edge * POINTS_PER_MM, 1) for edge in (ink.left, ink.top, ink.right, ink.bottom))
    return left, top, right, bottom


def _place(plate: Plate, first: PageGeometry) -> None:
    """Say how far down a leaf goes, and where rows are pasted in."""
    plate.extent = first.extent * POINTS_PER_MM
    if plate.pages[0].folio is None:
        plate.ink = [_in_points(run.ink) for run in first.texts]
    if first.row_area:
        left, top, bottom = first.row_area.left, first.row_area.top, first.row_area.bottom
        plate.row_width = (first.row_area.right - left) * POINTS_PER_MM
        plate.row_area = (left * POINTS_PER_MM, top * POINTS_PER_MM, (bottom - top) * POINTS_PER_MM)


def font_parts(data: bytes) -> FontParts:
    """The font of a PDF that the engine made with one font alone."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = _Parts()
        slot = parts.add(pdf.Root.Font)
        return FontParts(slot.partition(":")[2], parts.bodies)


def _plate(
    pdf: pikepdf.Pdf,
    draft: Draft,
    name: str,
    numbers: list[int],
    tops: dict[int, list[Any]],
    size: float,
) -> Plate:
    parts = _Parts()
    glyphs: dict[str, dict[int, tuple[str, float]]] = {}
    pages, elements = [], []
    identifiers: dict[str, str] = {}
    for place, number in enumerate(numbers):
        page = pdf.pages[number].obj
        marks = draft.marks[number]
        tree = _Tree(page, marks, place, identifiers)
        tree_elements = tree.elements(tops.get(number, []))
        elements += tree_elements
        content = _without_orphans(page.Contents.read_bytes(), tree.tagged)
        folio = draft.folios[number]
        stamped = (folio, draft.numbers[number])
        content, resources = _tidied(
            content, page.get("/Resources", Dictionary()), parts, [one.font for one in stamped if one]
        )
        for font, used in _glyphs(content).items():
            if font not in draft.faces:
                raise PlateError(f"a font {font} that no face is known for")
            beyond = used - draft.repertoires[font]
            glyphs.setdefault(font, {}).update({glyph: draft.glyphs[font][glyph] for glyph in sorted(beyond)})
        box = [float(edge) for edge in page.MediaBox]
        trim = [float(edge) for edge in page.TrimBox]
        pages.append(
            Page(
                trim[2] - trim[0],
                trim[3] - trim[1],
                _boxes(page),
                zlib.compress(b"q\n" + content + b"\nQ\n", 9),
                resources,
                max(marks, default=-1) + 1,
                tree.links,
                folio,
                draft.numbers[number],
            )
        )
        if box[0] > trim[0] or box[1] > trim[1]:
            raise PlateError("a page that is smaller than its trim")
    fonts = {font: draft.faces[font].key for font in sorted(parts.fonts)}
    glyphs = {font: extra for font, extra in sorted(glyphs.items()) if extra}
    return Plate(name, size, pages, elements, dict(sorted(parts.bodies.items())), glyphs, fonts)


def _boxes(page: Any) -> bytes:
    return b"".join(
        b"/%s[%s]" % (name, b" ".join(_number(edge) for edge in page[f"/{name.decode()}"]))
        for name in (b"MediaBox", b"BleedBox", b"TrimBox")
    )


def _number(value: Any) -> bytes:
    return f"{float(value):.4f}".rstrip("0").rstrip(".").encode() or b"0"


# -- content streams --------------------------------------------------------------------------------------------------


def _without_orphans(content: bytes, tagged: set[int]) -> bytes:
    """Marked content that no element of the tree has, such as running heads, made artifacts."""

    def mark(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found[2]) in tagged else b"/Artifact\nBMC"

    return MARKED.sub(mark, content)


def _tidied(
    content: bytes, resources: Any, parts: _Parts, more_fonts: Iterable[str] = ()
) -> tuple[bytes, dict[str, dict[str, Body]]]:
    """A content stream whose resources are named in the order of their use, and only those (and `more_fonts`)."""
    names: dict[tuple[str, bytes], bytes] = {}

    def renamed(found: re.Match[bytes]) -> bytes:
        if not names_resource(found):
            return found[0]
        category = RESOURCE_OF[found[2]]
        new = names.setdefault((category, found[1]), b"%s%d" % (category[0].encode(), len(names)))
        return b"/%s %s" % (new, found[2])

    _understood(content)
    tidy = NAMED.sub(renamed, content)
    groups: dict[str, dict[str, Body]] = {}
    for (category, old), new in sorted(names.items(), key=lambda item: item[0][0]):
        try:
            value = resources[f"/{category}"][f"/{old.decode()}"]
        except KeyError:
            raise PlateError(f"a resource that is not there: {category} {old.decode()}") from None
        writer = _Writer(parts)
        writer.value(value)
        groups.setdefault(category, {})[new.decode()] = writer.body()
    fonts = sorted({*(font.decode() for font in FONT.findall(content)), *more_fonts})
    if fonts:
        groups["Font"] = {font: Body(b"%d 0 R", (f"font:{font}",)) for font in fonts}
        parts.fonts.update(fonts)
    return tidy, groups


def _understood(content: bytes) -> None:
    """Raises PlateError if a name is used otherwise than is known here."""
    for line in NAME.findall(MARKED.sub(b"", content)):
        if not (NAMED.fullmatch(line) or FONT.fullmatch(line) or line == b"/Artifact"):
            raise PlateError(f"an operator that is not known: {line[:60]!r}")


def _glyphs(content: bytes) -> dict[str, set[int]]:
    """The glyphs that are shown in each font."""
    shown: dict[str, set[int]] = {}
    font = ""
    for name, text in SHOWN.findall(content):
        if name:
            font = name.decode()
        else:
            codes = b"".join(re.findall(rb"<([0-9a-f]*)>", text))
            shown.setdefault(font, set()).update(int(codes[at : at + 4], 16) for at in range(0, len(codes), 4))
    return shown


# -- resources --------------------------------------------------------------------------------------------------------


class _Parts:
    """The objects that pages draw with, each under the hash of its content."""

    def __init__(self) -> None:
        self.bodies: dict[str, Body] = {}
        self.fonts: set[str] = set()
        self._known: dict[tuple[int, int], str] = {}

    def add(self, item: Any) -> str:
        """The slot of an indirect object."""
        if item.objgen not in self._known:
            body = self._body(item)
            digest = body.digest()
            self.bodies[digest] = body
            self._known[item.objgen] = f"part:{digest}"
        return self._known[item.objgen]

    def _body(self, item: Any) -> Body:
        if not isinstance(item, Stream):
            writer = _Writer(self)
            writer.value(item, is_top=True)
            return writer.body()
        writer = _Writer(self)
        writer.text(b"<<")
        kind = (str(item.get("/Type", "")), str(item.get("/Subtype", "")))
        holds_content = kind == ("/XObject", "/Form") or kind[0] == "/Pattern"
        data = item.read_raw_bytes()
        if holds_content:
            data, resources = _tidied(item.read_bytes(), item.get("/Resources", Dictionary()), self)
            writer.text(b"/Resources ")
            writer.append(resources_body(resources))
        if holds_content or "/Filter" not in item:
            data = zlib.compress(data, 9)
            writer.text(b"/Filter/FlateDecode")
        for key, value in sorted(item.items()):
            left_out = ("/Length", "/Resources", "/Filter", "/DecodeParms") if holds_content else ("/Length",)
            if key not in left_out:
                writer.text(key.encode() + b" ")
                writer.value(value)
        writer.text(b"/Length %d>>" % len(data))
        return writer.body(data)


class _Writer:
    """Writes an object as bytes, with a `%d` for each reference."""

    def __init__(self, parts: _Parts) -> None:
        self.parts = parts
        self.pieces: list[bytes] = []
        self.slots: list[str] = []

    def text(self, text: bytes) -> None:
        self.pieces.append(text.replace(b"%", b"%%"))

    def reference(self, slot: str) -> None:
        self.pieces.append(b"%d 0 R")
        self.slots.append(slot)

    def append(self, body: Body) -> None:
        self.pieces.append(body.text)
        self.slots += body.slots

    def value(self, item: Any, *, is_top: bool = False) -> None:
        if isinstance(item, Stream) or (isinstance(item, Dictionary | Array) and item.is_indirect and not is_top):
            self.reference(self.parts.add(item))
        elif isinstance(item, Dictionary):
            self.text(b"<<")
            for key, value in sorted(item.items()):
                self.text(key.encode() + b" ")
                self.value(value)
            self.text(b">>")
        elif isinstance(item, Array):
            self.text(b"[")
            for value in item:
                self.text(b" ")
                self.value(value)
            self.text(b"]")
        elif isinstance(item, bool):
            self.text(b"true" if item else b"false")
        elif isinstance(item, Name | pikepdf.String | pikepdf.Object):
            self.text(item.unparse())
        else:
            self.text(str(item).encode())

    def body(self, stream: bytes | None = None) -> Body:
        return Body(b"".join(self.pieces), tuple(self.slots), stream)


# -- the structure tree -----------------------------------------------------------------------------------------------


def _elements_by_page(pdf: pikepdf.Pdf) -> dict[int, list[Any]]:
    """The elements right below the document, by page number from 0."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    [document] = pdf.Root.StructTreeRoot.K
    tops: dict[int, list[Any]] = {}
    for element in document.K:
        tops.setdefault(numbers[element.Pg.objgen], []).append(element)
    return tops


class _Tree:
    """The structure of one page, slimmed: what means nothing to a reader is dissolved into what is around it."""

    def __init__(self, page: Any, marks: dict[int, Mark], place: int, identifiers: dict[str, str]) -> None:
        self.marks = marks
        self.place = place
        self.identifiers = identifiers
        self.links: list[Link] = []
        self.tagged: set[int] = set()
        self._annotations = {note.objgen: _link(note) for note in page.get("/Annots", ())}

    def elements(self, tops: Iterable[Any]) -> list[Element]:
        found = [kid for top in tops for kid in self._kids_of(top, "Document")]
        elements = [kid if isinstance(kid, Element) else Element("Span", self.place, [kid]) for kid in found]
        for element in elements:
            self._say_language(element, "")
        if len(self.links) != len(self._annotations):
            raise PlateError(f"{len(self._annotations)} links on the page, {len(self.links)} in its structure tree")
        return elements

    def _kids_of(self, item: Any, parent: str) -> list[int | Element]:
        """What an element becomes within its parent: itself, or its kids if it is dissolved."""
        kind = str(item.S)[1:]
        if unknown := set(item.keys()) - {"/Type", "/S", "/K", "/P", "/Pg", "/A", "/Alt", "/ID"}:
            raise PlateError(f"a structure element with {', '.join(sorted(unknown))}")
        element = Element(kind, self.place, alternative=str(item.get("/Alt", "")))
        inside = parent if kind in _TRANSPARENT else kind
        for kid in item.get("/K", Array()):
            if isinstance(kid, int):
                self._add_mark(element, kid)
            elif kid.get("/Type") == "/OBJR":
                element.links.append(len(self.links))
                self.links.append(self._annotations[kid.Obj.objgen])
            else:
                element.kids += self._kids_of(kid, inside)
        if not element.kids and not element.links and kind not in _KEEPS_EMPTY:
            return []
        self._attributes(element, item)
        if kind == "Link":
            if parent == "Link":
                raise PlateError("a link within a link")
            if not element.links:
                return element.kids if parent in _INLINE else [Element("Span", self.place, element.kids)]
        return self._dissolved(element, parent)

    def _dissolved(self, element: Element, parent: str) -> list[int | Element]:
        if element.kind == "Div":
            inline = any(isinstance(kid, int) or kid.kind in ("Span", "Link") for kid in element.kids)
            return [element] if inline or parent in _INLINE else element.kids
        if element.kind not in _TRANSPARENT:
            return [element]
        if parent in _INLINE:
            return element.kids
        # Text cannot hang in a grouping element by itself.
        return [kid if isinstance(kid, Element) else Element("Span", self.place, [kid]) for kid in element.kids]

    def _add_mark(self, element: Element, number: int) -> None:
        if not self.marks[number].is_artifact:
            self.tagged.add(number)
            element.kids.append(number)

    def _attributes(self, element: Element, item: Dictionary) -> None:
        if "/ID" in item:
            given = str(item.ID)
            element.id = self.identifiers.setdefault(given, f"h{len(self.identifiers)}")
        attributes = item.get("/A", Dictionary())
        body = _Writer(_Parts())
        for key, value in sorted(attributes.items()):
            if key == "/Headers":
                element.headers = [
                    self.identifiers.setdefault(str(header), f"h{len(self.identifiers)}") for header in value
                ]
            else:
                body.text(key.encode() + b" ")
                body.value(value)
        if element.kind == "TH" and "/Scope" not in attributes:
            body.text(b"/Scope/Column")
        if body.slots:
            raise PlateError("an attribute of a structure element that refers to an object")
        element.attributes = b"".join(body.pieces).replace(b"%%", b"%")

    def _say_language(self, element: Element, inherited: str) -> None:
        """Put the language on each element that differs from its parent; sections and articles always say theirs."""
        languages = dict.fromkeys(self._languages(element))
        here = next(iter(languages)) if len(languages) == 1 or not inherited else inherited
        if not languages:
            here = inherited
        if here != inherited or element.kind in ("Sect", "Art"):
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


def _link(note: Any) -> Link:
    if note.get("/Subtype") != "/Link" or note.get("/A", {}).get("/S") != "/URI":
        raise PlateError("an annotation that is not a link")
    left, bottom, right, top = (float(edge) for edge in note.Rect)
    rectangle = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    address = str(note.A.URI)
    if address.startswith(LEAF_SCHEME):
        return Link(rectangle, leaf=address.removeprefix(LEAF_SCHEME))
    return Link(rectangle, address=address)
