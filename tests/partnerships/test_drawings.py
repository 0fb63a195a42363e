"""Drawings as programs export them, and drawings made at random: what is built anew is what the engine draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.partnerships.engine_drawing import drawn
from tests.partnerships.generated_drawings import drawings
from tests.partnerships.planting import SVG
from tests.partnerships.test_hostile_logos import assert_harmless
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.drawings.svg.rebuilding import rebuild

EXPORTS = Path(__file__).parent / "drawings"
FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", ["illustrator", "inkscape", "plain"])
def test_what_programs_export_is_drawn_as_it_was(name: str) -> None:
    """The engine draws these right by themselves, styles and all."""
    data = (EXPORTS / f"{name}.svg").read_bytes()
    drawing = rebuild(data)
    assert_harmless(drawing.data)
    before, after = (drawn(svg, drawing.width, drawing.height) for svg in (data, drawing.data))
    assert (drawing.doubts, after.messages) == ((), ())
    assert after.has_ink
    assert after.difference(before) < 0.1


@pytest.mark.parametrize("name", ["figma", "sketch"])
def test_masks_and_symbols_are_drawn_as_they_were_meant(name: str) -> None:
    """The engine draws these wrong by themselves: beside each is what was meant, in plain shapes."""
    drawing = rebuild((EXPORTS / f"{name}.svg").read_bytes())
    assert_harmless(drawing.data)
    meant = (EXPORTS / f"{name}.plain.svg").read_bytes()
    before, after = (drawn(svg, drawing.width, drawing.height) for svg in (meant, drawing.data))
    assert (drawing.doubts, after.messages) == ((), ())
    assert after.difference(before) < 0.1


def test_outlines_of_one_clip_do_not_cancel_each_other() -> None:
    """Drawn against each other, the engine would leave a hole where they overlap."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">'
    clip = f'{head}<clipPath id="c">CLIP</clipPath><rect width="60" height="20" clip-path="url(#c)"/></svg>'
    there, back = '<path d="M0 0h40v20h-40z"/>', '<path d="M20 0 Q20 10 20 20 C30 20 50 20 60 20 V0"/>'
    plain = '<path d="M0 0h60v20h-60z"/>'
    both, whole = (rebuild(clip.replace("CLIP", inside).encode()).data for inside in (there + back, plain))
    assert drawn(both, 60, 20).difference(drawn(whole, 60, 20)) < 0.1


@FEW
@given(drawings())
def test_what_is_built_anew_is_drawn_without_complaint_and_loses_no_ink(svg: str) -> None:
    try:
        drawing = rebuild(svg.encode())
    except RefusedError:
        return
    assert_harmless(drawing.data)
    after = drawn(drawing.data, drawing.width, drawing.height)
    assert after.messages == ()
    assert after.has_ink or not drawn(svg.encode(), drawing.width, drawing.height).has_ink


@FEW
@given(drawings())
def test_what_is_said_to_draw_nothing_draws_nothing(svg: str) -> None:
    try:
        rebuild(svg.encode())
    except RefusedError as refused:
        if "draws nothing" in refused.message:
            assert not drawn(svg.encode(), 60, 20).has_ink


def test_building_anew_what_was_built_anew_changes_nothing() -> None:
    for path in sorted(EXPORTS.glob("*.svg")):
        first = rebuild(path.read_bytes())
        assert rebuild(first.data).data == first.data


def test_plain_colours_are_read_without_what_is_slow_to_import() -> None:
    """`check` reads every logo, and nearly all of them have no other colours."""
    code = (
        "import sys; from toolkit_builder.drawings.svg.rebuilding import rebuild;"
        f"rebuild({SVG.encode()!r}); print('coloraide' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"False"
