"""Every way to draw in colour, in the inks of a press."""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.press.prepress import colours
from toolkit_builder.press.prepress.colour_operators import SeparationError
from toolkit_builder.press.prepress.inks import Inks
from toolkit_builder.press.prepress.separation import SAMPLES, Separator
from toolkit_builder.print_shops.profiles import SHIPPED, profile_at

RED, TEAL = (0.9, 0.1, 0.1), (0.07, 0.47, 0.49)
BOX = Array([0, 0, 50, 50])


def drawn(content: bytes, resources: Any = None, make: Any = None) -> pikepdf.Pdf:
    """A page with this content, separated. `make(pdf)`: its resources, where they need objects."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Resources = make(pdf) if make else Dictionary(resources or {})
    page.obj.Contents = pdf.make_stream(content)
    Separator(pdf, Inks(profile_at(SHIPPED))).separate()
    return pdf


def form(pdf: pikepdf.Pdf, content: bytes, **entries: Any) -> Any:
    return pdf.make_stream(content, Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=BOX, **entries))


def gradient(space: Any = Name.DeviceRGB, first: Any = RED, last: Any = TEAL, **entries: Any) -> Dictionary:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(first), C1=Array(last), N=1)
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 50, 0]), Function=function, **entries)


def only_ink(pdf: pikepdf.Pdf) -> None:
    assert {space for space, _ in colours.operators(pdf)} <= {"CMYK"}
    assert not {"/DeviceRGB", "/ICCBased", "/CalRGB", "/Indexed"} & colours.spaces(pdf)


@pytest.mark.parametrize(
    "content",
    [
        b"0.9 0.1 0.1 rg 0 0 9 9 re f",
        b"0.9 0.1 0.1 RG 2 w 0 0 m 9 9 l S",
        b"/DeviceRGB cs 0.9 0.1 0.1 scn 0 0 9 9 re f",
        b"/DeviceRGB CS 0.9 0.1 0.1 SCN 0 0 m 9 9 l S",
        b"q /DeviceRGB cs 0.9 0.1 0.1 sc 0 0 9 9 re f Q 0 0 9 9 re f",
    ],
)
def test_colours_of_areas_and_lines(content: bytes) -> None:
    pdf = drawn(content)
    only_ink(pdf)
    inks = Inks(profile_at(SHIPPED)).painted(RED)
    assert ("CMYK", inks) in colours.operators(pdf)


def test_grey_becomes_black_ink() -> None:
    assert colours.operators(drawn(b"0 g 0 0 9 9 re f 1 G 0 0 m 9 9 l S")) == {
        ("CMYK", (0, 0, 0, 1)),
        ("CMYK", (0, 0, 0, 0)),
    }


def test_inks_stay_what_they_are() -> None:
    assert colours.operators(drawn(b"0.1 0.2 0.3 0.4 k 0 0 9 9 re f")) == {("CMYK", (0.1, 0.2, 0.3, 0.4))}


def test_a_space_by_name() -> None:
    profile = pikepdf.Name.DeviceRGB
    pdf = drawn(b"/C0 cs 0.9 0.1 0.1 scn 0 0 9 9 re f", {"/ColorSpace": Dictionary(C0=profile)})
    only_ink(pdf)


def test_forms_within_forms_once_each() -> None:
    def make(pdf: pikepdf.Pdf) -> Any:
        inner = form(pdf, b"0.07 0.47 0.49 rg 0 0 9 9 re f")
        outer = form(pdf, b"/I Do", Resources=Dictionary(XObject=Dictionary(I=inner)))
        return Dictionary(XObject=Dictionary(A=outer, B=outer, I=inner))

    pdf = drawn(b"/A Do /B Do /I Do", make=make)
    only_ink(pdf)
    assert len([item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"])


def test_a_gradient_goes_through_its_inks() -> None:
    """Half way, its inks are those of the colour half way, and not the mean of those at its ends."""
    pdf = drawn(b"/S sh", {"/Shading": Dictionary(S=gradient())})
    only_ink(pdf)
    shading = pdf.pages[0].obj.Resources.Shading.S
    assert shading.ColorSpace == Name.DeviceCMYK
    samples = shading.Function.read_bytes()
    assert len(samples) == SAMPLES * 4
    middle = samples[SAMPLES // 2 * 4 : SAMPLES // 2 * 4 + 4]
    mean = [(a + b) / 2 for a, b in zip(samples[:4], samples[-4:], strict=True)]
    assert max(abs(a - b) for a, b in zip(middle, mean, strict=True)) > 10


def test_a_gradient_of_several_parts() -> None:
    parts = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Bounds=Array([0.5]),
        Encode=Array([0, 1, 0, 1]),
        Functions=Array([gradient().Function, gradient(first=TEAL, last=(1, 1, 1)).Function]),
    )
    whole = gradient()
    whole.Function = parts
    pdf = drawn(b"/S sh", {"/Shading": Dictionary(S=whole)})
    made = pdf.pages[0].obj.Resources.Shading.S.Function
    assert [int(part.FunctionType) for part in made.Functions] == [0, 0]
    assert made.Functions[1].read_bytes()[-4:] == b"\0\0\0\0"


def test_patterns_of_tiles_and_of_gradients() -> None:
    def make(pdf: pikepdf.Pdf) -> Any:
        entries = Dictionary(
            Type=Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=BOX,
            XStep=9,
            YStep=9,
            Resources=Dictionary(),
        )
        tiles = pdf.make_stream(b"0.9 0.1 0.1 rg 0 0 9 9 re f", entries)
        shaded = Dictionary(Type=Name.Pattern, PatternType=2, Shading=gradient())
        return Dictionary(Pattern=Dictionary(T=tiles, G=pdf.make_indirect(shaded)))

    pdf = drawn(b"/Pattern cs /T scn 0 0 9 9 re f /G scn 0 0 9 9 re f", make=make)
    only_ink(pdf)
    assert b"/T scn" in pdf.pages[0].obj.Contents.read_bytes()
    assert pdf.pages[0].obj.Resources.Pattern.G.Shading.ColorSpace == Name.DeviceCMYK


def test_a_soft_mask_of_luminosity_keeps_its_light() -> None:
    """A mask is no colour: half of the light lets half of what it masks through, in any ink."""

    def make(pdf: pikepdf.Pdf) -> Any:
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        shades = Dictionary(Shading=Dictionary(S=gradient(first=(0, 0, 0), last=(1, 1, 1))))
        mask = form(pdf, b"0.5 0.5 0.5 rg 0 0 9 9 re f /S sh", Group=group, Resources=shades)
        soft = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask, BC=Array([0, 0, 0])))
        return Dictionary(ExtGState=Dictionary(M=soft), XObject=Dictionary(F=mask))

    pdf = drawn(b"/M gs 0.9 0.1 0.1 rg 0 0 9 9 re f /F Do", make=make)
    resources = pdf.pages[0].obj.Resources
    mask = resources.ExtGState.M.SMask.G
    assert b"0.5 g" in mask.read_bytes()
    assert Name.DeviceGray == mask.Group.CS
    shade = mask.Resources.Shading.S
    assert shade.ColorSpace == Name.DeviceGray
    assert shade.Function.read_bytes() == bytes(round(step / (SAMPLES - 1) * 255) for step in range(SAMPLES))
    assert list(resources.ExtGState.M.SMask.BC) == [0]
    assert b" k" in resources.XObject.F.read_bytes(), "the same form, drawn as itself, is in inks"


def test_what_is_drawn_on_one_page_may_be_a_mask_on_the_next() -> None:
    """Whichever comes first: drawn, it is in inks; as a mask, in light, with its pictures and its tiles."""
    pdf = pikepdf.new()
    entries = Dictionary(
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=BOX, XStep=9, YStep=9, Resources=Dictionary()
    )
    tiles = pdf.make_stream(b"1 1 0 rg 0 0 9 9 re f", entries)
    seen = picture(pdf, b"\xe6\x1a\x1a\x12\x78\x7c", Name.DeviceRGB)
    inner = form(pdf, b"1 0 0 rg 0 0 9 9 re f")
    resources = Dictionary(XObject=Dictionary(S=seen, I=inner), Pattern=Dictionary(T=tiles))
    both = form(pdf, b"0 0 1 rg 0 0 9 9 re f /S Do /I Do /Pattern cs /T scn 0 0 9 9 re f", Resources=resources)
    soft = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=both))
    for content, own in ((b"/F Do", Dictionary(XObject=Dictionary(F=both))), (b"/M gs 0 0 9 9 re f", None)):
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(content)
        page.obj.Resources = own or Dictionary(ExtGState=Dictionary(M=soft))
    Separator(pdf, Inks(profile_at(SHIPPED))).separate()
    drawing, mask = pdf.pages[0].obj.Resources.XObject.F, pdf.pages[1].obj.Resources.ExtGState.M.SMask.G
    assert b" k" in drawing.read_bytes()
    assert b" k" in drawing.Resources.XObject.I.read_bytes()
    assert b" k" in drawing.Resources.Pattern.T.read_bytes()
    assert drawing.Resources.XObject.S.ColorSpace == Name.DeviceCMYK
    assert b"0.11 g" in mask.read_bytes()
    assert b"0.3 g" in mask.Resources.XObject.I.read_bytes()
    assert b"0.89 g" in mask.Resources.Pattern.T.read_bytes()
    assert mask.Resources.XObject.S.ColorSpace == Name.DeviceGray
    assert len(mask.Resources.XObject.S.read_bytes()) == 2


def picture(pdf: pikepdf.Pdf, pixels: bytes, space: Any, size: tuple[int, int] = (2, 1), **entries: Any) -> Any:
    facts = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1], ColorSpace=space, BitsPerComponent=8
    )
    stream = pdf.make_stream(b"", facts)
    stream.write(zlib.compress(pixels), filter=Name.FlateDecode)
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def test_pictures_with_their_masks() -> None:
    def make(pdf: pikepdf.Pdf) -> Any:
        mask = picture(pdf, b"\x80\xff", Name.DeviceGray)
        coloured = picture(pdf, b"\xe6\x1a\x1a\x12\x78\x7c", Name.DeviceRGB, SMask=mask)
        grey = picture(pdf, b"\x40\x40\x40\xc0\xc0\xc0", Name.DeviceRGB)
        return Dictionary(XObject=Dictionary(C=coloured, G=grey))

    pdf = drawn(b"/C Do /G Do", make=make)
    only_ink(pdf)
    drawings = pdf.pages[0].obj.Resources.XObject
    assert drawings.C.ColorSpace == Name.DeviceCMYK
    assert len(drawings.C.read_bytes()) == 8
    assert drawings.C.SMask.read_bytes() == b"\x80\xff"
    assert drawings.G.ColorSpace == Name.DeviceGray
    assert drawings.G.read_bytes() == b"\x40\xc0"


def test_nothing_overprints() -> None:
    pdf = drawn(
        b"/O gs 1 1 1 rg 0 0 9 9 re f", {"/ExtGState": Dictionary(O=Dictionary(OP=True, op=True, OPM=1, ca=0.5))}
    )
    state = pdf.pages[0].obj.Resources.ExtGState.O
    assert set(state.keys()) == {"/ca"}


@pytest.mark.parametrize(
    ("content", "resources"),
    [
        (b"/X cs 1 scn", {"/ColorSpace": Dictionary(X=Array([Name.Separation, Name.Gold, Name.DeviceRGB]))}),
        (b"/Lab cs 1 1 1 scn", {}),
        (b"1 1 scn", {}),
        (b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", {}),
        (b"/S sh", {"/Shading": Dictionary(S=Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB))}),
    ],
)
def test_what_is_not_understood_is_refused(content: bytes, resources: dict[str, Any]) -> None:
    with pytest.raises(SeparationError):
        drawn(content, resources)
