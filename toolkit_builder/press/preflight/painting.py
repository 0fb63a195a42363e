"""Reads the content stream of a finished page: what is painted and set on it, in order, with places and colours.

Terms and operators after ISO 32000-1, 8 and 9, as far as the engine writes them; any other raises PlateError: nobody
could say then what the page shows.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

import pikepdf

from toolkit_builder.press.plates.plate import Page, Plate, PlateError
from toolkit_builder.press.preflight.colours import Colour, from_cmyk
from toolkit_builder.press.preflight.gradients import bands, colours_of_shading
from toolkit_builder.press.preflight.graphics_state import BLACK, GraphicsState
from toolkit_builder.press.preflight.paint import UNKNOWN, Kind, Paint, Painting, Run
from toolkit_builder.press.preflight.paths import CONSTRUCTION, Path
from toolkit_builder.press.preflight.patterns import tiles
from toolkit_builder.press.preflight.regions import (
    IDENTITY,
    Bounds,
    Matrix,
    Region,
    common,
    is_empty,
    moved,
    product,
    region,
)
from toolkit_builder.press.preflight.resources import Resources

_Item = TypeVar("_Item", Paint, Run)
DEEPEST = 12
"""So many forms within one another; more would be a drawing of itself."""
NONZERO, EVEN_ODD = "nonzero", "even-odd"
"""What a path encloses (8.5.3.3)."""
INVISIBLE = (3, 7)
"""Modes of text that paint nothing (9.3.6)."""


class _Reader:
    """Goes through a content stream, and through the forms that it draws."""

    def __init__(self, parts: Any) -> None:
        self.parts = parts
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.paints: list[Paint] = []
        self.runs: list[Run] = []
        self.path = Path()
        self.clipping = ""
        self.text_matrix: Matrix = IDENTITY
        self.marks: list[int] = []
        self.form = self.forms = self.depth = self.text_lines = 0
        self.base: Matrix = IDENTITY
        self.resources = Resources({}, parts)

    def read(self, content: bytes, resources: Resources) -> None:
        before, self.resources = self.resources, resources
        waiting: list[bytes] = []
        handlers = _HANDLERS
        for line in content.split(b"\n"):
            if line.endswith(b"TJ") or line.endswith(b"Tj"):
                self._show(line)
                continue
            words = line.split()
            if not words:
                continue
            handler = handlers.get(words[-1])
            if handler is None:
                waiting += words
                if len(waiting) > MOST_OPERANDS:
                    raise PlateError(f"an operator that is not known: {line[:60]!r}")
            else:
                handler(self, [*waiting, *words[:-1]] if waiting else words[:-1])
                waiting = []
        if waiting:
            raise PlateError(f"an operator that is not known: {b' '.join(waiting)[:60]!r}")
        self.resources = before

    # -- state ---------------------------------------------------------------------------------------------------------

    def save(self, _: Sequence[bytes]) -> None:
        self.stack.append(self.state)
        self.state = self.state.copy()

    def restore(self, _: Sequence[bytes]) -> None:
        self.state = self.stack.pop()

    def transform(self, operands: Sequence[bytes]) -> None:
        self.state.matrix = product(_matrix(operands), self.state.matrix)

    def line_width(self, operands: Sequence[bytes]) -> None:
        self.state.line = float(operands[0])

    def graphics_state(self, operands: Sequence[bytes]) -> None:
        values = self.resources.get("ExtGState", operands[0][1:].decode())
        state = self.state
        if "/ca" in values:
            state.alpha = float(values["/ca"])
        if "/CA" in values:
            state.alpha_of_strokes = float(values["/CA"])
        if "/SMask" in values:
            state.is_masked = values["/SMask"] != pikepdf.Name("/None")
        if "/BM" in values and values["/BM"] != pikepdf.Name.Normal:
            state.is_masked = True

    def colour(self, operands: Sequence[bytes]) -> None:
        self.state.colours = self._colours(operands)
        is_pattern = bool(operands) and operands[-1].startswith(b"/")
        self.state.pattern = operands[-1][1:].decode() if is_pattern else ""

    def stroke_colour(self, operands: Sequence[bytes]) -> None:
        self.state.strokes = self._colours(operands)

    def _colours(self, operands: Sequence[bytes]) -> tuple[Colour, ...]:
        if operands and operands[-1].startswith(b"/"):
            return UNKNOWN  # a pattern: where its tiles are not looked at, any of what it has may be there
        values = [float(each) for each in operands]
        if len(values) == 1:
            return ((values[0], values[0], values[0]),)
        if len(values) == 3 and all(0 <= each <= 1 for each in values):
            return ((values[0], values[1], values[2]),)
        return (from_cmyk(*values),) if len(values) == 4 else UNKNOWN

    def nothing(self, _: Sequence[bytes]) -> None:
        """What does not change where something stands or how it is seen."""

    # -- paths ---------------------------------------------------------------------------------------------------------

    def clip(self, _: Sequence[bytes]) -> None:
        self.clipping = NONZERO

    def clip_even_odd(self, _: Sequence[bytes]) -> None:
        self.clipping = EVEN_ODD

    def end(self, _: Sequence[bytes]) -> None:
        """End a path: what is clipped from here on is within it."""
        if self.clipping:
            area = region(self.path.lines, even_odd=self.clipping == EVEN_ODD)
            self.state.window = common(self.state.window, area.bounds)
            if not area.is_box:
                self.state.clips = (*self.state.clips, area)
        self.clipping = ""
        self.path = Path()

    def paint(self, filled: str, *, stroked: bool, closed: bool) -> None:
        """Paint a path and end it; `filled` after a rule, or not if that is empty."""
        if closed:
            self.path.close()
        if filled:
            self._fill(even_odd=filled == EVEN_ODD)
        if stroked:
            self._stroke()
        self.end(())

    def _fill(self, *, even_odd: bool) -> None:
        area = region(self.path.lines, even_odd=even_odd)
        if not (self.state.pattern and self._tile(area)):
            self._paint(Kind.FILL, area, self.state.colours, self.state.alpha)

    def _tile(self, area: Region) -> bool:
        """Paint an area with the tiles of a pattern; whether that could be done."""
        name, bounds = self.state.pattern, common(area.bounds, self.state.window)
        pattern, digest = self.resources.get("Pattern", name), self.resources.slot("Pattern", name)
        places = None if is_empty(bounds) or not digest else tiles(pattern, bounds, self.base)
        if places is None:
            return False
        left, bottom, right, top = (float(edge) for edge in pattern["/BBox"])
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        self.save(())
        self.state.pattern, self.state.colours, self.state.strokes = "", BLACK, BLACK  # a form has those around it
        for matrix in places:
            tile = region([[moved(corner, matrix) for corner in corners]])
            self._draw_within(digest, pattern, matrix, common(bounds, tile.bounds), () if area.is_box else (area,))
        self.restore(())
        return True

    def _draw_within(
        self, digest: str, drawing: Any, matrix: Matrix, window: Bounds, clips: tuple[Region, ...] = ()
    ) -> None:
        """Draw the content of a form or a tile, whose units `matrix` leads to the page, within a window of that."""
        if self.depth >= DEEPEST:
            raise PlateError("a drawing that is drawn within itself")
        depth_of_stack, marks, base, path = len(self.stack), len(self.marks), self.base, self.path
        self.save(())
        state, is_outermost = self.state, not self.depth
        if is_outermost:
            self.forms += 1
            self.form = self.forms
        state.matrix = self.base = matrix
        state.window, state.clips = window, (*state.clips, *clips)
        alpha, state.alpha, state.alpha_of_strokes = state.alpha, 1.0, 1.0
        first, first_run = len(self.paints), len(self.runs)
        self.depth += 1
        self.path = Path()
        self.read(self.resources.content(digest), self.resources.within(drawing))
        self.depth -= 1
        self.base, self.path = base, path
        if alpha < 1:
            self.paints[first:] = [_thinner(paint, alpha) for paint in self.paints[first:]]
            self.runs[first_run:] = [_thinner(run, alpha) for run in self.runs[first_run:]]
        del self.stack[depth_of_stack + 1 :], self.marks[marks:]
        self.restore(())
        if is_outermost:
            self.form = 0

    def _stroke(self) -> None:
        width = self.state.line * self.path.thickness(self.state.matrix)
        if width:
            self._paint(
                Kind.STROKE, region(self.path.lines, width=width), self.state.strokes, self.state.alpha_of_strokes
            )

    def _paint(self, kind: Kind, area: Region, colours: tuple[Colour, ...], alpha: float, picture: str = "") -> None:
        state = self.state
        bounds = common(area.bounds, state.window)
        if alpha and colours and not is_empty(bounds):
            mark = self.marks[-1] if self.marks else -1
            masked = state.is_masked
            self.paints.append(Paint(kind, area, bounds, colours, alpha, state.clips, mark, self.form, masked, picture))

    # -- drawings, gradients, pictures ---------------------------------------------------------------------------------

    def draw(self, operands: Sequence[bytes]) -> None:
        name = operands[0][1:].decode()
        item = self.resources.get("XObject", name)
        digest = self.resources.slot("XObject", name)
        if item.get("/Subtype") != "/Form":
            corners = [moved(corner, self.state.matrix) for corner in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
            self._paint(Kind.PICTURE, region([corners]), UNKNOWN, self.state.alpha, digest)
            return
        matrix = self.state.matrix
        if "/Matrix" in item:
            matrix = product(_matrix(item["/Matrix"]), matrix)
        self._draw_within(digest, item, matrix, self.state.window)

    def shade(self, operands: Sequence[bytes]) -> None:
        shading = self.resources.get("Shading", operands[0][1:].decode())
        parts = bands(shading, self.resources)
        for part in parts:
            outline = [moved(point, self.state.matrix) for point in part.outline]
            self._paint(Kind.FILL, region([outline]), part.colours, self.state.alpha)
        if not parts:
            colours = colours_of_shading(shading, self.resources)
            self._paint(Kind.FILL, _box(self.state.window), colours or UNKNOWN, self.state.alpha)

    # -- marked content and text ---------------------------------------------------------------------------------------

    def begin_marked(self, operands: Sequence[bytes]) -> None:
        text = b" ".join(operands)
        self.marks.append(int(text.partition(b"/MCID")[2].strip(b" >")) if b"/MCID" in text else -1)

    def begin_artifact(self, _: Sequence[bytes]) -> None:
        self.marks.append(self.marks[-1] if self.form and self.marks else -1)

    def end_marked(self, _: Sequence[bytes]) -> None:
        self.marks.pop()

    def begin_text(self, _: Sequence[bytes]) -> None:
        self.text_matrix = IDENTITY

    def set_text_matrix(self, operands: Sequence[bytes]) -> None:
        self.text_matrix = _matrix(operands)
        self.text_lines += 1

    def set_font(self, operands: Sequence[bytes]) -> None:
        self.state.font, self.state.size = operands[0][1:].decode(), float(operands[1])

    def set_rise(self, operands: Sequence[bytes]) -> None:
        self.state.rise = float(operands[0])

    def set_mode(self, operands: Sequence[bytes]) -> None:
        self.state.mode = int(operands[0])

    def _show(self, line: bytes) -> None:
        state = self.state
        matrix = product(self.text_matrix, state.matrix)
        a, b, c, d, _, _ = matrix
        mark = self.marks[-1] if self.marks else -1
        self.runs.append(
            Run(
                state.font,
                state.size * abs(a * d - b * c) ** 0.5,
                state.size,
                state.rise,
                self.text_lines,
                product((state.size, 0, 0, state.size, 0, state.rise), matrix),
                line,
                state.colours,
                state.alpha,
                state.window,
                state.clips,
                mark,
                len(self.paints),
                state.mode in INVISIBLE,
            )
        )


MOST_OPERANDS = 40
_Handler = Callable[[_Reader, Sequence[bytes]], None]


def _constructing(draw: Callable[[Path, Sequence[bytes], Matrix], None]) -> _Handler:
    return lambda reader, operands: draw(reader.path, operands, reader.state.matrix)


def _painting(filled: str = "", *, stroked: bool = False, closed: bool = False) -> _Handler:
    return lambda reader, _: reader.paint(filled, stroked=stroked, closed=closed)


_HANDLERS: dict[bytes, _Handler] = {
    b"q": _Reader.save,
    b"Q": _Reader.restore,
    b"cm": _Reader.transform,
    b"w": _Reader.line_width,
    b"gs": _Reader.graphics_state,
    b"W": _Reader.clip,
    b"W*": _Reader.clip_even_odd,
    b"n": _Reader.end,
    b"f": _painting(NONZERO),
    b"F": _painting(NONZERO),
    b"f*": _painting(EVEN_ODD),
    b"S": _painting(stroked=True),
    b"s": _painting(stroked=True, closed=True),
    b"B": _painting(NONZERO, stroked=True),
    b"B*": _painting(EVEN_ODD, stroked=True),
    b"b": _painting(NONZERO, stroked=True, closed=True),
    b"b*": _painting(EVEN_ODD, stroked=True, closed=True),
    b"Do": _Reader.draw,
    b"sh": _Reader.shade,
    b"BDC": _Reader.begin_marked,
    b"BMC": _Reader.begin_artifact,
    b"EMC": _Reader.end_marked,
    b"BT": _Reader.begin_text,
    b"ET": _Reader.nothing,
    b"Tm": _Reader.set_text_matrix,
    b"Tf": _Reader.set_font,
    b"Ts": _Reader.set_rise,
    b"Tr": _Reader.set_mode,
    **{operator: _constructing(draw) for operator, draw in CONSTRUCTION.items()},
    **dict.fromkeys((b"rg", b"g", b"k", b"sc", b"scn"), _Reader.colour),
    **dict.fromkeys((b"RG", b"G", b"K", b"SC", b"SCN"), _Reader.stroke_colour),
    **dict.fromkeys((b"d", b"J", b"j", b"M", b"i", b"ri", b"cs", b"CS"), _Reader.nothing),
}


def read_page(page: Page, plate: Plate) -> Painting:
    """What is painted and set on a page of a plate. Raises PlateError for what is not understood."""
    reader = _Reader(plate.parts)
    try:
        reader.read(zlib.decompress(page.content), Resources(page.resources, plate.parts))
    except (IndexError, KeyError, ValueError) as error:
        raise PlateError(f"a content stream that is not understood ({error})") from error
    return Painting(page.width, page.height, reader.paints, reader.runs, page.bleed)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


@lru_cache(maxsize=64)
def _box(bounds: Bounds) -> Region:
    left, bottom, right, top = bounds
    return region([[(left, bottom), (right, bottom), (right, top), (left, top)]])


def _thinner(item: _Item, alpha: float) -> _Item:
    return replace(item, alpha=item.alpha * alpha)
