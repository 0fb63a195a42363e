"""From the objects of the engine's PDF to parts of plates: what pages draw with, each under a hash of its content."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from toolkit_builder.press.pdf.content_streams import ContentError, rewritten
from toolkit_builder.press.plates.plate import Body, PlateError, resources_body

NAME_BYTES = 6
"""Of a resource's hash, in its name: 48 bits, for the few dozen of a page. Should two have one name all the same, that
is an error, and never a page that draws with the wrong one.
"""


class PartCollector:
    """The parts of one plate, and the glyphs that its pages show in each font, those within drawings too."""

    def __init__(self) -> None:
        self.bodies: dict[str, Body] = {}
        self.glyphs: dict[str, set[int]] = {}
        self._known: dict[tuple[int, int], str] = {}

    def add(self, item: Any) -> str:
        """Take in an indirect object with all that it refers to; what a body refers to it by (`part:DIGEST`)."""
        if item.objgen not in self._known:
            body = self._stream(item) if isinstance(item, Stream) else self._body(item)
            digest = body.digest()
            self.bodies[digest] = body
            self._known[item.objgen] = f"part:{digest}"
        return self._known[item.objgen]

    def _body(self, item: Any) -> Body:
        writer = BodyWriter(self)
        writer.value(item, is_top=True)
        return writer.body()

    def _stream(self, item: Any) -> Body:
        writer = BodyWriter(self)
        writer.text(b"<<")
        kind = (str(item.get("/Type", "")), str(item.get("/Subtype", "")))
        holds_content = kind == ("/XObject", "/Form") or kind[0] == "/Pattern"
        data = item.read_raw_bytes()
        if holds_content:
            # Which of its marked content the structure tree has is not asked: text in a drawing is of its page's tree.
            data, resources = self.content(item, item.get("/Resources", Dictionary()), lambda _: True)
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

    def content(
        self, holder: Any, resources: Any, is_tagged: Callable[[int], bool], more_fonts: Iterable[str] = ()
    ) -> tuple[bytes, dict[str, dict[str, Body]]]:
        """The content of a page or form, and the resources that it names, by kind and name; `more_fonts` as well.

        Raises PlateError for what is not understood, and for a resource that is not there.
        """
        named: dict[str, dict[str, Body]] = {}
        new_names: dict[tuple[str, str], str] = {}

        def name_of(kind: str, old: str) -> str:
            if (kind, old) not in new_names:
                body = self._resource(resources, kind, old)
                name = kind[0] + urlsafe_b64encode(bytes.fromhex(body.digest())[:NAME_BYTES]).decode()
                if named.setdefault(kind, {}).setdefault(name, body) != body:
                    raise PlateError(f"two resources with one name: {kind} {name}")
                new_names[kind, old] = name
            return new_names[kind, old]

        try:
            content = rewritten(holder, name_of, is_tagged)
        except ContentError as error:
            raise PlateError(str(error)) from error
        fonts = sorted({*content.glyphs, *more_fonts})
        for font in fonts:
            self.glyphs.setdefault(font, set()).update(content.glyphs.get(font, ()))
        if fonts:
            named["Font"] = {font: Body(b"%d 0 R", (f"font:{font}",)) for font in fonts}
        return content.data, named

    def _resource(self, resources: Any, kind: str, name: str) -> Body:
        try:
            value = resources[f"/{kind}"][f"/{name}"]
        except KeyError:
            raise PlateError(f"a resource that is not there: {kind} {name}") from None
        writer = BodyWriter(self)
        writer.value(value)
        return writer.body()


class BodyWriter:
    """Writes an object as bytes, with a `%d` for each reference (`Body`). Keys are sorted, so that equal objects give
    equal bytes.
    """

    def __init__(self, parts: PartCollector) -> None:
        self.parts = parts
        self.pieces: list[bytes] = []
        self.references: list[str] = []

    def text(self, text: bytes) -> None:
        self.pieces.append(text.replace(b"%", b"%%"))

    def append(self, body: Body) -> None:
        self.pieces.append(body.text)
        self.references += body.references

    def value(self, item: Any, *, is_top: bool = False) -> None:
        """`is_top`: write an indirect object itself, rather than a reference to it."""
        if isinstance(item, Stream) or (isinstance(item, Dictionary | Array) and item.is_indirect and not is_top):
            self.pieces.append(b"%d 0 R")
            self.references.append(self.parts.add(item))
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
        return Body(b"".join(self.pieces), tuple(self.references), stream)
