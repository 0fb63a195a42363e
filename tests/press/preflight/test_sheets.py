"""Documents with every page once, and sheets with nothing over anything: by arithmetic."""

from __future__ import annotations

import pytest
from toolkit_builder.press.binding.imposition import cards_four_up

from toolkit_builder.press.imposition.sheets import A4, Placed, Sheets
from toolkit_builder.press.plates.plate import Page, Plate
from toolkit_builder.press.preflight.sheets import lost_or_doubled, misplaced

MM = 72 / 25.4


def plate(width: float, height: float) -> Plate:
    """A plate of one empty page, in mm."""
    return Plate("un", 12, [Page(width * MM, height * MM, b"", b"", {}, 0)], [], {}, {}, {})


def faces(count: int, width: float, height: float) -> list[Placed | None]:
    return [Placed(plate(width, height))] * count


@pytest.mark.parametrize("size", [(105, 148), (90, 130), (105, 148.5)])
def test_cards_that_have_room(size: tuple[float, float]) -> None:
    assert list(misplaced(cards_four_up(faces(8, *size)))) == []


def test_cards_of_a5() -> None:
    told = "\n".join(misplaced(cards_four_up(faces(8, 148, 210))))
    assert "a page of 148 × 210 mm lies 43.0 mm over its neighbour" in told
    assert "30.7 mm outside the sheet" in told


def test_one_card_that_is_too_wide() -> None:
    pages = faces(8, 105, 148)
    pages[2] = Placed(plate(120, 148))
    assert "on side 1 of the sheets, a page of 105 × 148 mm lies 7.5 mm over" in "\n".join(
        misplaced(cards_four_up(pages))
    )


def test_the_back_of_a_card_may_be_blank() -> None:
    """Where one language takes fewer cards than the other: the cards after it keep their places."""
    front, _ = cards_four_up([*faces(1, 105, 148), None, *faces(2, 105, 148)]).sides
    back = cards_four_up([*faces(1, 105, 148), None, *faces(2, 105, 148)]).sides[1]
    assert [page.x for page in front[1]] == pytest.approx([0, A4[0] / 2])
    assert [page.x for page in back[1]] == pytest.approx([0])


def test_a_page_beside_its_sheet() -> None:
    sheets = Sheets(((A4, (Placed(plate(210, 297), x=5 * MM),)),))
    assert list(misplaced(sheets)) == [
        "on side 1 of the sheets, a page of 210 × 297 mm stands 5.0 mm outside the sheet"
    ]


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
