"""Drawings changed as drawings: elements doubled, moved and nested, references bent, values made wild, bytes broken.

What is read is refused with a message, or built anew within bounds, harmless, and the same when it is built once more.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from tests.partnerships.engine_drawing import drawn
from tests.partnerships.test_hostile_logos import assert_harmless, steps
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.drawings.svg.rebuilding import Drawing, rebuild

PARTNERSHIPS = Path(__file__).parents[1] / "partnerships"
EXPORTS = sorted((PARTNERSHIPS / "drawings").glob("*.svg"))
CORPUS = sorted((PARTNERSHIPS / "hostile").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
STEPS = 5_000_000
"""Lines of Python that an input may take, which is far more than any within the bounds needs."""
NAMES = (
    *("g", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "svg", "symbol", "defs", "mask"),
    *("clipPath", "linearGradient", "radialGradient", "stop", "style", "metadata", "title", "image", "text", "script"),
    *("foreignObject", "filter", "pattern", "marker", "switch", "a", "animate", "font-face", "nid-yw"),
)
ATTRIBUTES = (
    *("d", "x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "x2", "points", "viewBox", "transform"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "stop-color", "offset", "style"),
    *("clip-path", "mask", "href", HREF, "id", "class", "display", "visibility", "overflow", "preserveAspectRatio"),
    *(
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "fx",
        "fr",
        "color",
        "filter",
    ),
    *("marker-end", "onload", "{http://www.w3.org/XML/1998/namespace}base", "stroke-miterlimit", "stroke-dashoffset"),
)
VALUES = (
    *("", " ", "0", "-0", "1", "-1", ".5", "50%", "1e6", "1e-300", "1e400", "nan", "inf", "-inf", "NaN%", "9" * 200),
    *("0x10", "1 2 3", "1,2,3,4", "0 0 0 0", "0 0 1e-9 1e-9", "none", "inherit", "currentColor", "#fff", "#ŵŷ", "red"),
    *("rgb(1,2,3)", "hsl(none 0% 0%)", "color(srgb nan 0 0)", "rgb(calc(infinity) 0 0)", "var(--x)", "url(", "url(#)"),
    *("url(#a) red", "url(file:///etc/passwd)", r"u\72l(#a)", "M0 0", "M0 0h60v20z", "M0 0A1 1 0 11 9 9z", "m0 0t1 1"),
    *("M0 0Z Z z", "M0 0A0 0 0 0 0 9 9", "scale(0)", "scale(1e3) scale(1e3)", "rotate(1e9)", "matrix(1 0 0 1 0)"),
    *("skewX(90)", "translate(1)" * 9, "fill:red;fill:blue!important", "clip-path:url(#a);mask:url(#a)", "a b a"),
    *(
        "objectBoundingBox",
        "userSpaceOnUse",
        "reflect",
        "none slice",
        "xMaxYMin slice",
        "visible",
        "((((",
        "}{",
        "\x85",
    ),
)
SHEETS = (
    ".a{fill:red}",
    "path,#a.b{stroke:blue!important}",
    "@font-face{font-family:x;src:url(font:a/b)}",
    "g>path{fill:red}",
    ".a{fill:url(#a);clip-path:url(#a)}",
    "*{display:none}",
    "}}{{",
    "/*",
)


def make(chance: random.Random) -> bytes:
    """A drawing of the corpus, changed one to eight times, and sometimes broken as bytes."""
    data = chance.choice(CORPUS if chance.random() < 0.4 else EXPORTS).read_bytes()
    try:
        root = fromstring(data)  # noqa: S314  (the corpus is our own; entities end in an error)
    except ParseError:
        return _broken(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(CHANGES)(root, chance)
    data = tostring(root, encoding="utf-8")
    return _broken(data, chance) if chance.random() < 0.1 else data


def read(data: bytes) -> None:
    """Raises AssertionError if what comes of it is not as it should be, or whatever else went wrong."""
    result: list[Drawing | str] = []
    steps(lambda: result.append(_rebuilt(data)), STEPS)
    drawing = result[0]
    if isinstance(drawing, str):
        assert drawing.strip(), "refused without a word"
        assert len(drawing) < 400, "refused at too great length"
        return
    assert_harmless(drawing.data)
    assert len(drawing.data) < 20_000_000
    again = _rebuilt(drawing.data)
    assert isinstance(again, Drawing), f"refused when it is built once more: {again}"
    assert again.data == drawing.data, "another when it is built once more"
    if len(data) % 8 == 0:  # the engine takes as long as a hundred readings: some stand for all
        assert drawn(drawing.data, drawing.width, drawing.height).messages == (), "the engine complains"


def _rebuilt(data: bytes) -> Drawing | str:
    """The drawing, or why it is refused."""
    try:
        return rebuild(data)
    except RefusedError as refused:
        return refused.message


def _broken(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(broken))
        length = chance.randint(0, 20)
        broken[place : place + length] = chance.choice((b"", b"\0", b"\xff", b"<", b"&amp;", b"&x;", b"]]>", b"<!--"))
        if not broken:
            break
    return bytes(broken)


def _any(root: Element, chance: random.Random) -> Element:
    return chance.choice(list(root.iter()))


def _set_value(root: Element, chance: random.Random) -> None:
    _any(root, chance).set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def _bend_reference(root: Element, chance: random.Random) -> None:
    """Let something refer to any id that is there, itself perhaps."""
    known = [element.get("id") or "" for element in root.iter()]
    address = f"#{chance.choice(known)}"
    referring = [element for element in root.iter() if str(element.tag).endswith(("use", "Gradient"))]
    if referring and chance.random() < 0.5:
        element = chance.choice(referring)
        element.set(HREF if HREF in element.attrib else "href", address)
    else:
        _any(root, chance).set(chance.choice(("fill", "stroke", "clip-path", "mask")), f"url({address})")


def _double(root: Element, chance: random.Random) -> None:
    """The same element twice: ids too, or with ids of its own."""
    element = _any(root, chance)
    copy = fromstring(tostring(element))  # noqa: S314  (written here)
    if chance.random() < 0.7:
        for n, inner in enumerate(copy.iter()):
            inner.attrib.pop("id", None)
            inner.set("id", f"k{chance.randrange(10**6)}-{n}")
    _any(root, chance).append(copy)


def _nest(root: Element, chance: random.Random) -> None:
    outer = _any(root, chance)
    for _ in range(chance.choice((1, 3, 60))):
        outer = SubElement(outer, f"{SVG}{chance.choice(('g', 'svg', 'symbol', 'clipPath'))}")
    SubElement(outer, f"{SVG}rect", {"width": "9", "height": "9"})


def _add(root: Element, chance: random.Random) -> None:
    new = SubElement(_any(root, chance), f"{SVG}{chance.choice(NAMES)}")
    for _ in range(chance.randint(0, 4)):
        new.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def _rename(root: Element, chance: random.Random) -> None:
    _any(
        root, chance
    ).tag = f"{chance.choice((SVG, SVG, SVG, '', '{http://www.w3.org/1999/xhtml}'))}{chance.choice(NAMES)}"


def _remove(root: Element, chance: random.Random) -> None:
    parent = _any(root, chance)
    if len(parent):
        parent.remove(chance.choice(list(parent)))


def _style(root: Element, chance: random.Random) -> None:
    SubElement(_any(root, chance), f"{SVG}style").text = chance.choice(SHEETS) * chance.choice((1, 1, 50))
    _any(root, chance).set("class", "a b")


def _use_often(root: Element, chance: random.Random) -> None:
    known = [element.get("id") for element in root.iter() if element.get("id")]
    parent = _any(root, chance)
    for _ in range(chance.choice((1, 10, 300)) if known else 0):
        SubElement(parent, f"{SVG}use", {"href": f"#{chance.choice(known)}", "x": chance.choice(VALUES[:9])})


CHANGES: tuple[Callable[[Element, random.Random], None], ...] = (
    *(_set_value, _set_value, _set_value, _bend_reference, _bend_reference, _double),
    *(_nest, _add, _rename, _remove, _style, _use_often),
)
