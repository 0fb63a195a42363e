"""Documents with every page once, and sheets with nothing over anything: by arithmetic."""

from __future__ import annotations

import pytest

from toolkit_builder.press.imposition.sheets import A4, Placed, Sheets, Side
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.sheets import lost_or_doubled, misplaced

MM = 72 / 25.4


def plate(width: float, height: float) -> Plate:
    """A plate of one empty page, in mm."""
    return Plate("un", 12, [Page(width * MM, height * MM, b"", b"", {}, 0)], [], {}, {}, {})


def test_a_page_beside_its_sheet() -> None:
    sheets = Sheets((Side(A4, (Placed(plate(210, 297), x=5 * MM),)),))
    assert list(misplaced(sheets)) == [
        "on side 1 of the sheets, a page of 210 × 297 mm stands 5.0 mm outside the sheet"
    ]


def test_a_page_over_its_neighbour() -> None:
    sheets = Sheets((Side(A4, (Placed(plate(105, 148)), Placed(plate(105, 148), x=62 * MM))),))
    told = "on side 1 of the sheets, a page of 105 × 148 mm lies 43.0 mm over its neighbour"
    assert list(misplaced(sheets)) == [told]


def test_pages_that_all_stand_there_once() -> None:
    assert list(lost_or_doubled([(0, 0), (1, 0), (0, 1), (1, None)], [2, 1])) == []


@pytest.mark.parametrize(
    ("sequence", "said"),
    [
        ([(0, 0), (1, 0)], "has 2 pages, and 1 stand in the document"),
        ([(0, 0), (0, 1), (0, 1), (1, 0)], "has 2 pages, and 3 stand in the document"),
        ([(0, 0), (0, 2), (1, 0)], "has 2 pages, and 2 stand in the document"),
    ],
)
def test_a_page_that_is_lost_or_stands_there_twice(sequence: list[tuple[int, int | None]], said: str) -> None:
    assert list(lost_or_doubled(sequence, [2, 1])) == [(0, said)]
