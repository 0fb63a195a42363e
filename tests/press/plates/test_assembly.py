"""Assembly: a plate printed over another, and rows pasted into one, with names, numbers, identifiers of their own."""

from __future__ import annotations

import re
import zlib

import msgspec
import pytest

from toolkit_builder.press.plates.assembly import collide, fits, imprinted, pasted, places
from toolkit_builder.press.plates.plate import Body, Element, Field, Folio, Link, Page, Plate, PlateError, decode_plate

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
    return b"/E0 gs\n/DeviceRGB cs\n/%s <</MCID %d>> BDC\n/abc 12 Tf\n<0007> Tj\nEMC\n" % (kind.encode(), mark)


SHELL = plate(body("P", 1), [Element("P", 0, [1], links=[0], id="h0")])
IMPRINT = plate(body("H1", 0), [Element("Sect", 0, [Element("TD", 0, [0], links=[0], id="h0", headers=["h0"])])])


def test_nothing_of_the_two_clashes() -> None:
    both = imprinted(SHELL, [IMPRINT])
    [page] = both.pages
    content = zlib.decompress(page.content)
    assert content == body("P", 1) + body("H1", 2)
    assert page.resources == {"ExtGState": {"E0": SHADE}, "Font": {"abc": FONT}}
    assert page.marks == 4
    assert len(page.links) == 2
    shell, over = both.elements
    assert shell == SHELL.elements[0]
    [cell] = over.kids
    assert isinstance(cell, Element)
    assert (cell.kids, cell.links, cell.id, cell.headers) == ([2], [1], "i0xh0", ["i0xh0"])


def test_what_the_two_call_the_same_is_the_same() -> None:
    lighter = plate(body("H1", 0), [], resources={"ExtGState": {"E0": Body(b"<</ca 0.25>>")}})
    with pytest.raises(PlateError, match="two resources with one name: ExtGState E0"):
        imprinted(SHELL, [lighter])


def test_the_plates_stay_as_they_were() -> None:
    before = SHELL.encode(), IMPRINT.encode()
    imprinted(SHELL, [IMPRINT])
    assert (SHELL.encode(), IMPRINT.encode()) == before


def test_the_imprint_is_read_with_its_page() -> None:
    long = msgspec.structs.replace(
        SHELL, pages=[*SHELL.pages, *SHELL.pages], elements=[*SHELL.elements, Element("P", 1, [1])]
    )
    assert [element.page for element in imprinted(long, [IMPRINT]).elements] == [0, 0, 1]
    assert [element.kind for element in imprinted(long, [IMPRINT]).elements] == ["P", "Sect", "P"]


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
        imprinted(SHELL, [wrong])


def row(words: bytes, extent: float = 20, language: str = "cy", size: float = 13.0, number: bool = False) -> Plate:
    """A row of a list, 300 by 100 pt, with a link."""
    row = Element("L", 0, [Element("LI", 0, [Element("LBody", 0, [0, Element("Link", 0, [1], links=[0])])])])
    content = b"q\n/P <</MCID 0>> BDC\n/abc 12 Tf\n%s Tj\nEMC\nQ\n" % words
    digits = tuple((number, 500.0) for number in range(10))
    folio = Folio("right", 290, 85, "abc", 10, (0, 0, 0), digits) if number else None
    made = plate(content, [Element("Sect", 0, [row], language)], width=300.0, height=100.0, number=folio)
    return msgspec.structs.replace(made, extent=extent, breadth=300.0, size=size)


PAGE = msgspec.structs.replace(
    plate(body("H1", 1), [Element("Sect", 0, [Element("H1", 0, [1])], "cy")]), row_area=(50.0, 100.0, 60.0)
)


def test_rows_stand_below_one_another_in_the_room_of_the_page() -> None:
    made = pasted(PAGE, [row(b"<01>"), row(b"<02>", 25), row(b"<03>")], [0, 0, 0])
    content = zlib.decompress(made.pages[0].content)
    moved = re.findall(rb"^q\n1 0 0 1 (\S+) (\S+) cm$", content, re.MULTILINE)
    # The page is 842 pt high, a row 100: each begins where the one before ends.
    assert moved == [(b"50", b"642"), (b"50", b"622"), (b"50", b"597")]
    assert re.findall(rb"MCID (\d+)", content) == [b"1", b"2", b"4", b"6"]
    assert [link.rectangle for link in made.pages[0].links[1:]] == [
        (50, 642, 51, 643), (50, 622, 51, 623), (50, 597, 51, 598),
    ]  # fmt: skip


FIELD = Field((10, 20, 60, 40), "pam", "Pam? / Why?", "text", "abc", 11, (0, 0, 0), False, False)


def with_field(made: Plate, *fields: Field) -> Plate:
    """A plate whose first element has a form with the last of these fields."""
    page = msgspec.structs.replace(made.pages[0], fields=list(fields))
    form = Element("Form", 0, fields=[len(fields) - 1])
    first = msgspec.structs.replace(made.elements[0], kids=[*made.elements[0].kids, form])
    return msgspec.structs.replace(made, pages=[page, *made.pages[1:]], elements=[first, *made.elements[1:]])


def test_fields_of_rows_move_with_them_and_have_names_of_their_own() -> None:
    one = with_field(row(b"<01>"), FIELD)
    made = pasted(with_field(PAGE, FIELD), [one, one], [0, 0])
    fields = made.pages[0].fields
    assert [field.name for field in fields] == ["pam", "s0xpam", "s1xpam"]
    assert [field.rectangle for field in fields[1:]] == [(60, 662, 110, 682), (60, 642, 110, 662)]
    forms = re.findall(r"'Form'.*?fields=\[(\d+)\]", str(made.elements))
    assert forms == ["0", "1", "2"]


def test_a_plate_with_fields_that_cannot_be_told_apart_or_are_not_there_is_damaged() -> None:
    assert decode_plate(with_field(SHELL, FIELD).encode()).pages[0].fields == [FIELD]
    with pytest.raises(PlateError, match="two fields with one name"):
        decode_plate(with_field(SHELL, FIELD, FIELD).encode())
    with pytest.raises(PlateError, match="a field in a font"):
        decode_plate(with_field(SHELL, msgspec.structs.replace(FIELD, font="xyz")).encode())
    form = Element("Form", 0, fields=[0])
    with pytest.raises(PlateError, match="an element of content that there is not"):
        decode_plate(msgspec.structs.replace(SHELL, elements=[form]).encode())


WIDE = msgspec.structs.replace(PAGE, row_width=640.0)
"""Room for two rows side by side, and not for three."""


def test_narrow_rows_stand_side_by_side_and_the_next_line_below_the_highest() -> None:
    rows = [row(b"<01>"), row(b"<02>", 25), row(b"<03>", 30)]
    assert list(places(WIDE, rows)) == [(50, 100), (350, 100), (50, 125)]
    assert fits(WIDE, rows)
    assert not fits(WIDE, [*rows, row(b"<04>", 40)])
    content = zlib.decompress(pasted(WIDE, rows, [0, 0, 0]).pages[0].content)
    moved = re.findall(rb"^q\n1 0 0 1 (\S+) (\S+) cm$", content, re.MULTILINE)
    assert moved == [(b"50", b"642"), (b"350", b"642"), (b"50", b"617")]


def test_from_right_to_left_the_first_row_of_a_line_stands_on_the_right() -> None:
    mirrored = msgspec.structs.replace(WIDE, rows_from_right=True)
    assert list(places(mirrored, [row(b"<01>"), row(b"<02>"), row(b"<03>")])) == [(390, 100), (90, 100), (390, 120)]


def test_rows_are_read_as_one_list_after_the_heading() -> None:
    [section] = pasted(PAGE, [row(b"<01>"), row(b"<02>")], [0, 0]).elements
    heading, rows = section.kids
    assert isinstance(heading, Element)
    assert isinstance(rows, Element)
    assert (heading.kind, rows.kind, len(rows.kids)) == ("H1", "L", 2)
    bodies = [row.kids[0] for row in rows.kids if isinstance(row, Element)]
    assert [body.kids[0] for body in bodies if isinstance(body, Element)] == [2, 4]


def test_a_page_number_is_stamped_and_read_at_the_end_of_its_row() -> None:
    made = pasted(PAGE, [row(b"<01>", number=True), row(b"<02>", number=True)], [7, 12])
    content = zlib.decompress(made.pages[0].content)
    assert re.findall(rb"MCID (\d+)", content) == [b"1", b"2", b"4", b"5", b"7"]
    assert re.findall(rb"<(\w+)> Tj\nET", content) == [b"0007", b"00010002"]
    assert b"1 0 0 1 285 85 Tm\n<0007>" in content, "set to the right edge: 290 less 5"
    assert b"1 0 0 1 280 85 Tm\n<00010002>" in content
    [section] = made.elements
    rows = section.kids[1]
    assert isinstance(rows, Element)
    last = [row.kids[0].kids[-1] for row in rows.kids if isinstance(row, Element) and isinstance(row.kids[0], Element)]
    assert last == [4, 7]
    assert made.pages[0].marks == 8


def test_rows_fit_if_their_heights_do_and_they_have_the_size_of_the_page() -> None:
    assert fits(PAGE, [row(b"<01>")] * 3)
    assert not fits(PAGE, [row(b"<01>")] * 4)
    assert not fits(PAGE, [row(b"<01>", size=12.5)])
    assert not fits(msgspec.structs.replace(PAGE, row_area=None), [])


def test_what_cannot_be_pasted() -> None:
    with pytest.raises(PlateError, match="in another language"):
        pasted(PAGE, [row(b"<01>", language="en")], [0])
    with pytest.raises(PlateError, match="without room"):
        pasted(SHELL, [row(b"<01>")], [0])


def test_texts_that_are_printed_over_each_other_are_seen() -> None:
    def inked(*ink: tuple[float, float, float, float]) -> Plate:
        return msgspec.structs.replace(SHELL, ink=list(ink))

    below = inked((0, 0, 100, 20), (0, 40, 100, 60))
    assert not collide([below, inked((0, 20.5, 100, 40))])
    assert collide([below, inked((0, 300, 100, 320), (90, 55, 200, 75))])
    assert collide([below, inked(), inked((50, 10, 60, 15))])
    assert not collide([below, inked((100.5, 0, 200, 20))])
