"""Commands that make nothing: help, list, check, doctor, new. What was asked for is on standard output."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.making import Copy
from tests.typed import ROOT, run, typed

COMMANDS = ("build", "cards", "handouts", "summary", "toolkit", "workshop", "list", "check", "doctor", "new")


def listed(*words: str) -> list[str]:
    """The codes that `list` gives for these options."""
    done = typed("list", "--format", "json", *words)
    assert done.status == 0, done.err
    return [action["code"] for action in json.loads(done.out)]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_every_command_has_help(command: str, asked: str) -> None:
    done = typed(command, asked)
    assert done.status == 0
    assert done.out.startswith("Usage: ")


def test_help_names_every_command() -> None:
    done = typed("--help")
    assert done.status == 0
    assert all(f"\n  {command} " in done.out for command in COMMANDS)


@pytest.mark.parametrize("words", [("--help",), ("list",), ("list", "--format", "json"), ("check",)])
def test_answers_without_the_engine(words: tuple[str, ...]) -> None:
    # Outlines of logos are read with fontTools' own reader of paths.
    heavy = ("weasyprint", "pikepdf", "babel", "jinja2", *(("fontTools",) if words != ("check",) else ()))
    code = (
        "import sys, toolkit_builder.cli as c\n"
        f"sys.argv = ['toolkit-builder', *{words!r}]\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        f"print([module for module in {heavy!r} if module in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_list_as_a_table_a_line_an_action() -> None:
    done = typed("list")
    lines = done.out.splitlines()
    assert lines[0].split()[:2] == ["code", "category"]
    assert len(lines) == 22
    assert lines[1].startswith("SP1 ")
    assert lines[-1].startswith("FM7 ")


def as_csv(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file that Excel knows for UTF-8, by its mark."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_list_as_csv() -> None:
    rows = as_csv(typed("list", "--format", "csv", "--action", "FM1").out)
    assert [row["code"] for row in rows] == ["FM1"]
    assert rows[0]["title.en"] == "Grant funding"
    assert rows[0]["title.cy"] not in ("", "Grant funding")


def test_list_as_json_has_every_text_in_both_languages_and_every_basis() -> None:
    (action,) = json.loads(typed("list", "--format", "json", "--action", "SP4").out)
    assert action["category"] == "shared-purpose"
    assert set(action["title"]) == {"cy", "en"}
    assert all(set(example) == {"cy", "en"} for example in action["examples"])
    assert action["who"][0]["people"] == "2-200"
    assert action["stage"] == {"values": ["early", "mid", "mature"], "any": True, "basis": "source"}
    assert action["time"]["basis"] == "provisional"
    assert set(action["time"]["reason"]) == {"cy", "en"}


def test_values_of_one_option_are_alternatives_and_options_all_hold() -> None:
    early, mid = set(listed("--stage", "early")), set(listed("--stage", "mid"))
    assert early - mid
    assert mid - early
    assert set(listed("--stage", "early", "--stage", "mid")) == early | mid
    assert set(listed("--stage", "early", "--category", "finance")) == {code for code in early if code < "GA"}


def test_where_is_the_long_form_of_stage() -> None:
    assert listed("--where", "stage=early") == listed("--stage", "early")
    assert listed("--where", "resource=low", "--time", "short") == listed("--resource", "low", "--where", "time=short")


def test_a_sector_finds_actions_for_all_sectors_too() -> None:
    named = set(listed("--sector", "third-sector"))
    assert {"GA1", "SP5"} <= named
    assert set(listed("--sector", "cross-sector")) < named | {"x"}
    assert "FM3" not in named


def test_actions_by_code_in_any_case_and_exclusion() -> None:
    assert listed("--action", "fm5", "--action", "SP1") == ["SP1", "FM5"]
    assert "GA2" not in listed("--exclude", "GA2")
    assert len(listed("--exclude", "GA2")) == 20


def test_what_is_not_stated_is_left_out_and_said() -> None:
    done = typed("list", "--stage", "early", "--source-only", "--format", "csv")
    codes = [row["code"] for row in as_csv(done.out)]
    assert codes == ["SP4", "SP5", "SP6", "GA5", "FM7"]
    assert "16 left out" in done.err
    assert "SP1" in done.err


def test_what_is_not_stated_can_be_taken_in_or_alone() -> None:
    assert len(listed("--stage", "early", "--source-only", "--unstated", "include")) == 21
    alone = listed("--stage", "early", "--source-only", "--unstated", "only")
    assert len(alone) == 16
    assert "SP4" not in alone


def test_source_only_shows_nothing_provisional() -> None:
    actions = json.loads(typed("list", "--source-only", "--format", "json").out)
    assert {action[scale]["basis"] for action in actions for scale in ("stage", "resource", "time")} == {
        "source",
        "unstated",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--stage", "erly"), "Did you mean “early”? Allowed: early, mid, mature."),
        (("list", "--category", "money"), "Allowed: shared-purpose, governance, finance."),
        (("list", "--sector", "citizen"), "Did you mean “citizens”?"),
        (("list", "--action", "SP8"), "no value “SP8”"),
        (("list", "--exclude", "XX1"), "no value “XX1”"),
        (("list", "--where", "stage"), "does not have the form SCALE=VALUE"),
        (("list", "--where", "cost=low"), "It has: stage, resource, time."),
        (("list", "--where", "time=brief"), "Allowed: short, medium, long."),
        (("list", "--unstated", "maybe"), "'include', 'exclude', 'only'"),
        (("list", "--format", "xml"), "'table', 'json', 'csv'"),
        (("summary", "--language", "fr"), "Allowed: cy, en, both."),
        (("list", "--colour"), "No such option"),
        (("cards", "--early"), "No such option --early; type --stage early"),
        (("list", "--Aeddfed"), "type --stage mature"),
        (("cards", "--cymraeg"), "type --language cy"),
        (("cards", "--welsh"), "type --language cy"),
        (("list", "--SP4"), "type --action SP4"),
        (("cardz",), "No such command"),
        (("list", "--project", "/nowhere"), "toolkit-builder new /nowhere"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_that_says_what_does(words: tuple[str, ...], said: str) -> None:
    done = typed(*words)
    assert done.status == 2
    assert said in done.err
    assert done.out == ""


def test_a_selection_that_leaves_nothing_names_its_filters() -> None:
    done = typed("list", "--action", "SP1", "--exclude", "SP1", "--category", "shared-purpose")
    assert done.status == 1
    assert "--category shared-purpose --action SP1 --exclude SP1" in done.err


def test_check_finds_nothing_in_the_shipped_content() -> None:
    done = typed("check", "--strict")
    assert (done.status, done.out) == (0, "")
    assert "21 actions" in done.err


def test_check_lists_faults_on_standard_output(mine: Copy) -> None:
    mine.append("content/actions/SP1.yaml", "colour: red\n")
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    assert "content/actions/SP1.yaml:" in done.out
    assert ": error: colour: unknown key" in done.out
    (fault,) = json.loads(typed("check", "--project", mine.root, "--format", "json").out)
    assert fault["file"] == "content/actions/SP1.yaml"
    assert (fault["severity"], fault["where"]) == ("error", "colour")


def test_new_makes_a_project_that_passes_its_checks(tmp_path: Path) -> None:
    done = typed("new", "fy mhecyn ŵŷ", folder=tmp_path)
    assert done.status == 0
    assert typed("check", "--project", tmp_path / "fy mhecyn ŵŷ").status == 0
    schema = (tmp_path / "fy mhecyn ŵŷ" / "content" / "actions" / "SP1.yaml").read_text("utf-8").splitlines()[0]
    assert (tmp_path / "fy mhecyn ŵŷ" / "content" / "actions" / schema.split("$schema=")[1]).is_file()


def test_new_leaves_a_folder_alone_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", "utf-8")
    done = typed("new", tmp_path / "mine")
    assert done.status == 2
    assert "not empty" in done.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stage", "erly"), "--stage: no value “erly”. Did you mean “early”?"),
        (("--where", "stage=erly"), "--where stage: no value “erly”."),
        (("--stage", "early, mid"), "“early, mid” is more than one value; type --stage early --stage mid\n"),
        (("--where", "stage=early;mid"), "is more than one value; type --where stage=early --where stage=mid\n"),
        (("--action", "SP1,XX9"), "--action: “SP1,XX9” is more than one value; type --action SP1 --action XX9"),
        (("--action", "XX8,XX9"), "--action: no value “XX8,XX9”."),
        (("--where", "mood=good"), "--where mood: this framework has no scale “mood” to select by. It has: stage,"),
        (("--stage", "early", "--exclude", "SP1", "--action", "SP1"), "--stage early --action SP1 --exclude SP1"),
        (("--where", "stage=early", "--exclude", "SP1", "--action", "SP1"), "--where stage=early --action SP1"),
    ],
)
def test_what_was_typed_is_said_as_it_was_typed(words: tuple[str, ...], said: str) -> None:
    done = typed("list", *words)
    assert done.status in (1, 2)
    assert said in done.err


def test_a_current_folder_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    command = f"rmdir '{folder}' && {sys.executable} -m toolkit_builder list"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, cwd=folder, env=environment, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("Error: the current folder cannot be read (No such file or directory)")
    assert "Errno" not in done.stderr


def test_new_writes_over_files_only_if_it_is_told_to(tmp_path: Path) -> None:
    folder = tmp_path / "a b" / "fy mhecyn ŵŷ"
    assert typed("new", folder).status == 0
    action, letter = folder / "content" / "actions" / "SP1.yaml", folder / "content" / "llythyr.txt"
    before = action.read_bytes()
    action.write_bytes(b"code: SP1\n")
    letter.write_bytes(b"cadwch fi")
    assert typed("new", folder).status == 2
    assert action.read_bytes() == b"code: SP1\n"
    assert typed("new", folder, "--force").status == 0
    assert (action.read_bytes(), letter.read_bytes()) == (before, b"cadwch fi")
    assert not list(folder.glob(".making-*"))


def test_new_says_what_is_in_its_way(tmp_path: Path) -> None:
    (tmp_path / "fy-mhecyn" / "README.md").mkdir(parents=True)
    done = typed("new", tmp_path / "fy-mhecyn", "--force")
    assert done.status == 3
    assert "README.md is in the way; move it" in done.err
    assert [path.name for path in (tmp_path / "fy-mhecyn").iterdir()] == ["README.md"]
    (tmp_path / "ffeil").write_bytes(b"")
    done = typed("new", tmp_path / "ffeil" / "fy-mhecyn")
    assert done.status == 3
    assert "Errno" not in done.err


def test_the_readme_of_a_new_project_leads_somewhere_and_its_commands_work(tmp_path: Path) -> None:
    folder = tmp_path / "fy mhecyn"
    assert typed("new", folder).status == 0
    readme = (folder / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#:]+)[^)]*\)", readme)
    places = re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE)
    assert len(targets) > 4
    assert len(places) > 6
    for target in [*targets, *places]:
        assert (folder / target).exists() or target == "output/", target
    commands = re.findall(r"^ {4}(toolkit-builder .*?)(?: {2,}#.*)?$", readme, re.MULTILINE)
    assert len(commands) == 5
    quick = [command for command in commands if "check" in command or "list" in command]
    assert [typed(*shlex.split(command)[1:], folder=folder).status for command in quick] == [0, 0]
    for command in commands:
        assert typed(*shlex.split(command)[1:2], "--help", folder=folder).status == 0


def test_doctor_says_what_is_there_and_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed("doctor").status == 0
    monkeypatch.setattr("toolkit_builder.doctor.can_load", lambda library: "subset" not in library)
    done = typed("doctor")
    assert done.status == 3
    assert "libharfbuzz-subset" in done.out
    assert "install" in done.out


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = run("--version", folder=tmp_path)
    assert done.status == 0
    assert done.out.startswith("toolkit-builder, version ")


def test_a_pipe_that_closes_early_is_no_error() -> None:
    command = f"{sys.executable} -m toolkit_builder list --format json | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False)
    assert done.stdout == "["
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["layouts/cards/face.html", "styles/summary.css"])
def test_layouts_and_styles_in_another_encoding_are_told_before_anything_is_made(mine: Copy, name: str) -> None:
    path = mine.root / name
    path.write_bytes(path.read_bytes() + "\n/* tŷ a chôr */".encode("cp1252", "replace"))
    done = typed("check", "--project", mine.root)
    assert done.status == 1
    line = path.read_bytes().count(b"\n") + 1
    assert f"{name}:{line}:11: error: is not encoded as UTF-8 here; save the file as UTF-8" in done.out.splitlines()


def test_check_ends_with_a_sum_and_says_whether_it_has_seen_all(tmp_path: Path) -> None:
    copy = Copy(tmp_path, "content")
    copy.retell("FM5", "title", "Codi  arian", "Fundraising")
    done = typed("check", "--project", copy.root)
    assert (done.status, done.err) == (0, "21 actions: 0 errors, 1 warning.\n")
    copy.write("content/provisional.yaml", "FM5: [")
    done = typed("check", "--project", copy.root)
    assert (done.status, done.out.count("\n")) == (1, 1)
    assert done.err == "1 error, 0 warnings. Other checks wait until these are mended: check again.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("card",), "No such command “card”. Did you mean “cards”?"),
        (("xyzzy",), "No such command “xyzzy”. There are: add, "),
        (("summary", "--language", "cy", "--language", "en"), "--language is given 2 times; it takes one value."),
        (("translate", "export", "--format", "po", "--format=csv"), "--format is given 2 times"),
        (("list", "--stage", "Cynnar"), "--stage: “Cynnar” is the label of early; type --stage early"),
        (("list", "--where", "stage=cynnar"), "is the label of early; type --where stage=early"),
    ],
)
def test_what_was_meant_is_said(words: tuple[str, ...], said: str) -> None:
    done = typed(*words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def _standing(*folders: Path) -> dict[Path, bytes | None]:
    """All files and folders below some folders, with what is in them."""
    return {
        path: path.read_bytes() if path.is_file() else None for folder in folders for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("is_right", [True, False])
def test_what_only_tells_writes_nothing(
    mine: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_right: bool
) -> None:
    """Neither into the project nor elsewhere: it may be read-only, on a share, or someone else's."""
    home = tmp_path / "cartref"
    home.mkdir()
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    if not is_right:
        (mine.root / "content" / "actions" / "SP1.yaml").write_text("code: [", "utf-8")
    before = _standing(mine.root, home)
    project = "--project", str(mine.root)
    for command in (("check", *project), ("list", *project), ("translate", "status", *project), ("doctor",)):
        run(*command, folder=home)
        assert _standing(mine.root, home) == before, command
