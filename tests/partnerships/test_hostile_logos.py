"""Logos that would do harm: refused by their names, or drawn without it. Bounded by what is counted, not by a clock."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.partnerships.logos import read_logo

HOSTILE = Path(__file__).parent / "hostile"
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 20">'
WRITTEN = re.compile(r"<(svg|defs|g|path|rect|circle|ellipse|clipPath|linearGradient|radialGradient|stop)[ >/]")
HARM = re.compile(
    rb"style|font|@|script|href|data:|file:|https?://(?!www\.w3\.org/2000/svg)|nan|inf|<text|<image|<use", re.I
)
"""What no drawing that is written may hold."""


def table() -> dict[str, str]:
    """What is said of each file."""
    rows = [
        line.split(" | ")
        for line in (HOSTILE / "README.md").read_text("utf-8").splitlines()
        if "`.svg" in line or ".svg`" in line
    ]
    return {row[0].strip("|` "): row[-1].removesuffix(" |") for row in rows}


def test_every_file_is_in_the_table() -> None:
    assert sorted(table()) == sorted(path.name for path in HOSTILE.glob("*.svg"))


@pytest.mark.parametrize(("name", "said"), table().items())
def test_it_is_refused_by_what_is_wrong_or_drawn_without_it(name: str, said: str) -> None:
    if said == "drawn":
        assert_harmless(read_logo(HOSTILE / name).data)
        return
    with pytest.raises(RefusedError) as told:
        read_logo(HOSTILE / name)
    assert said in told.value.message
    assert len(told.value.message) < 300


def assert_harmless(data: bytes) -> None:
    """Of the elements that are known, and nothing that a style sheet, a font or an address could stand in."""
    assert not HARM.search(data)
    assert all(WRITTEN.match(f"<{part}") for part in data.decode().split("<")[1:] if not part.startswith("/"))


LONG: dict[str, tuple[Callable[[int], str], str]] = {
    "uses of as many shapes": (
        lambda n: '<g id="a">' + '<path d="M0 0h9v9z"/>' * n + "</g>" + '<use href="#a"/>' * n,
        "5,000 parts",
    ),
    "shapes": (lambda n: '<rect width="9" height="9"/>' * (25 * n), "parts"),
    "digits of a width": (lambda n: f'<rect width="{"9" * (50 * n)}" height="9"/>', "where a length belongs"),
    "digits of a path": (lambda n: f'<path d="M0 0 L{"9" * (50 * n)} 9z"/>', "not understood"),
    "spaces of a path": (lambda n: f'<path d="M0 0 L9{" " * (50 * n)}x"/>', "not understood"),
    "signs of a path": (lambda n: f'<path d="M0 0 L{"-" * (50 * n)}"/>', "not understood"),
    "points": (lambda n: f'<polygon points="{"1,2 " * (50 * n)}"/>', "10,000 numbers"),
    "curves": (lambda n: f'<path d="M0 0{"c1 1 1 1 1 1" * (10 * n)}"/>', "lines and curves"),
    "outlines under a gradient": (
        lambda n: (
            '<linearGradient id="g"><stop/><stop offset="1"/></linearGradient><g fill="url(#g)">'
            + f'<path d="M0 0{"l1 1" * 2000}"/>' * (n // 10)
            + "</g>"
        ),
        "lines and curves",
    ),
    "brackets in a style": (lambda n: f"<style>.a{{fill:{'(' * (30 * n)}</style>", "nested too deep"),
    "rules for one class": (
        lambda n: f"<style>{'.a{fill:red}' * n}</style>" + '<rect class="a" width="9" height="9"/>' * n,
        "styles",
    ),
    "selectors": (lambda n: f"<style>{'.a,' * (2 * n)}.b{{fill:red}}</style>", "selectors"),
    "transforms": (lambda n: f'<g transform="{"scale(1)" * n}"/>', "transform"),
    "brackets in a transform": (lambda n: f'<g transform="{"scale(" * (40 * n)}"/>', "transform"),
    "colours of a gradient": (
        lambda n: f'<linearGradient id="g">{"<stop/>" * n}</linearGradient><rect width="9" height="9" fill="url(#g)"/>',
        "more than 100 colours",
    ),
    "addresses": (lambda n: f'<g style="x:{"url(" * (40 * n)}"/>', "outside of itself"),
    "groups": (lambda n: "<g>" * n + "</g>" * n, "nested deeper"),
    "opacities": (
        lambda n: '<g opacity=".99">' * (n // 100) + '<rect width="9" height="9"/>' + "</g>" * (n // 100),
        "nested too deep",
    ),
    "windows": (
        lambda n: '<svg width="9" height="9" viewBox="0 0 9.1 9">' * (n // 100) + "</svg>" * (n // 100),
        "nested too deep",
    ),
    "attributes": (lambda n: "<g " + " ".join(f'a{k}="1"' for k in range(20 * n)) + "/>", "draws nothing"),
    "classes": (lambda n: f'<g class="{" ".join(f"a{k}" for k in range(20 * n))}"/>', "draws nothing"),
    "gradients": (
        lambda n: "".join(
            f'<linearGradient id="g{k}"><stop/><stop offset="1"/></linearGradient>'
            f'<rect width="9" height="9" fill="url(#g{k})"/>'
            for k in range(n)
        ),
        "more than 200 gradients",
    ),
    "different clips": (
        lambda n: "".join(
            f'<clipPath id="c{k}"><rect width="9.{k}" height="9"/></clipPath>'
            f'<rect width="9" height="9" clip-path="url(#c{k})"/>'
            for k in range(n)
        ),
        "more than 200 clips",
    ),
    "clips": (
        lambda n: (
            f'<clipPath id="c"><path d="M0 0{"l1 1" * 4000}"/></clipPath>'
            + '<rect width="9" height="9" clip-path="url(#c)"/>' * n
        ),
        "lines and curves",
    ),
}
"""What has to be long to do harm: how it is made from a number, and what is said of 1,600."""


def steps(action: Callable[[], Any], most: int) -> int:
    """How many lines of the project's Python run, stopped at a bound."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        if count > most:
            raise AssertionError(f"more than {most} steps")
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        return line if "toolkit_builder" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("what", LONG)
def test_what_is_long_is_refused_in_bounded_steps(what: str, tmp_path: Path) -> None:
    make, said = LONG[what]
    path = tmp_path / "hir.svg"
    path.write_text(f"{OPEN}{make(1600)}</svg>", "utf-8")
    message = ""

    def read() -> None:
        nonlocal message
        try:
            read_logo(path)
        except RefusedError as refused:
            message = refused.message

    assert steps(read, 3_000_000) > 0
    assert said in message
