"""How much a drawing may be: what would really be drawn is counted while it is built, parts that are used again too.

The bounds are of work, not of time, so that a file is refused alike on every machine. A logo has some ten to some
hundred parts; a traced picture has thousands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit_builder.drawings.refusing import refused

PARTS = 5_000
"""Elements, each as often as it is drawn."""
DEPTH = 50
"""How deep elements may stand within one another, uses counted as what they use."""
GROUPS = 20
"""Within one another, as they are written: readers of PDF need not keep more than 28 states (ISO 32000-1, Annex C)."""
OPACITIES = 8
"""Within one another: each is a form of its own in PDF, and readers leave out what lies too deep without a word."""
SEGMENTS = 40_000
"""Lines and curves of all outlines."""
MEASURED = 30_000
"""Segments that the engine measures, since a gradient or an opacity is laid over them, times how often it does so."""
DEFINITIONS = 200
"""Gradients and clips, each: the engine looks each up in the whole drawing."""
DASHES = 20_000
"""Dashes of all dashed lines, which a reader's program draws one by one."""
SELECTORS = 2_000
"""In all style sheets."""
RULES = 100_000
"""Declarations of styles, each as often as it applies."""


@dataclass
class Budget:
    """Counts what is drawn, and refuses the drawing as soon as it is too much."""

    spent: dict[str, float] = field(default_factory=dict)

    def part(self, depth: int) -> None:
        self._spend("parts", 1, PARTS)
        if depth > DEPTH:
            raise refused(f"has parts nested deeper than {DEPTH}; simplify it")

    def nested(self, groups: int, opacities: int) -> None:
        """Groups that are written, and opacities, around a part."""
        if groups > GROUPS or opacities > OPACITIES:
            raise refused("has transforms, clips or opacities nested too deep; flatten them, or simplify it")

    def outline(self, segments: int, measured: int) -> None:
        """An outline that the engine measures so many times."""
        self._spend("lines and curves", segments, SEGMENTS)
        if measured:
            self._spend("lines and curves under gradients or opacity", segments * measured, MEASURED)

    def definition(self, what: str) -> None:
        """Of what there are few: “gradients”, “clips”."""
        self._spend(what, 1, DEFINITIONS)

    def dashes(self, count: float) -> None:
        self._spend("dashes", count, DASHES)

    def selector(self) -> None:
        self._spend("selectors of styles", 1, SELECTORS)

    def rules(self, count: int) -> None:
        self._spend("styles", count, RULES)

    def _spend(self, what: str, count: float, bound: int) -> None:
        self.spent[what] = self.spent.get(what, 0) + count
        if self.spent[what] > bound:
            raise refused(f"has more than {bound:,} {what} when all of it is drawn; simplify it")
