"""Content streams: whatever line breaks they have, they are read alike; what is not known is refused."""

from __future__ import annotations

import pikepdf
import pytest

from toolkit_builder.press.pdf.content_streams import Content, ContentError, mark, renumbered, rewritten


def read(content: bytes, tagged: tuple[int, ...] = (0, 1, 2)) -> Content:
    """A stream in which resources are called after their kind, in capitals, and their old name."""
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(content)
        return rewritten(stream, lambda kind, name: f"{kind.upper()}.{name}", tagged.__contains__)


PYDYF = b"""q
/P
<</MCID 0>>
BDC
/e1 gs
0.1 0.2 0.3 rg
BT
/ABCDEF 12 Tf
[<00150023>-20<0020>] TJ
ET
EMC
Q"""


def test_line_breaks_and_spaces_say_nothing() -> None:
    assert read(PYDYF.replace(b"\n", b" ")) == read(PYDYF) == read(PYDYF.replace(b"\n", b"\r\n  "))
    assert read(PYDYF.replace(b"<</MCID 0>>", b"<<\n/MCID\n0 >>")) == read(PYDYF)


def test_every_instruction_stands_on_a_line_of_its_own() -> None:
    lines = read(PYDYF.replace(b"\n", b" ")).data.splitlines()
    assert lines[:4] == [b"q", mark("P", 0), b"/EXTGSTATE.e1 gs", b"0.1 0.2 0.3 rg"]
    assert len(lines) == len(PYDYF.splitlines()) - 2, "marked content begins on one line, where pydyf takes three"
    assert lines[-1] == b"Q"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (b"/x1 Do", b"/XOBJECT.x1 Do"),
        (b"/s0 sh", b"/SHADING.s0 sh"),
        (b"/Pattern cs /p scn", b"/Pattern cs\n/PATTERN.p scn"),
        (b"0.5 /p SCN", b"0.5 /PATTERN.p SCN"),
        (b"0.5 0.25 0 scn", b"0.5 0.25 0 scn"),
        (b"/DeviceRGB CS", b"/DeviceRGB CS"),
        (b"/lab-d50 cs", b"/COLORSPACE.lab-d50 cs"),
    ],
)
def test_what_names_a_resource_is_given_its_new_name(written: bytes, read_as: bytes) -> None:
    assert read(written).data == read_as + b"\n"


def test_what_no_element_has_becomes_an_artifact() -> None:
    assert read(b"/P <</MCID 1>> BDC EMC /P <</MCID 7>> BDC EMC").data == (
        b"/P <</MCID 1>> BDC\nEMC\n/Artifact BMC\nEMC\n"
    )


def test_glyphs_are_known_by_the_font_that_shows_them() -> None:
    content = read(b"BT /Aa 9 Tf <0001> Tj q /Bb 9 Tf [<0002>5<00030004>] TJ Q <0005> Tj (\\000\\006) Tj /Cc 9 Tf ET")
    assert content.glyphs == {"Aa": {1, 5, 6}, "Bb": {2, 3, 4}, "Cc": set()}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"1 0 d0", "an operator that is not known: '1 0 d0'"),
        (b"/Perceptual ri", "an operator that is not known"),
        (b"/Span /Props BDC", "marked content that is not known"),
        (b"/Span <</MCID 1 /ActualText (a)>> BDC", "marked content that is not known"),
        (b"/Span BMC", "an operator that is not known"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI", "an image within the content"),
        (b"(a) '", "an operator that is not known"),
        (b"1 Do", "a resource without a name"),
    ],
)
def test_what_is_not_known_is_refused(content: bytes, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        read(content)


def test_marked_content_is_numbered_after_what_is_there() -> None:
    content = b"/P <</MCID 0>> BDC\nEMC\n/Span <</MCID 12>> BDC\nEMC\n"
    assert renumbered(content, 5) == b"/P <</MCID 5>> BDC\nEMC\n/Span <</MCID 17>> BDC\nEMC\n"


def test_a_text_is_never_taken_for_marked_content() -> None:
    """A string may hold anything, even what looks like a line; it is written so that it is none."""
    text = b"BT /Aa 9 Tf (\n/P <</MCID 0>> BDC\n) Tj ET"
    content = read(text).data
    assert renumbered(content, 5) == content
    with pikepdf.new() as pdf:
        shown = [item.operands[0] for item in pikepdf.parse_content_stream(pdf.make_stream(content), "Tj")]
    assert [bytes(string) for string in shown] == [b"\n/P <</MCID 0>> BDC\n"]
