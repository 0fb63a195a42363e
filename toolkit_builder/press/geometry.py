"""What the engine says of a laid-out page: rectangles of text and boxes, in mm from the page's top left corner.

The engine turns its own boxes into these records, so that preflight knows nothing of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rectangle:
    """A rectangle in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """In mm²."""
        return (self.right - self.left) * (self.bottom - self.top)

    def outside(self, other: Rectangle) -> float:
        """How far this sticks out of `other`, in mm; 0 if it lies within it."""
        return max(
            other.left - self.left,
            other.top - self.top,
            self.right - other.right,
            self.bottom - other.bottom,
            0.0,
        )

    def overlap(self, other: Rectangle) -> float:
        """The shorter side of what both cover, in mm; 0 if they do not touch."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(min(across, down), 0.0)


@dataclass(frozen=True)
class TextPlace:
    """Where on which leaf something stands: the key of the text (`content/actions/SP1.yaml#title`) if it has one.

    `language` is the one that the page declares there (lang), `printed` the one of the text itself, where it is known.
    """

    leaf: str
    key: str = ""
    language: str = ""
    printed: str = ""


@dataclass(frozen=True)
class TextRun:
    """A run of text on one line, in one font.

    `ink` is the room from ascender to descender; `column` the box that the line was broken to fit, of which only
    the sides count.
    """

    place: TextPlace
    text: str
    ink: Rectangle
    column: Rectangle
    block: int
    families: tuple[str, ...]
    weight: int
    italic: bool
    size: float
    """Font size in pt."""
    frames: tuple[Rectangle, ...]
    lifted: frozenset[int]
    """The lifted boxes that this text is part of."""


@dataclass(frozen=True)
class Box:
    """A box of an element, as a style would select it (`div.box`), with the frames that it has to keep within."""

    place: TextPlace
    element: str
    rectangle: Rectangle
    frames: tuple[Rectangle, ...]


@dataclass(frozen=True)
class Picture:
    """A picture: an element of its own, or in the background of one.

    `address` is what the layout or the style calls it. `is_named` by the layout, in HTML. `within`: the elements that
    it stands in, its own the last; `may_overlap`: the layout says that it stands over others, or others over it.
    """

    place: TextPlace
    address: str
    rectangle: Rectangle
    is_named: bool
    within: tuple[int, ...]
    may_overlap: bool
    is_background: bool


@dataclass(frozen=True)
class LiftedBox:
    """A box out of the flow (positioned absolutely), with its margins: other text has to keep clear of it."""

    number: int
    rectangle: Rectangle
    leaf: str = ""
    """The leaf that it belongs to, where that is known."""


@dataclass(frozen=True)
class PageGeometry:
    """One page: the leaf that it belongs to, its size, its texts and boxes."""

    number: int
    leaf: str
    size: Rectangle
    texts: tuple[TextRun, ...]
    boxes: tuple[Box, ...]
    lifted: tuple[LiftedBox, ...]
    section_languages: tuple[str, ...]
    """The language of each section and article, in reading order."""
    extent: float = 0
    """Where the box of the leaf ends, in mm from the top."""
    breadth: float = 0
    """How wide it is, in mm."""
    row_area: Rectangle | None = None
    """The room for rows."""
    rows_from_right: bool = False
    """Whether lines begin on the right there."""
    frames: tuple[int, ...] = ()
    """The elements that stand here, or a part of them, and that things have to keep within (`data-frame`)."""
