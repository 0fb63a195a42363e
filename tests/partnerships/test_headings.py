"""Headings of spreadsheets: in words, in either language, or the ways to values."""

from __future__ import annotations

import unicodedata

import pytest

from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.partnerships.headings import Headings
from toolkit_builder.partnerships.template import keys

HEADINGS = Headings({"cy": "Cymraeg", "en": "English"}, {"stage": ("Cam", "Stage")})


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Name (Welsh)", "name.cy"),
        ("Enw", "name.cy"),
        ("Name", "name.en"),
        ("ENW  (Saesneg) *", "name.en"),
        ("name (en):", "name.en"),
        ("Enw(Cymraeg)", "name.cy"),
        ("Enw (Cymraeg) / Name (Welsh)", "name.cy"),
        ("Enw (Cymraeg)\nName (Welsh)", "name.cy"),
        ("Telephone", "contact.telephone"),
        (unicodedata.normalize("NFD", "Ffôn"), "contact.telephone"),
        ("Enw'r cyswllt", "contact.name"),
        ("E-bost", "contact.email"),
        ("Website", "web"),
        ("Gwefan (Cymraeg)", "web.cy"),
        ("Logo (English)", "logo.file.en"),
        ("Cam", "selection.stage"),
        ("Arbed inc / Low ink", "edition.low_ink"),
        ("Greyscale", "edition.greyscale"),
        ("Yr iaith gyntaf", "edition.first"),
        ("SP1: note (Welsh)", "actions.SP1.note.cy"),
        ("GA12 – enghreifftiau (Saesneg)", "actions.GA12.examples.en"),
        ("SP1: hepgor", "actions.SP1.leave_out"),
        # What is not in words stays as it is; two headings in one must be of one column.
        ("name.cy", "name.cy"),
        ("actions.SP1.contact.email", "actions.SP1.contact.email"),
        ("Enw / Telephone", "Enw / Telephone"),
        ("SP1: xyz", "SP1: xyz"),
        ("Lliw gwallt", "Lliw gwallt"),
    ],
)
def test_a_heading_names_a_column(heading: str, key: str) -> None:
    assert HEADINGS.key(heading) == key


def test_other_languages_go_by_their_own_names() -> None:
    headings = Headings({"cy": "Cymraeg", "pl": "Polski"})
    assert headings.words("name.pl") == "Enw (Polski) / Name (Polski)"
    assert [headings.key(heading) for heading in ("Name (Polski)", "Name (pl)", "Name")] == [
        "name.pl",
        "name.pl",
        "Name",
    ]


def test_each_heading_of_the_template_is_in_words_and_is_read_as_it_is_meant(shipped_catalogue: Catalogue) -> None:
    headings = Headings.of(shipped_catalogue)
    columns = keys(shipped_catalogue)
    words = [headings.words(key) for key in columns]
    assert [headings.key(heading) for heading in words] == columns
    assert not {*words} & {*columns}
    assert words[:3] == ["Dynodydd / ID", "Enw (Cymraeg) / Name (Welsh)", "Enw (Saesneg) / Name (English)"]
    for heading in words:  # either half alone says the same
        assert {headings.key(half) for half in heading.split(" / ")} == {headings.key(heading)}
