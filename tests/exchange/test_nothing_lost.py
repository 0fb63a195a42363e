"""Translators' files as they come back: nobody's work is written over, or dropped, without a word."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import chdir
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.exchange.test_exchange import EDIT, FORMATS, TITLE, content, each_format, export, mine, take_back
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.exchange.formats import ENDINGS

__all__ = ["mine"]
PURPOSE = TITLE.replace("title", "purpose")
NEW = "Codi arian – ŵŷ"
XLF = """<?xml version="1.0" encoding="{encoding}"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a" source-language="en" target-language="cy" datatype="plaintext"><body>
<trans-unit id="{key}" {unit}><source>Fundraising</source>{target}</trans-unit>
</body></file></xliff>
"""
XLF_2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="cy">
<file id="f"><unit id="u" name="{key}">
{segments}</unit></file></xliff>
"""


def xliff(copy: Copy, target: str, unit: str = "", encoding: str = "UTF-8", really: str = "utf-8") -> Path:
    path = copy.root / "a.xlf"
    path.write_bytes(XLF.format(encoding=encoding, key=TITLE, unit=unit, target=target).encode(really))
    return path


def replace_in_zip(path: Path, part: str, before: str, after: str) -> None:
    """Put other words into a part of a Word file, whatever its own library thinks of them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert before.encode() in parts[part]
    parts[part] = parts[part].replace(before.encode(), after.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def xliff_2(copy: Copy, segments: str) -> Path:
    path = copy.root / "a.xlf"
    path.write_text(XLF_2.format(key=TITLE, segments=segments), "utf-8")
    return path


def state(copy: Copy) -> tuple[str, str]:
    catalogue = load(copy.project)
    return catalogue.action("FM5").title["cy"], catalogue.review[f"{TITLE}.cy"]


# -- two files of one moment -------------------------------------------------------------------------------------------


@each_format
def test_each_of_two_files_brings_its_own_changes_only(mine: Copy, form: str) -> None:
    first = export(mine, form, "--action", "FM5")
    second = first.with_stem("arall")
    shutil.copy(first, second)
    EDIT[form](first, TITLE, NEW)
    EDIT[form](second, PURPOSE, "Rhoi cychwyn arni.")
    assert take_back(mine, first).err == f"changed: {TITLE}\n1 string changed.\n"
    assert take_back(mine, second).err == f"changed: {PURPOSE}\n1 string changed.\n"
    assert state(mine) == (NEW, "translated")


@each_format
def test_what_was_changed_here_too_is_left_and_told(mine: Copy, form: str) -> None:
    path = export(mine, form, "--action", "FM5")
    EDIT[form](path, TITLE, NEW)
    mine.retell("FM5", "title", "Ein geiriau ni", "Fundraising")
    assert typed("translate", "accept", "--action", "FM5", "--project", mine.root).status == 0
    before = content(mine)
    assert (
        f"left: {TITLE}: is translated in the file, and reviewed here; --force takes it\n" in take_back(mine, path).err
    )
    assert content(mine) == before
    assert take_back(mine, path, "--force").status == 0
    assert state(mine) == (NEW, "translated")


def test_a_draft_never_replaces_what_was_accepted(mine: Copy) -> None:
    typed("translate", "accept", "--action", "FM5", "--project", mine.root)
    before = content(mine)
    done = take_back(mine, xliff(mine, '<target state="new">Hen ddrafft</target>'))
    assert f"left: {TITLE}: is a draft in the file, and reviewed here" in done.err
    assert content(mine) == before


def test_what_was_not_touched_is_no_fault_though_its_original_was_changed(mine: Copy) -> None:
    path = export(mine, "csv", "--action", "FM5")
    EDIT["csv"](path, PURPOSE, "Rhoi cychwyn arni.")
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    assert take_back(mine, path).err == f"changed: {PURPOSE}\n1 string changed.\n"


# -- as programs leave them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "unit", "expected", "said"),
    [
        ("<target>Codi</target>", 'approved="yes"', "reviewed", ""),
        ('<target state="final">Codi</target>', "", "reviewed", ""),
        (
            '<target state="needs-review-translation">Codi</target>',
            'approved="yes"',
            "draft",
            "is approved, and its state",
        ),
        ('<target state="x-odd">Codi</target>', "", "draft", "the state “x-odd” is not known; it is taken as a draft"),
        ('<target state="translated"><mrk mtype="seg" mid="1">Codi</mrk></target>', "", "translated", ""),
    ],
)
def test_states_of_xliff(mine: Copy, target: str, unit: str, expected: str, said: str) -> None:
    done = take_back(mine, xliff(mine, target, unit))
    assert done.status == 0, done.err
    assert said in done.err
    assert state(mine) == ("Codi", expected)


@pytest.mark.parametrize(
    ("attributes", "expected", "said"),
    [
        ('state="translated" subState="poedit:fuzzy"', "draft", ""),
        ('state="translated" subState="x:odd"', "translated", "the sub-state “x:odd” is not known"),
        ('state="final"', "reviewed", ""),
        ("", "draft", ""),
    ],
)
def test_states_of_xliff_2(mine: Copy, attributes: str, expected: str, said: str) -> None:
    segment = f"<segment {attributes}><source>Fundraising</source><target>Codi</target></segment>"
    done = take_back(mine, xliff_2(mine, segment))
    assert said in done.err
    assert state(mine) == ("Codi", expected)


SPLIT = (
    '<segment state="final"><source>Fund</source><target>Codi</target></segment><ignorable><source>raising</source>'
    "<target> </target></ignorable>"
)


def test_segments_that_a_program_split_are_joined(mine: Copy) -> None:
    last = '<segment state="translated"><source></source><target>arian mawr</target></segment>'
    assert take_back(mine, xliff_2(mine, SPLIT + last)).status == 0
    assert state(mine) == ("Codi arian mawr", "translated")


def test_a_text_of_which_a_part_is_translated_is_left_and_told(mine: Copy) -> None:
    before = content(mine)
    done = take_back(mine, xliff_2(mine, SPLIT + "<segment><source></source></segment>"))
    assert f"note: {TITLE}: only some of its segments are translated" in done.err
    assert content(mine) == before


def test_an_original_that_a_program_joined_is_refused(mine: Copy) -> None:
    path = export(mine, "csv", "--action", "FM5")
    path.write_text(path.read_text("utf-8").replace(",Fundraising,Codi arian,", ",Fundraising and more,Codi,"), "utf-8")
    done = take_back(mine, path)
    assert (done.status, "a program has split or joined it" in done.err) == (1, True)


def test_no_break_spaces_of_a_program_are_spaces(mine: Copy) -> None:
    done = take_back(mine, xliff(mine, '<target state="translated">Codi\u00a0mwy</target>'))
    assert "a program has put no-break spaces into it" in done.err
    assert state(mine)[0] == "Codi mwy"


@pytest.mark.parametrize(
    ("declared", "really", "said"),
    [
        ("ISO-8859-1", "utf-8", ""),
        ("UTF-8", "utf-16", ""),
        ("ISO-8859-1", "latin-1", ""),
        ("UTF-8", "latin-1", "is declared to be in UTF-8, and is not at line 4; save it as UTF-8"),
    ],
)
def test_encodings_that_are_declared_and_not_kept(mine: Copy, declared: str, really: str, said: str) -> None:
    done = take_back(mine, xliff(mine, '<target state="final">Tŷ</target>'.replace("ŷ", "ô"), "", declared, really))
    assert said in done.err
    assert "codec" not in done.err
    assert state(mine)[0] == ("Codi arian" if said else "Tô")


@each_format
@pytest.mark.parametrize("character", ["\u2029", "\x07", "\ufffe"])
def test_characters_that_no_text_may_hold_are_refused(mine: Copy, form: str, character: str) -> None:
    """By key where the format says it before it is read; a table by its cell."""
    path = export(mine, form, "--action", "FM5")
    if form == "xlsx":
        EDIT[form](path, TITLE, f"Codi_x{ord(character):04X}_ arian")  # as Excel writes what XML cannot hold
    elif form == "docx":
        replace_in_zip(path, "word/document.xml", "Codi arian", f"Codi{character} arian")
    else:
        path.write_bytes(path.read_bytes().replace(b"Codi arian", f"Codi{character} arian".encode()))
    before = content(mine)
    done = take_back(mine, path)
    assert done.status == 1
    assert f"the character U+{ord(character):04X} is not allowed; remove it" in done.err
    assert TITLE in done.err or "C2: " in done.err
    assert content(mine) == before


@each_format
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "mark"])
def test_windows_line_ends_and_byte_order_marks_stay(mine: Copy, form: str, mark: bytes) -> None:
    path = export(mine, form, "--action", "FM5")
    EDIT[form](path, TITLE, NEW)
    for name in ("content/actions/FM5.yaml", "content/review.lock"):
        file = mine.root / name
        file.write_bytes(mark + file.read_bytes().replace(b"\n", b"\r\n"))
    old = (mine.root / "content/actions/FM5.yaml").read_bytes()
    assert take_back(mine, path).status == 0
    new = (mine.root / "content/actions/FM5.yaml").read_bytes()
    assert new == old.replace(b"Codi arian\r\n", f"{NEW}\r\n".encode(), 1)
    lock = (mine.root / "content/review.lock").read_bytes()
    assert lock.startswith(mark)
    assert lock.count(b"\n") == lock.count(b"\r\n") > 300


# -- a language that is being prepared ---------------------------------------------------------------------------------


@each_format
def test_a_language_that_the_framework_does_not_have_yet(mine: Copy, form: str) -> None:
    path = mine.root / f"pl{ENDINGS[form]}"
    done = typed("translate", "export", "--format", form, "--language", "pl", "--output", path, "--project", mine.root)
    assert "The framework does not have “pl” yet" in done.err
    EDIT[form](path, TITLE, "Pozyskiwanie środków")
    refused = take_back(mine, path)
    assert (refused.status, "add “pl” to “languages” in content/framework.yaml" in refused.err or form == "po") == (
        1,
        True,
    )
    framework = mine.root / "content/framework.yaml"
    entry = "  - id: pl\n    name: polski\n    review: draft\n"
    framework.write_text(framework.read_text("utf-8").replace("\ntitle:", f"{entry}\ntitle:", 1), "utf-8")
    assert take_back(mine, path).err == f"changed: {TITLE}\n1 string changed.\n"
    rows = json.loads(typed("translate", "status", "--format", "json", "--project", mine.root).out)
    counts = {row["file"]: row for row in rows if row["language"] == "pl"}
    assert counts["content/actions/FM5.yaml"]["translated"] == 1
    assert sum(row["missing"] for row in counts.values()) > 300


# -- files that are there ----------------------------------------------------------------------------------------------


@each_format
def test_an_export_is_not_written_over_a_file(mine: Copy, form: str) -> None:
    path = mine.root / "newydd/ŵ" / f"a{ENDINGS[form]}"
    words: list[str | Path] = [
        "translate",
        "export",
        "--format",
        form,
        "--action",
        "FM5",
        "--output",
        path,
        "--project",
        mine.root,
    ]
    assert typed(*words).status == 0  # folders are made
    path.write_bytes(b"gwaith cyfieithydd")
    refused = typed(*words)
    assert (refused.status, path.read_bytes()) == (2, b"gwaith cyfieithydd")
    assert "may hold somebody's work" in refused.err
    assert typed(*words, "--force").status == 0


def test_the_shipped_project_is_not_changed_and_named_once(tmp_path: Path, mine: Copy) -> None:
    path = export(mine, "csv")
    with chdir(tmp_path):
        for words in (["import", path], ["accept"]):
            refused = typed("translate", *words)
            assert (refused.status, "toolkit-builder new FOLDER" in refused.err) == (2, True)
        listed = typed("list", "--format", "json")
        assert listed.err == "Project: the shipped one.\n"
        assert len(json.loads(listed.out)) > 1


# -- partnerships ------------------------------------------------------------------------------------------------------


@each_format
def test_the_texts_of_a_partnership_go_out_and_come_back(mine: Copy, form: str) -> None:
    key = "content/partnerships/example-mature.yaml"
    path = export(mine, form, "--partnership", "example-mature")
    before = content(mine)
    assert take_back(mine, path).err == "0 strings changed.\n"
    assert content(mine) == before
    EDIT[form](path, f"{key}#name", "Rhwydwaith Tŷ Gŵyr")
    done = take_back(mine, path)
    assert done.err == f"changed: {key}#name\n1 string changed.\n"
    after = content(mine)
    assert {name for name in after if after[name] != before.get(name)} == {
        "partnerships/example-mature.yaml",
        "partnerships/example-mature.review.lock",
    }
    status = typed("translate", "status", "--partnership", "example-mature", "--format", "json", "--project", mine.root)
    assert json.loads(status.out)[0]["translated"] == 1
    accepted = typed("translate", "accept", "--partnership", "example-mature", "--project", mine.root)
    assert accepted.status == 0, accepted.err
    assert "0 faults" not in typed("check", "--project", mine.root).err


def test_a_page_of_a_partnership_goes_back_to_its_markdown_file(mine: Copy) -> None:
    path = export(mine, "docx", "--partnership", "example-mature")
    key = "content/partnerships/example-mature.yaml#pages[1].file"
    document = docx.Document(str(path))
    [row] = [row for row in document.tables[0].rows if row.cells[0].text.startswith(key)]
    row.cells[2].text += " Diolch."
    document.save(str(path))
    done = take_back(mine, path)
    assert done.err == f"changed: {key}\n1 string changed.\n"
    pages = (mine.root / "content/partnerships").rglob("*.md")
    assert sum(page.read_text("utf-8").endswith(" Diolch.\n") for page in pages) == 1


def test_an_original_of_a_partnership_that_is_changed_leaves_its_translation_behind(mine: Copy) -> None:
    accepted = typed("translate", "accept", "--partnership", "example-mature", "--project", mine.root)
    assert accepted.status == 0, accepted.err
    assert typed("check", "--project", mine.root).out == ""
    folder = mine.root / "content" / "partnerships"
    for name, old, new in (
        ("example-mature.yaml", "cy: Tîm y rhwydwaith, en: The network team", "cy: Tîm y rhwydwaith, en: Our team"),
        ("example-mature/ten-years.md", "\n", " It was good.\n"),
    ):
        words = (folder / name).read_text("utf-8")
        assert old in words
        (folder / name).write_text(words.replace(old, new, 1), "utf-8")
    done = typed("check", "--format", "json", "--project", mine.root)
    told = [each for each in json.loads(done.out) if "after this was accepted" in each["message"]]
    assert [(each["file"], each["severity"]) for each in told] == [
        ("content/partnerships/example-mature.yaml", "warning"),
        ("content/partnerships/example-mature/deng-mlynedd.md", "warning"),
    ]
    assert told[0]["where"] == "contact.role.cy"


def test_a_lock_of_a_partnership_that_cannot_be_read_is_told_by_line(mine: Copy) -> None:
    mine.write("content/partnerships/example-mature.review.lock", "# dim\nhanner llinell\n")
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    assert "content/partnerships/example-mature.review.lock:2:1: error: not a line of a review lock" in done.out


# -- Word --------------------------------------------------------------------------------------------------------------


def test_languages_are_marked_in_word(mine: Copy) -> None:
    table = docx.Document(str(export(mine, "docx", "--action", "FM5"))).tables[0]
    source, target = (table.rows[1].cells[at]._tc for at in (1, 2))
    assert {each.get(qn("w:val")) for each in source.iter(qn("w:lang"))} == {"en-GB"}
    assert {each.get(qn("w:val")) for each in target.iter(qn("w:lang"))} == {"cy-GB"}


def test_changes_that_were_tracked_in_word_are_taken_and_told(mine: Copy) -> None:
    path = export(mine, "docx", "--action", "FM5")
    document = docx.Document(str(path))
    [row] = [row for row in document.tables[0].rows if row.cells[0].text.startswith(f"{TITLE} ")]
    paragraph = row.cells[2].paragraphs[0]._p
    for kind, words in (("del", None), ("ins", "Codi pres")):
        mark = OxmlElement(f"w:{kind}")
        run = paragraph.r_lst[0] if words is None else OxmlElement("w:r")
        if words:
            run.text = words
        paragraph.append(mark)
        mark.append(run)
    document.save(str(path))
    done = take_back(mine, path)
    assert "note: has tracked changes; they are taken as accepted" in done.err
    assert state(mine)[0] == "Codi pres"


def test_every_format_is_tried_here() -> None:
    assert set(EDIT) == set(FORMATS)
