"""Texts of rows and imprints, which are seen on what they are laid over: noted on their plates, checked there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit_builder.press.geometry import TextPlace
from toolkit_builder.press.plates.plate import OpenText, Plate
from toolkit_builder.press.preflight.colours import Colour, contrast, least_contrast, named
from toolkit_builder.press.preflight.paint import Paint, Painting, seen_at
from toolkit_builder.press.preflight.painting import read_page
from toolkit_builder.press.preflight.plate_words import X_HEIGHT, SetText
from toolkit_builder.press.preflight.regions import common, meet

APART = 0.5
"""In em: so far apart are the points of a text that are looked at when it is laid over something."""


def open_text(text: SetText, painting: Painting, weight: int, place: TextPlace) -> list[OpenText]:
    """A text as it is noted, if somewhere nothing is painted below it."""
    bounds = text.bounds()
    below = [paint for paint in painting.paints[: text.run.after] if meet(paint.bounds, bounds)]
    if below and not any(seen_at(*text.at(x, X_HEIGHT), below)[1] for x in text.starts[:-1]):
        return []
    x, y = text.at(text.starts[0], X_HEIGHT)
    end, _ = text.at(text.starts[-1], X_HEIGHT)
    least = least_contrast(text.run.size, weight)
    shown = text.text if len(text.text) <= 40 else text.text[:38].rstrip() + "…"
    key = f"{place.key}.{place.printed or place.language}" if place.key else ""
    step = APART * text.run.size
    return [OpenText(shown, key, x, y, end - x, step, text.run.colours[0], least)]


class _Known:
    """A plate, told from others by its key: what is painted on a shell is worked out once for all that it bears."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate

    def __hash__(self) -> int:
        return hash(self.plate.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.plate.key == self.plate.key


@lru_cache(maxsize=64)
def _paints(shell: _Known) -> Sequence[Paint]:
    return read_page(shell.plate.pages[0], shell.plate).paints


@lru_cache(maxsize=64)
def _even_ground(shell: _Known) -> Colour | None:
    """The one colour of the room for rows, if it has one colour."""
    left, top, height = shell.plate.row_area or (0, 0, 0)
    bottom = shell.plate.pages[0].height - top - height
    room = (left, bottom, left + shell.plate.row_width, bottom + height)
    near = [paint for paint in _paints(shell) if meet(paint.bounds, room)]
    if not all(paint.region.is_box and not paint.clips and common(paint.bounds, room) == room for paint in near):
        return None
    grounds, _ = seen_at((room[0] + room[2]) / 2, (room[1] + room[3]) / 2, near)
    return grounds.pop() if len(grounds) == 1 else None


@lru_cache(maxsize=10000)
def _too_faint_on(ground: Colour, over: _Known) -> tuple[tuple[OpenText, str], ...]:
    each = ((text, _told(text, ground)) for text in over.plate.open_texts)
    return tuple((text, message) for text, message in each if message)


def too_faint_in_rows(shell: Plate, row: Plate, x: float, y: float) -> Iterator[tuple[OpenText, str]]:
    """The texts of a row that are not told from the shell that it is pasted into.

    Nearly always the room for rows has one colour: then it is known once for each row, wherever it comes to stand.
    """
    ground = _even_ground(_Known(shell))
    if ground is not None:
        yield from _too_faint_on(ground, _Known(row))
    else:
        yield from too_faint(shell, row, x, y)


def too_faint(shell: Plate, over: Plate, x: float = 0, y: float = 0) -> Iterator[tuple[OpenText, str]]:
    """The texts of a plate that are not told from the shell that it is laid over, moved by so many pt right and up."""
    paints = _paints(_Known(shell))
    for text in over.open_texts:
        left, height = text.x + x, text.y + y
        line = (left, height - 0.01, left + text.width, height + 0.01)
        near = [paint for paint in paints if meet(paint.bounds, line)]
        steps = max(1, round(text.width / text.step))
        grounds: set[Colour] = set()
        for step in range(steps):
            grounds |= seen_at(left + text.width * (step + 0.5) / steps, height, near)[0]
        if message := next(filter(None, (_told(text, ground) for ground in sorted(grounds))), ""):
            yield text, message


def _told(text: OpenText, ground: Colour) -> str:
    """What is to be said of a text on a ground; nothing if it is seen."""
    ratio = contrast(text.colour, ground)
    if ratio >= text.needed - 0.005:
        return ""
    return (
        f"is too faint: {named(text.colour)} on {named(ground)} has a contrast of {ratio:.1f}:1, "
        f"and text of this size needs {text.needed:g}:1"
    )
