"""Drawings as the typesetting engine draws them on a page of their own, in pixels."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass

import pypdfium2
import weasyprint
from PIL import Image, ImageChops

WIDTH = 480
"""CSS pixels across the page, each a pixel of the picture."""


@dataclass(frozen=True)
class Drawn:
    picture: Image.Image
    messages: tuple[str, ...]
    """What the engine logged, which stops the press."""

    @property
    def has_ink(self) -> bool:
        return any(self.picture.convert("L").histogram()[:250])

    def difference(self, other: Drawn) -> float:
        """How much two pictures differ: 0 to 255, on the mean."""
        levels = ImageChops.difference(self.picture.convert("L"), other.picture.convert("L")).histogram()
        return sum(level * count for level, count in enumerate(levels)) / sum(levels)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage()[:200])


def drawn(svg: bytes, width: float, height: float) -> Drawn:
    """A drawing on a page of its own proportions."""
    high = WIDTH * height / width
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    style = (
        f"@page {{ size: {WIDTH}px {high}px; margin: 0 }} img {{ display: block; width: {WIDTH}px; height: {high}px }}"
    )
    listener, logger = _Listener(), logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        html = weasyprint.HTML(
            string=f'<html lang="cy"><title>.</title><style>{style}</style><img alt="." src="{address}">'
        )
        data = html.write_pdf()
    finally:
        logger.removeHandler(listener)
    page = pypdfium2.PdfDocument(data)[0]
    return Drawn(page.render(scale=96 / 72).to_pil().convert("RGB"), tuple(listener.messages))
