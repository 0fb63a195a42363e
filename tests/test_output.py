"""The output folder: files appear there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.making import contents_of
from tests.typed import ROOT, typed
from toolkit_builder import build
from toolkit_builder.errors import MachineError
from toolkit_builder.output import FileFacts, Output, Stage, stage
from toolkit_builder.press.press import BoundDocument
from toolkit_builder.target import Form, Target

FACTS = FileFacts("cards", ("cy",), "back-to-back", None, ("SP1",))


def write(output: Path, *names: str, text: str = "newydd") -> None:
    with stage(output) as files:
        for name in names:
            files.path(name).write_text(text, "utf-8")
            files.add(name, FACTS, 1)
        files.publish()


def break_off(output: Path, error: BaseException) -> None:
    with stage(output) as files:
        files.path("b.pdf").write_text("hanner", "utf-8")
        raise error


def listed(output: Path) -> list[str]:
    return [entry["path"] for entry in json.loads((output / "manifest.json").read_text("utf-8"))["files"]]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with yesterday's files."""
    folder = tmp_path / "allbwn ŵŷ"
    write(folder, "b.pdf", "c.pdf", text="hen")
    return folder


def test_the_manifest_is_sorted_and_merged(output: Path) -> None:
    write(output, "c.pdf", "a.pdf")
    assert listed(output) == ["a.pdf", "b.pdf", "c.pdf"]
    assert {path: (output / path).read_text("utf-8") for path in listed(output)} == {
        "a.pdf": "newydd",
        "b.pdf": "hen",
        "c.pdf": "newydd",
    }


def test_the_manifest_forgets_files_that_are_gone(output: Path) -> None:
    (output / "b.pdf").unlink()
    write(output, "a.pdf")
    assert listed(output) == ["a.pdf", "c.pdf"]


def test_a_set_of_pictures_loses_what_is_no_more_of_it(output: Path) -> None:
    """Only what was listed, and is as it was made: what somebody put there or drew on stays."""
    write(output, "c.pictures/a.png", "c.pictures/b.png", "c.pictures/d.png", "d.pictures/b.png")
    (output / "c.pictures" / "d.png").write_text("wedi’i newid", "utf-8")
    (output / "c.pictures" / "e.png").write_text("fy llun i", "utf-8")
    with stage(output) as files:
        files.path("c.pictures/a.png").write_text("newydd", "utf-8")
        files.add("c.pictures/a.png", FACTS, 1)
        files.replace_set("c.pictures")
        files.publish()
    assert {path.name for path in (output / "c.pictures").iterdir()} == {"a.png", "d.png", "e.png"}
    assert listed(output)[2:] == ["c.pictures/a.png", "c.pictures/d.png", "d.pictures/b.png"]


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"files": [1, null]}', '{"files": 3}', "\x00", '{"files": [{}]}'])
def test_a_damaged_manifest_is_made_anew(output: Path, damaged: str) -> None:
    (output / "manifest.json").write_text(damaged, "utf-8")
    write(output, "a.pdf")
    assert listed(output) == ["a.pdf"]


def test_nothing_appears_before_all_of_it_is_done(output: Path) -> None:
    before = contents_of(output)
    with stage(output) as files:
        files.path("a.pdf").write_text("newydd", "utf-8")
        files.add("a.pdf", FACTS, 1)
        assert not (output / "a.pdf").exists()
    assert contents_of(output) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x")])
def test_nothing_is_left_of_what_was_broken_off(output: Path, error: BaseException) -> None:
    before = contents_of(output)
    with pytest.raises(type(error)):
        break_off(output, error)
    assert contents_of(output) == before


@pytest.mark.parametrize("in_the_way", ["a.pdf", "c.pdf", "manifest.json"])
def test_a_folder_in_the_place_of_a_file(output: Path, in_the_way: str) -> None:
    (output / in_the_way).unlink(missing_ok=True)
    (output / in_the_way).mkdir()
    before = contents_of(output)
    with pytest.raises(MachineError, match="in the way"):
        write(output, "a.pdf", "b.pdf", "c.pdf")
    assert contents_of(output) == before


def test_a_full_disk_is_told_as_one(output: Path) -> None:
    before = contents_of(output)
    with pytest.raises(MachineError, match=r"cannot write to .*allbwn ŵŷ \(No space left"), stage(output):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert contents_of(output) == before


def test_a_file_that_cannot_be_read_is_not_called_a_full_disk(output: Path) -> None:
    layout = "/rhywle/layouts/cards/face.html"
    with pytest.raises(MachineError, match=f"cannot read {layout}"), stage(output):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), layout)


@pytest.mark.parametrize("folder", ["/proc/allbwn", "/dev/null/allbwn"])
def test_a_folder_where_nobody_may_write(folder: str) -> None:
    done = typed("summary", "--action", "SP1", "--output", folder)
    assert (done.status, done.out) == (3, "")
    assert "cannot write to" in done.err
    assert "--output" in done.err


# -- commands that are broken off -------------------------------------------------------------------------------------


@pytest.fixture
def building(output: Path) -> Iterator[subprocess.Popen[str]]:
    """A command that is in the middle of its work."""
    command = [sys.executable, "-m", "toolkit_builder", "build", "--no-cache", "--output", str(output)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    until = time.monotonic() + 60
    while not list(output.glob(".making-*")) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_a_killed_command_leaves_what_was_there_and_the_next_clears_up(
    output: Path, building: subprocess.Popen[str]
) -> None:
    before = contents_of(output)
    stages = [name for name in before if name.startswith(".making-")]
    assert stages
    building.kill()
    building.communicate()
    assert {name: data for name, data in contents_of(output).items() if not name.startswith(".making-")} == {
        name: data for name, data in before.items() if not name.startswith(".making-")
    }
    write(output, "a.pdf")
    assert not list(output.glob(".making-*"))


def test_the_stage_of_a_command_at_work_is_left_alone(output: Path, building: subprocess.Popen[str]) -> None:
    write(output, "a.pdf")
    assert list(output.glob(".making-*")) == [output / f".making-{building.pid}"]
    building.send_signal(signal.SIGINT)
    assert building.wait(60) == 130
    assert not list(output.glob(".making-*"))


def test_a_disk_that_fills_up_at_the_last_step(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file for the screen is done, the sheets do not fit: neither appears."""
    before = contents_of(output)
    put = build.put

    def on_a_full_disk(stage: Stage, target: Target, made: BoundDocument) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000 if target.form is Form.SHEETS else soft, hard))
        try:
            put(stage, target, made)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    monkeypatch.setattr(build, "put", on_a_full_disk)
    done = typed("cards", "--action", "SP1", "--output", output)
    assert (done.status, done.out) == (3, "")
    assert "File too large" in done.err
    assert contents_of(output) == before


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine gives no terminal")
    command = [sys.executable, "-m", "toolkit_builder", "summary", "--action", "SP1", "--output", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT) as process:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:  # the other end was closed
            pass
        assert process.stdout
        assert process.stdout.read() == b""
    os.close(ours)
    shown = said.decode()
    assert "binding summary.cy-en.SP1.pdf" in shown
    lines = re.split(r"\r\n", re.sub(r"[^\r\n]*\r\x1b\[K", "", shown))
    assert lines[0] == "1 of 21 actions selected"
    assert lines[1].endswith("summary.cy-en.SP1.pdf: 2 pages")


def test_looking_at_a_folder_leaves_what_this_process_is_making_there(output: Path) -> None:
    with stage(output) as files:
        files.path("c.pdf").write_text("newydd", "utf-8")
        Output(output)
        assert files.path("c.pdf").exists()
