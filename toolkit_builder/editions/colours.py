"""The colours of categories and of a partnership, as styles of the screen name them: on white and on a dark ground."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit_builder.catalogue.colours import contrast, mixed
from toolkit_builder.catalogue.model import Category, Text
from toolkit_builder.job_ticket import JobTicket

DARK = "#16191d"
"""The ground where a machine asks for a dark one (`--paper` in editions.css)."""
LEAST_CONTRAST = 4.5
"""Of text (WCAG 2.2, 1.4.3)."""
_STEP = 0.02


def on_dark(colour: str) -> str:
    """A colour as text has it on a dark ground and on its pale there: itself, or with as much white as it takes."""
    grounds = DARK, _pale_on_dark(colour)
    share = 0.0
    while min(contrast(mixed(colour, "#ffffff", share), ground) for ground in grounds) < LEAST_CONTRAST:
        share += _STEP
    return mixed(colour, "#ffffff", share)


def _pale_on_dark(colour: str) -> str:
    return mixed(colour, DARK, 0.8)


def in_the_dark(ticket: JobTicket) -> Iterator[str]:
    """A line about the colours that cannot be read on a dark ground, and what is shown there."""
    colours = [str(category.colour) for category in ticket.selection.catalogue.framework.categories]
    lighter = [f"{colour} is {on_dark(colour)}" for colour in dict.fromkeys(colours) if on_dark(colour) != colour]
    if lighter:
        yield f"On a dark ground, to be read: {', '.join(lighter)}"


def colour_style(ticket: JobTicket) -> str:
    """CSS with the colours of the categories, by their ids, and of the partnership."""
    categories = ticket.selection.catalogue.framework.categories
    light = [_rule(category, {"accent": str(category.colour), **_tones(category)}) for category in categories]
    dark = [_rule(category, _dark_tones(category)) for category in categories]
    own = "\n".join(_own(ticket))
    return "\n".join([*light, f"@media (prefers-color-scheme: dark) {{\n{chr(10).join(dark)}\n}}", own]).strip() + "\n"


def _tones(category: Category[Text]) -> dict[str, str]:
    colour = str(category.colour)
    tint = str(category.tint) if category.tint else mixed(colour, "#ffffff", 0.5)
    return {"on-paper": colour, "tint": tint, "pale": mixed(colour, "#ffffff", 0.9)}


def _dark_tones(category: Category[Text]) -> dict[str, str]:
    colour = str(category.colour)
    return {"on-paper": on_dark(colour), "pale": _pale_on_dark(colour)}


def _rule(category: Category[Text], values: dict[str, str]) -> str:
    said = "; ".join(f"--{name}: {value}" for name, value in values.items())
    return f".of-{category.id} {{ {said} }}"


def _own(ticket: JobTicket) -> Iterator[str]:
    """A partnership's ground, which white text stands on, and its band."""
    colours = ticket.partnership.file.colours if ticket.partnership else None
    if colours and colours.ground:
        yield f":root {{ --band: {colours.ground} }}"
    if colours and colours.band:
        yield f":root {{ --stripe: {colours.band} }}"
