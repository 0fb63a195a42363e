"""From the bytes of an SVG to its elements: no entities, nothing fetched, bounded while it is read.

The parser is expat behind defusedxml. A document type that names a public definition and declares nothing is allowed,
as drawing programs write one; it is never fetched.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from toolkit_builder.drawings.refusing import refused, shown

ELEMENTS = 20_000
"""In the file, those that drawing programs write for themselves too."""
DEPTH = 100
_PUBLIC = ("http://www.w3.org/", "https://www.w3.org/")
"""Where the public definitions of SVG 1.0 and 1.1 are said to lie."""


class _BoundedBuilder(TreeBuilder):
    """Builds the tree, and stops at too many elements or too deep ones, before they are all there."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.count += 1
        self.depth += 1
        if self.count > ELEMENTS:
            raise refused(f"has more than {ELEMENTS:,} parts; simplify it")
        if self.depth > DEPTH:
            raise refused(f"has parts nested deeper than {DEPTH}; simplify it")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)

    def pi(self, target: Any, text: Any = None, /) -> Any:
        """Processing instructions say nothing about shapes, except where styles lie."""
        if target == "xml-stylesheet":
            raise refused("refers to a style sheet outside of itself; save it with presentation attributes")


class _Parser(DefusedXMLParser):
    def defused_start_doctype_decl(self, name: Any, sysid: Any, pubid: Any, has_internal_subset: Any) -> None:
        if has_internal_subset or (sysid and not str(sysid).startswith(_PUBLIC)):
            raise refused("declares a document type of its own or entities; save it as plain SVG")


def read_xml(data: bytes) -> Element:
    """The root of a document in XML, whose size the caller has bounded.

    Raises RefusedError for everything that cannot be read, and for what is not to be read.
    """
    try:
        parser = _Parser(target=_BoundedBuilder(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException:
        raise refused("declares a document type of its own or entities; save it as plain SVG") from None
    except (ParseError, ValueError, LookupError, RecursionError, AssertionError, TypeError) as error:
        raise refused(f"is no SVG: {shown(str(error))}; save it again") from None
    if not isinstance(root, Element):
        raise refused("is no SVG; save it again")
    return root
