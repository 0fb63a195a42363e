"""Whether a text is seen: on its page, not cut off, not covered, and told from what is painted below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit_builder.press.preflight.colours import Colour, blended, contrast, least_contrast, named
from toolkit_builder.press.preflight.paint import Kind, Paint, Painting, seen_at
from toolkit_builder.press.preflight.plate_words import CAPITAL, X_HEIGHT, SetText
from toolkit_builder.press.preflight.regions import Bounds, common, meet

MM = 72 / 25.4
TOLERANCE = 0.2 * MM
"""As in the other checks: rounding stays well below it."""
ACROSS = (0.5, 0.15, 0.85)
"""Where a letter is looked at across its width: in its middle, and just within its sides."""
CRAMPED = 0.7
"""Of the width of its letters: kerning takes a tenth at most."""
THIN = 0.12
"""In em: what is thinner is a rule beside, below or through letters, and does not hide them."""


@dataclass(frozen=True)
class Blemish:
    """What is wrong with how a text is seen. `fits_smaller`: in smaller type it may stand elsewhere. `covered_by`: what
    is painted over it, where that is wrong.
    """

    message: str
    fits_smaller: bool = False
    covered_by: Paint | None = None


@dataclass(frozen=True)
class Faint:
    """The least contrast of a text: against which colour, how much, how much it should have, and the letters there."""

    text: Colour
    ground: Colour
    ratio: float
    needed: float
    letters: str
    is_on_paper: bool
    is_all: bool


def blemishes(text: SetText, painting: Painting, weight: int, *, over_others: bool = False) -> Iterator[Blemish]:
    """What is wrong with how a text is seen on its page.

    `over_others`: the page will be laid over another, so that what is below where nothing is painted is not known yet.
    """
    if text.run.is_invisible or not text.run.alpha or not text.run.colours:
        yield Blemish("is set so that it cannot be seen")
        return
    if text.starts[-1] - text.starts[0] < CRAMPED * text.width:
        yield Blemish("has its letters over one another (letter-spacing)")
    bounds = text.bounds()
    if outside := _outside(bounds, (0.0, 0.0, painting.width, painting.height)):
        yield Blemish(f"stands {outside / MM:.1f} mm outside the page", fits_smaller=True)
        return
    if cut := _outside(_middle(bounds), text.run.window):
        yield Blemish(f"is cut off: {cut / MM:.1f} mm of it are not seen", fits_smaller=True)
        return
    yield from _hidden(text, bounds, painting.paints[text.run.after :])
    faint = faintest(text, painting.paints[: text.run.after], weight, over_others=over_others)
    if faint:
        yield Blemish(told(faint), fits_smaller=not faint.is_all)


def told(faint: Faint) -> str:
    what = "" if faint.is_all else f", at “{faint.letters}”"
    ground = "the paper" if faint.is_on_paper else named(faint.ground)
    return (
        f"is too faint{what}: {named(faint.text)} on {ground} has a contrast of {faint.ratio:.1f}:1, "
        f"and text of this size needs {faint.needed:g}:1"
    )


def faintest(text: SetText, below: Sequence[Paint], weight: int, *, over_others: bool) -> Faint | None:
    """Where a text has too little contrast to what is painted below it."""
    bounds = text.bounds()
    near = [paint for paint in below if meet(paint.bounds, bounds) and not _is_thin(paint, text)]
    needed = least_contrast(text.run.size, weight)
    worst: Faint | None = None
    faint_letters: list[str] = []
    points = list(_points(text)) if not _is_even(near, bounds) else list(_points(text))[:1]
    for letter, x, y in points:
        grounds, is_bare = seen_at(x, y, near)
        if is_bare and over_others:
            continue
        for ground in grounds:
            for colour in text.run.colours:
                seen = blended(colour, ground, text.run.alpha)
                ratio = contrast(seen, ground)
                if ratio < needed - 0.005:
                    faint_letters.append(letter)
                    if worst is None or ratio < worst.ratio:
                        worst = Faint(seen, ground, ratio, needed, "", is_bare and len(grounds) == 1, False)
    if worst is None:
        return None
    letters = "".join(dict.fromkeys(faint_letters))
    is_all = len(set(points)) == 1 or len({letter for letter, _, _ in points}) == len(set(faint_letters))
    return Faint(worst.text, worst.ground, worst.ratio, needed, letters, worst.is_on_paper, is_all)


def _is_even(near: Sequence[Paint], bounds: Bounds) -> bool:
    """Whether all of the text stands on one ground: everything near it is a rectangle under all of it."""
    return all(paint.region.is_box and not paint.clips and common(paint.bounds, bounds) == bounds for paint in near)


def _points(text: SetText) -> Iterator[tuple[str, float, float]]:
    """The letters of a text with points within them."""
    starts, letters = text.starts, text.text
    is_plain = len(letters) == len(starts) - 1
    for at in range(len(starts) - 1):
        letter = letters[at] if is_plain else letters
        if letter.isspace():
            continue
        width = starts[at + 1] - starts[at]
        for up in (X_HEIGHT, CAPITAL) if letter[:1].isupper() or letter[:1].isdigit() else (X_HEIGHT,):
            for part in ACROSS:
                x, y = text.at(starts[at] + part * width, up)
                yield letter, x, y


def _is_thin(paint: Paint, text: SetText) -> bool:
    width = paint.region.width
    if paint.kind is Kind.STROKE:
        return width < THIN * text.run.size
    left, bottom, right, top = paint.bounds
    return min(right - left, top - bottom) < THIN * text.run.size


def _hidden(text: SetText, bounds: Bounds, above: Sequence[Paint]) -> Iterator[Blemish]:
    near = [paint for paint in above if meet(paint.bounds, bounds) and not _is_thin(paint, text)]
    if not near:
        return
    hidden = [(letter, x, y) for letter, x, y in _points(text) if any(paint.covers(x, y) for paint in near)]
    if hidden:
        top = next(paint for paint in reversed(near) if any(paint.covers(x, y) for _, x, y in hidden))
        letters = "".join(dict.fromkeys(letter for letter, _, _ in hidden))
        yield Blemish(f"is covered, at “{letters}”", fits_smaller=True, covered_by=top)


def _outside(one: Bounds, other: Bounds) -> float:
    beyond = max(other[0] - one[0], other[1] - one[1], one[2] - other[2], one[3] - other[3])
    return beyond if beyond > TOLERANCE else 0.0


def _middle(bounds: Bounds) -> Bounds:
    """The part of a line that letters without ascenders and descenders take: clipping tight lines cuts no ink off."""
    left, bottom, right, top = bounds
    height = top - bottom
    return left, bottom + 0.22 * height, right, top - 0.25 * height
