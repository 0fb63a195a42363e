"""Die lines: where a shop's die cuts and creases a sheet into a shape, such as a divider's tab or the net of a box.

Layouts draw them in colours that mean nothing else (`documents.print_shop.DIE_LINES`). Here they become spot colours of
their own, which no plate of the press prints: full, over what lies below them without knocking it out, and each on a
layer that says what it is for (ISO 19593-1, processing steps), so that a cutter finds it by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from toolkit_builder.documents.print_shop import CREASE, CUT, DIE_LINES

SPOTS: Mapping[str, str] = {colour: name for name, colour in DIE_LINES.items()}
"""The spot colour of each line, by the colour of the screen that it is drawn in."""
SHOWN = {CUT: (0, 1, 0, 0), CREASE: (1, 0, 0, 0)}
"""The inks that a viewer shows spot colours in: magenta, and cyan."""
_STEPS = {CUT: "Cutting", CREASE: "Creasing"}
OVERPRINT = "/ToolkitOverprint"
"""The name of the graphics state."""


def separation(name: str) -> Array:
    """The colour space (ISO 32000-1, 8.6.6.4) of a spot colour."""
    tints = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array(list(SHOWN[name])), N=1)
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, tints])


def drawn_in(spot: str) -> bytes:
    """Operators that choose a spot colour for the lines that follow."""
    return b"%s gs /%s CS 1 SCN" % (OVERPRINT.encode(), spot.encode())


def allow(resources: Any, spot: str) -> None:
    """Let content with these resources draw in a spot colour."""
    spaces = resources.get("/ColorSpace", Dictionary())
    spaces[f"/{spot}"] = separation(spot)
    resources.ColorSpace = spaces
    states = resources.get("/ExtGState", Dictionary())
    states[OVERPRINT] = Dictionary(OP=True, op=False)
    resources.ExtGState = states


class Layers:
    """The layers (optional content, 8.11) of a document's die lines, each made when it is first needed."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self._made: dict[str, Any] = {}

    def of(self, spot: str) -> Any:
        """The layer of a spot colour."""
        if spot not in self._made:
            step = Dictionary(GTS_ProcStepsGroup=Name.Structural, GTS_ProcStepsType=Name(f"/{_STEPS[spot]}"))
            layer = Dictionary(Type=Name.OCG, Name=String(spot), GTS_Metadata=step)
            self._made[spot] = self.pdf.make_indirect(layer)
            self._list()
        return self._made[spot]

    def _list(self) -> None:
        """List all layers in the catalog, shown, in one order."""
        layers = [self._made[spot] for spot in sorted(self._made)]
        usual = Dictionary(Name=String("Die lines"), Order=Array(layers), ON=Array(layers))
        self.pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=usual)
