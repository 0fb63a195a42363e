"""The net of a box for a deck of cards, on A4: how thick the deck is, how large the panels are, where they lie.

All lengths are in mm, from the left and the top of the sheet. The faces of the box lie broadside on the sheet, one
above the other, so that faces and spines are read without turning it:

    glue tab
    back        with the lid and its tuck at the left, the closed end and its tab at the right
    far spine   with a dust flap at each end
    front       with the notch for a thumb at the left
    near spine  with a dust flap at each end
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

from toolkit_builder.documents.paper import PAPER
from toolkit_builder.documents.sheet_options import BULK

USUAL_WEIGHT = 300
"""Of the paper of cards, in g/m²."""
LONG, SHORT = 150.0, 107.0
"""A face of the box: a card of 148 by 105 mm with room to slide."""
PLAY = 1.0
"""What the box is deeper than the deck is thick."""
LEAST_DEPTH = 7.0
"""A spine has room for a line of type."""
GLUE, TUCK, DUST, NOTCH = 10.0, 13.0, 14.0, 10.0
"""Width of the glue tabs, length of the tuck and of the dust flaps, radius of the notch."""
TAPER = 4.0
"""By how much tabs are narrower at their outer edge, on each side."""
MARGIN = 5.0
"""What printers leave white at the edges."""
SHEET = PAPER["a4"]
HEAD, FOOT = 40.0, 8.0
"""What is left above the net for words that are cut off, and below it."""
GREATEST_DEPTH = min((SHEET[0] - 2 * MARGIN - LONG - TUCK - GLUE) / 2, (SHEET[1] - HEAD - FOOT - 2 * SHORT - GLUE) / 2)
"""A deeper box has no room on the sheet."""


@dataclass(frozen=True)
class Panel:
    """A rectangle of the net: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Net:
    """The net of a box of a depth: in the middle of the sheet from left to right, and at its foot."""

    depth: float

    @property
    def width(self) -> float:
        return TUCK + self.depth + LONG + self.depth + GLUE

    @property
    def height(self) -> float:
        return GLUE + 2 * SHORT + 2 * self.depth

    @cached_property
    def panels(self) -> dict[str, Panel]:
        """All panels by name: four walls, the lid and the closed end, tabs, dust flaps."""
        left, top, depth = (SHEET[0] - self.width) / 2, SHEET[1] - FOOT - self.height, self.depth
        x = left + TUCK + depth
        right = x + LONG
        back = Panel(x, top + GLUE, LONG, SHORT)
        far = Panel(x, back.bottom, LONG, depth)
        front = Panel(x, far.bottom, LONG, SHORT)
        near = Panel(x, front.bottom, LONG, depth)
        return {
            "glue": Panel(x, top, LONG, GLUE),
            "back": back,
            "far": far,
            "front": front,
            "near": near,
            "lid": Panel(x - depth, back.y, depth, SHORT),
            "tuck": Panel(left, back.y, TUCK, SHORT),
            "end": Panel(right, back.y, depth, SHORT),
            "tab": Panel(right + depth, back.y, GLUE, SHORT),
            **{f"{name}-open": Panel(x - DUST, wall.y, DUST, depth) for name, wall in (("far", far), ("near", near))},
            **{f"{name}-closed": Panel(right, wall.y, DUST, depth) for name, wall in (("far", far), ("near", near))},
        }

    @property
    def folds(self) -> list[tuple[float, float, float, float]]:
        """Lines to fold along, each from one point to another: where two panels meet."""
        at = self.panels
        across = [at[name].y for name in ("back", "far", "front", "near")]
        x, right = at["back"].x, at["back"].right
        lines = [(x, y, right, y) for y in across]
        lines += [(edge, at["back"].y, edge, at["back"].bottom) for edge in (at["lid"].x, x, right, at["tab"].x)]
        lines += [(edge, at[name].y, edge, at[name].bottom) for name in ("far", "near") for edge in (x, right)]
        return lines

    @property
    def glued(self) -> str:
        """The tabs that are glued, as the data of an SVG path: along the near spine, and at the closed end. The others
        are tucked in.
        """
        glue, tab, taper = self.panels["glue"], self.panels["tab"], TAPER
        along = [
            (glue.x + taper, glue.y),
            (glue.right - taper, glue.y),
            (glue.right, glue.bottom),
            (glue.x, glue.bottom),
        ]
        end = [(tab.x, tab.y), (tab.right, tab.y + taper), (tab.right, tab.bottom - taper), (tab.x, tab.bottom)]
        return " ".join(f"M{' L'.join(map(_point, corners))} Z" for corners in (along, end))

    @property
    def outline(self) -> str:
        """What is cut, once around, as the data of an SVG path. Tabs taper, so that they slip in."""
        at = self.panels
        x, right = at["back"].x, at["back"].right
        taper, clear, middle = TAPER, 0.5, at["front"].y + SHORT / 2

        def flap(name: str, side: int) -> list[tuple[float, float]]:
            """The corners of a dust flap, down its outer edge; `side`: -1 at the left, 1 at the right."""
            wall, edge = at[name], right if side > 0 else x
            outer = edge + side * DUST
            high, low = wall.y + clear, wall.bottom - clear
            return [(edge, high), (outer, high + 1.5), (outer, low - 1.5), (edge, low)]

        tab, tuck = at["tab"], at["tuck"]
        points = [(x + taper, at["glue"].y), (right - taper, at["glue"].y), (right, at["back"].y)]
        points += [(tab.x, tab.y), (tab.right, tab.y + taper), (tab.right, tab.bottom - taper), (tab.x, tab.bottom)]
        points += [(right, tab.bottom), *flap("far-closed", 1), (right, at["near"].y), *flap("near-closed", 1)]
        points += [(right, at["near"].bottom), (x, at["near"].bottom), *reversed(flap("near-open", -1))]
        points += [(x, at["front"].bottom), (x, middle + NOTCH)]
        after = [(x, middle - NOTCH), (x, at["front"].y), *reversed(flap("far-open", -1)), (x, tuck.bottom)]
        after += [
            (tuck.right, tuck.bottom),
            (tuck.x, tuck.bottom - taper),
            (tuck.x, tuck.y + taper),
            (tuck.right, tuck.y),
        ]
        after += [(x, tuck.y)]
        arc = f"A{NOTCH:g} {NOTCH:g} 0 0 0 {_point(after[0])}"
        return f"M{' L'.join(map(_point, points))} {arc} L{' L'.join(map(_point, after[1:]))} Z"


@dataclass(frozen=True)
class TuckBox:
    """A box for a deck: how many cards, on paper of which weight in g/m²; in how many boxes, if one is too thick."""

    cards: int
    weight: int = USUAL_WEIGHT

    @property
    def boxes(self) -> int:
        """How many boxes hold the deck, each as deep as a sheet of A4 allows at most."""
        return ceil(self.cards / max(floor((GREATEST_DEPTH - PLAY) / caliper(self.weight)), 1))

    @property
    def cards_in_each(self) -> int:
        return ceil(self.cards / self.boxes)

    @property
    def thickness(self) -> float:
        """Of the cards in one box."""
        return self.cards_in_each * caliper(self.weight)

    @cached_property
    def net(self) -> Net:
        return Net(round(max(LEAST_DEPTH, self.thickness + PLAY), 1))


def caliper(weight: int) -> float:
    """How thick a sheet of paper of a weight in g/m² is, in mm: its mass by area times its bulk."""
    return weight * BULK / 1000


def deck_cards(actions: int, local: int, languages: int) -> int:
    """How many cards the deck of a selection has: one for each action, one more for each of which a partnership says
    something, the guide and the colophon.

    One card has the guide on its front and the colophon on its back in one language; with two, each has its own, with
    a language on either side; with more, each language has a deck of its own.
    """
    both = 2 if languages == 2 else 1
    return (actions + local + both) * (languages if languages > 2 else 1)


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
