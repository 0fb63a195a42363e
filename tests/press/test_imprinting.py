"""Imprinting: a plate printed over another, with names, numbers and identifiers of its own."""

from __future__ import annotations

import zlib

import msgspec
import pytest

from toolkit_builder.press.imprinting import imprinted
from toolkit_builder.press.plates import Body, Element, Folio, Link, Page, Plate, PlateError

SHADE, FONT = Body(b"<</ca 0.5>>"), Body(b"%d 0 R", ("font:abc",))


def plate(content: bytes, elements: list[Element], **more: object) -> Plate:
    page = Page(
        595.0,
        842.0,
        b"/MediaBox[0 0 595 842]",
        zlib.compress(content),
        {"ExtGState": {"E0": SHADE}, "Font": {"abc": FONT}},
        marks=2,
        links=[Link((0, 0, 1, 1), address="https://enghraifft.example")],
    )
    page = msgspec.structs.replace(page, **more)
    return Plate(
        "allwedd", 13.0, [page], elements, {}, {"abc": {7: ("ŵ", 500.0)}}, {"abc": "Source Sans 3|400|upright"}
    )


def body(kind: str, mark: int) -> bytes:
    return b"/E0 gs\n/DeviceRGB cs\n/%s\n<</MCID %d>>\nBDC\n/abc 12 Tf\n<0007> Tj\nEMC\n" % (kind.encode(), mark)


SHELL = plate(body("P", 1), [Element("P", 0, [1], links=[0], id="h0")])
IMPRINT = plate(body("H1", 0), [Element("Sect", 0, [Element("TD", 0, [0], links=[0], id="h0", headers=["h0"])])])


def test_nothing_of_the_two_clashes() -> None:
    both = imprinted(SHELL, IMPRINT)
    [page] = both.pages
    content = zlib.decompress(page.content)
    assert content == body("P", 1) + body("H1", 2).replace(b"/E0", b"/IE0")
    assert page.resources == {"ExtGState": {"E0": SHADE, "IE0": SHADE}, "Font": {"abc": FONT}}
    assert page.marks == 4
    assert len(page.links) == 2
    shell, over = both.elements
    assert shell == SHELL.elements[0]
    [cell] = over.kids
    assert isinstance(cell, Element)
    assert (cell.kids, cell.links, cell.id, cell.headers) == ([2], [1], "ih0", ["ih0"])


def test_the_plates_stay_as_they_were() -> None:
    before = SHELL.encode(), IMPRINT.encode()
    imprinted(SHELL, IMPRINT)
    assert (SHELL.encode(), IMPRINT.encode()) == before


def test_the_imprint_is_read_with_its_page() -> None:
    long = msgspec.structs.replace(
        SHELL, pages=[*SHELL.pages, *SHELL.pages], elements=[*SHELL.elements, Element("P", 1, [1])]
    )
    assert [element.page for element in imprinted(long, IMPRINT).elements] == [0, 0, 1]
    assert [element.kind for element in imprinted(long, IMPRINT).elements] == ["P", "Sect", "P"]


@pytest.mark.parametrize(
    "wrong",
    [
        plate(b"", [], width=420.0),
        plate(b"", [], folio=Folio("right", 1, 1, "abc", 11, (0, 0, 0), ())),
        msgspec.structs.replace(IMPRINT, pages=IMPRINT.pages * 2),
    ],
    ids=["size", "page number", "two pages"],
)
def test_what_cannot_be_an_imprint(wrong: Plate) -> None:
    with pytest.raises(PlateError, match="an imprint is one page"):
        imprinted(SHELL, wrong)
