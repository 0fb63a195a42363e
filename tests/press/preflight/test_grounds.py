"""What texts stand on is worked out from what is painted: graded and tiled grounds, lines stretched one way."""

from __future__ import annotations

import pytest

from tests.press.planting import PAGE, PlantingPress

HARD_STOP = "background: linear-gradient(#0b6468 20mm, #f2f3f5 20mm)"
"""A dark band of 20 mm above a light ground."""


def told(press: PlantingPress, style: str, top: int, colour: str) -> list[str]:
    body = (
        f'<div style="height: 60mm; position: relative; {style}">'
        f'<h1 style="padding-top: {top}mm; font-size: 14pt; line-height: 1; color: {colour}">'
        "{{ action.title | t }}</h1></div>"
    )
    return press.faults(body, f"{PAGE} h1 {{ margin: 0 }}")


@pytest.mark.parametrize("repeat", ["no-repeat", "repeat"], ids=["shading", "pattern"])
@pytest.mark.parametrize(("top", "colour", "is_seen"), [
    (5, "#ffffff", True), (5, "#0b6468", False), (40, "#ffffff", False), (40, "#1c1f24", True),
])  # fmt: skip
def test_a_ground_with_a_hard_stop_is_what_it_is_at_each_place(
    press: PlantingPress, repeat: str, top: int, colour: str, is_seen: bool
) -> None:
    found = told(press, f"{HARD_STOP}; background-repeat: {repeat}", top, colour)
    assert (found == []) is is_seen, found
    assert is_seen or "is too faint" in found[0]


def test_tiles_are_looked_at_one_by_one(press: PlantingPress) -> None:
    """Stripes of 10 mm: dark text is seen on the light ones alone."""
    stripes = "background: linear-gradient(#ffffff 10mm, #1c1f24 10mm); background-size: 100% 20mm"
    assert told(press, stripes, 22, "#1c1f24") == []
    assert "is too faint" in told(press, stripes, 33, "#1c1f24")[0]


def test_a_tile_that_is_small_is_taken_for_anything_from_black_to_white(press: PlantingPress) -> None:
    dots = "background: radial-gradient(#ffffff 0.2mm, #1c1f24 0.2mm); background-size: 1mm 1mm"
    assert "is too faint" in told(press, dots, 20, "#1c1f24")[0]


RULE = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='10mm' height='60mm' viewBox='0 0 10 60'"
    " preserveAspectRatio='none'%3E%3Cpath d='M0 12.7H10' stroke='%238b919b' stroke-width='WIDTH'/%3E%3C/svg%3E"
)
"""A line through the middle of small letters, 10 mm wide, which the style stretches to eight times as much."""


@pytest.mark.parametrize(("width", "is_seen"), [("0.25", True), ("1.6", False)])
def test_a_line_that_is_stretched_along_itself_is_as_thin_as_before(
    press: PlantingPress, width: str, is_seen: bool
) -> None:
    """A rule through letters does not hide them, as long as it is one."""
    address = f"url(&quot;data:image/svg+xml,{RULE.replace('WIDTH', width)}&quot;)"
    found = told(press, f"background: {address} no-repeat 0 0; background-size: 100% 60mm", 10, "#6b6f75")
    assert (found == []) is is_seen, found
