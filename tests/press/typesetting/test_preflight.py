"""Every fault that a page can have, planted: the press stops, says what is wrong and where, and writes nothing."""

from __future__ import annotations

import base64
import re

import pytest

from tests.making import LONG_WORD
from tests.press.planting import PAGE, PlantingPress
from toolkit_builder.press.html.layout_lines import line_of
from toolkit_builder.press.typesetting.failing import failing_line

TITLE = "<h1>{{ action.title | t }}</h1>"
PLACE = re.compile(r"content/actions/SP1\.yaml:\d+:\d+: error: title\.cy: .*; page 1 \(SP1, cy\)")


def only(faults: list[str]) -> str:
    assert len(faults) == 1, faults
    return faults[0]


def test_a_sound_leaf_passes(press: PlantingPress) -> None:
    body = TITLE + '<p>Geiriau</p><ul><li>un</li></ul><table><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table>'
    assert press.faults(body) == []


# -- geometry ---------------------------------------------------------------------------------------------------------


def test_text_outside_its_frame(press: PlantingPress) -> None:
    body = f'<div data-frame style="height: 15mm">{TITLE}<p>un</p><p>dau</p><p>tri</p></div>'
    fault = only(press.faults(body))
    assert "“tri” stands 10.0 mm outside its frame, with all in all 2 lines, about 6 letters; page 1 (SP1, cy)" in fault
    assert "in 12 pt, the least size: give it more room, or have less there" in fault


def test_text_that_is_clipped_is_outside_its_frame(press: PlantingPress) -> None:
    press.retell("title", "Gair ar ôl gair " * 12)
    body = f'<div data-frame style="height: 8mm; overflow: hidden">{TITLE}</div>'
    fault = press.faults(body)[0]
    assert PLACE.match(fault)
    assert "mm outside its frame" in fault


@pytest.mark.parametrize("side", ["left: -30mm", "right: -30mm", "top: -30mm", "bottom: -30mm"])
def test_text_outside_the_page(press: PlantingPress, side: str) -> None:
    body = f'<h1 style="position: absolute; width: 40mm; {side}">{{{{ action.title | t }}}}</h1>'
    faults = press.faults(body)
    assert any(PLACE.match(fault) and "mm outside its frame" in fault for fault in faults), faults


def test_text_moved_outside_the_page(press: PlantingPress) -> None:
    body = '<h1 style="position: relative; left: 70mm; width: 40mm">{{ action.title | t }}</h1>'
    assert "mm outside its frame" in "\n".join(press.faults(body))


def test_an_empty_box_outside_the_page(press: PlantingPress) -> None:
    fault = only(
        press.faults('<p>Gair</p><div style="position: absolute; left: 60mm; width: 60mm; height: 5mm"></div>')
    )
    assert "layouts/leaf.html: error: cy: a box (div) stands" in fault
    assert "mm outside its frame; page 1" in fault


def test_a_box_that_is_meant_to_bleed_may(press: PlantingPress) -> None:
    body = '<p>Gair</p><div data-bleed style="position: absolute; left: 60mm; width: 60mm; height: 5mm"></div>'
    assert press.faults(body) == []


def test_a_word_wider_than_its_column(press: PlantingPress) -> None:
    press.retell("title", LONG_WORD)
    fault = only(press.faults('<h1 style="width: 30mm; font-size: 8pt">{{ action.title | t }}</h1>'))
    assert PLACE.match(fault)
    assert re.search(r"mm wider than its column: about \d+ of its \d+ letters have room", fault)


def test_a_word_wider_than_its_cell(press: PlantingPress) -> None:
    press.retell("title", LONG_WORD)
    body = (
        '<table style="table-layout: fixed; width: 60mm"><tr><th scope="col">a</th><th scope="col">b</th></tr>'
        "<tr><td>{{ action.title | t }}</td><td></td></tr></table>"
    )
    assert any(PLACE.match(fault) for fault in press.faults(body))


def test_two_texts_over_one_another(press: PlantingPress) -> None:
    fault = only(press.faults(TITLE + '<p style="margin-top: -6mm">Geiriau eraill</p>'))
    assert PLACE.match(fault)
    assert re.search(r"and “Geiriau eraill” stand over one another by \d\.\d mm", fault)


def test_text_under_a_box_placed_on_it(press: PlantingPress) -> None:
    box = '<div style="position: absolute; top: 10mm; left: 10mm; width: 50mm; height: 10mm; background: #fff"></div>'
    fault = only(press.faults(TITLE + box))
    assert PLACE.match(fault)
    assert re.search(r"stands under or too close to .* beside it, by \d\.\d mm", fault)


def test_a_page_more_than_planned(press: PlantingPress) -> None:
    fault = only(
        press.faults(f'{TITLE}<p style="break-before: page">Gormod</p>', css=PAGE.replace("height: 100mm", ""))
    )
    assert PLACE.match(fault)
    assert "takes 2 pages, and 1 was planned" in fault


def test_a_page_less_than_planned(press: PlantingPress) -> None:
    assert "takes 1 page, and 2 were planned; page 1" in only(press.faults(TITLE, planned=2))


def test_text_outside_any_leaf(press: PlantingPress) -> None:
    faults = press.faults(TITLE, around="<p>Ar goll</p>{body}")
    assert "a page that belongs to no leaf of the plan" in "\n".join(faults)


# -- glyphs and fonts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("character", ["🎉", "漢", "א", "ع", "\u0d0a"])
def test_a_missing_glyph(press: PlantingPress, character: str) -> None:
    press.retell("title", f"Gair {character} gair")
    fault = only(press.faults(TITLE))
    assert PLACE.match(fault)
    assert f"Source Sans 3 has no “{character}” (U+{ord(character):04X})" in fault


def test_every_missing_glyph_of_a_text_is_told_at_once(press: PlantingPress) -> None:
    press.retell("title", f"Gair 🎉 {'gair ' * 30}漢 a 🎉 ع")
    fault = only(press.faults(TITLE))
    assert "Source Sans 3 has no “ع” (U+0639), “漢” (U+6F22), “🎉” (U+1F389), in “Gair 🎉" in fault


def test_what_has_no_glyph_is_missing_in_no_font(press: PlantingPress) -> None:
    press.retell("title", "Cyd\u00adweithio \u200ehir\u2060dymor\u200d \u202aym\u202c mhob\u2063 man\ufe0f")
    assert press.faults(TITLE) == []


def test_every_letter_of_welsh_and_english_has_a_glyph(press: PlantingPress) -> None:
    press.retell("title", "ÂÊÎÔÛŴŶ âêîôûŵŷ ÀÈÌÒÙẀỲ àèìòùẁỳ ÁÉÍÓÚẂÝ áéíóúẃý ÄËÏÖÜẄŸ äëïöüẅÿ £€–—‘’“”…·×")
    assert press.faults(TITLE) == []


def test_a_missing_glyph_that_a_style_prints(press: PlantingPress) -> None:
    assert "has no “漢” (U+6F22)" in only(press.faults(TITLE, css=f'{PAGE} h1::before {{ content: "漢" }}'))


@pytest.mark.parametrize("font", ["DejaVu Sans", "No Such Font", "serif"])
def test_a_font_that_the_styles_do_not_declare(press: PlantingPress, font: str) -> None:
    fault = only(press.faults(TITLE, css=f'{PAGE} h1 {{ font-family: "{font}" }}'))
    assert PLACE.match(fault)
    assert f"asks for {font} 700, which the styles do not declare" in fault


def test_an_italic_that_the_styles_do_not_declare(press: PlantingPress) -> None:
    assert "asks for Source Sans 3 italic" in only(press.faults(TITLE, css=f"{PAGE} h1 {{ font-style: italic }}"))


# -- images, alternative texts, languages, titles ---------------------------------------------------------------------

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def test_an_image_of_the_project(press: PlantingPress) -> None:
    (press.root / "layouts" / "llun.png").write_bytes(PIXEL)
    assert press.faults('<p>Llun</p><img src="llun.png" alt="Llun" style="width: 9mm">') == []


def test_a_missing_image(press: PlantingPress) -> None:
    fault = only(press.faults('<p>Llun</p><img src="llun.png" alt="Llun">'))
    assert fault.startswith("layouts/leaf.html: error: ")
    assert "llun.png" in fault
    assert fault.endswith("; page 1 (SP1, cy)")


@pytest.mark.parametrize(
    "damaged", [PIXEL[:40], b"not a picture", b"", b"<svg xmlns='http://www.w3.org/2000/svg'><rect"]
)
def test_a_broken_image(press: PlantingPress, damaged: bytes) -> None:
    (press.root / "layouts" / "llun.png").write_bytes(damaged)
    assert "llun.png" in only(press.faults('<p>Llun</p><img src="llun.png" alt="Llun">'))


def test_a_missing_background(press: PlantingPress) -> None:
    assert "cefndir.svg" in only(press.faults(TITLE, css=f"{PAGE} h1 {{ background: url(cefndir.svg) }}"))


@pytest.mark.parametrize(
    "image", ['<img src="llun.png">', '<img src="llun.png" alt="">', '<img src="llun.png" alt=" ">']
)
def test_a_missing_alternative_text(press: PlantingPress, image: str) -> None:
    (press.root / "layouts" / "llun.png").write_bytes(PIXEL)
    assert "alternative text" in only(press.faults(f"<p>Llun</p>{image}"))


def test_a_drawing_without_alternative_text(press: PlantingPress) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert "alternative text" in only(press.faults(f"<p>Llun</p>{drawing}"))


def test_a_part_without_a_language(press: PlantingPress) -> None:
    faults = press.faults(
        "<p>Gair</p>", around='<section class="leaf" data-leaf="{{{{ leaf.name }}}}" lang="">{body}</section>'
    )
    assert "“Gair” has no language (lang); page 1" in only(faults)


def test_a_leaf_does_not_borrow_the_language_of_the_document(press: PlantingPress) -> None:
    faults = press.faults(
        "<p>Gair</p>", around='<section class="leaf" data-leaf="{{{{ leaf.name }}}}">{body}</section>'
    )
    assert "“Gair” has no language (lang); page 1" in only(faults)


def test_a_document_without_a_language(press: PlantingPress) -> None:
    (press.root / "layouts" / "document.html").write_text(
        "<!DOCTYPE html><html><head><title>Prawf</title></head><body>{{ leaves | join }}</body></html>"
    )
    assert "lang" in only(press.faults(TITLE))


@pytest.mark.parametrize("title", ["", "<title> </title>"])
def test_a_document_without_a_title(press: PlantingPress, title: str) -> None:
    layout = f'<html lang="cy"><head>{title}</head><body>{{{{ leaves }}}}</body></html>'
    (press.root / "layouts" / "document.html").write_text(layout, "utf-8")
    assert only(press.faults(TITLE)).startswith("layouts/document.html: error: the document has no title")


def test_a_text_in_the_wrong_language(press: PlantingPress) -> None:
    body = '<div lang="en">{{ action.title | t }}</div>'
    fault = only(press.faults(body))
    assert PLACE.match(fault)
    assert "is the text in cy, in a part whose language is en" in fault


def test_a_layout_that_prints_with_another_language(press: PlantingPress) -> None:
    fault = only(press.faults("{% set lang = 'en' %}<p>{{ action.title | t }}</p>"))
    assert re.match(r"content/actions/SP1\.yaml:\d+:\d+: error: title\.en: ", fault)
    assert "is the text in en, in a part whose language is cy" in fault


# -- styles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "css", ["h1 { colour: red }", "h1 { color: rde }", "@nonsense { }", "h1 { color red }", "h1:nonsense { }"]
)
def test_an_error_in_a_style(press: PlantingPress, css: str) -> None:
    faults = press.faults(TITLE, css=f"{PAGE}\n{css}")
    assert re.match(r"styles/test\.css:2:[0-9]+: error: ", only(faults))


def test_an_error_in_the_style_of_an_element(press: PlantingPress) -> None:
    fault = only(press.faults('<p style="colour: red">Gair</p>'))
    assert fault.startswith("layouts/leaf.html: error: ")
    assert "colour" in fault


# -- what the engine fails over ---------------------------------------------------------------------------------------


def test_the_line_of_the_layout_that_the_engine_fails_over(press: PlantingPress) -> None:
    """WeasyPrint 70.0 has no width for a mark of a list that a style sets."""
    body = f'{TITLE}\n<p>Gair</p>\n<ul class="marks">\n<li class="mark">un</li>\n</ul>\n<p>Eto</p>'
    fault = only(press.faults(body, css=f"{PAGE} .mark::marker {{ content: 'x' }}"))
    assert fault.startswith("layouts/leaf.html:5:1: error: the typesetting engine fails over this leaf (")
    assert 'page 1 (SP1, cy); it does so from “<li class="mark">un</li>” on: undo the last change' in fault


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ('<h2 class="a">Gair</h2>', 2),
        ('<h2 class="b">Gair</h2>', 3),
        ("<p>Gair</p>", 5),
        ("<table>", 0),
    ],
)
def test_the_line_of_a_layout_that_prints_another(printed: str, line: int) -> None:
    layout = '<section>\n<h2 class="{{ x }}">\n  <h2 class="b">{{ y }}</h2>\n{% if x %}\n<p>{{ z | t }}</p>\n{{ x }}\n'
    assert line_of(layout, printed) == line


@pytest.mark.parametrize("last", [1, 2, 7, 8])
def test_the_first_line_that_fails_is_found(last: int) -> None:
    html = "".join(f"{number}\n" for number in range(1, 9))
    assert failing_line(html, lambda part: f"{last}\n" in part) == str(last)


# -- whatever the faults, all are told --------------------------------------------------------------------------------


def test_all_faults_are_told_at_once(press: PlantingPress) -> None:
    press.retell("title", f"Gair 漢 {LONG_WORD}")
    body = (
        '<h1 style="width: 30mm; font-size: 8pt">{{ action.title | t }}</h1><p lang="en">{{ action.purpose | t }}</p>'
    )
    told = "\n".join(press.faults(body))
    assert "mm wider than its column" in told
    assert "has no “漢”" in told
    assert "purpose.cy" in told


def test_styles_of_left_hand_pages(press: PlantingPress) -> None:
    """A leaf does not know on which page it will stand."""
    css = f"{PAGE}\n/* @page :first {{}} */\n@page wide:left {{ margin: 1mm }}\n"
    fault = only(press.faults(TITLE, css=css))
    assert fault.startswith("styles/test.css:3")
    assert "@page :left" in fault
