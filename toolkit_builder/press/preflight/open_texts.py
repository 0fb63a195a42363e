"""Texts of rows and imprints, which are seen on what they are laid over: noted on their plates, checked there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit_builder.press.plates.plate import OpenText, Plate
from toolkit_builder.press.preflight.colours import contrast, least_contrast, named
from toolkit_builder.press.preflight.paint import Paint, Painting, seen_at
from toolkit_builder.press.preflight.painting import read_page
from toolkit_builder.press.preflight.plate_words import X_HEIGHT, SetText
from toolkit_builder.press.preflight.regions import meet
from toolkit_builder.press.typesetting.geometry import TextPlace

APART = 0.5
"""In em: so far apart are the points of a text that are looked at when it is laid over something."""


def open_text(text: SetText, painting: Painting, weight: int, place: TextPlace) -> list[OpenText]:
    """A text as it is noted, if somewhere nothing is painted below it."""
    bounds = text.bounds()
    below = [paint for paint in painting.paints[: text.run.after] if meet(paint.bounds, bounds)]
    if below and not any(seen_at(*text.at(x, X_HEIGHT), below)[1] for x in text.starts[:-1]):
        return []
    x, y = text.at(0, X_HEIGHT)
    end, _ = text.at(text.starts[-1], X_HEIGHT)
    least = least_contrast(text.run.size, weight)
    shown = text.text if len(text.text) <= 40 else text.text[:38].rstrip() + "…"
    key = f"{place.key}.{place.printed or place.language}" if place.key else ""
    step = APART * text.run.size
    return [OpenText(shown, key, x, y, end - x, step, text.run.colours[0], least)]


@lru_cache(maxsize=64)
def _paints(plate: _Shell) -> Sequence[Paint]:
    return read_page(plate.plate.pages[0], plate.plate).paints


class _Shell:
    """A plate, told from others by its key: what is painted on a shell is worked out once for all that it bears."""

    def __init__(self, plate: Plate) -> None:
        self.plate = plate

    def __hash__(self) -> int:
        return hash(self.plate.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shell) and other.plate.key == self.plate.key


def too_faint(shell: Plate, over: Plate, x: float = 0, y: float = 0) -> Iterator[tuple[OpenText, str]]:
    """The texts of a plate that are not told from the shell that it is laid over, moved by so many pt right and up."""
    paints = _paints(_Shell(shell))
    for text in over.open_texts:
        if message := _too_faint(text, paints, x, y):
            yield text, message


def _too_faint(text: OpenText, paints: Sequence[Paint], x: float, y: float) -> str:
    left, height = text.x + x, text.y + y
    near = [p for p in paints if meet(p.bounds, (left, height - 0.01, left + text.width, height + 0.01))]
    steps = max(1, round(text.width / text.step))
    grounds = set()
    for step in range(steps):
        grounds |= seen_at(left + text.width * (step + 0.5) / steps, height, near)[0]
    for ground in sorted(grounds):
        ratio = contrast(text.colour, ground)
        if ratio < text.needed - 0.005:
            return (
                f"is too faint: {named(text.colour)} on {named(ground)} has a contrast of {ratio:.1f}:1, "
                f"and text of this size needs {text.needed:g}:1"
            )
    return ""
