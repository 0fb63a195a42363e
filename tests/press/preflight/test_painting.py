"""What a content stream paints, operator by operator (ISO 32000-1, table 60)."""

from __future__ import annotations

import zlib

import pytest

from toolkit_builder.press.plates.plate import Page, Plate, PlateError
from toolkit_builder.press.preflight.paint import Kind, Painting
from toolkit_builder.press.preflight.painting import read_page

TWO_SQUARES = b"0 0 m\n30 0 l\n30 30 l\n0 30 l\nh\n10 10 m\n20 10 l\n20 20 l\n10 20 l"
"""One within the other, drawn the same way round; the inner is left open."""


def painting(content: bytes) -> Painting:
    page = Page(100, 100, b"", zlib.compress(content), {}, 0)
    return read_page(page, Plate("", 12, [page], [], {}, {}, {}))


@pytest.mark.parametrize(
    ("operator", "in_the_inner", "in_the_outer", "line", "last_side"),
    [
        (b"f", True, True, False, False),
        (b"F", True, True, False, False),
        (b"f*", False, True, False, False),
        (b"S", False, False, True, False),
        (b"s", False, False, True, True),
        (b"B", True, True, True, False),
        (b"B*", False, True, True, False),
        (b"b", True, True, True, True),
        (b"b*", False, True, True, True),
    ],
)
def test_what_an_operator_fills_and_strokes(
    operator: bytes, in_the_inner: bool, in_the_outer: bool, line: bool, last_side: bool
) -> None:
    paints = painting(b"1 w\n%s\n%s" % (TWO_SQUARES, operator)).paints
    fills = [paint.region for paint in paints if paint.kind is Kind.FILL]
    strokes = [paint.region for paint in paints if paint.kind is Kind.STROKE]
    assert any(area.has(15, 15) for area in fills) is in_the_inner
    assert any(area.has(5, 5) for area in fills) is in_the_outer
    assert any(area.has(15, 10) for area in strokes) is line
    assert any(area.has(10, 15) for area in strokes) is last_side


@pytest.mark.parametrize("curve", [b"0 20 20 20 20 0 c", b"20 20 20 0 v", b"0 20 20 0 y"], ids=["c", "v", "y"])
def test_a_curve_stays_within_its_points(curve: bytes) -> None:
    (paint,) = painting(b"0 0 m\n%s\nf" % curve).paints
    left, bottom, right, top = paint.bounds
    assert (left, bottom, right) == (0, 0, 20)
    assert 5 < top < 20
    assert paint.region.has(10, 4)


def test_a_clip_ends_with_its_state() -> None:
    paints = painting(b"q\n0 0 10 10 re\nW\nn\n0 0 50 50 re\nf\nQ\n0 0 50 50 re\nf").paints
    assert [paint.bounds for paint in paints] == [(0, 0, 10, 10), (0, 0, 50, 50)]


@pytest.mark.parametrize("content", [b"0 0 m\nzz", b"5 5 l\nf", b"0 m\nf", b"0 0 1 m\nf"])
def test_what_is_not_understood_is_refused(content: bytes) -> None:
    with pytest.raises(PlateError):
        painting(content)
