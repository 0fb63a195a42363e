"""Files for a print shop as three engines draw them: PDFium, Poppler and Ghostscript. Each reads PDF in its own way;
what they agree on, a shop's own will hardly see otherwise.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests import reading
from tests.typed import typed

SCALE = 2
"""Pixels a pt."""
GHOSTSCRIPT = ("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE")
POPPLER = ("pdftoppm", "-png", "-singlefile", "-r", f"{72 * SCALE}", "-f", "{page}", "-l", "{page}", "{path}", "{stem}")
SMOOTH = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{72 * SCALE}", "-dFirstPage={page}", "-dLastPage={page}")
ENGINES = {"gs": (*GHOSTSCRIPT, "-sDEVICE=png16m", *SMOOTH, "-sOutputFile={out}", "{path}"), "pdftoppm": POPPLER}
"""By the program: what is typed to draw a page, which is numbered from 1."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A deck, and a toolkit, whose cover and openings have transparency and artwork in the bleed."""
    folder = tmp_path_factory.mktemp("peiriannau")
    for product in ("cards", "toolkit"):
        done = typed(product, "--action", "SP1", "--language", "cy", "--for", "print-shop", "--output", folder)
        assert done.status == 0, done.err
    return {product: folder / f"{product}.cy.SP1.print-shop.pdf" for product in ("cards", "toolkit")}


def drawn(engine: str, path: Path, page: int, folder: Path) -> Image.Image:
    """A page, numbered from 0, as an engine draws it."""
    out = folder / f"{page}.png"
    named = {"page": page + 1, "out": out, "stem": out.with_suffix(""), "path": path}
    done = subprocess.run(
        [word.format(**named) for word in ENGINES[engine]], capture_output=True, text=True, check=True
    )
    assert not done.stderr.strip(), "it complains of nothing"
    with Image.open(out) as picture:
        return picture.convert("RGB")


def darker(picture: Image.Image, than: int) -> Image.Image:
    return picture.convert("L").point(lambda value: 255 if value < than else 0)


def lacking(picture: Image.Image, other: Image.Image) -> float:
    """What is dark in one picture, and light within two pixels of it in the other, as a part of the page."""
    near = darker(other, 190).filter(ImageFilter.MaxFilter(5))
    return ImageStat.Stat(ImageChops.subtract(darker(picture, 100), near)).mean[0] / 255


@pytest.mark.parametrize("product", ["cards", "toolkit"])
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_on_every_page(engine: str, product: str, files: dict[str, Path], tmp_path: Path) -> None:
    """Where ink is, to two pixels, and about in which colour: each engine has its own idea of what inks look like."""
    if shutil.which(engine) is None:
        pytest.skip(f"{engine} is not installed")
    path = files[product]
    for page in range(len(reading.pages(path))):
        other, own = drawn(engine, path, page, tmp_path), reading.picture(path, page, SCALE).convert("RGB")
        assert max(abs(a - b) for a, b in zip(other.size, own.size, strict=True)) <= 1
        size = min(other.width, own.width), min(other.height, own.height)
        other, own = other.crop((0, 0, *size)), own.crop((0, 0, *size))
        assert lacking(own, other) < 0.0002, page
        assert lacking(other, own) < 0.0002, page
        assert max(ImageStat.Stat(ImageChops.difference(other, own)).mean) < 25, page


def by_ghostscript(device: str, path: Path, *words: str) -> str:
    command = [*GHOSTSCRIPT, f"-sDEVICE={device}", *words, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
@pytest.mark.parametrize("product", ["cards", "toolkit"])
def test_ghostscript_finds_the_inks_that_the_report_names(product: str, files: dict[str, Path], tmp_path: Path) -> None:
    """How many pages have which inks, and how much of all of them lies at the fullest place."""
    path = files[product]
    report = path.with_suffix(".job.txt").read_text("utf-8").split("Report for the printer")[1]
    covered = by_ghostscript("inkcov", path, "-sOutputFile=-").splitlines()
    pages = [[float(part) for part in line.split()[:4]] for line in covered if "CMYK" in line]
    found = Counter("".join(ink for ink, part in zip("CMYK", page, strict=True) if part) for page in pages)
    told = re.findall(r"([CMYK]+) \((\d+)\)", report.partition("Inks (number of pages):")[2].splitlines()[0])
    assert found == {inks: int(count) for inks, count in told}
    by_ghostscript("tiff32nc", path, "-r72", f"-sOutputFile={tmp_path}/%d.tif")
    most = max(fullest(tmp_path / f"{page}.tif") for page in range(1, len(pages) + 1))
    [said] = re.findall(r"Most ink: +(\d+) %", report)
    assert most == pytest.approx(int(said), abs=3)


def fullest(path: Path) -> float:
    """The most ink of a pixel, in percent."""
    with Image.open(path) as picture:
        assert picture.mode == "CMYK"
        inks = picture.tobytes()
    return max(map(sum, set(zip(*[iter(inks)] * 4, strict=True)))) / 2.55
