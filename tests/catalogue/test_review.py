"""Which translations were accepted, what makes them stale, and what documents then say."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import reading
from tests.making import Copy
from tests.typed import typed
from toolkit_builder.catalogue.loading import load
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.review import load_review
from toolkit_builder.project import shipped

LOCK = "content/review.lock"
FM5 = ("--action", "FM5")


@pytest.fixture
def mine(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def accept(copy: Copy, *words: str) -> None:
    done = typed("translate", "accept", "--by", "Adolygydd Tŷ Gŵyr", "--project", copy.root, *words)
    assert done.status == 0, done.err


def state(copy: Copy, key: str) -> str:
    return load(copy.project).review[key]


TITLE = "content/actions/FM5.yaml#title.cy"


def test_everything_that_is_shipped_is_a_draft() -> None:
    rows = json.loads(typed("translate", "status", "--format", "json").out)
    assert sum(row["draft"] for row in rows) > 300
    assert sum(row[state] for row in rows for state in ("stale", "translated", "reviewed")) == 0


def test_the_status_tells_what_is_missing_though_nothing_can_be_built(mine: Copy) -> None:
    path = mine.root / "content/actions/FM5.yaml"
    path.write_text(path.read_text("utf-8").replace("  cy: Codi arian\n", ""), "utf-8")
    table = typed("translate", "status", "--project", mine.root)
    assert table.status == 0
    head, *rows = (line.split() for line in table.out.splitlines())
    assert head == ["file", "language", "missing", "draft", "stale", "translated", "reviewed"]
    [row] = [row for row in rows if row[0].endswith("FM5.yaml")]
    assert row[1:4] == ["cy", "1", "6"]
    assert rows[-1][:3] == ["all", "cy", "1"]
    assert sum(int(row[3]) for row in rows[:-1]) == int(rows[-1][3]) > 300


def test_accepting_and_what_undoes_it(mine: Copy) -> None:
    assert state(mine, TITLE) == "draft"
    accept(mine, *FM5, "--state", "translated")
    assert state(mine, TITLE) == "translated"
    accept(mine, *FM5)
    assert state(mine, TITLE) == "reviewed"
    assert state(mine, "content/actions/FM6.yaml#title.cy") == "draft"
    before = (mine.root / "content/actions/FM5.yaml").read_text("utf-8")
    mine.write("content/actions/FM5.yaml", before.replace("en: Fundraising", "en: Raising money"))
    assert state(mine, TITLE) == "stale"
    mine.write("content/actions/FM5.yaml", before.replace("cy: Codi arian", "cy: Codi’r arian"))
    assert state(mine, TITLE) == "draft", "these words nobody has accepted"
    mine.write("content/actions/FM5.yaml", before)
    assert state(mine, TITLE) == "reviewed"


def lines_of(copy: Copy) -> list[str]:
    return [line for line in (copy.root / LOCK).read_text("utf-8").splitlines() if line]


def test_a_line_a_string_sorted_so_that_changes_merge(mine: Copy) -> None:
    before = lines_of(mine)
    accept(mine, *FM5)
    after = lines_of(mine)
    assert before == sorted(before)
    assert after == sorted(after)
    changed = [one for one, other in zip(after, before, strict=True) if one != other]
    assert changed
    assert all("actions/FM5.yaml#" in line and line.endswith("Adolygydd Tŷ Gŵyr") for line in changed)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_what_two_people_accept_merges(mine: Copy, tmp_path: Path) -> None:
    """Strings that stand next to each other, and files."""
    names = ("one", "base", "other")
    base = (mine.root / LOCK).read_text("utf-8")
    (tmp_path / "base").write_text(base, "utf-8")
    for name, codes in (("one", ("FM5", "FM7")), ("other", ("FM6", "GA1"))):
        mine.write(LOCK, base)
        accept(mine, *(word for code in codes for word in ("--action", code)))
        shutil.copy(mine.root / LOCK, tmp_path / name)
    done = subprocess.run(["git", "merge-file", *names], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    shutil.copy(tmp_path / "one", mine.root / LOCK)
    review = load(mine.project).review
    accepted = {key.partition("#")[0] for key, state in review.items() if state == "reviewed"}
    assert accepted == {f"content/actions/{code}.yaml" for code in ("FM5", "FM6", "FM7", "GA1")}


def test_check_warns_of_what_is_stale_and_only_of_that(mine: Copy) -> None:
    accept(mine, *FM5)
    path = mine.root / "content/actions/FM5.yaml"
    path.write_text(path.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    done = typed("check", "--project", mine.root)
    assert done.status == 0
    said = "content/actions/FM5.yaml:5:7: warning: title.cy: the original was changed after this was accepted"
    assert done.out.startswith(said)
    assert done.out.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<<<<<<< HEAD", "two changes that were not merged"),
        ("content/x.yaml#a cy perhaps 1 2 - -", "not a line of a review lock"),
        ("content/actions/FM5.yaml#title cy draft 000000000000 000000000000 - -", "the string stands here twice"),
    ],
)
def test_a_lock_that_is_damaged(mine: Copy, line: str, said: str) -> None:
    mine.append(LOCK, f"{line}\n")
    number = (mine.root / LOCK).read_text("utf-8").count("\n")
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    assert f"{LOCK}:{number}:1: error:" in done.out
    assert said in done.out


def test_marks_and_colophon_follow_the_state(mine: Copy) -> None:
    labels = load(mine.project).labels
    partly, stale = (reading.plain(labels["colophon"][name]["cy"]) for name in ("partly", "stale"))
    draft = reading.plain(labels["handout"]["draft"]["cy"])

    def handout() -> str:
        [page] = reading.pages(mine.make("handouts", actions=("FM5",)))
        return page

    assert "drafft" in handout()
    assert draft in handout()
    accept(mine)
    page = handout()
    assert not any(words in page for words in ("drafft", draft, partly, stale))
    path = mine.root / "content/actions/FM5.yaml"
    path.write_text(path.read_text("utf-8").replace("en: Fundraising", "en: Raising money"), "utf-8")
    page = handout()
    assert "drafft" in page
    assert partly in page
    assert stale in page
    assert "drafft" not in "".join(reading.pages(mine.make("handouts", actions=("FM6",)))), "another page"


def test_reviewed_only_refuses_what_is_not(mine: Copy) -> None:
    words = ("summary", *FM5, "--project", mine.root, "--reviewed-only")
    refused = typed(*words)
    assert refused.status == 1
    assert (
        "content/actions/FM5.yaml:5:7: error: title.cy: is draft, and only reviewed texts are asked for" in refused.err
    )
    assert "FM6" not in refused.err
    assert not mine.output.exists() or not list(mine.output.glob("*.pdf"))
    accept(mine)
    assert typed(*words).status == 0
    assert typed("summary", *FM5, "--project", mine.root, "--language", "en", "--reviewed-only").status == 0


def test_what_cannot_be_accepted(mine: Copy) -> None:
    for words, said in ((("--action", "XX9"), "no action “XX9”"), (("--file", "x.yaml"), "no texts in"),
                        (("--language", "en"), "is not translated into. Allowed: cy")):  # fmt: skip
        done = typed("translate", "accept", "--project", mine.root, *words)
        assert done.status == 2
        assert said in done.err


def test_the_shipped_lock_has_a_line_for_every_string(shipped_catalogue: Catalogue) -> None:
    lines = [line for line in (shipped() / LOCK).read_text("utf-8").splitlines() if line]
    keys = {line.rpartition(" draft ")[0].replace(" ", ".") for line in lines}
    assert keys == set(shipped_catalogue.review)


@pytest.mark.parametrize("name", ["A\x1b[31m", "A\u2028B", "ŵ" * 201, "A\0"])
def test_a_name_that_a_lock_could_not_hold_is_refused_before_anything_is_written(mine: Copy, name: str) -> None:
    before = (mine.root / LOCK).read_bytes()
    done = typed("translate", "accept", *FM5, "--by", name, "--project", mine.root)
    assert done.status == 2
    assert done.err.startswith("Error: --by: ")
    assert (mine.root / LOCK).read_bytes() == before


def test_a_name_is_written_on_one_line(mine: Copy) -> None:
    done = typed("translate", "accept", *FM5, "--by", " Siân \t Tŷ\nGŵyr ", "--project", mine.root)
    assert done.status == 0, done.err
    assert all(line.endswith(" Siân Tŷ Gŵyr") for line in lines_of(mine) if "/FM5.yaml#" in line)
    load(mine.project)


@pytest.mark.parametrize("line", ["a" + "#" * 200_000, "#a b" + " c" * 200_000, "a#b " * 100_000, "x#y cy draft"])
def test_a_line_that_is_none_is_told_at_once(mine: Copy, line: str) -> None:
    mine.append(LOCK, "\n" + line + "\n")
    assert [fault.where for fault in load_review(mine.project).faults] == ([] if line.startswith("#") else [""])
