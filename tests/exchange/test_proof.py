"""`translate proof`: finished pages, the key of every text beside them, and a box to tick."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from tests import reading
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.press.geometry import PageGeometry, Place, Rectangle, TextRun
from toolkit_builder.press.proofing import FIRST, LAST, notes


def test_every_text_of_a_page_has_its_key_beside_it(tmp_path: Path, shipped_catalogue: Catalogue) -> None:
    done = typed("translate", "proof", "--action", "FM5", "--output", tmp_path)
    assert done.status == 0, done.err
    path = tmp_path / "proof.cy.pdf"
    pages = reading.pages(path)
    assert done.err == f"{path}: {len(pages)} pages\n"
    action = shipped_catalogue.action("FM5")
    [page] = [one for one in pages if reading.plain(action["purpose"]["cy"]) in one]  # type: ignore[index,call-overload]
    for text in reading.texts_of(action):
        assert reading.plain(text["cy"]) in page
        assert re.search(rf"\d{re.escape(reading.squeezed('FM5' + text.origin.key))}", page), text.origin
    assert reading.sizes(path) == {(210, 297)}
    assert reading.plain(action.title["en"]) not in "".join(pages), "one language"


def page_of(places: list[tuple[str, float, float]]) -> PageGeometry:
    """A page with texts, each its key, and its top and left in mm."""
    sheet = Rectangle(0, 0, 210, 297)
    runs = tuple(
        TextRun(Place("leaf", key, "cy", "cy"), "x", Rectangle(left, top, left + 20, top + 4), sheet, 0, ("A",), 400,
                False, 12, (), frozenset())
        for key, top, left in places
    )  # fmt: skip
    return PageGeometry(1, "leaf", sheet, runs, (), (), ())


def test_notes_keep_apart_and_on_the_sheet() -> None:
    many = notes(page_of([(f"a.yaml#t[{number}]", 280 + number * 0.01, 20) for number in range(80)]))
    rows = [note.row for note in many]
    assert rows == sorted(rows)
    assert min(later - row for row, later in itertools.pairwise(rows)) > 3
    assert rows[0] >= FIRST
    assert rows[-1] <= LAST
    assert sum(note.is_tagged for note in many) == 1, "numbers are not printed over each other"


def test_a_text_that_runs_over_lines_is_one_text() -> None:
    [note] = notes(
        page_of([("content/actions/SP1.yaml#purpose", 30, 20), ("content/actions/SP1.yaml#purpose", 35, 20)])
    )
    assert (note.number, note.label) == (1, "SP1 purpose")
