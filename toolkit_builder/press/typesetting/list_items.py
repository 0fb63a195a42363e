"""What the items of a list say stands in their bodies, in the order of reading (ISO 32000-1, 14.8.4.3.3).

The engine gives a body to items of text alone, and hangs a list that is nested in an item beside that item, after
whatever else the item says.
"""

from __future__ import annotations

from toolkit_builder.press.plates.plate import Element


def give_bodies(items: Element) -> None:
    """Let each item of a list (`L`) be a label and a body (`LI` > `Lbl`, `LBody`), with the lists nested in it."""
    kept: list[int | Element] = []
    for kid in items.kids:
        item = kept[-1] if kept else None
        if _is(kid, "L") and isinstance(item, Element) and item.kind == "LI":
            item.kids.append(kid)
        else:
            kept.append(kid)
    items.kids = kept
    for kid in kept:
        if isinstance(kid, Element) and kid.kind == "LI":
            _give_body(kid)


def _give_body(item: Element) -> None:
    labels = [kid for kid in item.kids if _is(kid, "Lbl")]
    said: list[int | Element] = []
    for kid in item.kids:
        if isinstance(kid, Element) and kid.kind == "LBody":
            said += kid.kids
        elif not _is(kid, "Lbl"):
            said.append(kid)
    if said:
        item.kids = [*labels, Element("LBody", item.page, sorted(said, key=_first))]


def _is(kid: int | Element, kind: str) -> bool:
    return isinstance(kid, Element) and kid.kind == kind


def _first(kid: int | Element) -> int:
    """The first marked content of what hangs in the tree. Marks are numbered as they are drawn, labels after texts."""
    return kid if isinstance(kid, int) else min(map(_first, kid.kids), default=0)
