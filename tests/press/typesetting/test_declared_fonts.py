"""Plates are set in the files that the styles declare: a family of the same name from elsewhere is no plate's."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from urllib.parse import quote

from fontTools.ttLib import TTFont

from tests.press.planting import PAGE, PlantingPress
from toolkit_builder.press.fonts import FontFace, font_file
from toolkit_builder.press.typesetting.declared_fonts import other_files

SANS = "font:fontpkg_source_sans_3/SourceSans3[wght].ttf"
CAIRO = next((font_file("font:fontpkg_cairo/../__init__.py").parent / "files").glob("Cairo*.ttf")).name
FACE = '@font-face { font-family: "Sans Tŷ"; src: url("%s") }'
CSS = f'{PAGE} {FACE % SANS} h1 {{ font: 400 12pt "Sans Tŷ" }}'
TITLE = "<h1>{{ action.title | t }}</h1>"


def picture(style: str) -> str:
    """A drawing that stands in the page itself, with a style of its own."""
    drawing = f'<style>{style}</style><rect width="9" height="9"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
    return f'<img alt="Llun" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def test_a_drawing_that_replaces_a_typeface_leaves_no_plate(press: PlantingPress) -> None:
    stranger = FACE % f"font:fontpkg_cairo/{quote(CAIRO)}"
    faults = press.faults(TITLE + picture(stranger), css=CSS)
    assert any("the font Sans Tŷ came from a file that the styles do not declare" in fault for fault in faults)
    assert not press.target.exists()


def test_a_packed_font_is_the_same_font(tmp_path: Path) -> None:
    path = font_file(SANS)
    plain, packed = path.read_bytes(), io.BytesIO()
    with TTFont(path) as font:
        font.flavor = "woff"
        font.save(packed)
    (tmp_path / "ffont.woff").write_bytes(packed.getvalue())
    declared = [FontFace("Sans Tŷ", False, (400, 400), tmp_path / "ffont.woff")]
    assert other_files([("Sans Tŷ", plain)], declared) == []
    other = font_file(f"font:fontpkg_cairo/{CAIRO}").read_bytes()
    [complaint] = other_files([("Sans Tŷ", plain), ("Sans Tŷ", other)], declared)
    assert "Sans Tŷ" in complaint.message
