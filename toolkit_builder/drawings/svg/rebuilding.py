"""A drawing built anew: only what is known, in plain numbers, each part as often as it is drawn.

What comes out has few kinds of elements within its `<svg>`: `g` with a matrix, an opacity or a clip, `path`, `rect`,
`circle`, `ellipse`, and definitions of gradients and clips. There are no styles, no names, no texts and no uses:
nothing is inherited, nothing refers beyond the definitions, so that what the engine draws is what was counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from toolkit_builder.drawings.refusing import refused
from toolkit_builder.drawings.svg.allow_list import (
    SVG,
)
from toolkit_builder.drawings.svg.budget import Budget
from toolkit_builder.drawings.svg.building import Builder, with_children
from toolkit_builder.drawings.svg.clipping import Clips
from toolkit_builder.drawings.svg.gradients import Gradients
from toolkit_builder.drawings.svg.shapes import Shapes
from toolkit_builder.drawings.svg.styles import Styles
from toolkit_builder.drawings.svg.survey import survey
from toolkit_builder.drawings.svg.values import written
from toolkit_builder.drawings.svg.viewports import size_of_drawing
from toolkit_builder.drawings.svg.xml_reader import read_xml


@dataclass(frozen=True)
class Drawing:
    """A drawing that may be printed: its bytes, its size in its own units, and what of it is not printed as meant."""

    data: bytes
    width: float
    height: float
    doubts: tuple[str, ...]


def rebuild(data: bytes) -> Drawing:
    """Build a drawing anew from the bytes of an SVG, whose size the caller has bounded.

    Raises RefusedError, saying what to do, for everything that a logo may not have, and if nothing would be seen.
    """
    root = read_xml(data)
    if root.tag != f"{SVG}svg":
        raise refused("is no SVG: it has no <svg> of its namespace; save it again")
    seen, box = survey(root), size_of_drawing(root)
    budget = Budget()
    styles = Styles(budget)
    for sheet in seen.sheets:
        styles.read(sheet)
    builder = Builder(seen, styles, budget, Gradients(seen, styles), Clips(seen, styles, budget, Shapes()))
    parts = builder.drawn(root, box)
    if not builder.is_seen:
        raise refused("draws nothing that would be seen; save it again with its shapes filled and on the page")
    definitions = [*builder.gradients.written.values(), *builder.clips.written.values()]
    svg = Element("svg", {"xmlns": SVG[1:-1], "viewBox": written(*box)})
    for part in [*([with_children(Element("defs"), definitions)] if definitions else []), *parts]:
        svg.append(part)
    return Drawing(tostring(svg, encoding="utf-8"), box[2], box[3], tuple(sorted(builder.doubts)))
