"""Words of cells: those of the framework in any of its languages, and what is told of words that are not known."""

from __future__ import annotations

import pytest

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.partnerships.template import keys
from toolkit_builder.partnerships.words import CellWords, UnknownWordError
from toolkit_builder.project import Project, shipped


@pytest.fixture(scope="module")
def words(shipped_catalogue: Catalogue) -> CellWords:
    return CellWords.of(shipped_catalogue, products_of(Project(shipped()), shipped_catalogue))


@pytest.mark.parametrize(
    ("key", "cell", "ids"),
    [
        ("selection.stage", "early", ["early"]),
        ("selection.stage", " Cynnar.", ["early"]),
        ("selection.stage", "EARLY / cynnar", ["early"]),
        ("selection.stage", "Mid/Mature", ["mid", "mature"]),
        ("selection.stage", "Cynnar a Chanol", ["early", "mid"]),
        ("selection.stage", "Cynnar a Canol", ["early", "mid"]),
        ("edition.languages", "Saesneg a Chymraeg", ["en", "cy"]),
        ("selection.stage", "Unrhyw gyfnod", []),
        ("selection.category", "sp\nTrefniadau llywodraethu", ["shared-purpose", "governance"]),
        ("selection.sector", "traws sector, Third sector", ["cross-sector", "third-sector"]),
        ("selection.action", "sp1; GA2, FM1", ["SP1", "GA2", "FM1"]),
        ("products", "Action cards; Sign-up sheet", ["cards", "sign-up"]),
        ("products", "Pob un", []),
        ("edition.languages", "Welsh and English", ["cy", "en"]),
        ("edition.languages", "Cymraeg", ["cy"]),
        ("edition.languages", "Dwyieithog", []),
        ("edition.first", "Saesneg", ["en"]),
        ("edition.layout", "tilt and turn", ["tilt-and-turn"]),
        ("edition.layout", "Troi wyneb i waered", ["tilt-and-turn"]),
        ("edition.layout", "Un iaith ar bob tudalen, a'r tudalennau'n wynebu ei gilydd", ["parallel-pages"]),
        ("edition.deck", "Picture cards", ["picture"]),
        ("edition.large_print", "Ie", ["true"]),
        ("edition.low_ink", "no", ["false"]),
        ("actions.SP1.leave_out", "x", ["true"]),
    ],
)
def test_what_a_cell_says(words: CellWords, key: str, cell: str, ids: list[str]) -> None:
    choices = words.choices(key)
    assert choices
    assert choices.read(cell) == ids


def test_every_id_and_every_word_that_is_shown_is_read_as_it_is_meant(
    words: CellWords, shipped_catalogue: Catalogue
) -> None:
    columns = [key for key in keys(shipped_catalogue) if words.choices(key)]
    assert {"selection.stage", "selection.category", "edition.first", "products"} <= {*columns}
    for key in words.columns:
        choices = words.choices(key)
        assert choices
        for value in choices.words:
            assert choices.read(value) == choices.read(choices.word(value)) == [value], key
            for word in choices.words[value]:
                assert choices.read(word.upper()) == [value], key


@pytest.mark.parametrize(
    ("key", "cell", "said"),
    [
        (
            "selection.stage",
            "Early, earlly",
            "“earlly” is not among its words; did you mean “Early”?; it takes: Cynnar",
        ),
        ("edition.first", "Welsh; English", "“Welsh; English” is more than one value, and one is needed; it takes:"),
        ("selection.exclude", "XX9", "“XX9” is not among its words; it takes: SP1; SP2"),
    ],
)
def test_what_it_cannot_say(words: CellWords, key: str, cell: str, said: str) -> None:
    choices = words.choices(key)
    assert choices
    with pytest.raises(UnknownWordError, match="it takes") as caught:
        choices.read(cell)
    assert str(caught.value).startswith(said)


def test_columns_of_texts_take_anything(words: CellWords) -> None:
    assert words.choices("name.cy") is words.choices("contact.telephone") is None
