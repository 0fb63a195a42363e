"""Pictures of actions: what a drawing may be, in which inks it is printed, and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.colours import contrast, mixed
from toolkit_builder.catalogue.documents import RefusedError
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.drawings.pictograms import GROUND, LINE, TINT, Pictograms, pictogram_faults, read_pictogram
from toolkit_builder.project import Project, shipped

START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'


def drawn(folder: Path, inside: str, start: str = START) -> Path:
    path = folder / "SP1.svg"
    path.write_text(f"{start}{inside}</svg>", "utf-8")
    return path


def test_the_three_inks_become_what_the_layout_says(tmp_path: Path) -> None:
    inside = f'<circle r="40" fill="{LINE}"/><path d="M9 9H90V20Z" style="fill:{TINT};stroke:{GROUND}"/>'
    inked = read_pictogram(drawn(tmp_path, inside)).inked("#111111", "#222222", "#333333")
    assert all(colour in inked for colour in ("#111111", "#222222", "#333333"))
    assert not any(colour in inked for colour in (LINE, TINT, GROUND))


@pytest.mark.parametrize(
    ("inside", "start", "said"),
    [
        ('<circle cx="50" cy="50" r="40" fill="#c00000"/>', START, "three inks"),
        ('<circle cx="50" cy="50" r="40"/>', START.replace("0 0 100 100", "0 0 100 80"), "100 by 100"),
        ('<circle cx="50" cy="50" r="40"/>', START.replace("0 0 100 100", "0 0 48 48"), "100 by 100"),
        ("<text>SP1</text>", START, "text"),
        ('<image href="a.png" width="9" height="9"/>', START, "picture"),
        ("<script>1</script>", START, "script"),
        ("", START, "nothing that would be seen"),
        (
            '<defs><linearGradient id="g"><stop stop-color="#000"/><stop offset="1" stop-color="#fff"/>'
            "</linearGradient></defs>"
            '<circle cx="50" cy="50" r="40" fill="url(#g)"/>',
            START,
            "gradient",
        ),
    ],
)
def test_what_is_no_pictogram_is_refused_with_what_to_do(tmp_path: Path, inside: str, start: str, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_pictogram(drawn(tmp_path, inside, start))
    assert said in str(refused.value)


def test_every_shipped_action_has_a_picture_of_its_own(shipped_catalogue: Catalogue) -> None:
    pictograms = Pictograms(Project(shipped()), shipped_catalogue)
    drawings = {action.code: pictograms.of(action.code) for action in shipped_catalogue}
    assert all(drawings.values())
    assert len({drawing.drawing for drawing in drawings.values() if drawing}) == len(shipped_catalogue.actions)
    assert not pictogram_faults(Project(shipped()), shipped_catalogue)


def test_an_action_without_a_picture_is_no_fault(mine: Copy) -> None:
    (mine.root / "content" / "pictograms" / "SP1.svg").unlink()
    action = mine.root / "content" / "actions" / "SP1.yaml"
    lines = action.read_text("utf-8").splitlines(keepends=True)
    at = lines.index("pictogram:\n")
    action.write_text("".join(lines[:at] + lines[at + 3 :]), "utf-8")
    project = mine.project
    catalogue = load(project)
    assert not pictogram_faults(project, catalogue)
    assert Pictograms(project, catalogue).of("SP1") is None


def without_words(mine: Copy) -> None:
    action = mine.root / "content" / "actions" / "SP1.yaml"
    lines = action.read_text("utf-8").splitlines(keepends=True)
    at = lines.index("pictogram:\n")
    action.write_text("".join(lines[:at] + lines[at + 3 :]), "utf-8")


def without_a_file(mine: Copy) -> None:
    (mine.root / "content" / "pictograms" / "SP1.svg").unlink()


def without_an_action(mine: Copy) -> None:
    folder = mine.root / "content" / "pictograms"
    (folder / "ZZ9.svg").write_bytes((folder / "SP1.svg").read_bytes())


def in_colour(mine: Copy) -> None:
    file = mine.root / "content" / "pictograms" / "SP1.svg"
    file.write_text(file.read_text("utf-8").replace(LINE, "#123456"), "utf-8")


@pytest.mark.parametrize(
    ("plant", "file", "severity", "said"),
    [
        (without_words, "content/actions/SP1.yaml", "error", "say here in every language"),
        (without_a_file, "content/actions/SP1.yaml", "warning", "there is no content/pictograms/SP1.svg"),
        (without_an_action, "content/pictograms/ZZ9.svg", "warning", "no action has this code"),
        (in_colour, "content/pictograms/SP1.svg", "error", "three inks only"),
    ],
)
def test_each_fault_is_told_at_its_place(
    mine: Copy, plant: Callable[[Copy], None], file: str, severity: str, said: str
) -> None:
    plant(mine)
    project = mine.project
    (fault,) = pictogram_faults(project, load(project))
    assert (fault.file, fault.severity) == (file, severity)
    assert said in fault.message


def test_line_and_tint_are_seen_on_the_ground_of_every_category_in_grey_too(shipped_catalogue: Catalogue) -> None:
    """WCAG 2.2, 1.4.11: 3:1. Contrast is of luminance alone, so that it holds in grey."""
    for category in shipped_catalogue.framework.categories:
        ground = mixed(category.colour, "#000000", 0.2)
        tint = category.tint or mixed(category.colour, "#ffffff", 0.5)
        assert contrast("#ffffff", ground) >= 4.5
        assert contrast(tint, ground) >= 3


@pytest.mark.parametrize("colour", ["#767676", "#12797c", "#0000ff", "#c8102e", "#000000", "#8a6d00"])
def test_the_tint_of_any_allowed_colour_is_seen(colour: str) -> None:
    assert contrast(mixed(colour, "#ffffff", 0.5), mixed(colour, "#000000", 0.2)) >= 3


def test_the_grounds_of_the_shipped_categories_are_apart_in_grey(shipped_catalogue: Catalogue) -> None:
    """At least 9 of L* (CIE 1976) between one and the next: as grey as one another, only shapes told them apart."""
    lightness = sorted(grey_lightness(category.colour) for category in shipped_catalogue.framework.categories)
    assert min(after - before for before, after in pairwise(lightness)) >= 9


def grey_lightness(colour: str) -> float:
    """L* of a colour, from its luminance against white."""
    luminance = 1.05 / contrast(colour, "#ffffff") - 0.05
    return 116 * math.pow(luminance, 1 / 3) - 16


def test_a_picture_without_words_is_not_printed(mine: Copy, tmp_path: Path) -> None:
    without_words(mine)
    done = typed("cards", "--action", "SP1", "--project", mine.root, "--output", tmp_path)
    assert done.status == 1
    assert "content/pictograms/SP1.svg has no words; say here in every language what it shows" in done.err
