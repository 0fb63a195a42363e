"""Letters that programs lost or read in a wrong encoding."""

from __future__ import annotations

import pytest

from toolkit_builder.partnerships.lost_letters import has_lost_letters, mended

SOUND = [
    "Tŷ Gŵyr a’r Bont…",
    "“CAFÉ”",
    "Siân Ô’r Âl",
    "Łódź – Zażółć gęślą jaźń",
    "«Ñandú»",
    "中文 和 Ελληνικά",
    "",
]


@pytest.mark.parametrize("text", [*SOUND[:6], "Gwynedd…", "£10 – 20", "ŵŷ’"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_what_was_read_in_a_wrong_encoding_is_found_and_mended(text: str, encoding: str) -> None:
    letters = text.encode("utf-8")
    wrong = "".join(_read(letters[at : at + 1], encoding) for at in range(len(letters)))
    is_european = all(letter < "\u0180" or letter in "“”’…–" for letter in text)
    assert mended(wrong) == (text if is_european else wrong)


def _read(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


@pytest.mark.parametrize("text", SOUND)
def test_what_is_sound_is_left_alone(text: str) -> None:
    assert mended(text) == text
    assert not has_lost_letters(text)


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("G?yr", True),
        ("T\ufffd", True),
        ("Pwy? Beth?", False),
        ("https://example.org/a?b=c", False),
        ("www.example.org/a?b", False),
        ("2?3", False),
    ],
)
def test_letters_that_were_lost(text: str, is_lost: bool) -> None:
    assert has_lost_letters(text) is is_lost
