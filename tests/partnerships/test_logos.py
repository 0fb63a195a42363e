"""Logos: those that may be printed, and those that must not even be unpacked."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import register_namespace

import pytest
from PIL import Image, ImageFile

from tests.partnerships.planting import LEAST, SVG, Bed, chunk, png
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.partnerships.logos import MAXIMUM_BYTES, read_logo
from toolkit_builder.partnerships.pictures import LARGEST


def refusal(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RefusedError) as told:
        read_logo(path)
    return told.value.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<svg><path/></svg>", "no <svg> of its namespace"),
        ("not XML", "is no SVG"),
        ("", "is no SVG"),
        (SVG.replace("0 0 60 20", "0 0 6000 20"), "too long and narrow"),
        (SVG.replace(' viewBox="0 0 60 20"', ""), "give it a viewBox"),
        (SVG.replace("0 0 60 20", "0 0 nan 20"), "give it a viewBox"),
        (SVG.replace("</svg>", " " * MAXIMUM_BYTES + "</svg>"), "more than 2,000,000 bytes"),
        ("GIF89a", "is no SVG"),
    ],
)
def test_what_is_no_drawing_of_bounded_size_is_refused(content: str, said: str, tmp_path: Path) -> None:
    assert said in refusal(tmp_path / "logo.svg", content)


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
    said = refusal(tmp_path / "logo.png", bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert "has 60000 × 60000 pixels" in said


def test_a_png_is_written_anew_without_what_it_carries(tmp_path: Path) -> None:
    """Texts and profiles that unpack to megabytes are not unpacked, and nothing of them is left."""
    packed = zlib.compress(b"\0" * 50_000_000, 9)
    for kind, head in ((b"zTXt", b"Comment\0\0"), (b"iCCP", b"profile\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        path = tmp_path / "logo.png"
        path.write_bytes(png(480, 100, before=chunk(kind, head + packed)))
        tracemalloc.start()
        data = read_logo(path).data
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()
        assert kind not in data
        assert data == read_logo(written(tmp_path / "plaen.png", png(480, 100))).data


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


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
    dark = 0 if mode in ("1", "L", "P", "I;16") else tuple(255 if band == "A" else 9 for band in mode)
    Image.new(mode, (601, 299), dark).save(tmp_path / "logo.png")
    assert (read_logo(tmp_path / "logo.png").width, read_logo(tmp_path / "logo.png").doubt) == (601, "")


def test_an_interlaced_png_is_read(tmp_path: Path) -> None:
    sizes = [(61, 21), (60, 21), (121, 20), (120, 41), (241, 41), (241, 82), (482, 81)]  # the seven passes
    rows = b"".join((b"\0" + b"\xff" * columns) * count for columns, count in sizes)
    header = struct.pack(">IIBBBBB", 482, 163, 8, 0, 0, 0, 1)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    assert read_logo(tmp_path / "logo.png").height == 163


def test_other_pictures_are_refused(tmp_path: Path) -> None:
    assert "neither SVG nor PNG nor JPEG" in refusal(tmp_path / "logo.gif", b"GIF89a")
    assert "is an animation" in refusal(tmp_path / "a.png", png(480, 100, before=chunk(b"acTL", b"\0" * 8)))


def test_faults_and_doubts_are_told_where_the_file_is_named(bed: Bed) -> None:
    logo = "logo:\n  file: {cy: da.png, en: drwg.svg}\n  alternative: {cy: A, en: B}\n"
    bed.write("da.png", png(100, 100))
    bed.write("drwg.svg", SVG.replace("<circle", "<script/><circle"))
    place = "content/partnerships/ty-gwyr.yaml"
    assert [fault.partition(" has ")[0] for fault in bed.faults(LEAST + logo) if ": error: " in fault] == [
        f"{place}:3:26: error: logo.file.en: content/partnerships/drwg.svg"
    ]
    read = bed.read(LEAST + logo.replace("drwg.svg", "da.png"))
    [warning] = read.warnings
    assert str(warning).startswith(f"{place}:3:14: warning: logo.file.cy: content/partnerships/da.png is too small")


def test_a_drawing_is_the_same_whatever_others_register(tmp_path: Path) -> None:
    """The engine registers names of its own when it is imported, which may be before or after a logo is read."""
    path = tmp_path / "logo.svg"
    path.write_text(SVG, "utf-8")
    before = read_logo(path).address
    register_namespace("darlun", "http://www.w3.org/2000/svg")
    assert read_logo(path).address == before


# -- JPEG and which way up --------------------------------------------------------------------------------------------


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()


def halves(width: int = 600, height: int = 300) -> Image.Image:
    """Black on the left, white on the right."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("black", (0, 0, width // 2, height))
    return picture


def test_a_jpeg_becomes_a_png_of_its_pixels(tmp_path: Path) -> None:
    logo = read_logo(written(tmp_path / "logo.jpg", jpeg(halves(), comment=b"Cyfrinach", dpi=(72, 72))))
    assert (logo.kind, logo.width, logo.height, logo.doubt) == ("png", 600, 300, "")
    assert b"Cyfrinach" not in logo.data
    picture = Image.open(io.BytesIO(logo.data))
    assert (picture.format, picture.getpixel((9, 9)), picture.getpixel((590, 9))) == ("PNG", (0, 0, 0), (255,) * 3)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_says_which_way_up_it_is_stands_so(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right (Exif 2.3, 4.6.4)
    out = io.BytesIO()
    halves().save(out, kind, exif=exif)
    logo = read_logo(written(tmp_path / "logo.jpg", out.getvalue()))
    assert (logo.width, logo.height) == (300, 600)
    picture = Image.open(io.BytesIO(logo.data)).convert("L")
    assert (picture.getpixel((150, 10)), picture.getpixel((150, 590))) == (0, 255)


def test_grey_of_16_bits_keeps_its_shades(tmp_path: Path) -> None:
    picture = Image.new("I;16", (600, 300), 0x8000)
    picture.save(tmp_path / "logo.png")
    assert Image.open(io.BytesIO(read_logo(tmp_path / "logo.png").data)).getpixel((5, 5)) in (127, 128)


def test_more_pixels_than_are_printed_are_not_kept(tmp_path: Path) -> None:
    logo = read_logo(written(tmp_path / "logo.jpg", jpeg(halves(4000, 2000))))
    assert (logo.width, logo.height) == LARGEST


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (jpeg(halves())[:2000], "is a damaged JPEG"),
        (b"\xff\xd8\xff\xe0", "is a damaged JPEG"),
        (jpeg(halves(5000, 3300)), "has 5000 × 3300 pixels"),
        (jpeg(halves(3000, 100)), "too long and narrow"),
        (jpeg(halves().convert("CMYK")), "in a press’s colours (CMYK)"),
        (jpeg(halves())[:-2] + b"\xff\xda" * 60, "more than 50 passes"),
    ],
)
def test_a_jpeg_that_is_not_printed(content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the engine leaves it
    assert said in refusal(tmp_path / "logo.jpg", content)


def test_a_picture_of_nothing_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (600, 300), (9, 9, 9, 0)).save(out, "PNG")
    assert "all of it is transparent" in refusal(tmp_path / "logo.png", out.getvalue())


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "logo.svg")
    with pytest.raises(RefusedError, match="a pipe or a device"):
        read_logo(tmp_path / "logo.svg")


def test_what_is_not_printed_as_it_is_meant_is_doubtful(tmp_path: Path) -> None:
    path = written(tmp_path / "logo.svg", SVG.replace("<circle", '<circle style="mix-blend-mode:multiply"').encode())
    assert "blends colours with those below (mix-blend-mode), which is not printed" in read_logo(path).doubt


# -- what is seen on white --------------------------------------------------------------------------------------------


def letters(colour: str, ground: str | None, mark: str = "") -> Image.Image:
    """Bars for letters, over a quarter of a picture; a small mark beside them; the ground None is transparent."""
    picture = Image.new("RGBA", (600, 300), ground or (0, 0, 0, 0))
    picture.paste(colour, (150, 75, 450, 225))
    if mark:
        picture.paste(mark, (20, 20, 80, 80))
    return picture


@pytest.mark.parametrize(
    ("picture", "is_faint"),
    [
        (letters("white", "white"), True),
        (letters("white", None), True),
        (letters("#fff3b0", None), True),
        (letters("white", None, mark="#c2570c"), True),
        (letters("white", "#102030"), False),  # on a ground of its own
        (letters("#182838", "#102030"), False),  # whose box is seen, if not what is in it
        (letters("#102030", None), False),
        (letters("#102030", "white"), False),
        (letters("#f39200", None), False),
        (letters("white", None, mark="white").rotate(90), True),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_is_not_seen_on_white_is_told(
    picture: Image.Image, is_faint: bool, kind: str, tmp_path: Path
) -> None:
    if kind == "JPEG":
        if 0 in picture.getchannel("A").tobytes():
            pytest.skip("a JPEG is never transparent")
        picture = picture.convert("RGB")
    picture.save(tmp_path / "logo.png", kind)
    assert ("can hardly be seen on the white of the cover" in read_logo(tmp_path / "logo.png").doubt) is is_faint


@pytest.mark.parametrize(
    ("drawing", "is_faint"),
    [
        (SVG.replace("#123456", "#fffff0"), True),
        (SVG.replace('fill="#123456"', 'fill="none" stroke="#fff"'), True),
        (SVG.replace('fill="#123456"', 'fill="#123456" fill-opacity="0.1"'), True),
        (SVG.replace("<circle", '<g opacity="0.1"><circle').replace("/></svg>", "/></g></svg>"), True),
        (SVG.replace('fill="#123456"', 'fill="#fff" stroke="#123456"'), False),
        (SVG, False),
    ],
)
def test_a_drawing_that_is_not_seen_on_white_is_told(drawing: str, is_faint: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "logo.svg", drawing.encode())
    assert ("can hardly be seen on the white of the cover" in read_logo(path).doubt) is is_faint
