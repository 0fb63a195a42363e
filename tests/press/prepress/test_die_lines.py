"""Where a shop's die cuts and creases: spot colours on layers of their own, as a shop's programs find them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests import reading
from tests.making import Copy
from tests.press.prepress import colours
from tests.typed import typed
from toolkit_builder.products.tuck_box import NOTCH, Net

MM = 72 / 25.4
SOME = ("--action", "SP1", "--action", "FM5")


def made(product: str, folder: Path, *words: str | Path) -> Path:
    done = typed(product, *SOME, "--for", "print-shop", *words, "--output", folder)
    assert done.status == 0, done.err
    return next(folder.glob("*.print-shop.pdf"))


def layers(pdf: pikepdf.Pdf) -> dict[str, list[Any]]:
    """The drawings on each layer, by its name."""
    found: dict[str, list[Any]] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/OC" in item:
            found.setdefault(str(item.OC.Name), []).append(item)
    return found


@pytest.mark.parametrize(
    ("product", "spots"),
    [("dividers", {"CutContour": "Cutting"}), ("tuck-box", {"CutContour": "Cutting", "Crease": "Creasing"})],
)
@pytest.mark.parametrize("grey", [(), ("--greyscale",)])
def test_die_lines_are_spot_colours_on_layers_of_their_own(
    product: str, spots: dict[str, str], grey: tuple[str, ...], tmp_path: Path
) -> None:
    """Full, over what lies below without knocking it out, named as shops name them, and marked as processing steps."""
    path = made(product, tmp_path, *grey)
    with pikepdf.open(path) as pdf:
        found = layers(pdf)
        on_pages = [
            {str(item.OC.Name) for item in page.obj.Resources.XObject.values() if "/OC" in item} for page in pdf.pages
        ]
        assert on_pages[::2] == [set(spots)] * len(on_pages[::2]), "on every front"
        assert not any(on_pages[1::2]), "and on no back"
        listed = {str(layer.Name): layer for layer in pdf.Root.OCProperties.OCGs}
        assert set(listed) == set(spots)
        assert len(pdf.Root.OCProperties.D.Order) == len(spots), "all of them (ISO 15930-7, 6.23)"
        assert str(pdf.Root.OCProperties.D.Name)
        assert "/AS" not in pdf.Root.OCProperties.D
        for name, step in spots.items():
            told = {str(key): str(value) for key, value in listed[name].GTS_Metadata.items()}
            assert told == {"/GTS_ProcStepsGroup": "/Structural", "/GTS_ProcStepsType": f"/{step}"}
            for drawing in found[name]:
                assert_is_a_die_line(drawing, name)
        used = {space for space, _ in colours.operators(pdf)} - {"CMYK"}
        assert used == set(spots), "nothing else is drawn in them"
    assert reading.failures(path) == "", "PDF/UA-1"
    report = next(tmp_path.glob("*.job.txt")).read_text("utf-8")
    for name in spots:
        assert re.search(rf"Spot colours: .*{name} \(die lines", report)
        assert re.search(rf"Overprint: .*{name}", report)


def assert_is_a_die_line(drawing: Any, name: str) -> None:
    space = drawing.Resources.ColorSpace[f"/{name}"]
    assert [str(part) for part in space[:3]] == ["/Separation", f"/{name}", "/DeviceCMYK"]
    content = drawing.read_bytes().decode("latin-1")
    assert f"/ToolkitOverprint gs /{name} CS 1 SCN" in content
    state = drawing.Resources.ExtGState.ToolkitOverprint
    assert (bool(state.OP), bool(state.op)) == (True, False)
    assert "/Group" not in drawing, "in a group of its own it would overprint nothing"
    assert not re.search(r"^(f|F|f\*|B|b)$", content, re.MULTILINE), "lines alone"


def test_the_line_of_a_divider_goes_all_around(tmp_path: Path) -> None:
    """Closed, from edge to edge of the trim, past its tab, which stands 14 mm above the cards."""
    path = made("dividers", tmp_path, "--language", "cy")
    with pikepdf.open(path) as pdf:
        for drawing in layers(pdf)["CutContour"]:
            content = drawing.read_bytes().decode("latin-1")
            points = [
                tuple(map(float, found)) for found in re.findall(r"^(-?[\d.]+) (-?[\d.]+) l$", content, re.MULTILINE)
            ]
            xs, ys = {round(x) for x, _ in points}, {round(y) for _, y in points}
            assert {105} <= xs <= set(range(106))
            assert {162, 14} <= ys or {162} <= ys
            assert re.search(r"^(h|s)$", content, re.MULTILINE), "closed"
        assert "/Annots" not in pdf.pages[0].obj


def test_the_front_of_the_box_runs_on_under_the_notch(tmp_path: Path) -> None:
    """An office cuts along the white; a die needs colour on both sides of its line."""
    path = made("tuck-box", tmp_path, "--language", "cy")
    picture = reading.picture(path, 0, 3).convert("L")
    assert "CutContour" in path.with_name("tuck-box.cy.SP1-FM5.print-shop.job.txt").read_text("utf-8")
    front = Net(7.0).panels["front"]
    left, row = front.x + 3, round((front.y + front.height / 2 + 3) * MM * 3)  # 3 mm of bleed
    pixels = [picture.getpixel((x, row)) for x in range(round((left + 5) * MM * 3), round((left + 9) * MM * 3))]
    assert all(isinstance(pixel, int) and pixel < 128 for pixel in pixels)


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_a_press_has_plates_of_their_own_for_them(tmp_path: Path) -> None:
    """Ghostscript separates them: each full, and the ground of the front is whole on the black plate below the cut."""
    path = made("tuck-box", tmp_path, "--language", "cy")
    dpi = 200
    command = [
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=tiffsep",
        f"-r{dpi}",
        f"-sOutputFile={tmp_path / 'plat.tif'}",
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    plates = {found.stem.partition("(")[2].rstrip(")"): found for found in tmp_path.glob("plat*.tif")}
    assert set(plates) == {"", "Cyan", "Magenta", "Yellow", "Black", "CutContour", "Crease"}
    cut, crease, black = (Image.open(plates[name]).convert("L") for name in ("CutContour", "Crease", "Black"))
    assert cut.getextrema() == crease.getextrema() == (0, 255)
    front = Net(7.0).panels["front"]
    middle = front.y + front.height / 2 + 3  # 3 mm of bleed
    scale = dpi / 25.4
    left, right = (round((front.x + 3 + x) * scale) for x in (6, NOTCH + 1))
    top, bottom = (round((middle + y) * scale) for y in (-6, 6))
    line, ground = (plate.crop((left, top, right, bottom)).tobytes() for plate in (cut, black))
    assert min(line) == 0, "the notch is cut there"
    assert max(ground) < 100, "and nothing is knocked out"


def test_an_office_has_lines_of_ink(tmp_path: Path) -> None:
    """Nothing has changed there: dashes beside the tabs."""
    done = typed("dividers", *SOME, "--language", "cy", "--output", tmp_path)
    assert done.status == 0, done.err
    with pikepdf.open(tmp_path / "dividers.cy.SP1-FM5.pdf") as pdf:
        assert "/OCProperties" not in pdf.Root
        assert layers(pdf) == {}


def test_die_lines_with_something_else_in_their_drawing_are_refused(mine: Copy) -> None:
    """All of a drawing is on the layer, and would not be printed."""
    layout = mine.root / "layouts" / "die_line.html"
    layout.write_text(
        layout.read_text("utf-8").replace("{% endset %}", '<path d="M9 9 H20" stroke="#123456"/>{% endset %}', 1)
    )
    done = typed("tuck-box", *SOME, "--for", "print-shop", "--language", "cy", "--project", mine.root)
    assert done.status == 1
    assert "its colours cannot be separated: die lines and something else in one drawing" in done.err
