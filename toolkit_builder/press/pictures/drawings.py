"""Drawings in pixels, for what takes none: laid out by the engine, each on a page of its own, and seen by PDFium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from toolkit_builder.press.pictures.rendering import opened, png


class DrawingError(Exception):
    """The engine failed over a drawing, or complained of it."""


@dataclass(frozen=True)
class PlacedDrawing:
    """A drawing: the address that it stands in (`data:image/svg+xml`), and how wide and high it is printed, in mm."""

    address: str
    width: float
    height: float


def in_pixels(drawings: Sequence[PlacedDrawing]) -> list[bytes]:
    """The drawings as PNG on white, of 300 pixels an inch, the same bytes each time.

    Raises MachineError if the engine cannot be loaded, DrawingError if it fails over a drawing.
    """
    if not drawings:
        return []
    from toolkit_builder.press.typesetting import typesetter  # noqa: F401  (the door to the engine)
    from toolkit_builder.press.typesetting.engine import Engine
    from toolkit_builder.press.typesetting.engine_messages import EngineError

    try:
        laid_out = Engine((), (), lambda face: frozenset()).lay_out(_html(drawings), Path(), leaf_links=False)
        if laid_out.complaints:
            raise DrawingError(laid_out.complaints[0].message)
        document = laid_out.pdf()
    except EngineError as error:
        raise DrawingError(str(error)) from error
    with opened(document) as pdf:
        return [png(page, {}) for page in pdf]


def _html(drawings: Sequence[PlacedDrawing]) -> str:
    """A page for each drawing, of its size."""
    sizes = "".join(
        f"@page d{number} {{ size: {one.width:g}mm {one.height:g}mm; margin: 0 }} "
        f".d{number} {{ page: d{number}; width: {one.width:g}mm; height: {one.height:g}mm }}"
        for number, one in enumerate(drawings)
    )
    placed = "".join(
        f'<p class="d{number}"><img alt="." src="{escape(one.address)}"></p>' for number, one in enumerate(drawings)
    )
    style = f"body, p {{ margin: 0 }} img {{ display: block; width: 100%; height: 100% }} {sizes}"
    return f'<html lang="en"><head><title>.</title><style>{style}</style></head><body>{placed}</body></html>'
