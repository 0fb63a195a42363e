"""What is asked of whoever typesets, and what comes back: between processes, machines and the press.

Importing this does not import the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit_builder.press.html.rendered import RenderedLeaf, StyleSet
from toolkit_builder.press.plates.plate import FontParts, Plate
from toolkit_builder.press.preflight.html_checks import Complaint
from toolkit_builder.press.preflight.layout_checks import Finding
from toolkit_builder.progress import Report


@dataclass(frozen=True)
class Failure:
    """That the engine or platemaking fails over a leaf, what it said, and the line of its HTML with which it does."""

    leaf: str
    said: str
    line: str


@dataclass
class Outcome:
    """What came of a job: plates, and what is wrong, findings with the size in pt. Pages count within their leaf.

    `failures`: the leaves that the engine or platemaking failed over, whatever their texts.
    """

    plates: list[Plate] = field(default_factory=list)
    findings: list[tuple[Finding, float]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


TypesettingJob = tuple[StyleSet, list[RenderedLeaf]]
"""Leaves to be typeset, and what with."""
TypesettingBackend = Callable[[Sequence[TypesettingJob], Report], Iterator[tuple[StyleSet, Outcome]]]
"""Who typesets: given jobs, and a way to say how far they are, yields what comes of them part by part."""
Extra = dict[int, tuple[str, float]]
"""Glyphs beyond the repertoire of a font, with their texts and widths (in thousandths of the size)."""
FontMaker = Callable[[StyleSet, str, Extra], Callable[[], FontParts]]
"""Who makes fonts: given a face (`Face.key`) and glyphs beyond its repertoire, says how to get the font, which may be
waited for.
"""
