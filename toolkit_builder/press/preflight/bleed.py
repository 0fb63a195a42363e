"""Whether what reaches the edge of a page that is cut runs on beyond it: nobody cuts to a hair."""

from __future__ import annotations

from collections.abc import Callable

from toolkit_builder.press.pdf.writer import POINTS_PER_MM
from toolkit_builder.press.preflight.paint import Kind, Paint, Painting
from toolkit_builder.press.preflight.regions import Bounds, common, is_empty, region

TOLERANCE = 0.2
"""In mm: what misses the edge, or the end of the bleed, by no more is there."""
EDGES = ("left", "bottom", "right", "top")
_WHITE = 0.999


def is_seen(paint: Paint) -> bool:
    """Whether it is painted in anything but white, as somebody sees it on white paper."""
    return any(min(colour) < _WHITE for colour in paint.colours)


def bare_edges(painting: Painting, bleed: float, is_inked: Callable[[Paint], bool] = is_seen) -> list[str]:
    """The edges of a page at which artwork ends that should run on beyond them by the `bleed` (mm).

    `is_inked`: whether anything is printed where this is painted; pictures always are.
    """
    page = (0.0, 0.0, painting.width, painting.height)
    bare = {
        edge
        for paint in painting.paints
        if paint.kind is Kind.PICTURE or is_inked(paint)
        for bounds in [_inked(paint)]
        for edge, distance in zip(EDGES, distances(bounds, page), strict=True)
        if not is_empty(common(bounds, page))
        and -(bleed - TOLERANCE) * POINTS_PER_MM < distance < TOLERANCE * POINTS_PER_MM
    }
    return [edge for edge in EDGES if edge in bare] if bleed else []


def told(page: int, edges: str, bleed: float) -> str:
    """What is said of a page whose artwork ends at these edges, where it needs so much bleed (mm)."""
    return (
        f"page {page}: what reaches the edge ({edges}) ends there, and has to run on for {bleed:g} mm: in its style, "
        "let it reach beyond by var(--bleed, 0mm)"
    )


def distances(bounds: Bounds, page: Bounds) -> tuple[float, float, float, float]:
    """How far something keeps from each edge of the page, in pt; negative beyond it."""
    return bounds[0] - page[0], bounds[1] - page[1], page[2] - bounds[2], page[3] - bounds[3]


def _inked(paint: Paint) -> Bounds:
    """Where something is painted. A point that no line leads away from is not (ISO 32000-1, 8.5.3.2); the engine puts
    such points at the beginning of paths.
    """
    if paint.kind is not Kind.STROKE:
        return paint.bounds
    lines = [line for line in paint.region.outlines if len(line) > 1]
    return common(region(lines, width=paint.region.width).bounds, paint.bounds)
