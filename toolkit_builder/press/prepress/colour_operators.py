"""The operators of a content stream that set colours (ISO 32000-1, 8.6.8), written anew in other colours."""

from __future__ import annotations

from typing import Any, Protocol

import pikepdf

from toolkit_builder.press.pdf.content_streams import ContentError, lines_changed
from toolkit_builder.press.prepress.die_lines import drawn_in
from toolkit_builder.press.prepress.inks import BLACK, Rgb

_FILL = {"rg": 3, "g": 1, "k": 4, "RG": 3, "G": 1, "K": 4}
"""How many parts the colour has that each operator sets."""
_SPACES = ("cs", "CS")
_IN_SPACE = {"sc": "cs", "scn": "cs", "SC": "CS", "SCN": "CS"}
"""Operators that set a colour in the space that another has chosen."""
_STROKES = ("RG", "G", "K", "SC", "SCN", "CS")
_WRITTEN = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
_COMPONENTS = {"/DeviceRGB": 3, "/DeviceGray": 1, "/DeviceCMYK": 4}


class SeparationError(ValueError):
    """Something in a PDF whose colours are not understood."""


def components_of(space: Any) -> int:
    """How many components a colour space has (8.6); one of indices, as many as those that it is of.

    Raises SeparationError for one that is not understood.
    """
    if isinstance(space, pikepdf.Name) and str(space) in _COMPONENTS:
        return _COMPONENTS[str(space)]
    if isinstance(space, pikepdf.Array):
        family = str(space[0])
        if family == "/ICCBased":
            return int(space[1].N)
        if family == "/Indexed":
            return components_of(space[1])
        if family in ("/CalRGB", "/CalGray"):
            return 3 if family == "/CalRGB" else 1
        raise SeparationError(f"a colour space that is not known: {family}")
    raise SeparationError(f"a colour space that is not known: {space}")


class Painter(Protocol):
    """What colours of the screen become."""

    def painted(self, rgb: Rgb) -> tuple[float, ...]:
        """The colour of type, of an area or a line."""

    def spot(self, rgb: Rgb) -> str:
        """The spot colour of a line instead, or empty."""


class ContentSeparator:
    """Separates one content stream, with its `resources`, which take in the spot colours that it draws with
    (`spots`) from whoever has it separated.
    """

    def __init__(self, goal: Painter, resources: Any) -> None:
        self.goal = goal
        self.spots: set[str] = set()
        self.is_printed = False
        """Whether it draws in inks too."""
        self.named = resources.get("/ColorSpace", {})
        self._space = {"cs": 1, "CS": 1}
        self._saved: list[dict[str, int]] = []

    def separated(self, holder: Any) -> bytes:
        """The content of a page, form or pattern in other colours.

        Raises SeparationError for what is not understood.
        """
        try:
            return b"\n".join([*lines_changed(pikepdf.parse_content_stream(holder), self._changed), b""])
        except ContentError as error:
            raise SeparationError(str(error)) from error

    def _changed(self, operator: str, operands: Any) -> bytes | None:
        """The line to write for an operator, or None if it stays as it is."""
        if operator == "q":
            self._saved.append(dict(self._space))
        elif operator == "Q" and self._saved:
            self._space = self._saved.pop()
        elif operator in _SPACES:
            return self._chosen(operator, str(operands[0]))
        elif operator in _FILL:
            return self._colour(operator, operands, _FILL[operator])
        elif operator in _IN_SPACE and not isinstance(operands[-1], pikepdf.Name):
            return self._colour(operator, operands, self._space[_IN_SPACE[operator]])
        return None

    def _chosen(self, operator: str, name: str) -> bytes | None:
        """A colour space is chosen, and with it black. Colours that follow are written without it."""
        if name == "/Pattern":
            return None
        self._space[operator] = components_of(self.named.get(name, pikepdf.Name(name)))
        return self._line(operator, self.goal.painted(BLACK))

    def _colour(self, operator: str, operands: Any, components: int) -> bytes:
        """A colour that is set. One in inks stays as it is."""
        values = tuple(float(operand) for operand in operands)
        if len(values) != components or components not in (1, 3, 4):
            raise SeparationError(f"a colour of {len(values)} parts")
        if components == 4:
            return self._line(operator, values)
        red, green, blue = values if components == 3 else values * 3
        if operator in _STROKES and (spot := self.goal.spot((red, green, blue))):
            self.spots.add(spot)
            return drawn_in(spot)
        self.is_printed = True
        return self._line(operator, self.goal.painted((red, green, blue)))

    @staticmethod
    def _line(operator: str, colour: tuple[float, ...]) -> bytes:
        numbers = " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in colour)
        return f"{numbers} {_WRITTEN[len(colour)][operator in _STROKES]}".encode()
