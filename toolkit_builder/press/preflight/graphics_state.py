"""The graphics state of a content stream (ISO 32000-1, 8.4), as far as it bears on what is seen."""

from __future__ import annotations

from toolkit_builder.press.preflight.colours import Colour
from toolkit_builder.press.preflight.regions import EVERYWHERE, IDENTITY, Bounds, Matrix, Region

BLACK: tuple[Colour, ...] = ((0.0, 0.0, 0.0),)


class GraphicsState:
    """Colours with their opacity (`alpha`), the matrix to the page, what is clipped (`window`, and `clips` that are no
    boxes), the font. `pattern` names that which fills are painted with; empty for a colour.
    """

    __slots__ = (
        "alpha",
        "alpha_of_strokes",
        "clips",
        "colours",
        "font",
        "is_masked",
        "line",
        "matrix",
        "mode",
        "pattern",
        "rise",
        "size",
        "strokes",
        "window",
    )

    def __init__(self) -> None:
        self.matrix: Matrix = IDENTITY
        self.colours = self.strokes = BLACK
        self.pattern = ""
        self.alpha = self.alpha_of_strokes = 1.0
        self.line = 1.0
        self.clips: tuple[Region, ...] = ()
        self.window: Bounds = EVERYWHERE
        self.is_masked = False
        self.font, self.size, self.rise, self.mode = "", 0.0, 0.0, 0

    def copy(self) -> GraphicsState:
        other = GraphicsState.__new__(GraphicsState)
        for name in GraphicsState.__slots__:
            setattr(other, name, getattr(self, name))
        return other
