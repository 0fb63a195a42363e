"""Logos: those that may be printed, and those that must not even be unpacked."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zlib
from pathlib import Path
from xml.etree.ElementTree import register_namespace

import pytest
from PIL import Image

from tests.partnerships.planting import LEAST, SVG, Bed, chunk, png
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.partnerships.logos import MAXIMUM_BYTES, read_logo

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">'
HOSTILE = {
    "a script": ("<script>alert(1)</script>", "a script"),
    "a script in an attribute": ('<path d="M0 0" onload="alert(1)"/>', "a script (onload)"),
    "an embedded picture": ('<image href="data:image/png;base64,AAAA"/>', "an embedded picture"),
    "a picture from the web": ('<image xlink:href="https://example.org/a.png"/>', "an embedded picture"),
    "HTML inside": ("<foreignObject><p>x</p></foreignObject>", "a part that is not SVG"),
    "a part of another file": ('<use href="other.svg#a"/>', "refers to “other.svg#a” outside of itself"),
    "a file of this machine": ('<use xlink:href="file:///etc/passwd"/>', "refers to “file:///etc/passwd”"),
    "a colour from the web": ('<path fill="url(https://example.org/a)"/>', "refers to “https://example.org/a”"),
    "a style from the web": ("<style>@import 'https://example.org/a.css';</style>", "@rules"),
    "a picture in a style": ('<path style="fill: URL( file:///etc/passwd )"/>', "outside of itself"),
    "a hidden address": (r'<path style="fill: u\72l(file:///etc/passwd)"/>', "escapes"),
    "an animation": ('<path><animate attributeName="d"/></path>', "(<animate>) that is not drawn"),
    "text without its font": ("<text>Tŷ</text>", "turn it into paths"),
    "a filter": ("<filter/>", "cannot be printed sharp"),
    "a link": ('<a href="#x"/>', "a link"),
    "uses of uses": ('<g id="a"><use href="#b"/></g><g id="b"/><use href="#a"/>', "uses parts that use others"),
    "a use of itself": ('<g id="a"><use href="#a"/></g>', "uses parts that use others"),
    "HTML by its namespace": ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "that is not drawn"),
    "another base": ('<g xml:base="https://example.org/"/>', "xml:base"),
}


def refusal(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RefusedError) as told:
        read_logo(path)
    return told.value.message


@pytest.mark.parametrize("what", HOSTILE)
def test_an_svg_that_does_more_than_draw_is_refused(what: str, tmp_path: Path) -> None:
    inside, said = HOSTILE[what]
    assert said in refusal(tmp_path / "ŵ.svg", f"{OPEN}{inside}</svg>")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "document type or entities"),
        ('<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG, "document type or entities"),
        ("<svg><path/></svg>", "no <svg> of its namespace"),
        ("not XML", "is no SVG"),
        ("", "is no SVG"),
        (SVG.replace("0 0 60 20", "0 0 6000 20"), "too long and narrow"),
        (SVG.replace(' viewBox="0 0 60 20"', ""), "give it a viewBox"),
        (SVG.replace("0 0 60 20", "0 0 nan 20"), "give it a viewBox"),
        (OPEN + "<g>" * 60 + "</g>" * 60 + "</svg>", "nested too deep"),
        (OPEN + "<g/>" * 6000 + "</svg>", "more than 5,000 parts"),
        (OPEN + " " * MAXIMUM_BYTES + "</svg>", "more than 2,000,000 bytes"),
        ("GIF89a", "is no SVG"),
    ],
)
def test_what_is_no_drawing_of_bounded_size_is_refused(content: str, said: str, tmp_path: Path) -> None:
    assert said in refusal(tmp_path / "logo.svg", content)


def test_an_svg_as_drawing_programs_write_it_is_read(tmp_path: Path) -> None:
    inside = (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"><a/></sodipodi:namedview>'
        '<defs><linearGradient id="g"><stop offset="0" style="stop-color:#123456"/></linearGradient>'
        '<path id="p" d="M0 0 H9"/></defs>'
        "<style>.a { fill: url(#g) }</style>"
        '<path class="a" style="fill:url(#g);stroke:none" d="M0 0 H10 V10 Z"/><use xlink:href="#p"/>'
    )
    path = tmp_path / "logo.svg"
    path.write_text(OPEN + inside + "</svg>", "utf-8")
    read = read_logo(path)
    assert (read.kind, read.width, read.height, read.doubt) == ("svg", 60, 20, "")
    assert read.printed() == pytest.approx((60, 20))


def test_an_svg_that_says_its_size_otherwise_is_read(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(SVG.replace('viewBox="0 0 60 20"', 'width="30mm" height="60mm"'), "utf-8")
    assert read_logo(path).printed() == pytest.approx((15, 30))


def test_a_png_is_read_and_told_if_it_is_too_small_for_print(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(png(480, 100))  # 60 mm wide: 203 dpi
    assert (read_logo(path).kind, read_logo(path).doubt) == ("png", "")
    path.write_bytes(png(470, 100))  # 199 dpi
    assert "470 × 100 pixels are 199 dpi at 60 × 13 mm, and 200 are needed" in read_logo(path).doubt


def test_a_png_of_too_many_pixels_is_refused_before_any_is_unpacked(tmp_path: Path) -> None:
    bomb = png(8, 8, claims=(60_000, 60_000))
    tracemalloc.start()
    begun = time.perf_counter()
    said = refusal(tmp_path / "logo.png", bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert time.perf_counter() - begun < 0.5
    assert "has 60000 × 60000 pixels" in said


def test_a_png_whose_text_unpacks_to_megabytes_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(b"\0" * 50_000_000, 9)
    assert len(packed) < 100_000
    for kind, head in ((b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        said = refusal(tmp_path / "logo.png", png(480, 100, before=chunk(kind, head + packed)))
        assert "unpacks to megabytes" in said


@pytest.mark.parametrize(
    "content",
    [
        png(480, 100)[:-20],
        png(480, 100)[:40],
        png(480, 100)[:20],
        png(480, 100).replace(b"IDAT", b"IDAX"),
        png(480, 100, claims=(480, 200)),
        png(480, 100, claims=(480, 50)),
        png(480, 100)[:33] + chunk(b"IDAT", b"not packed") + chunk(b"IEND", b""),
    ],
)
def test_a_damaged_png_is_refused(content: bytes, tmp_path: Path) -> None:
    assert "is a damaged PNG" in refusal(tmp_path / "logo.png", content)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode: str, tmp_path: Path) -> None:
    Image.new(mode, (601, 299)).save(tmp_path / "logo.png")
    assert (read_logo(tmp_path / "logo.png").width, read_logo(tmp_path / "logo.png").doubt) == (601, "")


def test_an_interlaced_png_is_read(tmp_path: Path) -> None:
    sizes = [(61, 21), (60, 21), (121, 20), (120, 41), (241, 41), (241, 82), (482, 81)]  # the seven passes
    rows = b"".join((b"\0" + b"\xff" * columns) * count for columns, count in sizes)
    header = struct.pack(">IIBBBBB", 482, 163, 8, 0, 0, 0, 1)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    assert read_logo(tmp_path / "logo.png").height == 163


def test_other_pictures_are_refused(tmp_path: Path) -> None:
    assert "neither SVG nor PNG" in refusal(tmp_path / "logo.jpg", b"\xff\xd8\xff\xe0")
    assert "is an animation" in refusal(tmp_path / "a.png", png(480, 100, before=chunk(b"acTL", b"\0" * 8)))


def test_faults_and_doubts_are_told_where_the_file_is_named(bed: Bed) -> None:
    logo = "logo:\n  file: {cy: da.png, en: drwg.svg}\n  alternative: {cy: A, en: B}\n"
    bed.write("da.png", png(100, 100))
    bed.write("drwg.svg", f"{OPEN}<script/></svg>")
    place = "content/partnerships/ty-gwyr.yaml"
    assert [fault.partition(" has ")[0] for fault in bed.faults(LEAST + logo) if ": error: " in fault] == [
        f"{place}:3:26: error: logo.file.en: content/partnerships/drwg.svg"
    ]
    read = bed.read(LEAST + logo.replace("drwg.svg", "da.png"))
    [warning] = read.warnings
    assert str(warning).startswith(f"{place}:3:14: warning: logo.file: content/partnerships/da.png is too small")


def test_a_drawing_is_the_same_whatever_others_register(tmp_path: Path) -> None:
    """The engine registers names of its own when it is imported, which may be before or after a logo is read."""
    path = tmp_path / "logo.svg"
    path.write_text(f'{OPEN}<path d="M0 0h60v20z"/></svg>', "utf-8")
    before = read_logo(path).address
    register_namespace("darlun", "http://www.w3.org/2000/svg")
    assert read_logo(path).address == before
