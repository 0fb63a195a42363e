"""What a logo may be made of, and what is said of everything else."""

from __future__ import annotations

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
CONTAINERS = frozenset(("svg", "g", "symbol", "use"))
"""They hold or name shapes."""
GRADIENTS = frozenset(("linearGradient", "radialGradient"))
REFERRING = frozenset(("use", *GRADIENTS))
"""They take other elements in by `href`."""
NOT_DRAWN = frozenset(("defs", "clipPath", "mask", "stop", "title", "desc", "metadata", "style", *GRADIENTS))
ELEMENTS = SHAPES | CONTAINERS | NOT_DRAWN

INHERITED = frozenset((
    *("fill", "fill-opacity", "fill-rule", "clip-rule", "color", "visibility"),
    *("stroke", "stroke-opacity", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    *("stroke-dasharray", "stroke-dashoffset"),
))  # fmt: skip
"""SVG 1.1, appendix N."""
PROPERTIES = INHERITED | {
    *("opacity", "display", "clip-path", "mask", "transform", "overflow", "stop-color", "stop-opacity", "mask-type"),
    *("filter", "marker", "marker-start", "marker-mid", "marker-end", "transform-origin"),
    *("mix-blend-mode", "paint-order", "vector-effect"),
}
"""All that are looked at. Others (fonts, cursors, notes of drawing programs) say nothing of shapes, and are dropped."""
GEOMETRY = frozenset(("d", "x", "y", "cx", "cy", "r", "rx", "ry", "width", "height"))
"""Attributes that SVG 2 takes for properties; in styles they are refused, since few programs agree on them."""

REFUSED_PROPERTIES = {
    "filter": "a filter, which cannot be printed sharp; draw it without",
    "marker": "markers at the ends of lines; turn them into paths",
    "marker-start": "markers at the ends of lines; turn them into paths",
    "marker-mid": "markers at the ends of lines; turn them into paths",
    "marker-end": "markers at the ends of lines; turn them into paths",
    "transform-origin": "a transform about a point of its own (transform-origin); save it with plain transforms",
}
"""Unless they say `none`."""
DOUBTFUL_PROPERTIES = {
    "mix-blend-mode": ("normal", "blends colours with those below (mix-blend-mode)"),
    "paint-order": ("normal fill", "paints its strokes before its fills (paint-order)"),
    "vector-effect": ("none", "has strokes that do not scale (vector-effect)"),
}
"""What the engine leaves out: the words by which they say nothing, and what is said otherwise."""
REFUSED_ELEMENTS = {
    "script": "a script; save it without",
    "handler": "a script; save it without",
    "foreignObject": "a part that is not SVG (<foreignObject>); save it as plain shapes",
    "image": "an embedded picture; save it as plain shapes, or the whole logo as PNG",
    "feImage": "an embedded picture; save it as plain shapes, or the whole logo as PNG",
    "text": "text, which would need its font; turn it into paths",
    "tspan": "text, which would need its font; turn it into paths",
    "textPath": "text, which would need its font; turn it into paths",
    "font": "a font of its own; turn text into paths",
    "font-face": "a font of its own; turn text into paths",
    "filter": "a filter, which cannot be printed sharp; draw it without",
    "pattern": "a pattern; turn it into plain shapes",
    "marker": "markers at the ends of lines; turn them into paths",
    "a": "a link (<a>); save it without",
    "switch": "parts for some programs only (<switch>); save it without editing capabilities",
    "animate": "an animation (<animate>); save one picture of it",
    "animateTransform": "an animation (<animateTransform>); save one picture of it",
    "animateMotion": "an animation (<animateMotion>); save one picture of it",
    "set": "an animation (<set>); save one picture of it",
    "video": "a film; save one picture of it",
    "audio": "a sound; save it without",
    "iframe": "another document (<iframe>); save it as plain shapes",
}

_EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch",
    "http://www.serif.com/",
    "http://www.corel.com/",
    "http://www.vectornator.io",
    "http://www.figma.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "http://creativecommons.org/ns",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
)


def is_note(tag: str) -> bool:
    """Whether an element is a note of a drawing program: such are dropped, with all that is in them."""
    return tag.startswith("{") and tag[1:].startswith(_EDITORS)
