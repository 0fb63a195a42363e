"""A sheet that tells by how much a printer shifts backs: scales on its front, crosses on its back, read against the
light.

In the middle are a level and an upright scale, in mm; near the left and the right edge an upright one each, which tell
whether the back is turned.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit_builder.documents.sheet_options import SHORT_EDGE, SheetOptions
from toolkit_builder.press.hashing import digest_of
from toolkit_builder.press.imposition.marks import INK, Line, drawn, numbers
from toolkit_builder.press.imposition.sheets import Sheets, Side
from toolkit_builder.press.imposition.slug import BAR
from toolkit_builder.press.imposition.writing import impose
from toolkit_builder.press.pdf.metadata import Metadata
from toolkit_builder.press.pdf.outlined_text import outlined
from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.version import __version__

MAKER = f"Toolkit Builder {__version__}"
REACH = 10
"""So many mm a scale goes on either side of its middle."""
SIDE = 25.0
"""The scales at the sides stand so far from the edges, in mm."""
ARM = 18.0
"""Length of a cross's arms, in mm."""
TYPE = 10.0
COMMAND = "toolkit-builder calibrate --printer … --back-offset X,Y"
FRONT_WORDS = (
    (
        "Blaen. Daliwch y ddalen i fyny at y golau, gyda’r ochr hon yn eich wynebu.",
        "Front. Hold the sheet up to the light, this side towards you.",
    ),
    (
        "Darllenwch ar y graddfeydd, mewn mm, ble y mae’r groes sydd ar y cefn.",
        "Read where the cross of the back stands on the scales, in mm.",
    ),
    ("I’r dde ac i fyny: +. I’r chwith ac i lawr: −.", "To the right and up: +. To the left and down: −."),
    (COMMAND, COMMAND),
)
BACK_WORDS = (("Cefn", "Back"),)


def calibration_sheet(options: SheetOptions, *, across: bool = False) -> bytes:
    """The sheet as PDF, upright or lying across: front and back."""
    width, height = options.size[::-1] if across else options.size
    size = width * POINTS_PER_MM, height * POINTS_PER_MM
    front = drawn([*_scales(width, height), *_bar(width)]) + _numbers(width, height) + _words(FRONT_WORDS, height)
    back = drawn(list(_crosses(width, height))) + _words(BACK_WORDS, height)
    duplex = "DuplexFlipShortEdge" if options.sides == SHORT_EDGE else "DuplexFlipLongEdge"
    title = f"Graddnodi argraffydd / Printer calibration ({options.paper})"
    metadata = Metadata(title, MAKER, title, (), "", ("cy", "en"), MAKER, MAKER)
    sheets = Sheets((Side(size, marks=front), Side(size, marks=back)), duplex)
    data, _ = impose(sheets, {}, metadata, digest_of("calibration", options, across)[:32])
    return data


def _middles(width: float, height: float) -> tuple[tuple[float, float], ...]:
    """The middle of the sheet, and those of the scales at its sides."""
    return (width / 2, height / 2), (SIDE, height / 2), (width - SIDE, height / 2)


def _scales(width: float, height: float) -> Iterator[Line]:
    (x, y), *sides = _middles(width, height)
    for step in range(-REACH, REACH + 1):
        length = 4.0 if step % 5 == 0 else 2.0
        yield (x + step, y + ARM - 6, x + step, y + ARM - 6 + length)
        yield (x - ARM + 6 - length, y + step, x - ARM + 6, y + step)
        for middle, _ in sides:
            yield (middle, y + step, middle + length, y + step)
    yield (x - REACH, y + ARM - 6, x + REACH, y + ARM - 6)
    for left in (x - ARM + 6, *(middle for middle, _ in sides)):
        yield (left, y - REACH, left, y + REACH)


def _crosses(width: float, height: float) -> Iterator[Line]:
    (x, y), *sides = _middles(width, height)
    yield (x - ARM, y, x + ARM, y)
    yield (x, y - ARM, x, y + ARM)
    for middle, _ in sides:
        yield (middle - ARM / 2, y, middle + ARM / 2, y)


def _bar(width: float) -> Iterator[Line]:
    """A length that tells whether the printer kept the size."""
    left = (width - BAR) / 2
    yield (left, 30, left + BAR, 30)
    for x in (left, left + BAR):
        yield (x, 28, x, 32)


def _numbers(width: float, height: float) -> bytes:
    (x, y), *sides = _middles(width, height)
    places = []
    for step in (-REACH, 0, REACH):
        text = f"{step:+d}".replace("-", "−") if step else "0"
        places.append((text, x + step - 1.5, y + ARM - 1))
        places.append((text, x - ARM - 4.5, y + step - 1))
        places += [(text, middle + 5, y + step - 1) for middle, _ in sides]
    places.append(("50 mm", (width - BAR) / 2 + BAR / 2 - 5, 33))
    return b"".join(_text(text, left, bottom, 8.0) for text, left, bottom in places)


def _words(lines: tuple[tuple[str, str], ...], height: float) -> bytes:
    """Each in both languages, one below the other."""
    said = []
    for at in range(2):
        top = height - 30 - at * 6.0 * (len(lines) + 1)
        said += [_text(line[at], 20, top - number * 6.0, TYPE) for number, line in enumerate(lines)]
    return b"".join(said)


def _text(text: str, x: float, y: float, size: float) -> bytes:
    return b"q %s 1 0 0 1 %s cm %s Q\n" % (INK, numbers(x, y), outlined(text, size, 200 * POINTS_PER_MM))
