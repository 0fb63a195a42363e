"""What `check` doubts: twenty faults planted in the shipped content are the twenty that it reports, at their lines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.making import Copy
from tests.typed import typed
from toolkit_builder.proofreading import glossary
from toolkit_builder.proofreading.glossary import Term

PLANTED = [
    (each["file"], each["before"], each["after"], each["said"])
    for each in yaml.safe_load((Path(__file__).parent / "planted_doubts.yaml").read_text("utf-8"))
]


def plant(copy: Copy, name: str, before: str, after: str) -> tuple[str, int]:
    """Plant a fault; the file, and the line that it begins in."""
    path = copy.root / "content" / name
    text = path.read_text("utf-8")
    assert before in text, before
    at = text.index(before)
    path.write_text(text.replace(before, after, 1), "utf-8")
    return f"content/{name}", text.count("\n", 0, at) + 1


def checked(copy: Copy, *words: str) -> list[dict[str, Any]]:
    done = typed("check", "--format", "json", "--project", copy.root, *words)
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_the_shipped_content_leaves_no_doubt(tmp_path: Path) -> None:
    done = typed("check", "--strict")
    assert (done.status, done.out) == (0, "")


def test_twenty_planted_faults_are_the_twenty_reported(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    (copy.root / "content/review.lock").unlink()  # else drafts of an English that is changed are told as well
    expected = []
    for name, before, after, message in PLANTED:
        file, _ = plant(copy, name, before, after)
        expected.append((file, message))
    found = checked(copy)
    assert len(expected) == 20
    for fault in found:
        assert fault["severity"] == "warning"
        match = next((one for one in expected if one[0] == fault["file"] and one[1] in fault["message"]), None)
        assert match, fault
        expected.remove(match)
    assert expected == []
    assert typed("check", "--project", copy.root).status == 0
    assert typed("check", "--strict", "--project", copy.root).status == 1


@pytest.mark.parametrize(
    "fault", [fault for fault in PLANTED if "Nid yw’r rhestr" not in fault[1]], ids=lambda one: one[2]
)
def test_each_is_told_at_its_line(tmp_path: Path, fault: tuple[str, str, str, str]) -> None:
    name, before, after, message = fault
    copy = Copy(tmp_path, "content")
    file, line = plant(copy, name, before, after)
    [found] = [fault for fault in checked(copy) if fault["file"] == file and message in fault["message"]]
    block = 6 if name == "framework.yaml" and after.startswith(("a'r", " ")) else 0  # told where the block begins
    # What concerns a pair is told at the translation, which stands before the original.
    assert line - 1 - block <= found["line"] <= line + after.count("\n")


def test_short_labels_may_differ_in_length(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    plant(copy, "labels.yaml", "cy: pob un, en: all", "cy: pob un ohonynt yn eu tro, en: all")
    assert checked(copy) == []


def test_links_may_lead_to_the_page_in_each_language(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    plant(copy, "actions/SP4.yaml", "en: Webinars", "en: '[Webinars](https://www.example.org/en)'")
    plant(copy, "actions/SP4.yaml", "cy: Gweminarau", "cy: '[Gweminarau](https://www.example.org/cy)'")
    assert checked(copy) == []


# -- the glossary ------------------------------------------------------------------------------------------------------

SERVICE = Term("public service", ("gwasanaeth cyhoeddus", "gwasanaethau cyhoeddus"))


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Public services help.", "Mae gwasanaethau cyhoeddus yn helpu."),
        ("a public service", "wasanaeth cyhoeddus"),
        ("for public services", "ar gyfer eu gwasanaethau cyhoeddus"),
        ("a republic services", "dim byd"),
        ("public servicemen", "dim byd"),
    ],
)
def test_a_term_is_used_or_not_asked_for(english: str, welsh: str) -> None:
    assert list(glossary.doubts([SERVICE], english, welsh)) == []


def test_a_term_that_is_not_used() -> None:
    [doubt] = glossary.doubts([SERVICE], "Public services help.", "Mae’r cyngor yn helpu.")
    assert doubt.startswith("“public service” is agreed to be “gwasanaeth cyhoeddus”")


def test_a_longer_term_hides_the_shorter_one_in_it() -> None:
    terms = [Term("systems thinking", ("meddwl systemau",)), Term("thinking", ("ystyried",))]
    assert list(glossary.doubts(terms, "Systems thinking", "Feddwl systemau")) == []


def test_any_ending() -> None:
    term = Term("collaboration", ("cydweithio", "cydweithred*"))
    assert list(glossary.doubts([term], "collaboration", "drwy gydweithrediad")) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("saesneg,cymraeg\n", 1, "the first line has to be: en,cy,also,source"),
        ("en,cy,also,source\ntrust,,,\n", 2, "needs an en and a cy"),
        ("en,cy,also,source\ntrust,ymddiriedaeth,,\nTrust,ffydd,,\n", 3, "is in line 2 already"),
        ("en,cy,also,source\ntrust,a,b,c,d\n", 2, "a column too many"),
    ],
)
def test_a_glossary_that_is_wrong(tmp_path: Path, text: str, line: int, said: str) -> None:
    copy = Copy(tmp_path, "content")
    copy.write("content/glossary.csv", text)
    [found] = [fault for fault in checked(copy) if fault["severity"] == "error"]
    assert (found["file"], found["line"]) == ("content/glossary.csv", line)
    assert said in found["message"]
    assert typed("check", "--project", copy.root).status == 1


# -- spelling ----------------------------------------------------------------------------------------------------------

needs_dictionary = pytest.mark.skipif(shutil.which("aspell") is None, reason="aspell is not installed")


@needs_dictionary
def test_spelling(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    assert checked(copy, "--spelling") == []
    file, line = plant(copy, "actions/SP1.yaml", "cy: Casglu gwybodaeth", "cy: Casglu gwyboddaeth")
    plant(copy, "words.cy.txt", "adolygu\n", "adolygu\naberfa\n")
    found = checked(copy, "--spelling")
    words = "content/words.cy.txt"
    assert [(one["file"], one["line"]) for one in found] == [(file, line), (words, 1), (words, 6)]
    assert "“gwyboddaeth” is not in the Welsh dictionary; did you mean “gwybodaeth”" in found[0]["message"]
    assert "no Welsh text has “aberfa”" in found[2]["message"]


def test_spelling_without_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    done = typed("check", "--spelling")
    assert done.status == 3
    assert "apt-get install aspell aspell-cy" in done.err


def test_an_original_that_was_changed_alone_is_told_for_drafts_too(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    path = copy.root / "content/actions/FM5.yaml"
    before = path.read_text("utf-8")
    data = yaml.safe_load(before)
    path.write_text(before.replace(data["title"]["en"], "Raising funds", 1), "utf-8")
    [found] = checked(copy)
    assert (found["file"], found["where"], found["severity"]) == ("content/actions/FM5.yaml", "title.cy", "warning")
    assert found["message"].startswith("the English was changed since the Cymraeg was written")
    path.write_text(path.read_text("utf-8").replace(data["title"]["cy"], "Casglu arian", 1), "utf-8")
    assert checked(copy) == []
