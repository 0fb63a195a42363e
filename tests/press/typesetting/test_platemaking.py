"""What plates take over of the engine's pages: glyphs of drawings too, and structure that a reader can use."""

from __future__ import annotations

from tests import reading
from tests.press.planting import PAGE, PlantingPress

BEYOND = "Ωω"
"""Letters that the font has, and that are not of the repertoire that every font is given."""
FONT = "font:fontpkg_source_sans_3/SourceSans3%5Bwght%5D.ttf"
STYLE = f"""@font-face {{ font-family: "Source Sans 3"; src: url("{FONT}") }}
.leaf {{ font-family: "Source Sans 3" }} {PAGE}"""


def test_glyphs_within_a_drawing_are_added_to_the_font(press: PlantingPress) -> None:
    drawing = f"""<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="20mm" style="opacity: 0.9">
    <title>Ohm</title><text x="10" y="40" font-family="Source Sans 3" font-size="30">{BEYOND}</text></svg>"""
    assert press.faults(f"<p>Tŷ</p>{drawing}", STYLE) == []
    assert BEYOND in reading.pages(press.target)[0]


def test_a_page_that_has_nothing_but_room_to_write(press: PlantingPress) -> None:
    table = '<table style="width: 60mm"><tr><td style="height: 9mm"></td><td></td></tr></table>'
    assert press.faults(table, STYLE) == []
    kinds = [element.kind for element in reading.tree(press.target)]
    assert kinds.count("/TD") == 2


def test_structure_that_says_nothing_is_dissolved(press: PlantingPress) -> None:
    body = '<div><div><p>Gŵyl <span><em>y <b>gaeaf</b></em></span></p></div></div><p lang="en">Winter</p>'
    assert press.faults(body, STYLE) == []
    tree = [(element.kind, element.language, element.text) for element in reading.tree(press.target)]
    assert [kind for kind, _, _ in tree] == ["/Document", "/Sect", "/P", "/P"]
    texts = [(language, text) for kind, language, text in tree if kind == "/P"]
    assert texts == [("cy", reading.squeezed("Gŵyl y gaeaf")), ("en", "Winter")]


def test_a_link_with_emphasised_words_is_one_link(press: PlantingPress) -> None:
    """The engine gives what is emphasised within a link a place of its own, in an element that is dissolved."""
    body = '<p><a href="https://example.org/">Gaeaf <strong>oer</strong> iawn</a></p>'
    assert press.faults(body, STYLE) == []
    assert reading.untagged_annotations(press.target) == 0
    assert [element.kind for element in reading.tree(press.target)].count("/Link") == 1


def test_the_shape_of_a_tab_that_is_no_polygon_is_told(press: PlantingPress) -> None:
    tab = '<div data-tab="{}" data-artifact style="position: absolute; left: 90mm; width: 8mm; height: 9mm"></div>'
    assert press.faults(f"<p>Tŷ</p>{tab.format('50,0 100,100 0,100')}", STYLE) == []
    [fault] = press.faults(f"<p>Tŷ</p>{tab.format('M50 0 L100 100')}", STYLE)
    assert "the shape of a tab is “M50 0 L100 100”, and no polygon" in fault
