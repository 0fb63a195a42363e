"""A translator's round trip in every format: only what was changed changes, and what cannot be used is refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import polib
import pytest
import yaml
from lxml import etree

from tests.making import Copy, contents_of
from tests.typed import Typed, typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.texts import texts
from toolkit_builder.exchange.formats import ENDINGS
from toolkit_builder.exchange.strings import read_strings
from toolkit_builder.exchange.yaml_writing import with_words
from toolkit_builder.project import Project, shipped

FORMATS = list(ENDINGS)
TITLE = "content/actions/FM5.yaml#title"
NEW = 'Codi arian: "rhoi" # a – ŵŷ'


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return Copy(tmp_path, "content")


def export(copy: Copy, form: str, *words: str) -> Path:
    path = copy.root / f"i’w gyfieithu{ENDINGS[form]}"
    done = typed("translate", "export", "--format", form, "--output", path, "--force", "--project", copy.root, *words)
    assert done.status == 0, done.err
    return path


def take_back(copy: Copy, path: Path, *words: str) -> Typed:
    return typed("translate", "import", path, "--by", "Cyfieithydd", "--project", copy.root, *words)


def content(copy: Copy) -> dict[str, bytes]:
    return contents_of(copy.root / "content")


# -- editing as a translator's tool does, with other libraries than those that wrote the file ------------------------

XLIFF = {"x": "urn:oasis:names:tc:xliff:document:1.2", "y": "urn:oasis:names:tc:xliff:document:2.0"}


def edit_xliff(path: Path, key: str, target: str) -> None:
    tree = etree.parse(path)
    [unit] = tree.xpath(f"//x:trans-unit[@id='{key}']", namespaces=XLIFF)
    found = unit.xpath("x:target", namespaces=XLIFF)
    element = found[0] if found else etree.SubElement(unit, f"{{{XLIFF['x']}}}target")
    element.text = target
    element.set("state", "translated")
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def edit_xliff2(path: Path, key: str, target: str) -> None:
    tree = etree.parse(path)
    [segment] = tree.xpath(f"//y:unit[@name='{key}']/y:segment", namespaces=XLIFF)
    found = segment.xpath("y:target", namespaces=XLIFF)
    (found[0] if found else etree.SubElement(segment, f"{{{XLIFF['y']}}}target")).text = target
    segment.set("state", "translated")
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def edit_po(path: Path, key: str, target: str) -> None:
    store = polib.pofile(str(path))
    [entry] = [entry for entry in store if entry.msgctxt == key]
    entry.msgstr = target
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    store.save()


def edit_xlsx(path: Path, key: str, target: str) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        if row[0].value == key:
            row[2].value, row[3].value = target, "translated"
    book.save(path)


def edit_csv(path: Path, key: str, target: str) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    for row in rows:
        if row[0] == key:
            row[2], row[3] = target, "translated"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def edit_docx(path: Path, key: str, target: str) -> None:
    document = docx.Document(str(path))
    for row in document.tables[0].rows[1:]:
        if row.cells[0].text.partition(" ")[0] == key:
            row.cells[2].text, row.cells[3].text = target, "translated"
    document.save(str(path))


def words_of(path: Path) -> str:
    """All that a file says of the title, whatever its format."""
    if path.suffix == ".xlsx":
        rows = [[str(value) for value in row] for row in openpyxl.load_workbook(path).active.values]
    elif path.suffix == ".docx":
        rows = [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]
    else:
        text = path.read_text("utf-8-sig")
        at = text.index(TITLE)
        return text[max(0, at - 300) : at + 700].replace('"\n"', "")
    return next(" ".join(row) for row in rows if row[0].startswith(TITLE))


EDIT: dict[str, Callable[[Path, str, str], None]] = {
    "xliff": edit_xliff,
    "xliff2": edit_xliff2,
    "po": edit_po,
    "xlsx": edit_xlsx,
    "csv": edit_csv,
    "docx": edit_docx,
}
each_format = pytest.mark.parametrize("form", FORMATS)


@each_format
def test_export_then_import_changes_not_one_byte(mine: Copy, form: str) -> None:
    typed("translate", "accept", "--action", "SP1", "--project", mine.root)
    before = content(mine)
    done = take_back(mine, export(mine, form))
    assert done.status == 0, done.err
    assert "0 strings changed" in done.err
    assert content(mine) == before


@each_format
def test_each_unit_says_what_state_it_is_in_where_it_is_printed_and_how_long_it_may_be(mine: Copy, form: str) -> None:
    states = {
        "xliff": "needs-review-translation",
        "xliff2": "initial",
        "po": "fuzzy",
        "xlsx": "draft",
        "csv": "draft",
        "docx": "draft",
    }
    path = export(mine, form, "--action", "FM5")
    text = words_of(path)
    for expected in (states[form], "Action FM5, title; on every page", "Length: about as long as the original."):
        assert expected in text


@each_format
def test_one_string_changed_changes_one_line(mine: Copy, form: str) -> None:
    before = content(mine)
    path = export(mine, form)
    EDIT[form](path, TITLE, NEW)
    done = take_back(mine, path)
    assert done.status == 0, done.err
    assert f"changed: {TITLE}\n1 string changed." in done.err
    after = content(mine)
    assert sorted(name for name in after if after[name] != before[name]) == ["actions/FM5.yaml", "review.lock"]
    old, new = (each["actions/FM5.yaml"].decode().splitlines() for each in (before, after))
    assert [number for number, (one, other) in enumerate(zip(old, new, strict=True), start=1) if one != other] == [5]
    catalogue = load(mine.project)
    assert catalogue.action("FM5").title["cy"] == NEW
    assert catalogue.review[f"{TITLE}.cy"] == "translated"
    assert "Cyfieithydd" in (mine.root / "content/review.lock").read_text("utf-8")


@each_format
def test_a_stale_one_is_refused_or_marked(mine: Copy, form: str) -> None:
    path = export(mine, form)
    EDIT[form](path, TITLE, NEW)
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    before = content(mine)
    refused = take_back(mine, path)
    assert refused.status == 1
    assert f"{TITLE}: the en was changed since the export" in refused.err
    assert content(mine) == before
    assert take_back(mine, path, "--allow-stale").status == 0
    assert load(mine.project).review[f"{TITLE}.cy"] == "stale"


@each_format
def test_a_stale_one_is_marked_though_it_is_not_finished(mine: Copy, form: str) -> None:
    """Whoever edits the words alone, and leaves the state as it was."""
    path = export(mine, form)
    EDIT[form](path, TITLE, NEW)
    marks = {"xliff": ('state="translated"', 'state="new"'), "xliff2": ('state="translated"', 'state="initial"')}
    if form in marks:
        path.write_text(path.read_text("utf-8").replace(*marks[form]), "utf-8")
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    done = take_back(mine, path, "--allow-stale")
    assert done.err.endswith("1 string changed, 1 of them stale.\n")
    assert load(mine.project).review[f"{TITLE}.cy"] == "stale"
    assert f"{TITLE.partition('#')[0]}:5:7: warning" in typed("check", "--project", mine.root).out


def test_a_tool_may_add_a_region_to_the_languages(mine: Copy) -> None:
    path = export(mine, "xliff")
    text = path.read_text("utf-8").replace('"cy"', '"cy-GB"').replace('"en"', '"en-GB"')
    path.write_text(text, "utf-8")
    assert take_back(mine, path).err == "0 strings changed.\n"


@pytest.mark.parametrize("form", ["xliff", "xliff2"])
def test_elements_within_a_translation_are_refused(mine: Copy, form: str) -> None:
    """They would be lost without a word."""
    path = export(mine, form)
    path.write_text(path.read_text("utf-8").replace(">Codi arian<", "><g id='1'>Codi</g> arian<"), "utf-8")
    done = take_back(mine, path)
    assert done.status == 1
    assert f"{TITLE}: the elements g within the translation" in done.err


@each_format
def test_a_broken_one_is_refused_with_all_the_others(mine: Copy, form: str) -> None:
    key = "content/labels.yaml#toolkit_guide.choose"
    path = export(mine, form)
    EDIT[form](path, TITLE, NEW)
    EDIT[form](path, key, "**Dewiswch. Edrychwch drwy’r cynnwys.")
    before = content(mine)
    refused = take_back(mine, path)
    assert refused.status == 1
    assert f"{key}: 0 emphasised words or phrases where the original has 1" in refused.err
    assert "“**” without its pair" in refused.err
    assert content(mine) == before


def test_only_what_is_asked_for(mine: Copy) -> None:
    def keys(*words: str) -> list[str]:
        rows = csv.reader(io.StringIO(export(mine, "csv", *words).read_text("utf-8-sig"), newline=""))
        return [row[0] for row in rows][1:]

    assert len(keys()) > 300
    typed("translate", "accept", "--project", mine.root)
    assert typed("translate", "export", "--format", "csv", "--only", "draft", "--project", mine.root).err == (
        "Nothing to translate.\n"
    )
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    assert keys("--only", "stale") == [TITLE]
    assert all("FM6" in key for key in keys("--action", "FM6"))


@pytest.mark.parametrize("before", ["  cy: Codi arian\n", "cy: Cynnwys, "], ids=["block", "flow"])
def test_what_is_missing_goes_out_and_comes_back(mine: Copy, before: str) -> None:
    """The content cannot be built meanwhile; translators are not to wait for that."""
    name = "content/labels.yaml" if "Cynnwys" in before else "content/actions/FM5.yaml"
    whole = (mine.root / name).read_text("utf-8")
    mine.write(name, whole.replace(before, "", 1))
    path = export(mine, "csv", "--only", "missing")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    [(key, _, target, state, note, _)] = rows[1:]
    assert (target, state) == ("", "missing")
    assert "Length:" in note
    edit_csv(path, key, "Cynnwys" if "Cynnwys" in before else "Codi arian")
    assert take_back(mine, path).status == 0
    assert (mine.root / name).read_text("utf-8") == whole


@pytest.mark.parametrize(
    "words",
    [
        "- rhestr: un",
        "yes",
        "'un' a \"dau\"",
        "# sylw",
        "100%",
        "{un}: [dau]",
        "  bwlch",
        "@un",
    ],
)
def test_odd_words_come_back_as_they_went(mine: Copy, words: str) -> None:
    """Whatever YAML would make of them."""
    mine.retell("FM5", "title", "Gair", words)
    path = export(mine, "xliff")
    EDIT["xliff"](path, TITLE, words)
    done = take_back(mine, path)
    assert done.status == 0, done.err
    assert load(mine.project).action("FM5").title["cy"] == words.strip()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlf", b"<html/>", "is XML, but no XLIFF"),
        ("a.xlf", b"<xliff version='1.2'", "is no XLF file that can be read"),
        ("a.po", b"hello", "is no gettext PO file"),
        ("a.po", b"\xff\xfe", "is no gettext PO file"),
        ("a.xlsx", b"PK", "is not a spreadsheet that can be read"),
        ("a.csv", b"x,y\n1,2\n", "has no column key, source, target"),
        ("a.csv", b"key,source,target\n", "holds no units"),
        ("a.docx", b"", "is no Word file that can be read"),
        ("a.odt", b"", "unknown ending; known: .xlf, .xliff, .po, .xlsx, .csv, .docx"),
        ("a.csv", b"key,source,target\ncontent/x.yaml#y,a,b\n", "no text has the key “content/x.yaml#y”"),
        ("a.csv", b"key,source (en),target (fr)\na,b,c\n", "translates into “fr”, not into cy"),
        ("a.csv", b"key,source (cy),target (en)\na,b,c\n", "translates from “cy”, and the original is en"),
    ],
)
def test_a_file_that_is_not_what_it_says(mine: Copy, tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    before = content(mine)
    done = take_back(mine, tmp_path / name)
    assert done.status == 1
    assert said in done.err
    assert content(mine) == before


def test_a_file_that_would_be_written_otherwise_is_refused(mine: Copy) -> None:
    path = export(mine, "csv")
    edit_csv(path, TITLE, NEW)
    action = mine.root / "content/actions/FM5.yaml"
    action.write_text(action.read_text("utf-8").replace("\n", "\r\n", 3), "utf-8", newline="")
    before = content(mine)
    done = take_back(mine, path)
    assert done.status == 1
    assert "content/actions/FM5.yaml:1:1: error: " in done.err
    assert "some of its lines end as Windows has it and some do not" in done.err
    assert content(mine) == before


@pytest.mark.parametrize("name", ["shipped", "good-meeting", "odd names"])
def test_every_text_that_is_loaded_goes_out(mine: Copy, name: str) -> None:
    project = Project(shipped() / "examples" / name) if name == "good-meeting" else mine.project
    if name == "odd names":  # keys that have a meaning elsewhere: in an action, a partnership, a framework
        words = {"cy": "Gair", "en": "Word"}
        odd = ("sort", "file", "logo", "pages", "title", "languages", "code", "items", "cy", "en")
        labels = yaml.safe_load((mine.root / "content/labels.yaml").read_text("utf-8"))
        labels |= {group: {key: words.copy() for key in odd} for group in odd if group not in labels}
        mine.write("content/labels.yaml", yaml.safe_dump(labels, allow_unicode=True))
    catalogue = load(project)
    strings = read_strings(project, catalogue.framework)
    one_for_all = {"content/framework.yaml#source.licence_url"}  # an address need not be by language
    assert {str(text.origin) for text in texts(catalogue)} - one_for_all == set(strings.all) - one_for_all


def test_letters_without_a_font_are_refused_and_long_texts_told(mine: Copy) -> None:
    key = "content/labels.yaml#toolkit_guide.choose"
    path = export(mine, "csv")
    EDIT["csv"](path, TITLE, "Codi arian 🎉")
    before = content(mine)
    refused = take_back(mine, path)
    assert refused.status == 1
    assert f"{TITLE}: Source Sans 3 has no “🎉” (U+1F389)" in refused.err
    assert content(mine) == before
    EDIT["csv"](path, TITLE, NEW)
    EDIT["csv"](path, key, f"**Dewiswch.** {'Edrychwch drwy’r cynnwys. ' * 20}")
    taken = take_back(mine, path)
    assert taken.status == 0, taken.err
    assert re.search(f"{key}: [0-9]+ characters, where [0-9]+ were said to be the most", taken.err)


def test_a_new_language_stands_with_the_others_before_the_empty_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("one:\n  cy: Un\n  en: One\n\n# More\ntwo:\n  cy: Dau\n  en: Two\n\nthree: 3\n", "utf-8")
    words: dict[tuple[str | int, ...], str] = {("one", "pl"): "Jeden", ("two", "pl"): "Dwa"}
    assert with_words(path, "a.yaml", words, ["cy", "en", "pl"]) == (
        "one:\n  cy: Un\n  en: One\n  pl: Jeden\n\n# More\ntwo:\n  cy: Dau\n  en: Two\n  pl: Dwa\n\nthree: 3\n"
    )
