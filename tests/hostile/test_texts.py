"""Texts and locks that do harm: read or refused in no time, and every page made afterwards is as it always was."""

from __future__ import annotations

import csv
import datetime
import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.hostile.tables import row, xlsx
from tests.making import Copy, contents_of
from tests.typed import typed
from toolkit_builder.catalogue import markdown
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.review import load_review
from toolkit_builder.errors import FaultsError
from toolkit_builder.proofreading import spelling
from toolkit_builder.proofreading.texts import proofread

HERE = Path(__file__).parent
KEY = "content/actions/FM5.yaml#title"
SOON = 10
"""Seconds of the processor: a hundred times what is needed, so that only what never ends takes longer."""


def corpus(name: str) -> list[Any]:
    listed = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [pytest.param(each.get("before", "") + each["text"] * each["times"], id=each["name"]) for each in listed]


def quoted(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**9).strip()


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return Copy(tmp_path, "content")


@pytest.mark.parametrize("text", corpus("texts.yaml"))
def test_texts_are_read_at_once(text: str) -> None:
    begun = time.thread_time()
    for convert in (markdown.blocks, markdown.page, markdown.inline, markdown.plain, markdown.outline):
        try:
            convert(text)
        except markdown.MarkdownError:
            continue
    list(spelling.words(text))
    assert time.thread_time() - begun < SOON


def test_proofreading_takes_all_of_them_together(mine: Copy) -> None:
    path = mine.root / "content/actions/SP1.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["examples"] = [{"cy": one.values[0] + "a", "en": one.values[0] + "b"} for one in corpus("texts.yaml")]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    begun = time.thread_time()
    proofread(mine.project, load(mine.project), [], datetime.date(2026, 1, 31))
    assert time.thread_time() - begun < 2 * SOON


@pytest.mark.parametrize("text", corpus("locks.yaml"))
def test_locks_are_read_at_once(mine: Copy, text: str) -> None:
    mine.write("content/review.lock", text)
    begun = time.thread_time()
    assert load_review(mine.project).faults
    assert time.thread_time() - begun < SOON


def test_many_faults_are_told_soon(mine: Copy) -> None:
    count = 3_000
    mine.append("content/actions/SP1.yaml", "".join(f"{'b' * 150}{n}: x\n" for n in range(count)))
    begun = time.thread_time()
    with pytest.raises(FaultsError) as caught:
        load(mine.project)
    assert len(caught.value.faults) >= count
    assert time.thread_time() - begun < 3 * SOON


def test_a_long_value_is_not_repeated_in_full(mine: Copy) -> None:
    mine.append("content/actions/SP1.yaml", f"{'x' * 150}: y\n")
    path = mine.root / "content/actions/SP2.yaml"
    path.write_text(path.read_text("utf-8").replace("stage: unstated", f"stage: {'z' * 19_000}"), "utf-8")
    with pytest.raises(FaultsError) as caught:
        load(mine.project)
    assert all(len(fault.message) < 1_000 for fault in caught.value.faults)


# -- translators' files ------------------------------------------------------------------------------------------------


def table(path: Path, target: str, state: str = "translated") -> Path:
    heads = ["key", "source (en)", "target (cy)", "state"]
    cells = [KEY, "Fundraising", target, state]
    if path.suffix == ".csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([heads, cells])
        path.write_text(out.getvalue(), "utf-8", newline="")
    elif path.suffix == ".xlsx":
        path.write_bytes(xlsx(row(1, *heads) + row(2, *cells)))
    elif path.suffix == ".po":
        path.write_text(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "{KEY}"\n'
            f'msgid "Fundraising"\nmsgstr "{target}"\n',
            "utf-8",
            newline="",
        )
    else:
        path.write_text(
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" '
            f'target-language="cy" original="a" datatype="plaintext"><body><trans-unit id="{KEY}"><source>Fundraising'
            f'</source><target state="{state}">{target}</target></trans-unit></body></file></xliff>',
            "utf-8",
            newline="",
        )
    return path


def refused(copy: Copy, path: Path) -> str:
    """What is said of an import that changes nothing."""
    before = contents_of(copy.root / "content")
    done = typed("translate", "import", path, "--project", copy.root)
    assert done.status == 1, done.err
    assert contents_of(copy.root / "content") == before
    load(copy.project)
    return done.err


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x7f", "\x85", "\ufeff", "\ufdd0"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".po", ".xlf"])
def test_an_import_of_what_no_text_may_hold_is_refused(mine: Copy, ending: str, character: str) -> None:
    said = refused(mine, table(mine.root / f"a{ending}", f"Codi{character}arian"))
    assert f"the character U+{ord(character):04X} is not allowed" in said


def test_an_import_of_a_text_too_long_is_refused(mine: Copy) -> None:
    assert "has 20,001 characters" in refused(mine, table(mine.root / "a.xlf", "a" * 20_001))


def test_an_import_is_read_back_before_anything_is_replaced(mine: Copy) -> None:
    """The file would be too large to be read afterwards."""
    path = mine.root / "content/actions/FM5.yaml"
    mine.append("content/actions/FM5.yaml", "#" * (999_990 - path.stat().st_size) + "\n")
    said = refused(mine, table(mine.root / "a.csv", "Codi arian mewn ffyrdd newydd"))
    assert "content/actions/FM5.yaml:1:1: error: has more than 1,000,000 bytes" in said


def test_an_import_into_content_with_faults_of_its_own_goes_on(mine: Copy) -> None:
    mine.append("content/actions/SP1.yaml", "nonsense: x\n")
    path = table(mine.root / "a.csv", "Codi mwy o arian")
    assert typed("translate", "import", path, "--project", mine.root).status == 0
    assert "Codi mwy o arian" in (mine.root / "content/actions/FM5.yaml").read_text("utf-8")


def test_line_ends_of_windows_are_no_change(mine: Copy) -> None:
    path = table(mine.root / "a.csv", "Codi arian\r\n")
    done = typed("translate", "import", path, "--project", mine.root)
    assert (done.status, "1 string changed" in done.err) == (0, True), done.err
    assert load(mine.project).action("FM5").title["cy"] == "Codi arian"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".po", ".xlf"])
def test_an_import_from_a_pipe_is_not_waited_for(mine: Copy, ending: str) -> None:
    os.mkfifo(mine.root / f"a{ending}")
    assert "is not a plain file" in refused(mine, mine.root / f"a{ending}")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "a.xlf",
            b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "&a;&a;">]><xliff version="1.2">&b;</xliff>',
        ),
        ("a.xlf", b"<a>" * 200_000),
        ("a.xlf", b"<xliff version='1.2'>" + b"<g>" * 5000),
        ("a.xlf", b'<xliff version="1.2"><file><body><trans-unit/></body></file></xliff>'),
        ("a.po", b'msgid "a"\nmsgstr ' + b'"' * 100_000),
        ("a.po", b'msgctxt "a"\nmsgid "' + b"\\" * 99_999),
        ("a.po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=nonsense\\n"\n\nmsgid "a"\nmsgstr "b"\n'),
        ("a.csv", b'key,source,target\n"' * 1000),
    ],
)
def test_what_readers_throw_is_a_fault_of_that_file(mine: Copy, name: str, data: bytes) -> None:
    (mine.root / name).write_bytes(data)
    assert refused(mine, mine.root / name).startswith(f"{name}: error: ")


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the shipped content makes with a store of its own."""
    return handouts(tmp_path_factory.mktemp("glân"), tmp_path_factory.mktemp("storfa"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("storfa")


def handouts(output: Path, store: Path, *words: str | Path) -> dict[str, bytes]:
    typed("handouts", "--action", "SP1", "--language", "cy", "--output", output, "--cache", store, *words)
    return contents_of(output)


@pytest.mark.parametrize(
    "text",
    [
        one
        for one in corpus("texts.yaml")
        if one.id in ("html", "the ends of attributes", "braces of a layout", "directions")
    ],
)
def test_a_build_after_a_hostile_one_is_as_it_always_was(
    tmp_path: Path, clean: dict[str, bytes], store: Path, text: str
) -> None:
    copy = Copy(tmp_path)
    path = copy.root / "content/actions/SP1.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["purpose"] = {language: text[:400].strip() for language in ("cy", "en")}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    handouts(tmp_path / "drwg", store, "--project", copy.root)
    assert len(clean) == 2
    assert handouts(tmp_path / "da", store) == clean
