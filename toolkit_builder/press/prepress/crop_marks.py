"""Crop marks: where a print shop cuts. They stand beyond the bleed, so that none is left on what is cut."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name

from toolkit_builder.press.pdf.writer import POINTS_PER_MM, format_number

LENGTH, AWAY = 5.0, 1.0
"""In mm: how long marks are, and how far away from the bleed they begin."""
MARGIN = LENGTH + AWAY + 1
"""In mm: the room beyond the bleed."""
THICKNESS = 0.25
"""In pt: a hairline, as marks are."""
REGISTRATION = "/ToolkitRegistration"
"""The name of the colour space."""


def registration_space() -> Array:
    """The colour that is on every plate (ISO 32000-1, 8.6.6.4)."""
    tints = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tints])


def crop_marks(trim: Sequence[float], bleed: float) -> bytes:
    """Eight marks at the corners of a box in pt, `bleed` in mm, as an artifact."""
    left, bottom, right, top = trim
    near = (bleed + AWAY) * POINTS_PER_MM
    far = near + LENGTH * POINTS_PER_MM
    lines = []
    for x, outward in ((left, -1), (right, 1)):
        for y, upward in ((bottom, -1), (top, 1)):
            lines.append((x + outward * near, y, x + outward * far, y))
            lines.append((x, y + upward * near, x, y + upward * far))
    drawn = b"".join(b"%s %s m %s %s l S\n" % tuple(map(format_number, line)) for line in lines)
    state = b"%s CS 1 SCN %s w" % (REGISTRATION.encode(), format_number(THICKNESS))
    return b"/Artifact BMC q %s\n%sQ EMC\n" % (state, drawn)
