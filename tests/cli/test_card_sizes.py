"""Cards of other sizes than their product has: `--card-size`."""

from __future__ import annotations

from itertools import product
from math import ceil
from pathlib import Path

import pikepdf
import pytest
import yaml

from tests import reading
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.documents.card_sizes import CARD_SIZES, card_size
from toolkit_builder.documents.sheet_options import SHEET_PAPER, SheetOptions, card_grid
from toolkit_builder.errors import UsageError

SOME = ("cards", "--action", "FM1", "--action", "GA3")
"""Those with the longest purpose, and with a long title."""
MM = 72 / 25.4


def cards(folder: Path, size: str, *words: str) -> Path:
    """The cards of a size."""
    done = typed(*SOME, "--card-size", size, *words, "--output", folder)
    assert done.status == 0, done.err
    [path] = [path for path in folder.rglob("*.pdf") if not path.name.endswith(".sheets.pdf")]
    return path


@pytest.mark.parametrize("size", CARD_SIZES)
def test_each_size_in_two_languages(size: str, tmp_path: Path) -> None:
    path = cards(tmp_path, size)
    assert path.name == f"cards.cy-en.GA3-FM1{'' if size == 'a6' else f'.{size}'}.pdf"
    assert reading.sizes(path) == {CARD_SIZES[size]}
    least, text = reading.smallest_type(path)
    assert least >= 9.49, text
    said = reading.pages(path)
    purposes = "".join(said)
    for text in ("Defnyddiwchstrwythurauagofyniongrantpenodol", "Useparticulargrantstructures"):
        assert text in purposes
    assert ("Keystosuccess" in purposes) == (size in ("a6", "a5"))
    assert not reading.failures(path)


def test_guide_and_colophon_take_two_small_cards_each(tmp_path: Path) -> None:
    """In two languages, a side each; they took four. What is provisional is said once, in the colophon."""
    done = typed("cards", "--card-size", "poker", "--output", tmp_path)
    assert done.status == 0, done.err
    pages = reading.pages(tmp_path / "cards.cy-en.poker.pdf")
    assert len(pages) == 2 * (2 + 21 + 2)
    assert sum("Underlinedvalues" in page for page in pages) == 1
    # Parted at the same places in both languages: before the key, and before where the texts are from.
    assert [at for at, page in enumerate(pages) if "Allweddi’rsymbolau" in page or "Keytothesymbols" in page] == [2, 3]
    assert "Mecanweithiauariannol" in pages[2]
    assert "Financialmechanisms" in pages[3]
    assert pages[-2].startswith("Mae’ncynnwysgwybodaeth")
    assert pages[-1].startswith("Containsinformation")


@pytest.mark.parametrize(("size", "paper"), [*product(CARD_SIZES, SHEET_PAPER)])
def test_each_size_on_each_sheet(size: str, paper: str, tmp_path: Path) -> None:
    """As many as have room: every face of the deck that is not blank stands on a sheet."""
    words = ("cards", "--action", "FM1", "--card-size", size, "--sheet", paper, "--output", tmp_path)
    grid = card_grid(CARD_SIZES[size], SheetOptions(paper))
    done = typed(*words)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.sheets.pdf")
    [deck] = [each for each in tmp_path.glob("*.pdf") if each != path]
    faces = reading.pages(deck)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2 * ceil(len(faces) / 2 / grid.count)
        width, height = (float(edge) / MM for edge in pdf.pages[0].MediaBox[2:])
        assert (width, height) == pytest.approx(grid.sheet, abs=0.01)
        placed = [len(list(page.Resources.XObject.keys())) for page in pdf.pages]
    assert sum(placed) == sum(map(bool, faces))


@pytest.mark.parametrize(
    "words", [("--language", "en"), ("--greyscale",), ("--partnership", "example-early", "--action", "SP2")]
)
@pytest.mark.parametrize("size", ["bridge", "80x120mm", "a5"])
def test_sizes_otherwise(size: str, words: tuple[str, ...], tmp_path: Path) -> None:
    path = cards(tmp_path, size, *words)
    assert reading.sizes(path) == {card_size(size).size}
    assert f".{size}." in path.name
    assert not reading.failures(path)


@pytest.mark.parametrize("size", ["bridge", "tarot", "a5"])
def test_sizes_in_welsh_alone_with_little_ink_and_without_a_picture(size: str, mine: Copy, tmp_path: Path) -> None:
    """Panels are narrow and tall then; SP4 has the longest word of a title. The number is as large as a picture."""
    path = mine.root / "content" / "actions" / "GA3.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    del data["pictogram"]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    (mine.root / "content" / "pictograms" / "GA3.svg").unlink()
    where = "--language", "cy", "--low-ink", "--project", str(mine.root)
    made = cards(tmp_path, size, "--action", "SP4", *where)
    front = next(page for page, said in enumerate(reading.pages(made)) if "Arweinyddiaetha" in said)
    [number] = (found for found in reading.find(made, front, r"(?<!GA)3") if found.bottom > 25 * MM)
    assert number.height > 8 * MM
    assert not reading.failures(made)


def test_a_size_without_room_is_refused_with_the_smallest_that_has(tmp_path: Path) -> None:
    done = typed(*SOME, "--deck", "text", "--card-size", "bridge", "--output", tmp_path)
    assert done.status == 2
    said = " ".join(done.err.split())
    assert "have no room in the least size of type, such as content/actions/" in said
    assert "The smallest size that has room is a6 (105 × 148 mm)." in said
    assert not [*tmp_path.rglob("*.pdf")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("cards", "--card-size", "a4"),
            "write bridge, poker, a7, tarot, a6, a5, or width and height such",
        ),
        (("cards", "--card-size", "120x80mm"), "cards stand upright, and have sides of 50 to 300 mm"),
        (("handouts", "--card-size", "a5"), "--card-size: handouts has one size. It is for blank-cards, cards."),
        (
            ("cards", "--card-size", "200x290mm", "--sides", "fold"),
            "cards (200 × 290 mm) have no room so. They have on a3",
        ),
    ],
)
def test_what_no_card_can_be_is_said(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = typed(*words, folder=tmp_path)
    assert done.status == 2
    assert said in " ".join(done.err.split())


def test_sizes_as_they_are_typed() -> None:
    assert card_size("Poker").size == (63, 88)
    assert (card_size("80x120").name, card_size("80×120mm").size) == ("80x120mm", (80, 120))
    with pytest.raises(UsageError):
        card_size("49x80mm")


@pytest.mark.parametrize(("size", "page"), [("poker", (63, 88)), ("a5", (148, 210)), ("80x120mm", (80, 120))])
def test_blank_cards_take_the_size_and_fill_the_last_sheet(
    size: str, page: tuple[float, float], tmp_path: Path
) -> None:
    words = ("--card-size", size, "--action", "SP1", "--fill", "blank", "--output", tmp_path)
    for name in ("blank-cards", "cards"):
        done = typed(name, *words)
        assert done.status == 0, done.err
    blank = next(tmp_path.glob(f"blank-cards.cy-en.*{size}.pdf"))
    assert reading.sizes(blank) == {page}
    sheets = next(tmp_path.glob(f"cards.cy-en.SP1.{size}.blank.sheets.pdf"))
    count = card_grid(page, SheetOptions()).count
    with pikepdf.open(sheets) as pdf:
        drawn = [side.Contents.read_bytes().count(b" Do Q") for side in pdf.pages]
    assert max(drawn) == count, "what runs over to further cards has blank backs"
