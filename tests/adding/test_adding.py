"""`add`: files to fill in, as a user asks for them; what is left to do is said, and nothing else is wrong."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import yaml

from tests.making import Copy, contents_of
from tests.partnerships.planting import SVG
from tests.typed import Typed, typed
from toolkit_builder.adding.category import free_colour
from toolkit_builder.catalogue.colours import contrast_with_white
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.project import Project, shipped

PLACE = r"^- (content/\S+?):(\d+):(\d+): (.*?): (.*)$"


class Terminal(io.StringIO):
    """Somebody who types these answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return Copy(tmp_path, "content")


def add(copy: Copy, *words: str | Path) -> Typed:
    return typed("add", *words, "--project", copy.root)


def left(done: Typed) -> set[tuple[str, str, str]]:
    """What is told to be left: file, line, and key with message."""
    return {(file, line, f"{key}: {said}") for file, line, _, key, said in re.findall(PLACE, done.err, re.MULTILINE)}


def wrong(copy: Copy) -> set[tuple[str, str, str]]:
    """What `check` calls an error, in the same form."""
    found = re.findall(
        r"^(content/\S+?):(\d+):\d+: error: (.*)$", typed("check", "--project", copy.root).out, re.MULTILINE
    )
    return {(file, line, said) for file, line, said in found}


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("\n".join([*answers, ""])))


# -- an action ---------------------------------------------------------------------------------------------------------


def test_an_action_has_every_column_to_fill_in_and_check_finds_nothing_else(mine: Copy) -> None:
    done = add(
        mine, "action", "--category", "finance", "--title", "cy=Cronfa’r ŵyl: ein #harian", "--title", "en=A fund"
    )
    assert done.status == 0, done.err
    text = (mine.root / "content" / "actions" / "FM8.yaml").read_text("utf-8")
    data = yaml.safe_load(text)
    assert data["title"] == {"cy": "Cronfa’r ŵyl: ein #harian", "en": "A fund"}
    assert [key for key in data if key not in ("code", "category", "title")] == [
        "purpose", "examples", "keys", "who", "stage", "resource", "time",
    ]  # fmt: skip
    assert "# pictogram:\n#   cy:\n#   en:\n" in text
    assert "# Stage: early, mid, mature, several as in [early, mid], any, or unstated." in text
    assert left(done) == wrong(mine)
    assert len(left(done)) == 7


def test_filled_in_it_is_right_and_can_be_selected(mine: Copy) -> None:
    words = ("--title", "cy=Cronfa", "--title", "en=A fund")
    assert add(mine, "action", "--category", "finance", "--code", "fm31", *words).status == 0
    path = mine.root / "content" / "actions" / "FM31.yaml"
    text = path.read_text("utf-8").replace("cy:\n", "cy: Gair ŵy.\n").replace("en:\n", "en: A word.\n")
    path.write_text(text.replace("sectors: []", "sectors: [citizens]"), "utf-8")
    assert wrong(mine) == set()
    assert "FM31" in typed("list", "--category", "finance", "--project", mine.root).out
    assert add(mine, "action", "--category", "finance").err.startswith("Written: content/actions/FM32.yaml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--category is needed. Allowed: shared-purpose, governance, finance."),
        (("--category", "arian"), "--category: no category “arian”. Allowed: shared-purpose, governance, finance."),
        (
            ("--category", "finance", "--code", "SP9"),
            "--code: “SP9” does not suit; codes of finance are FM and a number",
        ),
        (
            ("--category", "finance", "--code", "FM1"),
            "--code: there is an action FM1 already, in content/actions/FM1.yaml",
        ),
        (("--category", "finance", "--title", "pl=Tak"), "--title: no language “pl”. Allowed: cy, en."),
        (
            ("--category", "finance", "--title", "Tak"),
            "--title: “Tak” does not say in which language it is (LANGUAGE=TEXT)",
        ),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_written(mine: Copy, words: tuple[str, ...], said: str) -> None:
    before = contents_of(mine.root)
    done = add(mine, "action", *words)
    assert done.status == 2
    assert said in done.err
    assert contents_of(mine.root) == before


def test_a_text_that_no_file_may_hold_is_refused(mine: Copy) -> None:
    before = contents_of(mine.root)
    done = add(mine, "action", "--category", "finance", "--title", "cy=Gair\x1b[31m")
    assert done.status == 1
    assert "title.cy" in done.err
    assert "\x1b" not in done.err
    assert contents_of(mine.root) == before


def test_on_a_terminal_it_asks(mine: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "arian", "governance", "Cynllun", "")
    done = add(mine, "action")
    assert done.status == 0, done.err
    assert "Title in Cymraeg (Enter: later)" in done.err
    data = yaml.safe_load((mine.root / "content" / "actions" / "GA8.yaml").read_text("utf-8"))
    assert data["title"] == {"cy": "Cynllun", "en": None}


def test_the_shipped_project_is_not_changed(tmp_path: Path) -> None:
    done = typed("add", "action", "--category", "finance", folder=tmp_path)
    assert done.status == 2
    assert "shipped project" in done.err


# -- a category --------------------------------------------------------------------------------------------------------


def test_a_category_stands_last_and_every_other_byte_is_kept(mine: Copy) -> None:
    """With Windows’ line ends and a byte order mark, comments and all."""
    path = mine.root / "content" / "framework.yaml"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\ncolumns:", b"\n# Columns\ncolumns:").replace(
        b"\n", b"\r\n"
    )
    path.write_bytes(before)
    words = ("--id", "learning", "--code", "LE", "--title", "cy=Dysgu", "--title", "en=Learning")
    done = add(mine, "category", *words, "--introduction", "en=Yes.")
    assert done.status == 0, done.err
    after = path.read_bytes()
    at = after.index(b"  - id: learning")
    end = after.index(b"\r\n\r\n# Columns\r\ncolumns:")
    assert after[:at] + after[end + 2 :] == before
    added = yaml.safe_load(after.decode("utf-8-sig"))["categories"][-1]
    assert added["title"] == {"cy": "Dysgu", "en": "Learning"}
    assert added["shape"] == "hexagon"
    assert contrast_with_white(added["colour"]) >= 4.5
    assert left(done) == wrong(mine)
    assert "- an action in it: toolkit-builder add action --category learning" in done.err


def test_an_action_can_be_added_to_a_category_that_is_not_filled_in_yet(mine: Copy) -> None:
    assert add(mine, "category", "--id", "learning", "--code", "LE").status == 0
    done = add(mine, "action", "--category", "learning")
    assert done.err.startswith("Written: content/actions/LE1.yaml")
    assert {file for file, _, _ in wrong(mine)} == {"content/framework.yaml", "content/actions/LE1.yaml"}
    assert not any("no action is in" in said for _, _, said in wrong(mine))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--id", "finance", "--code", "LE"),
            "--id: “finance” is taken. There are: shared-purpose, governance, finance.",
        ),
        (("--id", "Dysgu a mwy", "--code", "LE"), "--id: “Dysgu a mwy” does not suit; write lower-case letters"),
        (("--id", "dysgu", "--code", "FM"), "--code: “FM” is taken"),
        (("--id", "dysgu", "--code", "LE", "--shape", "star"), "--shape: no shape “star”. Allowed: circle, square"),
        (("--id", "dysgu", "--code", "LE", "--colour", "melyn"), "--colour: “melyn” is no colour"),
        (("--id", "dysgu", "--code", "LE", "--colour", "#f5b800"), "The nearest colour that passes is #"),
        (("--code", "LE"), "--id is needed."),
    ],
)
def test_a_category_that_cannot_be_is_refused(mine: Copy, words: tuple[str, ...], said: str) -> None:
    before = contents_of(mine.root)
    done = add(mine, "category", *words)
    assert done.status == 2
    assert said in done.err
    assert contents_of(mine.root) == before


def test_a_list_that_is_written_otherwise_is_left_to_a_person(mine: Copy) -> None:
    path = mine.root / "content" / "framework.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(data, default_flow_style=True, allow_unicode=True, sort_keys=False), "utf-8")
    before = contents_of(mine.root)
    done = add(mine, "category", "--id", "dysgu", "--code", "LE")
    assert done.status == 1
    assert "is not written a line an item, and cannot be added to; add this by hand: id: dysgu / code: LE" in done.err
    assert contents_of(mine.root) == before


def test_colours_that_are_offered_differ_and_can_be_read() -> None:
    taken = ["#0b6468", "#4a3a8c", "#9a3b12"]
    for _ in range(9):
        taken.append(free_colour(taken))
    assert len(set(taken)) == 12
    assert all(contrast_with_white(colour) >= 4.5 for colour in taken)


# -- a language --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "entry", "step"),
    [
        (("--id", "pl"), {"id": "pl", "name": "polski", "direction": "ltr", "review": "draft"}, "--language pl"),
        (("--id", "ar"), {"id": "ar", "name": "العربية", "direction": "rtl", "review": "draft"}, "a font: "),
        (
            ("--id", "gv", "--name", "Gaelg", "--font-family", "Cairo", "--font-file", "font:fontpkg_cairo/C[w].ttf"),
            {"id": "gv", "name": "Gaelg", "direction": "ltr", "review": "draft",
             "font": {"family": "Cairo", "file": "font:fontpkg_cairo/C[w].ttf"}},
            "translate export",
        ),
    ],
)  # fmt: skip
def test_a_language_is_last_and_its_texts_are_counted(
    mine: Copy, words: tuple[str, ...], entry: dict[str, object], step: str
) -> None:
    done = add(mine, "language", *words)
    assert done.status == 0, done.err
    assert yaml.safe_load((mine.root / "content" / "framework.yaml").read_text("utf-8"))["languages"][-1] == entry
    assert step in done.err
    own = load(Project(shipped()))
    files = len({text.origin.file for text in texts(own)})
    assert f"- translate {len(list(texts(own)))} texts in {files} files: " in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--id", "cy"), "--id: the framework has “cy” already. It has: cy, en."),
        (("--id", "Pwyleg"), "--id: “Pwyleg” is no tag of a language"),
        (("--id", "xx"), "--name: no name is known of “xx”"),
        (("--id", "pl", "--font-file", "a.ttf"), "--font-file goes with --font-family"),
    ],
)
def test_a_language_that_cannot_be_is_refused(mine: Copy, words: tuple[str, ...], said: str) -> None:
    before = contents_of(mine.root)
    done = add(mine, "language", *words)
    assert done.status == 2
    assert said in done.err
    assert contents_of(mine.root) == before


# -- a partnership -----------------------------------------------------------------------------------------------------


def test_a_partnership_with_all_that_is_asked_is_right_at_once(mine: Copy, tmp_path: Path) -> None:
    logo = tmp_path / "y logo.svg"
    logo.write_text(SVG, "utf-8")
    words = ("--name", "cy=Partneriaeth Tŷ Gŵyr", "--name", "en=The Tŷ Gŵyr Partnership", "--logo", logo)
    done = add(mine, "partnership", *words, "--ground", "#7a0c2e", "--band", "#b35900", "--email", "sian@example.org")
    assert done.status == 0, done.err
    assert done.err.splitlines() == [
        "Written: content/partnerships/partneriaeth-ty-gwyr.yaml",
        "Written: content/partnerships/partneriaeth-ty-gwyr/y logo.svg",
        "Nothing is left to do.",
    ]
    assert wrong(mine) == set()
    assert add(mine, "partnership", *words).status == 2, "nothing is written over"


def test_of_a_partnership_what_is_missing_is_left_to_do(mine: Copy) -> None:
    done = add(mine, "partnership", "--id", "ty-gwyr", "--name", "en=Tŷ Gŵyr")
    assert done.status == 0
    message = "name.cy: is empty; write the text, in quotes if it begins with “#”"
    assert left(done) == wrong(mine) == {("content/partnerships/ty-gwyr.yaml", "3", message)}
    done = add(mine, "partnership", "--name", "cy=Tŷ Ŵyr", "--language", "cy")
    assert done.err.splitlines()[-1] == "Nothing is left to do."


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--ground", "#f5b800"), 2, "--ground: #f5b800 has a contrast below 4.5:1 against the white text"),
        (("--band", "#f5b800"), 2, "The nearest colour that passes is #"),
        (("--logo", "dim.svg"), 1, "dim.svg: error: logo: cannot be read"),
        (("--language", "pl"), 2, "--language: no language “pl”. Allowed: cy, en."),
        (("--id", "Tŷ"), 2, "--id: “Tŷ” cannot be the id of a partnership"),
        (("--id", "example-early"), 2, "--id: there is a partnership “example-early” already"),
    ],
)
def test_a_partnership_that_cannot_be_is_refused(mine: Copy, words: tuple[str, ...], status: int, said: str) -> None:
    before = contents_of(mine.root)
    done = add(mine, "partnership", *(() if "--id" in words else ("--id", "ty-gwyr")), *words)
    assert done.status == status
    assert said in done.err
    assert contents_of(mine.root) == before


def test_a_logo_that_is_there_is_not_written_over(mine: Copy, tmp_path: Path) -> None:
    there = mine.root / "content" / "partnerships" / "ty-gwyr" / "logo.svg"
    there.parent.mkdir()
    there.write_text("arall", "utf-8")
    (tmp_path / "logo.svg").write_text(SVG, "utf-8")
    done = add(mine, "partnership", "--id", "ty-gwyr", "--logo", tmp_path / "logo.svg")
    assert done.status == 2
    assert there.read_text("utf-8") == "arall"
    assert not there.parent.with_suffix(".yaml").exists()


def test_on_a_terminal_a_colour_that_fails_is_asked_for_again_and_the_nearest_offered(
    mine: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logo.svg").write_text(SVG, "utf-8")
    logos = (str(tmp_path / "dim.svg"), str(tmp_path / "logo.svg"))
    answer(monkeypatch, "Tŷ Gŵyr", "The Gŵyr House", "", "", "", *logos, "#f5b800", "", "", "")
    done = add(mine, "partnership")
    assert done.status == 0, done.err
    data = yaml.safe_load((mine.root / "content" / "partnerships" / "ty-gwyr.yaml").read_text("utf-8"))
    nearest = re.search(r"--ground: .* The nearest colour that passes is (#\w{6})", done.err)
    assert nearest
    assert data["colours"] == {"ground": nearest[1]}
    assert data["logo"]["file"] == "ty-gwyr/logo.svg"
    assert wrong(mine) == set()


def test_the_schemas_that_a_project_has_know_what_was_added(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content", "docs/schemas")
    words = (
        "--title",
        "cy=Dysgu",
        "--title",
        "en=Learning",
        "--introduction",
        "cy=Dysgu.",
        "--introduction",
        "en=Learn.",
    )
    done = add(copy, "category", "--id", "learning", "--code", "LE", *words)
    assert done.status == 0, done.err
    schema = json.loads((copy.root / "docs/schemas/action.schema.json").read_text("utf-8"))
    assert "learning" in schema["properties"]["category"]["enum"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--name", "Ni"], '--name: “Ni” does not say in which language it is (LANGUAGE=TEXT); type --name "cy=Ni" or'),
        (["--name", "Ni", "--language", "xx"], "--language: no language “xx”. Allowed: cy, en."),
        (["--name", "xx=Ni"], "--name: no language “xx”. Allowed: cy, en."),
        (["--name", "cy=2 4"], "--id is needed, since no id can be made from the name."),
        ([], "--name is needed, such as --name cy=…"),
    ],
)
def test_what_is_wrong_with_a_partnership_s_name_is_told_with_what_to_type(
    mine: Copy, words: list[str], told: str
) -> None:
    done = add(mine, "partnership", *words)
    assert done.status == 2
    assert told in done.err


def test_both_colours_of_a_partnership_are_told_at_once_and_need_no_hash(mine: Copy) -> None:
    name = ["--name", "cy=Ni", "--name", "en=Us"]
    done = add(mine, "partnership", *name, "--ground", "yellow", "--band", "ffee00")
    assert done.status == 2
    assert "--ground: “yellow” is no colour; write its six figures, such as 0b6468" in done.err
    assert "--band: #ffee00 has a contrast below 3:1" in done.err
    assert add(mine, "partnership", *name, "--ground", "1a5c3a", "--band", "'#b07a00'").status == 0
    text = (mine.root / "content/partnerships/ni.yaml").read_text("utf-8")
    assert yaml.safe_load(text)["colours"] == {"ground": "#1a5c3a", "band": "#b07a00"}
