"""Files that YAML, or this project's part of it, refuses: each with its place and what to do, and at once."""

from __future__ import annotations

import os
import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.catalogue.planting import ACTION, Garden
from toolkit_builder.catalogue import yaml_reader
from toolkit_builder.catalogue.characters import MAXIMUM_CHARACTERS
from toolkit_builder.catalogue.decoding import MAXIMUM_BYTES
from toolkit_builder.catalogue.documents import Position, SourceDocument, key_text
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.syntax import TOO_DEEP
from toolkit_builder.catalogue.yaml_reader import MAXIMUM_VALUES, read_yaml
from toolkit_builder.errors import Fault
from toolkit_builder.project import Project

FM5 = "actions/FM5.yaml"

UTF8 = "save the file as UTF-8"
COLON = (
    "a colon that cannot stand here; put a text with a colon in it in quotes, or give a key the indent "
    "of its neighbours and look for a missing space or colon before it"
)
NEIGHBOURS = (
    "neither a key nor the end; indent it like the lines above, and put a text with quote marks in it in quotes as a "
    "whole"
)
OR = "or put a text that begins with"
TAB = "a tab; YAML is indented with spaces only, so put two spaces for each step"

SYNTAX: dict[str, tuple[str, str, str]] = {
    "tab before a key": ("  en: Fundraising", "¦\ten: Fundraising", TAB),
    "tab after spaces": ("  en: Fundraising", "  ¦\ten: Fundraising", TAB),
    "alias": ("en: Fundraising", "en: ¦*title", f"an alias (*title); write the value out, {OR} “*” in quotes"),
    "tag": (
        "code: FM5",
        "code: ¦!!python/object/apply:os.system [echo]",
        f"a tag (!!python/object/apply:os.system); remove it, {OR} “!” in quotes",
    ),
    "tag of a text": ("code: FM5", "code: ¦!!str FM5", f"a tag (!!str); remove it, {OR} “!” in quotes"),
    "own tag": ("code: FM5", "code: ¦!thing FM5", f"a tag (!thing); remove it, {OR} “!” in quotes"),
    "second document": (
        "time: unstated\n",
        "time: unstated\n¦---\ncode: FM6\n",
        "a second document (---); one file holds one, so move it to a file of its own",
    ),
    "text after the end": (
        "time: unstated\n",
        "time: unstated\n...\n¦code: FM6\n",
        "more after the end of the file’s content (...); remove it",
    ),
    "colon in a text": ("en: Fundraising", "en: Fundraising¦: how", COLON),
    "indent too deep": ("  en: Fundraising", "   en¦: Fundraising", COLON),
    "indent too little": ("  en: Fundraising", " ¦en: Fundraising", NEIGHBOURS),
    "text after quotes": ("en: Fundraising", 'en: "Fund" ¦raising', NEIGHBOURS),
    "open quote": (
        "en: Fundraising",
        "en: ¦'Fundraising",
        "the quote that opens here is never closed; close it with the same mark",
    ),
    "open list": (
        "[citizens, third-sector]",
        "¦[citizens, third-sector",
        "the list that opens here is never closed; close it with “]”, with commas between its items",
    ),
    "open brace": (
        "title:\n  cy: Codi arian\n  en: Fundraising",
        "title: ¦{cy: Codi arian, en: Fundraising",
        "the brace that opens here is never closed; close it with “}”, with commas between its parts",
    ),
    "key without a colon": (
        "title:",
        "¦title",
        "a key without a colon; write “key: value”, or indent a text that goes on",
    ),
    **{
        f"{character} at the beginning": (
            "en: Fundraising",
            f"en: ¦{character} Fundraising",
            f"a text cannot begin with “{character}”; put the whole text in quotes",
        )
        for character in "*&%`,]}|>?:"
    },
    "emphasis at the beginning": (
        "cy: Codi arian",
        "cy: ¦**Codi** arian",
        "a text cannot begin with “*”; put the whole text in quotes",
    ),
    "anchor": ("en: Fundraising", "en: ¦&Co raising", f"an anchor (&Co); remove it, {OR} “&” in quotes"),
    "brackets at the beginning": (
        "cy: Codi arian",
        "cy: ¦[drafft] Codi arian",
        "what begins with “[” is read as a list or as keys, and more follows it here; put the whole text in quotes",
    ),
    "comment within a text": (
        "en: Fundraising",
        "en: Fundraising ¦#1\n    and more",
        "what follows “ #” is a comment, and the text cannot go on after it; put the whole text in quotes",
    ),
    "character that begins no text": (
        "en: Fundraising",
        "en: ¦@fundraising",
        "a text cannot begin with “@”; put the whole text in quotes",
    ),
    "backslash": (
        "en: Fundraising",
        'en: "Fund¦\\Raising"',
        "a backslash in double quotes has a meaning of its own; use single quotes",
    ),
    "list as a key": ("code: FM5", "¦[code]: FM5", "a list or mapping where a key belongs; put the key in quotes"),
    "item on the line of its key": (
        "examples:\n  - cy: Rhoddion",
        "examples: ¦- cy: Rhoddion",
        "an item cannot begin here; begin each item with “- ” on a line of its own",
    ),
    "key among items": (
        "    en: Donations\n",
        "    en: Donations\n  ¦note: x\n",
        "a key where the next item of a list should be; indent it as the key that it belongs to",
    ),
    "control character": ("en: Fundraising", "en: Fund¦\x07raising", "the character U+0007 is not allowed; remove it"),
    "NUL": ("en: Fundraising", "en: Fund¦\0raising", "the character U+0000 is not allowed; remove it"),
    "line separator": ("cy: Codi arian", "cy: Ŵŷ¦\u2028arian", "the character U+2028 is not allowed; remove it"),
    "byte order mark inside": ("en: Fundraising", "en: ¦\ufeffFund", "the character U+FEFF is not allowed; remove it"),
}


@pytest.mark.parametrize("fault", SYNTAX.values(), ids=SYNTAX)
def test_refused_with_its_place(garden: Garden, fault: tuple[str, str, str]) -> None:
    old, new, message = fault
    place = garden.plant(FM5, old, new)
    assert garden.faults() == [f"{place}: error: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "category: finance",
            "category: finance\n¦category: governance",
            "category: a second time here (first in line 3)",
        ),
        ("  en: Fundraising", "  en: Fundraising\n  ¦en: Money", "title.en: a second time here (first in line 6)"),
        (
            "purpose:",
            "¦title:\n  en: Money\n  fr: Argent\npurpose:",
            "title: a second time here (first in line 4)",
        ),
    ],
    ids=["at the top", "in a text", "a whole mapping"],
)
def test_duplicate_key_and_what_it_holds_is_reported_once(garden: Garden, old: str, new: str, message: str) -> None:
    place = garden.plant(FM5, old, new)
    assert garden.faults() == [f"{place}: error: {message}; keep one of the two"]


# -- bytes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16(garden: Garden, encoding: str) -> None:
    garden.write(FM5, ACTION.encode(encoding))
    assert garden.faults() == [f"content/{FM5}:1:1: error: is encoded as UTF-16; save it as UTF-8"]


def test_latin_1(garden: Garden) -> None:
    before, after = ACTION.encode().split(b"Codi arian")
    garden.write(FM5, before + "Côr".encode("latin-1") + after)
    assert garden.faults() == [f"content/{FM5}:5:8: error: is not encoded as UTF-8 here; {UTF8}"]


def test_columns_count_characters_not_bytes(garden: Garden) -> None:
    before, after = ACTION.encode().split(b"Codi arian")
    garden.write(FM5, before + "ŵŷ’".encode() + b"\xf4" + after)
    assert garden.faults() == [f"content/{FM5}:5:10: error: is not encoded as UTF-8 here; {UTF8}"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "byte order mark"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_utf_8_with_any_line_end_is_fine(garden: Garden, mark: bytes, line_end: bytes) -> None:
    garden.write(FM5, mark + ACTION.encode().replace(b"\n", line_end))
    assert garden.faults() == []
    garden.write(FM5, mark + ACTION.replace("Fundraising", "Fund\x07").encode().replace(b"\n", line_end))
    assert garden.faults() == [f"content/{FM5}:6:11: error: the character U+0007 is not allowed; remove it"]


# -- files that would hurt --------------------------------------------------------------------------------------------


LAUGHS = "a: &a [lol]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (LAUGHS, "1:4", f"an anchor (&a); remove it, {OR} “&” in quotes"),
        ("a: [*a]\n", "1:5", f"an alias (*a); write the value out, {OR} “*” in quotes"),
        ("[" * 100_000, "1:21", "nested more than 20 deep; write it flatter"),
        ("a: " + "[" * 100_000, "1:23", "nested more than 20 deep; write it flatter"),
        ("- " * 100_000, "1:41", "nested more than 20 deep; write it flatter"),
        ("{a: " * 100_000, "1:81", "nested more than 20 deep; write it flatter"),
        ("{" * 100_000, "1:2", "a list or mapping where a key belongs; put the key in quotes"),
        ("? " * 100_000, "1:3", "a list or mapping where a key belongs; put the key in quotes"),
        ("x" * (MAXIMUM_BYTES + 1), "1:1", "has more than 1,000,000 bytes; divide or shorten it"),
    ],
    ids=["bomb", "loop", "lists", "lists in a key", "items", "mappings", "braces", "keys", "size"],
)
@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
def test_refused_at_once(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, parser: str, content: str, place: str, message: str
) -> None:
    monkeypatch.setattr(yaml_reader, "_Parser", getattr(yaml, parser))
    garden.write(FM5, content)
    started = time.process_time()
    [told] = garden.faults()
    if parser == "CBaseLoader" and len(content) >= 100_000 and told.endswith(TOO_DEEP):
        # Newer parsers in C look far ahead, and have a limit of their own that they reach before.
        assert re.fullmatch(rf"content/{FM5}:1:\d+: error: {TOO_DEEP}", told)
    else:
        assert told == f"content/{FM5}:{place}: error: {message}"
    assert time.process_time() - started < 5


def test_unreadable_file(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.open

    def refuse(path: Any, *args: Any, **options: Any) -> int:  # a test that runs as root can read everything
        if str(path).endswith("FM5.yaml"):
            raise PermissionError(13, "Permission denied")
        return whole(path, *args, **options)

    monkeypatch.setattr(os, "open", refuse)
    message = "cannot be read (Permission denied); check its permissions"
    assert garden.faults() == [f"content/{FM5}:1:1: error: {message}"]


def test_pipe_is_not_waited_for(garden: Garden) -> None:
    garden.path(FM5).unlink()
    os.mkfifo(garden.path(FM5))
    assert garden.faults() == [f"content/{FM5}:1:1: error: is not a plain file; put one in its place"]


@pytest.mark.parametrize(
    ("escape", "number"),
    [
        (r"\0", "0000"),
        (r"\x0B", "000B"),
        (r"\e[31m", "001B"),
        (r"\r", "000D"),
        (r"\x7F", "007F"),
        (r"\N", "0085"),
        (r"\L", "2028"),
        (r"\P", "2029"),
        (r"\uFEFF", "FEFF"),
        (r"\uFFFE", "FFFE"),
    ],
)
def test_what_no_file_may_hold_may_not_be_written_as_an_escape(garden: Garden, escape: str, number: str) -> None:
    place = garden.plant(FM5, "en: Fundraising", f'en: ¦"Fund{escape}raising"')
    said = f"the character U+{number} is not allowed; remove it"
    assert garden.faults() == [f"{place}: error: title.en: {said}"]


def test_every_escape_is_told_and_those_in_keys(garden: Garden) -> None:
    garden.plant(FM5, "  en: Donations", '  en: "Dona\\0tions"')
    garden.plant(FM5, "stage: unstated", '"sta\\0ge": unstated')
    told = garden.faults()
    assert [fault.partition("error: ")[2] for fault in told] == [
        "examples[1].en: the character U+0000 is not allowed; remove it",
        "stage: the character U+0000 is not allowed; remove it",
    ]


def test_a_text_has_a_greatest_length(garden: Garden) -> None:
    place = garden.plant(FM5, "en: Fundraising", f"en: ¦{'a' * MAXIMUM_CHARACTERS}ŵ")
    said = "has 20,001 characters, and 20,000 are allowed; divide or shorten it"
    assert garden.faults() == [f"{place}: error: title.en: {said}"]


def test_a_file_has_a_greatest_number_of_values(garden: Garden) -> None:
    garden.write(FM5, f"[{'a,' * MAXIMUM_VALUES}a]\n")
    assert garden.faults() == [f"content/{FM5}:1:{2 * MAXIMUM_VALUES}: error: more than 20,000 values; divide the file"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Information gathering¦ #1 in Wales", "“Information gathering” is cut off here"),
        ("Casglu gwybodaeth¦ # yng Nghymru", "“Casglu gwybodaeth” is cut off here"),
        ("Casglu¦ #llesiant", "“Casglu” is cut off here"),
        ("Gwybodaeth am bob\n    ŵyl¦ #1", "“Gwybodaeth am bob ŵyl” is cut off here"),
        ("Casglu gwybodaeth  # a comment", ""),
        ("Casglu gwybodaeth  #a comment", ""),
        ("Casglu # a comment", ""),
        ("'Casglu gwybodaeth' #1", ""),
        ("'Casglu gwybodaeth #1'", ""),
        ("Casglu gwybodaeth#1", ""),
        ("|-\n    Casglu #1\n    a mwy #2", ""),
    ],
)
@pytest.mark.parametrize("parser", ["CBaseLoader", "BaseLoader"])
def test_a_text_that_a_comment_cuts_off(
    garden: Garden, monkeypatch: pytest.MonkeyPatch, parser: str, written: str, said: str
) -> None:
    monkeypatch.setattr(yaml_reader, "_Parser", getattr(yaml, parser))
    place = garden.plant(FM5, "cy: Codi arian", f"cy: {written}")
    assert garden.faults() == []
    told = [str(fault) for fault in load(Project(garden.root)).warnings]
    if not said:
        assert told == []
        return
    file, line, column = place.rsplit(":", 2)
    advice = "what follows “ #” is a comment; put the whole text in quotes, or two spaces before a comment"
    assert told == [f"{file}:{line}:{int(column) + 1}: warning: title.cy: {said}: {advice}"]


def test_a_value_that_is_all_comment(garden: Garden) -> None:
    place = garden.plant(FM5, "en: Fundraising", "en:¦ #1 in Wales")
    said = "title.en: is empty; write the text, in quotes if it begins with “#”"
    assert garden.faults() == [f"{place}: error: {said}"]


# -- what is read -----------------------------------------------------------------------------------------------------


def read(folder: Path, text: str) -> SourceDocument:
    path = folder / "ŵ.yaml"
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    document = read_yaml(path, "ŵ.yaml", faults)
    assert faults == []
    assert document is not None
    return document


def test_every_scalar_is_what_was_typed(tmp_path: Path) -> None:
    document = read(tmp_path, "a: no\nb: 1.10\nc: 2026-01-01\nd: ~\ne:\nf: 'x'\n10-30: [0x1F, yes]\n")
    assert document.data == {
        "a": "no",
        "b": "1.10",
        "c": "2026-01-01",
        "d": "~",
        "e": "",
        "f": "x",
        "10-30": ["0x1F", "yes"],
    }


def test_places_of_keys_and_values(tmp_path: Path) -> None:
    document = read(tmp_path, "ŵŷ: {cy: a, en: b}\nitems:\n  - x\n  - cy: y\n")
    assert document.values == {
        (): Position(1, 1),
        ("ŵŷ",): Position(1, 5),
        ("ŵŷ", "cy"): Position(1, 10),
        ("ŵŷ", "en"): Position(1, 17),
        ("items",): Position(3, 3),
        ("items", 0): Position(3, 5),
        ("items", 1): Position(4, 5),
        ("items", 1, "cy"): Position(4, 9),
    }
    assert document.key_position(("ŵŷ", "en")) == Position(1, 13)
    assert document.key_position(("items",)) == Position(2, 1)
    assert document.position(("items", 1, "en")) == Position(4, 5)
    assert document.entry("items") is None


def test_a_key_of_tabs_is_told_in_a_line(tmp_path: Path) -> None:
    path, faults = tmp_path / "bad.yaml", list[Fault]()
    tabs = r"\t" * 400
    path.write_text(f'title: {{"filter{tabs}": x}}\n', "utf-8")
    read_yaml(path, path.name, faults)
    assert [str(fault) for fault in faults] == [
        "bad.yaml:1:9: error: title.filter : has 406 characters, and 200 are allowed; divide or shorten it"
    ]


def test_keys_in_words() -> None:
    assert key_text(("examples", 0, "cy")) == "examples[1].cy"
    assert key_text(()) == ""


def test_both_parsers_read_the_shipped_content(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_Parser", yaml.BaseLoader)
    assert garden.faults() == []


def test_texts_cut_off_in_one_file_are_told_once_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text("a: un peth #1\nb: dau\nc: tri pheth #3\nd: pedwar peth #4\n", "utf-8")
    faults: list[Fault] = []
    assert read_yaml(path, "labels.yaml", faults)
    [fault] = faults
    assert (fault.line, fault.where, fault.severity) == (1, "a", "warning")
    assert "put the whole text in quotes" in fault.message
    assert fault.message.endswith("; so are texts in lines 3, 4")
