"""What an edition cannot show is told; and packs with a logo are the same bytes each time in every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editions.making import files, made, ticket_of
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.documents.reading_options import USUAL_READING, ReadingFormat
from toolkit_builder.editions.making import Editions
from toolkit_builder.press.store.store import Store
from toolkit_builder.progress import Event
from toolkit_builder.project import Project, shipped

needs_liblouis = pytest.mark.skipif(shutil.which("lou_translate") is None, reason="liblouis-bin is not installed")
FORMATS = [
    ("toolkit", "html"),
    ("toolkit", "epub"),
    ("handouts", "docx"),
    pytest.param("toolkit", "brf", marks=needs_liblouis),
]


def told(product: str, file_format: ReadingFormat, partnership: str | None = None) -> list[str]:
    """What is said while an edition is made."""
    ticket = ticket_of(product, file_format, partnership=partnership)
    said: list[str] = []

    def report(event: Event) -> None:
        said.append(str(event))

    [plan] = ticket.plans()
    Editions(Project(shipped()), ticket, USUAL_READING, Store(None)).made(plan, file_format, report)
    return said


@pytest.mark.parametrize(("product", "file_format"), FORMATS)
def test_a_pack_with_a_logo_is_the_same_bytes_each_time(product: str, file_format: ReadingFormat) -> None:
    once, again = (
        files(made(ticket_of(product, file_format, partnership="example-mature"), file_format)) for _ in range(2)
    )
    assert once == again


@pytest.mark.parametrize("file_format", ["html", "epub"])
def test_colours_that_cannot_be_read_in_the_dark(file_format: ReadingFormat) -> None:
    [line] = [line for line in told("toolkit", file_format) if "dark" in line]
    assert line.startswith("On a dark ground, to be read: #12797c is #")


@needs_liblouis
def test_a_logo_in_braille() -> None:
    [line] = [line for line in told("toolkit", "brf", "example-mature") if "pictures" in line]
    assert line == "--format brf: pictures (the logo too) are there as what is said of them; colours are not"
    assert any("pictures are there as" in line for line in told("toolkit", "brf"))


@needs_liblouis
def test_letters_that_braille_has_no_cells_for(mine: Copy, tmp_path: Path) -> None:
    mine.retell("SP1", "title", "Casglu gwybodaeth", "Information ☺ gathering")
    words = ("--project", mine.project.root, "--action", "SP1", "--output", tmp_path)
    done = typed("toolkit", "--format", "brf", *words)
    assert done.status == 0
    assert "no cells are known in en for ☺: left out" in done.err
    [path] = tmp_path.rglob("toolkit.en.brf")
    assert b"'\\X" not in path.read_bytes()


def test_a_font_that_may_not_be_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit_builder.editions.webfonts._OPEN", "another licence")
    assert any("SourceSans3" in line and "does not go along" in line for line in told("toolkit", "html"))


def test_what_a_partnership_wants_of_paper(mine: Copy) -> None:
    path = mine.project.content / "partnerships" / "example-mature.yaml"
    text = path.read_text("utf-8").replace("layout: tilt-and-turn", "large_print: true, low_ink: true")
    path.write_text(text, "utf-8")
    ticket = ticket_of("toolkit", "epub", project=mine.project, partnership="example-mature")
    [line] = [line for line in ticket.notices if "paper" in line]
    assert line.endswith("example-mature wants its pages with large print, little ink")
