"""Values of the source and provisional ones: one sign in every product, told on it once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests import reading
from tests.products.conftest import Made
from tests.products.test_example_deck import EXAMPLE
from tests.typed import typed
from toolkit_builder.catalogue.model import Catalogue

SOURCED, PROVISIONAL = "SP5", "SP1"
"""Actions whose stage is the source's, and is not."""


@pytest.mark.parametrize(
    ("product", "how"),
    [("summary", {}), ("handouts", {}), ("toolkit", {}), ("cards", {}), ("cards", {"deck": "text"})],
    ids=str,
)
def test_no_value_has_an_asterisk_and_the_sign_is_explained(
    made: Made, shipped_catalogue: Catalogue, product: str, how: dict[str, str]
) -> None:
    pages = reading.pages(made(product, actions=(SOURCED, PROVISIONAL), how=how))
    assert not any("*" in page for page in pages)
    for said in shipped_catalogue.labels["colophon"]["provisional"].as_dict().values():
        assert any(reading.plain(said) in page for page in pages)


def test_values_of_the_source_are_underlined_and_no_others(made: Made) -> None:
    path = made("handouts", actions=(SOURCED, PROVISIONAL), how={"greyscale": True})
    pages = reading.pages(path)
    for code, words, is_underlined in ((SOURCED, "Any stage", True), (PROVISIONAL, "Early", False)):
        [page] = [number for number, text in enumerate(pages) if code in text]
        assert _is_underlined(path, page, words) is is_underlined, code


def test_bars_of_the_source_have_a_line_below_them(made: Made) -> None:
    """Of the bars in the English summary, those of the source's values are followed by a second band of ink."""
    path = made("summary", actions=(SOURCED, PROVISIONAL), how={"greyscale": True})
    for words, bands in (("Pooling and sharing", 2), ("Information gathering", 1)):
        [found] = reading.find(path, 1, words)
        scale = 6.0
        picture = reading.picture(path, 1, scale).convert("L")
        [early] = reading.find(path, 1, "Early")
        across, middle = round((early.left + 10) * scale), picture.height - round((found.bottom + 3) * scale)
        column = picture.crop((across, middle - 40, across + 1, middle + 150)).tobytes()
        is_ink = [light < 150 for light in column]
        assert sum(after and not before for before, after in pairwise(is_ink)) == bands, words


def test_where_the_source_states_all_no_value_is_underlined(tmp_path: Path) -> None:
    words = ("handouts", "--action", "A1", "--language", "en", "--project", EXAMPLE, "--output", tmp_path)
    done = typed(*words)
    assert done.status == 0, done.err
    [path] = tmp_path.glob("*.pdf")
    assert not _is_underlined(path, 0, "Up to 5 minutes")


def _is_underlined(path: Path, page: int, words: str) -> bool:
    """Whether ink runs below the whole of these words."""
    scale = 6.0
    [found] = reading.find(path, page, words)
    picture = reading.picture(path, page, scale).convert("L")
    left, base = round(found.left * scale), picture.height - round(found.bottom * scale)
    lines = [picture.crop((left, base + y, left + round(12 * scale), base + y + 1)).tobytes() for y in range(18)]
    return any(max(line) < 170 for line in lines)
