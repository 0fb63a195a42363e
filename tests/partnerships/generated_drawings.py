"""Drawings made at random, of everything that a logo may have; some of them draw nothing.

Shapes are dark and, if they are on the page at all, lie there with an area that can be seen.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">'
GRADIENTS = (
    '<linearGradient id="l"><stop offset="0" stop-color="#123"/><stop offset="1" stop-color="#456"/></linearGradient>'
    '<linearGradient id="m" xlink:href="#l" gradientUnits="userSpaceOnUse" x1="0" x2="100%" y2="3mm"/>'
    '<linearGradient id="s" href="#l" x2="0"/>'
    '<radialGradient id="r" fx="2" fy=".1" gradientTransform="rotate(20) scale(1 .5)"><stop offset=".5"/>'
    '<stop offset=".5" stop-color="navy"/><stop offset=".5" stop-color="maroon"/><stop offset="1"/></radialGradient>'
    '<radialGradient id="z" r="0"><stop stop-color="#123"/><stop offset="50%" stop-color="#345"/></radialGradient>'
    '<linearGradient id="e"/>'
)
CLIPS = (
    '<clipPath id="c"><rect width="60" height="20"/></clipPath>'
    '<clipPath id="d" transform="translate(1 1)"><circle cx="20" cy="9" r="50"/><use href="#p" x="3"/></clipPath>'
    '<clipPath id="n"/>'
    '<mask id="w"><path fill="#fff" d="M0 0h60v20h-60z"/></mask>'
)
SHARED = (
    '<defs><path id="p" d="M2 2h20v9h-20z"/>'
    '<symbol id="y" viewBox="0 0 9 9"><rect width="9" height="9"/></symbol></defs>'
)
PAINTS = ("none", "#123", "navy", "rgb(10%,20%,30%)", "currentColor", *(f"url(#{one})" for one in "lmsrze"))

NUMBERS = st.sampled_from(["-90", "0", "1", "2.5", "9", "1.e1", "15px", "4mm", "50%", "100", "1e-9"])
SIZES = st.sampled_from(["3", "9", "15", "20", "50%", "1cm"])
"""That can be seen."""


def _attributes(**values: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.fixed_dictionaries({}, optional={name.replace("_", "-"): value for name, value in values.items()}).map(
        lambda said: " ".join(f'{name}="{value}"' for name, value in said.items())
    )


LOOKS = _attributes(
    fill=st.sampled_from(PAINTS),
    stroke=st.sampled_from(PAINTS),
    stroke_width=st.sampled_from(["0", "1", "2px", "5%"]),
    stroke_dasharray=st.sampled_from(["none", "1 2", "3,1,0", "0", "-1 2"]),
    stroke_dashoffset=st.sampled_from(["0", "-3", "7%"]),
    stroke_linejoin=st.sampled_from(["round", "bevel", "inherit"]),
    stroke_miterlimit=st.sampled_from(["0", "1", "10"]),
    fill_opacity=st.sampled_from(["1", ".8", "90%", "7"]),
    opacity=st.sampled_from(["1", ".8", "60%"]),
    color=st.sampled_from(["#321", "black"]),
    visibility=st.sampled_from(["visible", "hidden"]),
    clip_path=st.sampled_from(["none", "url(#c)", "url('#d')", "url(#n)"]),
    mask=st.sampled_from(["none", "url(#w)"]),
    transform=st.sampled_from(
        ["translate(2)", "scale(1,-1)", "rotate(30 9 9)", "skewX(10) skewY(-5)", "matrix(1 0 0 1 3 3)", "scale(0 1)"]
    ),
    style=st.sampled_from(["fill:#234", "stroke:none;fill:navy!important", "stroke:#123;stroke-width:2"]),
    **{"class": st.sampled_from(["a", "b a"])},
)
PATHS = st.sampled_from(
    [
        "M2 2h20v9h-20z",
        "m2,2 10 0 0 10z m20 0l9 0 0 9",
        "M2 10 A9 4 -30 1 0 20 10 a1 1 0 0120 0",
        "M0 0 A0 4 0 0 0 20 9 V 2 z L 9 9",
        "M2 2C9 2 9 9 20 9S30 15 40 9 Q 45 0 50 9 T 55 15 t2 3z",
        "M5 5z",
        "",
        "M3 3 3 3A5 5 0 0 0 3 3h20v9z",
    ]
)
SHAPES = st.one_of(
    st.tuples(st.just("path"), PATHS.map(lambda data: f'd="{data}"')),
    st.tuples(
        st.just("rect"),
        _attributes(x=NUMBERS, y=NUMBERS, width=SIZES, height=SIZES, rx=NUMBERS.filter(lambda n: n > "/")),
    ),
    st.tuples(st.just("circle"), _attributes(cx=NUMBERS, cy=NUMBERS, r=SIZES)),
    st.tuples(st.just("ellipse"), _attributes(cx=NUMBERS, cy=NUMBERS, rx=SIZES, ry=SIZES)),
    st.tuples(st.just("line"), _attributes(x1=NUMBERS, y1=NUMBERS, x2=NUMBERS, y2=NUMBERS)),
    st.tuples(st.just("polygon"), st.sampled_from(['points="1 1 20,1 20-9 9"', 'points=""', 'points="3 3 3 9 12 12"'])),
    st.tuples(
        st.just("use"), st.sampled_from(['href="#p"', 'xlink:href="#p" x="9"', 'href="#y" width="20" height="9"'])
    ),
)


def _shape(name: str, geometry: str, look: str) -> str:
    return f"<{name} {geometry} {look}/>"


def drawings() -> SearchStrategy[str]:
    """Whole drawings, with groups within groups."""
    shapes = st.builds(lambda shape, look: _shape(shape[0], shape[1], look), SHAPES, LOOKS)
    parts = st.recursive(
        shapes,
        lambda inner: st.builds(
            lambda look, held: f"<g {look}>{''.join(held)}</g>", LOOKS, st.lists(inner, max_size=3)
        ),
        max_leaves=6,
    )
    rules = "<style>.a{stroke:#222} .b{stroke-width:1!important} path,rect.a{stroke-linecap:round}</style>"
    return st.lists(parts, min_size=1, max_size=4).map(
        lambda held: f"{OPEN}{rules}<defs>{GRADIENTS}{CLIPS}</defs>{SHARED}{''.join(held)}</svg>"
    )
